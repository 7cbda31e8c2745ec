//! Maps and sets with keys that are never the same as themselves.

use ffi_runtime::ffi;

#[ffi]
pub struct Config {
    pub settings: std::collections::HashMap<f64, String>,
    pub sorted: Option<std::collections::BTreeMap<(f32, u8), String>>,
    pub numbers: Vec<std::collections::BTreeSet<f64>>,
}

fn main() {}
