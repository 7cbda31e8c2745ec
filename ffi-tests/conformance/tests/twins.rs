//! Two types of one name in two modules: a description tells them apart by their paths, what reads it takes the right
//! one, and a language with one scope for both refuses them.

#[path = "../../tests/common/built.rs"]
mod built;

use ffi_bindgen::{Codec, Error, Host, Lang, generate, read_schema};
use ffi_runtime::schema::{Library, Type};
use serde_json::{Value as Json, json};
use std::path::PathBuf;

fn file() -> PathBuf {
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    built::libraries().join(format!("{prefix}twins{suffix}"))
}

fn twins() -> Library {
    read_schema(&file()).expect("the schema")
}

#[test]
fn they_are_mentioned_by_their_paths() {
    let library = twins();
    let open = library.functions.iter().find(|function| function.name == "twins_open").expect("the function");
    let params: Vec<_> = open.params.iter().map(|param| param.ty.clone()).collect();
    assert_eq!(params, ["twins::http::Config", "twins::db::Config"].map(|path| Type::Named(path.to_owned())));
    assert_eq!(open.returns, Some(Type::Named("Both".to_owned())));
    let fingerprints: Vec<_> = library.types.iter().map(|def| def.fingerprint.wire).collect();
    assert!((1..fingerprints.len()).all(|it| !fingerprints[..it].contains(&fingerprints[it])), "{fingerprints:?}");
}

/// As `cargo ffi call` does.
fn opened(library: &Library, request: &Json) -> Result<Json, String> {
    let open = library.functions.iter().find(|function| function.name == "twins_open").expect("the function");
    let request = Codec::new(library).request(open, request).map_err(|error| error.to_string())?;
    let host = Host::open(&file(), None).expect("the library");
    let answer = host.call(open, &request).map_err(|error| error.to_string())?;
    Codec::new(library).response(open, &answer).map_err(|error| error.to_string())
}

#[test]
fn a_call_takes_the_right_one() {
    let (server, database) = (json!({ "port": 5, "behind": { "url": "a" } }), json!({ "url": "b" }));
    let both = json!({ "servers": [server], "database": database });
    assert_eq!(opened(&twins(), &json!({ "server": server, "database": database })), Ok(both));
    let swapped = opened(&twins(), &json!({ "server": database, "database": server }));
    assert_eq!(swapped, Err("twins_open: server.url: no such key; there are: port, behind".to_owned()));
}

/// Descriptions of older libraries do not say which is meant.
#[test]
fn none_is_taken_where_both_are_meant() {
    let mut library = twins();
    for param in library.functions.iter_mut().flat_map(|function| &mut function.params) {
        param.ty = Type::Named("Config".to_owned());
    }
    let told = opened(&library, &json!({ "server": { "port": 5 }, "database": { "url": "b" } }));
    assert!(told.as_ref().is_err_and(|text| text.ends_with("does not describe the type Config")), "{told:?}");
}

#[test]
fn a_language_with_one_scope_for_both_refuses_them() {
    for lang in Lang::ALL {
        let text = match generate(&twins(), lang) {
            Err(error @ Error::Collision { .. }) => error.to_string(),
            other => panic!("{}: {other:?}", lang.name()),
        };
        assert!(text.contains("the type twins::db::Config and the type twins::http::Config"), "{text}");
    }
}
