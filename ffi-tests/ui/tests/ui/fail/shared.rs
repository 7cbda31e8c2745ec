//! Types that hold themselves in what crosses as what it holds, and a `Cow` of what is not `'static`.

use ffi_runtime::ffi;
use std::borrow::Cow;
use std::sync::Arc;

ffi_runtime::library!("lib");

#[ffi]
#[derive(Clone)]
pub struct Node {
    pub next: Option<Arc<Node>>,
    pub other: (u8, Cow<'static, Self>),
    pub good: Vec<Arc<Node>>,
    pub better: Arc<[Node]>,
}

#[ffi]
pub enum Tree {
    Leaf,
    Branch(u8, Arc<Tree>),
}

#[ffi]
pub fn lib_text(_text: Cow<'_, str>, _other: Option<Cow<str>>) {}

fn main() {}
