//! Skips the values of unknown keys, under the same rules as values that are read.

use super::Reader;
use crate::error::{Fault, FaultKind};
use crate::nesting::MAX_NESTING;
use crate::value::cbor::head::{Head, wrong_type};

/// How many arrays and maps nest in a value that is skipped, for each level that is left: an enum with data is one level,
/// and a map with a map or an array in it.
const OF_A_LEVEL: u32 = 2;

const MAX_SKIPPED: u32 = OF_A_LEVEL * MAX_NESTING;

/// An array or a map of which not all is skipped.
#[derive(Clone, Copy)]
struct Open {
    /// How many elements or entries it has; `None` where a break ends it.
    count: Option<usize>,
    /// An element is one item, an entry two.
    items_each: usize,
    /// How many items were begun.
    begun: usize,
}

impl Reader<'_> {
    /// Skips one item of any type. It must be well-formed, its text must be UTF-8, and with what is around it, it may
    /// nest as deep as any value that can be read.
    ///
    /// # Errors
    /// The fault of a malformed item, or of nesting past the limit.
    pub fn skip(&mut self) -> Result<(), Fault> {
        match self.skip_but_contents()? {
            Some(open) => self.skip_contents(open),
            None => Ok(()),
        }
    }

    /// Skips one item; of an array or a map, the head alone.
    fn skip_but_contents(&mut self) -> Result<Option<Open>, Fault> {
        match self.head()? {
            Head::Text(len) => self.text_body(len).map(|_| None),
            Head::Bytes(len) => self.bytes_body(len).map(|_| None),
            Head::Array(count) => Ok(Some(Open { count, items_each: 1, begun: 0 })),
            Head::Map(count) => Ok(Some(Open { count, items_each: 2, begun: 0 })),
            found @ Head::Break => Err(wrong_type("a value", found)),
            _ => Ok(None),
        }
    }

    /// Skips the contents of an array or a map. What is open stands in a list, so that no input takes more of the stack.
    #[inline(never)]
    fn skip_contents(&mut self, outermost: Open) -> Result<(), Fault> {
        let room = (MAX_SKIPPED - OF_A_LEVEL * self.nesting.levels()) as usize;
        let (mut all, mut depth) = ([outermost; MAX_SKIPPED as usize], 0);
        self.push(outermost, &mut all[..room], &mut depth)?;
        while let Some(open) = all[..depth].last_mut() {
            if open.begun % open.items_each == 0 && self.at_end(open.count, open.begun / open.items_each) {
                depth -= 1;
                continue;
            }
            open.begun += 1;
            if let Some(inner) = self.skip_but_contents()? {
                self.push(inner, &mut all[..room], &mut depth)?;
            }
        }
        Ok(())
    }

    /// Adds what is open as the innermost.
    fn push(&mut self, open: Open, places: &mut [Open], depth: &mut usize) -> Result<(), Fault> {
        let place = places.get_mut(*depth).ok_or(FaultKind::TooDeep { limit: MAX_NESTING })?;
        self.check_count(open.count, open.items_each)?;
        (*place, *depth) = (open, *depth + 1);
        Ok(())
    }
}
