//! How an enum with data crosses: what a library's bindings list it in.

use super::arena::Arena;
use super::error::Fault;
use super::native::Take;
#[cfg(feature = "cbor")]
use super::{
    cbor::{Reader, Writer},
    tuple::tuple,
    variant::Variant,
    wire::Fields,
};
#[cfg(feature = "cbor")]
use ciborium_ll::Header;

/// The variant with this tag, on the native path.
///
/// Each is lent and taken by functions of its own, so that a frame of an unoptimised build holds one variant and not
/// all: a value may hold others of its own kind, which are lent and taken within its frame.
pub(crate) trait Tagged<const TAG: i32>: Take {
    /// What it holds, borrowed.
    type Parts<'a>;

    /// What it holds, as it stands in C.
    type Form: Copy + 'static;

    /// Makes the C form of the whole.
    fn lend_variant(parts: Self::Parts<'_>, arena: &mut Arena) -> Result<Self::Mirror, Fault>;

    /// Copies the value out of the C form of the whole.
    ///
    /// # Safety
    /// The library made the form, which has this tag, and what it points to is there.
    unsafe fn take_variant(mirror: &Self::Mirror) -> Result<Self, Fault>;
}

/// An enum with data, on the wire.
#[cfg(feature = "cbor")]
pub(crate) trait Variants: Sized + 'static {
    /// Its name.
    const NAME: &'static str;

    /// Its variants.
    const VARIANTS: &'static [Known<Self>];

    /// Reads a value, on the heap: its reader's frame, in which others of its kind may be read, is small.
    fn read(reader: &mut Reader<'_>) -> Result<Box<Self>, Fault> {
        let (variant, known) = Self::begin(reader)?;
        let value = (known.read)(&variant, reader);
        value.and_then(|value| variant.end(reader).map(|()| value))
    }

    /// Reads which variant it is.
    fn begin(reader: &mut Reader<'_>) -> Result<(Variant, &'static Known<Self>), Fault> {
        let variant = Variant::read(reader)?;
        match Self::VARIANTS.iter().find(|known| known.key == variant.name()) {
            Some(known) => Ok((variant, known)),
            None => Err(Fault::new(format!("{:?} is no {}", variant.name(), Self::NAME))),
        }
    }
}

