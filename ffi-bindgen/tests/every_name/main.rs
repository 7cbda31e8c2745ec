//! Names of every kind in every position make bindings that compile, in each language.
//!
//! - The words are the language's keywords and what it has built in, the macros and names of standard headers, all
//!   that stands in our own templates, and each of them in other cases and with the ends that our names have.
//! - A fixed part has each word in each position; what random libraries have on top comes from seeds that are printed.

#[path = "../support/mod.rs"]
mod support;

mod compile;
mod describe;
mod words;

use ffi_bindgen::Lang;
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// Libraries of this language's words, each of which makes bindings that compile.
fn holds(lang: Lang) {
    let mut words = words::of(lang);
    // C++ has a `std::variant` of all events, which takes the square of their number to compile.
    let most_events = if lang == Lang::Cpp { 80 } else { usize::MAX };
    // What its compiler needs grows faster than the number of names: 12 GB for one header of all of them. Those that
    // may become one stay together.
    let most_words = if lang == Lang::Cpp { words.len().div_ceil(4) } else { words.len() };
    if lang == Lang::Cpp {
        words.sort_by_key(|word| word.replace('_', "").to_lowercase());
    }
    let parts = words.chunks(most_words);
    let mut libraries: Vec<_> = parts.flat_map(|words| describe::fixed(words, most_events)).collect();
    let words = [words, words::of_all(lang)].concat();
    libraries.extend(describe::seeds().map(|seed| describe::random(&words, seed)));
    compile::together(lang, &libraries);
}

#[test]
fn in_c() {
    holds(Lang::C);
}

#[test]
fn in_cpp() {
    holds(Lang::Cpp);
}

#[test]
fn in_python() {
    holds(Lang::Python);
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn in_go() {
    holds(Lang::Go);
}

#[test]
#[ignore = "it takes long; .ci/rust-client and .ci/run run it"]
fn in_rust() {
    holds(Lang::Rust);
}

#[test]
fn as_names_of_libraries_in_c() {
    compile::each(Lang::C, &describe::named_after(&words::of_libraries(Lang::C)));
}

#[test]
fn as_names_of_libraries_in_cpp() {
    compile::each(Lang::Cpp, &describe::named_after(&words::of_libraries(Lang::Cpp)));
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn as_names_of_libraries_in_go() {
    compile::each(Lang::Go, &describe::named_after(&words::of_libraries(Lang::Go)));
}

#[test]
#[ignore = "it takes long; .ci/rust-client and .ci/run run it"]
fn as_names_of_libraries_in_rust() {
    compile::each(Lang::Rust, &describe::named_after(&words::of_libraries(Lang::Rust)));
}
