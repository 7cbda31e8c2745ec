//! In which item a loaded library differs from the one that the bindings are for.

use super::api::Transport;
use super::cbor::Reader;
use super::check::Item;
use super::error::{Error, Fault};
use super::wire::{Decode as _, once};
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
    let mut lists = LISTS.map(|_| None);
    let mut keys = reader.map()?;
    while reader.more(&mut keys)? {
        let key = reader.key()?.unwrap_or_default();
        match LISTS.iter().position(|(list, _)| *list == key) {
            None => reader.skip()?,
            Some(at) => once(&mut lists[at], &key, read_items(&mut reader, LISTS[at].1, found))?,
        }
    }
    reader.end()
}

fn read_items(reader: &mut Reader<'_>, kind: &'static str, found: &mut Found) -> Result<(), Fault> {
    let mut items = reader.list()?;
    while reader.more(&mut items)? {
        let (mut name, mut fingerprint) = (None, None);
        let mut keys = reader.map()?;
        while reader.more(&mut keys)? {
            match reader.key()?.as_deref() {
                Some("name") => once(&mut name, "name", reader.text())?,
                Some("fingerprint") => once(&mut fingerprint, "fingerprint", read_fingerprint(reader))?,
                _ => reader.skip()?,
            }
        }
        let name = name.ok_or_else(|| Fault::new("missing").at_key("name"))?;
        let fingerprint = fingerprint.ok_or_else(|| Fault::new("missing").at_key("fingerprint"))?;
        if found.insert((kind, name), fingerprint).is_some() {
            return Err(Fault::new(format!("a {kind} stands twice")));
        }
    }
    Ok(())
}

fn read_fingerprint(reader: &mut Reader<'_>) -> Result<(u64, u64), Fault> {
    let (mut native, mut wire) = (None, None);
    let mut keys = reader.map()?;
    while reader.more(&mut keys)? {
        match reader.key()?.as_deref() {
            Some("native") => once(&mut native, "native", u64::decode(reader))?,
            Some("wire") => once(&mut wire, "wire", u64::decode(reader))?,
            _ => reader.skip()?,
        }
    }
    let both = native.zip(wire);
    both.ok_or_else(|| Fault::new("half of it is missing"))
}
