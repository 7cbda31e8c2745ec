//! A library's description is the same in each of its forms, wherever the command takes one, and what is none is told
//! in words.

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use support::stand_in::{build, source};
use support::{compiler, my_timer};
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

fn folder() -> PathBuf {
    compiler::folder("descriptions")
}

fn command(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-ffi"));
    command.args(arguments).current_dir(folder()).bounded().unwrap()
}

fn printed(arguments: &[&str]) -> Vec<u8> {
    let output = command(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The end of the message of a file that cannot be used, after its name.
#[track_caller]
fn told(arguments: &[&str], file: &str) -> String {
    let output = command(arguments);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
    assert!(output.stdout.is_empty() && text.lines().count() == 1, "{text}");
    for rust in ["Semantic", "Syntax(", "Some(", "None", "Error", "Io(", "Os {"] {
        assert!(!text.contains(rust), "{text}");
    }
    text.split_once(file).unwrap_or_else(|| panic!("{file} in {text}")).1.trim_end().to_owned()
}

/// The timer as a library and as files, which are written once for all tests.
fn forms() -> [&'static str; 4] {
    static WRITTEN: OnceLock<[&str; 4]> = OnceLock::new();
    compiler::need();
    *WRITTEN.get_or_init(written)
}

fn written() -> [&'static str; 4] {
    build(&folder(), "libmy_timer.so", &[source("my_timer", Some(&my_timer().to_cbor()), 1)]);
    let json = printed(&["schema", "libmy_timer.so"]);
    std::fs::write(folder().join("my_timer.json"), &json).unwrap();
    std::fs::write(folder().join("marked.json"), ["\u{feff}".as_bytes(), &json].concat()).unwrap();
    std::fs::write(folder().join("my_timer.cbor"), printed(&["schema", "libmy_timer.so", "--format", "cbor"])).unwrap();
    ["libmy_timer.so", "my_timer.json", "marked.json", "my_timer.cbor"]
}

#[test]
fn every_command_reads_every_form() {
    let header = ffi_bindgen::generate_c(&my_timer()).unwrap().into_bytes();
    let forms = forms();
    for form in forms {
        assert_eq!(printed(&["schema", form, "--format", "cbor"]), my_timer().to_cbor(), "{form}");
        assert_eq!(printed(&["schema", form]), printed(&["schema", forms[0]]), "{form}");
        assert_eq!(printed(&["inspect", form]), printed(&["inspect", forms[0]]), "{form}");
        assert_eq!(printed(&["generate", "--lang", "c", "--schema", form]), header, "{form}");
        for other in forms {
            assert_eq!(printed(&["diff", form, other]), b"my_timer: nothing changed\n", "{form} {other}");
        }
        assert_eq!(printed(&["inspect", form, "--name", "my_timer"]), printed(&["inspect", form]), "{form}");
        let other = told(&["inspect", form, "--name", "yours"], form);
        assert_eq!(other, " exports no schema of `yours`, only of `my_timer`", "{form}");
    }
    // What is linked has to be the library.
    for form in &forms[1..] {
        let no_library = told(&["generate", "--lang", "go", "--library", form], form);
        assert_eq!(no_library, " is a library's schema, not a library: give it with --schema");
    }
}

#[test]
fn numbers_that_were_rounded_are_told() {
    let [_, json, ..] = forms();
    let text = std::fs::read_to_string(folder().join(json)).unwrap();
    let hash = my_timer().abi_hash;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "as asked"
    )]
    let rounded = hash as f64 as u64;
    assert_ne!(hash, rounded);
    std::fs::write(folder().join("rounded.json"), text.replace(&hash.to_string(), &rounded.to_string())).unwrap();
    let fault = told(&["diff", json, "rounded.json"], "rounded.json");
    assert!(fault.ends_with("a program that rounds large numbers wrote it, or it was changed by hand"), "{fault}");
}

