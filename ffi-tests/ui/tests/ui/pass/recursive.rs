//! A type may contain itself, through a box, a list or another type.

use ffi_runtime::ffi;

#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    pub value: i32,
    pub children: Vec<Tree>,
}

#[ffi]
pub struct List {
    pub head: String,
    pub tail: Option<Box<List>>,
}

#[ffi]
pub struct Folder {
    pub files: Vec<File>,
}

#[ffi]
pub struct File {
    pub links: Option<Vec<Folder>>,
    pub parent: Option<Box<Folder>>,
}

#[ffi]
pub struct Selfish {
    pub first: Option<Box<Self>>,
    pub others: Vec<Self>,
    pub nested: Option<Vec<Option<Box<Self>>>>,
}

fn main() {
    let tree = Tree { value: 1, children: vec![Tree { value: 2, children: Vec::new() }] };
    let mirror = ffi_runtime::to_pod(tree.clone()).unwrap();
    // SAFETY: the mirror is valid while it lives.
    let back: Tree = unsafe { ffi_runtime::from_pod(mirror.as_ptr()) }.unwrap();
    assert_eq!(back, tree);
}
