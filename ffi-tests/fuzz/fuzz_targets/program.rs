#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzzed::keep_asked_panics(), |data: &[u8]| fuzzed::program(data));
