//! How long a worker spins for work before it sleeps, where its library asks for that.
//!
//! - It follows what spinning gained lately: it grows up to the library's limit while work comes
//!   within it, and shrinks to nothing while none does. A worker that spins in vain spins once
//!   in [`PROBE`] sleeps, to learn whether that has changed.
//! - A worker that has no work at all sleeps, and spins no more before it is woken.

use crate::context::Heard;
use crate::sync::time::Duration;

/// The longest that a worker spins, in microseconds: timers and sockets wait meanwhile.
const LONGEST: u64 = 1_000;

/// Of so many sleeps of a worker that spins in vain, one has a spin before it.
const PROBE: u32 = 64;

#[derive(Debug)]
pub(super) struct Spin {
    limit: Duration,
    /// How long the next spin takes. Zero where spins are in vain.
    next: Duration,
    /// Sleeps since the last spin.
    unseen: u32,
}

impl Spin {
    /// For a library that has its workers spin for up to so many microseconds.
    pub(super) fn new(limit_us: u64) -> Self {
        let limit = Duration::from_micros(limit_us.min(LONGEST));
        Self { limit, next: limit, unseen: 0 }
    }

    /// Before a sleep: has `spin` spin for so long, if it is worth it; whether there was work.
    pub(super) fn find(&mut self, spin: impl FnOnce(Duration) -> Heard) -> bool {
        let mut length = self.next;
        if length.is_zero() {
            self.unseen += 1;
            if self.unseen < PROBE {
                return false;
            }
            length = self.limit;
        }
        self.unseen = 0;
        let heard = spin(length);
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

    /// How long each of so many sleeps spun before, where it `hears` that each time.
    fn spins(spin: &mut Spin, count: u32, hears: Heard) -> Vec<Duration> {
        let mut spins = Vec::new();
        for _ in 0..count {
            let mut spun = Duration::ZERO;
            spin.find(|length| {
                spun = length;
                hears
            });
            spins.push(spun);
        }
        spins
    }

    #[test]
    fn spins_in_vain_become_rare() {
        for hears in [Heard::Nothing, Heard::Late] {
            let mut spin = Spin::new(32);
            let lengths = spins(&mut spin, 10 * PROBE, hears);
            assert_eq!(lengths[0], Duration::from_micros(32));
            let total: Duration = lengths.iter().sum();
            assert!(total < Duration::from_micros(64 + 10 * 32), "{total:?}");
            assert!(lengths[10..].iter().any(|length| !length.is_zero()), "it never spins again");
        }
    }

    #[test]
    fn spins_that_find_work_are_long_again() {
        let mut spin = Spin::new(32);
        spins(&mut spin, 10, Heard::Nothing);
        let lengths = spins(&mut spin, 2 * PROBE, Heard::InTime);
        assert_eq!(lengths.last(), Some(&Duration::from_micros(32)));
        assert!(lengths.iter().filter(|length| length.is_zero()).count() < PROBE as usize);
    }

    #[test]
    fn nobody_spins_for_longer_than_the_longest() {
        assert_eq!(Spin::new(u64::MAX).limit, Duration::from_millis(1));
    }
}
