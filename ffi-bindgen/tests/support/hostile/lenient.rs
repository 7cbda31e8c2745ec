//! Forms in which nothing is lost, and the nearest ones in which something is.

use super::{Case, chains, maybe, refused, refused_at, taken, taken_for, text, trees};

/// Every such answer.
pub(super) fn all() -> Vec<Case> {
    [integers(), floats(), texts(), lists(), records(), unknown_keys()].concat()
}

fn integers() -> Vec<Case> {
    let signed = ["i8", "i16", "i32", "i64", "isize"];
    let unsigned = ["u8", "u16", "u32", "u64", "usize"];
    let zeros = "00".repeat(200);
    let mut cases = Vec::new();
    for name in signed.into_iter().chain(unsigned) {
        let read = &format!("give_{name}");
        cases.extend([
            taken_for(read, "c24105", "05", "a bignum"),
            taken_for(read, "c240", "00", "a bignum without digits"),
            taken_for(read, format!("c258c9{zeros}05"), "05", "a bignum with zeros before it"),
            taken_for(read, "c25f41004105ff", "05", "a bignum in pieces"),
            taken_for(read, "c1c24105", "05", "a bignum with another tag before it"),
            taken_for(read, "c105", "05", "a number with a tag"),
            taken_for(read, "d9d9f705", "05", "a number with the tag of CBOR itself"),
            taken_for(read, "1805", "05", "a number with a longer head than it needs"),
            taken_for(read, "1b0000000000000005", "05", "a number with the longest head"),
            refused(read, "c2c14105", "bytes with a bignum's tag further off"),
            refused(read, "4105", "bytes"),
            refused(read, "c26105", "a text with a bignum's tag"),
            refused(read, "c24905ffffffffffffffff", "a bignum beyond 64 bits"),
            refused(read, format!("c25903e8{}", "ff".repeat(1000)), "a bignum of many digits"),
            refused(read, format!("c3597530{}", "ff".repeat(30_000)), "a negative bignum of very many digits"),
            refused(read, "c25f4105", "a bignum without an end"),
            refused(read, "f94500", "a float"),
        ]);
    }
    for name in signed {
        cases.push(taken_for(&format!("give_{name}"), "c34105", "25", "a negative bignum"));
    }
    for name in unsigned {
        cases.push(refused(&format!("give_{name}"), "c34105", "a negative bignum"));
    }
    cases.extend([
        taken_for("give_u64", "c248ffffffffffffffff", "1bffffffffffffffff", "the greatest number as a bignum"),
        taken_for("give_u64", "c24900ffffffffffffffff", "1bffffffffffffffff", "the same with a zero before it"),
        taken_for("give_i64", "c3487fffffffffffffff", "3b7fffffffffffffff", "the least number as a bignum"),
        refused("give_i64", "c2488000000000000000", "a bignum that has no room for its sign"),
        refused("give_i64", "c3488000000000000000", "a negative bignum beyond the least number"),
        refused("give_u8", "c2420100", "a bignum beyond its type"),
    ]);
    cases
}

