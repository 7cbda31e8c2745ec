//! The library that answers with what it was told to, and what it is told.

use crate::support::hostile::{self, Verdict};
use crate::support::{every_given, everything, failing, function, hex, method, option, stand_in};
use ffi_runtime::schema::{FunctionKind, Library, Type};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use toolchain::Bounded as _;

/// The library, built, and the files of its cases.
pub(crate) struct Fake {
    pub(crate) folder: PathBuf,
    pub(crate) library: Library,
    pub(crate) path: PathBuf,
    /// Lines `verdict read code hex warning comes what`.
    pub(crate) rows: PathBuf,
    /// Lines `verdict hex what`.
    pub(crate) schemas: PathBuf,
    pub(crate) count: usize,
}

/// What a call, or a listener, is answered with.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) read: String,
    pub(crate) code: i32,
    pub(crate) answer: Vec<u8>,
    warning: Option<Vec<u8>>,
    comes: Comes,
    pub(crate) what: String,
}

/// What comes of it.
#[derive(Clone, Debug)]
enum Comes {
    /// The value with this CBOR.
    Value(Vec<u8>),
    /// An error of the binding, at this place.
    Unreadable(Option<&'static str>),
    /// The library's error with this text.
    Failed(String),
}

impl Row {
    pub(crate) fn is_taken(&self) -> bool {
        matches!(self.comes, Comes::Value(_))
    }

    pub(crate) fn is_unreadable(&self) -> bool {
        matches!(self.comes, Comes::Unreadable(_))
    }

    fn line(&self) -> String {
        let dash = |digits: String| if digits.is_empty() { "-".to_owned() } else { digits };
        let (verdict, comes) = match &self.comes {
            Comes::Value(own) => ("taken", dash(hex(own))),
            Comes::Unreadable(path) => ("refused", path.unwrap_or("-").to_owned()),
            Comes::Failed(text) => ("failed", dash(hex(text.as_bytes()))),
        };
        let warning = self.warning.as_ref().map_or("none".to_owned(), |it| dash(hex(it)));
        let (answer, Self { read, code, what, .. }) = (dash(hex(&self.answer)), self);
        format!("{verdict} {read} {code} {answer} {warning} {comes} {what}\n")
    }
}

impl Fake {
    pub(crate) fn get() -> &'static Self {
        static FAKE: OnceLock<Fake> = OnceLock::new();
        toolchain::need("cc");
        FAKE.get_or_init(Self::build)
    }

    fn build() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("answers");
        std::fs::create_dir_all(&folder).expect("a folder");
        let library = described();
        let answering =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../libraries/answering/answering.c"));
        let sources = [
            // What the library itself is described by, unless it is told otherwise.
            stand_in::source("fake", Some(&library.to_cbor()), library.abi_hash)
                .replace("fake_ffi_schema", "fake_own_schema"),
            symbols(&library),
            answering.expect("the library's source"),
        ];
        let path = stand_in::build(&folder, "libfake.so", &sources);
        let (rows, schemas) = (folder.join("answers.rows"), folder.join("schemas.rows"));
        let all = all_rows();
        std::fs::write(&rows, all.iter().map(Row::line).collect::<String>()).expect("the rows");
        std::fs::write(&schemas, crate::schemas::lines()).expect("the schemas");
        Self { folder, library, path, rows, schemas, count: all.len() }
    }

    /// The rows of codes and of the CBOR that is refused in another way each.
    pub(crate) fn for_the_command(&self) -> Vec<Row> {
        let all = all_rows();
        let mut seen = std::collections::HashSet::new();
        // What the environment has room for.
        let is_short = |row: &Row| row.answer.len() < 10_000;
        let of_a_code = all.iter().filter(|row| row.code != 0 && is_short(row));
        let is_new = |row: &&Row| row.read.starts_with("give_") && is_short(row) && seen.insert(row.what.clone());
        of_a_code.cloned().chain(all.iter().filter(|row| row.code == 0).filter(is_new).cloned()).collect()
    }
}

/// The types and events of `everything()`, and for each type what gives and what takes it.
fn described() -> Library {
    let mut library = everything();
    library.name = "fake".to_owned();
    let armed = [("code", Type::I32), ("answer", Type::Bytes), ("warning", option(Type::Bytes)), ("later", Type::Bool)];
    library.functions = vec![
        function(FunctionKind::Constructor, "fake_open", &[], None),
        method("fake_arm", &armed, None),
        method("fake_asked", &[], Some(Type::Bytes)),
        method("fake_tell", &[], None),
        method("fake_give_nothing", &[], None),
    ];
    for (name, ty) in every_given() {
        library.functions.push(method(&format!("fake_give_{name}"), &[], Some(ty.clone())));
        library.functions.push(method(&format!("fake_put_{name}"), &[("it", ty)], None));
    }
    library.functions.push(failing("Mode", method("fake_give_failing", &[], Some(Type::U8))));
    library.functions.push(function(FunctionKind::Destructor, "fake_finish", &[], None));
    library.seal();
    library
}

