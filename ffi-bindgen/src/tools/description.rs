//! Reads a library's description from wherever it stands: a built library, or a file of CBOR or of JSON.
//!
//! - The first bytes tell what a file is: no CBOR of a description begins as JSON or as a library does.
//! - JSON that does not hold the fingerprints of what it describes is refused: a program that rounds large numbers
//!   wrote it, or it was changed by hand. Bindings made from it would refuse the library.

use crate::Error;
use crate::tools::load::{schema, schema_bytes};
use crate::tools::machine;
use ffi_runtime::schema::{FORMAT, Library, SchemaError};
use serde::Deserialize;
use std::path::Path;

/// Reads the CBOR of a library's description from a built library, or from a file that `cargo ffi schema` wrote.
///
/// `name` is needed only where a file holds several libraries.
///
/// # Errors
/// Those of [`schema_bytes`] for a built library; [`Error::File`] and [`Error::Schema`] for other files, and
/// [`Error::NoSuchName`] where they describe a library of another name.
///
/// ```
/// let error = ffi_bindgen::described("no/such/my_timer.json".as_ref(), None).unwrap_err();
/// assert!(error.to_string().starts_with("no/such/my_timer.json: "));
/// ```
pub fn described(path: &Path, name: Option<&str>) -> Result<Vec<u8>, Error> {
    let bytes = std::fs::read(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
    if machine::is_binary(&bytes) {
        return schema_bytes(path, name);
    }
    let (library, bytes) = match json(&bytes) {
        Some(text) => {
            let library = from_json(text).map_err(|source| Error::Schema { path: path.to_owned(), source })?;
            let bytes = library.to_cbor();
            (library, bytes)
        }
        None => (schema(path, &bytes)?, bytes),
    };
    match name {
        Some(name) if name != library.name => {
            Err(Error::NoSuchName { path: path.to_owned(), name: name.to_owned(), found: vec![library.name] })
        }
        Some(_) | None => Ok(bytes),
    }
}

/// The text of a file that is JSON, without the mark that some programs put before text.
fn json(bytes: &[u8]) -> Option<&[u8]> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii();
    text.first().is_some_and(|first| b"{[\"".contains(first)).then_some(text)
}

fn from_json(text: &[u8]) -> Result<Library, SchemaError> {
    #[derive(Deserialize)]
    struct Head {
        format: u32,
    }
    if !text.starts_with(b"{") {
        return Err(SchemaError::Malformed("its JSON is no object".to_owned()));
    }
    let head: Head = serde_json::from_slice(text).map_err(malformed)?;
    if head.format > FORMAT {
        return Err(SchemaError::Newer(head.format));
    }
    let library: Library = serde_json::from_slice(text).map_err(malformed)?;
    let mut sealed = library.clone();
    sealed.seal();
    if sealed != library {
        let fault = "its fingerprints are not those of what it describes: a program that rounds large numbers wrote it, \
                     or it was changed by hand";
        return Err(SchemaError::Malformed(fault.to_owned()));
    }
    Ok(library)
}

fn malformed(error: serde_json::Error) -> SchemaError {
    SchemaError::Malformed(match error.is_eof() {
        true => format!("its JSON ends too early, at line {}", error.line()),
        false => format!("in its JSON, {error}"),
    })
}
