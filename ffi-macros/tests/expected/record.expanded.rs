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
    #[repr(C)]
    pub struct __Pod<__F: __ffi::TextForm> {
        item_name: __ffi::Held<<String as __ffi::FfiType>::Pod<__F>>,
        unit: __ffi::Held<<Option<Unit> as __ffi::FfiType>::Pod<__F>>,
        __text: __ffi::core::marker::PhantomData<__F>,
        __empty: [u8; 0],
    }
    fn __add_fields(__fields: &mut __ffi::FieldsBuilder<'_>) {
        <String as __ffi::FfiType>::describe_field(
            __fields,
            "itemName",
            "item_name",
            &[" What is counted."],
        );
        <Option<Unit> as __ffi::FfiType>::describe_field(__fields, "unit", "unit", &[]);
    }
    unsafe impl __ffi::FfiType for Count {
        type Pod<__F: __ffi::TextForm> = __Pod<__F>;
        const BY_POINTER: bool = {
            const fn all<__Late>() -> [bool; 2] {
                [
                    const { <String as __ffi::FfiType>::POINTED }.get(),
                    const { <Option<Unit> as __ffi::FfiType>::POINTED }.get(),
                ]
            }
            __ffi::any(all::<()>())
        };
        const STACK: usize = {
            const fn bounds<__Late>() -> [usize; 2] {
                [
                    const { <String as __ffi::FfiType>::BOUND }.bytes(),
                    const { <Option<Unit> as __ffi::FfiType>::BOUND }.bytes(),
                ]
            }
            __ffi::StackOf::<Self>::record(bounds::<()>())
        };
        unsafe fn from_pod<__F: __ffi::TextForm>(
            __pod: *const __Pod<__F>,
            __reader: &mut __ffi::pod::Reader<__F>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let __fields = &mut unsafe {
                __ffi::ReadFields::of_record(__pod, __reader)
            }?;
            let __value = Self {
                item_name: <String as __ffi::FfiType>::read_field::<
                    __F,
                >(__fields, "itemName")?
                    .0,
                unit: <Option<
                    Unit,
                > as __ffi::FfiType>::read_field::<__F>(__fields, "unit")?
                    .0,
            };
            __fields.leave();
            ::core::result::Result::Ok(__value)
        }
        unsafe fn write_pod<__F: __ffi::TextForm>(
            &mut self,
            __place: *mut __Pod<__F>,
            __writer: &mut __ffi::pod::Writer<__F>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            let __fields = &mut unsafe {
                __ffi::WriteFields::of_record(__place, __writer)
            }?;
            <String as __ffi::FfiType>::write_field::<
                __F,
            >(&mut self.item_name, __fields, "itemName")?;
            <Option<
                Unit,
            > as __ffi::FfiType>::write_field::<__F>(&mut self.unit, __fields, "unit")?;
            __fields.leave();
            ::core::result::Result::Ok(())
        }
        unsafe fn write_shared<__F: __ffi::TextForm>(
            &self,
            __place: *mut __Pod<__F>,
            __writer: &mut __ffi::pod::Writer<__F>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            let __fields = &mut unsafe {
                __ffi::WriteFields::of_record(__place, __writer)
            }?;
            <String as __ffi::FfiType>::write_shared_field::<
                __F,
            >(&self.item_name, __fields, "itemName")?;
            <Option<
                Unit,
            > as __ffi::FfiType>::write_shared_field::<
                __F,
            >(&self.unit, __fields, "unit")?;
            __fields.leave();
            ::core::result::Result::Ok(())
        }
        #[inline]
        fn encode(
            &self,
            __writer: &mut __ffi::cbor::Writer<'_>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            __writer.begin_record(2)?;
            <String as __ffi::FfiType>::encode_field(
                &self.item_name,
                __writer,
                "itemName",
            )?;
            <Option<
                Unit,
            > as __ffi::FfiType>::encode_field(&self.unit, __writer, "unit")?;
            __writer.end_record();
            ::core::result::Result::Ok(())
        }
        fn decode(
            __reader: &mut __ffi::cbor::Reader<'_>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let __map = &mut __reader.record()?;
            let mut __0 = <String as __ffi::FfiType>::decode_field(__map, "itemName")?;
            let mut __1 = <Option<Unit> as __ffi::FfiType>::decode_field(__map, "unit")?;
            if !__map.is_over() {
                __map
                    .rest(
                        &mut [
                            <String as __ffi::FfiType>::late_field("itemName", &mut __0),
                            <Option<
                                Unit,
                            > as __ffi::FfiType>::late_field("unit", &mut __1),
                        ],
                    )?;
            }
            __map.end()?;
            ::core::result::Result::Ok(Self {
                item_name: <String as __ffi::FfiType>::or_absent(
                    __0,
                    __map,
                    "itemName",
                )?,
                unit: <Option<Unit> as __ffi::FfiType>::or_absent(__1, __map, "unit")?,
            })
        }
        fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
            __ffi::describe_record::<
                Self,
            >(
                __schema,
                __ffi::ItemName {
                    name: "Count",
                    path: ::core::concat!(::core::module_path!(), "::", "Count"),
                    docs: &[" How much of what."],
                },
                __add_fields,
            )
        }
    }
    impl __ffi::Present for Count {}
};
