//! Errors that cross with what they hold, named directly, by an alias, and beside texts.

use ffi_runtime::ffi;
use std::fmt;

ffi_runtime::library!("lib", shared);

/// Every error here says its name.
macro_rules! says_its_name {
    ($($error:ty),*) => {
        $(impl fmt::Display for $error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($error))
            }
        })*
    };
}

mod held {
    use ffi_runtime::ffi;

    #[ffi]
    pub struct Place {
        pub line: u32,
    }

    /// No part of it is public outside.
    #[ffi(error, rename = "NotThere")]
    #[derive(Debug)]
    pub(crate) struct Missing {
        pub(super) r#type: String,
        #[ffi(rename = "where")]
        pub(super) place: Option<Place>,
        #[ffi(text)]
        pub(super) cause: Box<dyn std::error::Error + Send + Sync>,
    }

    impl std::fmt::Debug for Place {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("Place")
        }
    }
}

use held::Missing;

/// Nothing but that it happened.
#[ffi(error)]
pub struct Nothing {}

#[ffi(error, flat, rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Storage {
    NoRoom {
        left: u64,
        #[cfg(any())]
        gone: NotThere,
    },
    Broken(std::io::Error, #[cfg(any())] NotThere, Nothing),
    #[cfg(any())]
    Gone(NotThere),
    #[cfg(all())]
    Here(std::num::ParseIntError),
    r#Else,
}

/// Its own text is in it, under a name that the record of the failure has too.
#[ffi(error)]
pub struct Twofold {
    pub message: String,
    #[cfg(any())]
    #[ffi(text)]
    pub gone: NotThere,
    #[cfg(all())]
    #[ffi(text)]
    pub here: &'static str,
    pub error: u8,
}

#[cfg(unix)]
#[ffi(error)]
#[derive(Clone, Copy)]
pub enum Absent {
    Ill = 4,
    Away = -1,
}

/// Used by no function.
#[ffi(error)]
pub enum Unused {
    One,
}

says_its_name!(Missing, Nothing, Storage, Twofold, Absent, Unused);

type Result<T, E = Missing> = std::result::Result<T, E>;

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
fn lib_create(is_ill: bool) -> std::result::Result<State, Absent> {
    if is_ill { Err(Absent::Ill) } else { Ok(State) }
}

#[ffi]
fn lib_find(_state: &State) -> Result<u32> {
    Err(Missing { r#type: String::new(), place: None, cause: "no".into() })
}

#[ffi(inline)]
fn lib_find_inline(_state: &State) -> Result<(), Nothing> {
    Err(Nothing {})
}

#[ffi]
async fn lib_store(_state: &State) -> Result<Option<String>, Storage> {
    Err(Storage::Broken(std::io::Error::other("broken"), Nothing {}))
}

#[ffi]
fn lib_free_standing(code: u8) -> Result<u8, Twofold> {
    Err(Twofold { message: "twofold".to_owned(), here: "here", error: code })
}

#[ffi]
fn lib_text(_state: &State) -> Result<u8, String> {
    Err("text".to_owned())
}

#[ffi(dtor)]
fn lib_destroy(_state: State) {}

fn main() {
    let _ = (Storage::NoRoom { left: 0 }, Storage::Else, Unused::One);
    let _ = "x".parse::<u8>().map_err(Storage::Here);
}
