//! Names items in Go.
//!
//! - What a library's author named is exported in Go's style: `delay_ms` is `DelayMs`. Letters
//!   that are capital stay so, and none becomes so for being part of an initialism.
//! - Go has one scope for the types, functions and constants of a package, so each name there is
//!   claimed once: an item gets an underscore where the package or another item has its name.

use super::kinds::{ENTRY, is_refusable, tuple};
use crate::Error;
use crate::abi::{Abi, Speller};
use crate::model::scope::{Scope, Style};
use crate::model::surface::Surface;
use crate::model::{Defs, Item, Kind, Model, TypeNames, named};
use ffi_runtime::schema::TypeDef;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How Go writes parameters, which must hide nothing that their function uses.
pub(super) const PARAMETERS: Style =
    Style { is_reserved: |name| KEYWORDS.contains(&name) || PREDECLARED.contains(&name) };

/// What the package itself exports.
const FIXED: &[&str] = &[
    "CBOR",
    "ErrClosed",
    "Error",
    "Event",
    "Kind",
    "KindAfterFork",
    "KindAuthor",
    "KindBadHandle",
    "KindBadRequest",
    "KindBadResult",
    "KindCancelled",
    "KindClosed",
    "KindConstructing",
    "KindConstructorFailed",
    "KindDeadlineExceeded",
    "KindLost",
    "KindMismatch",
    "KindNoResources",
    "KindNotImplemented",
    "KindPanicked",
    "KindPoisoned",
    "KindQueueFull",
    "Native",
    "New",
    "Option",
    "Subscription",
    "Transport",
    "WithListeners",
    "WithTransport",
];

/// The names taken in the package, and by whom.
#[derive(Debug)]
pub(super) struct Names<'a> {
    /// The library's name.
    pub(super) library: &'a str,
    /// Spells the C types.
    pub(super) c: Speller<'a>,
    /// The Go names of records and enums.
    types: BTreeMap<&'a str, String>,
    pub(super) defs: Defs<'a>,
    /// The described types in whose values one may stand that is none of the library's: nil for an enum with data.
    pub(super) holders: HashSet<&'a str>,
    /// What types are called as parts of other names.
    pub(super) items: &'a TypeNames,
    package: Scope<'static>,
}

impl<'a> Names<'a> {
    /// Claims the names of all types, and of what stands beside them.
    pub(super) fn new(model: &'a Model<'a>, abi: &'a Abi<'a>, surface: &Surface<'_>) -> Result<Self, Error> {
        let library = &model.library.name;
        let functions = surface.stateless.iter().chain(&surface.exports).map(|it| it.short);
        let authors = model.library.types.iter().map(|def| def.name.as_str()).chain(functions);
        let package = Scope::new(Style::FREE).beside(FIXED).among(authors);
        let (c, defs, types) = (abi.speller(), model.defs.clone(), BTreeMap::new());
        let holders = holders(&model.items);
        let mut names = Self { library, c, types, defs, holders, items: &model.names, package };
        for item in &model.items {
            names.fix_struct_of(item);
        }
        model.items.iter().filter_map(Item::def).try_for_each(|def| names.add_type(def))?;
        Ok(names)
    }

    /// Takes the name of what the package itself exports for this type alone.
    fn fix_struct_of(&mut self, item: &Item<'_>) {
        match item {
            Item::Tuple(items) => self.package.fix(tuple(items.len())),
            Item::Map(key, _) if !self.is_key(key) => self.package.fix(ENTRY),
            Item::Map(..) | Item::Entry(..) | Item::Set(_) | Item::Array(..) => {}
            Item::Record(..) | Item::Enumeration(..) | Item::DataEnum(..) => {}
            Item::List(_) | Item::Option(_) | Item::Boxed(_) => {}
        }
    }

    fn add_type(&mut self, def: &'a TypeDef) -> Result<(), Error> {
        let name = exported("a type", &def.name)?;
        let name = self.package.claim(&def.name, &name);
        self.types.insert(&def.name, name);
        Ok(())
    }

    /// The Go name of a record or an enum.
    pub(super) fn ty(&self, name: &str) -> Result<String, Error> {
        self.types.get(name).cloned().ok_or_else(|| Error::UnknownType { name: name.to_owned() })
    }

    /// Whether a name is taken in the package.
    pub(super) fn has(&self, name: &str) -> bool {
        self.package.has(name)
    }

    /// Takes a name in the package, for what the schema calls `author`.
    pub(super) fn claim(&mut self, author: &str, name: &str) -> String {
        self.package.claim(author, name)
    }
}

