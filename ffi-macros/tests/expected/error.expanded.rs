#[rustfmt::ffi(error)]
/// Why a file was not read.
pub struct Unread {
    pub path: String,
    #[rustfmt::ffi(text)]
    pub cause: std::io::Error,
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    pub struct __Form {
        path: String,
        cause: __ffi::String,
    }
    #[repr(C)]
    pub struct __Pod<__F: __ffi::TextForm> {
        path: __ffi::Held<<String as __ffi::FfiType>::Pod<__F>>,
        cause: __ffi::Held<<__ffi::String as __ffi::FfiType>::Pod<__F>>,
        __text: __ffi::core::marker::PhantomData<__F>,
        __empty: [u8; 0],
    }
    fn __add_fields(__fields: &mut __ffi::FieldsBuilder<'_>) {
        <String as __ffi::FfiType>::describe_field(__fields, "path", "path", &[]);
        <__ffi::String as __ffi::FfiType>::describe_field(
            __fields,
            "cause",
            "cause",
            &[],
        );
    }
    unsafe impl __ffi::FfiType for __Form {
        type Pod<__F: __ffi::TextForm> = __Pod<__F>;
        const BY_POINTER: bool = {
            const fn all<__Late>() -> [bool; 2] {
                [
                    const { <String as __ffi::FfiType>::POINTED }.get(),
                    const { <__ffi::String as __ffi::FfiType>::POINTED }.get(),
                ]
            }
            __ffi::any(all::<()>())
        };
        const STACK: usize = {
            const fn bounds<__Late>() -> [usize; 2] {
                [
                    const { <String as __ffi::FfiType>::BOUND }.bytes(),
                    const { <__ffi::String as __ffi::FfiType>::BOUND }.bytes(),
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
                path: <String as __ffi::FfiType>::read_field::<__F>(__fields, "path")?.0,
                cause: <__ffi::String as __ffi::FfiType>::read_field::<
                    __F,
                >(__fields, "cause")?
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
            >(&mut self.path, __fields, "path")?;
            <__ffi::String as __ffi::FfiType>::write_field::<
                __F,
            >(&mut self.cause, __fields, "cause")?;
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
            >(&self.path, __fields, "path")?;
            <__ffi::String as __ffi::FfiType>::write_shared_field::<
                __F,
            >(&self.cause, __fields, "cause")?;
            __fields.leave();
            ::core::result::Result::Ok(())
        }
        #[inline]
        fn encode(
            &self,
            __writer: &mut __ffi::cbor::Writer<'_>,
        ) -> ::core::result::Result<(), __ffi::Fault> {
            __writer.begin_record(2)?;
            <String as __ffi::FfiType>::encode_field(&self.path, __writer, "path")?;
            <__ffi::String as __ffi::FfiType>::encode_field(
                &self.cause,
                __writer,
                "cause",
            )?;
            __writer.end_record();
            ::core::result::Result::Ok(())
        }
        fn decode(
            __reader: &mut __ffi::cbor::Reader<'_>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let __map = &mut __reader.record()?;
            let mut __0 = <String as __ffi::FfiType>::decode_field(__map, "path")?;
            let mut __1 = <__ffi::String as __ffi::FfiType>::decode_field(
                __map,
                "cause",
            )?;
            if !__map.is_over() {
                __map
                    .rest(
                        &mut [
                            <String as __ffi::FfiType>::late_field("path", &mut __0),
                            <__ffi::String as __ffi::FfiType>::late_field(
                                "cause",
                                &mut __1,
                            ),
                        ],
                    )?;
            }
            __map.end()?;
            ::core::result::Result::Ok(Self {
                path: <String as __ffi::FfiType>::or_absent(__0, __map, "path")?,
                cause: <__ffi::String as __ffi::FfiType>::or_absent(__1, __map, "cause")?,
            })
        }
        fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
            __ffi::describe_record::<
                Self,
            >(
                __schema,
                __ffi::ItemName {
                    name: "Unread",
                    path: ::core::concat!(::core::module_path!(), "::", "Unread"),
                    docs: &[" Why a file was not read."],
                },
                __add_fields,
            )
        }
    }
    impl __ffi::Present for __Form {}
    impl __ffi::TypedError for Unread {
        type Form = __Form;
        const ITEM: __ffi::ItemName = __ffi::ItemName {
            name: ::core::concat!("failure_", "Unread"),
            path: ::core::concat!(::core::module_path!(), "::failure_", "Unread"),
            docs: &[" What a function fails with: the text of an error, and the error."],
        };
        fn into_form(self) -> Self::Form {
            __Form {
                path: self.path,
                cause: __ffi::ErrorText::text(&self.cause),
            }
        }
    }
    __ffi::inventory::submit!(< Unread as __ffi::TypedError > ::ENTRY);
};
#[rustfmt::ffi(error, flat)]
/// Why nothing was stored.
#[repr(u8)]
pub enum Storage {
    Full { left: u64 },
    /// It cannot be written.
    Broken(std::io::Error) = 28,
    Unknown,
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    #[repr(u8)]
    pub enum __Form {
        Full,
        Broken = 28,
        Unknown,
    }
    impl __ffi::Enumeration for __Form {
        const VARIANTS: &'static [__ffi::Variant<Self>] = &[
            __ffi::Variant {
                name: "Full",
                rust_name: "Full",
                docs: &[],
                value: __Form::Full {} as i32,
                make: || __Form::Full {},
            },
            __ffi::Variant {
                name: "Broken",
                rust_name: "Broken",
                docs: &[" It cannot be written."],
                value: __Form::Broken {} as i32,
                make: || __Form::Broken {},
            },
            __ffi::Variant {
                name: "Unknown",
                rust_name: "Unknown",
                docs: &[],
                value: __Form::Unknown {} as i32,
                make: || __Form::Unknown {},
            },
        ];
    }
    const _: () = __ffi::core::assert!(
        __ffi::fits_c_enum(__Form::Full {} as i128),
        "a discriminant must fit 32 bits, because the enum is an int32_t in C; choose a smaller one"
    );
    const _: () = __ffi::core::assert!(
        __ffi::fits_c_enum(__Form::Broken {} as i128),
        "a discriminant must fit 32 bits, because the enum is an int32_t in C; choose a smaller one"
    );
    const _: () = __ffi::core::assert!(
        __ffi::fits_c_enum(__Form::Unknown {} as i128),
        "a discriminant must fit 32 bits, because the enum is an int32_t in C; choose a smaller one"
    );
    fn __value_and_name(__value: &__Form) -> (i32, &'static str) {
        match *__value {
            __Form::Full {} => (__Form::Full {} as i32, "Full"),
            __Form::Broken {} => (__Form::Broken {} as i32, "Broken"),
            __Form::Unknown {} => (__Form::Unknown {} as i32, "Unknown"),
        }
    }
    unsafe impl __ffi::FfiType for __Form {
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
                    name: "Storage",
                    path: ::core::concat!(::core::module_path!(), "::", "Storage"),
                    docs: &[" Why nothing was stored."],
                },
            )
        }
    }
    impl __ffi::Present for __Form {}
    unsafe impl __ffi::Scalar for __Form {
        type Same = Self;
    }
    impl __ffi::TypedError for Storage {
        type Form = __Form;
        const ITEM: __ffi::ItemName = __ffi::ItemName {
            name: ::core::concat!("failure_", "Storage"),
            path: ::core::concat!(::core::module_path!(), "::failure_", "Storage"),
            docs: &[" What a function fails with: the text of an error, and the error."],
        };
        fn into_form(self) -> Self::Form {
            match self {
                Self::Full { .. } => __Form::Full,
                Self::Broken { .. } => __Form::Broken,
                Self::Unknown { .. } => __Form::Unknown,
            }
        }
    }
    __ffi::inventory::submit!(< Storage as __ffi::TypedError > ::ENTRY);
};
#[rustfmt::ffi(error)]
/// Why nobody came.
pub enum Absent {
    Ill,
    Away,
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    impl __ffi::Enumeration for Absent {
        const VARIANTS: &'static [__ffi::Variant<Self>] = &[
            __ffi::Variant {
                name: "Ill",
                rust_name: "Ill",
                docs: &[],
                value: Absent::Ill {} as i32,
                make: || Absent::Ill {},
            },
            __ffi::Variant {
                name: "Away",
                rust_name: "Away",
                docs: &[],
                value: Absent::Away {} as i32,
                make: || Absent::Away {},
            },
        ];
    }
    const _: () = __ffi::core::assert!(
        __ffi::fits_c_enum(Absent::Ill {} as i128),
        "a discriminant must fit 32 bits, because the enum is an int32_t in C; choose a smaller one"
    );
    const _: () = __ffi::core::assert!(
        __ffi::fits_c_enum(Absent::Away {} as i128),
        "a discriminant must fit 32 bits, because the enum is an int32_t in C; choose a smaller one"
    );
    fn __value_and_name(__value: &Absent) -> (i32, &'static str) {
        match *__value {
            Absent::Ill {} => (Absent::Ill {} as i32, "Ill"),
            Absent::Away {} => (Absent::Away {} as i32, "Away"),
        }
    }
    unsafe impl __ffi::FfiType for Absent {
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
                    name: "Absent",
                    path: ::core::concat!(::core::module_path!(), "::", "Absent"),
                    docs: &[" Why nobody came."],
                },
            )
        }
    }
    impl __ffi::Present for Absent {}
    unsafe impl __ffi::Scalar for Absent {
        type Same = Self;
    }
    impl __ffi::TypedError for Absent {
        type Form = Self;
        const ITEM: __ffi::ItemName = __ffi::ItemName {
            name: ::core::concat!("failure_", "Absent"),
            path: ::core::concat!(::core::module_path!(), "::failure_", "Absent"),
            docs: &[" What a function fails with: the text of an error, and the error."],
        };
        fn into_form(self) -> Self::Form {
            self
        }
    }
    __ffi::inventory::submit!(< Absent as __ffi::TypedError > ::ENTRY);
};
