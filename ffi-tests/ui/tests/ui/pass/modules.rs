//! A library spreads over modules, private functions and function bodies; its functions stay
//! callable from Rust.

use ffi_runtime::ffi;

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State {
    count: u32,
}

mod types {
    #[ffi_runtime::ffi]
    pub(super) struct Point {
        pub(super) x: f64,
    }

    pub mod deep {
        use ffi_runtime::ffi;

        #[ffi]
        pub(in super::super) struct Point {
            pub(crate) y: f64,
        }
    }
}

mod calls {
    use super::{State, types};
    use ffi_runtime::ffi;

    #[ffi(ctor)]
    fn lib_create(_at: types::Point) -> State {
        State { count: 0 }
    }

    #[ffi]
    pub(super) fn lib_count(state: &mut State) -> u32 {
        state.count += 1;
        state.count
    }

    mod destructor {
        #[ffi_runtime::ffi(dtor)]
        fn lib_destroy(_state: super::super::State) {}
    }
}

#[ffi]
fn lib_deep(_state: &State, point: types::deep::Point) -> types::Point {
    types::Point { x: point.y }
}

fn main() {
    #[ffi]
    struct Local {
        value: u8,
    }

    #[ffi]
    fn lib_local(_state: &State, local: Local) -> u8 {
        local.value
    }

    let mut state = State { count: 1 };
    assert_eq!(calls::lib_count(&mut state), 2);
    assert_eq!(lib_local(&state, Local { value: 3 }), 3);
    assert_eq!(lib_deep(&state, types::deep::Point { y: 1.0 }).x, 1.0);
}
