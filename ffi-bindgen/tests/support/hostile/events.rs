//! Events, which are maps of a name and a payload.

use super::variants::{head, heads};
use super::{Case, case, maybe, refused, refused_at, taken, taken_for, text};
use crate::support::hex;

/// The case of an answer as that of an event that tells the same.
pub(super) fn as_payload(answer: &Case) -> Option<Case> {
    let name = answer.read.strip_prefix("give_")?;
    // A payload that is cut is what follows it, or nothing.
    if answer.what == "two values" || answer.what == "a byte behind the value" {
        return None;
    }
    let bytes = [message(&format!("on_{name}"), ""), hex(&answer.bytes)].concat();
    Some(case(answer.verdict.clone(), &format!("on_{name}"), bytes, &format!("an event, {}", answer.what)))
}

fn long_text(of: &str) -> String {
    if of.len() < 24 { text(of) } else { format!("78{:02x}{}", of.len(), hex(of.as_bytes())) }
}

/// `{"eventType": name, "payload": payload}`
fn message(name: &str, payload: &str) -> String {
    format!("a2{}{}{}{payload}", text("eventType"), long_text(name), text("payload"))
}

/// Events, and what is none.
pub(super) fn all() -> Vec<Case> {
    let [type_, payload, unknown] = ["eventType", "payload", "x"].map(text);
    let mut cases = Vec::new();
    for (name, value) in [("nothing", "f6"), ("i8", "01"), ("text", "6161"), ("option", "f6"), ("Maybe", "a0")] {
        let read = &format!("on_{name}");
        let this = text(read);
        let whole = message(read, value);
        let own = if value == "a0" { maybe() } else { value.to_owned() };
        let told = |bytes: &str, what: &str| taken_for(read, bytes, &own, what);
        let after = |more: &str| format!("a3{}{more}", &whole[2..]);
        cases.extend([
            told(&whole, "an event"),
            told(&after(&format!("{unknown}80")), "an event with a key more"),
            refused_at("payload", read, format!("a1{type_}{this}"), "an event without a payload"),
            refused_at("eventType", read, format!("a1{payload}{value}"), "an event without a name"),
            refused(read, "a0", "an event without anything"),
            refused(read, format!("a2{type_}{this}{unknown}{value}"), "an event with another key for its payload"),
            refused(read, format!("a2{unknown}{this}{payload}{value}"), "an event with another key for its name"),
            refused_at("payload", read, after(&format!("{payload}{value}")), "an event with two payloads"),
            refused_at("eventType", read, after(&format!("{type_}{this}")), "an event with two names"),
            refused(read, format!("a2{type_}{this}{type_}{this}"), "an event with a name for a payload"),
            refused(read, format!("a2{payload}{value}{payload}{value}"), "an event with a payload for a name"),
            refused_at("eventType", read, message("on_i16", value), "another event"),
            refused(read, format!("a2{type_}00{payload}{value}"), "an event whose name is a number"),
            refused(read, format!("a2{type_}61ff{payload}{value}"), "an event whose name is not UTF-8"),
            refused(read, format!("{whole}00"), "an event with a byte behind it"),
            refused(read, format!("{whole}{whole}"), "two events"),
            refused(read, value, "a payload alone"),
            refused(read, format!("82{this}{value}"), "an event as a list"),
            refused(read, "", "no bytes"),
            refused(read, after(&format!("{unknown}{}00", "81".repeat(20_000))), "an event with a key that nests"),
            told(&format!("a2{payload}{value}{type_}{this}"), "an event whose name comes last"),
            told(&pieces(read, value), "an event whose name comes in pieces"),
            told(&after(&format!("00{value}")), "an event with a number for a key"),
            told(&format!("a3{unknown}80{}", &whole[2..]), "an event with another key first"),
            told(&format!("c1{whole}"), "an event with a tag"),
            refused(read, pieces("on_unknown_in_pieces", value), "another event whose name comes in pieces"),
            told(&format!("bf{}ff", &whole[2..]), "an event of no known length"),
        ]);
        cases.extend((1..whole.len() / 2).map(|end| refused(read, &whole[..2 * end], "an event that is cut")));
    }
    let first = |inner: &str| format!("a2{payload}{}{type_}{}", heads(31, inner), text("on_Block"));
    cases.extend([
        taken_for("on_Block", first(&head("80")), heads(31, &head("80")), "a payload of 64 levels before its name"),
        refused("on_Block", first(&heads(1, &text("Rule"))), "a payload past them before its name"),
    ]);
    cases
}

/// The case of an event as one that is not known before.
pub(super) fn as_any(event: &Case) -> Option<Case> {
    let is_that_event = !event.what.starts_with("another event");
    is_that_event.then(|| Case { read: "any".to_owned(), ..event.clone() })
}

/// Events of a newer library.
pub(super) fn unknown() -> Vec<Case> {
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
        taken("any", message("on_news", &heads(31, &head("80"))), "an unknown event whose payload has 64 levels"),
        taken_for(
            "any",
            format!("a2{payload}{}{type_}{news}", heads(31, &head("80"))),
            message("on_news", &heads(31, &head("80"))),
            "an unknown event whose payload has 64 levels and comes first",
        ),
        taken("any", pieces("on_news", "01"), "an unknown event whose name comes in pieces"),
        taken("any", message("on_i8\0x", "01"), "an unknown event whose name holds a NUL"),
    ]
}

/// An event whose name is a text of two pieces.
fn pieces(name: &str, payload: &str) -> String {
    let (one, other) = name.split_at(2);
    format!("a2{}7f{}{}ff{}{payload}", text("eventType"), text(one), text(other), text("payload"))
}
