//! Reads the schema of a built library.
//!
//! - The names are read from the file's export table, so a library is loaded only when it
//!   is known to carry a schema.
//! - Loading runs the library's initialisers and `L_ffi_schema()`, nothing else of it.

use crate::Error;
use crate::abi::symbols::Own;
use crate::tools::machine;
use ffi_runtime::schema::{Library, SchemaError};
use object::Object as _;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The C signature of `L_ffi_schema`.
type SchemaFn = unsafe extern "C" fn(*mut usize) -> *const u8;

/// Loads the dynamic library at `path` and reads its schema.
///
/// # Errors
/// Those of [`schema_bytes`], and [`Error::Schema`] where the bytes are no schema or one of
/// a newer format.
///
/// ```
/// let error = ffi_bindgen::read_schema("no/such/libmy_timer.so".as_ref()).unwrap_err();
/// assert!(error.to_string().starts_with("no/such/libmy_timer.so: "));
/// ```
pub fn read_schema(path: &Path) -> Result<Library, Error> {
    schema(path, &schema_bytes(path, None)?)
}

/// Loads the dynamic library at `path` and copies its schema, CBOR as the library gives it.
///
/// `name` is needed only where several libraries are linked into one file.
///
/// # Errors
/// [`Error::File`], [`Error::NotALibrary`] or [`Error::NotLoadable`] where the file cannot be
/// used; [`Error::NoSchema`], [`Error::NoSuchName`] or [`Error::SeveralSchemas`] where no
/// schema, or not the right one, can be chosen.
///
/// ```no_run
/// let bytes = ffi_bindgen::schema_bytes("target/release/libmy_timer.so".as_ref(), None)?;
/// std::fs::write("my_timer.schema", bytes).unwrap();
/// # Ok::<(), ffi_bindgen::Error>(())
/// ```
pub fn schema_bytes(path: &Path, name: Option<&str>) -> Result<Vec<u8>, Error> {
    Ok(load(path, name)?.schema)
}

/// Reads what the CBOR of a description says; `path` is where it came from, for the error.
///
/// # Errors
/// [`Error::Schema`] where the bytes are no description, or one of a newer format.
pub fn schema(path: &Path, bytes: &[u8]) -> Result<Library, Error> {
    let read = match bytes {
        [] => Err(SchemaError::Malformed("there are no bytes".to_owned())),
        // As some shells write what they redirect.
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(SchemaError::Malformed("it is UTF-16, not UTF-8".to_owned())),
        // A map, or a tag before one.
        [0xa0..=0xdb, ..] => Library::from_cbor(bytes),
        _ => Err(SchemaError::Malformed("it is neither its CBOR nor its JSON".to_owned())),
    };
    read.map_err(|source| Error::Schema { path: path.to_owned(), source })
}

/// A dynamic library that carries a schema.
pub(crate) struct Loaded {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// The library.
    pub(crate) library: libloading::Library,
    /// What it says about itself, as CBOR.
    pub(crate) schema: Vec<u8>,
}

/// Loads a library that is known to carry a schema.
pub(crate) fn load(path: &Path, name: Option<&str>) -> Result<Loaded, Error> {
    // A path without a slash would send the loader to the system's folders.
    let path = path.canonicalize().map_err(|source| Error::File { path: path.to_owned(), source })?;
    let bytes = read(&path)?;
    machine::check(&path, &bytes)?;
    let found = libraries(&exported(&path, &bytes)?);
    let name = choose(&path, name, found)?;
    // SAFETY: the user asks for this library to be run; it carries a schema, so its
    // initialisers are those of a Rust library.
    let library = unsafe { libloading::Library::new(&path) };
    let library = library.map_err(|source| Error::NotLoadable { path: path.clone(), source })?;
    let schema = call_schema(&path, &library, &name)?;
    Ok(Loaded { path, library, schema })
}

/// The names that the dynamic library at `path` exports, which is not loaded for it.
///
/// # Errors
/// [`Error::File`] or [`Error::NotALibrary`] where the file cannot be read.
pub fn exports(path: &Path) -> Result<BTreeSet<String>, Error> {
    exported(path, &read(path)?)
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| Error::File { path: path.to_owned(), source })
}

fn exported(path: &Path, bytes: &[u8]) -> Result<BTreeSet<String>, Error> {
    let not_a_library = |source| Error::NotALibrary { path: path.to_owned(), source };
    let file = object::File::parse(bytes).map_err(not_a_library)?;
    let mut symbols = BTreeSet::new();
    for export in file.exports().map_err(not_a_library)? {
        let export = export.map_err(not_a_library)?;
        symbols.extend(export.name().name().map(|name| plain(&String::from_utf8_lossy(name)).to_owned()));
    }
    Ok(symbols)
}

/// A name as C has it: a Mach-O file keeps the underscore that C names begin with there.
fn plain(symbol: &str) -> &str {
    let decoration = if cfg!(target_vendor = "apple") { "_" } else { "" };
    symbol.strip_prefix(decoration).unwrap_or(symbol)
}

/// The libraries in one file: the names with both a schema and a hash.
fn libraries(symbols: &BTreeSet<String>) -> BTreeSet<String> {
    let suffix = Own::Schema.of("");
    let stems = symbols.iter().filter_map(|symbol| symbol.strip_suffix(&*suffix));
    stems.filter(|stem| symbols.contains(&Own::AbiHash.of(stem))).map(str::to_owned).collect()
}

fn choose(path: &Path, asked: Option<&str>, found: BTreeSet<String>) -> Result<String, Error> {
    let path = PathBuf::from(path);
    let mut found: Vec<String> = found.into_iter().collect();
    match asked {
        _ if found.is_empty() => Err(Error::NoSchema { path }),
        Some(name) if found.iter().any(|one| one == name) => Ok(name.to_owned()),
        Some(name) => Err(Error::NoSuchName { path, name: name.to_owned(), found }),
        None if found.len() == 1 => Ok(found.remove(0)),
        None => Err(Error::SeveralSchemas { path, found }),
    }
}

fn call_schema(path: &Path, library: &libloading::Library, name: &str) -> Result<Vec<u8>, Error> {
    let not_loadable = |source| Error::NotLoadable { path: path.to_owned(), source };
    // SAFETY: `L_ffi_schema` beside `L_ffi_abi_hash` has this signature in every library.
    let schema = unsafe { library.get::<SchemaFn>(Own::Schema.of(name)) }.map_err(not_loadable)?;
    let mut len = 0;
    // SAFETY: `len` is valid for one write.
    let bytes = unsafe { schema(&raw mut len) };
    if bytes.is_null() {
        return Err(Error::NoSchema { path: path.to_owned() });
    }
    // SAFETY: the library gives `len` bytes of static memory, and it is still loaded.
    Ok(unsafe { std::slice::from_raw_parts(bytes, len) }.to_vec())
}

#[cfg(test)]
mod tests {
    use super::libraries;

    #[test]
    fn a_schema_without_a_hash_is_somebody_elses_symbol() {
        let symbols = ["json_schema", "a_ffi_schema", "a_ffi_abi_hash", "b_ffi_abi_hash"].map(str::to_owned).into();
        assert_eq!(libraries(&symbols).into_iter().collect::<Vec<_>>(), ["a"]);
    }
}
