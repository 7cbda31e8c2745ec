//! Two functions, exported by BoltFFI.

use boltffi::{data, export};

boltffi::scaffolding!();

/// A point with a name.
#[data]
pub struct Point {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub x: f64,
    /// And where.
    pub y: f64,
}

/// Gives a point back.
#[export]
pub fn cost_echo(point: Point) -> Point {
    point
}

/// Says hello.
#[export]
pub fn cost_greet(name: String) -> String {
    format!("Hello, {name}")
}
