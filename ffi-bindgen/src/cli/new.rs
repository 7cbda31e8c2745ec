//! Runs `cargo ffi new`: makes a crate.

use super::failure::NoRuntime;
use super::generate::write_files;
use super::{Failure, console};
use cargo_metadata::MetadataCommand;
use clap::Args;
use std::path::{Path, PathBuf};

/// Make a crate that ships a small library: with a test, and a host in each language
#[derive(Args)]
pub(crate) struct New {
    /// The folder to make, named like the crate
    path: PathBuf,
    /// A checkout of the project, which the crate takes the runtime from: the one that this program was built in, unless another is named
    #[arg(long = "path", value_name = "CHECKOUT")]
    checkout: Option<PathBuf>,
}

impl New {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let name = self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if self.path.exists() {
            return Err(Failure::Exists { path: self.path.clone() });
        }
        let checkout = checked(self.checkout.as_deref().unwrap_or(built_in()))?;
        let files = ffi_bindgen::new_crate(name, &checkout);
        let files = files.map_err(|why| Failure::BadName { name: name.to_owned(), why })?;
        write_files(&self.path, &files)?;
        console::step("Created", &format!("{}: its README.md says how to build and call it", self.path.display()));
        console::step("Depends", &format!("on {} in {checkout}", ffi_bindgen::RUNTIME));
        Ok(())
    }
}

/// The checkout that this program was built in, as its path was then.
fn built_in() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a crate in a checkout")
}

/// The whole path of a checkout, which has the runtime in it.
fn checked(checkout: &Path) -> Result<String, Failure> {
    let runtime = checkout.join("ffi-runtime");
    whole(&runtime).map_err(|why| Failure::NoCheckout { runtime, why })
}

/// The whole path of the checkout that has this runtime. The folder may be gone, or another's by now.
fn whole(runtime: &Path) -> Result<String, NoRuntime> {
    let whole = runtime.canonicalize()?;
    let (checkout, manifest) = (whole.parent().expect("a folder in a checkout"), whole.join("Cargo.toml"));
    let checkout = checkout.to_str().ok_or(NoRuntime::NotText)?;
    let metadata = MetadataCommand::new().manifest_path(&manifest).no_deps().exec()?;
    match metadata.packages.iter().find(|it| it.manifest_path.as_std_path() == manifest) {
        Some(package) if package.name == ffi_bindgen::RUNTIME => Ok(checkout.to_owned()),
        _ => Err(NoRuntime::Foreign),
    }
}
