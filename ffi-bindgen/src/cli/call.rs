//! Runs `cargo ffi call`: calls a function of a built library.

use super::{Failure, console, timeout};
use clap::Args;
use ffi_bindgen::{CallError, Codec, Context, Heard, Host, JsonError};
use ffi_runtime::schema::{Function, FunctionKind, Library};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Call a function of a built library, and print its answer [exit code 1: that is an error]
///
/// Arguments and answers are JSON: integers beyond 2^53 as text, bytes as a text of hexadecimal digits, an
/// enum by its variant's name. A method gets a context, which the constructor makes of --create, and which is
/// destroyed after the call.
#[derive(Args)]
pub(crate) struct Call {
    /// The built library
    library: PathBuf,
    /// The function, with or without the library's prefix
    function: String,
    /// Its arguments, an object with a key for each
    #[arg(default_value = "{}")]
    arguments: String,
    /// The constructor's arguments, for a method [default: {}]
    #[arg(long, value_name = "JSON")]
    create: Option<String>,
    /// Cancel the call and end with exit code 2 where it has no answer after this time: seconds, or with a unit: 500ms, 5s, 1m
    #[arg(long, value_name = "TIME")]
    timeout: Option<String>,
    /// Print events too, each on a line as it comes; with a time, for as long after the answer
    #[arg(long, value_name = "TIME", num_args = 0..=1, default_missing_value = "0")]
    listen: Option<String>,
    /// The library's name, where the file holds several
    #[arg(long, value_name = "L")]
    name: Option<String>,
}

impl Call {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let listens = self.listen.as_deref().map(timeout::parsed).transpose()?;
        let limit = self.timeout.as_deref().map(timeout::parsed).transpose()?;
        let host = Host::open(&self.library, self.name.as_deref())?;
        let host = match limit.and_then(|limit| Instant::now().checked_add(limit)) {
            Some(until) => host.until(until),
            None => host,
        };
        let function = host.function(&self.function).ok_or_else(|| self.unknown(host.schema()))?.clone();
        ffi_bindgen::callable(&function)?;
        let request = request(&host, &function, &self.arguments)?;
        let create = self.creation(&host, &function)?;
        let asked = Asked { host, function, request, create, listens };
        self.print(asked, limit)
    }

    fn print(&self, asked: Asked, limit: Option<Duration>) -> Result<ExitCode, Failure> {
        let (library, function) = (asked.host.schema().clone(), asked.function.clone());
        let answer = match limit {
            None => asked.answer(|_| ()),
            Some(limit) => timeout::within(limit, move |answered| asked.answer(answered))
                .unwrap_or_else(|| Err((By::Function, CallError::TimedOut { name: function.name.clone() }))),
        };
        match answer {
            Ok(bytes) => console::json(&Codec::new(&library).response(&function, &bytes)?).map(|()| ExitCode::SUCCESS),
            Err((by, CallError::Answered(text))) => {
                console::refusal(&text);
                self.hint_after(by, &library);
                Ok(ExitCode::from(1))
            }
            Err((by, CallError::Failed(bytes))) => {
                let failed = match by {
                    By::Constructor => constructor(&library).unwrap_or(&function),
                    By::Function => &function,
                };
                if failed.error.is_some() {
                    let failure = Codec::new(&library).failure(failed, &bytes)?;
                    console::refusal(failure["message"].as_str().unwrap_or_default());
                    console::json(&failure["error"])?;
                } else {
                    console::refusal("an error of a newer library");
                }
                self.hint_after(by, &library);
                Ok(ExitCode::from(1))
            }
            Err((_, CallError::TimedOut { name })) => {
                let limit = self.timeout.as_deref().map(timeout::told).unwrap_or_default();
                Err(Failure::TimedOut { function: name, limit })
            }
            Err((_, error)) => Err(error.into()),
        }
    }

    /// Says how the constructor is given arguments, where it failed without any.
    fn hint_after(&self, by: By, library: &Library) {
        if let (By::Constructor, None) = (by, &self.create) {
            hint_at_create(library);
        }
    }

    /// The constructor's request, where the function needs a context.
    fn creation(&self, host: &Host, function: &Function) -> Result<Option<Vec<u8>>, Failure> {
        if function.kind != FunctionKind::Method {
            return Ok(None);
        }
        let library = host.schema();
        let constructor = constructor(library)
            .ok_or_else(|| Failure::NoConstructor { function: function.name.clone(), library: library.name.clone() })?;
        match (&self.create, request(host, constructor, self.create.as_deref().unwrap_or("{}"))) {
            (None, Err(Failure::Value(error))) => Err(Failure::NeedsCreate {
                function: function.name.clone(),
                constructor: constructor.name.clone(),
                parameters: keys(constructor),
                error,
            }),
            (_, request) => request.map(Some),
        }
    }

    fn unknown(&self, library: &Library) -> Failure {
        let prefix = format!("{}_", library.name);
        let callable = |it: &&Function| matches!(it.kind, FunctionKind::Method | FunctionKind::Stateless);
        let short = |it: &Function| it.name.strip_prefix(&prefix).unwrap_or(&it.name).to_owned();
        let names: Vec<_> = library.functions.iter().filter(callable).map(short).collect();
        Failure::NoFunction { name: self.function.clone(), library: library.name.clone(), names: names.join(", ") }
    }
}

