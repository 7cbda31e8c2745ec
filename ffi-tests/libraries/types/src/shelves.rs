//! Collections, tuples, arrays, times, and integers of 128 bits: in records, in each other, and in enums with data.

use crate::everything::{Level, Point};
use ffi_runtime::ffi;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::{NonZeroI64, NonZeroU8, NonZeroU32};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// One of each kind of value that holds others, or is made of two numbers.
#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    /// Numbers by name.
    pub scores: BTreeMap<String, i32>,
    /// Points by the place of a level.
    pub points: HashMap<Level, Point>,
    /// Names by numbers, and lists in a map.
    pub names: BTreeMap<i64, Vec<String>>,
    /// Maps in a map.
    pub nested: BTreeMap<bool, BTreeMap<char, u8>>,
    /// Keys that are tuples.
    pub by_place: BTreeMap<(i16, i16), Option<String>>,
    /// Words, each once.
    pub words: BTreeSet<String>,
    /// Numbers, each once.
    pub numbers: HashSet<u8>,
    /// Arrays, each once.
    pub colours: BTreeSet<[u8; 3]>,
    /// A text and a number.
    pub pair: (String, u64),
    /// A value of its own.
    pub single: (f32,),
    /// Bytes of a fixed number.
    pub digest: [u8; 4],
    /// Texts of a fixed number.
    pub axes: [String; 2],
    /// Arrays in an array.
    pub grid: [[i16; 2]; 3],
    /// How long it takes.
    pub timeout: Duration,
    /// When it began.
    pub since: SystemTime,
    /// When it ended, if it has.
    pub until: Option<SystemTime>,
    /// An integer of 128 bits.
    pub signed: i128,
    /// One without a sign.
    pub unsigned: u128,
    /// A number that is not zero.
    pub rows: NonZeroU32,
    /// One that may be missing.
    pub columns: Option<NonZeroU8>,
    /// Where it lies.
    pub path: PathBuf,
    /// A machine.
    pub address: IpAddr,
    /// A machine's port, if it has one.
    pub peer: Option<SocketAddr>,
    /// What is shared.
    pub shared: Arc<Point>,
    /// A text that is shared.
    pub label: Arc<str>,
    /// A list that is shared.
    pub marks: Arc<[u16]>,
    /// A text that may be a constant.
    pub title: Cow<'static, str>,
    /// A text without room.
    pub note: Box<str>,
    /// A list without room.
    pub rest: Box<[Point]>,
    /// A list with two ends.
    pub queue: VecDeque<String>,
    /// Bytes with two ends.
    pub ring: VecDeque<u8>,
}

/// What stands on a shelf.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Piece {
    /// Nothing.
    #[default]
    Gap,
    /// A pair, which is one value.
    Pair((i32, String)),
    /// A map, and a set.
    Index(BTreeMap<String, Piece>, BTreeSet<u16>),
    /// Times, and numbers.
    Dated {
        /// When.
        at: SystemTime,
        /// For how long.
        lasts: Duration,
        /// How many.
        count: u128,
    },
    /// Other pieces, of a fixed number.
    Split(Box<[Piece; 2]>),
    /// A machine.
    Host(IpAddr),
}

impl Default for Shelf {
    fn default() -> Self {
        let text = |text: &str| text.to_owned();
        Self {
            scores: BTreeMap::from([(text("a"), 1), (text("bb"), -2)]),
            points: HashMap::from([(Level::default(), Point::default())]),
            names: BTreeMap::from([(-1, vec![text("below")]), (1, Vec::new())]),
            nested: BTreeMap::from([(true, BTreeMap::from([('a', 1)])), (false, BTreeMap::new())]),
            by_place: BTreeMap::from([((0, 1), Some(text("corner"))), ((-1, 0), None)]),
            words: BTreeSet::from([text("one"), text("three")]),
            numbers: HashSet::from([0, 255]),
            colours: BTreeSet::from([[0, 0, 0], [255, 0, 128]]),
            pair: (text("pair"), 7),
            single: (0.5,),
            digest: [1, 2, 3, 4],
            axes: [text("x"), text("y")],
            grid: [[1, 2], [3, 4], [5, 6]],
            timeout: Duration::new(1, 500_000_000),
            since: SystemTime::UNIX_EPOCH + Duration::new(1_000_000_000, 1_000),
            until: None,
            signed: i128::MIN,
            unsigned: u128::MAX,
            rows: NonZeroU32::MIN,
            columns: NonZeroU8::new(80),
            path: PathBuf::from("/shelf/a b"),
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            peer: Some(SocketAddr::from(([127, 0, 0, 1], 80))),
            shared: Arc::default(),
            label: "label".into(),
            marks: Arc::new([1, 2]),
            title: Cow::Borrowed("title"),
            note: "note".into(),
            rest: Box::new([Point::default()]),
            queue: VecDeque::from([text("first")]),
            ring: VecDeque::from([1, 2]),
        }
    }
}

/// Numbers of all signs that are not zero.
pub type NonZeros = (NonZeroI64, NonZeroU8);
