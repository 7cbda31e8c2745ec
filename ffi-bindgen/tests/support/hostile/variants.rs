//! Enums with data: variants in every form, and what is none.

use super::{Case, refused, refused_at, taken, taken_for, text};

/// Every case of its answers.
pub(super) fn all() -> Vec<Case> {
    [forms(), names(), payloads(), fields(), nesting()].concat()
}

const READ: &str = "give_Block";

/// A map of this one variant.
fn variant(name: &str, held: &str) -> String {
    format!("a1{}{held}", text(name))
}

/// Forms in which nothing is lost.
fn forms() -> Vec<Case> {
    let [rule, of_text] = ["Rule", "Text"].map(text);
    let (own, pair) = (variant("Text", "6161"), variant("Pair", "82016161"));
    vec![
        taken(READ, &rule, "a variant that holds nothing"),
        taken(READ, &own, "a variant that holds a value"),
        taken(READ, variant("Maybe", "f6"), "a variant that holds no value"),
        taken(READ, &pair, "a variant that holds two values"),
        taken_for(READ, variant("Rule", "f6"), &rule, "a variant with null, which holds nothing"),
        taken_for(READ, variant("Rule", "f7"), &rule, "a variant with undefined, which holds nothing"),
        taken_for(READ, format!("bf{rule}f6ff"), &rule, "the same in a map of no known length"),
        taken_for(READ, "7f625275626c65ff", &rule, "a name in pieces"),
        taken_for(READ, format!("c1{rule}"), &rule, "a name with a tag"),
        taken_for(READ, format!("7804{}", &rule[2..]), &rule, "a name with a longer head"),
        taken_for(READ, format!("bf{of_text}6161ff"), &own, "a variant in a map of no known length"),
        taken_for(READ, format!("c1a1c1{of_text}c16161"), &own, "a variant with tags"),
        taken_for(READ, format!("b801{of_text}6161"), &own, "a variant with a longer head"),
        taken_for(READ, "a17f625465627874ff6161", &own, "a variant whose name comes in pieces"),
        taken_for(READ, variant("Pair", "9f016161ff"), &pair, "two values in a list of no known length"),
    ]
}

/// What is no variant, or not one.
fn names() -> Vec<Case> {
    let [rule, of_text] = ["Rule", "Text"].map(text);
    vec![
        refused(READ, text("rule"), "an unknown variant"),
        refused(READ, variant("text", "6161"), "an unknown variant that holds a value"),
        refused(READ, "60", "a variant without a name"),
        refused_at("Text", READ, &of_text, "the name alone of a variant that holds a value"),
        refused_at("Maybe", READ, text("Maybe"), "the name alone of a variant that may hold a value"),
        refused_at("Pair", READ, text("Pair"), "the name alone of a variant that holds two values"),
        refused_at("Head", READ, text("Head"), "the name alone of a variant that holds fields"),
        refused(READ, "a0", "no variant"),
        refused(READ, "bfff", "no variant in a map of no known length"),
        refused(READ, format!("a2{of_text}6161{rule}f6"), "two variants"),
        refused(READ, format!("a2{of_text}6161{of_text}6161"), "a variant twice"),
        refused(READ, format!("a2{of_text}6161{}00", text("x")), "a variant and an unknown one"),
        refused(READ, format!("bf{of_text}6161{rule}f6ff"), "two variants in a map of no known length"),
        refused(READ, format!("bf{rule}f6{rule}f6ff"), "a variant twice in a map of no known length"),
        refused(READ, format!("bf{of_text}6161"), "a variant in a map without an end"),
        refused(READ, format!("bf{of_text}ff"), "a variant in a map that ends after its name"),
        refused(READ, format!("a1{of_text}"), "a variant that ends after its name"),
        refused(READ, "a100f6", "a number for a variant's name"),
        refused(READ, "a161fff6", "a variant's name that is not UTF-8"),
        refused(READ, "f6", "null"),
        refused(READ, "01", "a number"),
        refused(READ, "f5", "true"),
        refused(READ, "4101", "bytes"),
        refused(READ, format!("81{rule}"), "a variant in a list"),
        refused(READ, format!("bb{}{of_text}6161", "ff".repeat(8)), "a map of the greatest length"),
    ]
}

