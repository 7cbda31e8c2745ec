//! Every type as a parameter and as a whole result.

use crate::Every;
use crate::everything::{Block, Currency, Empty, Keywords, Level, Link, Money, Page, Point, Sign, Tree};
use ffi_runtime::ffi;

/// Functions that give back the value they are given.
macro_rules! echoes {
    ($($name:ident($ty:ty);)*) => {$(
        /// Gives back its parameter.
        #[ffi]
        pub fn $name(_every: &Every, value: $ty) -> $ty {
            value
        }
    )*};
}

echoes! {
    every_give_i8(i8);
    every_give_i16(i16);
    every_give_i32(i32);
    every_give_i64(i64);
    every_give_u8(u8);
    every_give_u16(u16);
    every_give_u32(u32);
    every_give_u64(u64);
    every_give_isize(isize);
    every_give_usize(usize);
    every_give_f32(f32);
    every_give_f64(f64);
    every_give_bool(bool);
    every_give_char(char);
    every_give_string(String);
    every_give_bytes(Vec<u8>);
    every_give_level(Level);
    every_give_point(Point);
    every_give_empty(Empty);
    every_give_money(Money);
    every_give_currency(Currency);
    every_give_keywords(Keywords);
    every_give_tree(Tree);
    every_give_link(Link);
    every_give_list_i32(Vec<i32>);
    every_give_list_bool(Vec<bool>);
    every_give_list_string(Vec<String>);
    every_give_list_point(Vec<Point>);
    every_give_list_list(Vec<Vec<i32>>);
    every_give_list_option(Vec<Option<Point>>);
    every_give_option_i64(Option<i64>);
    every_give_option_string(Option<String>);
    every_give_option_bytes(Option<Vec<u8>>);
    every_give_option_point(Option<Point>);
    every_give_option_list(Option<Vec<Level>>);
    every_give_box_point(Box<Point>);
    every_give_option_box(Option<Box<Link>>);
    every_give_block(Block);
    every_give_sign(Sign);
    every_give_page(Page);
    every_give_list_block(Vec<Block>);
    every_give_list_sign(Vec<Sign>);
    every_give_option_block(Option<Block>);
    every_give_box_block(Box<Block>);
}

/// Takes many parameters of many types and says what it got.
#[ffi(rename_all = "camelCase")]
#[expect(clippy::too_many_arguments, reason = "that is what it tests")]
pub fn every_many(
    _every: &Every,
    a_byte: u8,
    b_real: f32,
    c_text: String,
    d_flag: bool,
    e_list: Vec<u16>,
    f_option: Option<char>,
    g_point: Point,
    h_level: Level,
    r#type: i64,
    ctx: usize,
    cb: Option<Vec<String>>,
    user_data: Box<i16>,
) -> String {
    format!(
        "{a_byte} {b_real} {c_text} {d_flag} {e_list:?} {f_option:?} {g_point:?} {h_level:?} {} {ctx} {cb:?} {user_data}",
        r#type
    )
}

/// Answers with nothing.
#[ffi]
pub fn every_nothing(_every: &Every) {}

/// Answers with nothing, and might have failed.
#[ffi]
pub fn every_nothing_or_error(_every: &Every, fails: bool) -> Result<(), String> {
    if fails { Err("told to fail".to_owned()) } else { Ok(()) }
}
