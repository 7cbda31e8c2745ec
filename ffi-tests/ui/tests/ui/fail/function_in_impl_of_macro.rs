//! Functions in an `impl` that a macro writes, from its own text and from what it is given.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

macro_rules! implement {
    ($state:ident) => {
        impl $state {
            #[ffi]
            pub fn lib_total(_state: &$state) -> u32 {
                0
            }
        }
    };
}

implement!(State);

macro_rules! methods {
    ($($method:item)*) => {
        impl State {
            $($method)*
        }
    };
}

methods! {
    #[ffi(ctor)]
    pub fn create() -> Self {
        State
    }

    #[ffi]
    pub fn lib_count(_state: &State) -> u32 {
        0
    }
}

fn main() {}
