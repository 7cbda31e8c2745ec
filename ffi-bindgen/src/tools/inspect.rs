//! Shows what a library offers, as a table for people.

use crate::Error;
use crate::model::surface::{Named, Surface};
use crate::model::{Model, error_name, rust_name, rust_variant};
use crate::printable;
use comfy_table::{ContentArrangement, Table, presets};
use ffi_runtime::schema::{Event, Function, FunctionKind, Library, Param, Shape, Type, TypeDef};

/// Describes what a library offers: its functions, events, types and limits, each with the
/// first sentence of its documentation.
///
/// `width` is how many columns a line may take; lines are not cut where it is `None`.
///
/// # Errors
/// [`Error::Collision`], [`Error::NotAnIdentifier`], [`Error::UnknownType`] or
/// [`Error::Endless`] where the schema is not one of a library that compiled.
pub fn inspect(library: &Library, width: Option<u16>) -> Result<String, Error> {
    Model::new(library)?;
    let surface = Surface::new(library);
    let sections = [
        ("Constructor", functions(surface.constructor.as_slice())),
        ("Methods", functions(&surface.methods)),
        ("Functions without a context", functions(&surface.stateless)),
        ("Exports, which return directly", functions(&surface.exports)),
        ("Destructor", functions(surface.destructor.as_slice())),
        ("Events", surface.events.iter().map(event).collect()),
        ("Types", library.types.iter().map(type_row).collect()),
        ("Limits", limits(library)),
    ];
    let mut text = format!("{} {}\n", library.name, printable(&library.version));
    if !library.docs.is_empty() {
        text.push_str(&format!("{}\n", printable(&library.docs)));
    }
    for (title, rows) in sections.into_iter().filter(|(_, rows)| !rows.is_empty()) {
        text.push_str(&format!("\n{title}\n{}\n", table(rows, width)));
    }
    Ok(text)
}

type Row = [String; 3];

fn table(rows: Vec<Row>, width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).add_rows(rows);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.trim_fmt()
}

fn functions(functions: &[Named<'_>]) -> Vec<Row> {
    let row = |it: &Named<'_>| [signature(it), traits(it.function), first_sentence(&it.function.docs)];
    functions.iter().map(row).collect()
}

fn signature(Named { short, function, .. }: &Named<'_>) -> String {
    let params: Vec<_> = function.params.iter().map(|Param { name, ty, .. }| member(name, ty)).collect();
    let result = match (function.returns.as_ref().map(rust_name), error_name(function)) {
        (None, None) => String::new(),
        (Some(result), None) => format!(" -> {result}"),
        (result, Some(error)) => format!(" -> Result<{}, {error}>", result.as_deref().unwrap_or("()")),
    };
    format!("{short}({}){result}", params.join(", "))
}

/// What a caller may want to know besides the signature.
fn traits(function: &Function) -> String {
    let deadline = function.deadline_ms.map(|ms| format!("deadline {ms} ms"));
    let on_caller = function.inline && function.kind == FunctionKind::Method;
    let traits = [
        function.is_async.then(|| "async".to_owned()),
        function.exclusive.then(|| "exclusive".to_owned()),
        on_caller.then(|| "inline".to_owned()),
        deadline,
        function.droppable.then(|| "can be cancelled while it runs".to_owned()),
    ];
    traits.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn event(event: &Event) -> Row {
    let payload = event.payload.as_ref().map(rust_name).unwrap_or_default();
    let built_in = if event.builtin { "built in" } else { "" };
    [format!("{}({payload})", event.name), built_in.to_owned(), first_sentence(&event.docs)]
}

fn type_row(def: &TypeDef) -> Row {
    let members: Vec<String> = match &def.shape {
        Shape::DataEnum { variants } => variants.iter().map(rust_variant).collect(),
        Shape::Record { fields } => fields.iter().map(|it| member(&it.name, &it.ty)).collect(),
        Shape::Enumeration { variants } => variants.iter().map(|it| format!("{} = {}", it.name, it.value)).collect(),
    };
    let keyword = match def.shape {
        Shape::Record { .. } => "struct",
        Shape::Enumeration { .. } | Shape::DataEnum { .. } => "enum",
    };
    [format!("{keyword} {}", def.name), members.join(", "), first_sentence(&def.docs)]
}

fn member(name: &str, ty: &Type) -> String {
    format!("{name}: {}", rust_name(ty))
}

fn limits(library: &Library) -> Vec<Row> {
    let options = &library.options;
    let row = |what: &str, value: u64, unit: &str| [what.to_owned(), format!("{value} {unit}"), String::new()];
    let mut rows = vec![
        row("requests that wait", options.queue_limit, "calls"),
        row("one request", options.request_limit, "bytes"),
        row("one decoded request", options.memory_limit, "bytes"),
        row("grace at the end", options.grace_ms, "ms"),
        row("events that wait", options.event_limit, "events"),
    ];
    if options.stale_warn_ms > 0 {
        rows.push(row("warning of a pending call", options.stale_warn_ms, "ms"));
    }
    rows
}

/// The documentation up to its first full stop or blank line, on one line.
fn first_sentence(docs: &str) -> String {
    let paragraph = docs.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
    printable(paragraph[..end].trim())
}
