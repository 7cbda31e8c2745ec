//! Runs `cargo ffi schema`: prints a library's description of itself.

use super::{Failure, console};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Print what a library says about itself
#[derive(Args)]
pub(crate) struct Schema {
    /// The built library, or a file with its schema in JSON or CBOR
    library: PathBuf,
    /// The library's name, where the file holds several
    #[arg(long, value_name = "L")]
    name: Option<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// As data, for programs and people
    Json,
    /// As the library carries it
    Cbor,
    /// What crosses the CBOR path, for tools that validate it
    Cddl,
}

impl Schema {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let bytes = ffi_bindgen::described(&self.library, self.name.as_deref())?;
        let library = ffi_bindgen::schema(&self.library, &bytes)?;
        match self.format {
            Format::Cbor => console::result(&bytes),
            Format::Cddl => console::text(&ffi_bindgen::generate_cddl(&library)?),
            Format::Json => console::json(&library),
        }
    }
}
