//! Reads enums with data: the name of a variant, or a map of that one name and what the variant holds.

use super::Reader;
use super::record::Map;
use crate::error::{Fault, FaultKind, within};
use crate::value::cbor::head::{Head, Major, wrong_type};

/// In what form a variant came.
#[derive(Clone, Copy, Debug)]
pub enum VariantForm {
    /// Its name alone.
    Name,
    /// A map, of which the key was read.
    Map {
        /// Whether a break ends it.
        is_open: bool,
    },
}

impl VariantForm {
    /// Checks that what the variant `name` holds follows.
    ///
    /// # Errors
    /// A name alone.
    #[inline(always)]
    pub(crate) fn something(self, name: &'static str) -> Result<(), Fault> {
        match self {
            Self::Map { .. } => Ok(()),
            Self::Name => Err(without_payload().at_key(name)),
        }
    }

    /// Reads what the variant `name` has in a map, which holds nothing: null.
    ///
    /// # Errors
    /// The fault of anything else.
    pub(crate) fn nothing(self, reader: &mut Reader<'_>, name: &'static str) -> Result<(), Fault> {
        match self {
            Self::Name => Ok(()),
            Self::Map { .. } => within(name, reader.nothing()),
        }
    }

    /// Ends the variant, which was read.
    ///
    /// # Errors
    /// A second entry of the map.
    #[inline(always)]
    pub(crate) fn end(self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        if let Self::Map { is_open: true } = self
            && !reader.at_end(None, 1)
        {
            return Err(not_one());
        }
        reader.nesting.leave();
        Ok(())
    }
}

impl<'i> Reader<'i> {
    /// Reads the name of a variant, which `find` knows, one level deeper.
    pub(crate) fn variant<T>(&mut self, find: impl FnOnce(&str) -> Option<T>) -> Result<(T, VariantForm), Fault> {
        self.nesting.enter()?;
        let form = self.variant_form()?;
        let name = self.text()?;
        match find(&name) {
            Some(found) => Ok((found, form)),
            None => Err(FaultKind::UnknownVariant { text: name.chars().take(64).collect() }.into()),
        }
    }

    /// Reads the head of a map of one entry; that of a text is left.
    #[inline]
    fn variant_form(&mut self) -> Result<VariantForm, Fault> {
        if self.peek().is_some_and(|first| Major::of(first) == Major::TEXT) {
            return Ok(VariantForm::Name);
        }
        let start = self.at;
        if let Some(count) = self.len_of(Major::MAP) {
            return if count == 1 { Ok(VariantForm::Map { is_open: false }) } else { Err(not_one()) };
        }
        match self.head()? {
            Head::Map(Some(1)) => Ok(VariantForm::Map { is_open: false }),
            Head::Map(None) if self.at_end(None, 0) => Err(not_one()),
            Head::Map(None) => Ok(VariantForm::Map { is_open: true }),
            Head::Map(Some(_)) => Err(not_one()),
            Head::Text(_) => {
                self.at = start;
                Ok(VariantForm::Name)
            }
            other => Err(wrong_type("the name of a variant, or a map of it", other)),
        }
    }

    fn nothing(&mut self) -> Result<(), Fault> {
        match self.head()? {
            Head::Null | Head::Undefined => Ok(()),
            other => Err(wrong_type("null", other)),
        }
    }

    /// Begins the map of a variant's fields, on the variant's own level.
    ///
    /// # Errors
    /// The fault of an item that is no map.
    #[inline]
    pub fn variant_fields(&mut self) -> Result<Map<'_, 'i>, Fault> {
        self.map_on_this_level()
    }
}

#[cold]
#[inline(never)]
fn not_one() -> Fault {
    FaultKind::NotOneVariant.into()
}

#[cold]
#[inline(never)]
fn without_payload() -> Fault {
    FaultKind::WrongType { expected: "a map of the variant and what it holds", found: "its name alone" }.into()
}
