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
    const __MEMBERS: &[()] = &[(), #[cfg(feature = "notes")] ()];
    #[repr(C)]
    struct __Pod {
        count: <Count as __ffi::FfiType>::Pod,
        #[cfg(feature = "notes")]
        note: <String as __ffi::FfiType>::Pod,
        __empty: [u8; __MEMBERS.is_empty() as usize],
    }
    unsafe impl __ffi::Arguments for __Args {
        type Pod = __Pod;
        const STACK: usize = {
            const fn bounds<Late>() -> [usize; __MEMBERS.len()] {
                [
                    __ffi::stack_of_member::<
                        <Count as __ffi::FfiType>::Pod,
                    >(const { <Count as __ffi::FfiType>::STACK }),
                    #[cfg(feature = "notes")]
                    __ffi::stack_of_member::<
                        <String as __ffi::FfiType>::Pod,
                    >(const { <String as __ffi::FfiType>::STACK }),
                ]
            }
            __ffi::StackOf::<Self>::record(bounds::<()>())
        };
        unsafe fn from_pod(
            __pod: *const __Pod,
            __source: &mut __ffi::pod::Reader,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            ::core::result::Result::Ok(Self {
                count: __ffi::within(
                    "count",
                    unsafe {
                        <Count as __ffi::FfiType>::from_pod(
                            &raw const (*__pod).count,
                            __source,
                        )
                    },
                )?,
                #[cfg(feature = "notes")]
                note: __ffi::within(
                    "note",
                    unsafe {
                        <String as __ffi::FfiType>::from_pod(
                            &raw const (*__pod).note,
                            __source,
                        )
                    },
                )?,
            })
        }
        fn decode(
            __reader: &mut __ffi::cbor::Reader<'_>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let mut __slot_count = __ffi::Slot::new::<
                <Count as __ffi::FfiType>::Pod,
            >(|__reader| <Count as __ffi::FfiType>::decode(__reader));
            #[cfg(feature = "notes")]
            let mut __slot_note = __ffi::Slot::new::<
                <String as __ffi::FfiType>::Pod,
            >(|__reader| <String as __ffi::FfiType>::decode(__reader));
            __reader
                .request(|__reader, mut __map| {
                    __slot_count.expect("count", __reader, &mut __map)?;
                    #[cfg(feature = "notes")]
                    __slot_note.expect("note", __reader, &mut __map)?;
                    if __map.is_over() {
                        return ::core::result::Result::Ok(());
                    }
                    __reader
                        .rest(
                            __map,
                            &mut [
                                ("count", &mut __slot_count),
                                #[cfg(feature = "notes")]
                                ("note", &mut __slot_note),
                            ],
                        )
                })?;
            ::core::result::Result::Ok(Self {
                count: __ffi::within(
                    "count",
                    __slot_count.take(|| <Count as __ffi::FfiType>::absent(__reader)),
                )?,
                #[cfg(feature = "notes")]
                note: __ffi::within(
                    "note",
                    __slot_note.take(|| <String as __ffi::FfiType>::absent(__reader)),
                )?,
            })
        }
        fn describe(
            __schema: &mut __ffi::SchemaBuilder,
        ) -> ::std::vec::Vec<__ffi::Param> {
            __schema
                .params(|__builder| {
                    {
                        __builder
                            .add::<
                                <Count as __ffi::FfiType>::Pod,
                            >(
                                __ffi::MemberName {
                                    name: "count",
                                    rust_name: "count",
                                },
                                &[],
                                |__schema| <Count as __ffi::FfiType>::describe(__schema),
                            );
                    }
                    #[cfg(feature = "notes")]
                    {
                        __builder
                            .add::<
                                <String as __ffi::FfiType>::Pod,
                            >(
                                __ffi::MemberName {
                                    name: "note",
                                    rust_name: "note",
                                },
                                &[],
                                |__schema| <String as __ffi::FfiType>::describe(__schema),
                            );
                    }
                })
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
    const __CALLEE: __ffi::Callee<__Args> = __ffi::queued::<__Handler>();
    const __ENTRY: __ffi::FunctionEntry = unsafe { __ffi::FunctionEntry::of(&__CALLEE) };
    #[unsafe(export_name = "tally_add")]
    unsafe extern "C" fn __entry(
        __ctx: *mut ::core::ffi::c_void,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
        count: <Count as __ffi::FfiType>::Pod,
        #[cfg(feature = "notes")]
        note: <String as __ffi::FfiType>::Pod,
    ) -> ::core::ffi::c_int {
        let __pod = __Pod {
            count: count,
            #[cfg(feature = "notes")]
            note: note,
            __empty: [0; __MEMBERS.is_empty() as usize],
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
        ::core::assert!(
            __ENTRY.has_prefix(),
            "the symbol `tally_add` must begin with its library's name and `_`; rename the function"
        );
        ::core::assert!(
            ! __ENTRY.is_own_symbol(),
            "`tally_add` is one of the library's own names in C; rename the function"
        );
    };
    __ffi::inventory::submit!(__ENTRY);
};
pub async fn tally_wait(_tally: &Tally) {}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    struct __Args {}
    const __MEMBERS: &[()] = &[];
    #[repr(C)]
    struct __Pod {
        __empty: [u8; __MEMBERS.is_empty() as usize],
    }
    unsafe impl __ffi::Arguments for __Args {
        type Pod = __Pod;
        const STACK: usize = {
            const fn bounds<Late>() -> [usize; __MEMBERS.len()] {
                []
            }
            __ffi::StackOf::<Self>::record(bounds::<()>())
        };
        unsafe fn from_pod(
            __pod: *const __Pod,
            __source: &mut __ffi::pod::Reader,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            ::core::result::Result::Ok(Self {})
        }
        fn decode(
            __reader: &mut __ffi::cbor::Reader<'_>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            __reader
                .request(|__reader, mut __map| {
                    if __map.is_over() {
                        return ::core::result::Result::Ok(());
                    }
                    __reader.rest(__map, &mut [])
                })?;
            ::core::result::Result::Ok(Self {})
        }
        fn describe(
            __schema: &mut __ffi::SchemaBuilder,
        ) -> ::std::vec::Vec<__ffi::Param> {
            __schema.params(|__builder| {})
        }
    }
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
    const __CALLEE: __ffi::Callee<__Args> = __ffi::queued::<__Handler>();
    const __ENTRY: __ffi::FunctionEntry = unsafe { __ffi::FunctionEntry::of(&__CALLEE) };
    #[unsafe(export_name = "tally_wait")]
    unsafe extern "C" fn __entry(
        __ctx: *mut ::core::ffi::c_void,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
    ) -> ::core::ffi::c_int {
        let __pod = __Pod {
            __empty: [0; __MEMBERS.is_empty() as usize],
        };
        unsafe { __CALLEE.call_pod(__ctx, __callback, __user_data, &raw const __pod) }
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
        ::core::assert!(
            __ENTRY.has_prefix(),
            "the symbol `tally_wait` must begin with its library's name and `_`; rename the function"
        );
        ::core::assert!(
            ! __ENTRY.is_own_symbol(),
            "`tally_wait` is one of the library's own names in C; rename the function"
        );
    };
    __ffi::inventory::submit!(__ENTRY);
};
