//! What no library of this project sends: answers and events of `everything()` that every reader must refuse,
//! or at least survive, and some that are odd and still right.

use super::{hex, unhex};
use std::fmt;
use std::path::{Path, PathBuf};

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is a value.
    Taken,
    /// It is an error.
    Refused,
    /// It is either, as the language has it, and nothing worse.
    Survived,
}

/// A message, and what it is read as: `give_T` is an answer, `on_T` that event, `any` whatever event it is.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) verdict: Verdict,
    pub(crate) read: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) what: String,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Taken => "taken",
            Verdict::Refused => "refused",
            Verdict::Survived => "survived",
        };
        let bytes = if self.bytes.is_empty() { "-".to_owned() } else { hex(&self.bytes) };
        write!(f, "{verdict} {} {bytes} {}", self.read, self.what)
    }
}

/// Every case. An answer's are an event's payload as well.
pub(crate) fn cases() -> Vec<Case> {
    let answers = [nesting(), keys(), texts(), types(), numbers(), lengths(), malformed()].concat();
    let payloads: Vec<Case> = answers.iter().filter_map(as_payload).collect();
    let events = [payloads, events()].concat();
    let of_any: Vec<Case> = events.iter().filter_map(as_any).collect();
    [answers, events, of_any, unknown_events()].concat()
}

/// Writes the cases as lines `verdict read hex what`, for a host to read.
pub(crate) fn write(folder: &Path) -> PathBuf {
    let path = folder.join("hostile.rows");
    let rows: String = cases().iter().map(|case| format!("{case}\n")).collect();
    std::fs::write(&path, rows).unwrap();
    path
}

fn case(verdict: Verdict, read: &str, bytes: impl AsRef<str>, what: &str) -> Case {
    Case { verdict, read: read.to_owned(), bytes: unhex(bytes.as_ref()), what: what.to_owned() }
}

fn taken(read: &str, bytes: impl AsRef<str>, what: &str) -> Case {
    case(Verdict::Taken, read, bytes, what)
}

fn refused(read: &str, bytes: impl AsRef<str>, what: &str) -> Case {
    case(Verdict::Refused, read, bytes, what)
}

fn survived(read: &str, bytes: impl AsRef<str>, what: &str) -> Case {
    case(Verdict::Survived, read, bytes, what)
}

fn text(text: &str) -> String {
    format!("{:02x}{}", 0x60 + text.len(), hex(text.as_bytes()))
}

fn chains(levels: usize) -> String {
    let head = format!("a2{}01{}", text("value"), text("next"));
    format!("{}f6", head.repeat(levels))
}

fn trees(levels: usize) -> String {
    let head = format!("a2{}60{}", text("name"), text("children"));
    format!("{}{head}80", format!("{head}81").repeat(levels - 1))
}

fn nesting() -> Vec<Case> {
    const MANY: usize = 20_000;
    // A record of options, which has no key `x`.
    let unknown = |value: &str| format!("a1{}{value}", text("x"));
    let of =
        |open: &str, levels: usize, close: &str| unknown(&format!("{}00{}", open.repeat(levels), close.repeat(levels)));
    vec![
        taken("give_Maybe", of("81", 63, ""), "an unknown key whose value nests to the 64th level"),
        refused("give_Maybe", of("81", 64, ""), "an unknown key whose value nests past it"),
        refused("give_Maybe", of("81", MANY, ""), "an unknown key with arrays without an end"),
        refused("give_Maybe", of("a100", MANY, ""), "an unknown key with maps without an end"),
        refused("give_Maybe", unknown(&format!("{}{}", "a1".repeat(MANY), "00".repeat(MANY + 1))), "maps as keys"),
        refused("give_Maybe", of("9f", MANY, "ff"), "an unknown key with arrays of no known length"),
        refused("give_Maybe", of("bf00", MANY, "ff"), "an unknown key with maps of no known length"),
        refused("give_Maybe", unknown(&"9f".repeat(MANY)), "arrays that do not end"),
        refused("give_Maybe", unknown(&"81".repeat(MANY)), "arrays that end too early"),
        survived("give_Maybe", of("c1", MANY, ""), "an unknown key with tags without an end"),
        survived("give_i8", format!("{}05", "c1".repeat(MANY)), "a number with tags without an end"),
        refused("give_Maybe", format!("a1{}00{}", "81".repeat(MANY), ""), "a key that nests"),
        refused("give_list", "81".repeat(MANY), "lists where a list's element should be"),
        refused("give_i8", "81".repeat(MANY), "lists where a number should be"),
        refused("give_option", "81".repeat(MANY), "lists where an option should be"),
        taken("give_Chain", chains(64), "records that nest to the 64th level"),
        refused("give_Chain", chains(65), "records that nest past it"),
        refused("give_Chain", chains(MANY), "records that nest without an end"),
        taken("give_Tree", trees(32), "records and lists that nest to the 64th level"),
        refused("give_Tree", trees(33), "records and lists that nest past it"),
        refused("give_Tree", trees(MANY), "records and lists that nest without an end"),
    ]
}

