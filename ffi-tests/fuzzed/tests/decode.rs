//! The corpus of the fuzzer `decode` passes without it.

#[test]
fn the_corpus_passes() {
    fuzzed::replay("decode", fuzzed::decode);
}
