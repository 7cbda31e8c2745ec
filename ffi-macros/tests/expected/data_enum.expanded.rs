#[rustfmt::ffi(rename_all = "snake_case")]
/// What happened in a store.
pub enum Change {
    /// Everything is gone.
    Cleared,
    /// This one is new.
    Added(Entry),
    Moved(u32, u32),
    /// It has other contents.
    #[rustfmt::ffi(rename_all = "camelCase")]
    Edited {
        /// Which one.
        at_place: u32,
        earlier: Option<Box<Self>>,
    },
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    const __VARIANTS: &'static [__ffi::VariantItem] = &[
        __ffi::VariantItem {
            name: "cleared",
            rust_name: "Cleared",
            docs: &[" Everything is gone."],
            payload: __ffi::VariantPayload::Unit,
            fields: |__fields| {},
        },
        __ffi::VariantItem {
            name: "added",
            rust_name: "Added",
            docs: &[" This one is new."],
            payload: __ffi::VariantPayload::Value,
            fields: |__fields| {
                <Entry as __ffi::FfiType>::describe_field(__fields, "_0", "_0", &[]);
            },
        },
        __ffi::VariantItem {
            name: "moved",
            rust_name: "Moved",
            docs: &[],
            payload: __ffi::VariantPayload::Tuple,
            fields: |__fields| {
                <u32 as __ffi::FfiType>::describe_field(__fields, "_0", "_0", &[]);
                <u32 as __ffi::FfiType>::describe_field(__fields, "_1", "_1", &[]);
            },
        },
        __ffi::VariantItem {
            name: "edited",
            rust_name: "Edited",
            docs: &[" It has other contents."],
            payload: __ffi::VariantPayload::Fields,
            fields: |__fields| {
                <u32 as __ffi::FfiType>::describe_field(
                    __fields,
                    "atPlace",
                    "at_place",
                    &[" Which one."],
                );
                <Option<
                    Box<Change>,
                > as __ffi::FfiType>::describe_field(
                    __fields,
                    "earlier",
                    "earlier",
                    &[],
                );
            },
        },
    ];
    #[repr(C)]
    pub struct __Fields1<__F: __ffi::TextForm> {
        _0: __ffi::Held<<Entry as __ffi::FfiType>::Pod<__F>>,
        __text: __ffi::core::marker::PhantomData<__F>,
        __empty: [u8; 0],
    }
    #[repr(C)]
    pub struct __Fields2<__F: __ffi::TextForm> {
        _0: __ffi::Held<<u32 as __ffi::FfiType>::Pod<__F>>,
        _1: __ffi::Held<<u32 as __ffi::FfiType>::Pod<__F>>,
        __text: __ffi::core::marker::PhantomData<__F>,
        __empty: [u8; 0],
    }
    #[repr(C)]
    pub struct __Fields3<__F: __ffi::TextForm> {
        at_place: __ffi::Held<<u32 as __ffi::FfiType>::Pod<__F>>,
        earlier: __ffi::Held<<Option<Box<Change>> as __ffi::FfiType>::Pod<__F>>,
        __text: __ffi::core::marker::PhantomData<__F>,
        __empty: [u8; 0],
    }
    #[repr(C)]
    pub union __Union<__F: __ffi::TextForm> {
        __1: __ffi::Held<__Fields1<__F>>,
        __2: __ffi::Held<__Fields2<__F>>,
        __3: __ffi::Held<__Fields3<__F>>,
    }
    #[repr(C)]
    pub struct __Pod<__F: __ffi::TextForm> {
        __tag: i32,
        __union: __Union<__F>,
    }
    #[inline]
    fn __read1<__F: __ffi::TextForm>(
        __fields: &mut __ffi::ReadFields<'_, __F>,
    ) -> ::core::result::Result<Change, __ffi::Fault> {
        ::core::result::Result::Ok(Change::Added {
            0: <Entry as __ffi::FfiType>::read_field::<__F>(__fields, "")?.0,
        })
    }
    #[inline]
    fn __write1<__F: __ffi::TextForm>(
        __value: &mut Change,
        __fields: &mut __ffi::WriteFields<'_, __F>,
    ) -> ::core::result::Result<(), __ffi::Fault> {
        match __value {
            Change::Added { 0: __0 } => {
                <Entry as __ffi::FfiType>::write_field::<__F>(__0, __fields, "")?;
            }
            _ => {}
        }
        ::core::result::Result::Ok(())
    }
    #[inline]
    fn __write_shared1<__F: __ffi::TextForm>(
        __value: &Change,
        __fields: &mut __ffi::WriteFields<'_, __F>,
    ) -> ::core::result::Result<(), __ffi::Fault> {
        match __value {
            Change::Added { 0: __0 } => {
                <Entry as __ffi::FfiType>::write_shared_field::<__F>(__0, __fields, "")?;
            }
            _ => {}
        }
        ::core::result::Result::Ok(())
    }
    #[inline]
    fn __encode1(
        __value: &Change,
        __writer: &mut __ffi::cbor::Writer<'_>,
    ) -> ::core::result::Result<(), __ffi::Fault> {
        match __value {
            Change::Added { 0: __0 } => {
                <Entry as __ffi::FfiType>::encode_element(__0, __writer, "")?;
            }
            _ => {}
        }
        ::core::result::Result::Ok(())
    }
    #[inline]
    fn __decode1(
        __reader: &mut __ffi::cbor::Reader<'_>,
    ) -> ::core::result::Result<Change, __ffi::Fault> {
        ::core::result::Result::Ok(Change::Added {
            0: <Entry as __ffi::FfiType>::decode_element(__reader, "")?.0,
        })
    }
    #[inline]
    fn __read2<__F: __ffi::TextForm>(
        __fields: &mut __ffi::ReadFields<'_, __F>,
    ) -> ::core::result::Result<Change, __ffi::Fault> {
        ::core::result::Result::Ok(Change::Moved {
            0: <u32 as __ffi::FfiType>::read_field::<__F>(__fields, "0")?.0,
            1: <u32 as __ffi::FfiType>::read_field::<__F>(__fields, "1")?.0,
        })
    }
    #[inline]
    fn __write2<__F: __ffi::TextForm>(
        __value: &mut Change,
        __fields: &mut __ffi::WriteFields<'_, __F>,
    ) -> ::core::result::Result<(), __ffi::Fault> {
        match __value {
            Change::Moved { 0: __0, 1: __1 } => {
                <u32 as __ffi::FfiType>::write_field::<__F>(__0, __fields, "0")?;
                <u32 as __ffi::FfiType>::write_field::<__F>(__1, __fields, "1")?;
            }
            _ => {}
        }
        ::core::result::Result::Ok(())
    }
    #[inline]
    fn __write_shared2<__F: __ffi::TextForm>(
        __value: &Change,
        __fields: &mut __ffi::WriteFields<'_, __F>,
    ) -> ::core::result::Result<(), __ffi::Fault> {
        match __value {
            Change::Moved { 0: __0, 1: __1 } => {
                <u32 as __ffi::FfiType>::write_shared_field::<__F>(__0, __fields, "0")?;
                <u32 as __ffi::FfiType>::write_shared_field::<__F>(__1, __fields, "1")?;
            }
            _ => {}
        }
        ::core::result::Result::Ok(())
    }
    #[inline]
    fn __encode2(
        __value: &Change,
        __writer: &mut __ffi::cbor::Writer<'_>,
    ) -> ::core::result::Result<(), __ffi::Fault> {
        match __value {
            Change::Moved { 0: __0, 1: __1 } => {
                __writer.tuple(2);
                <u32 as __ffi::FfiType>::encode_element(__0, __writer, "0")?;
                <u32 as __ffi::FfiType>::encode_element(__1, __writer, "1")?;
            }
            _ => {}
        }
        ::core::result::Result::Ok(())
    }
    #[inline]
    fn __decode2(
        __reader: &mut __ffi::cbor::Reader<'_>,
    ) -> ::core::result::Result<Change, __ffi::Fault> {
        let __tuple = &mut __reader.tuple(2)?;
        let __value = Change::Moved {
            0: <u32 as __ffi::FfiType>::decode_element(__tuple.next()?, "0")?.0,
            1: <u32 as __ffi::FfiType>::decode_element(__tuple.next()?, "1")?.0,
        };
        __tuple.end()?;
        ::core::result::Result::Ok(__value)
    }
    #[inline]
    fn __read3<__F: __ffi::TextForm>(
        __fields: &mut __ffi::ReadFields<'_, __F>,
    ) -> ::core::result::Result<Change, __ffi::Fault> {
        ::core::result::Result::Ok(Change::Edited {
            at_place: <u32 as __ffi::FfiType>::read_field::<__F>(__fields, "atPlace")?.0,
            earlier: <Option<
                Box<Change>,
            > as __ffi::FfiType>::read_field::<__F>(__fields, "earlier")?
                .0,
        })
    }
    #[inline]
    fn __write3<__F: __ffi::TextForm>(
        __value: &mut Change,
        __fields: &mut __ffi::WriteFields<'_, __F>,
    ) -> ::core::result::Result<(), __ffi::Fault> {
        match __value {
            Change::Edited { at_place: __0, earlier: __1 } => {
                <u32 as __ffi::FfiType>::write_field::<__F>(__0, __fields, "atPlace")?;
                <Option<
                    Box<Change>,
                > as __ffi::FfiType>::write_field::<__F>(__1, __fields, "earlier")?;
            }
            _ => {}
        }
        ::core::result::Result::Ok(())
    }
    #[inline]
    fn __write_shared3<__F: __ffi::TextForm>(
        __value: &Change,
        __fields: &mut __ffi::WriteFields<'_, __F>,
    ) -> ::core::result::Result<(), __ffi::Fault> {
        match __value {
            Change::Edited { at_place: __0, earlier: __1 } => {
                <u32 as __ffi::FfiType>::write_shared_field::<
                    __F,
                >(__0, __fields, "atPlace")?;
                <Option<
                    Box<Change>,
                > as __ffi::FfiType>::write_shared_field::<
                    __F,
                >(__1, __fields, "earlier")?;
            }
            _ => {}
        }
        ::core::result::Result::Ok(())
    }
    #[inline]
    fn __encode3(
        __value: &Change,
        __writer: &mut __ffi::cbor::Writer<'_>,
    ) -> ::core::result::Result<(), __ffi::Fault> {
        match __value {
            Change::Edited { at_place: __0, earlier: __1 } => {
                __writer.variant_fields(2);
                <u32 as __ffi::FfiType>::encode_field(__0, __writer, "atPlace")?;
                <Option<
                    Box<Change>,
                > as __ffi::FfiType>::encode_field(__1, __writer, "earlier")?;
            }
            _ => {}
        }
        ::core::result::Result::Ok(())
    }
    #[inline]
    fn __decode3(
        __reader: &mut __ffi::cbor::Reader<'_>,
    ) -> ::core::result::Result<Change, __ffi::Fault> {
        let __map = &mut __reader.variant_fields()?;
        let mut __0 = <u32 as __ffi::FfiType>::decode_field(__map, "atPlace")?;
        let mut __1 = <Option<
            Box<Change>,
        > as __ffi::FfiType>::decode_field(__map, "earlier")?;
        if !__map.is_over() {
            __map
                .rest(
                    &mut [
                        <u32 as __ffi::FfiType>::late_field("atPlace", &mut __0),
                        <Option<
                            Box<Change>,
                        > as __ffi::FfiType>::late_field("earlier", &mut __1),
                    ],
                )?;
        }
        __map.end()?;
        ::core::result::Result::Ok(Change::Edited {
            at_place: <u32 as __ffi::FfiType>::or_absent(__0, __map, "atPlace")?,
            earlier: <Option<
                Box<Change>,
            > as __ffi::FfiType>::or_absent(__1, __map, "earlier")?,
        })
    }
    unsafe impl __ffi::FfiType for Change {
        type Pod<__F: __ffi::TextForm> = __Pod<__F>;
        const BY_POINTER: bool = true;
        const STACK: usize = __ffi::of_variants([
            {
                const fn bounds<__Late>() -> [usize; 0] {
                    []
                }
                __ffi::StackOf::<Self>::record(bounds::<()>())
            },
            {
                const fn bounds<__Late>() -> [usize; 1] {
                    [const { <Entry as __ffi::FfiType>::BOUND }.bytes()]
                }
                __ffi::StackOf::<Self>::record(bounds::<()>())
            },
            {
                const fn bounds<__Late>() -> [usize; 2] {
                    [
                        const { <u32 as __ffi::FfiType>::BOUND }.bytes(),
                        const { <u32 as __ffi::FfiType>::BOUND }.bytes(),
                    ]
                }
                __ffi::StackOf::<Self>::record(bounds::<()>())
            },
            {
                const fn bounds<__Late>() -> [usize; 2] {
                    [
                        const { <u32 as __ffi::FfiType>::BOUND }.bytes(),
                        const { <Option<Box<Change>> as __ffi::FfiType>::BOUND }.bytes(),
                    ]
                }
                __ffi::StackOf::<Self>::record(bounds::<()>())
            },
        ]);
        unsafe fn from_pod<__F: __ffi::TextForm>(
            __pod: *const __Pod<__F>,
            __reader: &mut __ffi::pod::Reader<__F>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let (__tag, mut __fields) = unsafe {
                __ffi::ReadFields::of_variant(__pod, __reader)
            }?;
            let __fields = &mut __fields;
            let __value = match __tag {
                0 => ::core::result::Result::Ok(Change::Cleared {}),
                1 => __read1(__fields),
                2 => __read2(__fields),
                3 => __read3(__fields),
                _ => {
                    __fields.leave();
                    return ::core::result::Result::Err(__ffi::unknown_tag(__tag));
                }
            };
            __fields.leave();
            __ffi::in_variant(__VARIANTS, __tag, __value)
        }
        unsafe fn write_pod<__F: __ffi::TextForm>(
            &mut self,
            __place: *mut __Pod<__F>,
            __writer: &mut __ffi::pod::Writer<__F>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            let __tag = match self {
                Self::Cleared { .. } => 0,
                Self::Added { .. } => 1,
                Self::Moved { .. } => 2,
                Self::Edited { .. } => 3,
            };
            let __fields = &mut unsafe {
                __ffi::WriteFields::of_variant(__place, __tag, __writer)
            }?;
            let __written = match self {
                Self::Cleared {} => ::core::result::Result::Ok(()),
                Self::Added { .. } => __write1(self, __fields),
                Self::Moved { .. } => __write2(self, __fields),
                Self::Edited { .. } => __write3(self, __fields),
            };
            __fields.leave();
            __ffi::in_variant(__VARIANTS, __tag, __written)
        }
        unsafe fn write_shared<__F: __ffi::TextForm>(
            &self,
            __place: *mut __Pod<__F>,
            __writer: &mut __ffi::pod::Writer<__F>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            let __tag = match self {
                Self::Cleared { .. } => 0,
                Self::Added { .. } => 1,
                Self::Moved { .. } => 2,
                Self::Edited { .. } => 3,
            };
            let __fields = &mut unsafe {
                __ffi::WriteFields::of_variant(__place, __tag, __writer)
            }?;
            let __written = match self {
                Self::Cleared {} => ::core::result::Result::Ok(()),
                Self::Added { .. } => __write_shared1(self, __fields),
                Self::Moved { .. } => __write_shared2(self, __fields),
                Self::Edited { .. } => __write_shared3(self, __fields),
            };
            __fields.leave();
            __ffi::in_variant(__VARIANTS, __tag, __written)
        }
        fn encode(
            &self,
            __writer: &mut __ffi::cbor::Writer<'_>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            let __tag = match self {
                Self::Cleared { .. } => 0,
                Self::Added { .. } => 1,
                Self::Moved { .. } => 2,
                Self::Edited { .. } => 3,
            };
            __ffi::begin_variant(__writer, __VARIANTS, __tag)?;
            let __encoded = match self {
                Self::Cleared {} => ::core::result::Result::Ok(()),
                Self::Added { .. } => __encode1(self, __writer),
                Self::Moved { .. } => __encode2(self, __writer),
                Self::Edited { .. } => __encode3(self, __writer),
            };
            __writer.end_record();
            __ffi::in_variant(__VARIANTS, __tag, __encoded)
        }
        fn decode(
            __reader: &mut __ffi::cbor::Reader<'_>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let (__tag, __form) = __ffi::begin_decode(__reader, __VARIANTS)?;
            let __value = match __tag {
                0 => ::core::result::Result::Ok(Change::Cleared {}),
                1 => __decode1(__reader),
                2 => __decode2(__reader),
                _ => __decode3(__reader),
            };
            __ffi::end_decode(__reader, __VARIANTS, __tag, __form, __value)
        }
        fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
            __ffi::describe_data_enum::<
                Self,
            >(
                __schema,
                __ffi::ItemName {
                    name: "Change",
                    path: ::core::concat!(::core::module_path!(), "::", "Change"),
                    docs: &[" What happened in a store."],
                },
                __VARIANTS,
            )
        }
    }
    impl __ffi::Present for Change {}
};
