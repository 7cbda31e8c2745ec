//! The enums with data of the tests.

use super::reader::Slow;
use super::{Read, fill, taken};
use ciborium::Value;
use every::everything::{Block, Sign};
use fastrand::Rng;
use ffi_runtime::{Fault, FaultKind};

/// Whether the entries of a map are those of a variant, which has no others.
pub(super) fn is_variant(entries: &[(Value, Value)]) -> bool {
    const NAMES: [&str; 12] = [
        "Rule",
        "Paragraph",
        "Measure",
        "Heading",
        "Quote",
        "Styled",
        "image",
        "Planted",
        "Signed",
        "Plus",
        "Minus",
        "Between",
    ];
    matches!(entries, [(Value::Text(name), _)] if NAMES.contains(&&**name))
}

fn unknown<T>(name: &str) -> Result<T, Fault> {
    Err(FaultKind::UnknownVariant { text: name.chars().take(64).collect() }.into())
}

/// Reads that the variant holds nothing.
fn unit<T>(slow: &mut Slow<'_>, name: &'static str, is_alone: bool, value: T) -> Result<T, Fault> {
    if is_alone { Ok(value) } else { slow.nothing().map(|()| value).map_err(|fault| fault.at_key(name)) }
}

/// Reads what the variant holds.
fn held<T>(
    slow: &mut Slow<'_>,
    name: &'static str,
    is_alone: bool,
    read: impl FnOnce(&mut Slow<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let alone = FaultKind::WrongType { expected: "a map of the variant and what it holds", found: "its name alone" };
    if is_alone { Err(Fault::from(alone).at_key(name)) } else { read(slow).map_err(|fault| fault.at_key(name)) }
}

/// Reads the value of a key that may come once.
fn once<T: Read>(slow: &mut Slow<'_>, key: &'static str, field: &mut Option<T>) -> Result<(), Fault> {
    fill(field, slow).map_err(|fault| fault.at_key(key))
}

fn given<T: Read>(slow: &mut Slow<'_>, key: &'static str, field: Option<T>) -> Result<T, Fault> {
    taken(field, slow).map_err(|fault| fault.at_key(key))
}

impl Read for Sign {
    fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
        slow.variant(|slow, name, is_alone| match name {
            "Without" => unit(slow, "Without", is_alone, Self::Without),
            "Plus" => held(slow, "Plus", is_alone, u8::read).map(Self::Plus),
            "Minus" => held(slow, "Minus", is_alone, |slow| {
                let mut by = None;
                slow.entries(|slow, key| if key == "by" { once(slow, "by", &mut by) } else { slow.skip() })?;
                Ok(Self::Minus { by: given(slow, "by", by)? })
            }),
            "Between" => held(slow, "Between", is_alone, |slow| slow.pair().map(|(a, b)| Self::Between(a, b))),
            other => unknown(other),
        })
    }

    fn make(rng: &mut Rng, depth: u32) -> Self {
        match rng.u8(0..4) {
            0 => Self::Without,
            1 => Self::Plus(Read::make(rng, depth)),
            2 => Self::Minus { by: Read::make(rng, depth) },
            _ => Self::Between(Read::make(rng, depth), Read::make(rng, depth)),
        }
    }
}

impl Read for Block {
    fn read(slow: &mut Slow<'_>) -> Result<Self, Fault> {
        slow.variant(|slow, name, is_alone| match name {
            "Rule" => unit(slow, "Rule", is_alone, Self::Rule),
            "Paragraph" => held(slow, "Paragraph", is_alone, String::read).map(Self::Paragraph),
            "Measure" => held(slow, "Measure", is_alone, |slow| slow.pair().map(|(a, b)| Self::Measure(a, b))),
            "Heading" => held(slow, "Heading", is_alone, heading),
            "Quote" => held(slow, "Quote", is_alone, Box::read).map(Self::Quote),
            "Styled" => held(slow, "Styled", is_alone, styled),
            "image" => held(slow, "image", is_alone, Vec::read).map(Self::Picture),
            "Planted" => held(slow, "Planted", is_alone, Read::read).map(Self::Planted),
            "Signed" => held(slow, "Signed", is_alone, Sign::read).map(Self::Signed),
            other => unknown(other),
        })
    }

    fn make(rng: &mut Rng, depth: u32) -> Self {
        let below = depth.saturating_sub(1);
        match rng.u8(0..if depth == 0 { 3 } else { 9 }) {
            0 => Self::Rule,
            1 => Self::Paragraph(Read::make(rng, depth)),
            2 => Self::Measure(Read::make(rng, depth), Read::make(rng, depth)),
            3 => Self::Heading {
                level_of: Read::make(rng, depth),
                in_bold: rng.bool(),
                children: Read::make(rng, depth),
            },
            4 => Self::Quote(Read::make(rng, below)),
            5 => Self::Styled {
                r#type: Read::make(rng, depth),
                at: Read::make(rng, depth),
                inner: Read::make(rng, depth),
            },
            6 => Self::Picture(Read::make(rng, depth)),
            7 => Self::Planted(Read::make(rng, below)),
            _ => Self::Signed(Read::make(rng, depth)),
        }
    }
}

fn heading(slow: &mut Slow<'_>) -> Result<Block, Fault> {
    let (mut level_of, mut in_bold, mut children) = (None, None, None);
    slow.entries(|slow, key| match key {
        "levelOf" => once(slow, "levelOf", &mut level_of),
        "inBold" => once(slow, "inBold", &mut in_bold),
        "children" => once(slow, "children", &mut children),
        _ => slow.skip(),
    })?;
    let (level_of, in_bold) = (given(slow, "levelOf", level_of)?, given(slow, "inBold", in_bold)?);
    Ok(Block::Heading { level_of, in_bold, children: given(slow, "children", children)? })
}

fn styled(slow: &mut Slow<'_>) -> Result<Block, Fault> {
    let (mut ty, mut at, mut inner) = (None, None, None);
    slow.entries(|slow, key| match key {
        "type" => once(slow, "type", &mut ty),
        "at" => once(slow, "at", &mut at),
        "inner" => once(slow, "inner", &mut inner),
        _ => slow.skip(),
    })?;
    let (r#type, at) = (given(slow, "type", ty)?, given(slow, "at", at)?);
    Ok(Block::Styled { r#type, at, inner: given(slow, "inner", inner)? })
}
