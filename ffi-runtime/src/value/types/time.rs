//! `Duration` and `SystemTime`: seconds, and nanoseconds beside them.

use super::FfiType;
use super::present::Present;
use crate::error::{Fault, FaultKind, within};
use crate::rfc3339;
use crate::schema::{SchemaBuilder, Type};
use crate::value::pod::{PodDuration, PodTime, TextForm};
use crate::value::{cbor, pod};
use cbor::Moment;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The nanoseconds of a second.
const SECOND: u32 = 1_000_000_000;

const SECS: &str = "secs";
const NANOS: &str = "nanos";

/// Checks that nanoseconds are less than a second.
fn check_nanos(nanos: u64) -> Result<u32, Fault> {
    match u32::try_from(nanos) {
        Ok(nanos) if nanos < SECOND => Ok(nanos),
        _ => within(
            NANOS,
            Err(FaultKind::OutOfRange { value: nanos.to_string(), ty: "the nanoseconds of a second" }.into()),
        ),
    }
}

// SAFETY: two numbers; every bit pattern is valid, and the second is checked.
unsafe impl FfiType for Duration {
    type Pod<F: TextForm> = PodDuration;

    unsafe fn from_pod<F: TextForm>(pod: *const PodDuration, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        reader.record(|_| {
            // SAFETY: the caller promises a readable value.
            let PodDuration { secs, nanos } = unsafe { pod.read() };
            Ok(Self::new(secs, check_nanos(nanos.into())?))
        })
    }

    unsafe fn write_pod<F: TextForm>(
        &mut self,
        place: *mut PodDuration,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { self.write_shared(place, writer) }
    }

    unsafe fn write_shared<F: TextForm>(
        &self,
        place: *mut PodDuration,
        writer: &mut pod::Writer<F>,
    ) -> Result<(), Fault> {
        writer.record(|_| {
            // SAFETY: this takes an address inside the place; its padding stays zero.
            let secs = unsafe { &raw mut (*place).secs };
            // SAFETY: the caller promises that it is writable.
            unsafe { secs.write(self.as_secs()) };
            // SAFETY: as above.
            let nanos = unsafe { &raw mut (*place).nanos };
            // SAFETY: as above.
            unsafe { nanos.write(self.subsec_nanos()) };
            Ok(())
        })
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        writer.elements(2, |writer| {
            writer.unsigned(self.as_secs());
            writer.unsigned(self.subsec_nanos().into());
            Ok(())
        })
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        reader.level(|reader| {
            let mut tuple = reader.tuple(2)?;
            let secs = within(SECS, u64::decode(tuple.next()?))?;
            let nanos = within(NANOS, u64::decode(tuple.next()?))?;
            tuple.end()?;
            Ok(Self::new(secs, check_nanos(nanos)?))
        })
    }

    fn describe(_schema: &mut SchemaBuilder) -> Type {
        Type::Duration
    }
}

impl Present for Duration {}

// SAFETY: two numbers; every bit pattern is valid, and the second is checked.
unsafe impl FfiType for SystemTime {
    type Pod<F: TextForm> = PodTime;

    unsafe fn from_pod<F: TextForm>(pod: *const PodTime, reader: &mut pod::Reader<F>) -> Result<Self, Fault> {
        reader.record(|_| {
            // SAFETY: the caller promises a readable value.
            let PodTime { secs, nanos } = unsafe { pod.read() };
            time_at(secs, check_nanos(nanos.into())?)
        })
    }

    unsafe fn write_pod<F: TextForm>(&mut self, place: *mut PodTime, writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        // SAFETY: the caller's promise.
        unsafe { self.write_shared(place, writer) }
    }

    unsafe fn write_shared<F: TextForm>(&self, place: *mut PodTime, writer: &mut pod::Writer<F>) -> Result<(), Fault> {
        writer.record(|_| {
            let (secs, nanos) = since_1970(*self)?;
            // SAFETY: this takes an address inside the place; its padding stays zero.
            let of_secs = unsafe { &raw mut (*place).secs };
            // SAFETY: the caller promises that it is writable.
            unsafe { of_secs.write(secs) };
            // SAFETY: as above.
            let of_nanos = unsafe { &raw mut (*place).nanos };
            // SAFETY: as above.
            unsafe { of_nanos.write(nanos) };
            Ok(())
        })
    }

    fn encode(&self, writer: &mut cbor::Writer<'_>) -> Result<(), Fault> {
        let (secs, nanos) = since_1970(*self)?;
        writer.time(secs, nanos)
    }

    fn decode(reader: &mut cbor::Reader<'_>) -> Result<Self, Fault> {
        match reader.time()? {
            Moment::Counted { secs, nanos } => {
                let secs = i64::try_from(secs)
                    .map_err(|_| within::<()>(SECS, Err(out_of_range(secs))).expect_err("a fault"))?;
                time_at(secs, nanos)
            }
            Moment::Float(secs) => of_float(secs),
            Moment::Text(text) => {
                let (secs, nanos) = rfc3339::parse(&text).ok_or_else(|| not_a_time(&text))?;
                time_at(secs, nanos)
            }
        }
    }

    fn describe(_schema: &mut SchemaBuilder) -> Type {
        Type::Time
    }
}

impl Present for SystemTime {}

/// Returns the whole seconds since 1970, and the nanoseconds after those.
fn since_1970(time: SystemTime) -> Result<(i64, u32), Fault> {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).map(|secs| (secs, after.subsec_nanos())).map_err(|_| too_far()),
        Err(error) => {
            let before = error.duration();
            let is_between = before.subsec_nanos() > 0;
            let secs =
                0_i64.checked_sub_unsigned(before.as_secs()).and_then(|secs| secs.checked_sub(is_between.into()));
            let nanos = if is_between { SECOND - before.subsec_nanos() } else { 0 };
            secs.map(|secs| (secs, nanos)).ok_or_else(too_far)
        }
    }
}

/// Returns the time that is so many seconds from 1970, and nanoseconds after those.
fn time_at(secs: i64, nanos: u32) -> Result<SystemTime, Fault> {
    let whole = Duration::from_secs(secs.unsigned_abs());
    let second = if secs < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
    second.and_then(|second| second.checked_add(Duration::new(0, nanos))).ok_or_else(|| out_of_range(secs.into()))
}

/// Returns the time that is so many seconds from 1970; what is finer than a nanosecond is cut toward the past.
fn of_float(secs: f64) -> Result<SystemTime, Fault> {
    let whole = secs.floor();
    let is_within = whole >= i64::MIN as f64 && whole < i64::MAX as f64;
    if !is_within {
        return Err(FaultKind::OutOfRange { value: format!("{secs:e}"), ty: "a time" }.into());
    }
    // Exactly: as a fraction of two to the 90th, which has each digit of a float that a nanosecond shows.
    let digits = ((secs - whole) * 2_f64.powi(90)) as u128;
    time_at(whole as i64, ((digits * u128::from(SECOND)) >> 90) as u32)
}

#[cold]
#[inline(never)]
fn out_of_range(secs: i128) -> Fault {
    FaultKind::OutOfRange { value: secs.to_string(), ty: "a time" }.into()
}

#[cold]
#[inline(never)]
fn too_far() -> Fault {
    FaultKind::OutOfRange { value: "the seconds since 1970".to_owned(), ty: "i64" }.into()
}

#[cold]
#[inline(never)]
fn not_a_time(text: &str) -> Fault {
    FaultKind::NotOfForm { expected: "a time as RFC 3339 has it", text: text.chars().take(64).collect() }.into()
}
