//! The headers of a small library, whole, for the eye of a reviewer.
//!
//! `FFI_BINDGEN_REWRITE=1 cargo test -p ffi-bindgen --test golden` writes them anew.

mod support;

use std::path::Path;

#[test]
fn the_header_is_the_expected_one() {
    is_as_expected("my_timer.h", ffi_bindgen::generate_c(&support::my_timer()).unwrap());
}

#[test]
fn the_cpp_header_is_the_expected_one() {
    is_as_expected("my_timer.hpp", ffi_bindgen::generate_cpp(&support::my_timer()).unwrap());
}

fn is_as_expected(file: &str, header: String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(file);
    if std::env::var_os("FFI_BINDGEN_REWRITE").is_some() {
        std::fs::write(&path, &header).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    let differs = expected.lines().zip(header.lines()).position(|(a, b)| a != b);
    assert!(expected == header, "{} differs, first in line {:?}", path.display(), differs.map(|line| line + 1));
}
