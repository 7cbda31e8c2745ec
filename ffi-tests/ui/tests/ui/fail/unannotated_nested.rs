//! A type without `#[ffi]`, deep inside others.

use ffi_runtime::ffi;

pub struct Point;

type Rows<T> = Vec<Vec<T>>;

#[ffi]
pub struct Grid {
    pub rows: Option<Rows<Option<Point>>>,
}

fn main() {}
