//! The blocks of a source around a place, read without a parser: the source need not be complete.
//!
//! A library without optimisation reads its sources here once for each function, so the loop goes by bytes. All that it
//! looks for is ASCII.

/// A block in braces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'a> {
    source: &'a str,
    /// Where what stands before its `{` begins, behind the item before.
    begin: usize,
    brace: usize,
}

impl Block<'_> {
    /// What stands before its `{`, behind attributes and without comments and texts.
    pub(super) fn head(&self) -> String {
        let head = plain(&self.source[self.begin..self.brace]);
        let end = head.rfind("#[").and_then(|at| Some(at + head[at..].find(']')? + 1));
        head[end.unwrap_or(0)..].trim().to_owned()
    }

    /// Whether it defines the macro.
    pub(super) fn defines(&self, name: &str) -> bool {
        self.head().strip_prefix(BEGIN).is_some_and(|behind| behind.trim() == name)
    }

    /// Whether it is what a rule of a macro becomes.
    pub(super) fn ends_rule(&self) -> bool {
        self.head().ends_with("=>")
    }
}

/// What a definition of a macro begins with.
const BEGIN: &str = "macro_rules!";

/// The definition of a macro by `macro_rules!`, and what stands behind it.
pub(super) fn definition<'a>(name: &str, source: &'a str) -> Option<&'a str> {
    let is_its = |text: &str| {
        let behind = text.trim_start().strip_prefix(name).unwrap_or_default();
        behind.trim_start().starts_with(['{', '(', '['])
    };
    source.match_indices(BEGIN).map(|(at, _)| &source[at..]).find(|text| is_its(&text[BEGIN.len()..]))
}

/// Returns the blocks that are open at the end of the source, the innermost one last. Shows each `$` outside of comments
/// and texts, by the blocks around it and what stands before it since the end of an item.
pub(super) fn scan<'a>(source: &'a str, mut dollar: impl FnMut(&[Block<'a>], &str)) -> Vec<Block<'a>> {
    let bytes = source.as_bytes();
    let (mut blocks, mut begin, mut at) = (Vec::<Block<'a>>::new(), 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'/' | b'"' | b'\'' => {
                at = behind(bytes, at);
                continue;
            }
            b'{' => {
                blocks.push(Block { source, begin, brace: at });
                begin = at + 1;
            }
            b'}' => {
                let block = blocks.pop();
                // A block inside of brackets, such as that of a constant argument, ends nothing.
                let is_within = source[at + 1..].trim_start().starts_with(['>', ',', ')']);
                begin = block.filter(|_| is_within).map_or(at + 1, |block| block.begin);
            }
            b';' => begin = at + 1,
            b'$' => dollar(&blocks, &plain(&source[begin..at])),
            _ => {}
        }
        at += 1;
    }
    blocks
}

/// The text without comments, texts and characters.
fn plain(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut begin, mut at) = (String::new(), 0, 0);
    while at < bytes.len() {
        let next = behind(bytes, at);
        if next > at + 1 {
            plain.push_str(&text[begin..at]);
            begin = next;
        }
        at = next;
    }
    plain + text.get(begin..).unwrap_or_default()
}

/// The place behind the comment, the text or the character that begins here; or else behind this byte.
fn behind(bytes: &[u8], at: usize) -> usize {
    match (bytes[at], bytes.get(at + 1)) {
        (b'/', Some(b'/')) => find(bytes, at, |byte| byte == b'\n'),
        (b'/', Some(b'*')) => behind_comment(bytes, at + 2),
        (b'"', _) => behind_text(bytes, at),
        (b'\'', Some(b'\\')) => find(bytes, at + 3, |byte| byte == b'\'') + 1,
        (b'\'', Some(_)) => behind_letter(bytes, at),
        _ => at + 1,
    }
    .min(bytes.len())
}

/// The first place from here on with such a byte, or the end.
fn find(bytes: &[u8], at: usize, is_it: impl Fn(u8) -> bool) -> usize {
    bytes.iter().skip(at).position(|&byte| is_it(byte)).map_or(bytes.len(), |found| at + found)
}

/// The place behind a comment, whose `/*` was read.
fn behind_comment(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 1;
    while depth > 0 && at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    if depth > 0 { bytes.len() } else { at }
}

/// The place behind a text, whose first `"` is here; what stands before says whether it is a raw one.
fn behind_text(bytes: &[u8], at: usize) -> usize {
    let hashes = bytes[..at].iter().rev().take_while(|&&byte| byte == b'#').count();
    let letters = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let prefix: Vec<u8> = bytes[..at - hashes].iter().rev().take_while(letters).copied().collect();
    if matches!(&prefix[..], b"r" | b"rb" | b"rc") {
        let is_end =
            |&end: &usize| bytes[end + 1..].iter().take_while(|&&byte| byte == b'#').take(hashes).count() == hashes;
        let mut ends = (at + 1..bytes.len()).filter(|&end| bytes[end] == b'"');
        return ends.find(is_end).map_or(bytes.len(), |end| end + 1 + hashes);
    }
    let mut at = at + 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// The place behind a character, whose first `'` is here, or behind that of a lifetime.
fn behind_letter(bytes: &[u8], at: usize) -> usize {
    // What follows the first byte of a character in UTF-8.
    let end = find(bytes, at + 2, |byte| byte & 0b1100_0000 != 0b1000_0000);
    if bytes.get(end) == Some(&b'\'') { end + 1 } else { at + 1 }
}
