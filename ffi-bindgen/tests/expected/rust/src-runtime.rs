//! What the bindings of every library have in common. Nothing here knows the library.

// A library need not use every part.
#![allow(dead_code, unused_macros)]

#[macro_use]
mod calls;
#[macro_use]
mod records;
#[macro_use]
mod symbols;

pub(crate) mod abi;
pub(crate) mod answers;
pub(crate) mod api;
pub(crate) mod arena;
pub(crate) mod call;
#[cfg(feature = "cbor")]
pub(crate) mod cbor;
pub(crate) mod check;
mod collections;
#[cfg(feature = "cbor")]
pub(crate) mod compare;
pub(crate) mod create;
pub(crate) mod entry;
pub(crate) mod error;
pub(crate) mod events;
mod fixed;
mod formatted;
pub(crate) mod listeners;
mod moments;
pub(crate) mod native;
pub(crate) mod notice;
#[cfg(feature = "cbor")]
mod numbers;
pub(crate) mod reentrancy;
pub(crate) mod session;
pub(crate) mod shape;
pub(crate) mod stream;
mod text;
#[cfg(feature = "cbor")]
pub(crate) mod times;
#[cfg(feature = "cbor")]
pub(crate) mod tuple;
pub(crate) mod wait;
mod wide;
#[cfg(feature = "cbor")]
pub(crate) mod wire;
