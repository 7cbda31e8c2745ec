//! Maps, sets, tuples and arrays: in every form, and what is none.

use super::{Case, refused, refused_at, taken, taken_for};

/// Every case of their answers.
pub(super) fn all() -> Vec<Case> {
    [maps(), sets(), tuples(), arrays(), nesting()].concat()
}

fn maps() -> Vec<Case> {
    const READ: &str = "give_map";
    vec![
        taken(READ, "a0", "a map of nothing"),
        taken(READ, "a2616101616202", "a map"),
        taken_for(READ, "a2616202616101", "a2616101616202", "a map in another order"),
        taken_for(READ, "bf616202616101ff", "a2616101616202", "a map of no known length"),
        taken_for(READ, "b80161611801", "a1616101", "a map with longer heads"),
        taken_for(READ, "c1a1c16161c101", "a1616101", "a map with tags"),
        taken_for(READ, "a17f6161ff01", "a1616101", "a key in pieces"),
        taken_for(READ, "a3626161016162026003", "a3600361620262616101", "keys of other lengths"),
        refused_at("[1].key", READ, "a2616101616102", "a key twice"),
        refused_at("[1].key", READ, "a2616101616101", "an entry twice"),
        refused_at("[2].key", READ, "a3616101616202616103", "a key twice with another between"),
        refused_at("[1].key", READ, "a26161017f6161ff02", "a key twice, once in pieces"),
        refused_at("[1].key", READ, "bf616101616102ff", "a key twice in a map of no known length"),
        refused_at("[0].key", READ, "a10101", "a number for a key"),
        refused_at("[0].key", READ, "a1f601", "null for a key"),
        refused_at("[0].key", READ, "a161ff01", "a key that is not UTF-8"),
        refused_at("[0].value", READ, "a1616118ff", "a value out of range"),
        refused_at("[1].value", READ, "a26161016162f6", "null for a value"),
        refused_at("[0].value", READ, "a161616161", "a text for a value"),
        refused(READ, "a1", "a map that ends before its key"),
        refused(READ, "a16161", "a map that ends before its value"),
        refused(READ, "bf6161ff", "a map that breaks before a value"),
        refused(READ, "bf616101", "a map without an end"),
        refused(READ, "bbffffffffffffffff616101", "a map of the greatest length"),
        refused(READ, "ba00100000616101", "a map of a length that nothing holds"),
        refused(READ, "80", "a list for a map"),
        refused(READ, "82616101", "a pair for a map"),
        refused(READ, "f6", "null for a map"),
        refused(READ, "40", "bytes for a map"),
        taken("give_map_pair", "a1820120f6", "a map with a tuple for a key"),
        taken_for("give_map_pair", "a2822000f6820001f5", "a2820001f5822000f6", "tuples for keys in another order"),
        refused_at("[1].key", "give_map_pair", "a2820102f5820102f4", "a tuple twice for a key"),
        refused_at("[1].key", "give_map_pair", "a2820102f59f180102fff4", "a tuple twice for a key, in another form"),
        refused_at("[0].key.1", "give_map_pair", "a1820118fff6", "a part of a key out of range"),
        refused_at("[0].key", "give_map_pair", "a18101f6", "a key that lacks a part"),
        refused_at("[0].key", "give_map_pair", "a101f6", "a part of a key alone"),
    ]
}

fn sets() -> Vec<Case> {
    const READ: &str = "give_set";
    vec![
        taken(READ, "80", "a set of nothing"),
        taken(READ, "830018181820", "a set of numbers"),
        taken_for(READ, "9f1820001818ff", "830018181820", "a set in another order, and of no known length"),
        taken_for(READ, "c182190001c100", "820001", "a set with tags and longer heads"),
        refused_at("[1]", READ, "820101", "a number twice in a set"),
        refused_at("[1]", READ, "82011801", "a number twice in a set, in another form"),
        refused_at("[2]", READ, "83010201", "a number twice in a set with another between"),
        refused_at("[1]", READ, "8201190100", "a number out of range in a set"),
        refused_at("[0]", READ, "81f6", "null in a set"),
        refused(READ, "420102", "bytes for a set of numbers"),
        refused(READ, "a10102", "a map for a set"),
        refused(READ, "8201", "a set that ends early"),
        refused(READ, "9f01", "a set without an end"),
        refused(READ, "9bffffffffffffffff01", "a set of the greatest length"),
        taken("give_set_text", "83606161626161", "a set of texts"),
        refused_at("[1]", "give_set_text", "8261617f6161ff", "a text twice in a set, once in pieces"),
        refused_at("[0]", "give_set_text", "8101", "a number in a set of texts"),
    ]
}

