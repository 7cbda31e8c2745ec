/// Starts empty, or not.
pub fn tally_create(counts: Vec<Count>) -> Result<Tally, String> {
    Ok(Tally { counts })
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    type __Text = __ffi::ByLength;
    const _: () = __ffi::core::assert!(
        __ENTRY.has_text(< __Text as __ffi::TextForm > ::TEXT), "{}", __ENTRY
        .other_text().text()
    );
    struct __Args {
        counts: Vec<Count>,
    }
    unsafe impl __ffi::core::marker::Send for __Args {}
    #[repr(C)]
    struct __Pod<__F: __ffi::TextForm> {
        counts: __ffi::Held<
            <__ffi::Passed<
                { const { <Vec<Count> as __ffi::FfiType>::POINTED }.get() },
            > as __ffi::Passing>::Param<<Vec<Count> as __ffi::FfiType>::Pod<__F>>,
        >,
        __text: __ffi::core::marker::PhantomData<__F>,
        __empty: [u8; 0],
    }
    unsafe impl __ffi::Arguments for __Args {
        type Pod<__F: __ffi::TextForm> = __Pod<__F>;
        const STACK: usize = {
            const fn bounds<__Late>() -> [usize; 1] {
                [const { <Vec<Count> as __ffi::FfiType>::BOUND }.bytes()]
            }
            __ffi::StackOf::<Self>::record(bounds::<()>())
        };
        unsafe fn from_pod<__F: __ffi::TextForm>(
            __pod: *const __Pod<__F>,
            __reader: &mut __ffi::pod::Reader<__F>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let __fields = &mut unsafe {
                __ffi::ReadFields::of_parameters(__pod, __reader)
            };
            ::core::result::Result::Ok(Self {
                counts: <Vec<
                    Count,
                > as __ffi::FfiType>::read_param::<__F>(__fields, "counts")?
                    .0,
            })
        }
        fn decode(
            __reader: &mut __ffi::cbor::Reader<'_>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let __map = &mut __reader.request()?;
            let mut __0 = <Vec<Count> as __ffi::FfiType>::decode_field(__map, "counts")?;
            if !__map.is_over() {
                __map
                    .rest(
                        &mut [
                            <Vec<
                                Count,
                            > as __ffi::FfiType>::late_field("counts", &mut __0),
                        ],
                    )?;
            }
            __map.end()?;
            ::core::result::Result::Ok(Self {
                counts: <Vec<Count> as __ffi::FfiType>::or_absent(__0, __map, "counts")?,
            })
        }
        fn describe(__fields: &mut __ffi::FieldsBuilder<'_>) {
            <Vec<
                Count,
            > as __ffi::FfiType>::describe_field(__fields, "counts", "counts", &[]);
        }
    }
    impl __ffi::OneConstructor for Tally {}
    struct __Constructor;
    impl __ffi::Constructor for __Constructor {
        type Args = __Args;
        type Return = Result<Tally, String>;
        const INFO: __ffi::FunctionInfo = __ffi::FunctionInfo {
            name: "tally_create",
            rust_name: "tally_create",
            docs: &[" Starts empty, or not."],
            place: (::core::file!(), ::core::line!(), ::core::column!()),
            is_async: false,
        };
        fn call(__args: __Args) -> impl ::core::future::Future<Output = Self::Return> {
            ::core::future::ready(tally_create(__args.counts))
        }
    }
    const __ENTRY: __ffi::FunctionEntry = unsafe {
        __ffi::FunctionEntry::constructor::<__Constructor>()
    };
    #[repr(transparent)]
    struct __Param0(
        __ffi::Held<
            <__ffi::Passed<
                { const { <Vec<Count> as __ffi::FfiType>::POINTED }.get() },
            > as __ffi::Passing>::Param<<Vec<Count> as __ffi::FfiType>::Pod<__Text>>,
        >,
        [u8; 0],
    );
    #[unsafe(export_name = "tally_create")]
    unsafe extern "C" fn __entry(
        counts: __Param0,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
    ) -> *mut ::core::ffi::c_void {
        let __pod = __Pod::<__Text> {
            counts: counts.0,
            __text: __ffi::core::marker::PhantomData,
            __empty: [0; 0],
        };
        unsafe {
            __ffi::create_pod::<
                __Constructor,
                __Text,
            >(__callback, __user_data, &raw const __pod)
        }
    }
    #[unsafe(export_name = "tally_create_cbor")]
    unsafe extern "C" fn __entry_cbor(
        __request: *const u8,
        __len: usize,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
    ) -> *mut ::core::ffi::c_void {
        unsafe {
            __ffi::create_cbor::<
                __Constructor,
            >(__request, __len, __callback, __user_data)
        }
    }
    const _: () = {
        __ffi::core::assert!(__ENTRY.has_prefix(), "{}", __ENTRY.other_library().text());
        __ffi::core::assert!(
            ! __ENTRY.is_own_symbol(), "{}", __ENTRY.own_symbol().text()
        );
    };
    __ffi::inventory::submit!(__ENTRY);
};
/// Ends it.
pub fn tally_destroy(_tally: Tally) {}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    impl __ffi::Destroy for Tally {
        const INFO: __ffi::FunctionInfo = __ffi::FunctionInfo {
            name: "tally_destroy",
            rust_name: "tally_destroy",
            docs: &[" Ends it."],
            place: (::core::file!(), ::core::line!(), ::core::column!()),
            is_async: false,
        };
        fn destroy(self) -> impl ::core::future::Future<Output = ()> {
            ::core::future::ready(tally_destroy(self))
        }
    }
    const _: () = {
        use __ffi::Unless;
        __ffi::core::assert!(
            __ffi::Probe:: < Tally > ::HAS_CONSTRUCTOR || ! __ffi::Probe:: < Tally >
            ::IS_LIBRARY,
            "a library with a destructor needs a constructor; write `#[ffi(ctor)] fn … -> Result<State, E>`"
        )
    };
    const __ENTRY: __ffi::FunctionEntry = unsafe {
        __ffi::FunctionEntry::destructor::<Tally>()
    };
    #[unsafe(export_name = "tally_destroy")]
    extern "C" fn __entry(__ctx: *mut ::core::ffi::c_void) -> ::core::ffi::c_int {
        __ffi::destroy::<Tally>(__ctx)
    }
    const _: () = {
        __ffi::core::assert!(__ENTRY.has_prefix(), "{}", __ENTRY.other_library().text());
        __ffi::core::assert!(
            ! __ENTRY.is_own_symbol(), "{}", __ENTRY.own_symbol().text()
        );
    };
    __ffi::inventory::submit!(__ENTRY);
};
