//! Sorts what a library offers as an object-oriented language shows it.
//!
//! - A constructor makes an object, whose methods are the functions that need a context; what
//!   needs none stands beside it.
//! - A function's short name is its symbol without the library's prefix: `echo` for
//!   `my_timer_echo`. A name that would be empty, or begin with a digit, keeps its prefix.

use super::failure;
use ffi_runtime::schema::{Event, Function, FunctionKind, Library, Type};

/// A library's functions by the part they play, each in source order.
#[derive(Debug)]
pub(crate) struct Surface<'a> {
    /// The function that makes a context. A library without one has neither methods nor events.
    pub(crate) constructor: Option<Named<'a>>,
    /// What runs in a context.
    pub(crate) methods: Vec<Named<'a>>,
    /// What needs no context and answers by a callback.
    pub(crate) stateless: Vec<Named<'a>>,
    /// What takes and returns scalars directly.
    pub(crate) exports: Vec<Named<'a>>,
    /// What ends a context.
    pub(crate) destructor: Option<Named<'a>>,
    /// What a context tells.
    pub(crate) events: &'a [Event],
}

/// A function with its short name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    /// The symbol without the library's prefix.
    pub(crate) short: &'a str,
    /// The function.
    pub(crate) function: &'a Function,
    /// The error that it describes.
    pub(crate) error: Option<&'a Type>,
}

impl<'a> Surface<'a> {
    /// Sorts the library's functions.
    pub(crate) fn new(library: &'a Library) -> Self {
        let all = |kind| named(library, kind).collect();
        Self {
            constructor: named(library, FunctionKind::Constructor).next(),
            methods: all(FunctionKind::Method),
            stateless: all(FunctionKind::Stateless),
            exports: all(FunctionKind::Export),
            destructor: named(library, FunctionKind::Destructor).next(),
            events: &library.events,
        }
    }
}

/// Whether a function of this kind has an entry point on the CBOR path.
pub(crate) fn has_cbor(kind: FunctionKind) -> bool {
    match kind {
        FunctionKind::Constructor | FunctionKind::Method | FunctionKind::Stateless => true,
        FunctionKind::Destructor | FunctionKind::Export => false,
    }
}

fn named(library: &Library, kind: FunctionKind) -> impl Iterator<Item = Named<'_>> {
    let functions = library.functions.iter().filter(move |function| function.kind == kind);
    functions.map(|function| Named {
        short: short_name(&library.name, &function.name),
        function,
        error: failure::error_type(function, library),
    })
}

/// The symbol without the library's prefix, where the rest is a name.
pub(crate) fn short_name<'a>(library: &str, symbol: &'a str) -> &'a str {
    let rest = symbol.strip_prefix(library).and_then(|rest| rest.strip_prefix('_'));
    rest.filter(|rest| rest.starts_with(|c: char| c == '_' || c.is_alphabetic())).unwrap_or(symbol)
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn a_short_name_is_a_name() {
        assert_eq!(short_name("my_timer", "my_timer_echo"), "echo");
        assert_eq!(short_name("my_timer", "my_timer_2d"), "my_timer_2d");
        assert_eq!(short_name("my_timer", "my_timer_"), "my_timer_");
        assert_eq!(short_name("my_timer", "my_timerecho"), "my_timerecho");
        assert_eq!(short_name("my_timer", "other_echo"), "other_echo");
    }
}