/// C source with every symbol of the functions; natively none of them is called.
fn symbols(library: &Library) -> String {
    let mut source = "#include <stddef.h>\n#include <stdint.h>\n#include <stdlib.h>\n".to_owned();
    source += "typedef void (*callback)(int ret, const char *msg, size_t len, void *user_data);\n";
    source += "int fake_answer(const char *name, callback cb, void *user_data, const uint8_t *request, size_t len);\n";
    for function in library.functions.iter().filter(|function| function.kind == FunctionKind::Method) {
        let name = &function.name;
        let given = "void *ctx, callback cb, void *user_data, const uint8_t *request, size_t len";
        writeln!(source, "void {name}(void);\nvoid {name}(void)\n{{\n    abort();\n}}").unwrap();
        writeln!(source, "int {name}_cbor({given});\nint {name}_cbor({given})\n{{\n    (void)ctx;").unwrap();
        writeln!(source, "    return fake_answer(\"{name}\", cb, user_data, request, len);\n}}").unwrap();
    }
    source + "void fake_open(void);\nvoid fake_open(void)\n{\n    abort();\n}\n"
}

fn all_rows() -> Vec<Row> {
    let row = |case: hostile::Case| Row {
        comes: match case.verdict {
            Verdict::Taken(own) => Comes::Value(own),
            Verdict::Refused(path) => Comes::Unreadable(path),
        },
        read: case.read,
        code: 0,
        answer: case.bytes,
        warning: None,
        what: case.what,
    };
    hostile::cases().into_iter().map(row).chain(codes()).collect()
}

/// Answers that are none, by their codes, and warnings.
fn codes() -> Vec<Row> {
    let row = |code, answer: &[u8], warning: Option<&[u8]>, comes, what: &str| Row {
        read: "give_i8".to_owned(),
        code,
        answer: answer.to_vec(),
        warning: warning.map(<[u8]>::to_vec),
        comes,
        what: what.to_owned(),
    };
    let mut rows = Vec::new();
    let long = "no ".repeat(40_000);
    let texts: [&[u8]; 8] = [
        b"no",
        b"",
        b"\xff\xfe",
        b"a\0b",
        b"no: \xf0\x9f\x98",
        "\u{feff}no \u{fffd}".as_bytes(),
        b"\x05",
        long.as_bytes(),
    ];
    for code in [1, 2, 4, 5, 99, 255, 256, i32::MAX, -1, -2, -99, i32::MIN] {
        for text in texts {
            let told = String::from_utf8_lossy(text).into_owned();
            // No function of these fails with more than a text.
            let told = if code == 4 { "an error of a newer library".to_owned() } else { told };
            rows.push(row(code, text, None, Comes::Failed(told), &format!("an error with the code {code}")));
        }
    }
    for warning in [&b"1000"[..], b"", b"\xff", b"soon", long.as_bytes()] {
        rows.push(row(0, b"\x05", Some(warning), Comes::Value(vec![5]), "an answer after a warning"));
        rows.push(row(1, b"no", Some(warning), Comes::Failed("no".to_owned()), "an error after a warning"));
        rows.push(row(0, b"\xff", Some(warning), Comes::Unreadable(None), "no CBOR after a warning"));
    }
    rows.extend(failures());
    rows
}

/// Answers of a function that fails with a mode.
fn failures() -> impl Iterator<Item = Row> {
    let row = |answer: &[u8], comes, what: &str| Row {
        read: "give_failing".to_owned(),
        code: 4,
        answer: answer.to_vec(),
        warning: None,
        comes,
        what: what.to_owned(),
    };
    let failed = |text: &str| Comes::Failed(text.to_owned());
    let unreadable = |path: &'static str| Comes::Unreadable((!path.is_empty()).then_some(path));
    [
        row(b"\xa2\x67message\x62no\x65error\x64Fast", failed("no"), "a failure"),
        row(b"\xa2\x65error\x64Fast\x67message\x63a\0b", failed("a\0b"), "a failure in another order"),
        row(b"\xa3\x67message\x60\x61x\x01\x65error\x64Slow", failed(""), "a failure with another key"),
        row(b"\xa2\x67message\x62no\x65error\x64fast", unreadable("error"), "a failure of no variant"),
        row(b"\xa2\x67message\x01\x65error\x64Fast", unreadable("message"), "a failure without a text"),
        row(b"\xa1\x67message\x62no", unreadable("error"), "a failure without an error"),
        row(b"\xa1\x65error\x64Fast", unreadable("message"), "a failure without a message"),
        row(b"\xa2\x67message\x62no\x65error\x64Fas", unreadable(""), "a failure that is cut"),
        row(b"", unreadable(""), "a failure of nothing"),
        row(b"\x62no", unreadable(""), "a failure that is a text"),
    ]
    .into_iter()
}

/// Copies the package, and installs what its lock file names.
pub(crate) fn node_package(package: &Path, source: &Path) -> PathBuf {
    let _ = std::fs::remove_dir_all(package.join("lib"));
    std::fs::create_dir_all(package.join("lib")).expect("a folder");
    for name in ["package.json", "package-lock.json", ".npmrc", "index.js"] {
        std::fs::copy(source.join(name), package.join(name)).expect("a copy");
    }
    for entry in std::fs::read_dir(source.join("lib")).expect("the package") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), package.join("lib").join(entry.file_name())).expect("a copy");
    }
    if !package.join("node_modules").exists() {
        toolchain::need_npm();
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(package);
        crate::support::compiler::expect_success("npm", &npm.bounded().expect("npm"));
    }
    package.to_owned()
}

/// The command, built by the tests of its crate or here.
pub(crate) fn cargo_ffi() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let build = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--offline", "-p", "ffiwright-bindgen", "--bin", "cargo-ffi"]);
        crate::support::compiler::expect_success("the command", &cargo.output().expect("cargo runs"));
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder").join("debug");
        profile.join("cargo-ffi")
    };
    BUILT.get_or_init(build).clone()
}
