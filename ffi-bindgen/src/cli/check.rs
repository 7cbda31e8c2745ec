//! Runs `cargo ffi check`: checks that a crate can be shipped.

use super::package::Chosen;
use super::stale::Stale;
use super::{Failure, console};
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
        let details = self.chosen.is_verbose();
        let mut faults = foreign(&path, &library, details)?;
        faults.extend(refused(&path, &library));
        faults.extend(Stale::find(&package, &path, &library)?.fault(details));
        for fault in &faults {
            console::fault(fault);
        }
        if !faults.is_empty() {
            return Ok(ExitCode::from(1));
        }
        console::step("Checked", &format!("{} {}: nothing to mend", library.name, library.version));
        Ok(ExitCode::SUCCESS)
    }
}

/// How many symbols are told one by one.
const FEW: usize = 3;

/// Exported symbols that another library might have too: a few one by one, and many in one line.
fn foreign(path: &Path, library: &Library, details: bool) -> Result<Vec<String>, Failure> {
    let prefix = format!("{}_", library.name);
    let foreign = ffi_bindgen::exports(path)?.into_iter().filter(|symbol| !symbol.starts_with(&prefix));
    let foreign: Vec<_> = foreign.map(|symbol| format!("`{symbol}`")).collect();
    if foreign.len() > FEW && !details {
        let (few, others) = foreign.split_at(FEW);
        let (few, others) = (few.join(", "), others.len());
        return Ok(vec![format!("{few} and {others} more symbols do not begin with `{prefix}` (-v lists them)")]);
    }
    Ok(foreign.into_iter().map(|symbol| format!("the symbol {symbol} does not begin with `{prefix}`")).collect())
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