fn floats() -> Vec<Case> {
    let power = |bits: usize| format!("c258{:02x}{:02x}{}", bits / 8 + 1, 1 << (bits % 8), "00".repeat(bits / 8));
    let both = ["f32", "f64"].map(|name| format!("give_{name}"));
    let mut cases = Vec::new();
    for read in &both {
        cases.extend([
            taken_for(read, "01", "f93c00", "an integer"),
            taken_for(read, "20", "f9bc00", "a negative integer"),
            taken_for(read, "c10a", "f94900", "an integer with a tag"),
            taken_for(read, "c2420100", "f95c00", "a bignum"),
            taken_for(read, "c34200ff", "f9dc00", "a negative bignum"),
            taken_for(read, "1a01000000", "fa4b800000", "the last integers that 32 bits hold all of"),
            taken_for(read, power(64), "fa5f800000", "a bignum beyond 64 bits that a float holds exactly"),
            taken_for(read, power(127), "fa7f000000", "a bignum far beyond 64 bits that a float holds exactly"),
            taken_for(read, "fa3f800000", "f93c00", "a float with a longer form than it needs"),
            taken_for(read, "fb3ff0000000000000", "f93c00", "a float with the longest form"),
            taken_for(read, "c1f93c00", "f93c00", "a float with a tag"),
            taken_for(read, "f98000", "f98000", "a zero with a sign"),
            taken_for(read, "fb7ff8000000000000", "f97e00", "no number, in another form"),
            refused(read, "1bffffffffffffffff", "an integer that no float is"),
            refused(read, "c249010000000000000001", "a bignum that no float is"),
            refused(read, format!("c2588100{}", "ff".repeat(128)), "a bignum of many digits that no float is"),
            refused(read, format!("c25903e8{}", "01".repeat(1000)), "a bignum beyond every float"),
            refused(read, power(1024), "the first bignum beyond every float"),
            refused(read, "f6", "null"),
            refused(read, "4101", "bytes"),
        ]);
    }
    cases.extend([
        taken_for("give_f64", power(1000), "fb7e70000000000000", "a bignum that 64 bits hold exactly"),
        taken_for("give_f64", "1b0020000000000000", "fa5a000000", "an integer that 64 bits hold exactly"),
        taken_for("give_f64", "1a01000001", "fb4170000010000000", "an integer that 64 bits hold exactly"),
        refused("give_f64", "1b0020000000000001", "an integer that 64 bits do not hold exactly"),
        refused("give_f32", "1a01000001", "an integer that 32 bits do not hold exactly"),
        refused("give_f32", "c24401000001", "a bignum that 32 bits do not hold exactly"),
        refused("give_f32", power(128), "the first bignum beyond 32 bits"),
    ]);
    cases
}

fn texts() -> Vec<Case> {
    vec![
        taken_for("give_text", "7f6161626263ff", "63616263", "a text in pieces"),
        taken_for("give_text", "7fff", "60", "no pieces"),
        taken_for("give_text", "7f60616160ff", "6161", "pieces without anything"),
        taken_for("give_text", "7f62c3a9ff", "62c3a9", "a character in its piece"),
        taken_for("give_text", "c16161", "6161", "a text with a tag"),
        taken_for("give_text", "780161", "6161", "a text with a longer head than it needs"),
        taken_for("give_text", "63efbbbf", "63efbbbf", "a text that is a mark of the byte order"),
        taken_for("give_text", "63efbfbd", "63efbfbd", "a text that is the sign for what is no text"),
        taken_for("give_text", "64f09f9880", "64f09f9880", "a character beyond the first plane"),
        refused("give_text", "7fc16161ff", "a piece with a tag"),
        refused("give_text", "c4c1", "tags alone"),
        taken_for("give_char", "7f6161ff", "6161", "a character in a piece"),
        taken("give_char", "64f09f9880", "a character beyond the first plane"),
        refused("give_char", "7f61616162ff", "two characters in pieces"),
        taken_for("give_mode", "7f614f626666ff", "634f6666", "a variant in pieces"),
        taken_for("give_mode", "c1634f6666", "634f6666", "a variant with a tag"),
        taken_for("give_blob", "5f4101420203ff", "43010203", "bytes in pieces"),
        taken_for("give_blob", "5fff", "40", "no pieces"),
        taken_for("give_blob", "c143010203", "43010203", "bytes with a tag"),
        taken_for("give_blob", "c24101", "4101", "bytes with a bignum's tag"),
        taken_for("give_blob", "83010218ff", "430102ff", "bytes as a list"),
        taken_for("give_blob", "9f01c24102ff", "420102", "bytes as a list of no known length, with a bignum"),
        taken_for("give_blob", "80", "40", "no bytes as a list"),
        refused_at("[1]", "give_blob", "8201190100", "a byte out of range"),
        refused_at("[0]", "give_blob", "8120", "a byte below zero"),
        refused_at("[0]", "give_blob", "816161", "a text for a byte"),
        refused_at("[0]", "give_blob", "81f93c00", "a float for a byte"),
        refused("give_blob", "8201", "a list of bytes that is cut"),
        taken_for("give_bool", "c1f5", "f5", "true with a tag"),
        refused("give_bool", "f7", "undefined"),
        refused("give_bool", "01", "a number"),
        taken_for("give_nothing", "f7", "f6", "undefined"),
        taken_for("give_nothing", "c1f6", "f6", "null with a tag"),
        taken_for("give_option", "f7", "f6", "undefined"),
        taken_for("give_option", "c1f6", "f6", "null with a tag"),
        taken_for("give_option", "c16161", "6161", "a value with a tag"),
        refused("give_option", "f4", "false"),
    ]
}

