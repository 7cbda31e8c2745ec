//! Runs `cargo ffi build`: builds a crate and writes its bindings.

use super::package::Chosen;
use super::{Failure, generate, stale};
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
        let schema = ffi_bindgen::read_schema(&library)?;
        generate::write_all(&schema, &languages, Some(&library), &package.output())?;
        stale::record(&package.output(), &schema)
    }
}
