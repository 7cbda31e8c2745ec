/// What a number means.
pub enum Unit {
    Pieces,
    /// Grams.
    #[rustfmt::ffi(rename = "g")]
    Grams = 7,
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    impl __ffi::Enumeration for Unit {
        const VARIANTS: &'static [__ffi::Variant<Self>] = &[
            __ffi::Variant {
                name: "Pieces",
                rust_name: "Pieces",
                docs: &[],
                value: Unit::Pieces {} as i32,
                make: || Unit::Pieces {},
            },
            __ffi::Variant {
                name: "g",
                rust_name: "Grams",
                docs: &[" Grams."],
                value: Unit::Grams {} as i32,
                make: || Unit::Grams {},
            },
        ];
    }
    const _: () = __ffi::core::assert!(
        __ffi::fits_c_enum(Unit::Pieces {} as i128),
        "a discriminant must fit 32 bits, because the enum is an int32_t in C; choose a smaller one"
    );
    const _: () = __ffi::core::assert!(
        __ffi::fits_c_enum(Unit::Grams {} as i128),
        "a discriminant must fit 32 bits, because the enum is an int32_t in C; choose a smaller one"
    );
    fn __value_and_name(__value: &Unit) -> (i32, &'static str) {
        match *__value {
            Unit::Pieces {} => (Unit::Pieces {} as i32, "Pieces"),
            Unit::Grams {} => (Unit::Grams {} as i32, "g"),
        }
    }
    unsafe impl __ffi::FfiType for Unit {
        type Pod<__F: __ffi::TextForm> = i32;
        unsafe fn from_pod<__F: __ffi::TextForm>(
            __pod: *const i32,
            _: &mut __ffi::pod::Reader<__F>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            __ffi::variant_of_value(unsafe { __pod.read() })
        }
        unsafe fn write_pod<__F: __ffi::TextForm>(
            &mut self,
            __place: *mut i32,
            __writer: &mut __ffi::pod::Writer<__F>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            unsafe { self.write_shared(__place, __writer) }
        }
        unsafe fn write_shared<__F: __ffi::TextForm>(
            &self,
            __place: *mut i32,
            _: &mut __ffi::pod::Writer<__F>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            unsafe { __place.write(__value_and_name(self).0) };
            ::core::result::Result::Ok(())
        }
        fn encode(
            &self,
            __writer: &mut __ffi::cbor::Writer<'_>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            __writer.text(__value_and_name(self).1);
            ::core::result::Result::Ok(())
        }
        fn decode(
            __reader: &mut __ffi::cbor::Reader<'_>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            __ffi::decode_variant(__reader)
        }
        fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
            __ffi::describe_enumeration::<
                Self,
            >(
                __schema,
                __ffi::ItemName {
                    name: "Unit",
                    path: ::core::concat!(::core::module_path!(), "::", "Unit"),
                    docs: &[" What a number means."],
                },
            )
        }
    }
    impl __ffi::Present for Unit {}
    unsafe impl __ffi::Scalar for Unit {
        type Same = Self;
    }
};
