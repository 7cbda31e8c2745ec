//! The languages, and the files that a library's bindings are in each.

use crate::Error;
use crate::file::File;
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

#[cfg(test)]
mod tests {
    use super::{Lang, generate};
    use crate::templates::stranger::instead_of;
    use ffi_runtime::schema::{
        FORMAT, Field, Fingerprint, Function, FunctionKind, Library, Options, Param, Shape, Target, Type, TypeDef,
        Variant,
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
            Type::Named("Color".to_owned()),
        ];
        let red = Variant { name: "Red".to_owned(), rust_name: "Red".to_owned(), docs: String::new(), value: 0 };
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
            types: vec![def("All", all), def("Color", Shape::Enumeration { variants: vec![red] })],
            abi_hash: 0,
        }
    }

    #[test]
    fn a_kind_that_nobody_knows_is_an_error_in_every_language() {
        let library = library();
        for lang in Lang::ALL {
            generate(&library, lang).expect("it has bindings");
            // What CDDL says is decided without a template.
            let kinds = ["record", "enumeration"].into_iter().filter(|_| lang != Lang::Cddl);
            for kind in kinds {
                let written = instead_of(kind, || catch_unwind(AssertUnwindSafe(|| generate(&library, lang))));
                assert!(written.is_err(), "{} writes bindings of what it does not know for {kind}", lang.name());
            }
        }
    }
}
