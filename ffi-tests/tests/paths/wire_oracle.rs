//! The runtime's coder and a slow, plain one come to the same: what is accepted, as which value,
//! what is refused, in which words, at any budget.

use crate::oracle::{Read, damage};
use ciborium::Value;
use every::everything::{Block, Everything, Link, Page, Tree};
use fastrand::Rng;
use ffi_runtime::{FfiType, from_cbor, to_cbor};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

const BUDGET: usize = 1 << 24;

/// Asserts that both coders say the same, and gives what they say.
#[track_caller]
fn both<T: FfiType + Read + Debug>(bytes: &[u8], budget: usize, from: &str) -> Result<T, String> {
    let ours = from_cbor::<T>(bytes, budget).map_err(|fault| fault.to_string());
    let expected = crate::oracle::reader::read::<T>(bytes, budget).map_err(|fault| fault.to_string());
    // As bytes: numbers that are none are equal there.
    let [said, wanted] = [&ours, &expected].map(|it| it.as_ref().map(|value| to_cbor(value).expect("encodes")));
    assert_eq!(said, wanted, "{from}, budget {budget}: {bytes:02x?}");
    ours
}

/// The same in every run, unless one is given: to see a failure again, or to look elsewhere.
fn seed() -> u64 {
    std::env::var("WIRE_SEED").map_or(1, |seed| seed.parse().expect("a number"))
}

/// Calls `check` so many times, each with a source of its own, whose seed a failure names.
fn with_seeds(count: u64, mut check: impl FnMut(&mut Rng, &str)) {
    let first = seed();
    for seed in first..first.saturating_add(count) {
        check(&mut Rng::with_seed(seed), &format!("WIRE_SEED={seed}"));
    }
}

fn value_of(bytes: &[u8]) -> Value {
    ciborium::from_reader(bytes).expect("what is sent is CBOR")
}

fn another_form(bytes: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut other = Vec::new();
    damage::another_form(&value_of(bytes), rng, &mut other);
    other
}

fn values_come_back<T: FfiType + Read + Debug>(rng: &mut Rng, from: &str) {
    let bytes = to_cbor(&T::make(rng, 3)).expect("encodes");
    let mut again = Vec::new();
    ciborium::into_writer(&value_of(&bytes), &mut again).expect("encodes");
    assert_eq!(bytes, again, "{from}: ciborium writes the same");
    for bytes in [&bytes, &another_form(&bytes, rng)] {
        let value = both::<T>(bytes, BUDGET, from).unwrap_or_else(|text| panic!("{from}: {text}: {bytes:02x?}"));
        assert_eq!(to_cbor(&value).expect("encodes"), again, "{from}: the same value");
    }
}

#[test]
fn a_value_comes_back_from_any_form_of_it() {
    with_seeds(1_000, |rng, from| {
        values_come_back::<Everything>(rng, from);
        values_come_back::<Tree>(rng, from);
        values_come_back::<Link>(rng, from);
        values_come_back::<Block>(rng, from);
        values_come_back::<Page>(rng, from);
    });
}

/// What both coders say to harmed bytes, without where and how much.
fn kind_of<T>(said: Result<T, String>) -> String {
    let text = said.err().unwrap_or_else(|| "accepted".to_owned());
    let text = text.rsplit(": ").next().expect("a text").to_owned();
    text.chars().filter(|it| !it.is_ascii_digit()).take(32).collect()
}

fn harmed_bytes_say<T: FfiType + Read + Debug>(rng: &mut Rng, from: &str) -> String {
    let mut bytes = to_cbor(&T::make(rng, 3)).expect("encodes");
    if rng.bool() {
        let mut value = value_of(&bytes);
        if rng.u8(..) < 32 {
            damage::with_duplicate(&mut value, rng);
        }
        bytes.clear();
        damage::another_form(&value, rng, &mut bytes);
    }
    for _ in 0..rng.usize(0..3) {
        damage::harm(&mut bytes, rng);
    }
    let budget = if rng.bool() { BUDGET } else { rng.usize(0..2 * size_of::<T>()) };
    kind_of(both::<T>(&bytes, budget, from))
}

#[test]
fn harmed_bytes_are_refused_in_the_same_words() {
    let mut kinds = BTreeSet::new();
    with_seeds(10_000, |rng, from| {
        kinds.insert(harmed_bytes_say::<Everything>(rng, from));
        kinds.insert(harmed_bytes_say::<Tree>(rng, from));
        kinds.insert(harmed_bytes_say::<Link>(rng, from));
        kinds.insert(harmed_bytes_say::<Block>(rng, from));
        kinds.insert(harmed_bytes_say::<Page>(rng, from));
    });
    let all = [
        "accepted",
        "expected",
        "invalid UTF-",
        "no CBOR item",
        "the key appears twice",
        "the key is missing",
        "the request decodes",
        "the request ends",
        "bytes follow",
        "elements announced",
        "does not fit",
        "is not a variant",
        "exactly one char",
        "not exactly one",
    ];
    let unseen: Vec<_> = all.iter().filter(|kind| !kinds.iter().any(|seen| seen.contains(*kind))).collect();
    assert!(unseen.is_empty(), "never met: {unseen:?} in {kinds:?}");
}

fn cut_anywhere<T: FfiType + Read + Debug>(rng: &mut Rng, from: &str) {
    let bytes = to_cbor(&T::make(rng, 2)).expect("encodes");
    for bytes in [&bytes, &another_form(&bytes, rng)] {
        for len in 0..bytes.len() {
            both::<T>(&bytes[..len], BUDGET, from).expect_err("a part is no value");
        }
    }
}

#[test]
fn a_value_cut_anywhere_is_refused_in_the_same_words() {
    with_seeds(4, |rng, from| {
        cut_anywhere::<Everything>(rng, from);
        cut_anywhere::<Page>(rng, from);
    });
}

#[test]
fn a_budget_runs_out_at_the_same_place() {
    with_seeds(2, |rng, from| {
        let bytes = to_cbor(&Everything::make(rng, 3)).expect("encodes");
        for bytes in [&bytes, &another_form(&bytes, rng)] {
            let enough = (0..BUDGET).step_by(7).find(|&budget| both::<Everything>(bytes, budget, from).is_ok());
            assert!(enough.is_some(), "{from}: some budget is enough");
        }
    });
}

/// Every file of the corpus is read as every type; where it lies says what comes of it, read as the
/// type that begins its name.
#[test]
fn the_corpus_is_read_as_it_says() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/cbor");
    for (folder, is_accepted) in [("accepted", true), ("refused", false)] {
        let mut count = 0;
        for entry in std::fs::read_dir(corpus.join(folder)).expect("the corpus") {
            let path = entry.expect("an entry").path();
            let (name, bytes) = (path.file_name().expect("a name").to_string_lossy(), std::fs::read(&path));
            let bytes = bytes.expect("the file is read");
            let said = [
                ("everything", both::<Everything>(&bytes, BUDGET, &name).is_ok()),
                ("tree", both::<Tree>(&bytes, BUDGET, &name).is_ok()),
                ("link", both::<Link>(&bytes, BUDGET, &name).is_ok()),
            ];
            let own = said.iter().find(|(ty, _)| name.starts_with(ty)).expect("a name that begins with a type");
            assert_eq!(own.1, is_accepted, "{folder}/{name}");
            count += 1;
        }
        assert!(count > 9, "{folder} has {count} files");
    }
}
