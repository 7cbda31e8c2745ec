//! How fast this project's boundary is beside UniFFI's and BoltFFI's.
//!
//! Three cdylibs export the same functions, each by one of the tools. They are loaded at run time and
//! called through the C symbols that the tool's generated bindings call. The host is written here, in
//! Rust, for all three, and compiled with the same profile as they are.
//!
//! What is counted, from a host's value to a host's value:
//!
//! - The host's values are what a C program has: texts with their length and a NUL, arrays, structs.
//! - Handing over is counted. For ours: filling the C structs that point at the host's values. For the
//!   peers: what their bindings do, which is to write a record into a buffer, for UniFFI one that its
//!   library allocates. Sizes are exact, so that no buffer grows.
//! - Getting back is counted, and giving memory back to the library. A row that says *kept* ends with
//!   a copy that the host owns, which is what the peers' bindings return. The others end when the
//!   answer was read: where it can be read where it is, it is not copied, and else it is decoded.
//! - Every answer is summed up and compared with what is expected: all of a record, and the length and
//!   some items of what is large. Before anything is timed, all of every kept answer is compared.
//! - A call that waits sleeps on a futex. The peers poll a future on the caller's thread, so their
//!   library has a thread of its own, made as cheaply as can be, which answers through a channel.
//!   Bindings find the waiting caller by a locked map of handles; here it is a pointer for everyone.
//!
//! What is left out: generated bindings' own language (a JVM, Swift's reference counts), and checks of
//! UTF-8 in what a library gave.
//!
//! `--quick` takes two rounds, to see that everything runs; a word takes only the rows that have it in
//! their name.

mod boltffi;
mod boundary;
mod coding;
mod host;
mod library;
mod measure;
mod ours;
mod rows;
mod uniffi;

fn main() {
    let plan = measure::Plan::from_args();
    host::pin();
    let mut rows = rows::all();
    rows.retain(|row| row.name.contains(&plan.word));
    measure::run(&mut rows, &plan);
}
