//! How maps and sets cross: as lists in C, and in the order of their encoded keys on the wire.

use super::arena::Arena;
use super::error::Fault;
use super::native::{Lend, List, Take, slice};
use super::shape::{Distinct, Entries};
use std::collections::{BTreeMap, BTreeSet};

/// What the parts of an entry are called in the path to a fault.
const KEY: &str = "key";
const VALUE: &str = "value";

/// `L_entry2_K_V`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Entry<K, V> {
    key: K,
    value: V,
}

/// `L_map2_K_V`.
type Map<K, V> = List<Entry<<K as Lend>::Mirror, <V as Lend>::Mirror>>;

/// The fault, seen from the map in which it is in this part of the entry at this place.
fn within(fault: Fault, part: &str, index: usize) -> Fault {
    fault.at_key(part).at_index(index)
}

fn twice() -> Fault {
    Fault::new("stands twice")
}

/// Makes the C form of a map.
fn lend_entries<'a, K: Lend<Value: 'a>, V: Lend<Value: 'a>>(
    entries: impl ExactSizeIterator<Item = (&'a K::Value, &'a V::Value)>,
    arena: &mut Arena,
) -> Result<Map<K, V>, Fault> {
    let mut mirrors = Vec::with_capacity(entries.len());
    for (index, (key, value)) in entries.enumerate() {
        let key = K::lend(key, arena).map_err(|fault| within(fault, KEY, index))?;
        let value = V::lend(value, arena).map_err(|fault| within(fault, VALUE, index))?;
        mirrors.push(Entry { key, value });
    }
    Ok(lent(mirrors, arena))
}

/// Makes the C form of a set.
fn lend_items<'a, S: Lend<Value: 'a>>(
    items: impl Iterator<Item = &'a S::Value>,
    arena: &mut Arena,
) -> Result<List<S::Mirror>, Fault> {
    let lend = |(index, item)| S::lend(item, arena).map_err(|fault: Fault| fault.at_index(index));
    let mirrors = items.enumerate().map(lend).collect::<Result<Vec<_>, _>>()?;
    Ok(lent(mirrors, arena))
}

fn lent<M: 'static>(mirrors: Vec<M>, arena: &mut Arena) -> List<M> {
    let len = mirrors.len();
    List { start: if len == 0 { std::ptr::null() } else { arena.keep_list(mirrors) }, len }
}

/// Copies the key and the value at a place out of the C form of a map.
///
/// # Safety
/// The library made the form, and what it points to is there.
unsafe fn take_entry<K: Take, V: Take>(
    (index, entry): (usize, &Entry<K::Mirror, V::Mirror>),
) -> Result<(K::Value, V::Value), Fault> {
    // SAFETY: the caller's promise.
    let key = unsafe { K::take(&entry.key) }.map_err(|fault| within(fault, KEY, index))?;
    // SAFETY: the caller's promise.
    let value = unsafe { V::take(&entry.value) }.map_err(|fault| within(fault, VALUE, index))?;
    Ok((key, value))
}

impl<K: Lend, V: Lend> Lend for BTreeMap<K, V> {
    type Mirror = Map<K, V>;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        lend_entries::<K, V>(value.iter(), arena)
    }
}

impl<K: Take<Value: Ord>, V: Take> Take for BTreeMap<K, V> {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self::Value, Fault> {
        let mut map = BTreeMap::new();
        // SAFETY: the caller's promise.
        for entry in unsafe { slice(mirror.start, mirror.len) }.iter().enumerate() {
            // SAFETY: the caller's promise.
            let (key, value) = unsafe { take_entry::<K, V>(entry) }?;
            if map.insert(key, value).is_some() {
                return Err(within(twice(), KEY, entry.0));
            }
        }
        Ok(map)
    }
}

impl<K: Lend, V: Lend> Lend for Entries<&[(K, V)]> {
    type Mirror = Map<K, V>;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        lend_entries::<K, V>(value.iter().map(|(key, value)| (key, value)), arena)
    }
}

impl<K: Lend, V: Lend> Lend for Entries<Vec<(K, V)>> {
    type Mirror = Map<K, V>;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        Entries::<&[(K, V)]>::lend(&value.as_slice(), arena)
    }
}

