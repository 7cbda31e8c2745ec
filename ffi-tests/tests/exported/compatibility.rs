//! What `ffi_bindgen::diff` says of the wire is so: where it says that an old caller is safe, the new
//! version reads every old request, and every new answer reads as an old one; where it says that it is
//! not, one does not.

use ffi_bindgen::{Verdict, diff};
use ffi_runtime::schema::{Function, Library};
use ffi_runtime::{FfiType, ffi, from_cbor, to_cbor};

#[ffi(library = "pairs")]
struct Pairs;

/// Types with one change each beside the first.
macro_rules! records {
    ($($name:ident { $($field:ident: $ty:ty),* })*) => {$(
        #[ffi]
        #[derive(Clone)]
        struct $name {
            $($field: $ty),*
        }
    )*};
}

records! {
    Plain { count: i32, tag: Option<String> }
    Reordered { tag: Option<String>, count: i32 }
    More { count: i32, tag: Option<String>, more: u8 }
    MoreIfAny { count: i32, tag: Option<String>, more: Option<u8> }
    MoreInABox { count: i32, tag: Option<String>, more: Box<Option<u8>> }
    Less { count: i32 }
    Lacking { tag: Option<String> }
    Renamed { number: i32, tag: Option<String> }
    Wider { count: i64, tag: Option<String> }
    Required { count: i32, tag: String }
    Holder { inner: Plain, list: Vec<Plain> }
    HolderOfMore { inner: MoreIfAny, list: Vec<Reordered> }
    HolderOfWider { inner: Plain, list: Vec<Wider> }
    Chain { value: i32, next: Option<Box<Chain>> }
    WiderChain { value: i64, next: Option<Box<WiderChain>> }
    Nothing {}
}

#[ffi]
#[derive(Clone, Copy)]
enum Two {
    A = 0,
    B = 1,
}

#[ffi]
#[derive(Clone, Copy)]
enum Three {
    C = 5,
    B = 4,
    A = 3,
}

#[ffi]
#[derive(Clone, Copy)]
enum Other {
    A = 0,
    D = 1,
}

/// Enums with one change each beside the first.
macro_rules! data_enums {
    ($($name:ident { $($variants:tt)* })*) => {$(
        #[ffi]
        #[derive(Clone)]
        enum $name {
            $($variants)*
        }
    )*};
}

data_enums! {
    Figure { Point, Circle(u8), Box(u8, u8), Text { size: u8, font: Option<String> }, Group(Vec<Figure>) }
    ReorderedFigure { Group(Vec<ReorderedFigure>), Text { font: Option<String>, size: u8 }, Box(u8, u8), Circle(u8), Point }
    MoreFigures { Point, Circle(u8), Box(u8, u8), Text { size: u8, font: Option<String> }, Group(Vec<MoreFigures>), Line }
    FewerFigures { Point, Circle(u8), Box(u8, u8), Text { size: u8, font: Option<String> } }
    WiderFigure { Point, Circle(u16), Box(u8, u8), Text { size: u8, font: Option<String> }, Group(Vec<WiderFigure>) }
    LongerFigure { Point, Circle(u8), Box(u8, u8, u8), Text { size: u8, font: Option<String> }, Group(Vec<LongerFigure>) }
    FieldedFigure { Point, Circle(u8), Box(u8, u8), Text { size: u8, font: Option<String>, bold: Option<bool> }, Group(Vec<FieldedFigure>) }
    LackingFigure { Point, Circle(u8), Box(u8, u8), Text { font: Option<String> }, Group(Vec<LackingFigure>) }
    UnitFigure { Point, Circle, Box(u8, u8), Text { size: u8, font: Option<String> }, Group(Vec<UnitFigure>) }
    FullFigure { Point(u8), Circle(u8), Box(u8, u8), Text { size: u8, font: Option<String> }, Group(Vec<FullFigure>) }
    TwoAndMore { A, B, C(u8) }
    TwoOfWhichOneHolds { A, B(u8) }
}

/// One of each variant.
macro_rules! figures {
    ($ty:ident) => {
        vec![
            $ty::Circle(u8::MAX.into()),
            $ty::Box(1, 2),
            $ty::Text { size: 1, font: None },
            $ty::Point,
            $ty::Group(vec![$ty::Point]),
        ]
    };
}

/// Whether the reader's type reads every sample of the writer's.
fn reads<W: FfiType, R: FfiType>(samples: &[W]) -> bool {
    samples.iter().all(|sample| from_cbor::<R>(&to_cbor(sample).expect("a value that crosses"), 1 << 20).is_ok())
}

/// An old type, a new one, and samples of both that reach their ends.
struct Pair {
    name: &'static str,
    is_request_read: bool,
    is_answer_read: bool,
}

