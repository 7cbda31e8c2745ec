//! Runs `cargo ffi inspect`: shows what a library offers.

use super::{Failure, console, source};
use clap::Args;
use std::path::PathBuf;

/// Show what a library offers
#[derive(Args)]
pub(crate) struct Inspect {
    /// The built library, or a file with its schema in JSON or CBOR
    library: PathBuf,
    /// The library's name, where the file holds several
    #[arg(long, value_name = "L")]
    name: Option<String>,
}

impl Inspect {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let library = source::described(&self.library, self.name.as_deref())?;
        console::text(&ffi_bindgen::inspect(&library, console::width())?)
    }
}
