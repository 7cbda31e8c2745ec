//! The files for the timer, readable in review. Another text here is another interface.
//!
//! `FFI_BINDGEN_REWRITE=1 cargo test -p ffiwright-bindgen --test golden` writes them anew.

mod support;

use ffi_bindgen::{Lang, generate};
use std::path::{Path, PathBuf};
use support::my_timer;

/// Where the files of a language stand: in a folder of their own where they are many.
fn folder(lang: Lang) -> PathBuf {
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected");
    match lang {
        Lang::C | Lang::Cpp | Lang::Cddl => expected,
        lang => expected.join(lang.name()),
    }
}

#[track_caller]
fn is_the_reviewed_one(lang: Lang) {
    for file in generate(&my_timer(), lang).unwrap() {
        let path = folder(lang).join(&file.path);
        if std::env::var_os("FFI_BINDGEN_REWRITE").is_some() {
            std::fs::write(&path, &file.text).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap();
        assert!(file.text == expected, "{} differs: FFI_BINDGEN_REWRITE=1 shows how in git", file.path);
    }
}

#[test]
fn the_timers_header_is_the_reviewed_one() {
    is_the_reviewed_one(Lang::C);
}

#[test]
fn the_timers_cddl_is_the_reviewed_one() {
    is_the_reviewed_one(Lang::Cddl);
}

#[test]
fn the_timers_go_package_is_the_reviewed_one() {
    is_the_reviewed_one(Lang::Go);
}

#[test]
fn the_timers_cpp_header_is_the_reviewed_one() {
    is_the_reviewed_one(Lang::Cpp);
}