fn tuples() -> Vec<Case> {
    const READ: &str = "give_tuple";
    vec![
        taken(READ, "82016161", "a tuple"),
        taken(READ, "8201f6", "a tuple with null for its option"),
        taken_for(READ, "9f18016161ff", "82016161", "a tuple of no known length"),
        taken_for(READ, "c1980201f7", "8201f6", "a tuple with a tag, a longer head and undefined"),
        refused(READ, "80", "an empty list for a tuple"),
        refused(READ, "8101", "a tuple that lacks its option"),
        refused(READ, "83016161f6", "a tuple with one value more"),
        refused(READ, "9f01ff", "a tuple of no known length that lacks a value"),
        refused(READ, "9f01f6f6ff", "a tuple of no known length with one value more"),
        refused(READ, "9f01f6", "a tuple without an end"),
        refused(READ, "01", "a value alone for a tuple"),
        refused(READ, "a101f6", "a map for a tuple"),
        refused(READ, "f6", "null for a tuple"),
        refused_at("0", READ, "8218fff6", "the first value of a tuple out of range"),
        refused_at("1", READ, "820101", "a number for the second value of a tuple"),
    ]
}

fn arrays() -> Vec<Case> {
    const READ: &str = "give_array";
    const BYTES: &str = "give_array_bytes";
    vec![
        taken(READ, "820120", "an array"),
        taken_for(READ, "9f180120ff", "820120", "an array of no known length"),
        taken_for(READ, "c1990002c10120", "820120", "an array with tags and a longer head"),
        refused(READ, "80", "an empty array"),
        refused(READ, "8101", "an array that is too short"),
        refused(READ, "83010203", "an array that is too long"),
        refused(READ, "9f01ff", "an array of no known length that is too short"),
        refused(READ, "9f010203ff", "an array of no known length that is too long"),
        refused(READ, "420102", "bytes for an array of numbers with a sign"),
        refused(READ, "9bffffffffffffffff0101", "an array of the greatest length"),
        refused_at("[1]", READ, "8201f6", "null in an array"),
        refused_at("[0]", READ, "8218ff01", "a number out of range in an array"),
        taken(BYTES, "420102", "an array of bytes"),
        taken_for(BYTES, "5f41014102ff", "420102", "an array of bytes in pieces"),
        taken_for(BYTES, "820102", "420102", "an array of bytes in a list"),
        taken_for(BYTES, "9f180102ff", "420102", "an array of bytes in a list of no known length"),
        refused(BYTES, "40", "no bytes for an array of two"),
        refused(BYTES, "4101", "one byte for an array of two"),
        refused(BYTES, "43010203", "three bytes for an array of two"),
        refused(BYTES, "83010203", "three bytes in a list for an array of two"),
        refused(BYTES, "8219010001", "a byte out of range in an array"),
        refused(BYTES, "626161", "text for an array of bytes"),
    ]
}

/// A map of a record is one level, and so is the record.
fn nesting() -> Vec<Case> {
    let field = super::text;
    let held = |table: &str| {
        let empty = [("by_mode", "a0"), ("by_pair", "a0"), ("table", table), ("words", "80")];
        let fixed = format!("82{}{}", field("Off"), field("Max"));
        let rest =
            [("fixed", &*fixed), ("spans", "80"), ("at", "f6"), ("wide", "f6"), ("paths", "80"), ("machine", "f6")];
        let entries = empty.into_iter().chain(rest).map(|(name, value)| format!("{}{value}", field(name)));
        format!("aa{}", entries.collect::<String>())
    };
    // The innermost has a list and an array too, each one level more.
    let nested = |levels: usize| (1..levels).fold(held("a0"), |inner, _| held(&format!("a1{}{inner}", field("x"))));
    vec![
        taken("give_Held", held("a0"), "what holds collections, with nothing in them"),
        taken("give_Held", nested(32), "maps and records that nest to the 64th level"),
        refused("give_Held", nested(33), "maps and records that nest past it"),
    ]
}
