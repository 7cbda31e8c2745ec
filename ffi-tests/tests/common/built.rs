//! The built libraries.

use std::path::PathBuf;

/// The folder of the libraries: the one that this test was built into, since they are dependencies of it.
///
/// A test must not ask cargo for them again. Cargo would choose other features for other packages, and build all
/// libraries and what uses them anew, by turns with the tests.
pub(crate) fn libraries() -> PathBuf {
    let test = std::env::current_exe().expect("this program has a path");
    test.parent().expect("a program is in a folder").to_owned()
}
