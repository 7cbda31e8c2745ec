//! What changed between two versions, and whether an old caller is still safe: each change with both
//! verdicts, beside what the old header's check and abidiff say of the same pair.

mod cases;
#[path = "../support/mod.rs"]
mod support;

use cases::{Case, Seen, base, cases};
use ffi_bindgen::{Change, Verdict, diff};
use ffi_runtime::schema::Library;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::compiler::{self, C99, build, compile, expect_success, run};
use support::stand_in;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

fn as_told(change: &Change) -> String {
    let sign = |verdict| if verdict == Verdict::Safe { '+' } else { '-' };
    format!("{}{} {change}", sign(change.native), sign(change.wire))
}

#[test]
fn each_change_is_told_with_both_verdicts() {
    let old = base();
    let cases = cases();
    assert!(cases.len() >= 50, "only {} cases", cases.len());
    for Case { name, new, expected, .. } in cases {
        let told: Vec<String> = diff(&old, &new).changes.iter().map(as_told).collect();
        assert_eq!(told, expected, "{name}");
    }
}

#[test]
fn a_library_that_did_not_change_has_nothing_to_tell() {
    assert_eq!(diff(&base(), &base()).changes, []);
    for Case { name, new, .. } in cases() {
        assert_eq!(diff(&new, &new).changes, [], "{name}");
    }
}

#[test]
fn another_library_is_no_version_of_this_one() {
    let mut new = base();
    new.name = "other".to_owned();
    let told: Vec<String> = diff(&base(), &new).changes.iter().map(as_told).collect();
    assert_eq!(told, ["-- library lib, name: lib -> other (every symbol begins with it)"]);
}

/// Natively, what is safe is what leaves every fingerprint as it was that an old caller has.
#[test]
fn the_native_verdict_is_that_of_the_fingerprints() {
    let old = base();
    for Case { name, new, .. } in cases().into_iter().filter(|case| case.name != "target") {
        let functions = old.functions.iter().all(|was| {
            new.functions.iter().any(|is| is.name == was.name && is.fingerprint.native == was.fingerprint.native)
        });
        let events = old.events.iter().all(|was| {
            new.events.iter().any(|is| is.name == was.name && is.fingerprint.native == was.fingerprint.native)
        });
        let types = old.types.iter().all(|was| {
            new.types.iter().any(|is| is.name == was.name && is.fingerprint.native == was.fingerprint.native)
        });
        assert_eq!(diff(&old, &new).is_native_safe(), functions && events && types, "{name}");
    }
}

/// The program that asks the old header whether a library fits it.
fn old_caller(folder: &Path) -> PathBuf {
    std::fs::write(folder.join("my_timer.h"), ffi_bindgen::generate_c(&base()).unwrap()).unwrap();
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hosts/check.c");
    let library = stand_in::source("lib", Some(&base().to_cbor()), base().abi_hash);
    stand_in::build(folder, "liblib.so", &[library]);
    let linked =
        ["-Dmy_timer_abi_check=lib_abi_check", "-I.", source, "-x", "none", "-L.", "-llib", "-Wl,-rpath,$ORIGIN"];
    build(C99, folder, "fits", &linked)
}

#[test]
fn an_old_header_names_the_item_that_differs() {
    compiler::need();
    let folder = compiler::folder("diff_check");
    let caller = old_caller(&folder);
    for Case { name, new, check, .. } in cases() {
        let library = stand_in::source("lib", Some(&new.to_cbor()), new.abi_hash);
        stand_in::build(&folder, "liblib.so", &[library]);
        assert_eq!(String::from_utf8(run(&caller, &[])).unwrap(), check, "{name}");
    }
}

/// Compiles a library that does nothing and has the symbols and types of the header.
fn compiled_from_header(folder: &Path, name: &str, library: &Library) -> PathBuf {
    let header = ffi_bindgen::generate_c(library).unwrap();
    let is_ours = |line: &str| {
        let symbol = line.split('(').next().and_then(|head| head.rsplit([' ', '*']).next()).unwrap_or_default();
        library.functions.iter().any(|it| it.name == symbol || format!("{}_cbor", it.name) == symbol)
    };
    let declared: Vec<String> = header
        .lines()
        .filter(|line| line.ends_with(");") && !line.starts_with([' ', '#', '*', '/']) && is_ours(line))
        .map(|line| format!("{} {{ return 0; }}", line.trim_end_matches(';')))
        .collect();
    assert!(declared.len() > library.functions.len(), "{declared:?}");
    std::fs::write(folder.join("lib.h"), header).unwrap();
    // What is defined here is the library itself.
    let source = format!("#define LIB_NO_ABI_CHECK\n#include \"lib.h\"\n{}\n", declared.join("\n"));
    std::fs::write(folder.join(format!("{name}.c")), source).unwrap();
    let (file, source) = (format!("{name}.so"), format!("{name}.c"));
    let flags = ["-g", "-shared", "-fPIC", "-Wno-unused-parameter", "-I.", "-o", &file, &source];
    expect_success(name, &compile(C99, folder, &flags));
    folder.join(file)
}

#[test]
fn abidiff_agrees_on_what_it_can_see() {
    compiler::need();
    toolchain::need("abidiff");
    let folder = compiler::folder("diff_abidiff");
    let old = compiled_from_header(&folder, "old", &base());
    for Case { name, new, seen, .. } in cases().into_iter().filter(|case| case.seen != Seen::Hidden) {
        let report = diff(&base(), &new);
        let new = compiled_from_header(&folder, "new", &new);
        let output = Command::new("abidiff").args(["--no-added-syms"]).args([&old, &new]).bounded().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let code = output.status.code().unwrap_or(1);
        assert_eq!(code & 3, 0, "{name}: abidiff could not compare: {said}{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(code != 0, seen == Seen::Changed, "{name}: abidiff says {code}: {said}");
        assert_eq!(code == 0, report.is_native_safe(), "{name}: {report}\nabidiff: {said}");
    }
}
