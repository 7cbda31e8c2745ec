//! Values at random, the same in every run.

/// A xorshift generator.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(0x9e37_79b9_7f4a_7c15 ^ seed)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 16) as usize % limit
    }

    pub(crate) fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    pub(crate) fn byte(&mut self) -> u8 {
        (self.next() >> 24) as u8
    }

    /// A number of up to so many bits, small ones as likely as large ones.
    pub(crate) fn bits(&mut self, most: usize) -> u64 {
        let dropped = self.below(most + 1) + 64 - most;
        let value = self.next().checked_shr(dropped as u32).unwrap_or(0);
        if self.one_in(2) { value } else { !value }
    }

    pub(crate) fn length(&mut self) -> usize {
        if self.one_in(20) { self.below(70) } else { self.below(4) }
    }

    /// A float of some width: few bits, special, or any bits at all. A NaN is always the usual one.
    pub(crate) fn f64(&mut self) -> f64 {
        let value = match self.below(4) {
            0 => f64::from(self.f32()),
            1 => (self.next() as i32 >> self.below(32)).into(),
            2 => [f64::INFINITY, f64::NEG_INFINITY, -0.0, f64::MAX, f64::MIN_POSITIVE][self.below(5)],
            _ => f64::from_bits(self.next()),
        };
        if value.is_nan() { f64::NAN } else { value }
    }

    pub(crate) fn f32(&mut self) -> f32 {
        let dropped = self.below(24);
        let value = f32::from_bits(self.next() as u32 >> dropped << dropped);
        if value.is_nan() { f32::NAN } else { value }
    }

    pub(crate) fn character(&mut self) -> char {
        let most = [0x7f, 0x7ff, 0xffff, 0x10_ffff][self.below(4)];
        char::from_u32(self.below(most) as u32 + 1).unwrap_or('\u{ffff}')
    }

    pub(crate) fn text(&mut self) -> String {
        (0..self.length()).map(|_| self.character()).collect()
    }
}
