//! How a record and an enumeration cross: what a library's bindings list them in.

/// A record's form in C, with its size and its fields' places there, and its form on the wire.
macro_rules! record {
    ($name:ident, $size:literal {}) => {
        const _: () = {
            use $crate::runtime::{arena::Arena, error::Fault, native, shape::Shape};

            impl Shape for $crate::types::$name {
                type Value = Self;
            }

            /// C has no empty struct.
            #[repr(C)]
            #[derive(Clone, Copy)]
            pub(crate) struct Mirror {
                nothing: u8,
            }

            assert!(size_of::<Mirror>() == $size);

            impl native::Lend for $crate::types::$name {
                type Mirror = Mirror;

                fn lend(_: &Self, _: &mut Arena) -> Result<Mirror, Fault> {
                    Ok(Mirror { nothing: 0 })
                }
            }

            impl native::Take for $crate::types::$name {
                unsafe fn take(_: &Mirror) -> Result<Self, Fault> {
                    Ok(Self {})
                }
            }
        };
        wire_record! { $name {} }
    };
    ($name:ident, $size:literal { $($field:ident: $ty:ty = $key:literal at $offset:literal),+ $(,)? }) => {
        const _: () = {
            use $crate::runtime::{arena::Arena, error::Fault, native, shape::Shape};

            impl Shape for $crate::types::$name {
                type Value = Self;
            }

            #[repr(C)]
            #[derive(Clone, Copy)]
            pub(crate) struct Mirror {
                $($field: <$ty as native::Lend>::Mirror,)+
            }

            // Where this fails, the bindings are of a library for another kind of machine.
            assert!(size_of::<Mirror>() == $size $(&& std::mem::offset_of!(Mirror, $field) == $offset)+);

            impl native::Lend for $crate::types::$name {
                type Mirror = Mirror;

                fn lend(value: &Self, arena: &mut Arena) -> Result<Mirror, Fault> {
                    Ok(Mirror {
                        $($field: <$ty as native::Lend>::lend(&value.$field, arena)
                            .map_err(|fault| fault.at_key($key))?,)+
                    })
                }
            }

            impl native::Take for $crate::types::$name {
                unsafe fn take(mirror: &Mirror) -> Result<Self, Fault> {
                    Ok(Self {
                        $($field: {
                            // SAFETY: the caller's promise.
                            unsafe { <$ty as native::Take>::take(&mirror.$field) }.map_err(|fault| fault.at_key($key))?
                        },)+
                    })
                }
            }
        };
        wire_record! { $name { $($field: $ty = $key),+ } }
    };
}

/// A record's form on the wire.
#[cfg(feature = "cbor")]
macro_rules! wire_record {
    ($name:ident { $($field:ident: $ty:ty = $key:literal),* }) => {
        const _: () = {
            use $crate::runtime::{cbor, error::Fault, wire};

            impl wire::Encode for $crate::types::$name {
                #[allow(unused_variables, reason = "there are records without fields")]
                fn encode(value: &Self, writer: &mut cbor::Writer) -> Result<(), Fault> {
                    writer.map(&[$($key),*]);
                    $(
                        writer.text($key);
                        <$ty as wire::Encode>::encode(&value.$field, writer).map_err(|fault| fault.at_key($key))?;
                    )*
                    Ok(())
                }
            }

            wire_fields! { $($field: $ty = $key),* }

            #[allow(clippy::boxed_local, reason = "boxed for the fields of large records; clippy counts those of small ones")]
            impl Fields {
                fn finish(self: Box<Self>) -> $crate::types::$name {
                    let Self { $($field),* } = *self;
                    $crate::types::$name { $($field: $field.expect("a field that is complete"),)* }
                }

                fn finish_boxed(self: Box<Self>) -> Box<$crate::types::$name> {
                    Box::new(self.finish())
                }

                fn finish_onto(self: Box<Self>, values: &mut Vec<$crate::types::$name>) {
                    values.push(self.finish());
                }
            }

            impl wire::Decode for $crate::types::$name {
                fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                    <Fields as wire::Fields>::read(reader).map(Fields::finish)
                }

                fn decode_boxed(reader: &mut cbor::Reader<'_>) -> Result<Box<Self>, Fault> {
                    <Fields as wire::Fields>::read(reader).map(Fields::finish_boxed)
                }

                fn decode_onto(values: &mut Vec<Self>, reader: &mut cbor::Reader<'_>) -> Result<(), Fault> {
                    <Fields as wire::Fields>::read(reader).map(|fields| fields.finish_onto(values))
                }
            }
        };
    };
}

/// The fields of a record, or of a variant that holds something, while they are read.
#[cfg(feature = "cbor")]
macro_rules! wire_fields {
    ($($field:ident: $ty:ty = $key:literal),*) => {
        /// The fields as far as they were read.
        #[derive(Default)]
        struct Fields {
            $($field: Option<<$ty as $crate::runtime::shape::Shape>::Value>,)*
        }

        impl wire::Fields for Fields {
            const FIELDS: &'static [wire::Field<Self>] = &[$(wire::Field {
                key: $key,
                read: |fields, reader| wire::once(&mut fields.$field, $key, <$ty as wire::Decode>::decode(reader)),
                complete: |fields| wire::complete::<$ty>(&mut fields.$field, $key),
            },)*];
        }
    };
}

/// There is no wire.
#[cfg(not(feature = "cbor"))]
macro_rules! wire_record {
    ($($anything:tt)*) => {};
}

/// An enumeration's form in C and on the wire.
macro_rules! enumeration {
    ($name:ident { $($variant:ident = $value:literal as $key:literal),* $(,)? }) => {
        const _: () = {
            use $crate::runtime::{arena::Arena, error::Fault, native, shape::Shape};

            impl Shape for $crate::types::$name {
                type Value = Self;
            }

            impl native::Lend for $crate::types::$name {
                type Mirror = i32;

                fn lend(value: &Self, _: &mut Arena) -> Result<i32, Fault> {
                    Ok(*value as i32)
                }
            }

            impl native::Take for $crate::types::$name {
                unsafe fn take(mirror: &i32) -> Result<Self, Fault> {
                    match *mirror {
                        $($value => Ok(Self::$variant),)*
                        other => Err(Fault::new(format!("{other} is no {}", stringify!($name)))),
                    }
                }
            }
        };
        wire_enumeration! { $name { $($variant as $key),* } }
    };
}

/// An enumeration's form on the wire.
#[cfg(feature = "cbor")]
macro_rules! wire_enumeration {
    ($name:ident { $($variant:ident as $key:literal),* }) => {
        const _: () = {
            use $crate::runtime::{cbor, error::Fault, wire};

            impl wire::Encode for $crate::types::$name {
                fn encode(value: &Self, writer: &mut cbor::Writer) -> Result<(), Fault> {
                    writer.text(match value {
                        $(Self::$variant => $key,)*
                    });
                    Ok(())
                }
            }

            impl wire::Decode for $crate::types::$name {
                fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                    match reader.text()?.as_str() {
                        $($key => Ok(Self::$variant),)*
                        other => Err(Fault::new(format!("{other:?} is no {}", stringify!($name)))),
                    }
                }
            }
        };
    };
}

/// There is no wire.
#[cfg(not(feature = "cbor"))]
macro_rules! wire_enumeration {
    ($($anything:tt)*) => {};
}
