//! Skips what nobody reads.

use super::{Slow, wrong_type};
use ciborium_ll::Header;
use ffi_runtime::{Fault, MAX_NESTING};

impl Slow<'_> {
    /// A level is a variant's two containers, where nobody knows what it is.
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        let levels = self.levels;
        self.levels *= 2;
        self.pass()?;
        self.levels = levels;
        Ok(())
    }

    fn pass(&mut self) -> Result<(), Fault> {
        let (count, items_each) = match self.head()? {
            Header::Text(len) => return self.text_body(len).map(drop),
            Header::Bytes(len) => return self.bytes_body(len).map(drop),
            found @ Header::Break => return Err(wrong_type("a value", &found)),
            Header::Array(count) => (count, 1),
            Header::Map(count) => (count, 2),
            _ => return Ok(()),
        };
        self.enter_up_to(2 * MAX_NESTING)?;
        self.check_count(count, items_each)?;
        let mut seen = 0;
        while !self.is_over(count, seen) {
            (0..items_each).try_for_each(|_| self.pass())?;
            seen += 1;
        }
        self.levels -= 1;
        Ok(())
    }
}
