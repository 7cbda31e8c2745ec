/// Adds one.
pub fn tally_add(
    tally: &mut Tally,
    count: Count,
    #[cfg(feature = "notes")]
    note: String,
) -> u64 {
    tally.counts.push(count);
    tally.counts.len() as u64
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    struct __Args {
        count: Count,
        #[cfg(feature = "notes")]
        note: String,
    }
    unsafe impl __ffi::core::marker::Send for __Args {}
    #[repr(C)]
    struct __Pod<__F: __ffi::TextForm> {
        count: __ffi::Held<
            <__ffi::Passed<
                { const { <Count as __ffi::FfiType>::POINTED }.get() },
            > as __ffi::Passing>::Param<<Count as __ffi::FfiType>::Pod<__F>>,
        >,
        #[cfg(feature = "notes")]
        note: __ffi::Held<
            <__ffi::Passed<
                { const { <String as __ffi::FfiType>::POINTED }.get() },
            > as __ffi::Passing>::Param<<String as __ffi::FfiType>::Pod<__F>>,
        >,
        __text: __ffi::core::marker::PhantomData<__F>,
        __empty: [u8; 0],
    }
    unsafe impl __ffi::Arguments for __Args {
        type Pod<__F: __ffi::TextForm> = __Pod<__F>;
        const STACK: usize = {
            const fn bounds<__Late>() -> [usize; <[()]>::len(
                &[(), #[cfg(feature = "notes")] ()],
            )] {
                [
                    const { <Count as __ffi::FfiType>::BOUND }.bytes(),
                    #[cfg(feature = "notes")]
                    const { <String as __ffi::FfiType>::BOUND }.bytes(),
                ]
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
                count: <Count as __ffi::FfiType>::read_param::<__F>(__fields, "count")?
                    .0,
                #[cfg(feature = "notes")]
                note: <String as __ffi::FfiType>::read_param::<__F>(__fields, "note")?.0,
            })
        }
        fn decode(
            __reader: &mut __ffi::cbor::Reader<'_>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let __map = &mut __reader.request()?;
            let mut __0 = <Count as __ffi::FfiType>::decode_field(__map, "count")?;
            #[cfg(feature = "notes")]
            let mut __1 = <String as __ffi::FfiType>::decode_field(__map, "note")?;
            if !__map.is_over() {
                __map
                    .rest(
                        &mut [
                            <Count as __ffi::FfiType>::late_field("count", &mut __0),
                            #[cfg(feature = "notes")]
                            <String as __ffi::FfiType>::late_field("note", &mut __1),
                        ],
                    )?;
            }
            __map.end()?;
            ::core::result::Result::Ok(Self {
                count: <Count as __ffi::FfiType>::or_absent(__0, __map, "count")?,
                #[cfg(feature = "notes")]
                note: <String as __ffi::FfiType>::or_absent(__1, __map, "note")?,
            })
        }
        fn describe(__fields: &mut __ffi::FieldsBuilder<'_>) {
            <Count as __ffi::FfiType>::describe_field(__fields, "count", "count", &[]);
            #[cfg(feature = "notes")]
            <String as __ffi::FfiType>::describe_field(__fields, "note", "note", &[]);
        }
    }
    struct __Handler;
    impl __ffi::Handler for __Handler {
        type State = Tally;
        type Access = __ffi::Exclusive;
        type Args = __Args;
        type Return = u64;
        const INFO: __ffi::FunctionInfo = __ffi::FunctionInfo {
            name: "tally_add",
            rust_name: "tally_add",
            docs: &[" Adds one."],
            place: (::core::file!(), ::core::line!(), ::core::column!()),
            is_async: false,
        };
        fn call<'a>(
            __state: &'a mut Tally,
            __args: __Args,
        ) -> impl ::core::future::Future<Output = Self::Return>
        where
            'a: 'a,
        {
            ::core::future::ready(
                tally_add(__state, __args.count, #[cfg(feature = "notes")] __args.note),
            )
        }
    }
    type __Text = __ffi::ByLength;
    const _: () = __ffi::core::assert!(
        __ENTRY.has_text(< __Text as __ffi::TextForm > ::TEXT), "{}", __ENTRY
        .other_text().text()
    );
    const __CALLEE: __ffi::Callee<__Args, __Text> = __ffi::queued::<__Handler, __Text>();
    const __ENTRY: __ffi::FunctionEntry = unsafe { __ffi::FunctionEntry::of(&__CALLEE) };
    #[repr(transparent)]
    struct __Param0(
        __ffi::Held<
            <__ffi::Passed<
                { const { <Count as __ffi::FfiType>::POINTED }.get() },
            > as __ffi::Passing>::Param<<Count as __ffi::FfiType>::Pod<__Text>>,
        >,
        [u8; 0],
    );
    #[cfg(feature = "notes")]
    #[repr(transparent)]
    struct __Param1(
        __ffi::Held<
            <__ffi::Passed<
                { const { <String as __ffi::FfiType>::POINTED }.get() },
            > as __ffi::Passing>::Param<<String as __ffi::FfiType>::Pod<__Text>>,
        >,
        [u8; 0],
    );
    #[unsafe(export_name = "tally_add")]
    unsafe extern "C" fn __entry(
        __ctx: *mut ::core::ffi::c_void,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
        count: __Param0,
        #[cfg(feature = "notes")]
        note: __Param1,
    ) -> ::core::ffi::c_int {
        let __pod = __Pod::<__Text> {
            count: count.0,
            #[cfg(feature = "notes")]
            note: note.0,
            __text: __ffi::core::marker::PhantomData,
            __empty: [0; 0],
        };
        unsafe { __CALLEE.call_pod(__ctx, __callback, __user_data, &raw const __pod) }
    }
    #[unsafe(export_name = "tally_add_cbor")]
    unsafe extern "C" fn __entry_cbor(
        __ctx: *mut ::core::ffi::c_void,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
        __request: *const u8,
        __len: usize,
    ) -> ::core::ffi::c_int {
        unsafe { __CALLEE.call_cbor(__ctx, __callback, __user_data, __request, __len) }
    }
    const _: () = {
        __ffi::core::assert!(__ENTRY.has_prefix(), "{}", __ENTRY.other_library().text());
        __ffi::core::assert!(
            ! __ENTRY.is_own_symbol(), "{}", __ENTRY.own_symbol().text()
        );
    };
    __ffi::inventory::submit!(__ENTRY);
    const _: () = {
        use __ffi::Unless;
        __ffi::Probe::<Tally>::CONSTRUCTED
    };
};
pub async fn tally_wait(_tally: &Tally) {}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    type __Args = __ffi::NoArgs<__Handler>;
    struct __Handler;
    impl __ffi::Handler for __Handler {
        type State = Tally;
        type Access = __ffi::Shared;
        type Args = __Args;
        type Return = ();
        const INFO: __ffi::FunctionInfo = __ffi::FunctionInfo {
            name: "tally_wait",
            rust_name: "tally_wait",
            docs: &[],
            place: (::core::file!(), ::core::line!(), ::core::column!()),
            is_async: true,
        };
        const DROPPABLE: bool = true;
        const DEADLINE_MS: ::core::option::Option<u64> = ::core::option::Option::Some(
            1_000,
        );
        fn call<'a>(
            __state: &'a Tally,
            __args: __Args,
        ) -> impl ::core::future::Future<Output = Self::Return>
        where
            'a: 'a,
        {
            tally_wait(__state)
        }
    }
    type __Text = __ffi::ByLength;
    const _: () = __ffi::core::assert!(
        __ENTRY.has_text(< __Text as __ffi::TextForm > ::TEXT), "{}", __ENTRY
        .other_text().text()
    );
    const __CALLEE: __ffi::Callee<__Args, __Text> = __ffi::queued::<__Handler, __Text>();
    const __ENTRY: __ffi::FunctionEntry = unsafe { __ffi::FunctionEntry::of(&__CALLEE) };
    #[unsafe(export_name = "tally_wait")]
    unsafe extern "C" fn __entry(
        __ctx: *mut ::core::ffi::c_void,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
    ) -> ::core::ffi::c_int {
        unsafe { __CALLEE.call_pod(__ctx, __callback, __user_data, &()) }
    }
    #[unsafe(export_name = "tally_wait_cbor")]
    unsafe extern "C" fn __entry_cbor(
        __ctx: *mut ::core::ffi::c_void,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
        __request: *const u8,
        __len: usize,
    ) -> ::core::ffi::c_int {
        unsafe { __CALLEE.call_cbor(__ctx, __callback, __user_data, __request, __len) }
    }
    const _: () = {
        __ffi::core::assert!(__ENTRY.has_prefix(), "{}", __ENTRY.other_library().text());
        __ffi::core::assert!(
            ! __ENTRY.is_own_symbol(), "{}", __ENTRY.own_symbol().text()
        );
    };
    __ffi::inventory::submit!(__ENTRY);
    const _: () = {
        use __ffi::Unless;
        __ffi::Probe::<Tally>::CONSTRUCTED
    };
};
