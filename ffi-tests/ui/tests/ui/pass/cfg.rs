//! `#[cfg]` on items, fields, parameters and variants holds everywhere, above `#[ffi]` and
//! below it.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub struct Some_ {
    #[cfg(all())]
    pub here: u8,
    #[cfg(any())]
    pub gone: NoSuchType,
    #[cfg(all())]
    #[cfg(not(any()))]
    pub twice: Option<u8>,
}

/// All of its fields are left out.
#[ffi]
pub struct Nothing {
    #[cfg(any())]
    pub gone: NoSuchType,
    #[cfg(all())]
    #[cfg(any())]
    pub gone_too: NoSuchType,
}

/// Two fields of one name take turns.
#[ffi]
pub struct Turns {
    #[cfg(any())]
    pub value: NoSuchType,
    #[cfg(all())]
    pub value: u8,
    #[cfg(any())]
    #[ffi(rename = "value")]
    pub other: u8,
}

#[ffi]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Level {
    Low,
    #[cfg(any())]
    Middle = NO_SUCH_CONST,
    #[cfg(all())]
    High,
}

#[cfg(any())]
#[ffi]
pub struct GoneAbove {
    pub gone: NoSuchType,
}

#[ffi]
#[cfg(any())]
pub struct GoneBelow {
    pub gone: NoSuchType,
}

#[ffi]
#[cfg(all())]
pub struct HereBelow {}

#[ffi(ctor)]
fn lib_create(#[cfg(any())] _gone: NoSuchType) -> State {
    State
}

#[ffi]
fn lib_use(_state: &State, #[cfg(all())] here: u8, #[cfg(any())] gone: NoSuchType) -> Some_ {
    Some_ { here, twice: None }
}

#[ffi]
fn lib_nothing(_state: &State, #[cfg(any())] _gone: NoSuchType) -> Nothing {
    Nothing {}
}

#[ffi]
#[cfg(any())]
fn lib_gone(_state: &NoSuchType) {}

#[cfg(any())]
#[ffi]
fn lib_gone(_state: &NoSuchType) {}

#[ffi(dtor)]
#[cfg(all())]
fn lib_destroy(_state: State) {}

fn main() {
    let value = lib_use(&State, 7);
    let bytes = ffi_runtime::to_cbor(&value).unwrap();
    assert_eq!(bytes[0], 0xa2, "a map of two");
    assert_eq!(ffi_runtime::from_cbor::<Some_>(&bytes, 1 << 20).unwrap(), value);
    assert_eq!(ffi_runtime::to_cbor(&lib_nothing(&State)).unwrap(), [0xa0]);
    assert_eq!(size_of::<<Nothing as ffi_runtime::FfiType>::Pod<ffi_runtime::ByLength>>(), 1);
    assert_eq!(size_of::<<Turns as ffi_runtime::FfiType>::Pod<ffi_runtime::ByLength>>(), 1);
    assert_eq!(ffi_runtime::from_cbor::<Level>(b"\x64High", 1 << 20).unwrap(), Level::High);
    let _ = (HereBelow {}, lib_create());
}
