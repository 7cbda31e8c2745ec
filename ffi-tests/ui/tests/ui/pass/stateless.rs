//! A library of functions without state, which stand in another module than `library!` does, and above it.

mod calls {
    use ffi_runtime::ffi;

    #[ffi]
    pub(super) fn upper(text: String) -> String {
        text.to_uppercase()
    }

    #[ffi(export)]
    pub(super) fn double(number: u32) -> u32 {
        number * 2
    }

    mod deep {
        #[ffi_runtime::ffi]
        async fn lib_wait(numbers: Vec<u32>) -> Result<u32, String> {
            std::future::ready(()).await;
            numbers.first().copied().ok_or_else(|| "none".to_owned())
        }
    }
}

#[ffi_runtime::ffi(export)]
fn lib_half(number: u32) -> u32 {
    number / 2
}

ffi_runtime::library!("lib");

mod other {
    #[ffi_runtime::ffi(library = "other")]
    pub(super) struct Other;
}

/// Of another library, whose struct stands elsewhere.
#[ffi_runtime::ffi(library = "other")]
fn parse(text: String) -> String {
    text
}

unsafe extern "C" {
    safe fn lib_double(number: u32) -> u32;
}

fn main() {
    #[ffi_runtime::ffi]
    fn lib_local(number: u8) -> u8 {
        number
    }

    assert_eq!((calls::upper("a".to_owned()), parse("b".to_owned())), ("A".to_owned(), "b".to_owned()));
    assert_eq!((calls::double(2), lib_double(3), lib_half(4), lib_local(5)), (4, 6, 2, 5));
}
