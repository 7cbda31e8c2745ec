//! One struct with every type and nesting.

use crate::Money;
use ffi_runtime::ffi;

/// An alias, which the library sees through.
pub type Temperatures = Vec<f32>;

/// A place in the plane.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards, if known.
    pub y: Option<f64>,
}

/// A level, whose values reach both ends of 32 bits.
#[ffi]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The smallest value.
    Lowest = i32::MIN as isize,
    /// Zero.
    #[default]
    Middle = 0,
    /// One more than the one before.
    Next,
    /// The greatest value, under another name.
    #[ffi(rename = "top")]
    Highest = i32::MAX as isize,
}

/// Nothing at all.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Empty {}

/// A type that contains itself through a list.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// A number to tell trees apart.
    pub value: i32,
    /// Trees again.
    pub children: Vec<Tree>,
}

/// A type that contains itself through a box.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// A number to tell links apart.
    pub value: i32,
    /// The next link, if there is one.
    pub next: Option<Box<Link>>,
}

/// Names that mean something in C or C++.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keywords {
    /// A raw identifier in Rust.
    pub r#type: i8,
    /// A raw identifier that is a keyword in C too.
    pub r#struct: i8,
    /// A keyword in C++.
    pub class: i8,
    /// A keyword in C.
    pub int: i8,
    /// A keyword in C++.
    pub new: i8,
    /// A macro of some compilers.
    pub linux: i8,
    /// A macro of the standard library.
    pub errno: i8,
    /// Another case on the wire and in C.
    #[ffi(rename = "otherName")]
    pub other_name: i8,
}

/// Every type, nested in every way.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "each field is named after its type")]
pub struct Everything {
    pub byte: u8,
    pub i8: i8,
    pub i16: i16,
    pub i32: i32,
    pub i64: i64,
    pub u16: u16,
    pub u32: u32,
    pub u64: u64,
    pub isize: isize,
    pub usize: usize,
    pub f32: f32,
    pub f64: f64,
    pub bool: bool,
    pub char: char,
    pub string: String,
    pub bytes: Vec<u8>,
    pub level: Level,
    pub point: Point,
    pub empty: Empty,
    pub money: Money,
    pub keywords: Keywords,
    pub temperatures: Temperatures,
    pub list_i8: Vec<i8>,
    pub list_i64: Vec<i64>,
    pub list_f64: Vec<f64>,
    pub list_bool: Vec<bool>,
    pub list_char: Vec<char>,
    pub list_string: Vec<String>,
    pub list_bytes: Vec<Vec<u8>>,
    pub list_level: Vec<Level>,
    pub list_point: Vec<Point>,
    pub list_empty: Vec<Empty>,
    pub list_list: Vec<Vec<i32>>,
    pub list_option: Vec<Option<i16>>,
    pub list_option_string: Vec<Option<String>>,
    pub list_box: Vec<Box<i64>>,
    pub option_i64: Option<i64>,
    pub option_byte: Option<u8>,
    pub option_f64: Option<f64>,
    pub option_bool: Option<bool>,
    pub option_char: Option<char>,
    pub option_string: Option<String>,
    pub option_bytes: Option<Vec<u8>>,
    pub option_level: Option<Level>,
    pub option_point: Option<Point>,
    pub option_list: Option<Vec<String>>,
    pub option_list_option: Option<Vec<Option<Level>>>,
    pub option_box: Option<Box<Point>>,
    pub box_i32: Box<i32>,
    pub box_string: Box<String>,
    pub box_list: Box<Vec<Point>>,
    pub box_option: Box<Option<i32>>,
    pub box_box: Box<Box<u8>>,
    pub tree: Tree,
    pub link: Link,
}
