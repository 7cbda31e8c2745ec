//! Runs `cargo ffi diff`: compares two versions of a library.

use super::{Failure, console, source};
use clap::{Args, ValueEnum};
use ffi_bindgen::Report;
use ffi_runtime::schema::Library;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Say what changed between two versions, and whether an old caller is still safe [exit code 1: it is not]
#[derive(Args)]
pub(crate) struct Diff {
    /// The old version: a built library, or a file with its schema in JSON or CBOR
    old: PathBuf,
    /// The new version
    new: PathBuf,
    /// The library's name, where a file holds several
    #[arg(long, value_name = "L")]
    name: Option<String>,
    /// Which old callers the exit code is for
    #[arg(long, value_enum, default_value_t = Callers::Both)]
    callers: Callers,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Which callers count.
#[derive(Clone, Copy, ValueEnum)]
enum Callers {
    /// Those compiled with the old header
    Native,
    /// Those that send and read the old CBOR
    Wire,
    /// All
    Both,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A line for each change
    Text,
    /// One object, for programs
    Json,
}

impl Diff {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let report = ffi_bindgen::diff(&self.version(&self.old)?, &self.version(&self.new)?);
        match self.format {
            Format::Text => console::text(&format!("{report}\n"))?,
            Format::Json => console::json(&report)?,
        }
        Ok(if is_safe(&report, self.callers) { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }

    fn version(&self, path: &Path) -> Result<Library, Failure> {
        source::described(path, self.name.as_deref())
    }
}

fn is_safe(report: &Report, callers: Callers) -> bool {
    match callers {
        Callers::Native => report.is_native_safe(),
        Callers::Wire => report.is_wire_safe(),
        Callers::Both => report.is_native_safe() && report.is_wire_safe(),
    }
}
