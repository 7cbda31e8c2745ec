//! How templates are read, alike for every language.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

/// Templates by name, compiled in.
pub(crate) type Templates = &'static [(&'static str, &'static str)];

/// Writes the template `name` for `data`, which has all that the template uses.
pub(crate) fn render(templates: Templates, name: &str, data: &impl Serialize) -> String {
    let environment = environment(templates);
    let template = environment.get_template(name);
    let text = template.and_then(|template| template.render(Serde(data)));
    text.expect("the templates use only what their data has")
}

fn environment(templates: Templates) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build().expect("only the treatment of whitespace differs from the default"));
    for (name, text) in templates {
        environment.add_template(name, text).expect("the templates are well-formed");
    }
    environment
}
