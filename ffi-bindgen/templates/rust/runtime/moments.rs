//! How spans and points of time cross: seconds, and nanoseconds beside them.

use super::arena::Arena;
use super::error::Fault;
use super::native::{Lend, Take};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// `L_duration`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Span {
    secs: u64,
    nanos: u32,
}

/// `L_time`: seconds since 1970, and nanoseconds after those.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Point {
    secs: i64,
    nanos: u32,
}

/// The nanoseconds of a second.
const SECOND: u32 = 1_000_000_000;

fn check_nanos(nanos: u32) -> Result<u32, Fault> {
    if nanos < SECOND { Ok(nanos) } else { Err(Fault::new(format!("{nanos} is out of range")).at_key("nanos")) }
}

/// The whole seconds since 1970, and the nanoseconds after those, before 1970 too.
fn since_1970(time: SystemTime) -> Result<(i64, u32), Fault> {
    let (secs, nanos) = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => (i128::from(after.as_secs()), after.subsec_nanos()),
        Err(error) => {
            let before = error.duration();
            match before.subsec_nanos() {
                0 => (-i128::from(before.as_secs()), 0),
                nanos => (!i128::from(before.as_secs()), SECOND - nanos),
            }
        }
    };
    i64::try_from(secs).map(|secs| (secs, nanos)).map_err(|_| out_of_range(secs))
}

/// The time that is so many seconds from 1970, and nanoseconds after those.
fn time_at(secs: i64, nanos: u32) -> Result<SystemTime, Fault> {
    let whole = Duration::from_secs(secs.unsigned_abs());
    let second = if secs < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
    second.and_then(|second| second.checked_add(Duration::new(0, nanos))).ok_or_else(|| out_of_range(secs.into()))
}

fn out_of_range(secs: i128) -> Fault {
    Fault::new(format!("{secs} seconds from 1970 are out of range"))
}

impl Lend for Duration {
    type Mirror = Span;

    fn lend(value: &Self, _: &mut Arena) -> Result<Span, Fault> {
        Ok(Span { secs: value.as_secs(), nanos: value.subsec_nanos() })
    }
}

impl Take for Duration {
    unsafe fn take(mirror: &Span) -> Result<Self, Fault> {
        Ok(Self::new(mirror.secs, check_nanos(mirror.nanos)?))
    }
}

impl Lend for SystemTime {
    type Mirror = Point;

    fn lend(value: &Self, _: &mut Arena) -> Result<Point, Fault> {
        let (secs, nanos) = since_1970(*value)?;
        Ok(Point { secs, nanos })
    }
}

impl Take for SystemTime {
    unsafe fn take(mirror: &Point) -> Result<Self, Fault> {
        time_at(mirror.secs, check_nanos(mirror.nanos)?)
    }
}

/// The same on the wire.
#[cfg(feature = "cbor")]
mod wire {
    use super::super::cbor::{Reader, Writer};
    use super::super::times;
    use super::super::wire::{Decode, Encode};
    use super::{Duration, Fault, SystemTime, since_1970, time_at};
    use ciborium_ll::Header;

    impl Encode for Duration {
        fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
            writer.head(Header::Array(Some(2)));
            writer.integer(value.as_secs().into());
            writer.integer(value.subsec_nanos().into());
            Ok(())
        }
    }

    impl Decode for Duration {
        fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
            times::duration(reader).map(|(secs, nanos)| Self::new(secs, nanos))
        }
    }

    impl Encode for SystemTime {
        fn encode(value: &Self, writer: &mut Writer) -> Result<(), Fault> {
            let (secs, nanos) = since_1970(*value)?;
            writer.head(Header::Tag(times::TIME));
            writer.head(Header::Map(Some(2)));
            writer.integer(times::SECS);
            writer.integer(secs.into());
            writer.integer(times::NANOS);
            writer.integer(nanos.into());
            Ok(())
        }
    }

    impl Decode for SystemTime {
        fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
            times::time(reader).and_then(|(secs, nanos)| time_at(secs, nanos))
        }
    }
}
