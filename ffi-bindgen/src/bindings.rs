//! The languages, and the files that a library's bindings are in each.

use crate::Error;
use ffi_runtime::schema::Library;

/// A language that bindings are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lang {
    /// One header for C99 and later, both paths.
    C,
    /// A module of one package for Go 1.19 and later with cgo, both paths.
    Go,
    /// A project of Python's packaging tools, whose wheel carries the library.
    Python,
    /// One header for C++20, beside that of C.
    Cpp,
    /// The CBOR path in CDDL, for tools that validate it.
    Cddl,
    /// A crate for a host that loads the library at run time, both paths.
    Rust,
}

/// A written file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands in the bindings' folder, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub text: String,
}

impl Lang {
    /// Every language, in the order in which they are told of.
    pub const ALL: [Self; 6] = [Self::C, Self::Cpp, Self::Python, Self::Rust, Self::Go, Self::Cddl];

    /// The name on the command line, and of the folder where bindings of several languages stand.
    pub fn name(self) -> &'static str {
        match self {
            Self::C => "c",
            Self::Go => "go",
            Self::Python => "python",
            Self::Cpp => "cpp",
            Self::Cddl => "cddl",
            Self::Rust => "rust",
        }
    }
}

/// Writes a library's bindings in one language.
///
/// The same schema gives the same files, byte for byte.
///
/// # Errors
/// [`Error::Collision`] where two items would bear one name in that language;
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
    let name = &library.name;
    let file = |extension: &str, text: String| vec![File { path: format!("{name}.{extension}"), text }];
    match lang {
        Lang::C => Ok(file("h", crate::generate_c(library)?)),
        Lang::Go => crate::go::generate(library),
        Lang::Python => crate::python::generate(library),
        Lang::Cpp => Ok(file("hpp", crate::generate_cpp(library)?)),
        Lang::Cddl => Ok(file("cddl", crate::generate_cddl(library)?)),
        Lang::Rust => crate::generate_rust(library),
    }
}
