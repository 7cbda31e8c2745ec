//! Safe code that says where a library keeps its worker.

#![forbid(unsafe_code)]

use ffi_runtime::{__private_0_1_0 as private, Library};

/// A library whose worker is looked for in another place each time.
pub struct Of<S>(S);

impl<S> private::Detaches for Of<S>
where
    Self: Library,
{
    fn detached() -> &'static private::DetachedCell<Self> {
        Box::leak(Box::new(private::DetachedCell::new()))
    }
}

fn main() {}
