//! Two functions, exported by UniFFI.

uniffi::setup_scaffolding!();

/// A point with a name.
#[derive(uniffi::Record)]
pub struct Point {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub x: f64,
    /// And where.
    pub y: f64,
}

/// Gives a point back.
#[uniffi::export]
pub fn cost_echo(point: Point) -> Point {
    point
}

/// Says hello.
#[uniffi::export]
pub fn cost_greet(name: String) -> String {
    format!("Hello, {name}")
}
