//! What a call of the Rust client takes, beside the cheapest foreign call: `what<TAB>nanoseconds`, each the median
//! of several rounds.

use benched::{Benched, Library, Message, Record};
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 31;

/// How many calls are in flight where there are many.
const IN_FLIGHT: usize = 1_000;

type Add = unsafe extern "C" fn(i32, i32) -> i32;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(library), Some(add)) = (arguments.next(), arguments.next()) else {
        return Err("usage: speed PATH_TO_libbenched PATH_TO_libadd".into());
    };
    // SAFETY: the caller says that this is the library with `add`, which has no initializers.
    let add_library = unsafe { libloading::Library::new(add) }?;
    // SAFETY: that is the type of `add`.
    let add = unsafe { add_library.get::<Add>("add") }?;
    let library = Library::open(library)?;
    let benched = library.create().wait()?;
    let text = "a text of 20 bytes..";
    let record = record();
    // SAFETY: `add` takes any two integers.
    measure("add", 1_000_000, || assert_eq!(unsafe { add(black_box(1), black_box(2)) }, 3));
    measure("echo here", 100_000, || drop(library.echo_text(black_box(text)).wait()));
    measure("echo", 5_000, || drop(benched.give_text(black_box(text)).wait()));
    measure_many("echo pipelined", 30, || pipelined(&benched, text));
    measure("record", 20_000, || drop(library.echo_record(black_box(&record)).wait()));
    Ok(())
}

fn record() -> Record {
    let message = |number: i64| Message { text: format!("message number {number}"), delay_ms: number * 40 };
    Record {
        name: "a record of messages".to_owned(),
        messages: (0..10).map(message).collect(),
        tags: vec!["urgent".to_owned(), "internal".to_owned()],
        note: Some("to be read at once".to_owned()),
        retries: Some(3),
    }
}

/// Many calls, which are all made before the first answer is waited for.
fn pipelined(benched: &Benched, text: &str) {
    let calls: Vec<_> = (0..IN_FLIGHT).map(|_| benched.give_text(black_box(text))).collect();
    for call in calls {
        drop(call.wait());
    }
}

fn measure_many(what: &str, count: u32, work: impl FnMut()) {
    println!("{what}\t{:.1}", median(count, work) / IN_FLIGHT as f64);
}

fn measure(what: &str, count: u32, work: impl FnMut()) {
    println!("{what}\t{:.1}", median(count, work));
}

/// The nanoseconds of one call, in the round that is in the middle.
fn median(count: u32, mut work: impl FnMut()) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS).map(|_| round(count, &mut work)).collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

fn round(count: u32, work: &mut impl FnMut()) -> f64 {
    let begun = Instant::now();
    for _ in 0..count {
        work();
    }
    begun.elapsed().as_nanos() as f64 / f64::from(count)
}
