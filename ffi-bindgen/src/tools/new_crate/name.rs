//! Decides which names a new crate may have.
//!
//! - The crate builds, passes its test and is called from every language under every name that is accepted.
//! - What a language has for itself does not count: the bindings are called otherwise there.

use crate::backends::is_keyword_of_rust;
use heck::ToSnakeCase as _;

/// As many letters as a registry takes; files are named after the crate, with more around its name.
const LONGEST: usize = 64;

/// Why no new crate can have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadName {
    /// It is no name of a package.
    #[error("begin with a letter from a to z, and go on with letters, digits, `-` and `_`")]
    Form,
    /// Its files would have names that are too long.
    #[error("take up to {LONGEST} letters")]
    Length,
    /// Rust has the word for something else.
    #[error("it is a keyword of Rust; any other word goes")]
    Keyword,
    /// The crate's test would be told of two crates.
    #[error("a crate of Rust's, or one that the library is built with, has it; any other name goes")]
    Crate,
    /// The linker would link programs with the new library in its place.
    #[error("it is a library that every program is linked with; any other name goes")]
    SystemLibrary,
    /// The functions would have the names of the C library's: `timer_create`.
    #[error(
        "a function of the C library has a name that begins so, and one of the new crate would too; any other name goes"
    )]
    SystemFunction,
    /// Some systems have a device of that name in every folder.
    #[error("Windows has a device of this name; any other name goes")]
    Device,
    /// The library's class, or a macro, would have the name of something that stands beside it.
    #[error("the example, or what every binding has, uses the name for something else; any other name goes")]
    Beside,
}

/// The name of the library in the crate of this name.
pub(super) fn library(name: &str) -> Result<String, BadName> {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let goes_on = name.chars().all(|c| c == '-' || c == '_' || c.is_ascii_alphanumeric());
    let lib = name.to_snake_case();
    let is_system_function = SYSTEM_FUNCTIONS.contains(&&*lib) || lib.starts_with("pthread_");
    match &*lib {
        _ if !begins || !goes_on => Err(BadName::Form),
        _ if name.len() > LONGEST => Err(BadName::Length),
        lib if is_keyword_of_rust(lib) => Err(BadName::Keyword),
        lib if CRATES.contains(&lib) => Err(BadName::Crate),
        lib if SYSTEM_LIBRARIES.contains(&lib) => Err(BadName::SystemLibrary),
        _ if is_system_function => Err(BadName::SystemFunction),
        _ if is_device(name) => Err(BadName::Device),
        // The headers have such names for types of any kind.
        lib if lib.len() == 1 || BESIDE.contains(&lib) => Err(BadName::Beside),
        _ => Ok(lib),
    }
}

/// Whether Windows takes a file of this name for a device.
fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let port = ["com", "lpt"].iter().find_map(|port| name.strip_prefix(port));
    let is_port = port.is_some_and(|number| number.len() == 1 && number.chars().all(|c| c.is_ascii_digit()));
    is_port || ["aux", "con", "nul", "prn"].contains(&&*name)
}

/// The crates that are there for every crate, and those that the new one depends on.
const CRATES: &[&str] = &[
    "alloc",
    "core",
    "ffi_macros",
    "ffi_runtime",
    "ffiwright_macros",
    "ffiwright_runtime",
    "proc_macro",
    "std",
    "test",
    "tokio",
];

/// What Rust, C and C++ link programs with.
const SYSTEM_LIBRARIES: &[&str] = &[
    "asan",
    "atomic",
    "bsm",
    "c",
    "dl",
    "execinfo",
    "gcc",
    "gcc_eh",
    "gcc_s",
    "iconv",
    "lsan",
    "m",
    "objc",
    "pthread",
    "resolv",
    "rt",
    "ssp",
    "ssp_nonshared",
    "supc",
    "system",
    "tsan",
    "ubsan",
    "unwind",
    "util",
];

/// What functions of C libraries begin with that go on as those of the new crate, or of every library, do.
const SYSTEM_FUNCTIONS: &[&str] = &[
    "aio",
    "argz",
    "authdes",
    "authdes_pk",
    "authnone",
    "authunix",
    "clnt",
    "clntraw",
    "clnttcp",
    "clntudp",
    "clntunix",
    "cnd",
    "epoll",
    "fts",
    "fts64",
    "gai",
    "iconv",
    "memfd",
    "mq",
    "mtx",
    "posix_spawn_file_actions",
    "posix_spawnattr",
    "pthread",
    "sem",
    "svcfd",
    "svcraw",
    "svctcp",
    "svcudp",
    "svcunix",
    "svcunixfd",
    "thrd",
    "timer",
    "timerfd",
    "tss",
    "xdrmem",
    "xdrrec",
    "xdrstdio",
];

/// Classes and types that stand beside the library's class in some language.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "blocking_event_stream", "event", "event_stream", "events_dropped", "listener", "none", "not_responding",
    "on_greeted", "person", "responding", "transport",
];

#[cfg(test)]
mod tests {
    use super::{BadName, library};

    #[test]
    fn a_name_that_goes_is_the_librarys_in_snake_case() {
        for (name, lib) in
            [("my-greeter", "my_greeter"), ("HTTPServer", "http_server"), ("queue", "queue"), ("time", "time")]
        {
            assert_eq!(library(name).as_deref(), Ok(lib));
        }
    }

    #[test]
    fn every_other_name_is_refused_for_what_it_is() {
        let refused = [
            (BadName::Form, &["", "2-greeters", "_a", "-a", "größe", "a.b", "a b", "a/b"][..]),
            (BadName::Keyword, &["self", "Self", "type", "async", "gen", "crate", "try", "move_"]),
            (BadName::Crate, &["std", "core", "test", "Tokio", "ffi-runtime", "ffiwright-runtime", "proc-macro"]),
            (BadName::SystemLibrary, &["c", "m", "dl", "gcc-s", "System"]),
            (BadName::SystemFunction, &["timer", "sem", "pthread-mutex", "epoll"]),
            (BadName::Device, &["con", "NUL", "com1", "LPT9"]),
            (BadName::Beside, &["person", "Event", "a", "transport", "None"]),
        ];
        for (fault, names) in refused {
            for name in names {
                assert_eq!(library(name), Err(fault), "{name}");
            }
        }
        assert_eq!(library(&"a".repeat(65)), Err(BadName::Length));
    }
}
