//! Two functions, exported by this project.

use ffi_runtime::ffi;

ffi_runtime::library!("cost");

/// The library, which needs no state.
#[ffi(state)]
pub struct Cost;

/// A point with a name.
#[ffi]
pub struct Point {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub x: f64,
    /// And where.
    pub y: f64,
}

/// Gives a point back.
#[ffi]
pub fn cost_echo(point: Point) -> Point {
    point
}

/// Says hello.
#[ffi]
pub fn cost_greet(name: String) -> String {
    format!("Hello, {name}")
}
