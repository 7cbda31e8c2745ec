//! Every reader of what a library sends refuses what no library sends, and survives all of it: in each
//! language that has a reader of its own.

#[path = "../support/mod.rs"]
mod support;

mod c;
mod codec;
mod dynamic;
mod go;
mod python;
mod rust;
mod schema;

fn main() -> std::process::ExitCode {
    toolchain::main()
}
