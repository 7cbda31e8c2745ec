//! In which item a loaded library differs from the one that the bindings are for.

use super::api::Transport;
use super::cbor::Reader;
use super::check::Item;
use super::error::{Error, Fault};
use std::collections::HashMap;

/// The kinds of items, as a schema calls their lists.
const LISTS: [(&str, &str); 3] = [("types", "type"), ("functions", "function"), ("events", "event")];

/// The fingerprints of a loaded library's items, by kind and name.
type Found = HashMap<(&'static str, String), (u64, u64)>;

/// Compares item by item; what the library has beyond them does no harm.
pub(crate) fn compare(schema: &[u8], items: &[Item], transport: Transport) -> Result<(), Error> {
    let mut found = Found::new();
    read_schema(schema, &mut found).map_err(|fault| Error::Mismatch { item: format!("schema: {fault}") })?;
    for &(kind, name, native, wire) in items {
        let item = match found.get(&(kind, name.to_owned())) {
            None => format!("missing {kind} {name}"),
            Some(&(its_native, its_wire)) if transport.tells(native, wire) == transport.tells(its_native, its_wire) => {
                continue;
            }
            Some(_) => format!("{kind} {name}"),
        };
        return Err(Error::Mismatch { item });
    }
    Ok(())
}

impl Transport {
    /// The fingerprint that matters.
    fn tells(self, native: u64, wire: u64) -> u64 {
        match self {
            Self::Native => native,
            Self::Cbor => wire,
        }
    }
}

fn read_schema(schema: &[u8], found: &mut Found) -> Result<(), Fault> {
    let mut reader = Reader::new(schema);
    let mut keys = reader.map()?;
    while reader.more(&mut keys)? {
        let key = reader.text()?;
        match LISTS.iter().find(|(list, _)| *list == key) {
            None => reader.skip()?,
            Some((_, kind)) => read_items(&mut reader, kind, found)?,
        }
    }
    reader.end()
}

fn read_items(reader: &mut Reader<'_>, kind: &'static str, found: &mut Found) -> Result<(), Fault> {
    let mut items = reader.list()?;
    while reader.more(&mut items)? {
        let (mut name, mut fingerprint) = (String::new(), (0, 0));
        let mut keys = reader.map()?;
        while reader.more(&mut keys)? {
            match reader.text()?.as_str() {
                "name" => name = reader.text()?,
                "fingerprint" => fingerprint = read_fingerprint(reader)?,
                _ => reader.skip()?,
            }
        }
        found.insert((kind, name), fingerprint);
    }
    Ok(())
}

fn read_fingerprint(reader: &mut Reader<'_>) -> Result<(u64, u64), Fault> {
    let (mut native, mut wire) = (0, 0);
    let mut keys = reader.map()?;
    while reader.more(&mut keys)? {
        let which = reader.text()?;
        let value = u64::try_from(reader.integer()?).map_err(|_| Fault::new("a fingerprint has 64 bits"))?;
        match which.as_str() {
            "native" => native = value,
            "wire" => wire = value,
            _ => {}
        }
    }
    Ok((native, wire))
}
