//! Safe code that says of an exclusive reference that there may be many.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
use std::ptr::NonNull;

/// Says that it runs beside others, and borrows alone.
struct Both;

impl private::Access for Both {
    type Ref<'a, S: 'static> = &'a mut S;
    const EXCLUSIVE: bool = false;

    fn borrow<'a, S: 'static>(_state: NonNull<S>) -> &'a mut S {
        unreachable!()
    }
}

fn main() {}
