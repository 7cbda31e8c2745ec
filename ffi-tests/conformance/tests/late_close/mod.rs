//! The library `every` with a close that returns only after the context has ended.

use std::path::Path;
use std::process::Command;
use toolchain::Bounded as _;

/// Builds the stand-in beside the libraries that it hands on.
pub(crate) fn build(libraries: &Path, file: &Path) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../hosts/standins/late_close.c");
    let every = libraries.join(format!("{}every{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX));
    let mut compiler = Command::new("cc");
    compiler
        .args(["-shared", "-fPIC", "-o"])
        .arg(file)
        .arg(source)
        .arg("-Wl,--no-as-needed")
        .arg(every)
        .args(["-ldl", "-pthread"]);
    let output = compiler.bounded().expect("a C compiler");
    assert!(output.status.success(), "{compiler:?}: {}", String::from_utf8_lossy(&output.stderr));
}