/// The enums with data, and what holds one or another type that is refusable, at whatever depth.
fn holders<'a>(items: &[Item<'a>]) -> HashSet<&'a str> {
    let mut holders_of: HashMap<&str, Vec<&'a str>> = HashMap::new();
    let (mut found, mut open) = (HashSet::new(), Vec::new());
    for (item, def) in items.iter().filter_map(|item| Some((item, item.def()?))) {
        let held = item.mentions().into_iter().flat_map(named);
        held.for_each(|held| holders_of.entry(held).or_default().push(&def.name));
        let mut held = item.mentions().into_iter().flat_map(|ty| Kind::of(ty).innermost());
        let is_one = matches!(item, Item::DataEnum(..)) || held.any(|kind| is_refusable(kind, |_| false));
        open.extend(is_one.then_some(def.name.as_str()));
    }
    while let Some(name) = open.pop() {
        if found.insert(name) {
            open.extend(holders_of.get(name).into_iter().flatten());
        }
    }
    found
}

/// A name that other packages see.
pub(super) fn exported(what: &'static str, name: &str) -> Result<String, Error> {
    let name = joined(what, name)?;
    let capital: String = capitalized(&name);
    // Letters without case, and digits, do not export a name.
    Ok(if capital.starts_with(char::is_uppercase) { capital } else { format!("X{capital}") })
}

/// The name of a parameter.
pub(super) fn parameter(name: &str) -> Result<String, Error> {
    let name = joined("a parameter", name)?;
    let mut letters = name.chars();
    let first = letters.next().expect("a name has a letter");
    let name: String = first.to_lowercase().chain(letters).collect();
    let is_name = name.starts_with(|c: char| c == '_' || c.is_alphabetic());
    Ok(if is_name { name } else { format!("x{name}") })
}

/// The name of the package: Go's have neither underscores nor capitals, and a file that imports it needs none of Go's
/// own under another name for that.
pub(in crate::backends) fn package(library: &str) -> Result<String, Error> {
    let name = joined("the library", library)?.to_lowercase();
    let is_taken = [KEYWORDS, PREDECLARED, PACKAGES].iter().any(|names| names.contains(&&*name));
    Ok(if is_taken || !name.starts_with(char::is_alphabetic) { format!("lib{name}") } else { name })
}

/// The field of a C struct with these fields as cgo names it.
pub(super) fn cgo_field(name: &str, fields: &[&str]) -> String {
    let mut named = name.to_owned();
    while KEYWORDS.contains(&name) && (named == name || fields.contains(&&*named)) {
        named.insert(0, '_');
    }
    named
}

/// A name without underscores; the word after each begins with a capital. Of underscores alone nothing is left.
fn joined(what: &'static str, name: &str) -> Result<String, Error> {
    let not = || Error::NotAnIdentifier { what, name: name.to_owned() };
    if !name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric() || is_letter(c)) {
        return Err(not());
    }
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or("x");
    Ok(words.fold(first.to_owned(), |name, word| name + &capitalized(word)))
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Whether Go has this letter in names. Rust has more, marks above all, which the standard
/// library does not tell apart; these are the blocks that are letters throughout.
fn is_letter(c: char) -> bool {
    matches!(c,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ʯ' | 'Α'..='Ρ' | 'Σ'..='ϵ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' | 'א'..='ת' | 'ḁ'..='ỿ'
        | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿼' | '가'..='힣')
}

/// Go's keywords.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go",
    "goto", "if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type",
    "var",
];

/// What a parameter of the name would hide from its function.
#[rustfmt::skip]
const PREDECLARED: &[&str] = &[
    "any", "append", "bool", "byte", "cap", "clear", "close", "comparable", "complex", "complex128", "complex64",
    "copy", "delete", "error", "false", "float32", "float64", "imag", "int", "int16", "int32", "int64", "int8", "iota",
    "len", "make", "max", "min", "new", "nil", "panic", "print", "println", "real", "recover", "rune", "string", "true",
    "uint", "uint16", "uint32", "uint64", "uint8", "uintptr",
];