/// A variant that these bindings know.
#[cfg(feature = "cbor")]
pub(crate) struct Known<T> {
    pub(crate) key: &'static str,
    pub(crate) read: fn(&Variant, &mut Reader<'_>) -> Result<Box<T>, Fault>,
}

/// Reads fields without names: an array of exactly these.
#[cfg(feature = "cbor")]
pub(crate) fn unnamed<F: Fields>(reader: &mut Reader<'_>) -> Result<Box<F>, Fault> {
    let mut fields = Box::<F>::default();
    tuple(reader, F::FIELDS.len(), |reader, place| (F::FIELDS[place].read)(&mut fields, reader))?;
    Ok(fields)
}

/// Begins a variant that holds something, which follows.
#[cfg(feature = "cbor")]
pub(crate) fn begin(writer: &mut Writer, key: &str) {
    writer.map(&[key]);
    writer.text(key);
}

/// Begins an array with what stands at these places.
#[cfg(feature = "cbor")]
pub(crate) fn array(writer: &mut Writer, places: &[&str]) {
    writer.head(Header::Array(Some(places.len())));
}

/// An enum's form in C: its size, with the place of its union, and in that the places of what each variant holds; and
/// its form on the wire. What stands behind `@` is the place of a field without a name.
macro_rules! data_enum {
    ($name:ident, $size:literal at $start:literal {
        $($kind:ident $variant:ident = $tag:literal as $key:literal {
            $($field:ident $(@ $place:tt)?: $ty:ty = $field_key:literal at $offset:literal),* $(,)?
        }),* $(,)?
    }) => {
        const _: () = {
            use $crate::runtime::{arena::Arena, data_enums::Tagged, error::Fault, native, shape::Shape};

            impl Shape for $crate::types::$name {
                type Value = Self;
            }

            #[repr(C)]
            #[derive(Clone, Copy)]
            pub(crate) struct Mirror {
                tag: i32,
                value: Union,
            }

            /// What the variant of the tag holds.
            #[repr(C)]
            #[derive(Clone, Copy)]
            #[allow(non_snake_case, reason = "it is called as the variants are")]
            pub(crate) union Union {
                nothing: [u8; $size - $start],
                $($variant: <$crate::types::$name as Tagged<$tag>>::Form,)*
            }

            // Where this fails, the bindings are of a library for another kind of machine.
            assert!(size_of::<Mirror>() == $size && std::mem::offset_of!(Mirror, value) == $start);

            impl native::Lend for $crate::types::$name {
                type Mirror = Mirror;

                fn lend(value: &Self, arena: &mut Arena) -> Result<Mirror, Fault> {
                    match value {
                        $($crate::types::$name::$variant { $($($place:)? $field),* } => {
                            <Self as Tagged<$tag>>::lend_variant(($($field,)*), arena)
                        })*
                    }
                }
            }

            impl native::Take for $crate::types::$name {
                unsafe fn take(mirror: &Mirror) -> Result<Self, Fault> {
                    match mirror.tag {
                        $($tag => {
                            // SAFETY: the caller's promise; this is the tag.
                            unsafe { <Self as Tagged<$tag>>::take_variant(mirror) }
                        })*
                        other => Err(Fault::new(format!("{other} is no {}", stringify!($name)))),
                    }
                }
            }

            $(const _: () = {
                #[repr(C)]
                #[derive(Clone, Copy)]
                pub(crate) struct Form {
                    $($field: <$ty as native::Lend>::Mirror,)*
                }

                $(assert!(std::mem::offset_of!(Form, $field) == $offset);)*

                #[allow(unused_variables, reason = "there are variants that hold nothing")]
                impl Tagged<$tag> for $crate::types::$name {
                    type Parts<'a> = ($(&'a <$ty as Shape>::Value,)*);

                    type Form = Form;

                    fn lend_variant(($($field,)*): <Self as Tagged<$tag>>::Parts<'_>, arena: &mut Arena) -> Result<Mirror, Fault> {
                        let mut value = Union { nothing: [0; $size - $start] };
                        value.$variant = Form {
                            $($field: <$ty as native::Lend>::lend($field, arena)
                                .map_err(|fault| fault.at_key(way!($kind $key $field_key)))?,)*
                        };
                        Ok(Mirror { tag: $tag, value })
                    }

                    unsafe fn take_variant(mirror: &Mirror) -> Result<Self, Fault> {
                        // SAFETY: by the caller's promise this is the variant that the library wrote.
                        let form = unsafe { &mirror.value.$variant };
                        $(
                            // SAFETY: the caller's promise.
                            let $field = unsafe { <$ty as native::Take>::take(&form.$field) }
                                .map_err(|fault| fault.at_key(way!($kind $key $field_key)))?;
                        )*
                        Ok($crate::types::$name::$variant { $($($place:)? $field),* })
                    }
                }
            };)*
        };
        wire_data_enum! {
            $name { $($kind $variant as $key { $($field $(@ $place)?: $ty = $field_key),* }),* }
        }
    };
}

/// The way to a field from its enum.
macro_rules! way {
    (value $variant:literal $field:literal) => {
        $variant
    };
    ($kind:ident $variant:literal $field:literal) => {
        concat!($variant, ".", $field)
    };
}