fn keys() -> Vec<Case> {
    let [name, children, value, next, of_text] = ["name", "children", "value", "next", "text"].map(text);
    vec![
        taken("give_Chain", format!("a2{next}f6{value}01"), "keys in another order"),
        taken("give_Chain", format!("a1{value}01"), "an option's key that is missing"),
        taken("give_Maybe", format!("a1{}00", text("x")), "a key that is unknown"),
        refused("give_Chain", format!("a3{value}01{value}02{next}f6"), "a key that stands twice"),
        refused("give_Chain", format!("a2{value}01{value}02"), "a key that stands twice, for one that may be missing"),
        refused("give_Tree", format!("a2{name}60{name}60"), "a key that stands twice, for one that is missing"),
        refused("give_Tree", format!("a3{name}60{children}80{children}80"), "a list that stands twice"),
        refused("give_Maybe", format!("a2{of_text}f6{of_text}f6"), "an absent option that stands twice"),
        refused("give_Chain", format!("a2{value}017f6376616c626c7565ff02"), "a key that stands twice, once in pieces"),
        refused("give_Tree", format!("a1{name}60"), "a key that is missing"),
        refused("give_Tree", format!("a1{children}80"), "another key that is missing"),
        refused("give_Chain", "a0", "no keys"),
        refused("give_Tree", "a0", "none of two keys"),
        refused("give_Many", "a0", "none of many keys"),
        refused("give_Chain", format!("a2{next}a0{value}01"), "a key that is missing further in"),
        refused("give_Maybe", "a161ff00", "a key that is not UTF-8"),
        refused("give_Chain", format!("a2{value}01{next}"), "a key without a value"),
    ]
}

fn texts() -> Vec<Case> {
    let bad = ["61ff", "6180", "62c080", "63eda080", "64f4908080", "61c3", "62c3c3", "61f8", "63e28200"];
    let texts = bad.iter().map(|bytes| refused("give_text", bytes, "a text that is not UTF-8"));
    let within = bad.iter().map(|bytes| {
        refused("give_Tree", format!("a2{}{bytes}{}80", text("name"), text("children")), "a field that is not UTF-8")
    });
    let options = bad.iter().map(|bytes| refused("give_option", bytes, "an option's text that is not UTF-8"));
    let more = vec![
        refused("give_char", "61ff", "a character that is not UTF-8"),
        refused("give_char", "60", "no character"),
        refused("give_char", "626161", "two characters"),
        refused("give_mode", "634f66ff", "a variant that is not UTF-8"),
        refused("give_mode", "624f66", "the beginning of a variant"),
        refused("give_mode", "644f666678", "more than a variant"),
        refused("give_list", "8163786666", "a variant that there is not"),
        survived("give_text", "7f61c361a9ff", "a character in two pieces"),
        refused("give_text", "7f61ffff", "a piece that is not UTF-8"),
        refused("give_text", "7f4161ff", "bytes as a piece of a text"),
        survived("give_text", "7f7f6161ffff", "pieces within a piece"),
        refused("give_text", "7f6161", "pieces without an end"),
    ];
    texts.chain(within).chain(options).chain(more).collect()
}

