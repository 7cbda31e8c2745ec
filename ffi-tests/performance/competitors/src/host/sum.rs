//! What an answer comes to, by which it is checked.

use super::Record;

/// A sum of a value: of all of a record, of the ends and the middle of what is large.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sum {
    /// How many items there are.
    items: usize,
    /// How many bytes of text.
    bytes: usize,
    numbers: i64,
}

impl Sum {
    pub(crate) fn of_text(text: &[u8]) -> Self {
        Self { bytes: text.len(), ..Self::of_bytes(text) }
    }

    pub(crate) fn of_record(record: &Record) -> Self {
        let mut sum = Self::default();
        sum.add_text(record.name.as_bytes());
        for message in &record.messages {
            sum.add_text(message.text.as_bytes());
            sum.add_number(message.delay_ms);
        }
        for tag in &record.tags {
            sum.add_text(tag.as_bytes());
        }
        if let Some(note) = &record.note {
            sum.add_text(note.as_bytes());
        }
        if let Some(retries) = record.retries {
            sum.add_number(retries);
        }
        sum
    }

    pub(crate) fn of_numbers(numbers: &[f64]) -> Self {
        Self::of_some(numbers, |number| number as i64)
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self::of_some(bytes, i64::from)
    }

    /// Adds a text, by its length and its last byte.
    pub(crate) fn add_text(&mut self, text: &[u8]) {
        self.items += 1;
        self.bytes += text.len();
        self.numbers += text.last().map_or(0, |&byte| i64::from(byte));
    }

    pub(crate) fn add_number(&mut self, number: i64) {
        self.items += 1;
        self.numbers += number;
    }

    fn of_some<T: Copy>(items: &[T], number: impl Fn(T) -> i64) -> Self {
        let some = [0, items.len() / 2, items.len() - 1];
        Self { items: items.len(), bytes: 0, numbers: some.map(|index| number(items[index])).iter().sum() }
    }
}
