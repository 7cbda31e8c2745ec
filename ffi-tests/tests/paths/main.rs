//! The native path and the CBOR path: what is accepted, what is sent, and their limits.

mod collections;
#[path = "../common/mod.rs"]
mod common;
mod counted;
mod data_enums;
mod defaults;
mod limits;
mod native_forms;
#[path = "../oracle/mod.rs"]
mod oracle;
mod said;
mod shared;
mod wire_accepted;
mod wire_differential;
mod wire_golden;
mod wire_oracle;
