//! One struct with every type and nesting, there and back.

use crate::Every;
use ffi_runtime::ffi;

pub use ffi_tests_types::blocks::{Block, Page, Sign};
pub use ffi_tests_types::everything::{Empty, Everything, Keywords, Level, Link, Point, Temperatures, Tree};
pub use ffi_tests_types::shelves::{Piece, Shelf};
pub use ffi_tests_types::{Currency, Money};

/// Gives everything back.
#[ffi]
pub fn every_echo(_every: &Every, value: Everything) -> Everything {
    value
}

/// Gives everything back after a wait.
#[ffi]
pub async fn every_echo_later(_every: &Every, value: Everything) -> Result<Everything, String> {
    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    Ok(value)
}

/// Gives back a list of everything.
#[ffi]
pub fn every_echo_list(_every: &Every, values: Vec<Everything>) -> Vec<Everything> {
    values
}
