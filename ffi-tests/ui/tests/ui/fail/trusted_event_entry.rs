//! Safe code that lists an event.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
pub fn entry<E: private::Event>() -> private::EventEntry {
    private::EventEntry::new::<E>()
}

fn main() {}
