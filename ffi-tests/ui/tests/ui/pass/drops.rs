//! A type that crosses may have a `Drop` of its own.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State {
    name: String,
}

impl Drop for State {
    fn drop(&mut self) {
        self.name.clear();
    }
}

#[ffi]
pub struct Secret {
    pub text: String,
    pub parts: Vec<Secret>,
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.text.clear();
    }
}

#[ffi(ctor)]
fn lib_create(secret: Secret) -> State {
    State { name: secret.text.clone() }
}

#[ffi]
fn lib_secret(state: &State) -> Result<Secret, String> {
    Ok(Secret { text: state.name.clone(), parts: Vec::new() })
}

#[ffi(dtor)]
fn lib_destroy(_state: State) {}

fn main() {}
