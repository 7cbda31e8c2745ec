//! Timers: things that are due at a moment, the first one first.

use crate::sync::time::{Duration, Instant};
use std::collections::BTreeMap;

/// The longest time that anything is set for: a year. A clock cannot add every number.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// This many milliseconds, or a year where they are more.
pub(crate) fn millis(count: u64) -> Duration {
    Duration::from_millis(count).min(LONGEST)
}

/// One timer: its moment, and a number that no other among the same timers has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Timer {
    due: Instant,
    number: u64,
}

/// Timers by their moments.
#[derive(Debug)]
pub(crate) struct Timers<T> {
    set: BTreeMap<Timer, T>,
    next_number: u64,
}

impl<T> Timers<T> {
    /// None.
    pub(crate) const fn new() -> Self {
        Self { set: BTreeMap::new(), next_number: 0 }
    }

    /// Sets one.
    pub(crate) fn set(&mut self, due: Instant, thing: T) -> Timer {
        let timer = Timer { due, number: self.next_number };
        self.next_number += 1;
        self.set.insert(timer, thing);
        timer
    }

    /// Takes one back; whether it was still set.
    pub(crate) fn unset(&mut self, timer: Timer) -> bool {
        self.set.remove(&timer).is_some()
    }

    /// When the first is due.
    pub(crate) fn first(&self) -> Option<Instant> {
        self.set.first_key_value().map(|(timer, _)| timer.due)
    }

    /// Takes the first out, if it is due at `now`.
    pub(crate) fn take_due(&mut self, now: Instant) -> Option<T> {
        let first = self.set.first_entry().filter(|first| first.key().due <= now)?;
        Some(first.remove())
    }
}

#[cfg(test)]
mod tests {
    use super::{Timers, millis};
    use crate::sync::time::{Duration, Instant};

    #[test]
    fn timers_fire_in_the_order_of_their_moments_unless_taken_back() {
        let start = Instant::now();
        let at = |second| start + Duration::from_secs(second);
        let mut timers = Timers::new();
        timers.set(at(3), "third");
        let second = timers.set(at(2), "second");
        timers.set(at(1), "first");
        timers.set(at(1), "first again");
        assert_eq!(timers.first(), Some(at(1)));
        assert_eq!(timers.take_due(start), None);
        assert!(timers.unset(second));
        assert_eq!([(); 3].map(|()| timers.take_due(at(3))), [Some("first"), Some("first again"), Some("third")]);
        assert!(!timers.unset(second));
        assert_eq!((timers.first(), timers.take_due(at(9))), (None, None));
    }

    #[test]
    fn no_number_of_milliseconds_overflows_the_clock() {
        assert!(Instant::now() + millis(u64::MAX) > Instant::now());
        assert_eq!(millis(1_500), Duration::from_millis(1_500));
    }
}