fn constructor(library: &Library) -> Option<&Function> {
    library.functions.iter().find(|it| it.kind == FunctionKind::Constructor)
}

/// The members of an object with a key for each parameter, as they are to be written.
fn keys(function: &Function) -> String {
    function.params.iter().map(|param| format!("\"{}\": …", param.name)).collect::<Vec<_>>().join(", ")
}

/// Says how to give a constructor arguments that answered with an error where it was given none.
fn hint_at_create(library: &Library) {
    if let Some(constructor) = constructor(library).filter(|it| !it.params.is_empty()) {
        let (name, keys) = (&constructor.name, keys(constructor));
        console::hint(&format!(
            "{name} was called without arguments, and answered this: give them with --create '{{{keys}}}'"
        ));
    }
}

/// Who answered.
enum By {
    Constructor,
    Function,
}

/// A call, ready to be made.
struct Asked {
    host: Host,
    function: Function,
    request: Vec<u8>,
    /// The constructor's request, where the function needs a context.
    create: Option<Vec<u8>>,
    /// For how long events are printed after the answer; `None` where none are.
    listens: Option<Duration>,
}

impl Asked {
    /// Makes the call, and says whether it was answered in time as soon as that is known.
    fn answer(self, over: impl Fn(bool)) -> Result<Vec<u8>, (By, CallError)> {
        let told_by = |by, answer: Result<Vec<u8>, CallError>| {
            over(!is_late(&answer));
            answer.map_err(|error| (by, error))
        };
        let told = |answer| told_by(By::Function, answer);
        let Some(create) = &self.create else { return told(self.host.call(&self.function, &self.request)) };
        let mut context = match self.host.create(create) {
            Ok(context) => context,
            Err(error) => return told_by(By::Constructor, Err(error)),
        };
        if self.listens.is_some()
            && let Err(error) = listen(&mut context, self.host.schema())
        {
            return told(Err(error));
        }
        let answer = context.call(&self.function, &self.request);
        let listens = self.listens.filter(|_| !is_late(&answer));
        let answer = told(answer);
        std::thread::sleep(listens.unwrap_or_default());
        answer
    }
}

fn is_late(answer: &Result<Vec<u8>, CallError>) -> bool {
    matches!(answer, Err(CallError::TimedOut { .. }))
}

fn request(host: &Host, function: &Function, json: &str) -> Result<Vec<u8>, Failure> {
    let json: Value =
        serde_json::from_str(json).map_err(|source| Failure::NotJson { text: json.to_owned(), source })?;
    Ok(Codec::new(host.schema()).request(function, &json)?)
}

fn listen(context: &mut Context<'_>, library: &Library) -> Result<(), CallError> {
    let library = library.clone();
    context.listen(move |heard| console::line(&told(&library, heard)))
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
