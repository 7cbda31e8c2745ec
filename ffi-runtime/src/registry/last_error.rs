//! The last error of each thread and library, of calls without a callback.
//!
//! - It is kept for as long as the thread can call: also in the destructors of its thread-locals and
//!   keys, and in `atexit` handlers. So it hangs on a thread-local without a destructor, and a key of
//!   the thread's frees it: what is kept after that is freed in the next round of destructors.

use crate::declare::Library;
use crate::failure::Failure;
use crate::lazy::Lazy;
use std::cell::Cell;
use std::ffi::{c_char, c_void};
use std::ptr::null_mut;

/// An empty text, and the kind of no error.
static NO_ERROR: [u8; 2] = [0; 2];

/// A thread's errors, by library.
type Errors = Vec<(&'static str, Failure)>;

thread_local! {
    /// This thread's: NULL, or from a box. Nobody has a reference to them beyond a function below.
    static ERRORS: Cell<*mut Errors> = const { Cell::new(null_mut()) };
}

/// The key that frees them, where the system has one to give.
static KEY: Lazy<Option<Key>> = Lazy::new();

struct Key(libc::pthread_key_t);

impl Key {
    fn new() -> Option<Self> {
        let mut key = 0;
        // SAFETY: the place is writable, and the destructor stays where it is, as the library is
        // pinned.
        let made = unsafe { libc::pthread_key_create(&raw mut key, Some(free)) };
        (made == 0).then_some(Self(key))
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        // SAFETY: the key was made in `new`, and nothing was kept under it.
        unsafe { libc::pthread_key_delete(self.0) };
    }
}

/// Frees the errors of a thread that ends.
unsafe extern "C" fn free(errors: *mut c_void) {
    ERRORS.set(null_mut());
    // SAFETY: the key's value is from a box, and is freed once, as the system takes it from the key.
    drop(unsafe { Box::from_raw(errors.cast::<Errors>()) });
}

/// Makes this thread's errors, which the thread's end frees.
#[cold]
fn make() -> *mut Errors {
    let errors = Box::into_raw(Box::default());
    ERRORS.set(errors);
    if let Some(Key(key)) = KEY.get(Key::new) {
        // SAFETY: the key was made. Where the system keeps nothing, the errors are not freed.
        unsafe { libc::pthread_setspecific(*key, errors.cast()) };
    }
    errors
}

/// Keeps an error for `L_ffi_last_error`.
pub(crate) fn set_last_error<S: Library>(failure: Failure) {
    let failure = failure.ended_by_nul();
    let errors = Some(ERRORS.get()).filter(|errors| !errors.is_null()).unwrap_or_else(make);
    // SAFETY: from a box that is this thread's, and nobody has another reference.
    let errors = unsafe { &mut *errors };
    match errors.iter_mut().find(|(library, _)| *library == S::NAME) {
        Some((_, last)) => *last = failure,
        None => errors.push((S::NAME, failure)),
    }
}

/// The error that [`set_last_error`] kept, a NUL and its kind, or an empty text of the kind 0; valid until the next error on this thread.
pub(crate) fn last_error<S: Library>() -> *const c_char {
    // SAFETY: NULL, or from a box that is this thread's; nobody writes meanwhile.
    let errors = unsafe { ERRORS.get().as_ref() };
    let kept = errors.and_then(|errors| errors.iter().find(|(library, _)| *library == S::NAME));
    kept.map_or(NO_ERROR.as_slice(), |(_, last)| last.as_bytes()).as_ptr().cast()
}
