//! What else stands on an item stays there.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

/// Documentation of
#[doc = "two forms"]
#[doc = concat!("and ", "a macro")]
#[derive(Debug, Default, PartialEq)]
#[ffi]
#[repr(C, align(16))]
#[non_exhaustive]
pub struct Aligned {
    /// A field.
    #[doc(alias = "other")]
    pub value: u8,
    #[cfg_attr(all(), doc = "conditional documentation", allow(dead_code))]
    pub other: u8,
}

#[ffi]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(u8)]
pub enum Level {
    Low = 1,
    /// The usual.
    #[default]
    High = 200,
}

#[ffi(state)]
#[derive(Default)]
pub struct State(u8, Option<std::cell::Cell<u8>>);

#[ffi]
#[inline(never)]
#[allow(clippy::too_many_arguments)]
#[must_use = "it is all there is"]
pub fn lib_use(
    state: &State,
    /// Another's.
    #[allow(unused_mut)]
    mut value: u8,
) -> u8 {
    state.0 + value
}

#[ffi(ctor)]
pub fn lib_create() -> State {
    State::default()
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

fn main() {
    let value = Aligned { value: 1, other: 2 };
    assert_eq!(ffi_runtime::from_cbor::<Aligned>(&ffi_runtime::to_cbor(&value).unwrap(), 1 << 20).unwrap(), value);
    let mirror = ffi_runtime::to_pod(Level::default()).unwrap();
    // SAFETY: the mirror is valid while it lives.
    assert_eq!(unsafe { *mirror.as_ptr() }, 200);
    assert_eq!(lib_use(&State::default(), 1), 1);
}
