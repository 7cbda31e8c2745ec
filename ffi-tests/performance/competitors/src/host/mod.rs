//! The host: its values, and how it waits.

mod machine;
mod sum;
mod value;
mod word;

pub(crate) use machine::{describe, pin};
pub(crate) use sum::Sum;
pub(crate) use value::{Message, Record, own_text, text};
pub(crate) use word::Word;
