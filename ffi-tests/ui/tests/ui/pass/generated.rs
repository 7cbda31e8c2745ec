//! Annotated items may come from a `macro_rules!`, types and names included.

use ffi_runtime::ffi;

macro_rules! library {
    (
        $name:literal $state:ident,
        $value:ident { $($field:ident: $ty:ty),* },
        $level:ident { $($variant:ident = $number:expr),* },
        $create:ident $call:ident $list:ident $destroy:ident: $reference:ty, $owned:ty => $result:ty
    ) => {
        ffi_runtime::library!($name, queue_limit = 8);

        #[ffi(state)]
        pub struct $state;

        #[ffi(rename_all = "camelCase")]
        pub struct $value {
            $(pub $field: $ty,)*
            pub own: u8,
        }

        #[ffi]
        #[derive(Clone, Copy)]
        pub enum $level {
            $($variant = $number,)*
        }

        #[ffi(ctor)]
        fn $create($($field: $ty),*, own: u8) -> Result<$owned, String> {
            let _ = ($value { $($field,)* own }, own);
            Ok($state)
        }

        #[ffi]
        fn $call(_state: $reference, value: $value, own: Vec<$level>) -> $result {
            let _ = (value, own);
            Ok(())
        }

        $(
            #[allow(dead_code)]
            const _: fn($ty) = |_| {};
        )*

        #[ffi]
        async fn $list(_state: &mut $owned) -> Vec<$value> {
            Vec::new()
        }

        #[ffi(dtor)]
        fn $destroy(_state: $owned) {}
    };
}

library! {
    "lib" State,
    Value { first: u8, second_one: Vec<Option<String>> },
    Level { Low = 1, High = 1 + 1 },
    lib_create lib_use lib_list lib_destroy: &State, State => Result<(), String>
}

fn main() {
    assert!(lib_use(&State, Value { first: 1, second_one: Vec::new(), own: 2 }, vec![Level::Low, Level::High]).is_ok());
}
