//! The command line of `ffi-bindgen`.
//!
//! Exit code 0 where the work is done, 2 with a message on standard error where not; `diff` has 1 where
//! an old caller is not safe any more.

#![forbid(unsafe_code)]

use clap::{Args, Parser, Subcommand, ValueEnum};
use ffi_bindgen::{Error, Report};
use ffi_runtime::schema::Library;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Writes bindings for a library made with #[ffi], from the schema the built library carries.
#[derive(Parser)]
#[command(name = "ffi-bindgen", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write bindings for one language
    Generate {
        /// The language to write
        #[arg(long)]
        lang: Lang,
        #[command(flatten)]
        source: Source,
        /// The file to write [default: standard output]
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Print a library's schema, CBOR
    Schema {
        /// The built library
        #[arg(long, value_name = "PATH")]
        library: PathBuf,
        /// The library's name, where the file holds several
        #[arg(long, value_name = "L")]
        name: Option<String>,
    },
    /// Say what changed between two versions, and whether an old caller is still safe [exit code 1: it is not]
    Diff {
        /// The old version: a built library, or a file with its schema
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
    },
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

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    /// One header for C and C++, both paths
    C,
}

#[derive(Args)]
#[group(skip)]
struct Source {
    /// The built library
    #[arg(long, value_name = "PATH", required_unless_present = "schema", conflicts_with = "schema")]
    library: Option<PathBuf>,
    /// The library's name, where the file holds several
    #[arg(long, value_name = "L", conflicts_with = "schema")]
    name: Option<String>,
    /// A file with the schema, instead of the library
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
}

impl Source {
    fn bytes(&self) -> Result<Vec<u8>, Error> {
        match (&self.library, &self.schema) {
            (Some(path), _) => ffi_bindgen::schema_bytes(path, self.name.as_deref()),
            (None, Some(path)) => std::fs::read(path).map_err(|source| Error::File { path: path.clone(), source }),
            (None, None) => unreachable!("clap asks for one of the two"),
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Generate { lang: Lang::C, source, output } => {
            let library = Library::from_cbor(&source.bytes()?)?;
            write(output.as_deref(), ffi_bindgen::generate_c(&library)?.as_bytes())?;
        }
        Command::Schema { library, name } => write(None, &ffi_bindgen::schema_bytes(&library, name.as_deref())?)?,
        Command::Diff { old, new, name, callers, format } => {
            let version = |path: &Path| Ok::<_, Error>(Library::from_cbor(&described(path, name.as_deref())?)?);
            let report = ffi_bindgen::diff(&version(&old)?, &version(&new)?);
            write(None, shown(&report, format).as_bytes())?;
            return Ok(if is_safe(&report, callers) { ExitCode::SUCCESS } else { ExitCode::from(1) });
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The schema of a built library, or of a file that is one.
fn described(path: &Path, name: Option<&str>) -> Result<Vec<u8>, Error> {
    match ffi_bindgen::schema_bytes(path, name) {
        Err(Error::NotALibrary { .. }) => {
            std::fs::read(path).map_err(|source| Error::File { path: path.to_owned(), source })
        }
        described => described,
    }
}

fn shown(report: &Report, format: Format) -> String {
    match format {
        Format::Text => format!("{report}\n"),
        Format::Json => {
            let json = serde_json::to_string_pretty(report).expect("a report has neither odd keys nor odd numbers");
            format!("{json}\n")
        }
    }
}

fn is_safe(report: &Report, callers: Callers) -> bool {
    match callers {
        Callers::Native => report.is_native_safe(),
        Callers::Wire => report.is_wire_safe(),
        Callers::Both => report.is_native_safe() && report.is_wire_safe(),
    }
}

fn write(output: Option<&Path>, bytes: &[u8]) -> Result<(), Error> {
    let written = match output {
        Some(path) => std::fs::write(path, bytes),
        None => std::io::stdout().lock().write_all(bytes),
    };
    let path = output.unwrap_or(Path::new("standard output"));
    written.map_err(|source| Error::File { path: path.to_owned(), source })
}

fn main() -> ExitCode {
    match run(CommandLine::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("ffi-bindgen: {error}");
            ExitCode::from(2)
        }
    }
}
