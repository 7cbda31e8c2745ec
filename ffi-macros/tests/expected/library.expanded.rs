#[doc(hidden)]
pub(crate) mod write_ffi_runtime_library_once_at_the_crate_root {
    #[allow(unused_macros)]
    macro_rules! of_crate {
        ((name)) => {
            "tally"
        };
        ((text)) => {
            ::core::option::Option::Some(::ffi_runtime::__private_0_1_0::Text::ByLength)
        };
        ((function) $($tokens:tt)*) => {
            ::ffi_runtime::__private_0_1_0::of_library! { ("tally", queue_limit = 16,
            stale_warn_ms = 250, event_overflow = "drop_newest", names = "short")
            $($tokens)* }
        };
        ((state) $($tokens:tt)*) => {
            ::ffi_runtime::__private_0_1_0::state_of_library! { ("tally", queue_limit =
            16, stale_warn_ms = 250, event_overflow = "drop_newest", names = "short")
            $($tokens)* }
        };
    }
    #[allow(unused_imports)]
    pub(crate) use of_crate;
    #[allow(dead_code)]
    pub(crate) struct Own;
    #[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
    const _: () = {
        use ::ffi_runtime::__private_0_1_0 as __ffi;
        #[allow(unused_imports)]
        use __ffi::WithoutState as _;
        #[diagnostic::do_not_recommend]
        unsafe impl __ffi::Library for Own {
            const NAME: &'static str = "tally";
            const VERSION: &'static str = match ::core::option_env!(
                "CARGO_PKG_VERSION"
            ) {
                ::core::option::Option::Some(version) => version,
                ::core::option::Option::None => "",
            };
            const DOCS: &'static [&'static str] = &[];
            const OPTIONS: __ffi::Options = __ffi::Options {
                queue_limit: 16,
                stale_warn_ms: 250,
                event_overflow: __ffi::Overflow::DropNewest,
                short_names: true,
                ..__ffi::Options::DEFAULT
            };
            const SHARED: bool = false;
            fn cell_pointer() -> __ffi::CellPointer<Self> {
                static CELL: __ffi::LibraryCell<Own> = __ffi::LibraryCell::new();
                CELL.pointer()
            }
        }
        unsafe impl __ffi::Detaches for Own {
            fn detached() -> &'static __ffi::DetachedCell<Self> {
                static CELL: __ffi::DetachedCell<Own> = __ffi::DetachedCell::new();
                &CELL
            }
        }
        impl __ffi::WithoutState for Own {}
        #[unsafe(export_name = "tally_ffi_add_event_listener")]
        unsafe extern "C" fn __ffi_add_event_listener(
            __ctx: *mut ::core::ffi::c_void,
            __event: *const ::core::ffi::c_char,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> u64 {
            unsafe {
                __ffi::add_event_listener(
                    Own::THE_ONE_STATE_OF_THE_LIBRARY,
                    __ctx,
                    __event,
                    __callback,
                    __user_data,
                )
            }
        }
        #[unsafe(export_name = "tally_ffi_add_event_listener_cbor")]
        unsafe extern "C" fn __ffi_add_event_listener_cbor(
            __ctx: *mut ::core::ffi::c_void,
            __event: *const ::core::ffi::c_char,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> u64 {
            unsafe {
                __ffi::add_event_listener_cbor(
                    Own::THE_ONE_STATE_OF_THE_LIBRARY,
                    __ctx,
                    __event,
                    __callback,
                    __user_data,
                )
            }
        }
        #[unsafe(export_name = "tally_ffi_remove_event_listener")]
        extern "C" fn __ffi_remove_event_listener(
            __ctx: *mut ::core::ffi::c_void,
            __id: u64,
        ) -> ::core::ffi::c_int {
            __ffi::remove_event_listener(Own::THE_ONE_STATE_OF_THE_LIBRARY, __ctx, __id)
        }
        #[unsafe(export_name = "tally_ffi_poll_fd")]
        extern "C" fn __ffi_poll_fd(
            __ctx: *mut ::core::ffi::c_void,
        ) -> ::core::ffi::c_int {
            __ffi::poll_fd(Own::THE_ONE_STATE_OF_THE_LIBRARY, __ctx)
        }
        #[unsafe(export_name = "tally_ffi_dispatch")]
        extern "C" fn __ffi_dispatch(
            __ctx: *mut ::core::ffi::c_void,
            __max: usize,
        ) -> ::core::ffi::c_int {
            __ffi::dispatch(Own::THE_ONE_STATE_OF_THE_LIBRARY, __ctx, __max)
        }
        #[unsafe(export_name = "tally_ffi_call_cbor")]
        unsafe extern "C" fn __ffi_call_cbor(
            __ctx: *mut ::core::ffi::c_void,
            __function: *const ::core::ffi::c_char,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
            __request: *const u8,
            __len: usize,
        ) -> ::core::ffi::c_int {
            unsafe {
                __ffi::call_cbor(
                    Own::THE_ONE_STATE_OF_THE_LIBRARY,
                    __ctx,
                    __function,
                    __callback,
                    __user_data,
                    __request,
                    __len,
                )
            }
        }
        #[unsafe(export_name = "tally_ffi_cancel")]
        extern "C" fn __ffi_cancel(
            __ctx: *mut ::core::ffi::c_void,
            __user_data: *mut ::core::ffi::c_void,
        ) -> ::core::ffi::c_int {
            __ffi::cancel(Own::THE_ONE_STATE_OF_THE_LIBRARY, __ctx, __user_data)
        }
        #[unsafe(export_name = "tally_ffi_close")]
        unsafe extern "C" fn __ffi_close(
            __ctx: *mut ::core::ffi::c_void,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> ::core::ffi::c_int {
            unsafe {
                __ffi::close(
                    Own::THE_ONE_STATE_OF_THE_LIBRARY,
                    __ctx,
                    __callback,
                    __user_data,
                )
            }
        }
        #[unsafe(export_name = "tally_ffi_schema")]
        unsafe extern "C" fn __ffi_schema(__len: *mut usize) -> *const u8 {
            unsafe { __ffi::schema(Own::THE_ONE_STATE_OF_THE_LIBRARY, __len) }
        }
        #[unsafe(export_name = "tally_ffi_abi_hash")]
        extern "C" fn __ffi_abi_hash() -> u64 {
            __ffi::abi_hash(Own::THE_ONE_STATE_OF_THE_LIBRARY)
        }
        #[unsafe(export_name = "tally_ffi_last_error")]
        extern "C" fn __ffi_last_error() -> *const ::core::ffi::c_char {
            __ffi::last_error(Own::THE_ONE_STATE_OF_THE_LIBRARY)
        }
        #[unsafe(export_name = "tally_add_event_listener")]
        unsafe extern "C" fn __add_event_listener(
            __ctx: *mut ::core::ffi::c_void,
            __event: *const ::core::ffi::c_char,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> u64 {
            unsafe {
                __ffi::add_event_listener(
                    Own::THE_ONE_STATE_OF_THE_LIBRARY,
                    __ctx,
                    __event,
                    __callback,
                    __user_data,
                )
            }
        }
        #[unsafe(export_name = "tally_add_event_listener_cbor")]
        unsafe extern "C" fn __add_event_listener_cbor(
            __ctx: *mut ::core::ffi::c_void,
            __event: *const ::core::ffi::c_char,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> u64 {
            unsafe {
                __ffi::add_event_listener_cbor(
                    Own::THE_ONE_STATE_OF_THE_LIBRARY,
                    __ctx,
                    __event,
                    __callback,
                    __user_data,
                )
            }
        }
        #[unsafe(export_name = "tally_remove_event_listener")]
        extern "C" fn __remove_event_listener(
            __ctx: *mut ::core::ffi::c_void,
            __id: u64,
        ) -> ::core::ffi::c_int {
            __ffi::remove_event_listener(Own::THE_ONE_STATE_OF_THE_LIBRARY, __ctx, __id)
        }
        #[unsafe(export_name = "tally_poll_fd")]
        extern "C" fn __poll_fd(__ctx: *mut ::core::ffi::c_void) -> ::core::ffi::c_int {
            __ffi::poll_fd(Own::THE_ONE_STATE_OF_THE_LIBRARY, __ctx)
        }
        #[unsafe(export_name = "tally_dispatch")]
        extern "C" fn __dispatch(
            __ctx: *mut ::core::ffi::c_void,
            __max: usize,
        ) -> ::core::ffi::c_int {
            __ffi::dispatch(Own::THE_ONE_STATE_OF_THE_LIBRARY, __ctx, __max)
        }
        #[unsafe(export_name = "tally_call_cbor")]
        unsafe extern "C" fn __call_cbor(
            __ctx: *mut ::core::ffi::c_void,
            __function: *const ::core::ffi::c_char,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
            __request: *const u8,
            __len: usize,
        ) -> ::core::ffi::c_int {
            unsafe {
                __ffi::call_cbor(
                    Own::THE_ONE_STATE_OF_THE_LIBRARY,
                    __ctx,
                    __function,
                    __callback,
                    __user_data,
                    __request,
                    __len,
                )
            }
        }
        #[unsafe(export_name = "tally_cancel")]
        extern "C" fn __cancel(
            __ctx: *mut ::core::ffi::c_void,
            __user_data: *mut ::core::ffi::c_void,
        ) -> ::core::ffi::c_int {
            __ffi::cancel(Own::THE_ONE_STATE_OF_THE_LIBRARY, __ctx, __user_data)
        }
        #[unsafe(export_name = "tally_close")]
        unsafe extern "C" fn __close(
            __ctx: *mut ::core::ffi::c_void,
            __callback: __ffi::FfiCallback,
            __user_data: *mut ::core::ffi::c_void,
        ) -> ::core::ffi::c_int {
            unsafe {
                __ffi::close(
                    Own::THE_ONE_STATE_OF_THE_LIBRARY,
                    __ctx,
                    __callback,
                    __user_data,
                )
            }
        }
        #[unsafe(export_name = "tally_schema")]
        unsafe extern "C" fn __schema(__len: *mut usize) -> *const u8 {
            unsafe { __ffi::schema(Own::THE_ONE_STATE_OF_THE_LIBRARY, __len) }
        }
        #[unsafe(export_name = "tally_abi_hash")]
        extern "C" fn __abi_hash() -> u64 {
            __ffi::abi_hash(Own::THE_ONE_STATE_OF_THE_LIBRARY)
        }
        #[unsafe(export_name = "tally_last_error")]
        extern "C" fn __last_error() -> *const ::core::ffi::c_char {
            __ffi::last_error(Own::THE_ONE_STATE_OF_THE_LIBRARY)
        }
    };
}
/// Counts things.
pub struct Tally {
    counts: Vec<Count>,
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    #[diagnostic::do_not_recommend]
    unsafe impl __ffi::Library for Tally {
        const NAME: &'static str = "tally";
        const VERSION: &'static str = match ::core::option_env!("CARGO_PKG_VERSION") {
            ::core::option::Option::Some(version) => version,
            ::core::option::Option::None => "",
        };
        const DOCS: &'static [&'static str] = &[" Counts things."];
        const OPTIONS: __ffi::Options = __ffi::Options {
            ..__ffi::Options::DEFAULT
        };
        const SHARED: bool = false;
        const CONSTRUCTED: () = {
            use __ffi::Unless;
            __ffi::core::assert!(
                __ffi::Probe:: < Tally > ::HAS_CONSTRUCTOR,
                "a library with methods needs a constructor, because they run on a state that it makes; write `#[ffi(ctor)] fn create() -> Tally`"
            )
        };
        fn cell_pointer() -> __ffi::CellPointer<Self> {
            static CELL: __ffi::LibraryCell<Tally> = __ffi::LibraryCell::new();
            CELL.pointer()
        }
    }
    unsafe impl __ffi::Detaches for Tally {
        fn detached() -> &'static __ffi::DetachedCell<Self> {
            static CELL: __ffi::DetachedCell<Tally> = __ffi::DetachedCell::new();
            &CELL
        }
    }
    impl __ffi::ConstructorReturn for Tally {
        type State = Self;
        type Error = ::core::convert::Infallible;
        fn into_state(self) -> ::core::result::Result<Self, Self::Error> {
            ::core::result::Result::Ok(self)
        }
    }
    impl __ffi::LibraryNamed<Tally> for __ffi::Named<{ __ffi::name_hash("tally") }> {}
    unsafe impl __ffi::Unshared for Tally
    where
        Self: 'static,
    {}
    #[allow(private_interfaces, dead_code)]
    impl crate::write_ffi_runtime_library_once_at_the_crate_root::Own {
        pub(crate) const THE_ONE_STATE_OF_THE_LIBRARY: __ffi::Found<Tally> = __ffi::Found::NEW;
    }
};
