//! How tuples and arrays cross: as structs in C, and as arrays of exactly their length on the wire.

use super::arena::Arena;
use super::error::Fault;
use super::native::{Lend, Take};
#[cfg(feature = "cbor")]
use super::{
    cbor::{Reader, Writer},
    tuple::tuple,
    wire::{Decode, Encode, decode_to},
};
#[cfg(feature = "cbor")]
use ciborium_ll::Header;

/// `L_arrayN_T`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Array<M, const N: usize> {
    items: [M; N],
}

impl<S: Lend, const N: usize> Lend for [S; N] {
    type Mirror = Array<S::Mirror, N>;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        let lend = |(index, item)| S::lend(item, arena).map_err(|fault| fault.at_index(index));
        let mirrors = value.iter().enumerate().map(lend).collect::<Result<Vec<_>, _>>()?;
        Ok(Array { items: mirrors.try_into().unwrap_or_else(|_| unreachable!("{AS_MANY}")) })
    }
}

const AS_MANY: &str = "there are as many as in the array";

impl<S: Take, const N: usize> Take for [S; N] {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self::Value, Fault> {
        // SAFETY: the caller's promise.
        unsafe { Self::take_boxed(mirror) }.map(|array| *array)
    }

    unsafe fn take_boxed(mirror: &Self::Mirror) -> Result<Box<Self::Value>, Fault> {
        // SAFETY: the caller's promise; there are as many forms in a row.
        unsafe { S::take_list(mirror.items.as_ptr(), N) }.map(into_array)
    }
}

/// A list of as many values as an array, where it stays.
fn into_array<T, const N: usize>(values: Vec<T>) -> Box<[T; N]> {
    values.into_boxed_slice().try_into().unwrap_or_else(|_| unreachable!("{AS_MANY}"))
}

/// Tuples, whose forms in C are `L_tupleN_…`.
macro_rules! tuples {
    ($($Form:ident: $($S:ident $field:ident $place:tt),*;)*) => { $(
        #[repr(C)]
        #[derive(Clone, Copy)]
        pub(crate) struct $Form<$($S),*> {
            $($field: $S,)*
        }

        impl<$($S: Lend),*> Lend for ($($S,)*) {
            type Mirror = $Form<$($S::Mirror),*>;

            fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
                Ok($Form {
                    $($field: $S::lend(&value.$place, arena).map_err(|fault| fault.at_key(stringify!($place)))?,)*
                })
            }
        }

        impl<$($S: Take),*> Take for ($($S,)*) {
            unsafe fn take(mirror: &Self::Mirror) -> Result<Self::Value, Fault> {
                Ok(($({
                    // SAFETY: the caller's promise.
                    unsafe { $S::take(&mirror.$field) }.map_err(|fault| fault.at_key(stringify!($place)))?
                },)*))
            }
        }

        #[cfg(feature = "cbor")]
        wire_tuple! { $($S $place),* }
    )* };
}

/// The same on the wire.
#[cfg(feature = "cbor")]
macro_rules! wire_tuple {
    ($($S:ident $place:tt),*) => {
        impl<$($S: Encode),*> Encode for ($($S,)*) {
            fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
                writer.head(Header::Array(Some([$($place),*].len())));
                $($S::encode(&value.$place, writer).map_err(|fault| fault.at_key(stringify!($place)))?;)*
                Ok(())
            }
        }

        impl<$($S: Decode),*> Decode for ($($S,)*) {
            fn decode(reader: &mut Reader<'_>) -> Result<Self::Value, Fault> {
                Self::decode_boxed(reader).map(|value| *value)
            }

            fn decode_boxed(reader: &mut Reader<'_>) -> Result<Box<Self::Value>, Fault> {
                // On the heap, as a record's fields: an element may hold others of the tuple's kind.
                let mut parts = Box::<($(Option<$S::Value>,)*)>::default();
                tuple(reader, [$($place),*].len(), |reader, place| match place {
                    $($place => part::<$S>(&mut parts.$place, stringify!($place), reader),)*
                    other => unreachable!("{other} is no place of the tuple"),
                })?;
                Ok(whole(parts, |parts| ($(parts.$place.expect("an element that was read"),)*)))
            }

            fn decode_onto(values: &mut Vec<Self::Value>, reader: &mut Reader<'_>) -> Result<(), Fault> {
                Self::decode_boxed(reader).map(|value| values.push(*value))
            }
        }
    };
}

/// Reads the element at a place.
#[cfg(feature = "cbor")]
fn part<S: Decode>(part: &mut Option<S::Value>, place: &str, reader: &mut Reader<'_>) -> Result<(), Fault> {
    decode_to::<S>(reader, |value| *part = Some(value)).map_err(|fault| fault.at_key(place))
}

/// The whole of what was read, in a frame of its own.
#[cfg(feature = "cbor")]
#[allow(clippy::boxed_local, reason = "boxed for what is large")]
fn whole<P, T>(parts: Box<P>, of: impl FnOnce(P) -> T) -> Box<T> {
    Box::new(of(*parts))
}

#[cfg(feature = "cbor")]
impl<S: Encode, const N: usize> Encode for [S; N] {
    fn encode(value: &Self::Value, writer: &mut Writer) -> Result<(), Fault> {
        S::encode_list(value, writer)
    }
}

#[cfg(feature = "cbor")]
impl<S: Decode, const N: usize> Decode for [S; N] {
    fn decode(reader: &mut Reader<'_>) -> Result<Self::Value, Fault> {
        Self::decode_boxed(reader).map(|value| *value)
    }

    fn decode_boxed(reader: &mut Reader<'_>) -> Result<Box<Self::Value>, Fault> {
        S::decode_exactly(N, reader).map(into_array)
    }

    fn decode_onto(values: &mut Vec<Self::Value>, reader: &mut Reader<'_>) -> Result<(), Fault> {
        Self::decode_boxed(reader).map(|value| values.push(*value))
    }
}

tuples! {
    Tuple1: A _0 0;
    Tuple2: A _0 0, B _1 1;
    Tuple3: A _0 0, B _1 1, C _2 2;
    Tuple4: A _0 0, B _1 1, C _2 2, D _3 3;
    Tuple5: A _0 0, B _1 1, C _2 2, D _3 3, E _4 4;
    Tuple6: A _0 0, B _1 1, C _2 2, D _3 3, E _4 4, F _5 5;
    Tuple7: A _0 0, B _1 1, C _2 2, D _3 3, E _4 4, F _5 5, G _6 6;
    Tuple8: A _0 0, B _1 1, C _2 2, D _3 3, E _4 4, F _5 5, G _6 6, H _7 7;
    Tuple9: A _0 0, B _1 1, C _2 2, D _3 3, E _4 4, F _5 5, G _6 6, H _7 7, I _8 8;
    Tuple10: A _0 0, B _1 1, C _2 2, D _3 3, E _4 4, F _5 5, G _6 6, H _7 7, I _8 8, J _9 9;
    Tuple11: A _0 0, B _1 1, C _2 2, D _3 3, E _4 4, F _5 5, G _6 6, H _7 7, I _8 8, J _9 9, K _10 10;
    Tuple12: A _0 0, B _1 1, C _2 2, D _3 3, E _4 4, F _5 5, G _6 6, H _7 7, I _8 8, J _9 9, K _10 10, L _11 11;
}
