//! What the fuzzers run: bodies that take any bytes, and panic where the library breaks its
//! contract. The fuzzers are a package of their own, beside this one; the inputs that they found
//! worth keeping are in the folder `corpus`, and the tests here run them again without a fuzzer.
//!
//! - [`decode`]: CBOR as values of every type, within a budget of memory.
//! - [`native`]: graphs of C structs, sound ones and ones with a fault.
//! - [`program`]: a host's program of calls, listeners, cancels and destroys.
//! - [`schema`]: a library's description, and the header that is made of it.

mod allocator;
mod asked;
mod brief;
mod bytes;
mod decode;
mod native;
#[path = "../../tests/oracle/mod.rs"]
#[allow(dead_code, reason = "its random values and harm are for the tests it was written for")]
mod oracle;
mod program;
mod schema;

pub use asked::keep_asked_panics;
pub use decode::decode;
pub use native::native;
pub use program::program;
pub use schema::schema;

use std::path::Path;

/// Runs `body` with every input in the folder of the corpus with this name.
///
/// # Panics
/// Where `body` does, having named the file; or where there are hardly any inputs.
pub fn replay(folder: &str, body: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(folder);
    let mut count = 0;
    for entry in std::fs::read_dir(corpus).expect("the corpus") {
        let path = entry.expect("an entry").path();
        println!("{}", path.display());
        body(&std::fs::read(&path).expect("the file is read"));
        count += 1;
    }
    assert!(count > 9, "{folder} has {count} files");
}
