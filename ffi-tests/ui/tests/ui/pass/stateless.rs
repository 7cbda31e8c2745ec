//! A library of functions without state: a unit struct, which stands in another module than they do,
//! and below them.

mod calls {
    use ffi_runtime::ffi;

    #[ffi(library = "lib")]
    pub(super) fn lib_upper(text: String) -> String {
        text.to_uppercase()
    }

    #[ffi(export)]
    pub(super) fn lib_double(number: u32) -> u32 {
        number * 2
    }

    mod deep {
        #[ffi_runtime::ffi(library = "lib")]
        async fn lib_wait(numbers: Vec<u32>) -> Result<u32, String> {
            std::future::ready(()).await;
            numbers.first().copied().ok_or_else(|| "none".to_owned())
        }
    }
}

#[ffi_runtime::ffi(export, library = "lib")]
fn lib_half(number: u32) -> u32 {
    number / 2
}

mod library {
    #[ffi_runtime::ffi(library = "lib")]
    pub(super) struct Lib;
}

fn main() {
    #[ffi_runtime::ffi(library = "lib")]
    fn lib_local(number: u8) -> u8 {
        number
    }

    assert_eq!(calls::lib_upper("a".to_owned()), "A");
    assert_eq!((calls::lib_double(2), lib_half(4), lib_local(5)), (4, 2, 5));
}
