//! The helpers of the C header, and the C++ header, under AddressSanitizer.

use crate::support::compiler::{self, SANITIZED, expect_success, folder};
use crate::support::echo::Echo;
use crate::support::hostile::{self, Verdict};
use crate::support::{everything, hex};
use std::process::Command;
use toolchain::{Bounded as _, test};

#[test]
fn the_c_helpers_refuse_hostile_answers() {
    let echo = Echo::of("hostile-c");
    // What a text in C cannot hold is an error as well.
    let cases: Vec<_> = hostile::cases().into_iter().filter(|case| case.read != "any").collect();
    let read = |name: &str| match name.strip_prefix("give_") {
        Some("nothing") => "all_nothing".to_owned(),
        Some(name) => format!("all_give_{name}"),
        None => name.to_owned(),
    };
    let messages: Vec<_> = cases.iter().map(|case| (read(&case.read), case.bytes.clone())).collect();
    for (case, line) in cases.iter().zip(echo.lines(&messages)) {
        let is_taken = !line.starts_with("fault ") || line == "fault 0";
        let start = hex(&case.bytes[..case.bytes.len().min(40)]);
        assert_eq!(is_taken, case.is_taken(), "{}: {}: {start}: {line}", case.read, case.what);
        let own = match &case.verdict {
            Verdict::Taken(_) if line == "fault 0" => line.clone(),
            Verdict::Taken(value) => format!("a1626974{}", hex(value)),
            Verdict::Refused(_) => line.clone(),
        };
        assert_eq!(line, own, "{}: {}: {start}", case.read, case.what);
    }
    // Which event it is can be asked of whatever comes.
    let any = hostile::cases().into_iter().filter(|case| !case.read.starts_with("give_"));
    let any: Vec<_> = any.map(|case| ("name".to_owned(), case.bytes)).collect();
    assert_eq!(echo.lines(&any).len(), any.len());
}

/// A list of 393,216 records is announced, and as many bytes follow that are none of them.
#[test]
fn the_c_helpers_reserve_no_more_than_twice_of_what_was_read() {
    let echo = Echo::of("hostile-c");
    let response = [&b"\xa1\x67scalars\x9a\x00\x06\x00\x00"[..], &vec![0; 400_000]].concat();
    let taken: usize = echo.lines(&[("room".to_owned(), response)])[0].parse().unwrap();
    assert!((1..=32_768).contains(&taken), "{taken} bytes");
}

#[test]
fn the_cpp_header_refuses_hostile_answers() {
    compiler::need();
    let folder = folder("hostile-cpp");
    std::fs::write(folder.join("all.h"), ffi_bindgen::generate_c(&everything()).unwrap()).unwrap();
    std::fs::write(folder.join("all.hpp"), ffi_bindgen::generate_cpp(&everything()).unwrap()).unwrap();
    let rows = hostile::write(&folder);
    let host = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hosts/hostile.cpp");
    let mut compile = Command::new("c++");
    compile.current_dir(&folder).args(["-std=c++20", "-Wall", "-Wextra", "-Werror", "-O0", "-I."]).args(SANITIZED);
    expect_success("the host", &compile.args([host, "-o", "host"]).bounded().unwrap());
    expect_success("the host", &Command::new(folder.join("host")).arg(rows).bounded().unwrap());
}
