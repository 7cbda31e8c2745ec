//! Tells which bindings are not what the library would have now, and which edit made them so.
//!
//! `build` leaves the library's description beside the bindings. What differs from it now is the cause.

use super::package::Crate;
use super::{Failure, generate, source};
use ffi_bindgen::Lang;
use ffi_runtime::schema::{Event, Fingerprint, Function, Library, TypeDef};
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The description that the bindings were made from, in their folder.
const RECORD: &str = "schema.json";

/// Bindings that are not current.
pub(super) struct Stale {
    folder: PathBuf,
    files: Vec<File>,
    cause: Option<Cause>,
}

struct File {
    path: PathBuf,
    lang: Lang,
    /// Why it cannot be read; `None` where it differs.
    error: Option<std::io::Error>,
}

/// The items of a library that an edit changed.
struct Cause(Vec<String>);

/// Leaves the description beside the bindings that were made from it.
pub(super) fn record(folder: &Path, library: &Library) -> Result<(), Failure> {
    let json = serde_json::to_string_pretty(library).expect("text keys alone, and no odd numbers");
    generate::write_files(folder, &[ffi_bindgen::File { path: RECORD.to_owned(), text: json + "\n" }])
}

impl Stale {
    /// Compares the bindings of a crate with what its library would have now.
    pub(super) fn find(package: &Crate<'_>, built: &Path, library: &Library) -> Result<Self, Failure> {
        let folder = package.output();
        let mut files = Vec::new();
        for lang in package.languages()? {
            // What is refused is told of already.
            let Ok(made) = generate::files(library, lang, Some(built)) else { continue };
            for file in made {
                let path = folder.join(lang.name()).join(&file.path);
                match std::fs::read(&path) {
                    Ok(bytes) if bytes == file.text.as_bytes() => {}
                    Ok(_) => files.push(File { path, lang, error: None }),
                    Err(error) => files.push(File { path, lang, error: Some(error) }),
                }
            }
        }
        let before = source::described(&folder.join(RECORD), None).ok();
        let cause = before.map(|before| Cause::of(&before, library)).filter(|cause| !cause.0.is_empty());
        Ok(Self { folder, files, cause })
    }

    /// One line for all that is stale, with each file and each cause below it where details are asked for.
    pub(super) fn fault(&self, details: bool) -> Option<String> {
        let because = self.cause.as_ref().map(|cause| format!(", because {}", cause.told())).unwrap_or_default();
        match &self.files[..] {
            [] => None,
            [file] => Some(format!("{}{because}: run `cargo ffi build`", file.told())),
            files => {
                let (folder, missing) = (self.folder.display(), missing(files));
                let counted = format!("{} files of {} in {folder}", files.len(), languages(files));
                let line = format!("{counted} are not current{missing}{because}: run `cargo ffi build`");
                Some(line + &if details { self.details() } else { " (-v lists them)".to_owned() })
            }
        }
    }

    fn details(&self) -> String {
        let items = self.cause.iter().flat_map(|cause| cause.0.iter().cloned());
        items.chain(self.files.iter().map(File::told)).map(|line| format!("\n    {line}")).collect()
    }
}

impl File {
    fn told(&self) -> String {
        match &self.error {
            Some(error) => format!("{}: {error}", self.path.display()),
            None => format!("{} is not current", self.path.display()),
        }
    }
}

/// How many files are not there.
fn missing(files: &[File]) -> String {
    let is_missing = |file: &&File| file.error.as_ref().is_some_and(|error| error.kind() == ErrorKind::NotFound);
    match files.iter().filter(is_missing).count() {
        0 => String::new(),
        count if count == files.len() => ", all of them missing".to_owned(),
        count => format!(", {count} of them missing"),
    }
}

fn languages(files: &[File]) -> String {
    let mut names: Vec<_> = files.iter().map(|file| file.lang.name()).collect();
    names.dedup();
    names.join(", ")
}

impl Cause {
    fn of(before: &Library, now: &Library) -> Self {
        let (before, now) = (items(before), items(now));
        let names = before.keys().chain(now.keys()).collect::<BTreeSet<_>>().into_iter();
        let what = |item: &(Rank, String)| match (before.get(item), now.get(item)) {
            (Some(old), Some(new)) => (old != new).then(|| format!("{} changed", item.1)),
            (None, _) => Some(format!("{} is new", item.1)),
            (_, None) => Some(format!("{} is gone", item.1)),
        };
        Self(names.filter_map(what).collect())
    }

    fn told(&self) -> String {
        match &self.0[..] {
            [] => String::new(),
            [one] => one.clone(),
            [first, _] => format!("{first} and 1 other item differs"),
            [first, others @ ..] => format!("{first} and {} other items differ", others.len()),
        }
    }
}

/// The items of a library by what they are called, types first, since other items hold them. Each is without what
/// others change in it: layouts and fingerprints.
fn items(library: &Library) -> BTreeMap<(Rank, String), String> {
    let types = library.types.iter().map(|it| (Rank::Type, &it.name, spelled(&definition(it))));
    let functions = library.functions.iter().map(|it| (Rank::Function, &it.name, spelled(&function(it))));
    let events = library.events.iter().map(|it| (Rank::Event, &it.name, spelled(&event(it))));
    let items = types.chain(functions).chain(events);
    let items = items.map(|(rank, name, text)| ((rank, format!("{} {name}", rank.word())), text));
    let whole = [
        ("name", spelled(&library.name)),
        ("version", spelled(&library.version)),
        ("documentation", spelled(&library.docs)),
        ("machine", spelled(&library.target)),
        ("limits", spelled(&library.options)),
    ];
    let whole = whole.map(|(part, text)| ((Rank::Library, format!("{} {part}", Rank::Library.word())), text));
    items.chain(whole).collect()
}

/// What an item is, in the order in which causes are told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Type,
    Function,
    Event,
    Library,
}

impl Rank {
    fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Function => "function",
            Self::Event => "event",
            Self::Library => "the library's",
        }
    }
}

fn spelled(item: &impl serde::Serialize) -> String {
    serde_json::to_string(item).expect("text keys alone, and no odd numbers")
}

fn definition(def: &TypeDef) -> TypeDef {
    let mut def = TypeDef { size: 0, align: 0, fingerprint: Fingerprint::default(), ..def.clone() };
    def.shape.fields_mut().for_each(|field| field.offset = 0);
    def
}

fn function(function: &Function) -> Function {
    Function { fingerprint: Fingerprint::default(), ..function.clone() }
}

fn event(event: &Event) -> Event {
    Event { fingerprint: Fingerprint::default(), ..event.clone() }
}
