//! The generated Python package.

use crate::support::compiler::{expect_success, folder};
use crate::support::{everything, hostile};
use ffi_bindgen::Lang;
use std::path::Path;
use std::process::Command;
use toolchain::{Bounded as _, test};

#[test]
fn the_python_package_refuses_hostile_answers() {
    toolchain::need("python3");
    let folder = folder("hostile-python");
    let mut library = everything();
    // In Python its own name may be that of one of its types.
    library.name = "hostile".to_owned();
    for file in ffi_bindgen::generate(&library, Lang::Python).unwrap() {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
    let host = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hosts/hostile_python.py");
    let rows = hostile::write(&folder);
    expect_success(
        "the package",
        &Command::new("python3").arg(host).arg(&folder).arg("hostile").arg(rows).bounded().unwrap(),
    );
}
