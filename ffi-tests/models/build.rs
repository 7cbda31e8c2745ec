//! Has the runtime built for the checker.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-cfg=ffi_model");
    // The runtime's own feature, which this package has not: the models' executor parks.
    println!("cargo::rustc-check-cfg=cfg(feature, values(\"tokio\"))");
}
