//! C libraries that carry a schema and nothing else.

use super::compiler::{C99, compile, expect_success};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// C source with `L_ffi_schema` and `L_ffi_abi_hash`; no schema gives a NULL one.
pub(crate) fn source(name: &str, schema: Option<&[u8]>, hash: u64) -> String {
    let mut source = "#include <stddef.h>\n#include <stdint.h>\n".to_owned();
    let bytes = schema.unwrap_or_default().iter().map(u8::to_string).chain(["0".to_owned()]).collect::<Vec<_>>();
    let len = schema.map_or(0, <[u8]>::len);
    let answer = if schema.is_some() { "bytes" } else { "NULL" };
    writeln!(source, "uint64_t {name}_ffi_abi_hash(void);\nconst uint8_t *{name}_ffi_schema(size_t *len);").unwrap();
    writeln!(source, "uint64_t {name}_ffi_abi_hash(void) {{ return UINT64_C({hash}); }}").unwrap();
    writeln!(source, "const uint8_t *{name}_ffi_schema(size_t *len) {{").unwrap();
    writeln!(source, "    static const uint8_t bytes[] = {{{}}};\n    (void)bytes;", bytes.join(", ")).unwrap();
    writeln!(source, "    *len = {len};\n    return {answer};\n}}").unwrap();
    source
}

/// Compiles the sources to one dynamic library.
pub(crate) fn build(folder: &Path, file: &str, sources: &[String]) -> PathBuf {
    let names: Vec<String> = (0..sources.len()).map(|index| format!("{file}_{index}.c")).collect();
    for (name, source) in names.iter().zip(sources) {
        std::fs::write(folder.join(name), source).unwrap();
    }
    let mut arguments = vec!["-shared", "-fPIC", "-o", file];
    arguments.extend(names.iter().map(String::as_str));
    expect_success(file, &compile(C99, folder, &arguments));
    folder.join(file)
}
