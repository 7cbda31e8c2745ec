//! Hosts that are written, compiled and run: what C and C++ have in common.

use crate::built;
use conformance::Value;
use ffi_bindgen::Lang;
use ffi_runtime::schema::{Library, Shape, Type};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::Command;
use toolchain::Bounded as _;

/// Strings of digits are as long as the bytes they stand for.
const WARNINGS: [&str; 5] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wno-overlength-strings"];

/// A host's folder, the library it is to call, and that library's description.
pub(crate) struct Host {
    pub(crate) folder: PathBuf,
    libraries: PathBuf,
    pub(crate) library: Library,
}

impl Host {
    /// Writes the library's bindings into a folder of the host's own.
    pub(crate) fn new(library: &str, name: &str, languages: &[Lang]) -> Self {
        let (folder, libraries) =
            (Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance").join(name), built::libraries());
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = format!("{}{library}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        let library = ffi_bindgen::read_schema(&libraries.join(file)).expect("a schema");
        for &lang in languages {
            for file in ffi_bindgen::generate(&library, lang).expect("bindings") {
                std::fs::write(folder.join(&file.path), &file.text).expect("written");
            }
        }
        Self { folder, libraries, library }
    }

    /// Writes a source from its template.
    pub(crate) fn write(&self, file: &str, template: &str, context: &impl Serialize) {
        let mut environment = minijinja::Environment::new();
        environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        let text = environment.render_str(template, minijinja::value::Serde(context)).expect("a host");
        std::fs::write(self.folder.join(file), text + "\n").expect("written");
    }

    /// Compiles the source, runs it, and has it say that it ran so many vectors on both paths.
    pub(crate) fn passes(&self, compiler: &str, standard: &str, source: &str, vectors: usize) {
        let said = self.says(compiler, standard, &self.folder.join(source), &[]);
        for path in ["native", "cbor"] {
            assert!(said.contains(&format!("{path}: {vectors} vectors, 0 failed\n")), "{compiler}:\n{said}");
        }
    }

    /// Compiles a source and runs it, which must succeed. Gives what it says.
    pub(crate) fn says(&self, compiler: &str, standard: &str, source: &Path, arguments: &[&Path]) -> String {
        toolchain::need(compiler);
        let program = self.folder.join(format!("host-{compiler}"));
        let mut command = Command::new(compiler);
        command.arg(format!("-std={standard}")).args(WARNINGS).arg("-I").arg(&self.folder).arg(source);
        command.arg("-o").arg(&program).arg("-L").arg(&self.libraries).arg(format!("-l{}", self.library.name));
        command.arg(format!("-Wl,-rpath,{}", self.libraries.display())).arg("-pthread");
        let output = command.bounded().expect("the compiler runs");
        assert!(output.status.success(), "{compiler}:\n{}", String::from_utf8_lossy(&output.stderr));
        let output = Command::new(program).args(arguments).bounded().expect("the host runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{compiler}:\n{said}\n{complaints}");
        said
    }
}

/// What a variant of an enum with data holds, with its types.
pub(crate) fn held<'v>(library: &'v Library, value: &'v Value) -> impl Iterator<Item = (&'v Type, &'v Value)> {
    let Value::Data { name, variant, fields, .. } = value else { panic!("{value:?} is a variant with data") };
    let def = library.types.iter().find(|def| def.name == *name).expect("a described type");
    let Shape::DataEnum { variants } = &def.shape else { panic!("{name} is an enum with data") };
    let variant = variants.iter().find(|it| it.name == *variant).expect("a variant of the enum");
    variant.fields.iter().map(|field| &field.ty).zip(fields.iter().map(|(_, value)| value))
}

/// A text in quotes, byte for byte; each byte that is not plain ends its own piece, since digits may follow.
pub(crate) fn quoted(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b' ' | b'!' | b'#'..=b'>' | b'@'..=b'[' | b']'..=b'~' => char::from(byte).to_string(),
        other => format!("\\{other:03o}"),
    };
    format!("\"{}\"", text.bytes().map(byte).collect::<String>())
}

/// An integer that no compiler warns of.
pub(crate) fn integer(number: i128) -> String {
    match number {
        _ if number == i128::from(i64::MIN) => "INT64_MIN".to_owned(),
        _ if number > i128::from(i64::MAX) => format!("UINT64_C({number})"),
        _ if i32::try_from(number).is_err() => format!("INT64_C({number})"),
        _ => number.to_string(),
    }
}

/// The low and the high word of an integer of 128 bits; the high one is below zero where the integer is.
pub(crate) fn words(digits: &str, is_signed: bool) -> (u64, i128) {
    let low = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).expect("64 bits");
    if is_signed {
        let number: i128 = digits.parse().expect("an integer");
        (low(number.cast_unsigned()), number >> 64)
    } else {
        let number: u128 = digits.parse().expect("an integer");
        (low(number), (number >> 64).cast_signed())
    }
}

/// The bits of a float of this type.
pub(crate) fn bits(ty: &Type, number: f64) -> String {
    match ty {
        #[expect(clippy::cast_possible_truncation, reason = "a float of 32 bits is exactly what it says")]
        Type::F32 => format!("0x{:08x}", (number as f32).to_bits()),
        _ => format!("0x{:016x}", number.to_bits()),
    }
}
