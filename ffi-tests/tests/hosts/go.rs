//! Hosts in Go: the package of each library is vetted, formatted, and tested under the race detector.

use std::path::Path;
use std::process::Command;
use toolchain::{Bounded as _, test};

/// Vets and tests the package of a library with these of the hosts' files.
fn test(library: &str, purpose: &str, hosts: &[&str], change: impl Fn(&Path)) {
    toolchain::need("go");
    let package = crate::golang::package(library, purpose);
    for host in hosts {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts/go").join(host);
        crate::golang::write(&package, host, &std::fs::read_to_string(path).expect("a host"));
    }
    change(&package);
    is_formatted(&package);
    // To vet it by itself is to have cgo translate it once more.
    crate::golang::run(&package, &["test", "-vet=all", "-race", "-count=1", "-timeout=300s", "./..."]);
}

fn is_formatted(package: &Path) {
    let output = Command::new("gofmt").arg("-d").arg(package).bounded().expect("gofmt runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.is_empty(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn every_type_and_every_way_to_fail() {
    let hosts = ["common", "blocks", "shelves", "keys", "calls", "close", "events", "failures", "overflow", "memory"]
        .map(|part| format!("every_{part}_test.go"));
    test("every", "hosts", &hosts.each_ref().map(String::as_str), |_| ());
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn the_timer() {
    test("my_timer", "hosts", &["my_timer_test.go", "my_timer_text_test.go"], |_| ());
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn the_echo() {
    test("echo", "hosts", &["echo_test.go"], |_| ());
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn a_library_that_is_another_one() {
    test("every", "another", &["every_common_test.go", "another_abi_test.go"], |package| {
        let header = std::fs::read_to_string(package.join("every.h")).expect("the header");
        let hash = header.split("#define EVERY_ABI_HASH UINT64_C(").nth(1).expect("the hash");
        let point = header.split("EVERY_ABI_TYPE, \"Point\", UINT64_C(").nth(1).expect("its fingerprint");
        let header = [hash, point].iter().fold(header.clone(), |header, it| header.replace(&it[..18], "0x1"));
        crate::golang::write(package, "every.h", &header);
    });
}
