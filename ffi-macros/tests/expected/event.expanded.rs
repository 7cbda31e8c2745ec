/// A count changed.
pub fn on_count_changed(new_count: Count, #[cfg(feature = "notes")] note: String) {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    #[doc(hidden)]
    #[allow(non_local_definitions)]
    #[macro_export]
    macro_rules! the_event_on_count_changed_is_declared_twice {
        () => {};
    }
    #[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
    struct __Payload {
        new_count: Count,
        #[cfg(feature = "notes")]
        note: String,
    }
    #[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
    const _: () = {
        use ::ffi_runtime::__private_0_1_0 as __ffi;
        const __MEMBERS: &[()] = &[(), #[cfg(feature = "notes")] ()];
        #[repr(C)]
        pub struct __Pod {
            new_count: <Count as __ffi::FfiType>::Pod,
            #[cfg(feature = "notes")]
            note: <String as __ffi::FfiType>::Pod,
            __empty: [u8; __MEMBERS.is_empty() as usize],
        }
        unsafe impl __ffi::FfiType for __Payload {
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
                __source
                    .record(|__source| ::core::result::Result::Ok(Self {
                        new_count: __ffi::within(
                            "newCount",
                            unsafe {
                                <Count as __ffi::FfiType>::from_pod(
                                    &raw const (*__pod).new_count,
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
                    }))
            }
            unsafe fn write_pod(
                &mut self,
                __place: *mut __Pod,
                __sink: &mut __ffi::pod::Writer,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                __sink
                    .record(|__sink| {
                        {
                            __ffi::within(
                                "newCount",
                                unsafe {
                                    <Count as __ffi::FfiType>::write_pod(
                                        &mut self.new_count,
                                        &raw mut (*__place).new_count,
                                        __sink,
                                    )
                                },
                            )?;
                        }
                        #[cfg(feature = "notes")]
                        {
                            __ffi::within(
                                "note",
                                unsafe {
                                    <String as __ffi::FfiType>::write_pod(
                                        &mut self.note,
                                        &raw mut (*__place).note,
                                        __sink,
                                    )
                                },
                            )?;
                        }
                        ::core::result::Result::Ok(())
                    })
            }
            #[inline]
            fn encode(
                &self,
                __writer: &mut __ffi::cbor::Writer<'_>,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                __writer
                    .record(
                        __MEMBERS.len(),
                        |__writer| {
                            {
                                __writer.key::<<Count as __ffi::FfiType>::Pod>("newCount");
                                __ffi::within(
                                    "newCount",
                                    <Count as __ffi::FfiType>::encode(&self.new_count, __writer),
                                )?;
                            }
                            #[cfg(feature = "notes")]
                            {
                                __writer.key::<<String as __ffi::FfiType>::Pod>("note");
                                __ffi::within(
                                    "note",
                                    <String as __ffi::FfiType>::encode(&self.note, __writer),
                                )?;
                            }
                            ::core::result::Result::Ok(())
                        },
                    )
            }
            fn decode(
                __reader: &mut __ffi::cbor::Reader<'_>,
            ) -> ::core::result::Result<Self, __ffi::Fault> {
                let mut __slot_new_count = __ffi::Slot::new::<
                    <Count as __ffi::FfiType>::Pod,
                >(|__reader| <Count as __ffi::FfiType>::decode(__reader));
                #[cfg(feature = "notes")]
                let mut __slot_note = __ffi::Slot::new::<
                    <String as __ffi::FfiType>::Pod,
                >(|__reader| <String as __ffi::FfiType>::decode(__reader));
                __reader
                    .record(|__reader, mut __map| {
                        __slot_new_count.expect("newCount", __reader, &mut __map)?;
                        #[cfg(feature = "notes")]
                        __slot_note.expect("note", __reader, &mut __map)?;
                        if __map.is_over() {
                            return ::core::result::Result::Ok(());
                        }
                        __reader
                            .rest(
                                __map,
                                &mut [
                                    ("newCount", &mut __slot_new_count),
                                    #[cfg(feature = "notes")]
                                    ("note", &mut __slot_note),
                                ],
                            )
                    })?;
                ::core::result::Result::Ok(Self {
                    new_count: __ffi::within(
                        "newCount",
                        __slot_new_count
                            .take(|| <Count as __ffi::FfiType>::absent(__reader)),
                    )?,
                    #[cfg(feature = "notes")]
                    note: __ffi::within(
                        "note",
                        __slot_note.take(|| <String as __ffi::FfiType>::absent(__reader)),
                    )?,
                })
            }
            fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
                __schema
                    .record::<
                        Self,
                        __Pod,
                    >(
                        __ffi::ItemName {
                            name: "OnCountChanged",
                            path: ::core::concat!(
                                ::core::module_path!(), "::", "on_count_changed"
                            ),
                            docs: &[" A count changed."],
                        },
                        |__builder| {
                            {
                                __builder
                                    .add::<
                                        <Count as __ffi::FfiType>::Pod,
                                    >(
                                        __ffi::MemberName {
                                            name: "newCount",
                                            rust_name: "new_count",
                                        },
                                        &[" What is counted now."],
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
                        },
                    )
            }
        }
        impl __ffi::Present for __Payload {}
    };
    struct __Event;
    #[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
    unsafe impl __ffi::Event for __Event {
        type Payload = __Payload;
        const INFO: __ffi::EventInfo = __ffi::EventInfo {
            name: "on_count_changed",
            rust_name: "on_count_changed",
            docs: &[" A count changed."],
            place: (::core::file!(), ::core::line!(), ::core::column!()),
            module: ::core::module_path!(),
            library: ::core::option::Option::None,
        };
    }
    __ffi::inventory::submit!(unsafe { __ffi::EventEntry::new:: < __Event > () });
    let __payload = __Payload {
        new_count,
        #[cfg(feature = "notes")]
        note,
    };
    __ffi::fire::<__Event>(__payload);
}
fn on_emptied() {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    #[doc(hidden)]
    #[allow(non_local_definitions)]
    #[macro_export]
    macro_rules! the_event_emptied_of_tally_is_declared_twice {
        () => {};
    }
    struct __Event;
    #[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
    unsafe impl __ffi::Event for __Event {
        type Payload = ();
        const INFO: __ffi::EventInfo = __ffi::EventInfo {
            name: "emptied",
            rust_name: "on_emptied",
            docs: &[],
            place: (::core::file!(), ::core::line!(), ::core::column!()),
            module: ::core::module_path!(),
            library: ::core::option::Option::Some("tally"),
        };
    }
    __ffi::inventory::submit!(unsafe { __ffi::EventEntry::new:: < __Event > () });
    let __payload = ();
    __ffi::fire::<__Event>(__payload);
}
