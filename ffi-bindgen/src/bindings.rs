//! The languages, and the files that a library's bindings are in each.

use crate::Error;
use ffi_runtime::schema::Library;

/// A language that bindings are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lang {
    /// One header for C99 and later, both paths.
    C,
    /// One header for C++20, beside that of C.
    Cpp,
    /// The CBOR path in CDDL, for tools that validate it.
    Cddl,
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
    pub const ALL: [Self; 3] = [Self::C, Self::Cpp, Self::Cddl];

    /// The name on the command line, and of the folder where bindings of several languages stand.
    pub fn name(self) -> &'static str {
        match self {
            Self::C => "c",
            Self::Cpp => "cpp",
            Self::Cddl => "cddl",
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
        Lang::Cpp => Ok(file("hpp", crate::generate_cpp(library)?)),
        Lang::Cddl => Ok(file("cddl", crate::generate_cddl(library)?)),
    }
}
