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
        #[repr(C)]
        pub struct __Pod<__F: __ffi::TextForm> {
            new_count: __ffi::Held<<Count as __ffi::FfiType>::Pod<__F>>,
            #[cfg(feature = "notes")]
            note: __ffi::Held<<String as __ffi::FfiType>::Pod<__F>>,
            __text: __ffi::core::marker::PhantomData<__F>,
            __empty: [u8; 0],
        }
        fn __add_fields(__fields: &mut __ffi::FieldsBuilder<'_>) {
            <Count as __ffi::FfiType>::describe_field(
                __fields,
                "newCount",
                "new_count",
                &[" What is counted now."],
            );
            #[cfg(feature = "notes")]
            <String as __ffi::FfiType>::describe_field(__fields, "note", "note", &[]);
        }
        unsafe impl __ffi::FfiType for __Payload {
            type Pod<__F: __ffi::TextForm> = __Pod<__F>;
            const BY_POINTER: bool = {
                const fn all<__Late>() -> [bool; <[()]>::len(
                    &[(), #[cfg(feature = "notes")] ()],
                )] {
                    [
                        const { <Count as __ffi::FfiType>::POINTED }.get(),
                        #[cfg(feature = "notes")]
                        const { <String as __ffi::FfiType>::POINTED }.get(),
                    ]
                }
                __ffi::any(all::<()>())
            };
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
                    __ffi::ReadFields::of_record(__pod, __reader)
                }?;
                let __value = Self {
                    new_count: <Count as __ffi::FfiType>::read_field::<
                        __F,
                    >(__fields, "newCount")?
                        .0,
                    #[cfg(feature = "notes")]
                    note: <String as __ffi::FfiType>::read_field::<
                        __F,
                    >(__fields, "note")?
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
                <Count as __ffi::FfiType>::write_field::<
                    __F,
                >(&mut self.new_count, __fields, "newCount")?;
                #[cfg(feature = "notes")]
                <String as __ffi::FfiType>::write_field::<
                    __F,
                >(&mut self.note, __fields, "note")?;
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
                <Count as __ffi::FfiType>::write_shared_field::<
                    __F,
                >(&self.new_count, __fields, "newCount")?;
                #[cfg(feature = "notes")]
                <String as __ffi::FfiType>::write_shared_field::<
                    __F,
                >(&self.note, __fields, "note")?;
                __fields.leave();
                ::core::result::Result::Ok(())
            }
            #[inline]
            fn encode(
                &self,
                __writer: &mut __ffi::cbor::Writer<'_>,
            ) -> ::core::result::Result<(), __ffi::Fault> {
                __writer.begin_record(<[()]>::len(&[(), #[cfg(feature = "notes")] ()]))?;
                <Count as __ffi::FfiType>::encode_field(
                    &self.new_count,
                    __writer,
                    "newCount",
                )?;
                #[cfg(feature = "notes")]
                <String as __ffi::FfiType>::encode_field(&self.note, __writer, "note")?;
                __writer.end_record();
                ::core::result::Result::Ok(())
            }
            fn decode(
                __reader: &mut __ffi::cbor::Reader<'_>,
            ) -> ::core::result::Result<Self, __ffi::Fault> {
                let __map = &mut __reader.record()?;
                let mut __0 = <Count as __ffi::FfiType>::decode_field(
                    __map,
                    "newCount",
                )?;
                #[cfg(feature = "notes")]
                let mut __1 = <String as __ffi::FfiType>::decode_field(__map, "note")?;
                if !__map.is_over() {
                    __map
                        .rest(
                            &mut [
                                <Count as __ffi::FfiType>::late_field("newCount", &mut __0),
                                #[cfg(feature = "notes")]
                                <String as __ffi::FfiType>::late_field("note", &mut __1),
                            ],
                        )?;
                }
                __map.end()?;
                ::core::result::Result::Ok(Self {
                    new_count: <Count as __ffi::FfiType>::or_absent(
                        __0,
                        __map,
                        "newCount",
                    )?,
                    #[cfg(feature = "notes")]
                    note: <String as __ffi::FfiType>::or_absent(__1, __map, "note")?,
                })
            }
            fn describe(__schema: &mut __ffi::SchemaBuilder) -> __ffi::Type {
                __ffi::describe_record::<
                    Self,
                >(
                    __schema,
                    __ffi::ItemName {
                        name: "OnCountChanged",
                        path: ::core::concat!(
                            ::core::module_path!(), "::", "on_count_changed"
                        ),
                        docs: &[" A count changed."],
                    },
                    __add_fields,
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
            library: crate::write_ffi_runtime_library_once_at_the_crate_root::of_crate!(
                (name)
            ),
            text: crate::write_ffi_runtime_library_once_at_the_crate_root::of_crate!(
                (text)
            ),
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
            library: "tally",
            text: ::core::option::Option::None,
        };
    }
    __ffi::inventory::submit!(unsafe { __ffi::EventEntry::new:: < __Event > () });
    let __payload = ();
    __ffi::fire::<__Event>(__payload);
}
