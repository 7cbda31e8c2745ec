//! Runs `cargo ffi call`: calls a function of a built library.

use super::{Failure, console};
use clap::Args;
use ffi_bindgen::{CallError, Codec, Context, Heard, Host, JsonError};
use ffi_runtime::schema::{Function, FunctionKind, Library};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Call a function of a built library, and print its answer [exit code 1: that is an error]
///
/// Arguments and answers are JSON: integers beyond 2^53 as text, bytes as a text of hexadecimal digits, an
/// enum by its variant's name. A function that needs a context gets one, which is destroyed after the call.
#[derive(Args)]
pub(crate) struct Call {
    /// The built library
    library: PathBuf,
    /// The function, with or without the library's prefix
    function: String,
    /// Its arguments, an object with a key for each
    #[arg(default_value = "{}")]
    arguments: String,
    /// The constructor's arguments
    #[arg(long, value_name = "JSON", default_value = "{}")]
    create: String,
    /// Print events too, each on a line as it comes; with a number, for as many seconds after the answer
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "0")]
    listen: Option<f64>,
    /// The library's name, where the file holds several
    #[arg(long, value_name = "L")]
    name: Option<String>,
}

impl Call {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let after = self.listen.map(seconds).transpose()?;
        let host = Host::open(&self.library, self.name.as_deref())?;
        let function = host.function(&self.function).ok_or_else(|| self.unknown(host.schema()))?;
        ffi_bindgen::callable(function)?;
        let request = self.request(&host, function, &self.arguments)?;
        let answer = match function.kind {
            FunctionKind::Method => self.in_a_context(&host, function, &request, after)?,
            FunctionKind::Constructor | FunctionKind::Destructor | FunctionKind::Stateless | FunctionKind::Export => {
                answer(host.call(function, &request))?
            }
        };
        match answer {
            Ok(bytes) => {
                console::json(&Codec::new(host.schema()).response(function, &bytes)?).map(|()| ExitCode::SUCCESS)
            }
            Err(text) => {
                console::refusal(&text);
                Ok(ExitCode::from(1))
            }
        }
    }

    fn in_a_context(
        &self,
        host: &Host,
        function: &Function,
        request: &[u8],
        after: Option<Duration>,
    ) -> Result<Result<Vec<u8>, String>, Failure> {
        let constructor = host.schema().functions.iter().find(|it| it.kind == FunctionKind::Constructor);
        let constructor = constructor.ok_or_else(|| CallError::NotByName {
            name: function.name.clone(),
            why: "it needs a context, and the library has no constructor, `#[ffi(ctor)]`, that would make one",
        })?;
        let mut context = match host.create(&self.request(host, constructor, &self.create)?) {
            Err(CallError::Answered(text)) => return Ok(Err(text)),
            created => created?,
        };
        if after.is_some() {
            listen(&mut context, host.schema())?;
        }
        let answer = answer(context.call(function, request));
        std::thread::sleep(after.unwrap_or_default());
        answer
    }

    fn request(&self, host: &Host, function: &Function, json: &str) -> Result<Vec<u8>, Failure> {
        let json: Value =
            serde_json::from_str(json).map_err(|source| Failure::NotJson { text: json.to_owned(), source })?;
        Ok(Codec::new(host.schema()).request(function, &json)?)
    }

    fn unknown(&self, library: &Library) -> Failure {
        let prefix = format!("{}_", library.name);
        let callable = |it: &&Function| matches!(it.kind, FunctionKind::Method | FunctionKind::Stateless);
        let short = |it: &Function| it.name.strip_prefix(&prefix).unwrap_or(&it.name).to_owned();
        let names: Vec<_> = library.functions.iter().filter(callable).map(short).collect();
        Failure::NoFunction { name: self.function.clone(), library: library.name.clone(), names: names.join(", ") }
    }
}

fn seconds(number: f64) -> Result<Duration, Failure> {
    Duration::try_from_secs_f64(number).map_err(|_| Failure::NotSeconds(number))
}

/// An error that the library answered is an answer.
fn answer(called: Result<Vec<u8>, CallError>) -> Result<Result<Vec<u8>, String>, Failure> {
    match called {
        Ok(bytes) => Ok(Ok(bytes)),
        Err(CallError::Answered(text)) => Ok(Err(text)),
        Err(error) => Err(error.into()),
    }
}

fn listen(context: &mut Context<'_>, library: &Library) -> Result<(), Failure> {
    let library = library.clone();
    Ok(context.listen(move |heard| console::line(&told(&library, heard)))?)
}

/// One event as a line of JSON.
fn told(library: &Library, heard: Heard) -> Value {
    let read = |bytes: Vec<u8>| {
        let name = ffi_bindgen::event_name(&bytes)?;
        let Some(event) = library.events.iter().find(|event| event.name == name) else {
            return Ok(json!({ "error": format!("the schema does not describe the event {name:?}") }));
        };
        let payload = Codec::new(library).event(event, &bytes)?;
        Ok(json!({ "event": name, "payload": payload }))
    };
    match heard {
        Ok(bytes) => read(bytes).unwrap_or_else(|error: JsonError| json!({ "error": error.to_string() })),
        Err(text) => json!({ "error": text }),
    }
}
