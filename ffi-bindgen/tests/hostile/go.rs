//! The Go package.

use crate::support::compiler::{expect_success, folder};
use crate::support::{everything, hostile};
use ffi_bindgen::Lang;
use std::process::Command;
use toolchain::{Bounded as _, test};

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn the_go_package_refuses_hostile_answers() {
    toolchain::need("cc");
    toolchain::need("go");
    let folder = folder("hostile-go");
    for file in ffi_bindgen::generate(&everything(), Lang::Go).unwrap() {
        std::fs::write(folder.join(&file.path), &file.text).unwrap();
    }
    let host = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hosts/hostile_test.go");
    std::fs::copy(host, folder.join("hostile_test.go")).unwrap();
    hostile::write(&folder);
    // Nothing of the library is called, so an empty one will do.
    std::fs::write(folder.join("empty.c"), "").unwrap();
    let mut compile = Command::new("cc");
    compile.current_dir(&folder).args(["-shared", "-o", "liball.so", "empty.c"]);
    expect_success("the library", &compile.bounded().unwrap());
    std::fs::remove_file(folder.join("empty.c")).unwrap();
    let here = folder.to_str().unwrap();
    let linked = format!("-L{here} -Wl,-rpath,{here} -Wl,--unresolved-symbols=ignore-all");
    let mut go = Command::new("go");
    go.env("CGO_LDFLAGS", linked).args(["test", "-count=1", "./..."]);
    expect_success("the package", &go.current_dir(&folder).bounded().unwrap());
}
