//! Rust hosts, built with the clients that are generated for them: every vector over both transports, the clients'
//! own CBOR against the vectors' bytes, and hosts of the timer, the echo, the library with every type and the one
//! whose calls take long.
//!
//! The hosts are a package of their own, in the folder of the tests' target; it is built with this workspace's lock
//! file and without a network. With `RUST_HOSTS_SANITIZER=address` they and the libraries are built again, both
//! sides instrumented.

#[path = "../../tests/common/built.rs"]
mod built;
#[path = "rust/project.rs"]
mod project;
#[path = "rust/render.rs"]
mod render;
#[path = "rust/sorting.rs"]
mod sorting;
#[path = "rust/vectors.rs"]
mod vectors;

use conformance::Vectors;
use project::Project;
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

#[test]
#[ignore = "it takes long; .ci/rust-client and .ci/run run it"]
fn every_vector_and_every_host() {
    let project = Project::write();
    let all = Vectors::read().vectors.len();
    let coded = project.test(&["--package", "every-client", "--lib"]);
    assert!(coded.contains(&format!("coded {all} vectors")), "{coded}");
    let said = project.test(&["--package", "hosts"]);
    for transport in ["Native", "Cbor"] {
        assert!(said.contains(&format!("ran {all} vectors, {transport}")), "{said}");
    }
}
