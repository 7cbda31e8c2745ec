//! How templates are read, alike for every language.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use serde::Serialize;

/// Templates by name, compiled in.
pub(crate) type Templates = &'static [(&'static str, &'static str)];

/// The templates of every kind of type, `kinds/int.j2` and so on, out of a language's folder.
macro_rules! kind_templates {
    ($folder:literal) => {
        $crate::model::kind_labels!(kind_templates: @of $folder)
    };
    (@of $folder:literal $($kind:literal),*) => {
        &[$((
            concat!("kinds/", $kind, ".j2"),
            include_str!(concat!("../../templates/", $folder, "/kinds/", $kind, ".j2")),
        )),*]
    };
}

pub(crate) use kind_templates;

/// Writes the template `name` for `data`, which has all that the template uses.
///
/// # Panics
/// Where a template does not decide on a kind of type, shape, function or answer.
pub(crate) fn render(templates: Templates, name: &str, data: &impl Serialize) -> String {
    render_of(templates, name, data)
}

/// The same for a language with templates for every kind of type.
pub(crate) fn render_with(templates: Templates, kinds: Templates, name: &str, data: &impl Serialize) -> String {
    render_of(&[templates, kinds].concat(), name, data)
}

/// The same for templates whose names are made at run time.
pub(crate) fn render_of<N: AsRef<str>>(templates: &[(N, &'static str)], name: &str, data: &impl Serialize) -> String {
    let environment = environment(templates);
    let template = environment.get_template(name);
    #[cfg(test)]
    let data = &stranger::told(data);
    let text = template.and_then(|template| template.render(Serde(data)));
    text.unwrap_or_else(|error| {
        panic!("the templates use only what their data has, and decide on all of it: {error:#}")
    })
}

/// The function `among` of the templates: the name, where it is one of those that the template decides on. So a
/// chain of conditions that a new kind would pass silently ends with an error.
fn among(name: &str, decided: Vec<String>) -> Result<String, Error> {
    if decided.iter().any(|known| known == name) {
        return Ok(name.to_owned());
    }
    let said = format!("the template decides on {}, and not on {name}", decided.join(", "));
    Err(Error::new(ErrorKind::InvalidOperation, said))
}

fn environment<'t, N: AsRef<str>>(templates: &'t [(N, &'static str)]) -> Environment<'t> {
    let mut environment = Environment::new();
    environment.add_function("among", among);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build().expect("only the treatment of whitespace differs from the default"));
    for (name, text) in templates {
        environment.add_template(name.as_ref(), text).expect("the templates are well-formed");
    }
    environment
}

#[cfg(test)]
pub(crate) mod stranger {
    //! A kind that nobody knows, in place of one that all do.

    use serde::Serialize;
    use serde_json::Value;
    use std::cell::Cell;

    thread_local! {
        static REPLACED: Cell<Option<&'static str>> = const { Cell::new(None) };
        static IS_MET: Cell<bool> = const { Cell::new(false) };
    }

    /// The keys whose values are names of kinds.
    const KINDS: [&str; 2] = ["kind", "shape"];

    /// Runs `work` with this kind replaced in all that templates are given. Returns whether it was met there, too.
    pub(crate) fn instead_of<T>(kind: &'static str, work: impl FnOnce() -> T) -> (T, bool) {
        REPLACED.set(Some(kind));
        IS_MET.set(false);
        let done = work();
        REPLACED.set(None);
        (done, IS_MET.get())
    }

    pub(super) fn told(data: &impl Serialize) -> Value {
        let mut data = serde_json::to_value(data).expect("a template's data is a tree");
        if let Some(kind) = REPLACED.get() {
            replace(&mut data, kind);
        }
        data
    }

    fn replace(data: &mut Value, kind: &str) {
        match data {
            Value::Object(members) => {
                for (key, value) in members {
                    if KINDS.contains(&&**key) && value.as_str() == Some(kind) {
                        *value = "stranger".into();
                        IS_MET.set(true);
                    }
                    replace(value, kind);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| replace(item, kind)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