#[test]
fn what_is_no_description_is_told_in_words() {
    let whole = my_timer().to_cbor();
    let [library, json, ..] = forms();
    let json = std::fs::read(folder().join(json)).unwrap();
    let newer =
        |bytes: &[u8]| String::from_utf8_lossy(bytes).replacen("\"format\": 2", "\"format\": 7", 1).into_bytes();
    let nested = |open: &[u8]| open.repeat(100_000);
    let neither = "it is neither its CBOR nor its JSON";
    let faults: &[(&str, &[u8], &str)] = &[
        ("empty", b"", "there are no bytes"),
        ("half", &whole[..whole.len() / 2], "the bytes end too early"),
        ("half.json", &json[..json.len() / 2], "its JSON ends too early, at line "),
        ("text", b"hello, world", neither),
        ("random", &[0x5a, 0x31, 0xfe, 0x07, 0xc3, 0x99], neither),
        ("followed", &[&*whole, b"1"].concat(), "1 bytes follow it"),
        ("no-item", &[0xa1, 0x1c], "no CBOR item at byte 1"),
        ("other-map", &[0xa1, 0x61, b'a', 0x01], "missing field `format`"),
        ("other.json", br#"{"name": "npm", "version": "1.0.0"}"#, "in its JSON, missing field `format`"),
        ("list.json", b"[1, 2]", "its JSON is no object"),
        ("text.json", b"\"text\"", "its JSON is no object"),
        ("no.json", b"{format: 1}", "in its JSON, key must be a string at line 1 column 2"),
        ("deep.json", &nested(b"["), "its JSON is no object"),
        ("deeper.json", &nested(b"{\"format\":"), "in its JSON, invalid type"),
        ("deep", &nested(b"\xa1\x01"), "not a library's schema: "),
        ("newer.json", &newer(&json), "format 7, this tool reads up to 2"),
        ("redirected", &[0xff, 0xfe, b'{', 0], "it is UTF-16, not UTF-8"),
    ];
    for &(file, bytes, fault) in faults {
        std::fs::write(folder().join(file), bytes).unwrap();
        let reads: [&[&str]; 4] = [
            &["inspect", file],
            &["schema", file],
            &["diff", library, file],
            &["generate", "--lang", "c", "--schema", file],
        ];
        for read in reads {
            let said = told(read, file);
            assert!(said.contains(fault), "{file}: {said}");
        }
        let library = told(&["generate", "--lang", "c", "--library", file], file);
        assert!(library.starts_with(" is not a dynamic library: "), "{file}: {library}");
    }
    std::fs::create_dir_all(folder().join("folder")).unwrap();
    assert_eq!(told(&["inspect", "folder"], "folder"), ": Is a directory (os error 21)");
    assert_eq!(told(&["inspect", "nowhere"], "nowhere"), ": No such file or directory (os error 2)");
}

/// The library with another byte in its head.
fn patched(library: &Path, name: &str, at: usize, byte: u8) -> String {
    let mut bytes = std::fs::read(library).unwrap();
    bytes[at] = byte;
    std::fs::write(folder().join(name), bytes).unwrap();
    name.to_owned()
}

#[test]
#[cfg(all(target_os = "linux", target_endian = "little"))]
fn a_library_that_cannot_be_loaded_here_is_told() {
    let [library, ..] = forms();
    // The machine of an ELF file.
    let (other, number) = if cfg!(target_arch = "aarch64") { ("X86_64", 62) } else { ("Aarch64", 183) };
    let file = patched(&folder().join(library), "other.so", 18, number);
    std::fs::write(folder().join("module.wasm"), b"\0asm\x01\0\0\0").unwrap();
    std::fs::write(folder().join("libstatic.a"), b"!<arch>\n").unwrap();
    for (file, fault) in [
        (
            &*file,
            format!(" is built for {other} (Elf), which this machine cannot load, so its schema cannot be read here: "),
        ),
        ("module.wasm", " is built for WebAssembly, which this machine cannot load".to_owned()),
        ("libstatic.a", " is a static library, which cannot be loaded".to_owned()),
    ] {
        for read in [&["inspect", file][..], &["call", file, "f"], &["generate", "--lang", "c", "--library", file]] {
            let said = told(read, file);
            assert!(said.starts_with(&fault), "{said}");
        }
    }
}
