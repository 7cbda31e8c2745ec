//! Enums with data on the wire: the name of a variant, or a map of that one name and what the variant holds.

use super::cbor::{Items, Reader};
use super::error::Fault;
use ciborium_ll::Header;

/// A variant that is being read, which is one level of nesting.
pub(crate) struct Variant {
    name: String,
    /// The map around it, unless its name stands alone.
    map: Option<Items>,
}

impl Variant {
    /// Reads the name of a variant.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        if let Header::Text(_) = reader.peek()? {
            if reader.depth == reader.limit {
                return Err(Fault::new("nested too deep"));
            }
            reader.depth += 1;
            return Ok(Self { name: reader.text()?, map: None });
        }
        let mut map = reader.map()?;
        if !reader.more(&mut map)? {
            return Err(not_one());
        }
        Ok(Self { name: reader.text()?, map: Some(map) })
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Reads that it holds nothing.
    pub(crate) fn nothing(&self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        if self.map.is_none() || reader.is_null()? {
            Ok(())
        } else {
            Err(Fault::new("holds nothing").at_key(&self.name))
        }
    }

    /// Reads what it holds: one value.
    pub(crate) fn value<T>(
        &self,
        reader: &mut Reader<'_>,
        read: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let value = if self.map.is_some() { read(reader) } else { Err(Fault::new("stands alone")) };
        value.map_err(|fault| fault.at_key(&self.name))
    }

    /// Reads what it holds: a map or an array on its own level.
    pub(crate) fn fields<T>(
        &self,
        reader: &mut Reader<'_>,
        read: impl FnOnce(&mut Reader<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.value(reader, |reader| {
            reader.depth -= 1;
            let value = read(reader);
            reader.depth += 1;
            value
        })
    }

    /// Ends it.
    pub(crate) fn end(self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        let Some(mut map) = self.map else {
            reader.depth -= 1;
            return Ok(());
        };
        if reader.more(&mut map)? { Err(not_one()) } else { Ok(()) }
    }
}

fn not_one() -> Fault {
    Fault::new("is not the map of one variant")
}
