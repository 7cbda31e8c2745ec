//! Answers that are refused: nesting, keys, texts, types, numbers, lengths, and what is no CBOR.

use super::{Case, Verdict, case, chains, maybe, refused, refused_at, taken, taken_for, text, trees};
use crate::support::unhex;

/// Every answer that is refused, with the nearest ones that are taken.
pub(super) fn all() -> Vec<Case> {
    [nesting(), keys(), texts(), types(), numbers(), lengths(), malformed()].concat()
}

fn nesting() -> Vec<Case> {
    const MANY: usize = 20_000;
    // A record of options, which has no key `x`.
    let unknown = |value: &str| format!("a1{}{value}", text("x"));
    let of =
        |open: &str, levels: usize, close: &str| unknown(&format!("{}00{}", open.repeat(levels), close.repeat(levels)));
    vec![
        taken_for("give_Maybe", of("81", 126, ""), maybe(), "an unknown key whose value nests as deep as variants may"),
        refused("give_Maybe", of("81", 127, ""), "an unknown key whose value nests past it"),
        refused("give_Maybe", of("81", MANY, ""), "an unknown key with arrays without an end"),
        refused("give_Maybe", of("a100", MANY, ""), "an unknown key with maps without an end"),
        refused("give_Maybe", unknown(&format!("{}{}", "a1".repeat(MANY), "00".repeat(MANY + 1))), "maps as keys"),
        refused("give_Maybe", of("9f", MANY, "ff"), "an unknown key with arrays of no known length"),
        refused("give_Maybe", of("bf00", MANY, "ff"), "an unknown key with maps of no known length"),
        refused("give_Maybe", unknown(&"9f".repeat(MANY)), "arrays that do not end"),
        refused("give_Maybe", unknown(&"81".repeat(MANY)), "arrays that end too early"),
        taken_for("give_Maybe", of("c1", MANY, ""), maybe(), "an unknown key with tags without an end"),
        taken_for("give_i8", format!("{}05", "c1".repeat(MANY)), "05", "a number with tags without an end"),
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
        taken_for("give_Chain", format!("a2{next}f6{value}01"), chains(1), "keys in another order"),
        taken_for("give_Chain", format!("a1{value}01"), chains(1), "an option's key that is missing"),
        taken_for("give_Maybe", format!("a1{}00", text("x")), maybe(), "a key that is unknown"),
        refused_at("value", "give_Chain", format!("a3{value}01{value}02{next}f6"), "a key that stands twice"),
        refused_at(
            "value",
            "give_Chain",
            format!("a2{value}01{value}02"),
            "a key that stands twice, for one that may be missing",
        ),
        refused_at(
            "name",
            "give_Tree",
            format!("a2{name}60{name}60"),
            "a key that stands twice, for one that is missing",
        ),
        refused_at("children", "give_Tree", format!("a3{name}60{children}80{children}80"), "a list that stands twice"),
        refused_at("text", "give_Maybe", format!("a2{of_text}f6{of_text}f6"), "an absent option that stands twice"),
        refused_at(
            "value",
            "give_Chain",
            format!("a2{value}017f6376616c627565ff02"),
            "a key that stands twice, once in pieces",
        ),
        refused_at("children", "give_Tree", format!("a1{name}60"), "a key that is missing"),
        refused_at("name", "give_Tree", format!("a1{children}80"), "another key that is missing"),
        refused_at("value", "give_Chain", "a0", "no keys"),
        refused_at("name", "give_Tree", "a0", "none of two keys"),
        refused_at("strings", "give_Many", "a0", "none of many keys"),
        refused_at("next.value", "give_Chain", format!("a2{next}a0{value}01"), "a key that is missing further in"),
        refused("give_Maybe", "a161ff00", "a key that is not UTF-8"),
        refused("give_Chain", format!("a2{value}01{next}"), "a key without a value"),
    ]
}

fn texts() -> Vec<Case> {
    let bad = ["61ff", "6180", "62c080", "63eda080", "64f4908080", "61c3", "62c3c3", "61f8", "63e28200"];
    let texts = bad.iter().map(|bytes| refused("give_text", bytes, "a text that is not UTF-8"));
    let within = bad.iter().map(|bytes| {
        refused_at(
            "name",
            "give_Tree",
            format!("a2{}{bytes}{}80", text("name"), text("children")),
            "a field that is not UTF-8",
        )
    });
    let options = bad.iter().map(|bytes| refused("give_option", bytes, "an option's text that is not UTF-8"));
    let more = vec![
        refused("give_char", "61ff", "a character that is not UTF-8"),
        refused("give_char", "60", "no character"),
        refused("give_char", "626161", "two characters"),
        refused("give_mode", "634f66ff", "a variant that is not UTF-8"),
        refused("give_mode", "624f66", "the beginning of a variant"),
        refused("give_mode", "644f666678", "more than a variant"),
        refused_at("[0]", "give_list", "8163786666", "a variant that there is not"),
        refused("give_text", "7f61c361a9ff", "a character in two pieces"),
        refused("give_text", "7f61ffff", "a piece that is not UTF-8"),
        refused("give_text", "7f4161ff", "bytes as a piece of a text"),
        refused("give_text", "7f7f6161ffff", "pieces within a piece"),
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
                ("f32" | "f64", "00") => Verdict::Taken(unhex("f90000")),
                ("blob", "8100") => Verdict::Taken(unhex("4100")),
                ("option", "f6") => Verdict::Taken(unhex("f6")),
                ("Maybe", "a0") => Verdict::Taken(unhex(&maybe())),
                _ if kind == right => Verdict::Taken(unhex(kind)),
                _ => Verdict::Refused(None),
            };
            cases.push(case(verdict, &format!("give_{name}"), kind, "a value of another type"));
        }
    }
    let [value, next] = ["value", "next"].map(text);
    for wrong in [float, truth, nothing, letters, bytes, items, map] {
        cases.push(refused_at("value", "give_Chain", format!("a2{value}{wrong}{next}f6"), "a field of another type"));
    }
    for wrong in [number, truth, letters, bytes, items] {
        cases.push(refused_at("next", "give_Chain", format!("a2{value}01{next}{wrong}"), "an option of another type"));
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
        taken_for("give_f32", "fb3fb999999999999a", "fa3dcccccd", "a number that is rounded"),
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
        let value = if read == "give_Maybe" { maybe() } else { whole.clone() };
        cases.push(taken_for(read, &whole, value, "a whole value"));
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
    cases.push(refused("give_blob", "5f5f4101ffff", "pieces within a piece"));
    cases.push(refused("give_bool", "f815", "true in two bytes"));
    cases.push(refused("give_nothing", "f816", "null in two bytes"));
    cases
}
