//! Enums with data: every form of variant, nested in each other, in themselves, and in records.

use crate::everything::{Level, Point, Tree};
use ffi_runtime::ffi;

/// What a page is made of.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Block {
    /// A line from side to side.
    #[default]
    Rule,
    /// A text alone.
    Paragraph(String),
    /// A number with its unit, if it has one.
    Measure(f64, Option<char>),
    /// A heading, and what stands below it.
    #[ffi(rename_all = "camelCase")]
    Heading {
        /// How deep it is.
        level_of: u8,
        /// Whether it is bold.
        in_bold: bool,
        /// What stands below it.
        children: Vec<Block>,
    },
    /// What somebody else said.
    Quote(Box<Block>),
    /// A block in a style.
    Styled {
        /// How much of it.
        r#type: Level,
        /// Where it stands.
        at: Point,
        /// What stands there, if anything does.
        inner: Option<Box<Block>>,
    },
    /// A picture, under another name.
    #[ffi(rename = "image")]
    Picture(Vec<u8>),
    /// A tree.
    Planted(Tree),
    /// Another enum with data.
    Signed(Sign),
}

/// A sign before a number.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Sign {
    /// None.
    #[default]
    Without,
    /// Above zero.
    Plus(u8),
    /// Below zero.
    Minus {
        /// By how much.
        by: i64,
    },
    /// Between two numbers.
    Between(i16, i16),
}

/// Blocks in a record, by value and behind a pointer.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// What stands at the top.
    pub title: String,
    /// The first block.
    pub first: Block,
    /// The others.
    pub others: Vec<Block>,
    /// A sign, if there is one.
    pub sign: Option<Sign>,
}
