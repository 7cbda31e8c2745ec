//! Compares what one library says of itself on several machines.
//!
//! ```text
//! same_fingerprints SCHEMA SCHEMA...
//! ```
//!
//! Each file is what `cargo ffi schema` writes. Exit code 1, and every difference named, unless
//!
//! - all list the same functions, events and types,
//! - each of them has the same fingerprint for the wire,
//! - and the same native one exactly where all that it reaches has the same layout.

use ffi_runtime::schema::{Fingerprint, Library, Type};
use std::collections::BTreeMap;
use std::process::ExitCode;

/// One function, event or type.
#[derive(Debug, PartialEq)]
struct Item {
    fingerprint: Fingerprint,
    /// The layouts of the types that it reaches, by name.
    layouts: BTreeMap<String, String>,
}

fn items(library: &Library) -> BTreeMap<String, Item> {
    let functions = library.functions.iter().map(|function| {
        let types: Vec<_> = function.params.iter().map(|param| &param.ty).chain(&function.returns).cloned().collect();
        (format!("function {}", function.name), function.fingerprint, types)
    });
    let events = library
        .events
        .iter()
        .map(|event| (format!("event {}", event.name), event.fingerprint, event.payload.iter().cloned().collect()));
    let types = library
        .types
        .iter()
        .map(|def| (format!("type {}", def.name), def.fingerprint, vec![Type::Named(def.name.clone())]));
    let all = functions.chain(events).chain(types);
    all.map(|(name, fingerprint, types)| (name, Item { fingerprint, layouts: reached(library, &types) })).collect()
}

fn reached(library: &Library, types: &[Type]) -> BTreeMap<String, String> {
    let mut layouts = BTreeMap::new();
    types.iter().for_each(|ty| reach(library, ty, &mut layouts));
    layouts
}

fn reach(library: &Library, ty: &Type, layouts: &mut BTreeMap<String, String>) {
    let name = match ty {
        Type::List(item) | Type::Option(item) | Type::Boxed(item) => return reach(library, item, layouts),
        Type::Named(name) => name,
        _ => return,
    };
    let def = library.types.iter().find(|def| &def.name == name).expect("every type is described");
    let offsets: Vec<_> = def.shape.fields().map(|field| field.offset).collect();
    let layout = format!("size {}, align {}, fields at {offsets:?}", def.size, def.align);
    if layouts.insert(name.clone(), layout).is_none() {
        def.shape.fields().for_each(|field| reach(library, &field.ty, layouts));
    }
}

/// What differs and must not, or does not and must.
fn differences(one: &BTreeMap<String, Item>, other: &BTreeMap<String, Item>) -> Vec<String> {
    let mut found: Vec<_> =
        other.keys().filter(|name| !one.contains_key(*name)).map(|name| format!("{name}: only there")).collect();
    for (name, it) in one {
        let Some(there) = other.get(name) else {
            found.push(format!("{name}: missing there"));
            continue;
        };
        if it.fingerprint.wire != there.fingerprint.wire {
            found.push(format!("{name}: another fingerprint for the wire"));
        }
        let (same, alike) = (it.fingerprint.native == there.fingerprint.native, it.layouts == there.layouts);
        if same != alike {
            found.push(format!("{name}: the native fingerprint is the same: {same}, the layouts: {alike}"));
        }
    }
    found
}

fn main() -> ExitCode {
    let read = |path: String| {
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let library = Library::from_cbor(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        (path, items(&library))
    };
    let all: Vec<_> = std::env::args().skip(1).map(read).collect();
    let [(first, reference), others @ ..] = all.as_slice() else { panic!("give the files of two schemas or more") };
    assert!(!others.is_empty(), "give the files of two schemas or more");
    let mut right = true;
    for (path, there) in others {
        let found = differences(reference, there);
        found.iter().for_each(|difference| eprintln!("{first} and {path}: {difference}"));
        let native = |item: &Item| item.fingerprint.native;
        let same = reference.iter().filter(|(name, it)| there.get(*name).map(native) == Some(native(it))).count();
        println!("{path}: {} items, {same} with the native fingerprint of {first}", there.len());
        right &= found.is_empty();
    }
    if right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
