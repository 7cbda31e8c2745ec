//! Handlers are `fn` or `async fn`, on `&State` or `&mut State`.

use ffi_runtime::ffi;
use std::rc::Rc;

ffi_runtime::library!("lib");

/// Neither `Send` nor `Sync`.
#[ffi(state)]
pub struct State {
    name: Rc<String>,
}

#[ffi(ctor)]
async fn lib_create(name: String) -> Result<State, Box<dyn std::error::Error>> {
    std::future::ready(()).await;
    Ok(State { name: Rc::new(name) })
}

#[ffi]
async fn lib_read(state: &State, mut suffix: String) -> String {
    let name = Rc::clone(&state.name);
    std::future::ready(()).await;
    suffix.insert_str(0, &name);
    suffix
}

#[ffi]
async fn lib_write(state: &mut State, name: String) -> Result<(), String> {
    let slot = &mut state.name;
    std::future::ready(()).await;
    *slot = Rc::new(name);
    Ok(())
}

#[ffi(dtor)]
async fn lib_destroy(state: State) {
    std::future::ready(()).await;
    drop(state);
}

fn main() {}
