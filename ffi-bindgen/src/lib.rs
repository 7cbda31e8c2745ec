//! Writes bindings for a library made with `#[ffi]`, from the schema that the built
//! library itself carries. The source is never read.
//!
//! - [`read_schema`] loads a dynamic library and asks it for its schema.
//! - [`described`] reads it from a library or from a file that `cargo ffi schema` wrote.
//! - [`generate`] writes bindings in a language from it.
//! - [`generate_c`] writes one C header from it, for the native and the CBOR path. The
//!   header compiles without warnings as C99 and later and as C++11 and later.
//! - [`generate_cpp`] writes the C++20 header that stands beside it.
//! - [`Host`] calls a library by its schema alone.
//! - [`Codec`] turns JSON into requests, and answers and events into JSON.
//! - [`inspect`] shows what a library offers.
//! - [`diff`] says what changed between two versions, and whether an old caller is still safe.
//!
//! The same schema gives the same header, byte for byte.
//!
//! ```
//! use ffi_bindgen::generate_c;
//! use ffi_runtime::schema::{FORMAT, Library, Options, Target};
//!
//! let library = Library {
//!     format: FORMAT,
//!     name: "my_timer".to_owned(),
//!     version: "0.1.0".to_owned(),
//!     docs: "A timer.".to_owned(),
//!     target: Target { pointer_bits: 64, little_endian: true },
//!     options: Options::DEFAULT,
//!     functions: Vec::new(),
//!     events: Vec::new(),
//!     types: Vec::new(),
//!     abi_hash: 0,
//! };
//! let header = generate_c(&library)?;
//! assert!(header.contains("const uint8_t *my_timer_ffi_schema(size_t *len);"));
//! # Ok::<(), ffi_bindgen::Error>(())
//! ```

#![deny(
    clippy::wildcard_enum_match_arm,
    reason = "a new kind of type, shape or function is to be decided on everywhere"
)]

mod abi;
mod backends;
mod error;
mod file;
mod model;
mod printable;
mod templates;
mod tools;

pub use backends::{Lang, generate, generate_c, generate_cddl, generate_cpp, generate_for, generate_rust};
pub use error::Error;
pub use file::File;
pub use printable::{is_printable, printable};
pub use tools::description::described;
pub use tools::diff::{Change, Item, Report, Verdict, What, diff};
pub use tools::host::{CallError, Context, Heard, Host, callable};
pub use tools::inspect::inspect;
pub use tools::json::{Codec, JsonError, event_name};
pub use tools::load::{exports, read_schema, schema, schema_bytes};
pub use tools::new_crate::{BadName, RUNTIME, new_crate};
