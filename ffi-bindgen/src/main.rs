//! The command line of `ffi-bindgen`.
//!
//! Exit code 0 where the work is done, 2 with a message on standard error where not.

#![forbid(unsafe_code)]

use clap::{Args, Parser, Subcommand, ValueEnum};
use ffi_bindgen::Error;
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

fn run(command: Command) -> Result<(), Error> {
    match command {
        Command::Generate { lang: Lang::C, source, output } => {
            let library = Library::from_cbor(&source.bytes()?)?;
            write(output.as_deref(), ffi_bindgen::generate_c(&library)?.as_bytes())
        }
        Command::Schema { library, name } => write(None, &ffi_bindgen::schema_bytes(&library, name.as_deref())?),
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
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ffi-bindgen: {error}");
            ExitCode::from(2)
        }
    }
}
