//! Catches panics, and keeps those from the hook that become answers.
//!
//! - In a [`trap`] a panic becomes an answer: it prints nothing, and its text ends with its place.
//! - Once the answer was given, and in [`contain`], it becomes none: it reaches the hook at once.
//! - One that was meant for an answer and came too late is [`Panic::lost`], and told to the hook then.

mod hook;

pub(crate) use hook::{aloud, install};

use hook::{Level, NO_TEXT, Thread, report, text_in};
use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// What a panic carries.
type PanicPayload = Box<dyn Any + Send>;

/// A panic that was caught. Boxed: results are moved through every trap, and hardly ever are one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Panic(Box<Caught>);

#[derive(Debug, PartialEq, Eq)]
struct Caught {
    text: String,
    /// File, line and column, where the hook saw it: neither a panic that began on another thread, nor
    /// one that a hook of the host's hides.
    place: Option<String>,
    /// Whether no hook was told.
    is_silent: bool,
}

impl Panic {
    /// Its place in brackets, with a space before them.
    pub(crate) fn place(&self) -> String {
        self.0.place.as_ref().map_or_else(String::new, |place| format!(" ({place})"))
    }

    /// It became no answer after all.
    #[cold]
    pub(crate) fn lost(&self, function: &str) {
        if self.0.is_silent {
            report(format!("{function} panicked: {self}"));
        }
    }
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.text, self.place())
    }
}

/// A trap, as the code in it sees it.
pub(crate) struct Trap<'a> {
    thread: &'a Thread,
    before: Level,
}

impl Trap<'_> {
    /// From here on nobody is told of a panic but the hook: the answer is being given.
    #[inline]
    pub(crate) fn answered(&self) {
        self.thread.set_level(self.before.aloud_inside());
    }
}

/// Runs `work`, in which a panic becomes an answer. What it may leave half-changed is the author's
/// state, and whether that can still be used is for the caller to say.
#[inline]
pub(crate) fn trap<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    trap_until_answered(|_| work())
}

/// The same for work that gives the answer, and goes on after it.
#[inline]
pub(crate) fn trap_until_answered<T>(work: impl FnOnce(&Trap<'_>) -> T) -> Result<T, Panic> {
    catch(Level::silent_inside, work)
}

/// Runs `work`, in which a panic becomes no answer. It goes no further.
pub(crate) fn contain<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    catch(Level::noted_inside, |_| work())
}

#[inline]
fn catch<T>(enter: impl FnOnce(Level) -> Level, work: impl FnOnce(&Trap<'_>) -> T) -> Result<T, Panic> {
    let thread = Thread::here();
    let before = thread.level();
    thread.set_level(enter(before));
    let trap = Trap { thread, before };
    let outcome = catch_unwind(AssertUnwindSafe(|| work(&trap)));
    thread.set_level(before);
    match outcome {
        Ok(value) => {
            if thread.has_notes() {
                thread.settle(before.aloud_inside(), None);
            }
            Ok(value)
        }
        Err(payload) => Err(caught(thread, before, payload)),
    }
}

#[cold]
fn caught(thread: &Thread, before: Level, payload: PanicPayload) -> Panic {
    let text = text_in(&*payload).unwrap_or(NO_TEXT).to_owned();
    let found = thread.settle(before.aloud_inside(), Some(&text));
    // It may panic in turn, and then the payload of that: the second one is leaked.
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| aloud(|| drop(payload)))) {
        std::mem::forget(second);
        thread.set_level(before);
    }
    let (place, is_silent) = found.map_or((None, false), |found| (Some(found.place), found.is_silent));
    Panic(Box::new(Caught { text, place: place.filter(|place| !place.is_empty()), is_silent }))
}

/// A future whose panics become answers.
#[derive(Debug)]
pub(crate) struct Trapped<F>(pub(crate) F);

/// A future whose panics become no answers.
#[derive(Debug)]
pub(crate) struct Contained<F>(pub(crate) F);

impl<F: Future> Future for Trapped<F> {
    type Output = Result<F::Output, Panic>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the field is never moved out of, so it is pinned where `self` is.
        let inner = unsafe { self.map_unchecked_mut(|trapped| &mut trapped.0) };
        ended(trap(|| inner.poll(cx)))
    }
}

impl<F: Future> Future for Contained<F> {
    type Output = Result<F::Output, Panic>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the field is never moved out of, so it is pinned where `self` is.
        let inner = unsafe { self.map_unchecked_mut(|contained| &mut contained.0) };
        ended(contain(|| inner.poll(cx)))
    }
}

/// A panic ends a future.
fn ended<T>(polled: Result<Poll<T>, Panic>) -> Poll<Result<T, Panic>> {
    match polled {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    }
}

#[cfg(test)]
mod tests;