/// An enum's form on the wire.
#[cfg(feature = "cbor")]
macro_rules! wire_data_enum {
    ($name:ident {
        $($kind:ident $variant:ident as $key:literal {
            $($field:ident $(@ $place:tt)?: $ty:ty = $field_key:literal),*
        }),*
    }) => {
        const _: () = {
            use $crate::runtime::{cbor, data_enums, error::Fault, wire};

            impl wire::Encode for $crate::types::$name {
                fn encode(value: &Self, writer: &mut cbor::Writer) -> Result<(), Fault> {
                    match value {
                        $($crate::types::$name::$variant { $($($place:)? $field),* } => {
                            encode_variant!($kind writer $key { $($field: $ty = $field_key),* });
                        })*
                    }
                    Ok(())
                }
            }

            impl data_enums::Variants for $crate::types::$name {
                const NAME: &'static str = stringify!($name);

                const VARIANTS: &'static [data_enums::Known<Self>] = &[$(data_enums::Known {
                    key: $key,
                    read: decode_variant!($kind $name::$variant { $($field $(@ $place)?: $ty = $field_key),* }),
                }),*];
            }

            impl wire::Decode for $crate::types::$name {
                fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                    <Self as data_enums::Variants>::read(reader).map(|value| *value)
                }

                fn decode_boxed(reader: &mut cbor::Reader<'_>) -> Result<Box<Self>, Fault> {
                    <Self as data_enums::Variants>::read(reader)
                }

                fn decode_onto(values: &mut Vec<Self>, reader: &mut cbor::Reader<'_>) -> Result<(), Fault> {
                    <Self as data_enums::Variants>::read(reader).map(|value| values.push(*value))
                }
            }
        };
    };
}

/// Writes a variant.
#[cfg(feature = "cbor")]
macro_rules! encode_variant {
    (unit $writer:ident $key:literal {}) => {
        $writer.text($key)
    };
    (value $writer:ident $key:literal { $field:ident: $ty:ty = $field_key:literal }) => {
        data_enums::begin($writer, $key);
        <$ty as wire::Encode>::encode($field, $writer).map_err(|fault| fault.at_key(way!(value $key $field_key)))?;
    };
    (tuple $writer:ident $key:literal { $($field:ident: $ty:ty = $field_key:literal),* }) => {
        data_enums::begin($writer, $key);
        data_enums::array($writer, &[$($field_key),*]);
        $(<$ty as wire::Encode>::encode($field, $writer).map_err(|fault| fault.at_key(way!(tuple $key $field_key)))?;)*
    };
    (fields $writer:ident $key:literal { $($field:ident: $ty:ty = $field_key:literal),* }) => {
        data_enums::begin($writer, $key);
        $writer.map(&[$($field_key),*]);
        $(
            $writer.text($field_key);
            <$ty as wire::Encode>::encode($field, $writer).map_err(|fault| fault.at_key(way!(fields $key $field_key)))?;
        )*
    };
}

/// The function that reads what a variant holds.
#[cfg(feature = "cbor")]
macro_rules! decode_variant {
    (unit $name:ident::$variant:ident {}) => {
        |variant, reader| variant.nothing(reader).map(|()| Box::new($crate::types::$name::$variant))
    };
    (value $name:ident::$variant:ident { $field:ident @ $place:tt: $ty:ty = $key:literal }) => {
        |variant, reader| {
            let value = variant.value(reader, <$ty as wire::Decode>::decode);
            value.map(|value| Box::new($crate::types::$name::$variant(value)))
        }
    };
    (tuple $name:ident::$variant:ident { $($fields:tt)* }) => {
        decode_variant!(@of data_enums::unnamed, $name::$variant { $($fields)* })
    };
    (fields $name:ident::$variant:ident { $($fields:tt)* }) => {
        decode_variant!(@of wire::Fields::read, $name::$variant { $($fields)* })
    };
    (@of $read:path, $name:ident::$variant:ident { $($field:ident $(@ $place:tt)?: $ty:ty = $key:literal),* }) => {{
        wire_fields! { $($field: $ty = $key),* }

        #[allow(clippy::boxed_local, reason = "boxed for what is large; clippy counts what is small")]
        fn finish(fields: Box<Fields>) -> Box<$crate::types::$name> {
            let Fields { $($field),* } = *fields;
            $(let $field = $field.expect("a field that is complete");)*
            Box::new($crate::types::$name::$variant { $($($place:)? $field),* })
        }

        |variant, reader| variant.fields(reader, $read).map(finish)
    }};
}

/// There is no wire.
#[cfg(not(feature = "cbor"))]
macro_rules! wire_data_enum {
    ($($anything:tt)*) => {};
}
