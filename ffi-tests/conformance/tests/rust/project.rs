//! The hosts' package: clients, hosts and what is written from the vectors.

use crate::{built, vectors};
use conformance::Vectors;
use ffi_bindgen::generate_rust;
use ffi_runtime::schema::Library;
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::Bounded as _;

/// The libraries that have hosts.
const LIBRARIES: [&str; 4] = ["my_timer", "echo", "every", "slow"];

/// The hosts, as they stand beside this file.
const HOSTS: [&str; 11] = [
    "blocks.rs",
    "calls.rs",
    "cancelling.rs",
    "check.rs",
    "ending.rs",
    "events.rs",
    "executors.rs",
    "failures.rs",
    "main.rs",
    "notices.rs",
    "shelves.rs",
];

/// A workspace of the hosts and their clients.
pub(crate) struct Project {
    folder: PathBuf,
    sanitizer: Option<String>,
}

impl Project {
    /// Writes all of it anew.
    pub(crate) fn write() -> Self {
        let sanitizer = std::env::var("RUST_HOSTS_SANITIZER").ok();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust-hosts");
        let project = Self { folder, sanitizer };
        let libraries = built::libraries();
        for name in LIBRARIES {
            let schema = ffi_bindgen::read_schema(&libraries.join(file(name))).expect("a schema");
            project.client(name, &schema);
            if name == "every" {
                project.client("altered", &altered(schema.clone()));
                project.client("evolved", &evolved(schema.clone()));
                project.vectors(&schema);
            }
        }
        project.hosts();
        project
    }

    fn client(&self, folder: &str, schema: &Library) {
        for file in generate_rust(schema).expect("a client") {
            // Two packages of one name cannot be told apart.
            let is_manifest = file.path == "Cargo.toml";
            let text = if is_manifest { file.text.replace(&schema.name, folder) } else { file.text };
            self.put(&format!("{folder}/{}", file.path), &text);
        }
    }

    fn vectors(&self, schema: &Library) {
        let vectors = Vectors::read();
        self.put("hosts/tests/vectors.rs", &vectors::of_host(schema, &vectors));
        self.put("every/src/coded.rs", &vectors::of_coder(schema, &vectors));
        let lib = std::fs::read_to_string(self.folder.join("every/src/lib.rs")).expect("the client");
        self.put("every/src/lib.rs", &format!("{lib}\n#[cfg(test)]\nmod coded;\n"));
    }

    fn hosts(&self) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rust/hosts");
        let read = |name: &str| std::fs::read_to_string(from.join(name)).expect("a host");
        HOSTS.iter().for_each(|name| self.put(&format!("hosts/tests/{name}"), &read(name)));
        // A package must have more than tests.
        self.put("hosts/tests/nothing.rs", "");
        self.put("hosts/Cargo.toml", &read("package.toml"));
        self.put("Cargo.toml", &read("workspace.toml"));
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
        self.put("Cargo.lock", &std::fs::read_to_string(lock).expect("the lock file"));
    }

    /// Writes a file, unless it is there as it is: cargo looks at its time.
    fn put(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        if std::fs::read_to_string(&path).is_ok_and(|there| there == text) {
            return;
        }
        std::fs::write(path, text).expect("a file");
    }

    /// Runs the package's tests, and gives what they say.
    pub(crate) fn test(&self, arguments: &[&str]) -> String {
        let mut cargo = self.cargo("test");
        cargo.args(["--offline", "--no-fail-fast"]).args(arguments).args(["--", "--nocapture"]);
        cargo.current_dir(&self.folder).env("HOST_LIBRARIES", self.libraries());
        let output = cargo.bounded().expect("cargo runs");
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
        assert!(output.status.success(), "{cargo:?}\n{said}");
        said
    }

    /// The folder of the libraries, built as the hosts are.
    fn libraries(&self) -> PathBuf {
        if self.sanitizer.is_none() {
            return built::libraries();
        }
        let mut cargo = self.cargo("build");
        cargo.args(["--locked", "-pffi-tests", "-pffi-tests-slow", "-pexample-timer", "-pexample-echo"]);
        cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
        assert!(cargo.status().expect("cargo runs").success(), "the libraries are built");
        self.target().join(host_triple()).join("debug")
    }

    fn target(&self) -> PathBuf {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder in the target folder");
        match &self.sanitizer {
            Some(sanitizer) => target.join("sanitized").join(sanitizer),
            None => target.join("rust-hosts"),
        }
    }

    /// Cargo, which instruments what it builds where that was asked for.
    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.arg(command).arg("--target-dir").arg(self.target()).env("CARGO_INCREMENTAL", "0");
        if let Some(sanitizer) = &self.sanitizer {
            cargo.args(["--target", &host_triple()]).env("RUSTC_BOOTSTRAP", "1");
            // As the libraries were built before; its reports name lines.
            cargo.env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
            // The libraries take the sanitizer's functions from the program that loads them.
            cargo.env("RUSTFLAGS", format!("-Zsanitizer={sanitizer} -Clink-arg=-rdynamic"));
            cargo.env("ASAN_OPTIONS", "detect_leaks=1:abort_on_error=0:exitcode=99");
        }
        cargo
    }
}

/// A library of which a host was told something else: the layout of one of its types.
fn altered(mut schema: Library) -> Library {
    schema.abi_hash ^= 1;
    let point = schema.types.iter_mut().find(|def| def.name == "Point").expect("a type");
    point.fingerprint.native ^= 1;
    schema
}

/// A library that since then has something more than the host knows of.
fn evolved(mut schema: Library) -> Library {
    schema.abi_hash ^= 1;
    schema.functions.retain(|function| function.name != "every_divide");
    schema
}

fn host_triple() -> String {
    let output = Command::new("rustc").arg("-vV").bounded().expect("rustc runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    said.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host").to_owned()
}

fn file(library: &str) -> String {
    format!("{}{library}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}
