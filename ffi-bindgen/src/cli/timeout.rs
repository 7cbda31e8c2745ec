//! Reads times, and waits no longer than they say.

use super::Failure;
use std::sync::mpsc::channel;
use std::time::Duration;

/// How long what was given up has to end by itself.
const GRACE: Duration = Duration::from_secs(1);

/// Units, and how many seconds they are.
const UNITS: [(&str, f64); 3] = [("ms", 1e-3), ("s", 1.0), ("m", 60.0)];

/// Reads a time: seconds, or a number with a unit.
pub(super) fn parsed(text: &str) -> Result<Duration, Failure> {
    let text = text.trim();
    let unit = UNITS.into_iter().find_map(|(unit, seconds)| Some((text.strip_suffix(unit)?, seconds)));
    let (number, seconds) = unit.unwrap_or((text, 1.0));
    let time = number.trim().parse().ok().and_then(|number: f64| Duration::try_from_secs_f64(number * seconds).ok());
    time.ok_or_else(|| Failure::NotATime(text.to_owned()))
}

/// A time as it was given, with its unit.
pub(super) fn told(text: &str) -> String {
    let has_unit = UNITS.iter().any(|(unit, _)| text.ends_with(unit));
    if has_unit { text.to_owned() } else { format!("{text}s") }
}

/// Does the work on a thread of its own, which says whether what the limit is for was done in time. `None` where it
/// does not say so, or was late and does not end: then the thread is left behind, for the end of the process.
pub(super) fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce(&dyn Fn(bool)) -> T + Send + 'static,
) -> Option<T> {
    let (tell, told) = channel();
    let (give, done) = channel();
    std::thread::spawn(move || {
        // Whoever asked may have gone.
        let done = work(&|is_in_time| {
            let _ = tell.send(is_in_time);
        });
        let _ = give.send(done);
    });
    // Work that ends by itself at the limit says so a little later.
    let is_in_time = told.recv_timeout(limit.saturating_add(GRACE)).ok()?;
    if is_in_time { done.recv().ok() } else { done.recv_timeout(GRACE).ok() }
}

#[cfg(test)]
mod tests {
    use super::parsed;
    use std::time::Duration;

    #[test]
    fn a_time_is_seconds_or_has_a_unit() {
        for (text, millis) in
            [("5", 5_000), ("0.5", 500), ("500ms", 500), ("5s", 5_000), ("1m", 60_000), ("0", 0), (" 2 s", 2_000)]
        {
            assert_eq!(parsed(text).ok(), Some(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "s", "-1", "1h", "NaN", "inf", "1e300", "5 5"] {
            assert!(parsed(text).is_err(), "{text}");
        }
    }
}
