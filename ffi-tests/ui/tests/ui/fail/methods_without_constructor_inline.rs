//! An inline method of a library without a constructor.

use ffi_runtime::ffi;

ffi_runtime::library!("shop", shared);

#[ffi(state)]
pub struct Shop;

#[ffi(inline)]
pub fn shop_total(_shop: &Shop) -> u32 {
    0
}

fn main() {}
