//! Runs `cargo ffi build`: builds a crate and writes its bindings.

use super::package::Chosen;
use super::{Failure, generate};
use clap::Args;

/// Build a crate's cdylib, and write its bindings
#[derive(Args)]
pub(crate) struct Build {
    #[command(flatten)]
    chosen: Chosen,
}

impl Build {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let package = self.chosen.find()?;
        let languages = package.languages()?;
        let library = package.build()?;
        generate::write_all(&ffi_bindgen::read_schema(&library)?, &languages, Some(&library), &package.output())
    }
}
