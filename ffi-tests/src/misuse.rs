//! Handlers that fail, panic and answer what cannot cross.

use crate::Every;
use crate::everything::{Link, Point, Tree};
use ffi_runtime::ffi;
use std::fmt;

/// A value whose drop panics.
#[ffi]
#[derive(Clone, Debug)]
pub struct Grenade {
    /// Panics when it is dropped with this set.
    pub live: bool,
}

impl Drop for Grenade {
    fn drop(&mut self) {
        assert!(!self.live, "the grenade went off");
    }
}

/// An error with a cause, which only its alternate form shows.
struct Caused;

impl fmt::Display for Caused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if f.alternate() { "outer: inner" } else { "outer" })
    }
}

/// An error that panics when it is shown.
struct Unspeakable;

impl fmt::Display for Unspeakable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("cannot be said")
    }
}

/// Fails with this text.
#[ffi]
pub fn every_fail(_every: &Every, text: String) -> Result<(), String> {
    Err(text)
}

/// Fails with an error that has a cause.
#[ffi]
pub async fn every_fail_caused(_every: &Every) -> Result<i32, impl_display::Error> {
    Err(impl_display::Error(Box::new(Caused)))
}

/// Fails with an error that panics when it is shown.
#[ffi]
pub fn every_fail_unspeakably(_every: &Every) -> Result<(), impl_display::Error> {
    Err(impl_display::Error(Box::new(Unspeakable)))
}

/// An error that is shown by another.
mod impl_display {
    use std::fmt::{self, Display};

    pub struct Error(pub Box<dyn Display>);

    impl Display for Error {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt(f)
        }
    }
}

/// Panics.
#[ffi]
pub fn every_panic(_every: &Every, text: String) {
    panic!("{text}");
}

/// Panics while it holds the state.
#[ffi]
pub fn every_panic_exclusive(_every: &mut Every) -> i32 {
    panic!("while holding the state");
}

/// Panics, before an await or after it.
#[ffi]
pub async fn every_panic_later(_every: &Every, is_after: bool) {
    if is_after {
        tokio::task::yield_now().await;
    }
    panic!("in an async handler, after an await: {is_after}");
}

/// Panics while it holds the state, after an await.
#[ffi]
pub async fn every_panic_exclusive_later(_every: &mut Every) {
    tokio::task::yield_now().await;
    panic!("while holding the state, after an await");
}

/// Panics with something that is not text.
#[ffi]
pub fn every_panic_with_number(_every: &Every) {
    std::panic::panic_any(7_i32);
}

/// Gives back a value whose drop may panic.
#[ffi]
pub fn every_grenade(_every: &Every, value: Grenade) -> Grenade {
    value
}

/// Drops a value whose drop may panic.
#[ffi]
pub fn every_drop_grenade(_every: &Every, value: Grenade) {
    drop(value);
}

/// A text in a struct.
#[ffi]
pub struct Labelled {
    /// The label.
    pub label: String,
}

/// Answers with a struct whose text may hold a NUL.
#[ffi]
pub fn every_labelled(_every: &Every, before: String, after: String) -> Labelled {
    Labelled { label: format!("{before}\0{after}") }
}

/// Answers with a text that may hold a NUL.
#[ffi]
pub fn every_text_with_nul(_every: &Every) -> String {
    "a\0b".to_owned()
}

/// A tree that is `levels` trees deep.
#[ffi]
pub fn every_deep(_every: &Every, levels: u32) -> Tree {
    (1..levels).fold(Tree::default(), |inner, _| Tree { value: 0, children: vec![inner] })
}

/// A chain of `links` links.
#[ffi]
pub fn every_chain(_every: &Every, links: u32) -> Link {
    (1..links).fold(Link::default(), |next, _| Link { value: 0, next: Some(Box::new(next)) })
}

/// A list of `count` points.
#[ffi]
pub fn every_points(_every: &Every, count: usize) -> Vec<Point> {
    (0..count).map(|index| Point { x: index as f64, y: None }).collect()
}