/// The packages of Go's standard library, up to 1.26, and the names that its commands have for other than packages.
#[rustfmt::skip]
const PACKAGES: &[&str] = &[
    "adler32", "aes", "ascii85", "asn1", "ast", "atomic", "base32", "base64", "big", "binary", "bits", "bufio",
    "build", "buildinfo", "builtin", "bytes", "bzip2", "cgi", "cgo", "cipher", "cmp", "cmplx", "color", "comment",
    "constant", "constraint", "context", "cookiejar", "coverage", "crc32", "crc64", "crypto", "cryptotest", "csv",
    "debug", "des", "doc", "draw", "driver", "dsa", "dwarf", "ecdh", "ecdsa", "ed25519", "elf", "elliptic", "embed",
    "encoding", "errors", "exec", "expvar", "fcgi", "filepath", "fips140", "flag", "flate", "fmt", "fnv", "format",
    "fs", "fstest", "gif", "gob", "gosym", "gzip", "hash", "heap", "hex", "hkdf", "hmac", "hpke", "html", "http",
    "httptest", "httptrace", "httputil", "image", "importer", "io", "iotest", "ioutil", "iter", "jpeg", "json",
    "jsonrpc", "jsontext", "list", "log", "lzw", "macho", "mail", "maphash", "maps", "math", "md5", "metrics", "mime",
    "mlkem", "multipart", "net", "netip", "os", "palette", "parse", "parser", "path", "pbkdf2", "pe", "pem", "pkix",
    "plan9obj", "plugin", "png", "pprof", "printer", "quick", "quotedprintable", "race", "rand", "rc4", "reflect",
    "regexp", "ring", "rpc", "rsa", "runtime", "scanner", "sha1", "sha256", "sha3", "sha512", "signal", "simd",
    "slices", "slog", "slogtest", "smtp", "sort", "sql", "strconv", "strings", "structs", "subtle", "suffixarray",
    "sync", "synctest", "syntax", "syscall", "syslog", "tabwriter", "tar", "template", "testing", "textproto", "time",
    "tls", "token", "trace", "types", "tzdata", "unicode", "unique", "unsafe", "url", "user", "utf16", "utf8",
    "version", "weak", "x509", "xml", "zip", "zlib",
    // Commands, folders and patterns.
    "all", "c", "cmd", "documentation", "example", "internal", "main", "std", "test", "testdata", "tool", "vendor",
    "work",
];

#[cfg(test)]
mod tests {
    use super::{FIXED, PARAMETERS, cgo_field, exported, package, parameter};
    use crate::model::scope::{Scope, Style};
    use std::process::Command;

    #[test]
    fn exported_names_are_in_gos_style_and_keep_their_capitals() {
        let name = |name| exported("a field", name).unwrap();
        assert_eq!(name("delay_ms"), "DelayMs");
        assert_eq!(name("delayMs"), "DelayMs");
        assert_eq!(name("XMLParser"), "XMLParser");
        assert_eq!(name("user_id"), "UserId");
        assert_eq!(name("_f32"), "F32");
        assert_eq!(name("größe"), "Größe");
        assert_eq!(name("一"), "X一");
        assert_eq!(name("_1"), "X1");
        assert_eq!(name("__"), "X");
    }

    #[test]
    fn what_go_has_no_letter_for_is_no_name() {
        for name in ["e\u{301}", "ⅷ", "हिन्दी"] {
            assert!(exported("a field", name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_parameter_hides_nothing() {
        let mut scope = Scope::new(PARAMETERS).beside(&["ctx"]);
        let mut name = |name| scope.claim(name, &parameter(name).unwrap());
        assert_eq!(name("delay_ms"), "delayMs");
        assert_eq!(name("type"), "type_");
        assert_eq!(name("len"), "len_");
        assert_eq!(name("ctx"), "ctx_");
        assert_eq!(name("_1"), "x1");
    }

    #[test]
    fn a_package_has_a_name_that_can_be_imported() {
        assert_eq!(package("my_timer").unwrap(), "mytimer");
        assert_eq!(package("type").unwrap(), "libtype");
        for library in ["internal", "time", "Strings", "error", "builtin", "std"] {
            assert_eq!(package(library).unwrap(), format!("lib{}", library.to_lowercase()));
        }
    }

    /// What `go list std` names is there for all programs, but for internal packages.
    #[test]
    fn no_package_of_the_installed_go_is_hidden() {
        let Ok(listed) = Command::new("go").args(["list", "std"]).output() else {
            assert!(std::env::var("CI").as_deref() != Ok("true"), "CI must have Go");
            return;
        };
        for path in String::from_utf8_lossy(&listed.stdout).lines() {
            let name = path.rsplit('/').next().unwrap_or_default();
            let is_private = path.split('/').any(|part| ["internal", "vendor"].contains(&part));
            assert!(is_private || package(name).unwrap() == format!("lib{name}"), "{path}");
        }
    }

    #[test]
    fn cgo_puts_an_underscore_before_keywords() {
        assert_eq!(cgo_field("type", &["type", "ctx"]), "_type");
        assert_eq!(cgo_field("type", &["type", "_type"]), "__type");
        assert_eq!(cgo_field("ctx", &["ctx"]), "ctx");
    }

    #[test]
    fn the_packages_own_names_are_taken() {
        let mut scope = Scope::new(Style::FREE).beside(FIXED);
        assert_eq!(scope.claim("Error", "Error"), "Error_");
    }
}
