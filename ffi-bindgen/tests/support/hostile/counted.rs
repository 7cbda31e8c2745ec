//! Times, integers of 128 bits, paths and addresses: in every form, and what is none.

use super::{Case, refused, refused_at, taken, taken_for};

/// Every case of their answers.
pub(super) fn all() -> Vec<Case> {
    [durations(), times(), wide(), texts()].concat()
}

fn durations() -> Vec<Case> {
    const READ: &str = "give_duration";
    vec![
        taken(READ, "820000", "no time at all"),
        taken(READ, "82011a3b9ac600", "a second and most of another"),
        taken_for(READ, "9f18011903e8ff", "82011903e8", "a span of no known length"),
        taken_for(READ, "c182c249000000000000000001c100", "820100", "a span with tags, and a large integer"),
        refused_at("nanos", READ, "82001a3b9aca00", "as many nanoseconds as a second has"),
        refused_at("nanos", READ, "82001affffffff", "more of them"),
        refused_at("nanos", READ, "82001b0000000100000000", "nanoseconds of more than 32 bits"),
        refused_at("nanos", READ, "820020", "nanoseconds below zero"),
        refused_at("secs", READ, "822000", "seconds below zero"),
        refused_at("secs", READ, "82f93c0000", "a float for seconds"),
        refused_at("secs", READ, "82c24901000000000000000000", "seconds of more than 64 bits"),
        refused(READ, "8101", "seconds without nanoseconds"),
        refused(READ, "83010203", "a span of three numbers"),
        refused(READ, "9f01ff", "seconds without nanoseconds, of no known length"),
        refused(READ, "01", "a number for a span"),
        refused(READ, "f93e00", "a float for a span"),
        refused(READ, "f6", "null for a span"),
        refused(READ, "623173", "text for a span"),
    ]
}

fn times() -> Vec<Case> {
    const READ: &str = "give_time";
    let of = |map: &str| format!("d903e9{map}");
    vec![
        taken(READ, of("a201002800"), "the beginning of 1970"),
        taken(READ, of("a20120281a3b9ac618"), "a microsecond before it"),
        taken_for(READ, of("a2281a000f42400101"), of("a20101281a000f4240"), "nanoseconds before seconds"),
        taken_for(READ, of("a10100"), of("a201002800"), "a time without nanoseconds"),
        taken_for(READ, of("a3010028002480"), of("a201002800"), "a key below zero that nobody knows"),
        taken_for(READ, of("bf01002800ff"), of("a201002800"), "a time of no known length"),
        taken_for(READ, format!("c1{}", of("a201002800")), of("a201002800"), "a tag around a time"),
        taken_for(READ, of("a2c1180100380800"), of("a201002800"), "longer heads, and tags within a time"),
        refused(READ, "a201002800", "a time without its tag"),
        refused(READ, "c1a201002800", "a time with another tag"),
        refused(READ, format!("{}{}", "d903e9c1", "a201002800"), "a time with another tag within"),
        refused(READ, of("00"), "a number with the tag of a time"),
        refused(READ, of("80"), "a list with the tag of a time"),
        refused_at("secs", READ, of("a0"), "a time without seconds"),
        refused_at("secs", READ, of("a12800"), "a time of nanoseconds alone"),
        refused_at("nanos", READ, of("a20100281a3b9aca00"), "a time with as many nanoseconds as a second has"),
        refused_at("nanos", READ, of("a201002820"), "a time with nanoseconds below zero"),
        refused_at("secs", READ, of("a201f93c002800"), "a time with a float for seconds"),
        refused_at("secs", READ, of("a2011b80000000000000002800"), "a time with seconds of more than 64 bits"),
        refused_at("secs", READ, of("a3010001012800"), "a time with seconds twice"),
        refused_at("nanos", READ, of("a3010028002801"), "a time with nanoseconds twice"),
        refused(READ, of("a3010028000200"), "a key above zero that nobody knows"),
        refused(READ, of("a20100616100"), "a text for a key of a time"),
        refused(READ, of("bf0100"), "a time without an end"),
        refused(READ, of("a201"), "a time that ends early"),
        refused(READ, "00", "a number for a time"),
        refused(READ, "f6", "null for a time"),
    ]
}

fn wide() -> Vec<Case> {
    const READ: &str = "give_i128";
    const UNSIGNED: &str = "give_u128";
    let full = "ff".repeat(16);
    let half = format!("7f{}", "ff".repeat(15));
    vec![
        taken(READ, "00", "no integer at all"),
        taken(READ, "20", "one below zero"),
        taken(READ, "1bffffffffffffffff", "the greatest of 64 bits"),
        taken(READ, "3bffffffffffffffff", "the smallest of them"),
        taken(READ, "c249010000000000000000", "the next above"),
        taken(READ, "c349010000000000000000", "the next below"),
        taken(READ, format!("c250{half}"), "the greatest of 128 bits with a sign"),
        taken(READ, format!("c350{half}"), "the smallest of them"),
        taken_for(READ, "c24100", "00", "a large integer that is none"),
        taken_for(READ, "c240", "00", "a large integer without digits"),
        taken_for(READ, "c34100", "20", "a large integer that is one below zero"),
        taken_for(READ, format!("c25814000000000000000000000000{}", "0000000000000001"), "01", "zeros before a digit"),
        taken_for(READ, "c25f41014100ff", "190100", "a large integer in pieces"),
        taken_for(READ, "c6c24101", "01", "a tag around a large integer"),
        refused(READ, format!("c250{full}"), "an integer past the greatest"),
        refused(READ, format!("c350{full}"), "an integer past the smallest"),
        refused(READ, format!("c25101{}", "00".repeat(16)), "an integer of 129 bits"),
        refused(READ, "4101", "bytes for an integer of 128 bits"),
        refused(READ, "c64101", "bytes with another tag"),
        refused(READ, "c2c64101", "bytes with another tag within that of a large integer"),
        refused(READ, "f93c00", "a float for an integer of 128 bits"),
        refused(READ, "c26131", "text for a large integer"),
        refused(READ, "f6", "null for an integer of 128 bits"),
        refused(READ, "c24201", "a large integer that ends early"),
        taken(UNSIGNED, format!("c250{full}"), "the greatest of 128 bits"),
        taken(UNSIGNED, "1bffffffffffffffff", "the greatest of 64 bits without a sign"),
        refused(UNSIGNED, "20", "one below zero without a sign"),
        refused(UNSIGNED, "c34100", "one below zero without a sign, in bytes"),
        refused(UNSIGNED, format!("c25101{}", "00".repeat(16)), "an integer of 129 bits without a sign"),
    ]
}

fn texts() -> Vec<Case> {
    vec![
        taken("give_path", "60", "an empty path"),
        taken("give_path", "632f6120", "a path"),
        taken_for("give_path", "7f612f6161ff", "622f61", "a path in pieces"),
        refused("give_path", "422f61", "bytes for a path"),
        refused("give_path", "61ff", "a path that is not UTF-8"),
        taken("give_ip_addr", "633a3a31", "an address"),
        refused("give_ip_addr", "447f000001", "bytes for an address"),
        taken("give_socket_addr", "685b3a3a315d3a3830", "an address with a port"),
        refused("give_socket_addr", "01", "a number for an address with a port"),
    ]
}
