use ffi_runtime::ffi;

/// A direction.
#[ffi]
pub enum Direction {
    Up,
    Down,
}
