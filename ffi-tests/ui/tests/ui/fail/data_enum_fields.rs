//! Fields of variants that do not cross, each in its place.

use ffi_runtime::ffi;
use std::collections::HashMap;
use std::rc::Rc;

pub struct Unannotated;

#[ffi]
pub enum Shape {
    Text(&'static str),
    Named(HashMap<String, Rc<f64>>),
    Shared { corners: Rc<Vec<f64>> },
    Pair(u8, (u8, ())),
    Part(u8, Option<Unannotated>),
    Twice { of: Option<Option<u8>> },
}

fn main() {}