fn types() -> Vec<Case> {
    // Every kind of item, and one of each is right.
    let [number, float, truth, nothing] = ["00", "f93e00", "f5", "f6"];
    let [letters, bytes, items, map] = ["626162", "426162", "8100", "a0"];
    let kinds = [number, float, truth, nothing, letters, bytes, items, map];
    let integers = ["i8", "i16", "i32", "i64", "isize", "u8", "u16", "u32", "u64", "usize"];
    let right = [("f32", float), ("f64", float), ("bool", truth), ("text", letters), ("blob", bytes), ("Maybe", map)];
    let right = right.into_iter().chain(integers.map(|name| (name, number)));
    let none = ["char", "mode", "list", "Tree", "Chain", "Many", "All", "box"].map(|name| (name, ""));
    let mut cases = Vec::new();
    for (name, right) in right.chain(none).chain([("option", letters), ("nothing", nothing)]) {
        for kind in kinds {
            // What may also be written in another way.
            let verdict = match (name, kind) {
                ("f32" | "f64", "00") | ("blob", "8100") => Verdict::Survived,
                ("option", "f6") => Verdict::Taken,
                _ if kind == right => Verdict::Taken,
                _ => Verdict::Refused,
            };
            cases.push(case(verdict, &format!("give_{name}"), kind, "a value of another type"));
        }
    }
    let [value, next] = ["value", "next"].map(text);
    for wrong in [float, truth, nothing, letters, bytes, items, map] {
        cases.push(refused("give_Chain", format!("a2{value}{wrong}{next}f6"), "a field of another type"));
    }
    for wrong in [number, truth, letters, bytes, items] {
        cases.push(refused("give_Chain", format!("a2{value}01{next}{wrong}"), "an option of another type"));
    }
    cases
}

fn numbers() -> Vec<Case> {
    let [most, beyond] = ["7fffffffffffffff", "8000000000000000"];
    let mut cases = vec![
        refused("give_i8", "1880", "more than fits"),
        refused("give_i8", "3880", "less than fits"),
        refused("give_u8", "190100", "more than fits"),
        refused("give_u8", "20", "less than none"),
        refused("give_u32", "1b0000000100000000", "more than fits"),
        refused("give_u64", "20", "less than none"),
        refused("give_usize", "20", "less than none"),
        taken("give_u64", "1bffffffffffffffff", "the greatest number"),
        taken("give_f32", "fb3fb999999999999a", "a number that is rounded"),
        taken("give_f32", "f97e00", "no number"),
        taken("give_f32", "f9fc00", "an infinite number"),
        refused("give_f32", "fb7e37e43c8800759c", "a number that would become infinite"),
        refused("give_f32", "fbfe37e43c8800759c", "a number that would become infinite"),
        refused("give_f32", "fb0000000000000001", "a number that would become zero"),
        refused("give_f32", "fb8000000000000001", "a number that would become zero"),
    ];
    for name in ["give_i64", "give_isize"] {
        cases.push(taken(name, format!("3b{most}"), "the least number"));
        cases.push(refused(name, format!("3b{beyond}"), "less than fits"));
        cases.push(refused(name, format!("1b{beyond}"), "more than fits"));
        cases.push(refused(name, "3bffffffffffffffff", "less than fits"));
    }
    cases
}

