//! A host that knows a library by its schema alone.
//!
//! - Functions are called by their names, with CBOR; [`Codec`](crate::Codec) makes it from JSON.
//! - A call waits for its answer. Events come on the library's threads.
//! - What a callback is given lives in memory of this host until the library is done with it: an
//!   answer's until it comes, a listener's until its context has ended.
//! - A call that has no answer by [`Host::until`] is cancelled and given up.

mod symbols;

use crate::Error;
use crate::tools::load::{Loaded, load};
use ffi_runtime::schema::{Function, FunctionKind, Library};
use ffi_runtime::{RET_FAILURE, RET_OK, RET_STALE_WARN};
use std::ffi::{CString, c_char, c_int, c_void};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};
use symbols::Symbols;

/// How long a call that was cancelled has to say so.
const CANCELLED: Duration = Duration::from_millis(500);

/// A loaded library.
#[derive(Debug)]
pub struct Host {
    schema: Library,
    symbols: Symbols,
    /// When calls are given up; `None` where they are waited for.
    until: Option<Instant>,
}

/// A live state of the library; it is destroyed, and waited for, when it is dropped.
#[derive(Debug)]
pub struct Context<'h> {
    host: &'h Host,
    handle: *mut c_void,
    /// Made by [`Context::listen`]; the library reads it until the context has ended.
    listener: Option<*mut Listener>,
}

/// What an event comes as: the CBOR of `{"eventType", "payload"}`, or the text of an error.
pub type Heard = Result<Vec<u8>, String>;

/// Where a listener's events go.
type Listener = Box<dyn Fn(Heard) + Send + Sync>;

/// Why a call has no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The library answered with this text.
    #[error("{0}")]
    Answered(String),
    /// The function failed with an error of its own, whose CBOR this is: see [`Codec::failure`](crate::Codec::failure).
    #[error("the function failed with an error of its own")]
    Failed(Vec<u8>),
    /// The function cannot be called by its name, for this reason.
    #[error("{name} cannot be called by its name: {why}")]
    NotByName {
        /// The function.
        name: String,
        /// What it is instead.
        why: &'static str,
    },
    /// The call was given up, because there was no answer in time.
    #[error("{name} did not answer in time, and was given up")]
    TimedOut {
        /// The function.
        name: String,
    },
}

impl Host {
    /// Loads the dynamic library at `path`; `name` is needed only where the file holds several.
    ///
    /// # Errors
    /// Those of [`read_schema`](crate::read_schema).
    pub fn open(path: &Path, name: Option<&str>) -> Result<Self, Error> {
        let Loaded { path, library, schema } = load(path, name)?;
        let schema = crate::tools::load::schema(&path, &schema)?;
        let symbols = Symbols::new(library, &schema).map_err(|source| Error::NotLoadable { path, source })?;
        Ok(Self { schema, symbols, until: None })
    }

    /// Gives up what has no answer by then: calls are cancelled, and constructors left alone. What runs on the thread
    /// that calls it cannot be given up.
    #[must_use]
    pub fn until(self, until: Instant) -> Self {
        Self { until: Some(until), ..self }
    }

    /// What the library says about itself.
    pub fn schema(&self) -> &Library {
        &self.schema
    }

    /// The function with this symbol, or with this name behind the library's prefix.
    pub fn function(&self, name: &str) -> Option<&Function> {
        let long = format!("{}_{name}", self.schema.name);
        let named = |name: &str| self.schema.functions.iter().find(|function| function.name == name);
        named(name).or_else(|| named(&long))
    }

    /// Makes a context from the constructor's request, and waits until it is there.
    ///
    /// # Errors
    /// [`CallError::Answered`] where the constructor failed or the request is none;
    /// [`CallError::NotByName`] where the library has no constructor; [`CallError::TimedOut`] as [`Host::until`] says.
    pub fn create(&self, request: &[u8]) -> Result<Context<'_>, CallError> {
        let create = self.symbols.create.as_ref().ok_or_else(|| CallError::NotByName {
            name: self.schema.name.clone(),
            why: "the library has no constructor",
        })?;
        let (pending, answer) = pending();
        // SAFETY: the request is readable for its length, and `pending` lives until its one answer.
        let handle = unsafe { create(request.as_ptr(), request.len(), Some(answered), pending) };
        let context = Context { host: self, handle, listener: None };
        match self.awaited(&answer) {
            Some(answer) => answer.map(|_| context),
            None => Err(CallError::TimedOut { name: self.constructor_name() }),
        }
    }

    /// The constructor's symbol.
    fn constructor_name(&self) -> String {
        let constructor = self.schema.functions.iter().find(|function| function.kind == FunctionKind::Constructor);
        constructor.map(|function| function.name.clone()).unwrap_or_default()
    }

    /// Calls a function that needs no context, and waits for the CBOR of its result.
    ///
    /// # Errors
    /// As [`Context::call`].
    pub fn call(&self, function: &Function, request: &[u8]) -> Result<Vec<u8>, CallError> {
        match function.kind {
            FunctionKind::Method => Err(not_by_name(function, "it needs a context")),
            FunctionKind::Constructor | FunctionKind::Destructor | FunctionKind::Stateless | FunctionKind::Export => {
                self.submit(std::ptr::null_mut(), function, request)
            }
        }
    }

    fn submit(&self, handle: *mut c_void, function: &Function, request: &[u8]) -> Result<Vec<u8>, CallError> {
        callable(function)?;
        let name = CString::new(function.name.as_str()).map_err(|_| not_by_name(function, "its name has a NUL"))?;
        let (pending, answer) = pending();
        // SAFETY: name and request are readable, and `pending` lives until its one answer. A handle
        // that is none is refused.
        unsafe {
            (self.symbols.call)(handle, name.as_ptr(), Some(answered), pending, request.as_ptr(), request.len());
        }
        match self.awaited(&answer) {
            Some(answer) => answer,
            None => {
                self.cancel(handle, pending);
                // A call that can be cancelled answers at once.
                let _ = answer.recv_timeout(CANCELLED);
                Err(CallError::TimedOut { name: function.name.clone() })
            }
        }
    }

    /// The answer; `None` where it does not come in time.
    fn awaited(&self, answer: &Receiver<Answer>) -> Option<Answer> {
        match self.until {
            Some(until) => answer.recv_timeout(until.saturating_duration_since(Instant::now())).ok(),
            None => Some(answer.recv().expect("a call is answered")),
        }
    }

    fn cancel(&self, handle: *mut c_void, pending: *mut c_void) {
        if let Some(cancel) = self.symbols.cancel.as_ref() {
            // SAFETY: a handle that is none, or has ended, is refused, and `pending` is compared alone.
            unsafe { cancel(handle, pending) };
        }
    }
}

