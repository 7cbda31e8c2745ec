//! The corpus of the fuzzer `schema` passes without it.

#[test]
fn the_corpus_passes() {
    fuzzed::replay("schema", fuzzed::schema);
}
