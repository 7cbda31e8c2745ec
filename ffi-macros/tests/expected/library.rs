/// Counts things.
pub struct Tally {
    counts: Vec<Count>,
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    unsafe impl __ffi::Library for Tally {
        const NAME: &'static str = "tally";
        const VERSION: &'static str = match ::core::option_env!("CARGO_PKG_VERSION") {
            ::core::option::Option::Some(version) => version,
            ::core::option::Option::None => "",
        };
        const MODULE: &'static str = ::core::module_path!();
        const DOCS: &'static [&'static str] = &[" Counts things."];
        const OPTIONS: __ffi::Options = __ffi::Options {
            queue_limit: 16,
            stale_warn_ms: 250,
            event_overflow: __ffi::Overflow::DropNewest,
            ..__ffi::Options::DEFAULT
        };
        const SHARED: bool = false;
        fn cell_pointer() -> __ffi::CellPointer<Self> {
            static CELL: __ffi::LibraryCell<Tally> = __ffi::LibraryCell::new();
            CELL.pointer()
        }
    }
    unsafe impl __ffi::Detaches for Tally {
        fn detached() -> &'static __ffi::DetachedCell<Self> {
            static CELL: __ffi::DetachedCell<Tally> = __ffi::DetachedCell::new();
            &CELL
        }
    }
    impl __ffi::ConstructorReturn for Tally {
        type State = Self;
        type Error = ::core::convert::Infallible;
        fn into_state(self) -> ::core::result::Result<Self, Self::Error> {
            ::core::result::Result::Ok(self)
        }
    }
    impl __ffi::LibraryNamed<Tally> for __ffi::Named<{ __ffi::head_hash("tally") }> {}
    impl __ffi::LibraryInCrate<Tally>
    for __ffi::InCrate<{ __ffi::head_hash(::core::module_path!()) }> {}
    unsafe impl __ffi::Unshared for Tally
    where
        Self: 'static,
    {}
    #[unsafe(export_name = "tally_add_event_listener")]
    unsafe extern "C" fn __add_event_listener(
        __ctx: *mut ::core::ffi::c_void,
        __event: *const ::core::ffi::c_char,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
    ) -> u64 {
        unsafe {
            __ffi::add_event_listener::<Tally>(__ctx, __event, __callback, __user_data)
        }
    }
    #[unsafe(export_name = "tally_add_event_listener_cbor")]
    unsafe extern "C" fn __add_event_listener_cbor(
        __ctx: *mut ::core::ffi::c_void,
        __event: *const ::core::ffi::c_char,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
    ) -> u64 {
        unsafe {
            __ffi::add_event_listener_cbor::<
                Tally,
            >(__ctx, __event, __callback, __user_data)
        }
    }
    #[unsafe(export_name = "tally_remove_event_listener")]
    extern "C" fn __remove_event_listener(
        __ctx: *mut ::core::ffi::c_void,
        __id: u64,
    ) -> ::core::ffi::c_int {
        __ffi::remove_event_listener::<Tally>(__ctx, __id)
    }
    #[unsafe(export_name = "tally_poll_fd")]
    extern "C" fn __poll_fd(__ctx: *mut ::core::ffi::c_void) -> ::core::ffi::c_int {
        __ffi::poll_fd::<Tally>(__ctx)
    }
    #[unsafe(export_name = "tally_dispatch")]
    extern "C" fn __dispatch(
        __ctx: *mut ::core::ffi::c_void,
        __max: usize,
    ) -> ::core::ffi::c_int {
        __ffi::dispatch::<Tally>(__ctx, __max)
    }
    #[unsafe(export_name = "tally_call_cbor")]
    unsafe extern "C" fn __call_cbor(
        __ctx: *mut ::core::ffi::c_void,
        __function: *const ::core::ffi::c_char,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
        __request: *const u8,
        __len: usize,
    ) -> ::core::ffi::c_int {
        unsafe {
            __ffi::call_cbor::<
                Tally,
            >(__ctx, __function, __callback, __user_data, __request, __len)
        }
    }
    #[unsafe(export_name = "tally_cancel")]
    extern "C" fn __cancel(
        __ctx: *mut ::core::ffi::c_void,
        __user_data: *mut ::core::ffi::c_void,
    ) -> ::core::ffi::c_int {
        __ffi::cancel::<Tally>(__ctx, __user_data)
    }
    #[unsafe(export_name = "tally_close")]
    unsafe extern "C" fn __close(
        __ctx: *mut ::core::ffi::c_void,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
    ) -> ::core::ffi::c_int {
        unsafe { __ffi::close::<Tally>(__ctx, __callback, __user_data) }
    }
    #[unsafe(export_name = "tally_schema")]
    unsafe extern "C" fn __schema(__len: *mut usize) -> *const u8 {
        unsafe { __ffi::schema::<Tally>(__len) }
    }
    #[unsafe(export_name = "tally_abi_hash")]
    extern "C" fn __abi_hash() -> u64 {
        __ffi::abi_hash::<Tally>()
    }
    #[unsafe(export_name = "tally_last_error")]
    extern "C" fn __last_error() -> *const ::core::ffi::c_char {
        __ffi::last_error::<Tally>()
    }
};
#[ffi(__derived, rename_all = "camelCase")]
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
            let __place = ::core::mem::MaybeUninit::<__Pod>::uninit();
            let __pod = __place.as_ptr();
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
                                .add(
                                    __ffi::MemberName {
                                        name: "itemName",
                                        rust_name: "item_name",
                                    },
                                    &[" What is counted."],
                                    __ffi::offset_in(
                                        __pod,
                                        unsafe { &raw const (*__pod).item_name },
                                    ),
                                    |__schema| <String as __ffi::FfiType>::describe(__schema),
                                );
                        }
                        {
                            __builder
                                .add(
                                    __ffi::MemberName {
                                        name: "unit",
                                        rust_name: "unit",
                                    },
                                    &[],
                                    __ffi::offset_in(
                                        __pod,
                                        unsafe { &raw const (*__pod).unit },
                                    ),
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
/// What a number means.
pub enum Unit {
    Pieces,
    /// Grams.
    #[ffi(rename = "g")]
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
                value: Unit::Pieces as i32,
                make: || Unit::Pieces,
            },
            __ffi::Variant {
                name: "g",
                rust_name: "Grams",
                docs: &[" Grams."],
                value: Unit::Grams as i32,
                make: || Unit::Grams,
            },
        ];
    }
    const _: () = ::core::assert!(
        __ffi::fits_c_enum(Unit::Pieces as i128),
        "a discriminant must fit 32 bits, because the enum is an int32_t in C; choose a smaller one"
    );
    const _: () = ::core::assert!(
        __ffi::fits_c_enum(Unit::Grams as i128),
        "a discriminant must fit 32 bits, because the enum is an int32_t in C; choose a smaller one"
    );
    fn __value_and_name(__value: &Unit) -> (i32, &'static str) {
        match *__value {
            Unit::Pieces => (Unit::Pieces as i32, "Pieces"),
            Unit::Grams => (Unit::Grams as i32, "g"),
        }
    }
    unsafe impl __ffi::FfiType for Unit {
        type Pod = i32;
        unsafe fn from_pod(
            __pod: *const i32,
            _: &mut __ffi::pod::Reader,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            __ffi::variant_of_value(unsafe { __pod.read() })
        }
        unsafe fn write_pod(
            &mut self,
            __place: *mut i32,
            _: &mut __ffi::pod::Writer,
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
    unsafe impl __ffi::Scalar for Unit {}
};
/// Starts empty, or not.
pub fn tally_create(counts: Vec<Count>) -> Result<Tally, String> {
    Ok(Tally { counts })
}
#[allow(deprecated, non_snake_case, unreachable_patterns, clippy::all)]
const _: () = {
    use ::ffi_runtime::__private_0_1_0 as __ffi;
    struct __Args {
        counts: Vec<Count>,
    }
    const __MEMBERS: &[()] = &[()];
    #[repr(C)]
    struct __Pod {
        counts: <Vec<Count> as __ffi::FfiType>::Pod,
        __empty: [u8; __MEMBERS.is_empty() as usize],
    }
    unsafe impl __ffi::Arguments for __Args {
        type Pod = __Pod;
        const STACK: usize = {
            const fn bounds<Late>() -> [usize; __MEMBERS.len()] {
                [
                    __ffi::stack_of_member::<
                        <Vec<Count> as __ffi::FfiType>::Pod,
                    >(const { <Vec<Count> as __ffi::FfiType>::STACK }),
                ]
            }
            __ffi::StackOf::<Self>::record(bounds::<()>())
        };
        unsafe fn from_pod(
            __pod: *const __Pod,
            __source: &mut __ffi::pod::Reader,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            ::core::result::Result::Ok(Self {
                counts: __ffi::within(
                    "counts",
                    unsafe {
                        <Vec<
                            Count,
                        > as __ffi::FfiType>::from_pod(
                            &raw const (*__pod).counts,
                            __source,
                        )
                    },
                )?,
            })
        }
        fn decode(
            __reader: &mut __ffi::cbor::Reader<'_>,
        ) -> ::core::result::Result<Self, __ffi::Fault> {
            let mut __slot_counts = __ffi::Slot::new::<
                <Vec<Count> as __ffi::FfiType>::Pod,
            >(|__reader| <Vec<Count> as __ffi::FfiType>::decode(__reader));
            __reader
                .request(|__reader, mut __map| {
                    __slot_counts.expect("counts", __reader, &mut __map)?;
                    if __map.is_over() {
                        return ::core::result::Result::Ok(());
                    }
                    __reader.rest(__map, &mut [("counts", &mut __slot_counts)])
                })?;
            ::core::result::Result::Ok(Self {
                counts: __ffi::within(
                    "counts",
                    __slot_counts
                        .take(|| <Vec<Count> as __ffi::FfiType>::absent(__reader)),
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
                                <Vec<Count> as __ffi::FfiType>::Pod,
                            >(
                                __ffi::MemberName {
                                    name: "counts",
                                    rust_name: "counts",
                                },
                                &[],
                                |__schema| <Vec<
                                    Count,
                                > as __ffi::FfiType>::describe(__schema),
                            );
                    }
                })
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
    #[unsafe(export_name = "tally_create")]
    unsafe extern "C" fn __entry(
        counts: <Vec<Count> as __ffi::FfiType>::Pod,
        __callback: __ffi::FfiCallback,
        __user_data: *mut ::core::ffi::c_void,
    ) -> *mut ::core::ffi::c_void {
        let __pod = __Pod {
            counts: counts,
            __empty: [0; __MEMBERS.is_empty() as usize],
        };
        unsafe {
            __ffi::create_pod::<__Constructor>(__callback, __user_data, &raw const __pod)
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
        ::core::assert!(
            __ENTRY.has_prefix(),
            "the symbol `tally_create` must begin with its library's name and `_`; rename the function"
        );
        ::core::assert!(
            ! __ENTRY.is_own_symbol(),
            "`tally_create` is one of the library's own names in C; rename the function"
        );
    };
    __ffi::inventory::submit!(__ENTRY);
};
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
                let __place = ::core::mem::MaybeUninit::<__Pod>::uninit();
                let __pod = __place.as_ptr();
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
                                    .add(
                                        __ffi::MemberName {
                                            name: "newCount",
                                            rust_name: "new_count",
                                        },
                                        &[" What is counted now."],
                                        __ffi::offset_in(
                                            __pod,
                                            unsafe { &raw const (*__pod).new_count },
                                        ),
                                        |__schema| <Count as __ffi::FfiType>::describe(__schema),
                                    );
                            }
                            #[cfg(feature = "notes")]
                            {
                                __builder
                                    .add(
                                        __ffi::MemberName {
                                            name: "note",
                                            rust_name: "note",
                                        },
                                        &[],
                                        __ffi::offset_in(
                                            __pod,
                                            unsafe { &raw const (*__pod).note },
                                        ),
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
        ::core::assert!(
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
        ::core::assert!(
            __ENTRY.has_prefix(),
            "the symbol `tally_destroy` must begin with its library's name and `_`; rename the function"
        );
        ::core::assert!(
            ! __ENTRY.is_own_symbol(),
            "`tally_destroy` is one of the library's own names in C; rename the function"
        );
    };
    __ffi::inventory::submit!(__ENTRY);
};
