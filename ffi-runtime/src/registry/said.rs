//! Texts of compiler messages that are put together while compiling.

/// How long a text may be.
const ROOM: usize = 1024;

/// A text that grows while compiling, and is cut where it becomes too long.
#[derive(Debug)]
pub struct Said {
    bytes: [u8; ROOM],
    len: usize,
}

impl Said {
    /// Begins with `text`.
    pub(super) const fn new(text: &str) -> Self {
        Self { bytes: [0; ROOM], len: 0 }.and(text)
    }

    /// Adds `text`.
    pub(super) const fn and(mut self, text: &str) -> Self {
        let (text, mut at) = (text.as_bytes(), 0);
        while at < text.len() && self.len < ROOM {
            self.bytes[self.len] = text[at];
            (self.len, at) = (self.len + 1, at + 1);
        }
        self
    }

    /// The text.
    pub const fn text(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "the names are too long",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ROOM, Said};

    #[test]
    fn what_is_too_long_is_cut() {
        assert_eq!(Said::new("write `").and("shop_total").and("`").text(), "write `shop_total`");
        assert_eq!(Said::new(&"x".repeat(ROOM - 1)).and("yz").text(), "x".repeat(ROOM - 1) + "y");
    }
}
