//! How long a worker looks for work before it sleeps, where its library asks for that.
//!
//! - It follows what looking gained lately: it grows up to the library's limit while work comes
//!   within it, and shrinks to nothing while none does. A worker whose looks are in vain looks once
//!   in [`PROBE`] sleeps, to learn whether that has changed.
//! - A worker that has no work at all sleeps, and looks no more before it is woken.

use crate::sync::time::Duration;

/// The longest that anybody looks, in microseconds: timers and sockets wait meanwhile.
const LONGEST: u64 = 1_000;

/// Of so many sleeps of a worker whose looks are in vain, one has a look before it.
const PROBE: u32 = 64;

#[derive(Debug)]
pub(super) struct Spin {
    limit: Duration,
    /// How long the next look takes. Zero where looks are in vain.
    next: Duration,
    /// Sleeps since the last look.
    unseen: u32,
}

impl Spin {
    /// For a library that has its workers look for up to so many microseconds.
    pub(super) fn new(limit_us: u64) -> Self {
        let limit = Duration::from_micros(limit_us.min(LONGEST));
        Self { limit, next: limit, unseen: 0 }
    }

    /// Before a sleep: has `look` look for so long, if it is worth it; whether there was work.
    pub(super) fn find(&mut self, look: impl FnOnce(Duration) -> bool) -> bool {
        let mut length = self.next;
        if length.is_zero() {
            self.unseen += 1;
            if self.unseen < PROBE {
                return false;
            }
            length = self.limit;
        }
        self.unseen = 0;
        let has_found = look(length);
        self.next = match (has_found, length / 2) {
            (true, _) => (length * 2).min(self.limit),
            (false, half) if half >= self.limit / 16 && self.next > Duration::ZERO => half,
            (false, _) => Duration::ZERO,
        };
        has_found
    }
}

#[cfg(test)]
mod tests {
    use super::{PROBE, Spin};
    use crate::sync::time::Duration;

    /// How long each of so many sleeps looked before, where `finds` tells whether it found work.
    fn looks(spin: &mut Spin, count: u32, finds: impl Fn(Duration) -> bool) -> Vec<Duration> {
        let mut looks = Vec::new();
        for _ in 0..count {
            let mut looked = Duration::ZERO;
            spin.find(|length| {
                looked = length;
                finds(length)
            });
            looks.push(looked);
        }
        looks
    }

    #[test]
    fn looks_in_vain_become_rare() {
        let mut spin = Spin::new(32);
        let lengths = looks(&mut spin, 10 * PROBE, |_| false);
        assert_eq!(lengths[0], Duration::from_micros(32));
        let total: Duration = lengths.iter().sum();
        assert!(total < Duration::from_micros(64 + 10 * 32), "{total:?}");
        assert!(lengths[10..].iter().any(|length| !length.is_zero()), "it never looks again");
    }

    #[test]
    fn looks_that_find_work_are_long_again() {
        let mut spin = Spin::new(32);
        looks(&mut spin, 10, |_| false);
        let lengths = looks(&mut spin, 2 * PROBE, |_| true);
        assert_eq!(lengths.last(), Some(&Duration::from_micros(32)));
        assert!(lengths.iter().filter(|length| length.is_zero()).count() < PROBE as usize);
    }

    #[test]
    fn nobody_looks_for_longer_than_the_longest() {
        assert_eq!(Spin::new(u64::MAX).limit, Duration::from_millis(1));
    }
}
