//! Charges collections for what the allocator takes, whichever path they come by.

use crate::error::{Fault, FaultKind};
use crate::nesting::Nesting;
use crate::stack;
use crate::value::{cbor, pod};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hash};

/// What has a budget of memory.
pub(super) trait Charge {
    fn charge_block(&mut self, bytes: usize) -> Result<(), Fault>;
    fn give_back(&mut self, bytes: usize);
}

impl Charge for cbor::Reader<'_> {
    fn charge_block(&mut self, bytes: usize) -> Result<(), Fault> {
        self.charge_block(bytes)
    }

    fn give_back(&mut self, bytes: usize) {
        self.give_back(bytes);
    }
}

impl<F> Charge for pod::Reader<F> {
    fn charge_block(&mut self, bytes: usize) -> Result<(), Fault> {
        self.charge_block(bytes)
    }

    fn give_back(&mut self, bytes: usize) {
        self.give_back(bytes);
    }
}

/// How many copies of an item the frames of adding it hold at most, unoptimised.
const COPIES: usize = 24;

/// Checks that the thread's stack has room to read an item and to add it, whose own bound is this.
pub(super) fn check_room<T>(nesting: &Nesting, bound: usize) -> Result<(), Fault> {
    nesting.check_room(stack::of_value::<T>(bound) + COPIES * size_of::<T>())
}

/// A map or a set of items, to which they are added one by one.
pub(super) trait Collection: Default {
    /// What is added: a key with its value, or a value.
    type Item;

    /// Charges for one more item, of at most `most` in all.
    fn make_room(&mut self, charge: &mut impl Charge, most: usize) -> Result<(), Fault>;

    /// Adds an item. Whether it is new.
    fn add(&mut self, item: Self::Item) -> bool;
}

/// The items of a full node of a B-tree, and the fewest that all but the last are left with once one more came.
const OF_NODE: usize = 11;
const LEAST_OF_NODE: usize = 6;

/// A node that is no leaf has as many children at least.
const LEAST_CHILDREN: usize = 6;

/// Charges a B-tree with `len` items of so many bytes for one more.
fn charge_tree(charge: &mut impl Charge, len: usize, item: usize) -> Result<(), Fault> {
    let leaf = OF_NODE * item + 3 * size_of::<usize>();
    if len.is_multiple_of(LEAST_OF_NODE) {
        charge.charge_block(leaf)?;
    }
    // From the second leaf on there is a node above.
    if len % (LEAST_OF_NODE * (LEAST_CHILDREN - 1)) == LEAST_OF_NODE {
        charge.charge_block(leaf + (OF_NODE + 1) * size_of::<usize>())?;
    }
    Ok(())
}

/// The fewest places of a hash table, and the bytes beside them.
const LEAST_PLACES: usize = 16;
const BESIDE_PLACES: usize = 32;

/// Returns the bytes of a hash table for so many items of a size: at most seven of eight places are taken, and each has
/// a byte of its own.
fn bytes_of_table(capacity: usize, item: usize) -> usize {
    if capacity == 0 {
        return 0;
    }
    let places = (capacity.saturating_mul(8) / 7).max(LEAST_PLACES).checked_next_power_of_two().unwrap_or(usize::MAX);
    places.saturating_mul(item + 1).saturating_add(BESIDE_PLACES)
}

/// Charges a full hash table with `len` items for a larger one; meanwhile both exist.
fn grow_table(
    charge: &mut impl Charge,
    (len, capacity, item): (usize, usize, usize),
    most: usize,
    reserve: impl FnOnce(usize) -> bool,
) -> Result<(), Fault> {
    if len < capacity {
        return Ok(());
    }
    let grown = (2 * capacity + 1).min(most).max(len + 1);
    let bytes = bytes_of_table(grown, item);
    charge.charge_block(bytes)?;
    if !reserve(grown - len) {
        return Err(FaultKind::OutOfMemory { bytes }.into());
    }
    charge.give_back(bytes_of_table(capacity, item));
    Ok(())
}

impl<K: Ord, V> Collection for BTreeMap<K, V> {
    type Item = (K, V);

    fn make_room(&mut self, charge: &mut impl Charge, _most: usize) -> Result<(), Fault> {
        charge_tree(charge, self.len(), size_of::<K>() + size_of::<V>())
    }

    fn add(&mut self, (key, value): (K, V)) -> bool {
        self.insert(key, value).is_none()
    }
}

impl<T: Ord> Collection for BTreeSet<T> {
    type Item = T;

    fn make_room(&mut self, charge: &mut impl Charge, _most: usize) -> Result<(), Fault> {
        charge_tree(charge, self.len(), size_of::<T>())
    }

    fn add(&mut self, item: T) -> bool {
        self.insert(item)
    }
}

impl<K: Eq + Hash, V, S: BuildHasher + Default> Collection for HashMap<K, V, S> {
    type Item = (K, V);

    fn make_room(&mut self, charge: &mut impl Charge, most: usize) -> Result<(), Fault> {
        let sizes = (self.len(), self.capacity(), size_of::<(K, V)>());
        grow_table(charge, sizes, most, |more| self.try_reserve(more).is_ok())
    }

    fn add(&mut self, (key, value): (K, V)) -> bool {
        self.insert(key, value).is_none()
    }
}

impl<T: Eq + Hash, S: BuildHasher + Default> Collection for HashSet<T, S> {
    type Item = T;

    fn make_room(&mut self, charge: &mut impl Charge, most: usize) -> Result<(), Fault> {
        let sizes = (self.len(), self.capacity(), size_of::<T>());
        grow_table(charge, sizes, most, |more| self.try_reserve(more).is_ok())
    }

    fn add(&mut self, item: T) -> bool {
        self.insert(item)
    }
}
