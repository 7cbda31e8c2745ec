//! The corpus of the fuzzer `native` passes without it.

#[test]
fn the_corpus_passes() {
    fuzzed::replay("native", fuzzed::native);
}
