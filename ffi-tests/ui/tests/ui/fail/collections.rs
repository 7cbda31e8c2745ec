//! What does not cross in collections, tuples and arrays, and an `Arc` of it.

use ffi_runtime::ffi;
use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex};

#[derive(PartialEq, Eq, Hash)]
pub struct Unannotated;

#[ffi]
pub struct Held {
    pub values: BTreeMap<String, Unannotated>,
    pub keys: HashSet<Vec<Unannotated>>,
    pub pair: (u8, Unannotated),
    pub fixed: [Unannotated; 2],
    pub shared: Arc<Unannotated>,
    pub list: Arc<[Unannotated]>,
    pub cell: Arc<Cell<u8>>,
    pub lock: Option<Arc<Mutex<u8>>>,
}

fn main() {}