fn lengths() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, major) in [("blob", 2), ("text", 3), ("list", 4), ("Maybe", 5), ("Tree", 5)] {
        for len in ["1903e8", "1a00ffffff", "1a7fffffff", "1affffffff", "1b7fffffffffffffff", "1b8000000000000000"] {
            let head = u8::from_str_radix(&len[..2], 16).unwrap() | major << 5;
            let bytes = format!("{head:02x}{}f6", &len[2..]);
            cases.push(refused(&format!("give_{name}"), bytes, "a length beyond the bytes that are left"));
        }
        let head = 0x1b | major << 5;
        cases.push(refused(&format!("give_{name}"), format!("{head:02x}{}", "ff".repeat(8)), "the greatest length"));
    }
    let unknown = text("x");
    for head in ["9b", "bb", "7b", "5b"] {
        cases.push(refused(
            "give_Maybe",
            format!("a1{unknown}{head}{}", "ff".repeat(8)),
            "the greatest length, skipped",
        ));
    }
    // Whatever is cut, or has something behind it.
    let wholes = [
        ("give_i64", "1b0000000100000000".to_owned()),
        ("give_f64", "fb3fb999999999999a".to_owned()),
        ("give_text", "63616263".to_owned()),
        ("give_blob", "43010203".to_owned()),
        ("give_list", "83634f6666f66446617374".to_owned()),
        ("give_Tree", trees(3)),
        ("give_Chain", chains(2)),
        ("give_bool", "f5".to_owned()),
        ("give_nothing", "f6".to_owned()),
        ("give_char", "6161".to_owned()),
        ("give_mode", "634f6666".to_owned()),
        ("give_option", "6161".to_owned()),
        ("give_Maybe", "a0".to_owned()),
    ];
    for (read, whole) in wholes {
        cases.push(taken(read, &whole, "a whole value"));
        cases.push(refused(read, format!("{whole}00"), "a byte behind the value"));
        cases.push(refused(read, format!("{whole}{whole}"), "two values"));
        for end in 0..whole.len() / 2 {
            cases.push(refused(read, &whole[..2 * end], "a value that is cut"));
        }
    }
    cases
}

fn malformed() -> Vec<Case> {
    let mut cases = Vec::new();
    for bytes in ["1c", "1f", "3f", "ff", "fc", "df05", "9fc1ff", "dc05"] {
        for read in ["give_i8", "give_list", "give_Maybe", "give_text", "give_blob", "give_nothing", "give_f64"] {
            cases.push(refused(read, bytes, "no CBOR"));
        }
        cases.push(refused("give_Maybe", format!("a1{}{bytes}", text("x")), "no CBOR behind an unknown key"));
    }
    cases.push(survived("give_blob", "5f5f4101ffff", "pieces within a piece"));
    cases.push(survived("give_bool", "f815", "true in two bytes"));
    cases.push(survived("give_nothing", "f816", "null in two bytes"));
    cases
}

/// The case of an answer as that of an event that tells the same.
fn as_payload(answer: &Case) -> Option<Case> {
    let name = answer.read.strip_prefix("give_")?;
    // A payload that is cut is what follows it, or nothing.
    if answer.what == "two values" || answer.what == "a byte behind the value" {
        return None;
    }
    let bytes = [message(&format!("on_{name}"), ""), hex(&answer.bytes)].concat();
    Some(case(answer.verdict, &format!("on_{name}"), bytes, &format!("an event, {}", answer.what)))
}

fn long_text(of: &str) -> String {
    if of.len() < 24 { text(of) } else { format!("78{:02x}{}", of.len(), hex(of.as_bytes())) }
}

/// `{"eventType": name, "payload": payload}`
fn message(name: &str, payload: &str) -> String {
    format!("a2{}{}{}{payload}", text("eventType"), long_text(name), text("payload"))
}

