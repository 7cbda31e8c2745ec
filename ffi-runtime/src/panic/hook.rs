//! The panic hook: silent where a panic becomes an answer, and the one that was there elsewhere.
//!
//! - A hook runs before anybody knows who will catch the panic. So each thread says beforehand
//!   who would: its [`Level`] is silent only while code of the author's runs whose panic is
//!   answered. The host's callbacks run aloud, and so does all that nobody waits for.
//! - A silent panic is noted with its place. The trap that catches it takes the note; what is
//!   left then was caught by the author's own code, and is told to the hook that was there.
//! - A panic that ends the process is never silent, and tells of those that it buries.

use std::any::Any;
use std::backtrace::Backtrace;
use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::panic::{PanicHookInfo, catch_unwind, panic_any};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// How deep a thread is in traps, and what the innermost one says of a panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Level(usize);

impl Level {
    /// No trap: what happens is not ours.
    const OUTSIDE: Self = Self(0);
    /// The bit of a level at which panics are noted.
    const NOTED: usize = 1;
    /// The bit of a level at which they are silent.
    const SILENT: usize = 2;
    const BITS: usize = Self::NOTED | Self::SILENT;

    /// One trap deeper, where panics become answers.
    #[inline]
    pub(super) fn silent_inside(self) -> Self {
        Self(self.aloud_inside().0 | Self::NOTED | Self::SILENT)
    }

    /// One trap deeper, where nobody but the hook is told.
    #[inline]
    pub(super) fn noted_inside(self) -> Self {
        Self(self.aloud_inside().0 | Self::NOTED)
    }

    /// One trap deeper, and aloud.
    #[inline]
    pub(super) fn aloud_inside(self) -> Self {
        Self((self.0 | Self::BITS) + 1)
    }

    /// As deep, and aloud.
    #[inline]
    fn aloud(self) -> Self {
        Self(self.0 & !Self::BITS)
    }

    fn is_noted(self) -> bool {
        self.0 & Self::NOTED != 0
    }

    fn is_silent(self) -> bool {
        self.0 & Self::SILENT != 0
    }
}

/// A panic that a trap may catch.
struct Note {
    /// That of the innermost trap.
    level: Level,
    text: String,
    place: String,
    /// Whether the hook was not told.
    is_silent: bool,
}

/// What a thread knows of its panics. Nothing in it is dropped with the thread, so that it is there
/// until the thread's very end.
pub(super) struct Thread {
    level: Cell<Level>,
    /// How many notes there are, since most traps catch nothing.
    count: Cell<usize>,
    notes: Cell<ManuallyDrop<Vec<Note>>>,
}

thread_local! {
    static THREAD: Thread = const {
        Thread {
            level: Cell::new(Level::OUTSIDE),
            count: Cell::new(0),
            notes: Cell::new(ManuallyDrop::new(Vec::new())),
        }
    };
}

/// How many panics a thread may have noted. The hook is told of more.
const NOTES: usize = 64;

/// A panic that was caught, as its note has it.
pub(super) struct FoundNote {
    pub(super) place: String,
    pub(super) is_silent: bool,
}

impl Thread {
    /// What is known of this thread, which is to stay on it. No closure is run with it: one that is
    /// large would not be inlined, and every call of a function would pay for that.
    #[inline]
    pub(super) fn here<'a>() -> &'a Self {
        let here = THREAD.with(std::ptr::from_ref);
        // SAFETY: nothing in it is dropped, so it is there for as long as its thread, which it does not leave:
        // it is not `Sync`.
        unsafe { &*here }
    }

    #[inline]
    pub(super) fn level(&self) -> Level {
        self.level.get()
    }

    #[inline]
    pub(super) fn set_level(&self, level: Level) {
        self.level.set(level);
    }

    #[inline]
    pub(super) fn has_notes(&self) -> bool {
        self.count.get() > 0
    }

    fn change_notes<T>(&self, change: impl FnOnce(&mut Vec<Note>) -> T) -> T {
        let mut notes = ManuallyDrop::into_inner(self.notes.take());
        let changed = change(&mut notes);
        self.count.set(notes.len());
        // An empty list keeps no memory, because nobody would free it.
        let notes = if notes.is_empty() { Vec::new() } else { notes };
        self.notes.set(ManuallyDrop::new(notes));
        changed
    }

