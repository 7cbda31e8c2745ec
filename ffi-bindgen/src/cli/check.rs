//! Runs `cargo ffi check`: checks that a crate can be shipped.

use super::package::{Chosen, Crate};
use super::{Failure, console, generate};
use clap::Args;
use ffi_bindgen::Lang;
use ffi_runtime::schema::Library;
use std::path::Path;
use std::process::ExitCode;

/// Check that a crate can be shipped: it builds, exports only its own names, and its bindings are current
/// [exit code 1: they are not]
#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    chosen: Chosen,
}

impl Check {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let package = self.chosen.find()?;
        let path = package.build()?;
        let library = ffi_bindgen::read_schema(&path)?;
        let of_the_library = [foreign(&path, &library)?, refused(&path, &library)].concat();
        of_the_library.iter().for_each(|fault| console::fault(fault));
        let of_bindings = stale(&package, &path, &library)?;
        of_bindings.iter().for_each(|fault| console::fault(fault));
        if !of_the_library.is_empty() || !of_bindings.is_empty() {
            return Ok(ExitCode::from(1));
        }
        console::step("Checked", &format!("{} {}: nothing to mend", library.name, library.version));
        Ok(ExitCode::SUCCESS)
    }
}

/// Exported symbols that another library might have too.
fn foreign(path: &Path, library: &Library) -> Result<Vec<String>, Failure> {
    let prefix = format!("{}_", library.name);
    let foreign = ffi_bindgen::exports(path)?.into_iter().filter(|symbol| !symbol.starts_with(&prefix));
    Ok(foreign.map(|symbol| format!("the symbol `{symbol}` does not begin with `{prefix}`")).collect())
}

/// What the generators refuse, whether or not the crate has bindings of these languages: one line for all languages
/// that say the same.
fn refused(built: &Path, library: &Library) -> Vec<String> {
    let mut refusals: Vec<(String, Vec<&str>)> = Vec::new();
    for lang in Lang::ALL {
        let Err(error) = ffi_bindgen::generate_for(library, lang, built) else { continue };
        let text = error.to_string();
        match refusals.iter_mut().find(|(known, _)| *known == text) {
            Some((_, languages)) => languages.push(lang.name()),
            None => refusals.push((text, vec![lang.name()])),
        }
    }
    let told = |(text, languages): (String, Vec<&str>)| format!("no bindings for {}: {text}", languages.join(", "));
    refusals.into_iter().map(told).collect()
}

/// Bindings that are not what the library would have now.
fn stale(package: &Crate<'_>, built: &Path, library: &Library) -> Result<Vec<String>, Failure> {
    let mut faults = Vec::new();
    for lang in package.languages()? {
        let folder = package.output().join(lang.name());
        // What is refused is told of already.
        let Ok(files) = generate::files(library, lang, Some(built)) else { continue };
        for file in files {
            let path = folder.join(&file.path);
            match std::fs::read_to_string(&path) {
                Ok(text) if text == file.text => {}
                Ok(_) => faults.push(format!("{} is not current: run `cargo ffi build`", path.display())),
                Err(error) => faults.push(format!("{}: {error}: run `cargo ffi build`", path.display())),
            }
        }
    }
    Ok(faults)
}
