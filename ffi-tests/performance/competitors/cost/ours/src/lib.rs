//! Two functions, exported by this project.

use ffi_runtime::ffi;

/// The library, which needs no state.
#[ffi(library = "cost")]
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
#[ffi(library = "cost")]
pub fn cost_echo(point: Point) -> Point {
    point
}

/// Says hello.
#[ffi(library = "cost")]
pub fn cost_greet(name: String) -> String {
    format!("Hello, {name}")
}
