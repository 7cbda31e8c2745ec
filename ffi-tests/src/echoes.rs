//! Every type as a parameter and as a whole result.

use crate::Every;
use crate::everything::{Block, Currency, Empty, Keywords, Level, Link, Money, Page, Piece, Point, Shelf, Sign, Tree};
use ffi_runtime::ffi;
use ffi_tests_types::shelves::NonZeros;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

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
    every_give_shelf(Shelf);
    every_give_piece(Piece);
    every_give_map(BTreeMap<String, i32>);
    every_give_map_level(HashMap<Level, Vec<Point>>);
    every_give_map_pair(BTreeMap<(i16, i16), Option<String>>);
    every_give_map_wide(BTreeMap<i128, Piece>);
    every_give_map_address(HashMap<IpAddr, Duration>);
    every_give_map_path(BTreeMap<PathBuf, IpAddr>);
    every_give_map_duration(BTreeMap<Duration, SystemTime>);
    every_give_map_bytes(BTreeMap<Vec<u8>, [u8; 2]>);
    every_give_map_option(BTreeMap<Option<char>, u8>);
    every_give_set_peer(BTreeSet<SocketAddr>);
    every_give_set_time(BTreeSet<SystemTime>);
    every_give_set_option(BTreeSet<Option<u16>>);
    every_give_option_map(Option<BTreeMap<char, BTreeMap<bool, u8>>>);
    every_give_set(BTreeSet<String>);
    every_give_set_u8(HashSet<u8>);
    every_give_set_tuple(BTreeSet<(u8, String)>);
    every_give_tuple((i32, String));
    every_give_tuple_one((Level,));
    every_give_tuple_piece((Piece, Option<Point>));
    every_give_list_tuple(Vec<(bool, char)>);
    every_give_option_tuple(Option<(u8, Option<u16>)>);
    every_give_array([i32; 3]);
    every_give_array_bytes([u8; 4]);
    every_give_array_string([String; 2]);
    every_give_array_array([[u8; 2]; 2]);
    every_give_array_piece([Piece; 2]);
    every_give_duration(Duration);
    every_give_list_duration(Vec<Duration>);
    every_give_time(SystemTime);
    every_give_option_time(Option<SystemTime>);
    every_give_i128(i128);
    every_give_u128(u128);
    every_give_list_i128(Vec<i128>);
    every_give_option_u128(Option<u128>);
    every_give_non_zero(NonZeroU32);
    every_give_non_zeros(NonZeros);
    every_give_path(PathBuf);
    every_give_list_path(Vec<PathBuf>);
    every_give_address(IpAddr);
    every_give_option_address(Option<IpAddr>);
    every_give_peer(SocketAddr);
    every_give_arc(Arc<Point>);
    every_give_arc_str(Arc<str>);
    every_give_arc_list(Arc<[u16]>);
    every_give_arc_bytes(Arc<[u8]>);
    every_give_cow(Cow<'static, str>);
    every_give_box_str(Box<str>);
    every_give_box_list(Box<[String]>);
    every_give_deque(VecDeque<i64>);
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
