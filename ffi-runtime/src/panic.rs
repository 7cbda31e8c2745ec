//! Turns panics into answers, without printing them.

use crate::process::Quiet;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs `work`; a panic in it comes back as its text.
///
/// What a panic may leave half-changed is the author's state, and whether that can still be
/// used is for the caller to say.
pub(crate) fn trap<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_quietly(work).map_err(text_of)
}

/// What a panic carries.
pub(crate) type Payload = Box<dyn Any + Send>;

/// Runs `work`; a panic in it prints nothing, and comes back as it is.
#[inline]
pub(crate) fn catch_quietly<T>(work: impl FnOnce() -> T) -> Result<T, Payload> {
    let _quiet = Quiet::new();
    catch_unwind(AssertUnwindSafe(work))
}

/// As [`trap`], for a thread that is inside one already, as a worker is for as long as it works:
/// such a thread prints nothing anyway, and need not be told so anew by every call.
#[inline]
pub(crate) fn trap_inside<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(text_of)
}

/// The text of a panic's payload, which is dropped; a payload that panics in turn is leaked.
#[cold]
pub(crate) fn text_of(payload: Payload) -> String {
    let text = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (_, Some(text)) => text.clone(),
        _ => "a panic without text".to_owned(),
    };
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(second);
    }
    text
}

/// A future whose panics come back as their text.
#[derive(Debug)]
pub(crate) struct Trap<F>(pub(crate) F);

impl<F: Future> Future for Trap<F> {
    type Output = Result<F::Output, String>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the field is never moved out of, so it is pinned where `self` is.
        let inner = unsafe { self.map_unchecked_mut(|trap| &mut trap.0) };
        match trap(|| inner.poll(cx)) {
            Ok(poll) => poll.map(Ok),
            Err(text) => Poll::Ready(Err(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::trap;
    use std::panic::panic_any;

    #[test]
    fn a_panic_comes_back_as_its_text() {
        assert_eq!(trap(|| 1), Ok(1));
        assert_eq!(trap(|| -> () { panic!("plain") }), Err("plain".to_owned()));
        assert_eq!(trap(|| -> () { panic!("number {}", 7) }), Err("number 7".to_owned()));
        assert_eq!(trap(|| -> () { panic_any(7_u8) }), Err("a panic without text".to_owned()));
    }

    #[test]
    fn a_payload_that_panics_when_dropped_does_no_harm() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("dropped");
            }
        }
        assert_eq!(trap(|| -> () { panic_any(Bomb) }), Err("a panic without text".to_owned()));
    }
}
