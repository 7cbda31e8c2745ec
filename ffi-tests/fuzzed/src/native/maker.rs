//! The memory of one request, and what the library must say to it.

use crate::bytes::Bytes;
use ffi_runtime::{Library, MAX_NESTING};
use std::any::Any;
use std::fmt::Write;

/// Makes C memory out of a fuzzer's choices. It walks as the library does, from the first field to
/// the last, and keeps the first fault that it made.
pub(crate) struct Maker<'a> {
    pub(crate) bytes: Bytes<'a>,
    /// What pointers point to. Each array is a block of its own, so that who reads past one is seen.
    kept: Vec<Box<dyn Any>>,
    path: Vec<Step>,
    levels: u32,
    /// What the request may still bring.
    room: usize,
    fault: Option<String>,
}

enum Step {
    Key(&'static str),
    Index(usize),
}

impl<'a> Maker<'a> {
    /// A maker of what stands for this parameter.
    pub(crate) fn new(bytes: Bytes<'a>, param: &'static str) -> Self {
        let path = vec![Step::Key(param)];
        Self { bytes, kept: Vec::new(), path, levels: 0, room: Self::limit(), fault: None }
    }

    fn limit() -> usize {
        usize::try_from(every::Every::OPTIONS.request_limit).expect("a size")
    }

    /// The text of the first fault with the path to it, if there is one.
    pub(crate) fn first_fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Notes a fault here, unless there was one before.
    pub(crate) fn fault(&mut self, text: impl std::fmt::Display) {
        if self.fault.is_some() {
            return;
        }
        let mut fault = String::new();
        for (position, step) in self.path.iter().enumerate() {
            let written = match step {
                Step::Key(key) if position > 0 => write!(fault, ".{key}"),
                Step::Key(key) => fault.write_str(key),
                Step::Index(index) => write!(fault, "[{index}]"),
            };
            written.expect("a string takes all");
        }
        self.fault = Some(format!("{fault}: {text}"));
    }

    /// Makes what stands under this key; what has no name is no step of the path.
    pub(crate) fn at_key<T>(&mut self, key: &'static str, make: impl FnOnce(&mut Self) -> T) -> T {
        if key.is_empty() { make(self) } else { self.at(Step::Key(key), make) }
    }

    /// Makes what stands at this index.
    pub(crate) fn at_index<T>(&mut self, index: usize, make: impl FnOnce(&mut Self) -> T) -> T {
        self.at(Step::Index(index), make)
    }

    fn at<T>(&mut self, step: Step, make: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let made = make(self);
        self.path.pop();
        made
    }

    /// Makes what is one level deeper, unless that is too deep.
    pub(crate) fn level<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.levels == MAX_NESTING {
            self.fault(format_args!("nested deeper than {MAX_NESTING} levels"));
            return None;
        }
        self.levels += 1;
        let made = make(self);
        self.levels -= 1;
        Some(made)
    }

    /// Takes note of so many bytes that pointers point to; whether the library takes them.
    pub(crate) fn charge(&mut self, bytes: usize) -> bool {
        let left = self.room.checked_sub(bytes);
        match left {
            Some(left) => self.room = left,
            None => self.fault(format_args!("the request is larger than the limit of {} bytes", Self::limit())),
        }
        left.is_some()
    }

    /// How much of what pointers point to is left.
    pub(crate) fn room(&self) -> usize {
        self.room
    }

    /// Where these stand until the request is gone.
    pub(crate) fn keep<C: 'static>(&mut self, items: Vec<C>) -> *mut C {
        let mut items = Box::new(items.into_boxed_slice());
        let first = items.as_mut_ptr();
        self.kept.push(items);
        first
    }
}
