//! Tells libraries of other machines by their files, before the loader refuses them.

use crate::Error;
use object::{Architecture, BinaryFormat, Endianness, Object as _};
use std::path::Path;

/// How a WebAssembly module begins.
const WASM: &[u8] = b"\0asm";

/// How a static library begins.
const ARCHIVE: &[u8] = b"!<arch>\n";

/// Whether this machine can load the file. A file of no kind that is known passes: the loader tells of it.
pub(crate) fn check(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if bytes.starts_with(ARCHIVE) {
        return Err(Error::Static { path: path.to_owned() });
    }
    match other(bytes) {
        Some(machine) => Err(Error::OtherMachine { path: path.to_owned(), machine }),
        None => Ok(()),
    }
}

/// Whether these are the bytes of a program or library, whichever machine it is for.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    bytes.starts_with(WASM) || bytes.starts_with(ARCHIVE) || object::FileKind::parse(bytes).is_ok()
}

/// The other machine that the file is for; `None` where it is for this one.
fn other(bytes: &[u8]) -> Option<String> {
    if bytes.starts_with(WASM) {
        return Some("WebAssembly".to_owned());
    }
    let file = object::File::parse(bytes).ok()?;
    let order = if file.is_little_endian() { Endianness::Little } else { Endianness::Big };
    let is_native = order == Endianness::default()
        && file.format() == format()
        && architecture().is_none_or(|it| it == file.architecture());
    // The names of both are words.
    (!is_native).then(|| format!("{:?} ({:?})", file.architecture(), file.format()))
}

/// The format of this machine's dynamic libraries.
fn format() -> BinaryFormat {
    match std::env::consts::DLL_EXTENSION {
        "dll" => BinaryFormat::Pe,
        "dylib" => BinaryFormat::MachO,
        _ => BinaryFormat::Elf,
    }
}

/// This machine's architecture; `None` where a file does not tell it apart from others.
fn architecture() -> Option<Architecture> {
    Some(match std::env::consts::ARCH {
        "x86_64" if cfg!(target_pointer_width = "64") => Architecture::X86_64,
        "x86" => Architecture::I386,
        "aarch64" if cfg!(target_pointer_width = "64") => Architecture::Aarch64,
        "arm" => Architecture::Arm,
        "s390x" => Architecture::S390x,
        "riscv64" => Architecture::Riscv64,
        "powerpc64" => Architecture::PowerPc64,
        "loongarch64" => Architecture::LoongArch64,
        _ => return None,
    })
}