fn lists() -> Vec<Case> {
    vec![
        taken_for("give_list", "9f634f6666f6ff", "82634f6666f6", "a list of no known length"),
        taken_for("give_list", "9fff", "80", "an empty list of no known length"),
        taken_for("give_list", "c182c1634f6666f7", "82634f6666f6", "a list with tags"),
        taken_for("give_list", "9801634f6666", "81634f6666", "a longer head"),
        refused("give_list", "9f634f6666", "a list without an end"),
        refused("give_list", "82634f6666ff", "an end in a list that says its length"),
        refused("give_list", "9fc1ff", "a tag before the end"),
        refused_at("[1]", "give_list", "82634f666600", "an element of another type"),
    ]
}

fn records() -> Vec<Case> {
    let [name, children, value, next] = ["name", "children", "value", "next"].map(text);
    vec![
        taken_for("give_Chain", format!("bf{value}01{next}f6ff"), chains(1), "a record of no known length"),
        taken_for("give_Chain", format!("c1a2{value}01{next}f7"), chains(1), "a record with a tag, and undefined"),
        taken_for("give_Chain", format!("a2c1{value}01{next}f6"), chains(1), "a key with a tag"),
        taken_for("give_Chain", format!("a2780576616c756501{next}f6"), chains(1), "a key with a longer head"),
        taken_for("give_Chain", format!("a27f6376616c627565ff01{next}f6"), chains(1), "a key in pieces"),
        taken_for("give_box", format!("bf{value}01ff"), chains(1), "a boxed record of no known length"),
        taken_for("give_Tree", format!("bf{children}9fff{name}7fffff"), trees(1), "a tree of no known lengths"),
        taken_for("give_Empty", "a10000", "a0", "a record without fields that has one"),
        taken_for("give_Empty", "bfff", "a0", "an empty record of no known length"),
        refused("give_Chain", format!("bf{value}01{next}f6"), "a record without an end"),
        refused("give_Chain", format!("bf{value}ff"), "a record that ends after a key"),
        refused_at("next.next.value", "give_Chain", deep(&value, &next, "6161"), "a fault deep within"),
        refused_at("next.next.value", "give_box", deep(&value, &next, "fa7fc00000"), "a fault deep within a box"),
        refused_at(
            "children[1].name",
            "give_Tree",
            format!("a2{name}60{children}82{}a2{name}00{children}80", trees(1)),
            "a fault in a list of records",
        ),
        refused_at(
            "children[0].children",
            "give_Tree",
            format!("a2{name}60{children}81a1{name}60"),
            "a key that is missing in a list of records",
        ),
    ]
}

fn deep(value: &str, next: &str, last: &str) -> String {
    format!("a2{value}01{next}a2{value}01{next}a2{value}{last}{next}f6")
}

/// Keys that are not known may be anything, and so may their values.
fn unknown_keys() -> Vec<Case> {
    let x = text("x");
    let any = [
        "00",
        "20",
        "1bffffffffffffffff",
        "4101",
        "5f4101ff",
        "6161",
        "7f6161ff",
        "80",
        "9f00ff",
        "a0",
        "bf6161f6ff",
        "a2616100616100",
        "c100",
        "c249010000000000000000",
        "d9ffff80",
        "f4",
        "f6",
        "f7",
        "f0",
        "f820",
        "f8ff",
        "f97e00",
        "fa00000000",
        "fb0000000000000000",
        "a1a10000f6",
        "8181818100",
    ];
    let mut cases = Vec::new();
    for item in any {
        cases.push(taken_for("give_Maybe", format!("a1{x}{item}"), maybe(), "an unknown key"));
        // What is a text would be an unknown key as well.
        cases.push(taken_for("give_Maybe", format!("a1{item}00"), maybe(), "a key that is no text, or unknown"));
        cases.push(taken_for("give_Maybe", format!("a2{item}{item}{item}f6"), maybe(), "an unknown key twice"));
    }
    for bad in ["61ff", "7f61ffff", "8161ff", "a161ff00", "c161ff", "f810", "1c", "ff", "5f6161ff", "7f4161ff", "8200"]
    {
        cases.push(refused("give_Maybe", format!("a1{x}{bad}"), "an unknown key whose value is none"));
        cases.push(refused("give_Maybe", format!("a1{bad}00"), "a key that is none"));
    }
    cases
}