/// What a variant holds in another shape.
fn payloads() -> Vec<Case> {
    vec![
        refused_at("Rule", READ, variant("Rule", "00"), "a value in a variant that holds nothing"),
        refused_at("Rule", READ, variant("Rule", "a0"), "no fields in a variant that holds nothing"),
        refused_at("Rule", READ, variant("Rule", "80"), "no values in a variant that holds nothing"),
        refused_at("Text", READ, variant("Text", "f6"), "null in a variant that holds a value"),
        refused_at("Text", READ, variant("Text", "816161"), "a list in a variant that holds a value"),
        refused_at("Maybe", READ, variant("Maybe", "1880"), "a value out of range in a variant"),
        refused_at("Pair", READ, variant("Pair", "a0"), "a map in a variant that holds two values"),
        refused_at("Pair", READ, variant("Pair", "01"), "one value in a variant that holds two"),
        refused_at("Pair", READ, variant("Pair", "80"), "no values of two"),
        refused_at("Pair", READ, variant("Pair", "8101"), "one value of two, where the other may be absent"),
        refused_at("Pair", READ, variant("Pair", "83016161f6"), "three values of two"),
        refused_at("Pair", READ, variant("Pair", "9f01ff"), "one value of two in a list of no known length"),
        refused_at("Pair", READ, variant("Pair", "9f016161f6ff"), "three values of two in such a list"),
        refused(READ, variant("Pair", "9f016161"), "two values in a list without an end"),
        refused_at("Pair.0", READ, variant("Pair", "82f66161"), "null for the first of two values"),
        refused_at("Pair.1", READ, variant("Pair", "820101"), "a number for the second of two values"),
        refused_at("Head", READ, variant("Head", "8301f680"), "a list in a variant that holds fields"),
        refused_at("Head", READ, variant("Head", "f6"), "null in a variant that holds fields"),
        refused_at("Quote.Quote.Pair.1", READ, quotes(2, &variant("Pair", "820101")), "a fault within variants"),
        refused_at("Quote.Quote.Text", READ, quotes(2, &text("Text")), "a name alone within variants"),
    ]
}

/// The fields of a variant, which are those of a record.
fn fields() -> Vec<Case> {
    let [of_type, of, inner] = ["type", "of", "inner"].map(text);
    let own = head("80");
    let with = |fields: &str| variant("Head", fields);
    vec![
        taken(READ, &own, "a variant that holds fields"),
        taken_for(READ, with(&format!("a2{of_type}01{inner}80")), &own, "an option's field that is missing"),
        taken_for(READ, with(&format!("a3{inner}80{of}f6{of_type}01")), &own, "fields in another order"),
        taken_for(READ, with(&format!("a3{of_type}01{}8100{inner}80", text("x"))), &own, "a field that is unknown"),
        taken_for(READ, with(&format!("bf{of_type}01{inner}9fffff")), &own, "fields of no known length"),
        refused_at("Head.type", READ, with(&format!("a1{inner}80")), "a field that is missing"),
        refused_at("Head.inner", READ, with(&format!("a1{of_type}01")), "a list that is missing"),
        refused_at("Head.type", READ, with("a0"), "no fields"),
        refused_at("Head.of", READ, with(&format!("a4{of_type}01{inner}80{of}f6{of}01")), "a field that stands twice"),
        refused_at("Head.type", READ, with(&format!("a2{of_type}190100{inner}80")), "a field out of range"),
        refused_at(
            "Head.inner[1].Text",
            READ,
            head(&format!("82{}{}", text("Rule"), text("Text"))),
            "a list's variant",
        ),
    ]
}

/// A `Head` with these blocks in it.
pub(super) fn head(inner: &str) -> String {
    variant("Head", &format!("a3{}01{}f6{}{inner}", text("type"), text("of"), text("inner")))
}

/// A block within so many quotes.
fn quotes(levels: usize, block: &str) -> String {
    format!("{}{block}", variant("Quote", "").repeat(levels))
}

/// A block within so many variants that hold fields, which are two levels each.
pub(super) fn heads(levels: usize, inner: &str) -> String {
    format!("{}{inner}", head("81").repeat(levels))
}

/// A variant is one level, whatever it holds.
fn nesting() -> Vec<Case> {
    const MANY: usize = 20_000;
    let [rule, x] = ["Rule", "x"].map(text);
    let unknown = |levels: usize| {
        let fields = format!("a3{}01{}80{x}{}00", text("type"), text("inner"), "81".repeat(levels));
        variant("Head", &fields)
    };
    vec![
        taken(READ, quotes(63, &rule), "variants that nest to the 64th level, and the last holds nothing"),
        refused(READ, quotes(64, &rule), "variants that nest past it, and the last holds nothing"),
        taken_for(READ, quotes(63, &variant("Rule", "f6")), quotes(63, &rule), "the same, with null"),
        refused(READ, quotes(64, &variant("Rule", "f6")), "variants that nest past it, with null"),
        taken(READ, quotes(63, &variant("Text", "6161")), "variants that nest to the 64th level"),
        refused(READ, quotes(64, &variant("Text", "6161")), "variants that nest past it"),
        taken(READ, quotes(63, &variant("Pair", "82016161")), "two values on the 64th level"),
        refused(READ, quotes(64, &variant("Pair", "82016161")), "two values past it"),
        taken(READ, quotes(62, &head("80")), "fields on the 63rd level, and a list on the 64th"),
        refused(READ, quotes(63, &head("80")), "fields on the 64th level, and a list past it"),
        taken(READ, heads(31, &head("80")), "fields and lists that nest to the 64th level"),
        refused(READ, heads(32, &rule), "fields and lists that nest past it"),
        taken_for(READ, unknown(126), head("80"), "an unknown field whose value nests as deep as variants may"),
        refused(READ, unknown(127), "an unknown field whose value nests past it"),
        refused(READ, quotes(MANY, &rule), "variants that nest without an end"),
        refused(READ, heads(MANY, &rule), "fields and lists that nest without an end"),
        refused(READ, variant("Quote", "").repeat(MANY), "variants that nest and do not end"),
    ]
}