impl<K: Take, V: Take> Take for Entries<Vec<(K, V)>> {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self::Value, Fault> {
        // SAFETY: the caller's promise.
        let entries = unsafe { slice(mirror.start, mirror.len) };
        // SAFETY: the caller's promise.
        entries.iter().enumerate().map(|entry| unsafe { take_entry::<K, V>(entry) }).collect()
    }
}

impl<S: Lend> Lend for BTreeSet<S> {
    type Mirror = List<S::Mirror>;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        lend_items::<S>(value.iter(), arena)
    }
}

impl<S: Take<Value: Ord>> Take for BTreeSet<S> {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self::Value, Fault> {
        let mut set = BTreeSet::new();
        // SAFETY: the caller's promise.
        for (index, item) in unsafe { slice(mirror.start, mirror.len) }.iter().enumerate() {
            // SAFETY: the caller's promise.
            let item = unsafe { S::take(item) }.map_err(|fault| fault.at_index(index))?;
            if !set.insert(item) {
                return Err(twice().at_index(index));
            }
        }
        Ok(set)
    }
}

impl<S: Lend> Lend for Distinct<&[S]> {
    type Mirror = List<S::Mirror>;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        <&[S]>::lend(value, arena)
    }
}

impl<S: Lend> Lend for Distinct<Vec<S>> {
    type Mirror = List<S::Mirror>;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        Vec::<S>::lend(value, arena)
    }
}

impl<S: Take> Take for Distinct<Vec<S>> {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self::Value, Fault> {
        // SAFETY: the caller's promise.
        unsafe { Vec::<S>::take(mirror) }
    }
}

/// The same on the wire.
#[cfg(feature = "cbor")]
mod wire {
    use super::super::cbor::{Reader, Writer};
    use super::super::wire::{Decode, Encode};
    use super::{BTreeMap, BTreeSet, Distinct, Entries, Fault, KEY, VALUE, twice, within};
    use ciborium_ll::Header;
    use std::collections::HashSet;
    use std::ops::Range;

    /// The places of the entries that were written, in one row: where each begins, and where its key and it end.
    #[derive(Default)]
    struct Written(Vec<(Range<usize>, usize)>);

    impl Written {
        /// Puts the entries in the order of their keys' bytes.
        fn sort(mut self, bytes: &mut Vec<u8>) {
            let Some((first, _)) = self.0.first() else { return };
            let start = first.start;
            let key = |(key, _): &(Range<usize>, usize)| &bytes[key.clone()];
            if self.0.is_sorted_by_key(key) {
                return;
            }
            self.0.sort_by_key(key);
            let sorted: Vec<u8> = self.0.iter().flat_map(|(key, end)| &bytes[key.start..*end]).copied().collect();
            bytes.truncate(start);
            bytes.extend(sorted);
        }
    }

