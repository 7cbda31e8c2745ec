//! Safe code that says where a library keeps its contexts.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
/// A library whose contexts are looked for in another place each time.
pub struct Letters;

impl ffi_runtime::Library for Letters {
    const NAME: &'static str = "letters";
    const VERSION: &'static str = "";
    const DOCS: &'static [&'static str] = &[];
    const OPTIONS: private::Options = private::Options::DEFAULT;
    const SHARED: bool = true;

    fn cell_pointer() -> private::CellPointer<Self> {
        Box::leak(Box::new(private::LibraryCell::new())).pointer()
    }
}

fn main() {}
