//! Functions that fail, panic and answer what cannot cross.

use crate::Beside;
use crate::inline::turns;
use ffi_runtime::ffi;
use std::fmt;

/// A value whose drop panics.
#[ffi]
#[derive(Clone, Debug)]
pub struct Grenade {
    /// Panics when it is dropped with this set.
    pub live: bool,
}

impl Drop for Grenade {
    fn drop(&mut self) {
        assert!(!self.live, "the grenade went off");
    }
}

/// An error that panics when it is shown.
#[derive(Debug)]
pub struct Unspeakable;

impl fmt::Display for Unspeakable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("cannot be said")
    }
}

/// A text in a struct.
#[ffi]
#[derive(Debug)]
pub struct Labelled {
    /// The label.
    pub label: String,
}

fn with_nul() -> Labelled {
    Labelled { label: "a\0b".to_owned() }
}

/// Misbehaving functions: on a state, and without one; plain, and after so many turns.
macro_rules! misbehave {
    ($fail:ident, $unspeakable:ident, $panic:ident, $number:ident, $give:ident, $drop:ident, $labelled:ident,
     $text:ident: $option:tt $($state:tt)*) => {
        /// Fails with this text.
        #[ffi $option]
        pub fn $fail($($state)* text: String) -> Result<i32, String> {
            Err(text)
        }

        /// Fails with an error that panics when it is shown.
        #[ffi $option]
        pub fn $unspeakable($($state)*) -> Result<(), Unspeakable> {
            Err(Unspeakable)
        }

        /// Panics.
        #[ffi $option]
        pub fn $panic($($state)* text: String) -> i32 {
            panic!("{text}")
        }

        /// Panics with something that is not text.
        #[ffi $option]
        pub fn $number($($state)*) {
            std::panic::panic_any(7_i32);
        }

        /// Gives back a value whose drop may panic.
        #[ffi $option]
        pub fn $give($($state)* value: Grenade) -> Grenade {
            value
        }

        /// Drops a value whose drop may panic.
        #[ffi $option]
        pub fn $drop($($state)* value: Grenade) {
            drop(value);
        }

        /// Answers with a struct whose text holds a NUL.
        #[ffi $option]
        pub fn $labelled($($state)*) -> Labelled {
            with_nul()
        }

        /// Answers with a text that holds a NUL.
        #[ffi $option]
        pub fn $text($($state)*) -> String {
            "a\0b".to_owned()
        }
    };
    (later: $fail:ident, $panic:ident, $give:ident, $drop:ident, $labelled:ident: $option:tt $($state:tt)*) => {
        /// Fails with this text after so many turns.
        #[ffi $option]
        pub async fn $fail($($state)* times: u64, text: String) -> Result<i32, String> {
            turns(times).await;
            Err(text)
        }

        /// Panics after so many turns.
        #[ffi $option]
        pub async fn $panic($($state)* times: u64, text: String) -> i32 {
            turns(times).await;
            panic!("{text}")
        }

        /// Gives back a value whose drop may panic, after so many turns.
        #[ffi $option]
        pub async fn $give($($state)* times: u64, value: Grenade) -> Grenade {
            turns(times).await;
            value
        }

        /// Drops a value whose drop may panic, after so many turns.
        #[ffi $option]
        pub async fn $drop($($state)* times: u64, value: Grenade) {
            turns(times).await;
            drop(value);
        }

        /// Answers with a struct whose text holds a NUL, after so many turns.
        #[ffi $option]
        pub async fn $labelled($($state)* times: u64) -> Labelled {
            turns(times).await;
            with_nul()
        }
    };
}

misbehave!(beside_fail, beside_fail_unspeakably, beside_panic, beside_panic_with_number, beside_grenade, beside_drop_grenade,
    beside_labelled, beside_text_with_nul: (inline) _beside: &Beside,);
misbehave!(later: beside_fail_later, beside_panic_later, beside_grenade_later, beside_drop_grenade_later,
    beside_labelled_later: (inline) _beside: &Beside,);
misbehave!(beside_lone_fail, beside_lone_fail_unspeakably, beside_lone_panic, beside_lone_panic_with_number,
    beside_lone_grenade, beside_lone_drop_grenade, beside_lone_labelled, beside_lone_text_with_nul: (library = "beside", text = "c"));
misbehave!(later: beside_lone_fail_later, beside_lone_panic_later, beside_lone_grenade_later,
    beside_lone_drop_grenade_later, beside_lone_labelled_later: (library = "beside", text = "c"));
