//! Panics that a program asked the library for.

use std::panic::PanicHookInfo;

/// Where the library's handlers panic because a program has them do so.
const HANDLERS: [&str; 4] = ["src/misuse.rs", "src/here.rs", "src/storm.rs", "src/brief.rs"];

/// Where the runtime tells of a panic that became no answer.
const RUNTIME: &str = "src/panic/hook.rs";

/// Keeps the panics that a program asked for from the hook that is there, which ends a fuzzer: those of a
/// destructor, or that come after a call's answer, are told to it. What the library or a fuzzer's body finds wrong
/// still reaches it.
pub fn keep_asked_panics() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !is_asked(info) {
            hook(info);
        }
    }));
}

fn is_asked(info: &PanicHookInfo<'_>) -> bool {
    let place = info.location().map_or("", |place| place.file());
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref().map(String::as_str));
    let text = text.unwrap_or_default();
    // The library's own assertions are about threads.
    let is_wrong = text.contains(" on the worker");
    !is_wrong && (text.contains("told to panic") || HANDLERS.iter().chain([&RUNTIME]).any(|it| place.ends_with(it)))
}
