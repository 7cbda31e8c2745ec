//! `cargo ffi new`.

use super::generate::write_files;
use super::{Failure, console};
use clap::Args;
use std::path::{Path, PathBuf};

/// Make a crate that ships a small library: with a test, and a host in each language
#[derive(Args)]
pub(crate) struct New {
    /// The folder to make, named like the crate
    path: PathBuf,
    /// A checkout of the project, while it is not published
    #[arg(long = "path", value_name = "CHECKOUT")]
    checkout: Option<PathBuf>,
}

impl New {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let name = self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if self.path.exists() {
            return Err(Failure::Exists { path: self.path.clone() });
        }
        let checkout = self.checkout.as_deref().map(checked).transpose()?;
        let Some(files) = ffi_bindgen::new_crate(name, checkout.as_deref()) else {
            return Err(Failure::NotACrate { name: name.to_owned() });
        };
        write_files(&self.path, &files)?;
        console::step("Created", &format!("{}: its README.md says how to build and call it", self.path.display()));
        Ok(())
    }
}

/// The whole path of a checkout, which has the runtime in it.
fn checked(checkout: &Path) -> Result<String, Failure> {
    let runtime = checkout.join("ffi-runtime");
    let path = runtime.canonicalize().map_err(|source| Failure::file(&runtime, source))?;
    Ok(path.parent().expect("a folder in a checkout").display().to_string())
}
