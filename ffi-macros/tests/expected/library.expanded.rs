/// Counts things.
pub struct Tally {
    counts: Vec<Count>,
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    unsafe impl __ffi::Library for Tally {
        const NAME: &'static str = "tally";
        const VERSION: &'static str = match ::core::option_env!("CARGO_PKG_VERSION") {
            ::core::option::Option::Some(version) => version,
            ::core::option::Option::None => "",
        };
        const MODULE: &'static str = ::core::module_path!();
        const DOCS: &'static [&'static str] = &[" Counts things."];
        const OPTIONS: __ffi::Options = __ffi::Options {
            queue_limit: 16,
            stale_warn_ms: 250,
            event_overflow: __ffi::Overflow::DropNewest,
            ..__ffi::Options::DEFAULT
        };
        const SHARED: bool = false;
        const CONSTRUCTED: () = {
            use __ffi::Unless;
            __ffi::core::assert!(
                __ffi::Probe:: < Tally > ::HAS_CONSTRUCTOR,
                "a library with methods needs a constructor, because they run on a state that it makes; write `#[ffi(ctor)] fn tally_create() -> Tally`"
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
    impl __ffi::LibraryNamed<Tally> for __ffi::Named<{ __ffi::head_hash("tally") }> {}
    impl __ffi::LibraryInCrate<Tally>
    for __ffi::InCrate<{ __ffi::head_hash(__ffi::core::module_path!()) }> {}
    unsafe impl __ffi::Unshared for Tally
    where
        Self: 'static,
    {}
    #[unsafe(export_name = "tally_add_event_listener")]
    unsafe extern "C" fn __add_event_listener(
        __ctx: *mut ::core::ffi::c_void,
        __event: *const ::core::ffi::c_char,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
    ) -> u64 {
        unsafe {
            __ffi::add_event_listener::<Tally>(__ctx, __event, __callback, __user_data)
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
            __ffi::add_event_listener_cbor::<
                Tally,
            >(__ctx, __event, __callback, __user_data)
        }
    }
    #[unsafe(export_name = "tally_remove_event_listener")]
    extern "C" fn __remove_event_listener(
        __ctx: *mut ::core::ffi::c_void,
        __id: u64,
    ) -> ::core::ffi::c_int {
        __ffi::remove_event_listener::<Tally>(__ctx, __id)
    }
    #[unsafe(export_name = "tally_poll_fd")]
    extern "C" fn __poll_fd(__ctx: *mut ::core::ffi::c_void) -> ::core::ffi::c_int {
        __ffi::poll_fd::<Tally>(__ctx)
    }
    #[unsafe(export_name = "tally_dispatch")]
    extern "C" fn __dispatch(
        __ctx: *mut ::core::ffi::c_void,
        __max: usize,
    ) -> ::core::ffi::c_int {
        __ffi::dispatch::<Tally>(__ctx, __max)
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
            __ffi::call_cbor::<
                Tally,
            >(__ctx, __function, __callback, __user_data, __request, __len)
        }
    }
    #[unsafe(export_name = "tally_cancel")]
    extern "C" fn __cancel(
        __ctx: *mut ::core::ffi::c_void,
        __user_data: *mut ::core::ffi::c_void,
    ) -> ::core::ffi::c_int {
        __ffi::cancel::<Tally>(__ctx, __user_data)
    }
    #[unsafe(export_name = "tally_close")]
    unsafe extern "C" fn __close(
        __ctx: *mut ::core::ffi::c_void,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
    ) -> ::core::ffi::c_int {
        unsafe { __ffi::close::<Tally>(__ctx, __callback, __user_data) }
    }
    #[unsafe(export_name = "tally_schema")]
    unsafe extern "C" fn __schema(__len: *mut usize) -> *const u8 {
        unsafe { __ffi::schema::<Tally>(__len) }
    }
    #[unsafe(export_name = "tally_abi_hash")]
    extern "C" fn __abi_hash() -> u64 {
        __ffi::abi_hash::<Tally>()
    }
    #[unsafe(export_name = "tally_last_error")]
    extern "C" fn __last_error() -> *const ::core::ffi::c_char {
        __ffi::last_error::<Tally>()
    }
};
