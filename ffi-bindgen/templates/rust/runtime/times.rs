//! Spans and points of time on the wire: seconds, and nanoseconds beside them.

use super::cbor::Reader;
use super::error::Fault;
use super::tuple::tuple;
use ciborium_ll::Header;

/// The nanoseconds of a second.
pub(crate) const SECOND: u32 = 1_000_000_000;

/// The tag of a time, and its keys (RFC 9581).
pub(crate) const TIME: u64 = 1001;
pub(crate) const SECS: i128 = 1;
pub(crate) const NANOS: i128 = -9;

/// Reads a span: an array of seconds and nanoseconds.
pub(crate) fn duration(reader: &mut Reader<'_>) -> Result<(u64, u32), Fault> {
    let (mut secs, mut nanos) = (0, 0);
    tuple(reader, 2, |reader, place| {
        if place == 0 {
            secs = number(reader).map_err(|fault| fault.at_key("secs"))?;
        } else {
            nanos = part(reader)?;
        }
        Ok(())
    })?;
    Ok((secs, nanos))
}

/// Reads a point in time, as libraries write it: seconds since 1970, and nanoseconds after those.
pub(crate) fn time(reader: &mut Reader<'_>) -> Result<(i64, u32), Fault> {
    match reader.tagged_peek()? {
        (Some(TIME), Header::Map(_)) => {}
        _ => return Err(Fault::new("expected a time")),
    }
    let (mut secs, mut nanos) = (None, None);
    let mut keys = reader.map()?;
    while reader.more(&mut keys)? {
        match reader.integer()? {
            SECS => {
                let value: i64 = number(reader).map_err(|fault| fault.at_key("secs"))?;
                once(secs.replace(value).is_none(), "secs")?;
            }
            NANOS => once(nanos.replace(part(reader)?).is_none(), "nanos")?,
            key if key < 0 => reader.skip()?,
            key => return Err(Fault::new(format!("{key} is no key of a time"))),
        }
    }
    Ok((secs.ok_or_else(|| Fault::new("missing").at_key("secs"))?, nanos.unwrap_or(0)))
}

fn number<T: TryFrom<i128>>(reader: &mut Reader<'_>) -> Result<T, Fault> {
    let value = reader.integer()?;
    T::try_from(value).map_err(|_| Fault::new(format!("{value} is out of range")))
}

/// Reads nanoseconds, which are less than a second.
fn part(reader: &mut Reader<'_>) -> Result<u32, Fault> {
    let nanos: u32 = number(reader).map_err(|fault| fault.at_key("nanos"))?;
    if nanos < SECOND { Ok(nanos) } else { Err(Fault::new(format!("{nanos} is out of range")).at_key("nanos")) }
}

fn once(is_first: bool, key: &str) -> Result<(), Fault> {
    if is_first { Ok(()) } else { Err(Fault::new("stands twice").at_key(key)) }
}
