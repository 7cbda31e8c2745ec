#[rustfmt::ffi(rename_all = "camelCase")]
/// How much of what.
pub struct Count {
    /// What is counted.
    pub item_name: String,
    pub unit: Option<Unit>,
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    const __MEMBERS: &[()] = &[(), ()];
    #[repr(C)]
    pub struct __Pod {
        item_name: <String as __ffi::FfiType>::Pod,
        unit: <Option<Unit> as __ffi::FfiType>::Pod,
        __empty: [u8; __MEMBERS.is_empty() as usize],
    }
    unsafe impl __ffi::FfiType for Count {
        type Pod = __Pod;
        const STACK: usize = {
            const fn bounds<Late>() -> [usize; __MEMBERS.len()] {
                [
                    __ffi::stack_of_member::<
                        <String as __ffi::FfiType>::Pod,
                    >(const { <String as __ffi::FfiType>::STACK }),
                    __ffi::stack_of_member::<
                        <Option<Unit> as __ffi::FfiType>::Pod,
                    >(const { <Option<Unit> as __ffi::FfiType>::STACK }),
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
                    item_name: __ffi::within(
                        "itemName",
                        unsafe {
                            <String as __ffi::FfiType>::from_pod(
                                &raw const (*__pod).item_name,
                                __source,
                            )
                        },
                    )?,
                    unit: __ffi::within(
                        "unit",
                        unsafe {
                            <Option<
                                Unit,
                            > as __ffi::FfiType>::from_pod(
                                &raw const (*__pod).unit,
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
                            "itemName",
                            unsafe {
                                <String as __ffi::FfiType>::write_pod(
                                    &mut self.item_name,
                                    &raw mut (*__place).item_name,
                                    __sink,
                                )
                            },
                        )?;
                    }
                    {
                        __ffi::within(
                            "unit",
                            unsafe {
                                <Option<
                                    Unit,
                                > as __ffi::FfiType>::write_pod(
                                    &mut self.unit,
                                    &raw mut (*__place).unit,
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
                            __writer.key::<<String as __ffi::FfiType>::Pod>("itemName");
                            __ffi::within(
                                "itemName",
                                <String as __ffi::FfiType>::encode(
                                    &self.item_name,
                                    __writer,
                                ),
                            )?;
                        }
                        {
                            __writer
                                .key::<<Option<Unit> as __ffi::FfiType>::Pod>("unit");
                            __ffi::within(
                                "unit",
                                <Option<
                                    Unit,
                                > as __ffi::FfiType>::encode(&self.unit, __writer),
                            )?;
                        }
                        ::core::result::Result::Ok(())
                    },
                )
        }
        fn decode(
            __reader: &mut __ffi::cbor::Reader<'_>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let mut __slot_item_name = __ffi::Slot::new::<
                <String as __ffi::FfiType>::Pod,
            >(|__reader| <String as __ffi::FfiType>::decode(__reader));
            let mut __slot_unit = __ffi::Slot::new::<
                <Option<Unit> as __ffi::FfiType>::Pod,
            >(|__reader| <Option<Unit> as __ffi::FfiType>::decode(__reader));
            __reader
                .record(|__reader, mut __map| {
                    __slot_item_name.expect("itemName", __reader, &mut __map)?;
                    __slot_unit.expect("unit", __reader, &mut __map)?;
                    if __map.is_over() {
                        return ::core::result::Result::Ok(());
                    }
                    __reader
                        .rest(
                            __map,
                            &mut [
                                ("itemName", &mut __slot_item_name),
                                ("unit", &mut __slot_unit),
                            ],
                        )
                })?;
            ::core::result::Result::Ok(Self {
                item_name: __ffi::within(
                    "itemName",
                    __slot_item_name
                        .take(|| <String as __ffi::FfiType>::absent(__reader)),
                )?,
                unit: __ffi::within(
                    "unit",
                    __slot_unit
                        .take(|| <Option<Unit> as __ffi::FfiType>::absent(__reader)),
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
                        name: "Count",
                        path: ::core::concat!(::core::module_path!(), "::", "Count"),
                        docs: &[" How much of what."],
                    },
                    |__builder| {
                        {
                            __builder
                                .add::<
                                    <String as __ffi::FfiType>::Pod,
                                >(
                                    __ffi::MemberName {
                                        name: "itemName",
                                        rust_name: "item_name",
                                    },
                                    &[" What is counted."],
                                    |__schema| <String as __ffi::FfiType>::describe(__schema),
                                );
                        }
                        {
                            __builder
                                .add::<
                                    <Option<Unit> as __ffi::FfiType>::Pod,
                                >(
                                    __ffi::MemberName {
                                        name: "unit",
                                        rust_name: "unit",
                                    },
                                    &[],
                                    |__schema| <Option<
                                        Unit,
                                    > as __ffi::FfiType>::describe(__schema),
                                );
                        }
                    },
                )
        }
    }
    impl __ffi::Present for Count {}
};
