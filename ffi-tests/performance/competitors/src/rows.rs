//! What is measured.

use crate::boltffi::BoltFfi;
use crate::boundary::Boundary;
use crate::host::{self, Record, Sum};
use crate::measure::{Row, Work, repeat};
use crate::ours::Ours;
use crate::uniffi::UniFfi;
use std::ffi::CStr;
use std::hint::black_box;

/// Whether an answer is only read, or kept.
#[derive(Clone, Copy)]
enum End {
    Read,
    Kept,
}

/// What a row does.
#[derive(Clone, Copy)]
enum Task {
    Add,
    Sum,
    Give,
    GiveNow,
    Text(&'static CStr, End),
    Record(&'static Record, End),
    Numbers(&'static [f64], End),
    Bytes(&'static [u8], End),
}

/// All rows, in the order of the table.
pub(crate) fn all() -> Vec<Row> {
    let libraries = (Ours::load(), UniFfi::load(), BoltFfi::load());
    let row = |(name, task)| {
        let works = [work(libraries.0, task), work(libraries.1, task), work(libraries.2, task)];
        Row { name, works }
    };
    tasks().into_iter().map(row).collect()
}

fn tasks() -> Vec<(String, Task)> {
    let [short, long] = [20, 1_024].map(host::text);
    let [one, ten, thousand] = [1, 10, 1_000].map(|count| &*Box::leak(Box::new(Record::with_messages(count))));
    let numbers = (0..1_000_000).map(f64::from).collect::<Vec<_>>().leak();
    let bytes = (0..1 << 20).map(|index: u32| index as u8).collect::<Vec<_>>().leak();
    let mut tasks =
        vec![("add two i32".to_owned(), Task::Add), ("add two i32, ours as an export".to_owned(), Task::Sum)];
    for (suffix, end) in [("", End::Read), (", kept", End::Kept)] {
        let pairs = [
            ("echo of 20 bytes of text", Task::Text(short, end)),
            ("echo of 1 KiB of text", Task::Text(long, end)),
            ("record of 1 message", Task::Record(one, end)),
            ("record of 10 messages", Task::Record(ten, end)),
            ("record of 1,000 messages", Task::Record(thousand, end)),
            ("echo of a million f64", Task::Numbers(numbers, end)),
            ("echo of 1 MiB of bytes", Task::Bytes(bytes, end)),
        ];
        tasks.extend(pairs.map(|(name, task)| (format!("{name}{suffix}"), task)));
    }
    tasks.push(("async, from a worker's thread".to_owned(), Task::Give));
    tasks.push(("async, ready at once, ours inline".to_owned(), Task::GiveNow));
    tasks
}

/// What a row does, done by a library, whose answers are checked.
fn work(library: impl Boundary, task: Task) -> Work {
    match task {
        Task::Add => repeat(move || assert_eq!(library.add(black_box(3), black_box(4)), 7)),
        Task::Sum => repeat(move || assert_eq!(library.sum(black_box(3), black_box(4)), 7)),
        Task::Give => repeat(move || assert_eq!(library.give(black_box(7)), 7)),
        Task::GiveNow => repeat(move || assert_eq!(library.give_now(black_box(7)), 7)),
        Task::Text(value, end) => {
            let sum = Sum::of_text(value.to_bytes());
            assert!(library.keep_text(value).as_c_str() == value, "the text comes back");
            match end {
                End::Read => summed(sum, move || library.read_text(value)),
                End::Kept => summed(sum, move || Sum::of_text(black_box(library.keep_text(value)).to_bytes())),
            }
        }
        Task::Record(value, end) => {
            let sum = Sum::of_record(value);
            assert!(library.keep_record(value) == *value, "the record comes back");
            match end {
                End::Read => summed(sum, move || library.read_record(value)),
                End::Kept => summed(sum, move || Sum::of_record(&black_box(library.keep_record(value)))),
            }
        }
        Task::Numbers(value, end) => {
            let sum = Sum::of_numbers(value);
            assert!(library.keep_numbers(value) == value, "the numbers come back");
            match end {
                End::Read => summed(sum, move || library.read_numbers(value)),
                End::Kept => summed(sum, move || Sum::of_numbers(&black_box(library.keep_numbers(value)))),
            }
        }
        Task::Bytes(value, end) => {
            let sum = Sum::of_bytes(value);
            assert!(library.keep_bytes(value) == value, "the bytes come back");
            match end {
                End::Read => summed(sum, move || library.read_bytes(value)),
                End::Kept => summed(sum, move || Sum::of_bytes(&black_box(library.keep_bytes(value)))),
            }
        }
    }
}

fn summed(expected: Sum, mut once: impl FnMut() -> Sum + 'static) -> Work {
    repeat(move || assert_eq!(once(), expected))
}
