//! Runs `cargo ffi generate`: writes bindings.

use super::source::Source;
use super::{Failure, console};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use ffi_bindgen::{File, Lang};
use ffi_runtime::schema::Library;
use std::path::{Path, PathBuf};

/// Write bindings
#[derive(Args)]
pub(crate) struct Generate {
    /// The language to write; may be given several times
    #[arg(long, required = true, value_delimiter = ',', value_parser = languages())]
    lang: Vec<Lang>,
    #[command(flatten)]
    source: Source,
    /// The file to write, or the folder where there are several files [default: standard output]
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// Reads a language by its name.
pub(super) fn languages() -> impl TypedValueParser<Value = Lang> {
    let named = |name: String| Lang::ALL.into_iter().find(|lang| lang.name() == name);
    let value = |lang: Lang| PossibleValue::new(lang.name()).help(format!("{}: {}", lang.title(), lang.output()));
    PossibleValuesParser::new(Lang::ALL.map(value)).map(move |name| named(name).expect("one of the names"))
}

impl Generate {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let library = self.source.read()?;
        match (&self.lang[..], &self.output) {
            (&[lang], output) => one(&library, lang, self.source.file(), output.as_deref()),
            (languages, Some(folder)) => write_all(&library, languages, self.source.file(), folder),
            (_, None) => Err(Failure::NeedsFolder { what: "this".to_owned() }),
        }
    }
}

fn one(library: &Library, lang: Lang, built: Option<&Path>, output: Option<&Path>) -> Result<(), Failure> {
    let files = files(library, lang, built)?;
    match (&files[..], output) {
        ([file], Some(path)) if !path.is_dir() => write(path, &file.text),
        ([file], None) => console::text(&file.text),
        (files, Some(folder)) => write_files(folder, files),
        (_, None) => Err(Failure::NeedsFolder { what: format!("the {} of {}", lang.name(), library.name) }),
    }
}

/// The files of one language, for the library's own file where it is known.
pub(super) fn files(library: &Library, lang: Lang, built: Option<&Path>) -> Result<Vec<File>, Failure> {
    Ok(match built {
        Some(file) => ffi_bindgen::generate_for(library, lang, file)?,
        None => ffi_bindgen::generate(library, lang)?,
    })
}

/// Writes each language into a folder of its own, and none where one is refused.
pub(super) fn write_all(
    library: &Library,
    languages: &[Lang],
    built: Option<&Path>,
    folder: &Path,
) -> Result<(), Failure> {
    let made = languages.iter().map(|&lang| Ok((lang, files(library, lang, built)?)));
    for (lang, files) in made.collect::<Result<Vec<_>, Failure>>()? {
        let folder = folder.join(lang.name());
        write_files(&folder, &files)?;
        console::step("Generated", &format!("{} in {}", lang.name(), folder.display()));
    }
    Ok(())
}

/// Writes files, and the folders that they stand in.
pub(super) fn write_files(folder: &Path, files: &[File]) -> Result<(), Failure> {
    for file in files {
        let path = folder.join(&file.path);
        let parent = path.parent().expect("a file in a folder");
        std::fs::create_dir_all(parent).map_err(|source| Failure::file(parent, source))?;
        write(&path, &file.text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|source| Failure::file(path, source))
}
