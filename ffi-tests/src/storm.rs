//! Handlers for calls in great numbers, of which some fail and some panic.

use crate::Every;
use ffi_runtime::ffi;

/// What becomes of a call.
#[ffi]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It gives its number back.
    Answers,
    /// It fails with a text that has its number.
    Fails,
    /// It panics with a text that has its number.
    Panics,
}

/// Does as it is told, at once.
#[ffi]
pub fn every_storm(_every: &Every, number: u64, fate: Fate) -> Result<u64, String> {
    meet(number, fate)
}

/// Does as it is told, after it let others run.
#[ffi]
pub async fn every_storm_later(_every: &Every, number: u64, fate: Fate) -> Result<u64, String> {
    tokio::task::yield_now().await;
    meet(number, fate)
}

fn meet(number: u64, fate: Fate) -> Result<u64, String> {
    match fate {
        Fate::Answers => Ok(number),
        Fate::Fails => Err(format!("{number} fails")),
        Fate::Panics => panic!("{number} panics"),
    }
}
