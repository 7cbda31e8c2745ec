//! A library whose records have a thousand fields and contain themselves, for calls with little stack.

#![forbid(unsafe_code)]

use ffi_runtime::ffi;

ffi_runtime::library!("wide", shared);

include!(concat!(env!("OUT_DIR"), "/records.rs"));

/// An enum among many fields.
#[ffi]
#[derive(Clone, Copy, Debug, Default)]
pub enum Shade {
    /// The first.
    #[default]
    Light,
    /// The second.
    Dark,
}

/// A small record among many fields.
#[ffi]
#[derive(Clone, Debug, Default)]
pub struct Point {
    /// A number.
    pub x: f64,
    /// A text.
    pub label: Option<String>,
}

/// Large records by value, one beside the other.
#[ffi]
#[derive(Clone, Debug, Default)]
pub struct Nest {
    /// By value.
    pub texts: Texts,
    /// By value, if there.
    pub mixed: Option<Mixed>,
    /// In a list.
    pub more: Vec<Texts>,
}

/// A record that is ordinary but for its depth.
#[ffi]
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// A text.
    pub text: String,
    /// The next level.
    pub next: Option<Box<Link>>,
}

impl Texts {
    /// So many levels.
    #[expect(clippy::field_reassign_with_default, reason = "one copy in the frame is large enough")]
    pub fn of(levels: u32) -> Self {
        let mut texts = Self::default();
        for _ in 1..levels {
            let mut outer = Self::default();
            outer.next = Some(Box::new(texts));
            texts = outer;
        }
        texts
    }

    /// How many levels there are.
    pub fn levels(&self) -> u32 {
        let (mut levels, mut level) = (1, self);
        while let Some(next) = &level.next {
            (levels, level) = (levels + 1, next);
        }
        levels
    }
}

/// The state.
#[ffi(state)]
pub struct Wide {
    levels: u32,
}

/// Tells of a large value.
#[ffi(event)]
pub fn on_texts(texts: Texts);

/// Makes the state.
#[ffi(ctor)]
pub fn wide_create(texts: Texts) -> Wide {
    Wide { levels: texts.levels() }
}

/// Ends the state.
#[ffi(dtor)]
pub fn wide_destroy(wide: Wide) {
    assert!(wide.levels > 0);
}

/// Gives it back, from the worker.
#[ffi]
pub fn wide_echo(_wide: &Wide, texts: Texts) -> Texts {
    texts
}

/// Gives it back, from the worker, later.
#[ffi]
pub async fn wide_echo_later(_wide: &Wide, texts: Texts) -> Texts {
    tokio::task::yield_now().await;
    texts
}

/// Gives it back, on the calling thread.
#[ffi(inline)]
pub fn wide_peek(_wide: &Wide, texts: Texts) -> Texts {
    texts
}

/// Gives it back, having moved to the worker.
#[ffi(inline)]
pub async fn wide_peek_later(_wide: &Wide, texts: Texts) -> Texts {
    tokio::task::yield_now().await;
    texts
}

/// Gives it back, without a state.
#[ffi]
pub fn wide_free(texts: Texts) -> Texts {
    texts
}

/// Gives it back, without a state, from a worker.
#[ffi]
pub async fn wide_free_later(texts: Texts) -> Texts {
    texts
}

/// Gives others back.
#[ffi]
pub fn wide_nest(nest: Nest) -> Nest {
    nest
}

/// Gives others back.
#[ffi]
pub fn wide_mixed(mixed: Vec<Mixed>) -> Vec<Mixed> {
    mixed
}

/// Gives what is ordinary back.
#[ffi]
pub fn wide_links(links: Vec<Link>) -> Vec<Link> {
    links
}

/// Gives an enum of many variants back.
#[ffi]
pub fn wide_branches(branches: Vec<Branch>) -> Vec<Branch> {
    branches
}

/// Makes a deep value, on the calling thread.
#[ffi]
pub fn wide_make(levels: u32) -> Texts {
    Texts::of(levels)
}

/// Makes a deep value, boxed, on the calling thread.
#[ffi]
pub fn wide_make_boxed(levels: u32) -> Box<Texts> {
    Box::new(Texts::of(levels))
}

/// Tells of a deep value, on the calling thread.
#[ffi(inline)]
pub fn wide_tell(_wide: &Wide, levels: u32) {
    on_texts(Texts::of(levels));
}
