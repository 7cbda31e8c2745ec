//! Calls that are answered on the calling thread before they return, against the least that their
//! work takes in Rust.
//!
//! What comes in is copied once and goes out as it is, so the floor of data is one copy of it, made
//! and dropped. Of what is large both sides pay for fresh pages, as a program does that has not freed
//! as much before.

use crate::host::{RecordPod, functions, inline, library};
use crate::measure::{Case, Work, repeat};
use benched::record::Record;
use ffi_runtime::PodList;
use std::hint::black_box;
use std::mem::size_of;

const STEPS: &str = "on its way it passes a check for forks, a trap for panics and the host's callback";
const TEXT: &str = "its UTF-8 is checked, which the floor's need not be";
const TEXTS: &str = "each text's UTF-8 is checked, and on the way out a NUL is put behind it";
const COPY: &str = "the floor is the copy in, which is needed";

pub(crate) fn cases() -> Vec<Case> {
    take_fresh_pages();
    vec![
        Case::new("inline add, answered by callback", add(), ("bare add in C", bare_add()), 3.0).because(STEPS),
        Case::new("exported add, returned", sum(), ("bare add in C", bare_add()), 1.3)
            .because("it passes a check for forks and a trap for panics"),
        text("inline echo of 20 bytes", "twenty bytes of text", 1.7).because(TEXT),
        text("inline echo of 1 KiB", kibibyte(), 1.5).because(TEXT),
        record("inline record of 1 message", 1, 1.9).because(TEXTS),
        record("inline record of 10 messages", 10, 1.7).because(TEXTS),
        record("inline record of 1,000 messages", 1_000, 1.2).because(TEXTS),
        numbers("inline echo of a million f64", 1_000_000, 0.8).because(COPY),
        bytes("inline echo of 1 MiB of bytes", 1 << 20, 1.0).because(COPY),
    ]
}

/// Has large memory come from the system each time and go back to it. glibc else comes to keep it
/// or not by what was freed before, which would be chance.
fn take_fresh_pages() {
    #[cfg(target_env = "gnu")]
    {
        // SAFETY: it may be set at any time.
        let status = unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, 512 * 1024) };
        assert_eq!(status, 1, "the allocator takes the threshold");
    }
}

fn add() -> Work {
    inline(size_of::<i32>(), functions::add())
}

fn sum() -> Work {
    let function = black_box(library::benched_sum as unsafe extern "C" fn(_, _) -> _);
    repeat(move || {
        // SAFETY: it takes any two numbers.
        let sum: i32 = unsafe { function(black_box(3), black_box(4)) };
        sum
    })
}

fn bare_add() -> Work {
    extern "C" fn add(a: i32, b: i32) -> i32 {
        a.wrapping_add(b)
    }
    let function = black_box(add as extern "C" fn(i32, i32) -> i32);
    repeat(move || function(black_box(3), black_box(4)))
}

/// A text of 1 KiB, which lives as long as the program.
fn kibibyte() -> &'static str {
    let text = "All work and no play makes Jack a dull boy. ".repeat(24);
    text[..1_024].to_owned().leak()
}

fn text(name: &'static str, text: &'static str, most: f64) -> Case {
    let floor = repeat(move || String::from(black_box(text)));
    let work = inline(text.len(), functions::echo_text(text));
    Case::new(name, work, ("`String::from`, dropped", floor), most)
}

fn record(name: &'static str, messages: i64, most: f64) -> Case {
    let record = Record::with_messages(messages);
    let work = inline(size_of::<RecordPod>(), functions::echo_record(RecordPod::new(&record)));
    let floor = repeat(move || black_box(&record).clone());
    Case::new(name, work, ("`clone`, dropped", floor), most)
}

fn numbers(name: &'static str, count: u32, most: f64) -> Case {
    let numbers: Vec<_> = (0..count).map(f64::from).collect();
    let work = inline(size_of::<PodList<f64>>(), functions::echo_numbers(numbers.clone()));
    Case::new(name, work, ("copy into a fresh `Vec`", copy(numbers)), most)
}

fn bytes(name: &'static str, count: usize, most: f64) -> Case {
    let bytes = vec![7; count];
    let work = inline(count, functions::echo_bytes(bytes.clone()));
    Case::new(name, work, ("copy into a fresh `Vec`", copy(bytes)), most)
}

fn copy<T: Copy + 'static>(items: Vec<T>) -> Work {
    repeat(move || black_box(&items).to_vec())
}
