//! The languages, and the files that a library's bindings are in each.
//!
//! [`languages`] has the one list of backends. The command line, a new crate's hosts, the README's table and the tests
//! take the languages from it.

mod backend;
mod c;
mod cddl;
mod cpp;
mod go;
mod python;
mod rust;

pub(crate) use backend::COMMANDS;
pub use c::generate_c;
pub use cddl::generate_cddl;
pub use cpp::generate_cpp;
pub use rust::generate_rust;

use crate::Error;
use crate::file::File;
use crate::model::Model;
use crate::templates::Templates;
use backend::Backend as _;
use ffi_runtime::schema::Library;
use serde::Serialize;
use std::path::Path;

/// Makes [`Lang`] and its methods of a list of languages and their backends.
macro_rules! languages {
    ($($(#[$doc:meta])* $lang:ident => $backend:ty,)*) => {
        /// A language that bindings are written in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Lang {
            $($(#[$doc])* $lang,)*
        }

        impl Lang {
            /// Every language, in the order in which they are listed.
            pub const ALL: [Self; [$(stringify!($lang)),*].len()] = [$(Self::$lang),*];

            /// The name on the command line, and of the folder where bindings of several languages stand.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$lang => <$backend>::NAME,)*
                }
            }

            /// The language's name for readers: `C++20`.
            pub fn title(self) -> &'static str {
                match self {
                    $(Self::$lang => <$backend>::TITLE,)*
                }
            }

            /// What is written, for readers.
            pub fn output(self) -> &'static str {
                match self {
                    $(Self::$lang => <$backend>::OUTPUT,)*
                }
            }

            /// The files of a new crate's host.
            pub(crate) fn host(self) -> Templates {
                match self {
                    $(Self::$lang => <$backend>::HOST,)*
                }
            }

            fn files(self, model: &Model<'_>) -> Result<Vec<File>, Error> {
                match self {
                    $(Self::$lang => <$backend>::files(model),)*
                }
            }
        }
    };
}

languages! {
    /// One header for C99 and later, both paths.
    C => c::C,
    /// One header for C++20, beside that of C.
    Cpp => cpp::Cpp,
    /// A project of Python's packaging tools, whose wheel carries the library.
    Python => python::Python,
    /// A crate for a host that loads the library at run time, both paths.
    Rust => rust::Rust,
    /// A module of one package for Go 1.19 and later with cgo, both paths.
    Go => go::Go,
    /// The CBOR path in CDDL, for tools that validate it.
    Cddl => cddl::Cddl,
}

/// What hosts call a library's bindings by: its name, where a language has nothing of its own under that name.
#[derive(Debug, Serialize)]
pub(crate) struct HostNames {
    /// The file of the C header.
    header: String,
    /// The namespace in C++, and the class in it.
    namespace: String,
    class: String,
    /// The package in Python.
    python: String,
    /// The crate of the client in Rust.
    client: String,
    /// The package in Go.
    go: String,
}

impl HostNames {
    /// Those of a library whose name Go has letters for.
    pub(crate) fn new(library: &str) -> Result<Self, Error> {
        Ok(Self {
            header: crate::abi::header_file(library),
            namespace: cpp::namespace(library),
            class: cpp::class(library),
            python: python::package(library),
            client: rust::crate_name(library),
            go: go::package(library)?,
        })
    }
}

/// Whether a name is a keyword of Rust in some edition.
pub(crate) fn is_keyword_of_rust(name: &str) -> bool {
    rust::is_keyword(name)
}

/// Writes a library's bindings in one language.
///
/// The same schema gives the same files, byte for byte.
///
/// # Errors
/// [`Error::Collision`] where two functions have a symbol of one name, or two types one name;
/// [`Error::NotAnIdentifier`], [`Error::UnknownType`] or [`Error::Endless`] where the
/// schema is not one of a library that compiled.
///
/// ```no_run
/// use ffi_bindgen::Lang;
///
/// let library = ffi_bindgen::read_schema("target/release/libmy_timer.so".as_ref())?;
/// for file in ffi_bindgen::generate(&library, Lang::C)? {
///     std::fs::write(&file.path, &file.text).unwrap();
/// }
/// # Ok::<(), ffi_bindgen::Error>(())
/// ```
pub fn generate(library: &Library, lang: Lang) -> Result<Vec<File>, Error> {
    lang.files(&Model::new(library)?)
}

/// Writes a library's bindings as [`generate`] does, for the file in which it was built.
///
/// Some languages link with the library by the name of its file, which is that of the crate's `[lib]` and may be
/// another than the library's.
///
/// # Errors
/// As [`generate`].
///
/// ```no_run
/// use ffi_bindgen::Lang;
///
/// let file = "target/release/libtimers.so".as_ref();
/// let library = ffi_bindgen::read_schema(file)?;
/// let files = ffi_bindgen::generate_for(&library, Lang::Go, file)?;   // links with -ltimers
/// # Ok::<(), ffi_bindgen::Error>(())
/// ```
pub fn generate_for(library: &Library, lang: Lang, file: &Path) -> Result<Vec<File>, Error> {
    lang.files(&Model::new(library)?.linked(link_name(file).unwrap_or(&library.name)))
}

