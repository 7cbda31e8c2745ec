//! Writes changes, and the whole report, as text.

use super::report::{Change, Item, Report, Verdict, What};
use crate::model::{error_name, rust_name, rust_variant};
use ffi_runtime::schema::{Function, FunctionKind, Options, Shape, Type};
use std::fmt;

/// A type as it is written in Rust.
pub(super) fn rust(ty: &Type) -> String {
    rust_name(ty)
}

/// What a function answers or an event tells.
pub(super) fn result(ty: Option<&Type>) -> String {
    ty.map_or_else(|| "nothing".to_owned(), rust)
}

/// `(req: EchoRequest) -> EchoResponse`
pub(super) fn signature(function: &Function) -> String {
    let params: Vec<String> = function.params.iter().map(|it| format!("{}: {}", it.name, rust(&it.ty))).collect();
    let result = function.returns.as_ref().map(|ty| format!(" -> {}", rust(ty))).unwrap_or_default();
    let error = error_name(function).map(|error| format!(" or {error}")).unwrap_or_default();
    format!("{} ({}){result}{error}", kind(function.kind), params.join(", "))
}

/// What a function fails with.
pub(super) fn error(function: &Function) -> String {
    error_name(function).unwrap_or_else(|| "a text".to_owned())
}

pub(super) fn kind(kind: FunctionKind) -> &'static str {
    match kind {
        FunctionKind::Constructor => "constructor",
        FunctionKind::Method => "method",
        FunctionKind::Destructor => "destructor",
        FunctionKind::Stateless => "function without a state",
        FunctionKind::Export => "export",
    }
}

pub(super) fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Record { fields } => {
            let fields: Vec<String> = fields.iter().map(|it| format!("{}: {}", it.name, rust(&it.ty))).collect();
            format!("struct {{ {} }}", fields.join(", "))
        }
        Shape::Enumeration { variants } => {
            let variants: Vec<String> = variants.iter().map(|it| format!("{} = {}", it.name, it.value)).collect();
            format!("enum {{ {} }}", variants.join(", "))
        }
        Shape::DataEnum { variants } => {
            let variants: Vec<String> = variants.iter().map(rust_variant).collect();
            format!("enum {{ {} }}", variants.join(", "))
        }
    }
}

/// What a function does otherwise, while it takes and gives the same.
pub(super) fn behaviour(old: &Function, new: &Function) -> [(&'static str, String, String, &'static str); 5] {
    let deadline = |of: &Function| of.deadline_ms.map_or_else(|| "none".to_owned(), |ms| format!("{ms} ms"));
    let asynchronous = |of: &Function| if of.is_async { "async fn" } else { "fn" }.to_owned();
    let state = |of: &Function| if of.exclusive { "&mut State" } else { "&State" }.to_owned();
    let thread = |of: &Function| if of.inline { "the calling thread" } else { "the context's thread" }.to_owned();
    let cancelled = |of: &Function| if of.droppable { "dropped" } else { "runs on" }.to_owned();
    [
        ("handler", asynchronous(old), asynchronous(new), "behaviour alone"),
        ("state", state(old), state(new), "behaviour alone: calls wait for each other, or no more"),
        ("runs on", thread(old), thread(new), "behaviour alone: in order with other calls, or not"),
        ("deadline", deadline(old), deadline(new), "behaviour alone"),
        ("when cancelled", cancelled(old), cancelled(new), "behaviour alone"),
    ]
}

/// An option, its two values, and what may be otherwise for an old caller.
pub(super) type Setting = (&'static str, String, String, &'static str);

/// The options with both their values.
pub(super) fn options(old: &Options, new: &Options) -> [Setting; 9] {
    let number = |name, was: u64, is: u64, why| (name, was.to_string(), is.to_string(), why);
    let policies = (format!("{:?}", old.event_overflow), format!("{:?}", new.event_overflow));
    [
        number("queue_limit", old.queue_limit, new.queue_limit, "calls that find it full are refused"),
        number("request_limit", old.request_limit, new.request_limit, "requests that are larger are refused"),
        number("memory_limit", old.memory_limit, new.memory_limit, "requests that take more are refused"),
        number("grace_ms", old.grace_ms, new.grace_ms, "what is pending then is cancelled"),
        number("stale_warn_ms", old.stale_warn_ms, new.stale_warn_ms, "warnings come, or no more"),
        number("event_limit", old.event_limit, new.event_limit, "events may be dropped"),
        ("event_overflow", policies.0, policies.1, "other events are dropped"),
        number("stall_ms", old.stall_ms, new.stall_ms, "behaviour alone"),
        number("spin_us", old.spin_us, new.spin_us, "behaviour alone"),
    ]
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Safe => "safe",
            Self::Unsafe => "UNSAFE",
        })
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Library => "library",
            Self::Function => "function",
            Self::Event => "event",
            Self::Type => "type",
        })
    }
}

/// `type Job, field `tags`: Vec<String> -> Vec<Vec<u8>>`
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.item, self.name)?;
        if let Some(part) = &self.part {
            write!(f, ", {part}")?;
        }
        let (old, new) = (self.old.as_deref().unwrap_or_default(), self.new.as_deref().unwrap_or_default());
        match self.what {
            What::Added => write!(f, ": added {new}")?,
            What::Removed => write!(f, ": removed {old}")?,
            What::Reordered => write!(f, ": reordered ({old}) -> ({new})")?,
            What::Changed => write!(f, ": {old} -> {new}")?,
        }
        if self.why.is_empty() { Ok(()) } else { write!(f, " ({})", self.why) }
    }
}

/// A line for each change, then what it comes to.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changes.is_empty() {
            return write!(f, "{}: nothing changed", self.library);
        }
        writeln!(f, "native  wire    change")?;
        for change in &self.changes {
            writeln!(f, "{:<7} {:<7} {change}", change.native, change.wire)?;
        }
        let verdict = |is_safe| if is_safe { "still safe" } else { "not safe any more" };
        let (native, wire) = (verdict(self.is_native_safe()), verdict(self.is_wire_safe()));
        write!(f, "\nAn old caller of {} is {native} natively, and {wire} on the wire.", self.library)
    }
}
