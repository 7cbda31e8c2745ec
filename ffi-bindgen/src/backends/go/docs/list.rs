//! A list of a comment, read and written as `gofmt` does.

use super::prose::prose;

/// A list, of numbers or of bullets.
pub(super) struct List {
    items: Vec<Item>,
    /// Whether blank lines are between the items.
    is_loose: bool,
    /// Whether a blank line was the last one.
    is_after_blank: bool,
}

struct Item {
    number: Option<String>,
    paragraphs: Vec<Vec<String>>,
}

impl Item {
    fn new((number, text): (Option<&str>, &str)) -> Self {
        Self { number: number.map(str::to_owned), paragraphs: vec![vec![prose(text)]] }
    }
}

impl List {
    /// A list that begins with this line; one without a marker is an item too.
    pub(super) fn new(line: &str) -> Self {
        let item = Item::new(marker(line).unwrap_or((None, line)));
        Self { items: vec![item], is_loose: false, is_after_blank: false }
    }

    /// Whether this line is an item of it.
    pub(super) fn has(&self, line: &str) -> bool {
        marker(line).is_some_and(|(number, _)| number.is_some() == self.is_numbered())
    }

    /// Goes on with a line, without its indentation.
    pub(super) fn feed(&mut self, line: &str) {
        if line.is_empty() {
            self.is_after_blank = true;
            return;
        }
        self.is_loose |= self.is_after_blank;
        let is_numbered = self.is_numbered();
        let paragraphs = &mut self.items.last_mut().expect("a list has an item").paragraphs;
        match marker(line).filter(|(number, _)| number.is_some() == is_numbered) {
            Some(item) => self.items.push(Item::new(item)),
            None if self.is_after_blank => paragraphs.push(vec![prose(line)]),
            None => paragraphs.last_mut().expect("an item has a paragraph").push(prose(line)),
        }
        self.is_after_blank = false;
    }

    fn is_numbered(&self) -> bool {
        self.items[0].number.is_some()
    }

    /// The lines of the comment.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (place, item) in self.items.iter().enumerate() {
            if place > 0 && self.is_loose {
                lines.push(String::new());
            }
            let mark = item.number.as_ref().map_or_else(|| "   - ".to_owned(), |number| format!("  {number}. "));
            item.write(&mark, "     ", &mut lines);
        }
        lines
    }

    /// The lines where no indentation makes them a list.
    pub(super) fn plain(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for item in &self.items {
            let mark = item.number.as_ref().map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
            item.write(&mark, "  ", &mut lines);
        }
        lines
    }
}

impl Item {
    fn write(&self, mark: &str, indentation: &str, lines: &mut Vec<String>) {
        for (place, paragraph) in self.paragraphs.iter().enumerate() {
            if place > 0 {
                lines.push(String::new());
            }
            for (row, text) in paragraph.iter().enumerate() {
                let before = if place == 0 && row == 0 { mark } else { indentation };
                lines.push(format!("{before}{text}"));
            }
        }
    }
}

/// The number, if it has one, and the text of a line that begins an item.
pub(super) fn marker(line: &str) -> Option<(Option<&str>, &str)> {
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &line[..line.len() - after_digits.len()];
    let rest = match digits {
        "" => line.strip_prefix(['-', '*', '+', '•'])?,
        _ => after_digits.strip_prefix(['.', ')'])?,
    };
    let text = rest.trim();
    let is_item = rest.starts_with(' ') && !text.is_empty();
    is_item.then_some((Some(digits).filter(|digits| !digits.is_empty()), text))
}
