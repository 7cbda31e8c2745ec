//! An option inside an option, behind an alias.

use ffi_runtime::ffi;

type Maybe<T> = Option<T>;

#[ffi]
pub struct Patch {
    pub name: Vec<Maybe<Maybe<String>>>,
}

fn main() {}
