//! The author's names never meet those of generated code.
#![allow(non_camel_case_types, non_upper_case_globals, dead_code, unused_imports, unused_macros)]

ffi_runtime::library!("lib");

#[macro_use]
mod names {
    pub struct Result;
    pub struct Vec;
    pub struct Box;
    pub struct Ok;
    pub struct Err;
    pub struct Some;
    pub struct None;
    pub trait Clone {}
    pub trait Copy {}
    pub trait Send {}
    pub trait Sized {}
    pub trait Future {}
    pub mod core {}
    pub mod std {}
    pub mod ffi_runtime {}
    pub const key: u8 = 0;
    pub const pod: u8 = 0;
    pub const place: u8 = 0;
    pub struct reader;
    pub struct writer;
    pub struct source;
    pub struct sink;
    pub struct schema;
    pub struct value;
    macro_rules! assert {
        () => {};
    }
    macro_rules! concat {
        () => {};
    }
}

mod library {
    use super::names::*;
    use ::ffi_runtime::ffi;

    #[ffi(state)]
    pub struct Library;

    #[ffi]
    pub struct String {
        pub ctx: ::std::string::String,
        pub callback: u8,
        pub user_data: u8,
        pub len: ::std::vec::Vec<Handler>,
    }

    #[ffi]
    pub struct Option {
        pub request: Args,
        pub writer: Pod,
    }

    #[ffi]
    pub struct Pod {}

    #[ffi]
    pub struct Args {
        pub pod: u8,
        pub this: Fault,
    }

    #[ffi]
    #[derive(::std::clone::Clone)]
    pub enum Handler {
        Ok,
        Err,
        None,
    }

    #[ffi]
    pub struct Fault;

    #[ffi(ctor)]
    fn lib_create(ctx: String, callback: Option, user_data: Pod, config: Args) -> Library {
        let _ = (ctx, callback, user_data, config);
        Library
    }

    #[ffi]
    fn lib_use(_state: &Library, state: u8, args: u8, builder: u8, from_pod: u8) -> ::std::option::Option<u8> {
        ::std::option::Option::Some(state + args + builder + from_pod)
    }

    #[ffi]
    async fn lib_try(_state: &Library, handle: Handler) -> ::std::result::Result<Handler, Error> {
        ::std::result::Result::Ok(handle)
    }

    pub struct Error;

    impl ::std::fmt::Display for Error {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str("error")
        }
    }

    #[ffi(dtor)]
    fn lib_destroy(_state: Library) {}
}

fn main() {}
