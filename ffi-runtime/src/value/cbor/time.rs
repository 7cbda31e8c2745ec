//! Times on the wire: tag 1001 and a map (RFC 9581) as they are written; what else is read is tag 1 and a number of seconds,
//! and tag 0 and a text (RFC 8949, 3.4.1 and 3.4.2).

use super::head::{Head, wrong_type};
use super::{Reader, Writer};
use crate::error::{Fault, FaultKind, within};
use std::borrow::Cow;

const TEXT: u64 = 0;
const SECONDS: u64 = 1;
const EXTENDED: u64 = 1001;

/// The nanoseconds of a second.
const SECOND: u32 = 1_000_000_000;

/// The keys of an extended time: seconds, and what follows them in thousandths, millionths and billionths.
const SECS: i128 = 1;
const MILLIS: i128 = -3;
const MICROS: i128 = -6;
const NANOS: i128 = -9;

/// A time, as it was sent.
#[derive(Debug)]
pub(crate) enum Moment<'a> {
    /// Seconds since 1970, and nanoseconds after those.
    Counted {
        /// The seconds.
        secs: i128,
        /// The nanoseconds.
        nanos: u32,
    },
    /// Seconds since 1970.
    Float(f64),
    /// As RFC 3339 writes it.
    Text(Cow<'a, str>),
}

impl Writer<'_> {
    /// Writes a time, one level deeper.
    pub(crate) fn time(&mut self, secs: i64, nanos: u32) -> Result<(), Fault> {
        self.tag(EXTENDED);
        self.begin_record(2)?;
        self.signed(SECS as i64);
        self.signed(secs);
        self.signed(NANOS as i64);
        self.unsigned(nanos.into());
        self.end_record();
        Ok(())
    }
}

impl<'a> Reader<'a> {
    /// Reads a time, one level deeper. Of nested tags the innermost counts.
    pub(crate) fn time(&mut self) -> Result<Moment<'a>, Fault> {
        self.level(|reader| {
            let start = reader.at;
            let (tag, head) = reader.tagged_head()?;
            match (tag, head) {
                (Some(EXTENDED), Head::Map(count)) => reader.extended(count),
                (Some(TEXT), Head::Text(len)) => reader.text_body(len).map(Moment::Text),
                (Some(SECONDS), Head::Float(secs)) => Ok(Moment::Float(secs)),
                (Some(SECONDS), Head::Positive(_) | Head::Negative(_)) => {
                    reader.at = start;
                    reader.integer().map(|secs| Moment::Counted { secs, nanos: 0 })
                }
                (_, other) => Err(wrong_type("a time with its tag", other)),
            }
        })
    }

    /// Reads the entries of an extended time. What may be passed over has a key below zero (RFC 9581, 3).
    fn extended(&mut self, count: Option<usize>) -> Result<Moment<'a>, Fault> {
        let (mut secs, mut nanos) = (None, None);
        self.each(count, 2, |reader, _| match reader.integer()? {
            SECS => once(&mut secs, within("secs", reader.integer())?, "secs"),
            MILLIS => once(&mut nanos, reader.part((1_000_000, "the thousandths of a second"))?, "nanos"),
            MICROS => once(&mut nanos, reader.part((1_000, "the millionths of a second"))?, "nanos"),
            NANOS => once(&mut nanos, reader.part((1, "the nanoseconds of a second"))?, "nanos"),
            key if key < 0 => reader.skip(),
            key => Err(FaultKind::OutOfRange { value: key.to_string(), ty: "the keys of a time" }.into()),
        })?;
        let Some(secs) = secs else { return within("secs", Err(FaultKind::MissingKey.into())) };
        Ok(Moment::Counted { secs, nanos: nanos.unwrap_or(0) })
    }

    /// Reads parts of a second, which are so many nanoseconds each.
    fn part(&mut self, (nanos, parts): (u32, &'static str)) -> Result<u32, Fault> {
        let value = within("nanos", self.integer())?;
        let whole = u32::try_from(value).ok().filter(|&value| value < SECOND / nanos);
        let fault = || FaultKind::OutOfRange { value: value.to_string(), ty: parts };
        whole.map_or_else(|| within("nanos", Err(fault().into())), |value| Ok(value * nanos))
    }
}

/// Fills a place that may be filled once.
fn once<T>(place: &mut Option<T>, value: T, name: &'static str) -> Result<(), Fault> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => within(name, Err(FaultKind::DuplicateKey.into())),
    }
}
