//! Safe code that says what an event of a name tells.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
use ffi_runtime::ffi;

ffi_runtime::library!("letters");

#[ffi(state)]
pub struct Letters;

#[ffi(event)]
pub fn on_letter(text: String, pages: u64);

/// An event of the same name that tells something else.
pub struct OnLetter;

impl private::Event for OnLetter {
    type Payload = u8;
    const INFO: private::EventInfo = private::EventInfo {
        name: "on_letter",
        rust_name: "OnLetter",
        docs: &[],
        place: ("", 0, 0),
        library: "letters",
        text: None,
    };
}

fn main() {
    private::fire::<OnLetter>(1);
}
