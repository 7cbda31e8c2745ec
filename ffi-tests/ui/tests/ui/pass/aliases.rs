//! A `type` alias is what it stands for.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

type Reply<T> = Result<T, String>;
type Done = Reply<()>;
type Maybe<T> = Option<T>;
type Names = Vec<String>;
type Table = Vec<Maybe<Names>>;
type Shared = State;
type Failure = Box<dyn std::error::Error>;

#[ffi(state)]
pub struct State;

#[ffi]
pub struct Page {
    pub names: Names,
    pub table: Maybe<Table>,
}

#[ffi(ctor)]
fn lib_create() -> Reply<State> {
    Ok(State)
}

#[ffi]
fn lib_page(_state: &Shared, names: Names, table: Maybe<Table>) -> Reply<Page> {
    Ok(Page { names, table })
}

#[ffi]
fn lib_wait(_state: &mut Shared) -> Done {
    Ok(())
}

#[ffi]
fn lib_try(_state: &State) -> Result<Maybe<Names>, Failure> {
    Ok(None)
}

#[ffi(dtor)]
fn lib_destroy(_state: Shared) {}

fn main() {
    let page = lib_page(&State, vec!["a".to_owned()], None).unwrap();
    let bytes = ffi_runtime::to_cbor(&page).unwrap();
    let back: Page = ffi_runtime::from_cbor(&bytes, 1 << 20).unwrap();
    assert_eq!(back.names, ["a"]);
}
