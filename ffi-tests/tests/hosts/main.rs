//! Programs in other languages that use the libraries.

#[path = "../common/built.rs"]
mod built;
mod c;
mod cpp;
mod go;
#[path = "../common/golang.rs"]
mod golang;
mod python;

fn main() -> std::process::ExitCode {
    toolchain::main()
}
