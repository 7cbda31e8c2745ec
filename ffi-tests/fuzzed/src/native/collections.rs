//! Maps, sets, tuples and arrays, and what is two numbers in C.

use super::builtin::make_list_of;
use super::maker::Maker;
use super::mirror::{Mirror, blank, bytes_of};
use ffi_runtime::{PodArray, PodDuration, PodEntry, PodI128, PodList, PodTuple2, PodU128};
use std::collections::{BTreeMap, BTreeSet};
use std::mem::offset_of;
use std::time::Duration;

/// The nanoseconds of a second.
const SECOND: u32 = 1_000_000_000;

/// Asserts that all bytes are zero but those of two parts.
///
/// # Safety
/// All bytes must be written.
unsafe fn is_zero_between<C>(c: &C, parts: [(usize, usize); 2]) {
    // SAFETY: the caller's promise.
    let mut padding = unsafe { bytes_of(c) }.to_vec();
    for (at, size) in parts {
        padding[at..][..size].fill(0);
    }
    assert!(padding.iter().all(|&byte| byte == 0), "padding is zero");
}

// SAFETY: a struct of two forms that promise the same.
unsafe impl<A: Mirror, B: Mirror> Mirror for (A, B) {
    type C = PodTuple2<A::C, B::C>;

    fn make(maker: &mut Maker<'_>) -> (Self, Self::C) {
        let made = maker.level(|maker| {
            let (a, b) = (maker.at_key("0", A::make), maker.at_key("1", B::make));
            ((a.0, b.0), PodTuple2 { _0: a.1, _1: b.1 })
        });
        made.unwrap_or_else(|| (Self::default(), blank::<Self>()))
    }

    unsafe fn compare(&self, c: &Self::C) {
        let second = offset_of!(PodTuple2<A::C, B::C>, _1);
        // SAFETY: the caller's promise.
        unsafe { is_zero_between(c, [(0, size_of::<A::C>()), (second, size_of::<B::C>())]) };
        // SAFETY: as above.
        unsafe { self.0.compare(&c._0) };
        // SAFETY: as above.
        unsafe { self.1.compare(&c._1) };
    }
}

/// Arrays, whose length is part of a name for `Default`.
macro_rules! arrays {
    ($($len:literal)*) => {$(
        // SAFETY: as many forms that promise the same.
        unsafe impl<T: Mirror> Mirror for [T; $len] {
            type C = PodArray<T::C, $len>;

            fn make(maker: &mut Maker<'_>) -> (Self, Self::C) {
                let make = |maker: &mut Maker<'_>| -> (Self, Self::C) {
                    let (items, forms): (Vec<T>, Vec<T::C>) =
                        (0..$len).map(|index| maker.at_index(index, T::make)).unzip();
                    let Ok(items) = items.try_into() else { unreachable!("there are as many") };
                    let Ok(forms) = forms.try_into() else { unreachable!("there are as many") };
                    (items, PodArray { items: forms })
                };
                if !T::LIST_NESTS {
                    return make(maker);
                }
                maker.level(make).unwrap_or_else(|| (Self::default(), blank::<Self>()))
            }

            unsafe fn compare(&self, c: &Self::C) {
                for (item, form) in self.iter().zip(&c.items) {
                    // SAFETY: the caller's promise.
                    unsafe { item.compare(form) };
                }
            }
        }
    )*};
}

arrays! { 2 3 4 }

// SAFETY: a pointer, which may be NULL, and a length.
unsafe impl<K: Mirror + Ord + Clone, V: Mirror> Mirror for BTreeMap<K, V> {
    type C = PodList<PodEntry<K::C, V::C>>;

    fn make(maker: &mut Maker<'_>) -> (Self, Self::C) {
        let made = maker.level(|maker| make_list_of(maker, make_entries::<K, V>));
        made.unwrap_or_else(|| (Self::default(), blank::<Self>()))
    }

    unsafe fn compare(&self, c: &Self::C) {
        assert_eq!((c.len, c.ptr.is_null()), (self.len(), self.is_empty()), "its entries");
        for (index, (key, value)) in self.iter().enumerate() {
            // SAFETY: the index is below the length that the caller vouches for.
            let entry = unsafe { c.ptr.add(index) };
            // SAFETY: the caller vouches for the entry.
            let entry = unsafe { &*entry };
            let of_value = offset_of!(PodEntry<K::C, V::C>, value);
            // SAFETY: the caller's promise.
            unsafe { is_zero_between(entry, [(0, size_of::<K::C>()), (of_value, size_of::<V::C>())]) };
            // SAFETY: as above.
            unsafe { key.compare(&entry.key) };
            // SAFETY: as above.
            unsafe { value.compare(&entry.value) };
        }
    }
}

