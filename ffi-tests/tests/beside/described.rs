//! The library's description says which function runs where, and what it takes.

use ffi_runtime::schema::{Function, FunctionKind, Library, Type};
use std::collections::BTreeSet;

unsafe extern "C" {
    fn beside_ffi_schema(len: *mut usize) -> *const u8;
    safe fn beside_ffi_abi_hash() -> u64;
}

fn described() -> Library {
    let mut len = 0;
    // SAFETY: the length is writable.
    let bytes = unsafe { beside_ffi_schema(&raw mut len) };
    // SAFETY: the schema is static memory.
    Library::from_cbor(unsafe { std::slice::from_raw_parts(bytes, len) }).expect("a schema")
}

fn function<'a>(library: &'a Library, name: &str) -> &'a Function {
    library.functions.iter().find(|function| function.name == name).expect("listed")
}

#[test]
fn each_function_is_of_its_kind() {
    let library = described();
    for (name, kind, is_async, inline) in [
        ("beside_create", FunctionKind::Constructor, false, false),
        ("beside_queued", FunctionKind::Method, false, false),
        ("beside_name", FunctionKind::Method, false, true),
        ("beside_later", FunctionKind::Method, true, true),
        ("beside_parse", FunctionKind::Stateless, false, true),
        ("beside_wait", FunctionKind::Stateless, true, false),
        ("beside_give_i8", FunctionKind::Export, false, true),
        ("beside_destroy", FunctionKind::Destructor, false, false),
    ] {
        let it = function(&library, name);
        assert_eq!((it.kind, it.is_async, it.inline, it.exclusive), (kind, is_async, inline, false), "{name}");
        assert!(!it.docs.is_empty() && it.deadline_ms.is_none() && !it.droppable, "{name}");
    }
    assert_eq!(library.functions[0].kind, FunctionKind::Constructor);
    assert_eq!(library.functions.last().map(|it| it.kind), Some(FunctionKind::Destructor));
}

#[test]
fn names_are_as_they_were_given_and_what_is_not_there_is_not_listed() {
    let library = described();
    for (name, rust_name, params) in [
        ("beside_joined", "joined", vec!["firstText", "class"]),
        ("beside_measured", "measured", vec!["someText"]),
        ("beside_mixed", "mixed", vec!["smallOne", "real", "class", "letter"]),
    ] {
        let it = function(&library, name);
        assert_eq!(it.rust_name, rust_name);
        assert_eq!(it.params.iter().map(|param| &*param.name).collect::<Vec<_>>(), params);
    }
    for absent in ["beside_absent", "beside_missing", "beside_lacking", "joined", "measured", "mixed"] {
        assert!(library.functions.iter().all(|it| it.name != absent), "{absent}");
    }
    let level = || Some(Type::Named("Level".to_owned()));
    assert_eq!(function(&library, "beside_give_level").returns, level());
    assert_eq!(function(&library, "beside_parse").returns, Some(Type::I64));
    assert_eq!(function(&library, "beside_rest").returns, None);
}

#[test]
fn fingerprints_tell_functions_apart() {
    let library = described();
    assert_eq!(library.abi_hash, beside_ffi_abi_hash());
    let natives: BTreeSet<_> = library.functions.iter().map(|it| it.fingerprint.native).collect();
    assert_eq!(natives.len(), library.functions.len());
    assert!(!natives.contains(&0));
}