impl Context<'_> {
    /// Calls a function, and waits for the CBOR of its result.
    ///
    /// # Errors
    /// [`CallError::Answered`] with the library's text, [`CallError::NotByName`] for
    /// constructors, destructors and exports, [`CallError::TimedOut`] as [`Host::until`] says.
    pub fn call(&self, function: &Function, request: &[u8]) -> Result<Vec<u8>, CallError> {
        self.host.submit(self.handle, function, request)
    }

    /// Hears every event from now on, on a thread of the library.
    ///
    /// # Errors
    /// [`CallError::Answered`] where no listener can be added any more.
    ///
    /// # Panics
    /// Where the context has a listener already.
    pub fn listen(&mut self, listener: impl Fn(Heard) + Send + Sync + 'static) -> Result<(), CallError> {
        assert!(self.listener.is_none(), "a context has one listener");
        let Some(add) = self.host.symbols.add_listener.as_ref() else {
            return Err(CallError::Answered("the library has no events".to_owned()));
        };
        let listener: Listener = Box::new(listener);
        let listener = *self.listener.insert(Box::into_raw(Box::new(listener)));
        // SAFETY: NULL hears every event; the listener lives until the context has ended.
        let id = unsafe { add(self.handle, std::ptr::null(), Some(heard), listener.cast()) };
        if id == 0 {
            return Err(CallError::Answered("a listener cannot be added".to_owned()));
        }
        Ok(())
    }
}

impl Drop for Context<'_> {
    fn drop(&mut self) {
        let Some(destroy) = self.host.symbols.destroy.as_ref() else { return };
        // SAFETY: a handle that is none, or has ended, is refused.
        let ret = unsafe { destroy(self.handle) };
        // What blocks may still tell of an event: then its listener must stay.
        if let (RET_OK, Some(listener)) = (ret, self.listener) {
            // SAFETY: it was made by `listen`, and no callback of the context comes any more.
            drop(unsafe { Box::from_raw(listener) });
        }
    }
}

/// Whether a function can be called by its name.
///
/// # Errors
/// [`CallError::NotByName`] for constructors, destructors and exports.
pub fn callable(function: &Function) -> Result<(), CallError> {
    let why = match function.kind {
        FunctionKind::Method | FunctionKind::Stateless => return Ok(()),
        FunctionKind::Constructor => "it makes a context",
        FunctionKind::Destructor => "it ends a context",
        FunctionKind::Export => "it returns directly, as C does, so generated bindings alone can call it",
    };
    Err(not_by_name(function, why))
}

fn not_by_name(function: &Function, why: &'static str) -> CallError {
    CallError::NotByName { name: function.name.clone(), why }
}

type Answer = Result<Vec<u8>, CallError>;

/// A place for one answer: what its callback is given, and where it arrives.
fn pending() -> (*mut c_void, Receiver<Answer>) {
    let (sender, answer) = channel::<Answer>();
    (Box::into_raw(Box::new(sender)).cast(), answer)
}

/// The callback of a call.
extern "C-unwind" fn answered(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    if ret == RET_STALE_WARN {
        return;
    }
    // SAFETY: this is the one answer to the call that was given this pointer by `pending`.
    let sender = unsafe { Box::from_raw(user_data.cast::<Sender<Answer>>()) };
    // Whoever asked may have gone.
    let _ = sender.send(said(ret, msg, len));
}

/// The callback of a listener.
extern "C-unwind" fn heard(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: the listener was given for this pointer, and lives until its context has ended.
    let listener = unsafe { &*user_data.cast_const().cast::<Listener>() };
    listener(said(ret, msg, len).map_err(|error| error.to_string()));
}

/// What a callback was given, copied.
fn said(ret: c_int, msg: *const c_char, len: usize) -> Answer {
    // SAFETY: the library gives `len` readable bytes, and never NULL.
    let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len) };
    match ret {
        RET_OK => Ok(bytes.to_vec()),
        RET_FAILURE => Err(CallError::Failed(bytes.to_vec())),
        // Whatever other number it is, no answer was given.
        _ => Err(CallError::Answered(String::from_utf8_lossy(bytes).into_owned())),
    }
}