    /// Notes a panic; whether it is to be silent.
    fn note(&self, level: Level, text: &str, place: String, is_silent: bool) -> bool {
        self.change_notes(|notes| {
            if notes.len() >= NOTES {
                // One that was told is noted for its place alone.
                let Some(first) = notes.iter().position(|note| !note.is_silent) else { return false };
                notes.remove(first);
            }
            notes.push(Note { level, text: text.to_owned(), place, is_silent });
            is_silent
        })
    }

    /// Ends a trap of this level, which caught a panic with this text, or none: takes the panic's note,
    /// and tells the hook of the silent panics that others caught.
    #[cold]
    pub(super) fn settle(&self, level: Level, caught: Option<&str>) -> Option<FoundNote> {
        let (found, left) = self.change_notes(|notes| {
            let inside = notes.iter().position(|note| note.level >= level).unwrap_or(notes.len());
            let mut inside = notes.split_off(inside);
            let at = caught.and_then(|text| inside.iter().rposition(|note| note.text == text));
            let own =
                at.map(|at| inside.remove(at)).map(|note| FoundNote { place: note.place, is_silent: note.is_silent });
            // A panic of a task that the trap's code resumed: the hook was told when the task had it.
            let is_same = |note: &&Note| caught.is_some_and(|text| note.text == text) && !note.is_silent;
            let of_task =
                || notes.iter().rfind(is_same).map(|note| FoundNote { place: note.place.clone(), is_silent: false });
            (own.or_else(of_task), inside)
        });
        for note in left.into_iter().filter(|note| note.is_silent) {
            report(format!("{} ({})", note.text, note.place));
        }
        found
    }
}

/// Runs the host's code, whose panics are the host's.
#[inline]
pub(crate) fn aloud<T>(host: impl FnOnce() -> T) -> T {
    let thread = Thread::here();
    let before = thread.level();
    thread.set_level(before.aloud());
    let returned = host();
    thread.set_level(before);
    returned
}

/// Tells the hook that was there of a panic that it was kept from, and that became no answer: by a panic of
/// this text, since a hook can be called in no other way.
#[cold]
pub(super) fn report(text: String) {
    aloud(|| {
        let _ = catch_unwind(|| panic_any(text));
    });
}

/// The text of a panic's payload.
pub(super) fn text_in(payload: &(dyn Any + Send)) -> Option<&str> {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).filter(|text| !text.is_empty())
}

/// What stands for the text of a panic that has none.
pub(super) const NO_TEXT: &str = "a panic without text";

/// How the texts begin of panics that nobody can catch: the process ends with them.
const LAST_WORDS: [&str; 5] = [
    "panic in a destructor during cleanup",
    "panic in a function that cannot unwind",
    "unsafe precondition(s) violated",
    "misaligned pointer dereference",
    "null pointer dereference",
];

/// Whether the environment asked to see every panic.
static IS_ASKED: AtomicBool = AtomicBool::new(false);

/// Puts the hook before the one that is there. With `FFI_PANICS=print` in the environment, it lets every
/// panic through, and adds a backtrace where the standard library was not asked for one.
pub(crate) fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let is_asked = std::env::var_os("FFI_PANICS").is_some_and(|wish| wish == "print");
        let has_backtrace = std::env::var_os("RUST_BACKTRACE").is_some_and(|wish| wish != "0");
        IS_ASKED.store(is_asked, Ordering::Relaxed);
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if is_noted_silently(info) {
                return;
            }
            previous(info);
            if is_asked && !has_backtrace {
                eprintln!("stack backtrace:\n{}", Backtrace::force_capture());
            }
        }));
    });
}

/// Whether a panic is to be silent; if so it was noted.
fn is_noted_silently(info: &PanicHookInfo<'_>) -> bool {
    // A checker's threads are one of the system's, whose notes would be those of all.
    const NOTES_ARE_THE_THREADS_OWN: bool = !cfg!(ffi_model);
    let level = Thread::here().level();
    if !NOTES_ARE_THE_THREADS_OWN || !level.is_noted() {
        return level.is_silent();
    }
    let text = text_in(info.payload()).unwrap_or(NO_TEXT);
    if LAST_WORDS.iter().any(|words| text.starts_with(words)) {
        tell_all(Thread::here());
        return false;
    }
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let is_silent = level.is_silent() && !IS_ASKED.load(Ordering::Relaxed);
    Thread::here().note(level, text, place, is_silent)
}

/// Prints what is noted silently: nobody will catch it any more.
#[cold]
fn tell_all(thread: &Thread) {
    let notes = thread.change_notes(std::mem::take);
    for note in notes.into_iter().filter(|note| note.is_silent) {
        eprintln!("ffi: a panic before the one that ends the process: {} ({})", note.text, note.place);
    }
}