    /// Writes a map.
    fn encode_entries<'a, K: Encode<Value: 'a>, V: Encode<Value: 'a>>(
        entries: impl ExactSizeIterator<Item = (&'a K::Value, &'a V::Value)>,
        writer: &mut Writer,
    ) -> Result<(), Fault> {
        writer.head(Header::Map(Some(entries.len())));
        let mut written = Written::default();
        for (index, (key, value)) in entries.enumerate() {
            let start = writer.written().len();
            K::encode(key, writer).map_err(|fault| within(fault, KEY, index))?;
            let key_end = writer.written().len();
            V::encode(value, writer).map_err(|fault| within(fault, VALUE, index))?;
            written.0.push((start..key_end, writer.written().len()));
        }
        written.sort(writer.written());
        Ok(())
    }

    /// Writes a set.
    fn encode_items<'a, S: Encode<Value: 'a>>(
        items: impl ExactSizeIterator<Item = &'a S::Value>,
        writer: &mut Writer,
    ) -> Result<(), Fault> {
        writer.head(Header::Array(Some(items.len())));
        let mut written = Written::default();
        for (index, item) in items.enumerate() {
            let start = writer.written().len();
            S::encode(item, writer).map_err(|fault| fault.at_index(index))?;
            let end = writer.written().len();
            written.0.push((start..end, end));
        }
        written.sort(writer.written());
        Ok(())
    }

    /// Reads a map, whose entries `add` takes out of the lists, and says whether their keys are new.
    ///
    /// A value may hold others of its own kind, which are read within this frame: it holds none of them.
    fn decode_entries<K: Decode, V: Decode>(
        reader: &mut Reader<'_>,
        mut add: impl FnMut(&mut Vec<K::Value>, &mut Vec<V::Value>) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        let mut entries = reader.map()?;
        let mut index = 0;
        while reader.more(&mut entries)? {
            K::decode_onto(&mut keys, reader).map_err(|fault| within(fault, KEY, index))?;
            V::decode_onto(&mut values, reader).map_err(|fault| within(fault, VALUE, index))?;
            if !add(&mut keys, &mut values)? {
                return Err(within(twice(), KEY, index));
            }
            index += 1;
        }
        Ok(())
    }

    /// Reads a set, whose items `add` takes out of the list, and says whether they are new.
    fn decode_items<S: Decode>(
        reader: &mut Reader<'_>,
        mut add: impl FnMut(&mut Vec<S::Value>) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let mut read = Vec::new();
        let mut items = reader.list()?;
        let mut index = 0;
        while reader.more(&mut items)? {
            S::decode_onto(&mut read, reader).map_err(|fault| fault.at_index(index))?;
            if !add(&mut read)? {
                return Err(twice().at_index(index));
            }
            index += 1;
        }
        Ok(())
    }

    /// What was read of values that Rust has no order of: their bytes tell whether they are new.
    #[derive(Default)]
    struct Seen(HashSet<Vec<u8>>);

    impl Seen {
        fn is_new<S: Encode>(&mut self, value: &S::Value) -> Result<bool, Fault> {
            let mut writer = Writer::default();
            S::encode(value, &mut writer)?;
            Ok(self.0.insert(writer.finish()))
        }
    }

    const READ: &str = "what was read";

    impl<K: Encode, V: Encode> Encode for BTreeMap<K, V> {
        fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
            encode_entries::<K, V>(value.iter(), writer)
        }
    }

    impl<K: Decode<Value: Ord>, V: Decode> Decode for BTreeMap<K, V> {
        fn decode(reader: &mut Reader<'_>) -> Result<Self::Value, Fault> {
            let mut map = BTreeMap::new();
            decode_entries::<K, V>(reader, |keys, values| {
                Ok(map.insert(keys.pop().expect(READ), values.pop().expect(READ)).is_none())
            })?;
            Ok(map)
        }
    }

    impl<K: Encode, V: Encode> Encode for Entries<&[(K, V)]> {
        fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
            encode_entries::<K, V>(value.iter().map(|(key, value)| (key, value)), writer)
        }
    }

    impl<K: Encode, V: Encode> Encode for Entries<Vec<(K, V)>> {
        fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
            Entries::<&[(K, V)]>::encode(&value.as_slice(), writer)
        }
    }

    impl<K: Encode + Decode, V: Decode> Decode for Entries<Vec<(K, V)>> {
        fn decode(reader: &mut Reader<'_>) -> Result<Self::Value, Fault> {
            let mut entries = Vec::new();
            let mut seen = Seen::default();
            decode_entries::<K, V>(reader, |keys, values| {
                entries.push((keys.pop().expect(READ), values.pop().expect(READ)));
                entries.last().map_or(Ok(false), |(key, _)| seen.is_new::<K>(key))
            })?;
            Ok(entries)
        }
    }

    impl<S: Encode> Encode for BTreeSet<S> {
        fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
            encode_items::<S>(value.iter(), writer)
        }
    }

    impl<S: Decode<Value: Ord>> Decode for BTreeSet<S> {
        fn decode(reader: &mut Reader<'_>) -> Result<Self::Value, Fault> {
            let mut set = BTreeSet::new();
            decode_items::<S>(reader, |items| Ok(set.insert(items.pop().expect(READ))))?;
            Ok(set)
        }
    }

    impl<S: Encode> Encode for Distinct<&[S]> {
        fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
            encode_items::<S>(value.iter(), writer)
        }
    }

    impl<S: Encode> Encode for Distinct<Vec<S>> {
        fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
            encode_items::<S>(value.iter(), writer)
        }
    }

    impl<S: Encode + Decode> Decode for Distinct<Vec<S>> {
        fn decode(reader: &mut Reader<'_>) -> Result<Self::Value, Fault> {
            let mut set = Vec::new();
            let mut seen = Seen::default();
            decode_items::<S>(reader, |items| {
                set.append(items);
                set.last().map_or(Ok(false), |item| seen.is_new::<S>(item))
            })?;
            Ok(set)
        }
    }
}
