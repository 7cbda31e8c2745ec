//! Hosts in Python, on its standard library alone.

use crate::built::libraries;
use std::path::Path;
use std::process::Command;
use toolchain::{Bounded as _, test};

#[test]
fn an_asyncio_loop_polls_replies_and_events() {
    toolchain::need("python3");
    let file = format!("{}every{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts/python/poll.py");
    let output = Command::new("python3").arg(script).arg(libraries().join(file)).bounded().expect("python runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said, "poll: all passed\n");
}
