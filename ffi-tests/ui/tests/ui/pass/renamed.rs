//! `rename` and `rename_all` hold on every kind of item.

use ffi_runtime::ffi;

ffi_runtime::library!("lib", queue_limit = 0x10, request_limit = 1_024, memory_limit = 65536u64, grace_ms = 1);

#[ffi(state)]
pub struct State;

#[ffi(rename = "Configuration", rename_all = "camelCase")]
pub struct Config {
    pub retry_on: bool,
    #[ffi(rename = "TTL")]
    pub time_to_live: u8,
    /// C has no such letters.
    #[ffi(rename = "groesse")]
    pub größe: u8,
}

#[ffi(rename = "Mode", rename_all = "SCREAMING_SNAKE_CASE")]
#[derive(Clone, Copy)]
pub enum Kind {
    NotFound,
    #[ffi(rename = "ok")]
    Fine,
}

#[ffi(ctor, rename = "lib_new", rename_all = "PascalCase")]
fn create(first_one: u8, #[ffi(rename = "second")] another: u8) -> State {
    let _ = first_one + another;
    State
}

#[ffi(rename = "lib_run")]
fn run(_state: &State, #[ffi(rename = "class")] kind: Kind) -> Kind {
    kind
}

#[ffi(dtor, rename = "lib_free")]
fn end(_state: State) {}

fn main() {
    let config = Config { retry_on: true, time_to_live: 1, größe: 2 };
    let bytes = ffi_runtime::to_cbor(&config).unwrap();
    assert_eq!(bytes, b"\xa3\x67retryOn\xf5\x63TTL\x01\x67groesse\x02");
    assert_eq!(ffi_runtime::to_cbor(&run(&State, Kind::NotFound)).unwrap(), b"\x69NOT_FOUND");
    assert_eq!(ffi_runtime::to_cbor(&Kind::Fine).unwrap(), b"\x62ok");
    end(create(1, 2));
}
