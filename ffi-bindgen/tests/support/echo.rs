//! Passes responses through C values and back into requests.

use super::compiler::{self, C99, CXX17, SANITIZED, build, run};
use super::{everything, hex, unhex};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The host `tests/hosts/echo.c`, built as C with sanitizers and as optimized C++.
pub(crate) struct Echo {
    folder: PathBuf,
    programs: [PathBuf; 2],
}

impl Echo {
    /// The one host of a test file.
    pub(crate) fn of(file: &str) -> &'static Self {
        static BUILT: OnceLock<Echo> = OnceLock::new();
        compiler::need();
        BUILT.get_or_init(|| Self::build(file))
    }

    fn build(file: &str) -> Self {
        let folder = compiler::folder(file);
        std::fs::write(folder.join("all.h"), ffi_bindgen::generate_c(&everything()).unwrap()).unwrap();
        let host = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hosts/echo.c");
        let c = build(C99, &folder, "c", &[&SANITIZED[..], &["-O1", "-I.", host]].concat());
        let cxx = build(CXX17, &folder, "cxx", &["-O2", "-I.", host]);
        Self { folder, programs: [c, cxx] }
    }

    /// For each response of `all_give_…`, or message of `on_…`: the bytes of `it` in the request, or
    /// the fault's number.
    pub(crate) fn pass(&self, responses: &[(String, Vec<u8>)]) -> Vec<Result<Vec<u8>, u32>> {
        self.lines(responses).iter().map(|line| outcome(line)).collect()
    }

    /// What the host prints for each.
    pub(crate) fn lines(&self, responses: &[(String, Vec<u8>)]) -> Vec<String> {
        let mut input = String::new();
        for (function, bytes) in responses {
            writeln!(input, "{function} {}", hex(bytes)).unwrap();
        }
        static FILES: AtomicUsize = AtomicUsize::new(0);
        let path = self.folder.join(format!("responses_{}", FILES.fetch_add(1, Ordering::Relaxed)));
        std::fs::write(&path, input).unwrap();
        let [c, cxx] = self.programs.each_ref().map(|program| run(program, &[path.to_str().unwrap()]));
        assert!(c == cxx, "C and C++ print the same");
        let lines: Vec<_> = std::str::from_utf8(&c).unwrap().lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), responses.len());
        lines
    }
}

fn outcome(line: &str) -> Result<Vec<u8>, u32> {
    match line.strip_prefix("fault ") {
        Some(number) => Err(number.parse().unwrap()),
        None => Ok(unhex(line.strip_prefix("a1626974").expect("a request {it: ...}"))),
    }
}