fn events() -> Vec<Case> {
    let [type_, payload, unknown] = ["eventType", "payload", "x"].map(text);
    let mut cases = Vec::new();
    for (name, value) in [("nothing", "f6"), ("i8", "01"), ("text", "6161"), ("option", "f6"), ("Maybe", "a0")] {
        let read = &format!("on_{name}");
        let this = text(read);
        let whole = message(read, value);
        let after = |more: &str| format!("a3{}{more}", &whole[2..]);
        cases.extend([
            taken(read, &whole, "an event"),
            taken(read, after(&format!("{unknown}80")), "an event with a key more"),
            refused(read, format!("a1{type_}{this}"), "an event without a payload"),
            refused(read, format!("a1{payload}{value}"), "an event without a name"),
            refused(read, "a0", "an event without anything"),
            refused(read, format!("a2{type_}{this}{unknown}{value}"), "an event with another key for its payload"),
            refused(read, format!("a2{unknown}{this}{payload}{value}"), "an event with another key for its name"),
            refused(read, after(&format!("{payload}{value}")), "an event with two payloads"),
            refused(read, after(&format!("{type_}{this}")), "an event with two names"),
            refused(read, format!("a2{type_}{this}{type_}{this}"), "an event with a name for a payload"),
            refused(read, format!("a2{payload}{value}{payload}{value}"), "an event with a payload for a name"),
            refused(read, message("on_i16", value), "another event"),
            refused(read, format!("a2{type_}00{payload}{value}"), "an event whose name is a number"),
            refused(read, format!("a2{type_}61ff{payload}{value}"), "an event whose name is not UTF-8"),
            refused(read, format!("{whole}00"), "an event with a byte behind it"),
            refused(read, format!("{whole}{whole}"), "two events"),
            refused(read, value, "a payload alone"),
            refused(read, format!("82{this}{value}"), "an event as a list"),
            refused(read, "", "no bytes"),
            refused(read, after(&format!("{unknown}{}00", "81".repeat(20_000))), "an event with a key that nests"),
            survived(read, format!("a2{payload}{value}{type_}{this}"), "an event whose name comes last"),
            survived(read, pieces(read, value), "an event whose name comes in pieces"),
            refused(read, pieces("on_unknown_in_pieces", value), "another event whose name comes in pieces"),
            survived(read, format!("bf{}ff", &whole[2..]), "an event of no known length"),
        ]);
        cases.extend((1..whole.len() / 2).map(|end| refused(read, &whole[..2 * end], "an event that is cut")));
    }
    cases
}

/// The case of an event as one that is not known before.
fn as_any(event: &Case) -> Option<Case> {
    let is_that_event = !event.what.starts_with("another event");
    is_that_event.then(|| Case { read: "any".to_owned(), ..event.clone() })
}

/// Events of a newer library.
fn unknown_events() -> Vec<Case> {
    let [type_, payload, unknown] = ["eventType", "payload", "x"].map(text);
    let news = text("on_news");
    vec![
        taken("any", message("on_news", "01"), "an unknown event"),
        taken("any", message("on_news", "a1616180"), "an unknown event with a record"),
        taken("any", message("", "01"), "an unknown event without a name"),
        refused("any", format!("a1{type_}{news}"), "an unknown event without a payload"),
        refused("any", format!("a2{type_}{news}{unknown}01"), "an unknown event with another key for its payload"),
        refused("any", format!("{}00", message("on_news", "01")), "an unknown event with a byte behind it"),
        refused("any", message("on_news", ""), "an unknown event that is cut"),
        refused("any", message("on_news", "ff"), "an unknown event whose payload is no CBOR"),
        refused("any", message("on_news", &"81".repeat(20_000)), "an unknown event whose payload nests"),
        refused(
            "any",
            format!("a3{}{payload}01", &message("on_news", "01")[2..]),
            "an unknown event with two payloads",
        ),
        refused("any", format!("a2{type_}62c080{payload}01"), "an unknown event whose name is not UTF-8"),
        survived("any", pieces("on_news", "01"), "an unknown event whose name comes in pieces"),
        survived("any", message("on_i8\0x", "01"), "an unknown event whose name holds a NUL"),
    ]
}

/// An event whose name is a text of two pieces.
fn pieces(name: &str, payload: &str) -> String {
    let (one, other) = name.split_at(2);
    format!("a2{}7f{}{}ff{}{payload}", text("eventType"), text(one), text(other), text("payload"))
}
