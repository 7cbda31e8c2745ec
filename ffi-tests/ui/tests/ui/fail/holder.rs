//! An option in an option, behind what adds nothing on the wire.

use ffi_runtime::ffi;
use std::borrow::Cow;
use std::sync::Arc;

#[ffi]
pub struct Patch {
    pub shared: Option<Arc<Option<String>>>,
    pub lent: Option<Cow<'static, Option<u8>>>,
    pub boxed: Option<Box<Arc<Option<bool>>>>,
}

fn main() {}
