//! Closures as fields.

use ffi_runtime::ffi;

#[ffi]
pub struct Listeners {
    pub name: String,
    pub shared: std::rc::Rc<dyn Fn(u32)>,
    pub pointers: Vec<extern "C" fn(u32)>,
}

fn main() {}
