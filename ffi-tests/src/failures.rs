//! Errors that cross with what they hold: structs, enums, and those of which a part is a text alone.

use crate::Every;
use crate::everything::{Block, Level, Point, Sign};
use ffi_runtime::ffi;
use std::fmt;
use std::num::ParseFloatError;

/// Why something was not found.
#[ffi(error, rename_all = "camelCase")]
#[derive(Clone, Debug)]
pub struct Missing {
    /// What was looked for.
    pub looked_for: String,
    /// What is beside it.
    pub beside: Vec<Point>,
    /// How much it matters.
    pub level: Option<Level>,
    /// Why it could not be read, which says only that.
    #[ffi(text)]
    pub cause: ParseFloatError,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no {}", self.looked_for)
    }
}

/// What is the matter.
#[ffi(error)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Somebody else is there.
    Busy = 3,
    /// Nobody is there any more.
    #[ffi(rename = "gone")]
    Gone = -1,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self, f.alternate()) {
            (Self::Busy, true) => "busy: come back later",
            (Self::Busy, false) => "busy",
            // What the runtime says as well.
            (Self::Gone, _) => "cancelled",
        })
    }
}

/// What a variant is numbered by.
const BROKEN: i16 = 28;

/// Why nothing was stored; what the variants hold stays here.
#[ffi(error, flat)]
#[derive(Debug)]
#[repr(i16)]
pub enum Storage {
    /// There is no room.
    Full {
        /// How many bytes there are.
        left: u64,
    },
    /// It cannot be written.
    Broken(std::io::Error) = BROKEN,
    /// Nothing is known.
    Unknown,
}

impl fmt::Display for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full { left } => write!(f, "only {left} bytes are left"),
            Self::Broken(error) => error.fmt(f),
            Self::Unknown => f.write_str(""),
        }
    }
}

/// Why a draft was not printed.
#[ffi(error)]
#[derive(Debug)]
pub enum Misprint {
    /// There is no paper.
    NoPaper,
    /// A block is too large.
    TooLarge {
        /// How wide it may be.
        limit: u32,
        /// The block.
        block: Block,
    },
    /// There is something in the way.
    Jammed(u8, Option<Sign>),
    /// A number that cannot be read, which says only that.
    Unreadable(#[ffi(text)] ParseFloatError),
    /// A file that cannot be read, which says only that.
    Lost {
        /// Where it was.
        place: String,
        /// Why it is lost.
        #[ffi(text)]
        cause: std::io::Error,
    },
}

impl fmt::Display for Misprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPaper => f.write_str("there is no paper"),
            Self::TooLarge { limit, .. } => write!(f, "wider than {limit}"),
            Self::Jammed(at, _) => write!(f, "jammed at {at}"),
            Self::Unreadable(_) => f.write_str("a number cannot be read"),
            Self::Lost { place, .. } => write!(f, "{place} is lost"),
        }
    }
}

/// Prints a block, or says why not.
#[ffi]
pub fn every_print(_every: &Every, block: Block) -> Result<u32, Misprint> {
    match block {
        Block::Rule => Err(Misprint::NoPaper),
        Block::Paragraph(text) => match text.parse::<f64>() {
            Ok(number) => Ok(number as u32),
            Err(cause) => Err(Misprint::Unreadable(cause)),
        },
        Block::Signed(sign) => Err(Misprint::Jammed(7, Some(sign))),
        Block::Picture(_) => {
            Err(Misprint::Lost { place: "the drawer".to_owned(), cause: std::io::Error::other("moved") })
        }
        Block::Planted(_) => Err(Misprint::Jammed(8, None)),
        block => Err(Misprint::TooLarge { limit: 80, block }),
    }
}

/// As libraries have it.
pub type Stored<T, E = Storage> = Result<T, E>;

/// Finds nothing but numbers.
#[ffi]
pub fn every_find(_every: &Every, name: String) -> Result<Point, Missing> {
    match name.parse() {
        Ok(x) => Ok(Point { x, y: None }),
        Err(cause) => Err(Missing {
            looked_for: name,
            beside: vec![Point { x: 1.5, y: Some(-2.0) }],
            level: Some(Level::Next),
            cause,
        }),
    }
}

/// Fails with this trouble, where there is one.
#[ffi]
pub async fn every_trouble_later(_every: &Every, trouble: Option<Trouble>) -> Result<(), Trouble> {
    tokio::task::yield_now().await;
    trouble.map_or(Ok(()), Err)
}

/// Stores nothing longer than four letters.
#[ffi]
pub fn every_store_here(text: String) -> Stored<u64> {
    match text.len() as u64 {
        0 => Err(Storage::Unknown),
        len @ 1..=4 => Ok(len),
        5 => Err(Storage::Full { left: 4 }),
        _ => Err(Storage::Broken(std::io::Error::other("it is broken"))),
    }
}

/// The same, on a worker that no context has.
#[ffi]
pub async fn every_store_detached(text: String) -> Stored<u64> {
    tokio::task::yield_now().await;
    every_store_here(text)
}

/// Fails while it says how.
#[ffi(error)]
#[derive(Debug)]
pub struct Unspeakable {
    /// What it holds.
    pub number: i64,
}

impl fmt::Display for Unspeakable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("{} cannot be said", self.number)
    }
}

/// Fails with an error that panics when it is shown.
#[ffi]
pub fn every_fail_typed_unspeakably(_every: &Every) -> Result<(), Unspeakable> {
    Err(Unspeakable { number: 7 })
}
