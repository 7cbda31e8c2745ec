//! How long a worker looks for work before it sleeps, where its library asks for that.
//!
//! - It follows what looking gained lately: it grows up to the library's limit while work comes
//!   within it, and shrinks to nothing while none does. A worker whose looks are in vain looks once
//!   in [`PROBE`] sleeps, to learn whether that has changed.
//! - A worker that has no work at all sleeps, and looks no more before it is woken.

use crate::doorbell::Heard;
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
    pub(super) fn find(&mut self, look: impl FnOnce(Duration) -> Heard) -> bool {
        let mut length = self.next;
        if length.is_zero() {
            self.unseen += 1;
            if self.unseen < PROBE {
                return false;
            }
            length = self.limit;
        }
        self.unseen = 0;
        let heard = look(length);
        self.next = match (heard, length / 2) {
            (Heard::InTime, _) => (length * 2).min(self.limit),
            // What came late came while its sender had this core: a sleep would have let it have
            // the core sooner.
            (Heard::Late | Heard::Nothing, half) if half >= self.limit / 16 && !self.next.is_zero() => half,
            (Heard::Late | Heard::Nothing, _) => Duration::ZERO,
        };
        heard != Heard::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::{Heard, PROBE, Spin};
    use crate::sync::time::Duration;

    /// How long each of so many sleeps looked before, where it `hears` that each time.
    fn looks(spin: &mut Spin, count: u32, hears: Heard) -> Vec<Duration> {
        let mut looks = Vec::new();
        for _ in 0..count {
            let mut looked = Duration::ZERO;
            spin.find(|length| {
                looked = length;
                hears
            });
            looks.push(looked);
        }
        looks
    }

    #[test]
    fn looks_in_vain_become_rare() {
        for hears in [Heard::Nothing, Heard::Late] {
            let mut spin = Spin::new(32);
            let lengths = looks(&mut spin, 10 * PROBE, hears);
            assert_eq!(lengths[0], Duration::from_micros(32));
            let total: Duration = lengths.iter().sum();
            assert!(total < Duration::from_micros(64 + 10 * 32), "{total:?}");
            assert!(lengths[10..].iter().any(|length| !length.is_zero()), "it never looks again");
        }
    }

    #[test]
    fn looks_that_find_work_are_long_again() {
        let mut spin = Spin::new(32);
        looks(&mut spin, 10, Heard::Nothing);
        let lengths = looks(&mut spin, 2 * PROBE, Heard::InTime);
        assert_eq!(lengths.last(), Some(&Duration::from_micros(32)));
        assert!(lengths.iter().filter(|length| length.is_zero()).count() < PROBE as usize);
    }

    #[test]
    fn nobody_looks_for_longer_than_the_longest() {
        assert_eq!(Spin::new(u64::MAX).limit, Duration::from_millis(1));
    }
}