/// What `-l` finds the file by; none where it would not.
fn link_name(file: &Path) -> Option<&str> {
    let name = file.file_name()?.to_str()?.strip_prefix(std::env::consts::DLL_PREFIX)?;
    let (name, version) = name.split_once(std::env::consts::DLL_SUFFIX)?;
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "_-+.".contains(c));
    (version.is_empty() && !name.is_empty() && is_plain).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{Lang, generate};
    use crate::model::kind_labels;
    use crate::templates::stranger::instead_of;
    use ffi_runtime::schema::{
        DataVariant, FORMAT, Field, Fingerprint, Function, FunctionKind, Library, Options, Param, Payload, Shape,
        Target, Type, TypeDef, Variant,
    };
    use std::panic::{AssertUnwindSafe, catch_unwind};

    fn field((at, ty): (usize, Type)) -> Field {
        let name = format!("field{at}");
        Field { rust_name: name.clone(), name, docs: String::new(), ty, offset: 0 }
    }

    fn def(name: &str, shape: Shape) -> TypeDef {
        let (name, path, docs) = (name.to_owned(), format!("l::{name}"), String::new());
        TypeDef { name, path, docs, size: 8, align: 8, shape, fingerprint: Fingerprint::default() }
    }

    fn function(name: &str, all: &Type) -> Function {
        let (name, text) = (name.to_owned(), String::new);
        let all = all.clone();
        let params = vec![Param { name: "all".to_owned(), rust_name: "all".to_owned(), docs: text(), ty: all.clone() }];
        Function {
            rust_name: name.clone(),
            name,
            kind: FunctionKind::Stateless,
            docs: text(),
            params,
            returns: Some(all),
            error: None,
            is_async: false,
            exclusive: false,
            inline: true,
            deadline_ms: None,
            droppable: false,
            fingerprint: Fingerprint::default(),
        }
    }

    /// One of each kind.
    fn library() -> Library {
        let boxed = Box::new;
        let held = [
            Type::I64,
            Type::F32,
            Type::Bool,
            Type::Char,
            Type::String,
            Type::Bytes,
            Type::List(boxed(Type::Option(boxed(Type::U8)))),
            Type::Boxed(boxed(Type::F64)),
            Type::U128,
            Type::Duration,
            Type::Time,
            Type::Path,
            Type::IpAddr,
            Type::SocketAddr,
            Type::Tuple(vec![Type::U8, Type::Bool]),
            Type::Array(boxed(Type::I16), 3),
            Type::Map(boxed(Type::String), boxed(Type::Named("Color".to_owned()))),
            Type::Set(boxed(Type::Char)),
            Type::Named("Color".to_owned()),
            Type::Named("Choice".to_owned()),
        ];
        let red = Variant { name: "Red".to_owned(), rust_name: "Red".to_owned(), docs: String::new(), value: 0 };
        let variant = |name: &str, payload, fields: &[Type]| {
            let (name, docs) = (name.to_owned(), String::new());
            let fields = fields.iter().cloned().enumerate().map(field).collect();
            DataVariant { rust_name: name.clone(), name, docs, payload, fields }
        };
        let choice = vec![
            variant("None", Payload::Unit, &[]),
            variant("One", Payload::Value, &[Type::U8]),
            variant("Two", Payload::Tuple, &[Type::U8, Type::Bool]),
            variant("Some", Payload::Fields, &[Type::String]),
        ];
        let all = Shape::Record { fields: held.into_iter().enumerate().map(field).collect() };
        Library {
            format: FORMAT,
            name: "l".to_owned(),
            version: "0.1.0".to_owned(),
            docs: String::new(),
            target: Target { pointer_bits: 64, little_endian: true },
            options: Options::DEFAULT,
            functions: vec![function("l_echo", &Type::Named("All".to_owned()))],
            events: Vec::new(),
            types: vec![
                def("All", all),
                def("Color", Shape::Enumeration { variants: vec![red] }),
                def("Choice", Shape::DataEnum { variants: choice }),
            ],
            abi_hash: 0,
        }
    }

    macro_rules! array {
        ($($label:literal),*) => { [$($label),*] };
    }

    /// The names of the templates of every kind.
    const KINDS: [&str; 22] = kind_labels!(array:);

    /// The kinds in whose place a language writes what nobody knows, and those that its templates decide on.
    fn kinds_of(lang: Lang) -> (Vec<&'static str>, Vec<&'static str>) {
        let library = library();
        generate(&library, lang).expect("it has bindings");
        let (mut written, mut decided) = (Vec::new(), Vec::new());
        for kind in KINDS {
            let (made, is_met) = instead_of(kind, || catch_unwind(AssertUnwindSafe(|| generate(&library, lang))));
            written.extend((is_met && made.is_ok()).then_some(kind));
            decided.extend(is_met.then_some(kind));
        }
        (written, decided)
    }

    #[test]
    fn a_kind_that_nobody_knows_is_an_error_in_every_language() {
        for lang in Lang::ALL {
            let (written, decided) = kinds_of(lang);
            assert!(written.is_empty(), "{} writes bindings of what it does not know for {written:?}", lang.name());
            let expected: &[&str] = match lang {
                Lang::C => &KINDS[12..],
                Lang::Cpp | Lang::Rust => &KINDS[19..],
                Lang::Python | Lang::Go => &KINDS,
                // What CDDL says is decided without a template.
                Lang::Cddl => &[],
            };
            assert_eq!(decided, expected, "the kinds that the templates of {} decide on", lang.name());
        }
    }
}