macro_rules! pairs {
    ($($name:ident: $old:ty => $new:ty, $olds:expr, $news:expr;)*) => {
        $(
            #[ffi(library = "pairs")]
            #[allow(clippy::boxed_local, reason = "some of the types are boxes")]
            fn $name(_old: $old, _new: $new) {}
        )*

        fn pairs() -> Vec<Pair> {
            vec![$({
                let (olds, news): (Vec<$old>, Vec<$new>) = ($olds, $news);
                Pair {
                    name: stringify!($name),
                    is_request_read: reads::<$old, $new>(&olds),
                    is_answer_read: reads::<$new, $old>(&news),
                }
            }),*]
        }
    };
}

fn plain() -> Plain {
    Plain { count: 1, tag: Some("a".to_owned()) }
}

fn untagged() -> Plain {
    Plain { count: 1, tag: None }
}

pairs! {
    pairs_same: i32 => i32, vec![i32::MIN, i32::MAX], vec![i32::MIN, i32::MAX];
    pairs_wider: u32 => u64, vec![0, u32::MAX], vec![0, u64::MAX];
    pairs_narrower: i64 => i8, vec![i64::MIN, i64::MAX], vec![i8::MIN, i8::MAX];
    pairs_signed: u32 => i32, vec![u32::MAX], vec![i32::MIN];
    pairs_signed_and_wider: u16 => i32, vec![u16::MAX], vec![i32::MIN, i32::MAX];
    pairs_pointer_sized: usize => u64, vec![usize::MAX], vec![u64::MAX];
    pairs_pointer_sized_signed: i64 => isize, vec![i64::MIN], vec![isize::MAX];
    pairs_double: f32 => f64, vec![f32::MAX, f32::NAN], vec![f64::MAX];
    pairs_single: f64 => f32, vec![f64::MAX], vec![f32::MIN, f32::INFINITY];
    pairs_real: i32 => f64, vec![i32::MIN, i32::MAX], vec![0.5];
    pairs_real_of_long: i64 => f64, vec![i64::MAX], vec![0.5];
    pairs_small_real: u16 => f32, vec![u16::MAX], vec![0.5];
    pairs_small_real_of_int: u32 => f32, vec![u32::MAX], vec![0.5];
    pairs_real_to_int: f64 => i32, vec![0.5], vec![i32::MIN, i32::MAX];
    pairs_optional: i32 => Option<i32>, vec![1], vec![None];
    pairs_required: Option<i32> => i32, vec![None], vec![1];
    pairs_boxed: Plain => Box<Plain>, vec![plain()], vec![Box::new(plain())];
    pairs_boxed_option: Option<i32> => Box<Option<i32>>, vec![None, Some(1)], vec![Box::new(None)];
    pairs_text_of_char: char => String, vec!['\u{10ffff}'], vec!["ab".to_owned()];
    pairs_char_of_text: String => char, vec!["ab".to_owned()], vec!['a'];
    pairs_text_of_enum: Two => String, vec![Two::A, Two::B], vec!["C".to_owned()];
    pairs_enum_of_text: String => Two, vec!["C".to_owned()], vec![Two::A, Two::B];
    pairs_bytes_of_text: String => Vec<u8>, vec!["a".to_owned()], vec![vec![1]];
    pairs_bytes_of_list: Vec<u16> => Vec<u8>, vec![vec![u16::MAX]], vec![vec![1]];
    pairs_bool_of_int: u8 => bool, vec![1], vec![true];
    pairs_list: Vec<i16> => Vec<i64>, vec![vec![i16::MIN]], vec![vec![i64::MIN]];
    pairs_list_of_one: i16 => Vec<i16>, vec![1], vec![vec![1]];
    pairs_list_of_options: Vec<i16> => Vec<Option<i16>>, vec![vec![1]], vec![vec![None]];
    pairs_more_variants: Two => Three, vec![Two::A, Two::B], vec![Three::A, Three::B, Three::C];
    pairs_other_variants: Two => Other, vec![Two::A, Two::B], vec![Other::A, Other::D];
    pairs_reordered: Plain => Reordered, vec![plain(), untagged()], vec![Reordered { count: 1, tag: None }];
    pairs_more: Plain => More, vec![plain()], vec![More { count: 1, tag: None, more: 1 }];
    pairs_more_if_any: Plain => MoreIfAny, vec![plain()], vec![MoreIfAny { count: 1, tag: None, more: Some(1) }];
    pairs_more_in_a_box: Plain => MoreInABox, vec![plain()], vec![MoreInABox { count: 1, tag: None, more: Box::new(None) }];
    pairs_less: Plain => Less, vec![plain()], vec![Less { count: 1 }];
    pairs_lacking: Plain => Lacking, vec![plain()], vec![Lacking { tag: None }];
    pairs_renamed: Plain => Renamed, vec![plain()], vec![Renamed { number: 1, tag: None }];
    pairs_wider_field: Plain => Wider, vec![plain()], vec![Wider { count: i64::MAX, tag: None }];
    pairs_required_field: Plain => Required, vec![untagged()], vec![Required { count: 1, tag: String::new() }];
    pairs_nothing: Plain => Nothing, vec![plain()], vec![Nothing {}];
    pairs_list_of_record: Plain => Vec<Plain>, vec![plain()], vec![vec![plain()]];
    pairs_inner_more: Holder => HolderOfMore,
        vec![Holder { inner: plain(), list: vec![plain()] }],
        vec![HolderOfMore {
            inner: MoreIfAny { count: 1, tag: None, more: None },
            list: vec![Reordered { count: 1, tag: None }],
        }];
    pairs_inner_wider: Holder => HolderOfWider,
        vec![Holder { inner: plain(), list: vec![plain()] }],
        vec![HolderOfWider { inner: plain(), list: vec![Wider { count: i64::MIN, tag: None }] }];
    pairs_figure_reordered: Figure => ReorderedFigure, figures!(Figure), figures!(ReorderedFigure);
    pairs_figure_more: Figure => MoreFigures, figures!(Figure), [figures!(MoreFigures), vec![MoreFigures::Line]].concat();
    pairs_figure_fewer: Figure => FewerFigures, figures!(Figure), vec![FewerFigures::Point, FewerFigures::Circle(1)];
    pairs_figure_wider: Figure => WiderFigure, figures!(Figure), vec![WiderFigure::Circle(u16::MAX)];
    pairs_figure_longer: Figure => LongerFigure, figures!(Figure), vec![LongerFigure::Box(1, 2, 3)];
    pairs_figure_fielded: Figure => FieldedFigure, figures!(Figure), vec![FieldedFigure::Text { size: 1, font: None, bold: None }];
    pairs_figure_lacking: Figure => LackingFigure, figures!(Figure), vec![LackingFigure::Text { font: None }];
    pairs_figure_unit: Figure => UnitFigure, figures!(Figure), vec![UnitFigure::Circle];
    pairs_figure_full: Figure => FullFigure, figures!(Figure), vec![FullFigure::Point(1)];
    pairs_enum_with_data: Two => TwoAndMore, vec![Two::A, Two::B], vec![TwoAndMore::A, TwoAndMore::B, TwoAndMore::C(1)];
    pairs_enum_of_which_one_holds: Two => TwoOfWhichOneHolds, vec![Two::A, Two::B], vec![TwoOfWhichOneHolds::A, TwoOfWhichOneHolds::B(1)];
    pairs_enum_without_data: TwoAndMore => Two, vec![TwoAndMore::C(1)], vec![Two::A, Two::B];
    pairs_text_of_data_enum: TwoAndMore => String, vec![TwoAndMore::C(1)], vec!["D".to_owned()];
    pairs_option_of_data_enum: Figure => Option<Figure>, figures!(Figure), vec![None];
    pairs_record_of_data_enum: Figure => Plain, figures!(Figure), vec![plain()];
    pairs_chain: Chain => WiderChain,
        vec![Chain { value: 1, next: Some(Box::new(Chain { value: 2, next: None })) }],
        vec![WiderChain { value: 1, next: Some(Box::new(WiderChain { value: i64::MAX, next: None })) }];
}

