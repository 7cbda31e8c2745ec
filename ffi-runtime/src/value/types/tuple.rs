//! Tuples of one to twelve values.

use super::FfiType;
use super::present::Present;
use crate::error::{Fault, within};
use crate::schema::{SchemaBuilder, Type};
use crate::stack::StackOf;
use crate::value::pod::{
    PodTuple1, PodTuple2, PodTuple3, PodTuple4, PodTuple5, PodTuple6, PodTuple7, PodTuple8, PodTuple9, PodTuple10,
    PodTuple11, PodTuple12, ReadFields, TextForm, WriteFields, any,
};
use crate::value::{cbor, pod};

macro_rules! tuples {
    ($($len:literal $tuple:ident: $($T:ident $field:tt $name:literal),*;)*) => {$(
        // SAFETY: a `#[repr(C)]` struct of the values' own forms, which are written and read in that order.
        unsafe impl<$($T: FfiType),*> FfiType for ($($T,)*) {
            type Pod<F: TextForm> = $tuple<$($T::Pod<F>),*>;

            const BY_POINTER: bool = any([$($T::BY_POINTER),*]);

            const STACK: usize = StackOf::<Self>::record([$($T::STACK),*]);

            unsafe fn from_pod<F: TextForm>(
                pod: *const Self::Pod<F>,
                reader: &mut pod::Reader<F>,
            ) -> Result<Self, Fault> {
                // SAFETY: the form holds those of the values, in this order.
                let mut fields = unsafe { ReadFields::of_record(pod, reader) }?;
                let value = ($($T::read_field(&mut fields, $name)?.0,)*);
                fields.leave();
                Ok(value)
            }

            unsafe fn write_pod<F: TextForm>(
                &mut self,
                place: *mut Self::Pod<F>,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                // SAFETY: the place takes the forms of the values, in this order.
                let mut fields = unsafe { WriteFields::of_record(place, writer) }?;
                $(self.$field.write_field(&mut fields, $name)?;)*
                fields.leave();
                Ok(())
            }

            unsafe fn write_shared<F: TextForm>(
                &self,
                place: *mut Self::Pod<F>,
                writer: &mut pod::Writer<F>,
            ) -> Result<(), Fault> {
                // SAFETY: the place takes the forms of the values, in this order.
                let mut fields = unsafe { WriteFields::of_record(place, writer) }?;
                $(self.$field.write_shared_field(&mut fields, $name)?;)*
                fields.leave();
                Ok(())
            }

            fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
                writer.elements($len, |writer| {
                    $(within($name, self.$field.encode(writer))?;)*
                    Ok(())
                })
            }

            fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
                reader.level(|reader| {
                    let mut tuple = reader.tuple($len)?;
                    let value = ($(within($name, $T::decode(tuple.next()?))?,)*);
                    tuple.end()?;
                    Ok(value)
                })
            }

            fn describe(schema: &mut SchemaBuilder) -> Type {
                Type::Tuple(vec![$($T::describe(schema)),*])
            }
        }

        impl<$($T: FfiType),*> Present for ($($T,)*) {}
    )*};
}

tuples! {
    1 PodTuple1: A 0 "0";
    2 PodTuple2: A 0 "0", B 1 "1";
    3 PodTuple3: A 0 "0", B 1 "1", C 2 "2";
    4 PodTuple4: A 0 "0", B 1 "1", C 2 "2", D 3 "3";
    5 PodTuple5: A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4";
    6 PodTuple6: A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", G 5 "5";
    7 PodTuple7: A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", G 5 "5", H 6 "6";
    8 PodTuple8: A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", G 5 "5", H 6 "6", I 7 "7";
    9 PodTuple9: A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", G 5 "5", H 6 "6", I 7 "7", J 8 "8";
    10 PodTuple10: A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", G 5 "5", H 6 "6", I 7 "7", J 8 "8", K 9 "9";
    11 PodTuple11: A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", G 5 "5", H 6 "6", I 7 "7", J 8 "8", K 9 "9",
        L 10 "10";
    12 PodTuple12: A 0 "0", B 1 "1", C 2 "2", D 3 "3", E 4 "4", G 5 "5", H 6 "6", I 7 "7", J 8 "8", K 9 "9",
        L 10 "10", M 11 "11";
}