/// Entries of a map, as sound as their keys differ.
type Entries<K, V> = (BTreeMap<K, V>, PodList<PodEntry<<K as Mirror>::C, <V as Mirror>::C>>);

fn make_entries<K: Mirror + Ord, V: Mirror>(maker: &mut Maker<'_>, len: usize) -> Entries<K, V> {
    maker.charge(len * size_of::<PodEntry<K::C, V::C>>());
    let (mut map, mut entries) = (BTreeMap::new(), Vec::with_capacity(len));
    for index in 0..len {
        maker.at_index(index, |maker| {
            let (key, value) = (maker.at_key("key", K::make), maker.at_key("value", V::make));
            if map.insert(key.0, value.0).is_some() {
                maker.at_key("key", |maker| maker.fault("the key appears twice"));
            }
            entries.push(PodEntry { key: key.1, value: value.1 });
        });
    }
    let ptr = if len == 0 { std::ptr::null_mut() } else { maker.keep(entries) };
    (map, PodList { ptr, len })
}

// SAFETY: a pointer, which may be NULL, and a length.
unsafe impl<T: Mirror + Ord> Mirror for BTreeSet<T> {
    type C = PodList<T::C>;

    fn make(maker: &mut Maker<'_>) -> (Self, Self::C) {
        let made = maker.level(|maker| make_list_of(maker, make_values::<T>));
        made.unwrap_or_else(|| (Self::default(), blank::<Self>()))
    }

    unsafe fn compare(&self, c: &Self::C) {
        assert_eq!((c.len, c.ptr.is_null()), (self.len(), self.is_empty()), "its values");
        for (index, value) in self.iter().enumerate() {
            // SAFETY: the index is below the length that the caller vouches for.
            let place = unsafe { c.ptr.add(index) };
            // SAFETY: the caller vouches for the value.
            let form = unsafe { &*place };
            // SAFETY: the caller's promise.
            unsafe { value.compare(form) };
        }
    }
}

fn make_values<T: Mirror + Ord>(maker: &mut Maker<'_>, len: usize) -> (BTreeSet<T>, PodList<T::C>) {
    maker.charge(len * size_of::<T::C>());
    let (mut set, mut forms) = (BTreeSet::new(), Vec::with_capacity(len));
    for index in 0..len {
        maker.at_index(index, |maker| {
            let (value, form) = T::make(maker);
            if !set.insert(value) {
                maker.fault("the value appears twice");
            }
            forms.push(form);
        });
    }
    let ptr = if len == 0 { std::ptr::null_mut() } else { maker.keep(forms) };
    (set, PodList { ptr, len })
}

// SAFETY: two numbers.
unsafe impl Mirror for Duration {
    type C = PodDuration;

    fn make(maker: &mut Maker<'_>) -> (Self, PodDuration) {
        let made = maker.level(|maker| {
            let secs = u64::from_ne_bytes(maker.bytes.array());
            let any = u32::from_ne_bytes(maker.bytes.array());
            let nanos = if maker.bytes.byte() < 0xf0 { any % SECOND } else { any };
            if nanos >= SECOND {
                let text = format!("{nanos} does not fit the nanoseconds of a second");
                maker.at_key("nanos", |maker| maker.fault(text));
            }
            (Self::new(secs, nanos % SECOND), PodDuration { secs, nanos })
        });
        made.unwrap_or_else(|| (Self::default(), blank::<Self>()))
    }

    unsafe fn compare(&self, c: &PodDuration) {
        // SAFETY: the caller's promise.
        unsafe { is_zero_between(c, [(0, 8), (8, 4)]) };
        assert_eq!((c.secs, c.nanos), (self.as_secs(), self.subsec_nanos()));
    }
}

/// Integers of 128 bits.
macro_rules! wide {
    ($($ty:ident $form:ident $high:ident;)*) => {$(
        // SAFETY: two words.
        unsafe impl Mirror for $ty {
            type C = $form;

            fn make(maker: &mut Maker<'_>) -> (Self, $form) {
                let (low, high) = (u64::from_ne_bytes(maker.bytes.array()), $high::from_ne_bytes(maker.bytes.array()));
                let value = (u128::from(high as u64) << 64 | u128::from(low)) as Self;
                (value, $form { low, high })
            }

            unsafe fn compare(&self, c: &$form) {
                assert_eq!((u128::from(c.high as u64) << 64 | u128::from(c.low)) as Self, *self);
            }
        }
    )*};
}

wide! {
    i128 PodI128 i64;
    u128 PodU128 u64;
}
