//! The memory that a request's C form points into while its entry point reads it.

use std::any::Any;
use std::ffi::c_char;

/// The least room of a chunk of texts.
const CHUNK: usize = 64;

/// Memory that stays where it is until the arena is dropped.
#[derive(Default)]
pub(crate) struct Arena {
    /// Texts with their NULs. A chunk never grows, so what points into it stays valid.
    texts: Vec<u8>,
    /// The chunks that were full.
    full: Vec<Vec<u8>>,
    lists: Vec<Box<dyn Any>>,
}

impl Arena {
    /// Copies a text, with a NUL behind it.
    pub(crate) fn keep_text(&mut self, text: &str) -> *const c_char {
        let chunk = self.chunk(text.len() + 1);
        let start = chunk.len();
        chunk.extend_from_slice(text.as_bytes());
        chunk.push(0);
        chunk[start..].as_ptr().cast()
    }

    /// Keeps elements, and says where they are.
    pub(crate) fn keep_list<M: 'static>(&mut self, elements: Vec<M>) -> *const M {
        let start = elements.as_ptr();
        self.lists.push(Box::new(elements));
        start
    }

    /// A chunk with this much room.
    fn chunk(&mut self, room: usize) -> &mut Vec<u8> {
        if self.texts.capacity() - self.texts.len() < room {
            let next = (self.texts.capacity() * 2).max(CHUNK).max(room);
            let full = std::mem::replace(&mut self.texts, Vec::with_capacity(next));
            // One that has nothing in it is the first, which nothing points into.
            self.full.extend((!full.is_empty()).then_some(full));
        }
        &mut self.texts
    }
}
