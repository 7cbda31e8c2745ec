//! A record, and a variant that holds the same: reading them from C memory, and mirroring them there.

use crate::wire::Case;
use ffi_runtime::{ByLength, FfiType, Mirrored, ffi, pod};
use std::hint::black_box;
use std::mem::MaybeUninit;

/// What a variant may hold, as a record.
#[ffi]
#[derive(Clone)]
pub struct Moved {
    /// From where.
    pub from: u64,
    /// To where.
    pub to: u64,
    /// How far.
    pub distance: f64,
}

/// The same as a variant.
#[ffi]
#[derive(Clone)]
pub enum Change {
    /// Nothing is left.
    Cleared,
    /// One is new.
    Added(u64),
    /// One is elsewhere.
    Moved {
        /// From where.
        from: u64,
        /// To where.
        to: u64,
        /// How far.
        distance: f64,
    },
}

/// What a variant with a text may hold, as a record.
#[ffi]
#[derive(Clone)]
pub struct Renamed {
    /// Which one.
    pub number: u64,
    /// Its name.
    pub name: String,
}

/// The same as a variant.
#[ffi]
#[derive(Clone)]
pub enum Naming {
    /// None has a name.
    Cleared,
    /// One has lost its name.
    Lost(u64),
    /// One has another name.
    Renamed {
        /// Which one.
        number: u64,
        /// Its name.
        name: String,
    },
}

/// What is counted, by name.
const CASES: [(&str, Case); 8] = [
    ("read_record", |count| read(count, moved(), counted_read_record)),
    ("read_variant", |count| read(count, change(), counted_read_variant)),
    ("mirror_record", |count| mirror(count, moved(), counted_mirror_record)),
    ("mirror_variant", |count| mirror(count, change(), counted_mirror_variant)),
    ("read_text_record", |count| read(count, renamed(), counted_read_text_record)),
    ("read_text_variant", |count| read(count, renaming(), counted_read_text_variant)),
    ("mirror_text_record", |count| mirror(count, renamed(), counted_mirror_text_record)),
    ("mirror_text_variant", |count| mirror(count, renaming(), counted_mirror_text_variant)),
];

/// The case of this name.
pub fn case_of(name: &str) -> Option<Case> {
    CASES.iter().find(|(known, _)| *known == name).map(|&(_, case)| case)
}

type Pod<T> = <T as FfiType>::Pod<ByLength>;

fn moved() -> Moved {
    Moved { from: 3, to: 4, distance: 1.5 }
}

fn change() -> Change {
    let Moved { from, to, distance } = moved();
    Change::Moved { from, to, distance }
}

fn renamed() -> Renamed {
    Renamed { number: 3, name: "a name".to_owned() }
}

fn renaming() -> Naming {
    let Renamed { number, name } = renamed();
    Naming::Renamed { number, name }
}

fn read<T: FfiType>(count: u64, value: T, by: fn(*const Pod<T>, &mut pod::Reader) -> T) {
    let (mirrored, mut reader) = (Mirrored::new(value).expect("mirrors"), pod::Reader::new(usize::MAX));
    for _ in 0..count {
        black_box(by(black_box(mirrored.as_ptr()), &mut reader));
    }
}

fn mirror<T: FfiType>(count: u64, mut value: T, by: fn(&mut T, *mut Pod<T>, &mut pod::Writer)) {
    let (mut place, mut writer) = (MaybeUninit::zeroed(), pod::Writer::default());
    for _ in 0..count {
        by(black_box(&mut value), black_box(place.as_mut_ptr()), &mut writer);
    }
}

// Only these are counted, by their names: what drops a value isn't.

#[inline(never)]
fn counted_read_record(pod: *const Pod<Moved>, reader: &mut pod::Reader) -> Moved {
    // SAFETY: a mirror of a record is there.
    unsafe { Moved::from_pod(pod, reader) }.expect("it is good")
}

#[inline(never)]
fn counted_read_variant(pod: *const Pod<Change>, reader: &mut pod::Reader) -> Change {
    // SAFETY: a mirror of the enum is there.
    unsafe { Change::from_pod(pod, reader) }.expect("it is good")
}

#[inline(never)]
fn counted_read_text_record(pod: *const Pod<Renamed>, reader: &mut pod::Reader) -> Renamed {
    // SAFETY: a mirror of a record is there.
    unsafe { Renamed::from_pod(pod, reader) }.expect("it is good")
}

#[inline(never)]
fn counted_mirror_text_record(value: &mut Renamed, place: *mut Pod<Renamed>, writer: &mut pod::Writer) {
    // SAFETY: there is room for it, which is zero but for an earlier one of the same value.
    unsafe { value.write_pod(place, writer) }.expect("it is good");
}

#[inline(never)]
fn counted_read_text_variant(pod: *const Pod<Naming>, reader: &mut pod::Reader) -> Naming {
    // SAFETY: a mirror of the enum is there.
    unsafe { Naming::from_pod(pod, reader) }.expect("it is good")
}

#[inline(never)]
fn counted_mirror_text_variant(value: &mut Naming, place: *mut Pod<Naming>, writer: &mut pod::Writer) {
    // SAFETY: as above.
    unsafe { value.write_pod(place, writer) }.expect("it is good");
}

#[inline(never)]
fn counted_mirror_record(value: &mut Moved, place: *mut Pod<Moved>, writer: &mut pod::Writer) {
    // SAFETY: there is room for it, which is zero but for an earlier one of the same value.
    unsafe { value.write_pod(place, writer) }.expect("it is good");
}

#[inline(never)]
fn counted_mirror_variant(value: &mut Change, place: *mut Pod<Change>, writer: &mut pod::Writer) {
    // SAFETY: as above.
    unsafe { value.write_pod(place, writer) }.expect("it is good");
}