/// Answers that the runtime would read, and the helpers of a generated header would not.
const READ_BY_THE_RUNTIME_ALONE: [&str; 1] = ["pairs_real_to_int"];

fn described() -> Library {
    unsafe extern "C" {
        fn pairs_ffi_schema(len: *mut usize) -> *const u8;
    }
    let mut len = 0;
    // SAFETY: `len` is valid for one write.
    let bytes = unsafe { pairs_ffi_schema(&raw mut len) };
    // SAFETY: the schema is that many bytes of static memory.
    Library::from_cbor(unsafe { std::slice::from_raw_parts(bytes, len) }).expect("a schema")
}

/// The pair's old and new version as libraries of one function, in which `place` puts the type.
fn verdict(library: &Library, name: &str, place: impl Fn(&mut Function, usize)) -> Verdict {
    let version = |index: usize| {
        let mut version = library.clone();
        version.functions.retain(|function| function.name == name);
        place(&mut version.functions[0], index);
        version
    };
    let report = diff(&version(0), &version(1));
    if report.is_wire_safe() { Verdict::Safe } else { Verdict::Unsafe }
}

#[test]
fn the_wire_verdict_is_what_happens() {
    let library = described();
    let pairs = pairs();
    assert!(pairs.len() > 40);
    for Pair { name, is_request_read, is_answer_read } in pairs {
        let request = verdict(&library, name, |function, index| {
            function.params = vec![function.params[index].clone()];
            function.params[0].name = "value".to_owned();
        });
        let answer = verdict(&library, name, |function, index| {
            function.returns = Some(function.params[index].ty.clone());
            function.params.clear();
        });
        assert_eq!(request == Verdict::Safe, is_request_read, "{name}, as a request: {request:?}");
        let is_answer_read = is_answer_read && !READ_BY_THE_RUNTIME_ALONE.contains(&name);
        assert_eq!(answer == Verdict::Safe, is_answer_read, "{name}, as an answer: {answer:?}");
    }
}
