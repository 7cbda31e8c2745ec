//! A context's life, against that of the thread that it has.

use crate::host::{Answers, Context, library};
use crate::measure::{Case, repeat};
use std::cell::OnceCell;
use std::sync::mpsc;
use std::thread;

pub(crate) fn cases() -> Vec<Case> {
    let answers = Answers::new(None);
    let work = repeat(move || live_once(answers));
    let floor = ("thread: spawn, value in and out, join", repeat(hand_over));
    let case = Case::new("create, first answer, destroy", work, floor, 1.5);
    vec![case.because("a tokio runtime is made too, and teardown waited for before its thread is")]
}

/// Creates a context, calls it once, and destroys it when both are answered.
fn live_once(answers: &'static Answers) {
    let context = OnceCell::new();
    answers.of(2, |cb, user_data| match context.get() {
        None => {
            let _ = context.set(Context::begin(library::benched_create, cb, user_data));
            ffi_runtime::RET_OK
        }
        Some(context) => context.give(library::benched_give)(cb, user_data),
    });
    context.get().expect("made by the first call").destroy();
}

/// Spawns a thread, hands it a value, takes its answer, and joins it.
fn hand_over() -> i32 {
    let (values, inbox) = mpsc::channel();
    let (answers, outbox) = mpsc::channel();
    let thread = thread::spawn(move || answers.send(inbox.recv().unwrap_or(0) + 1));
    values.send(6).expect("the thread waits for it");
    let answer = outbox.recv().expect("the thread answers");
    thread.join().expect("the thread ends").expect("its answer was waited for");
    answer
}
