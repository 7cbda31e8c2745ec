//! The author's own serde derives and attributes on a type have no say.

use ffi_runtime::ffi;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[ffi]
pub struct Above {
    #[serde(rename = "other", default)]
    pub name: String,
    #[serde(skip)]
    pub hidden: u8,
}

#[ffi(rename_all = "camelCase")]
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Below {
    #[serde(flatten)]
    pub above_all: Above,
}

#[ffi]
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Low,
}

fn main() {
    let below = Below { above_all: Above { name: "n".to_owned(), hidden: 1 } };
    let bytes = ffi_runtime::to_cbor(&below).unwrap();
    assert_eq!(bytes, b"\xa1\x68aboveAll\xa2\x64name\x61n\x66hidden\x01");
    assert_eq!(ffi_runtime::to_cbor(&Level::Low).unwrap(), b"\x63Low");
}
