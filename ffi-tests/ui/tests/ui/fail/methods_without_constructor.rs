//! Methods of a library without a constructor.

use ffi_runtime::ffi;

ffi_runtime::library!("shop");

#[ffi(state)]
pub struct Shop;

#[ffi]
pub fn shop_total(_shop: &Shop) -> u32 {
    0
}

#[ffi]
pub fn shop_empty(_shop: &mut Shop) {}

fn main() {}
