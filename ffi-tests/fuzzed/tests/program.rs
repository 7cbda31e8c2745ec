//! The corpus of the fuzzer `program` passes without it.

#[test]
fn the_corpus_passes() {
    fuzzed::replay("program", fuzzed::program);
}
