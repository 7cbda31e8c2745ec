//! Ship a Rust library to every other language.
//!
//! Name the library with [`library!`], annotate ordinary functions and types with
//! [`#[ffi]`](macro@ffi), build a cdylib, and every function is two C symbols: `L_name`, which takes
//! and gives C structs and serializes nothing, and `L_name_cbor`, which takes and gives CBOR for
//! hosts in other processes, on other machines or in dynamic languages.
//!
//! ```
//! use ffi_runtime::ffi;
//!
//! ffi_runtime::library!("greeter");
//!
//! /// Greets people.
//! #[ffi(state)]
//! pub struct Greeter {
//!     greeting: String,
//! }
//!
//! /// Somebody to greet.
//! #[ffi]
//! pub struct Person {
//!     /// What to call them.
//!     pub name: String,
//! }
//!
//! #[ffi(ctor)]
//! pub fn create(greeting: String) -> Result<Greeter, String> {
//!     Ok(Greeter { greeting })
//! }
//!
//! /// Says hello.
//! #[ffi]
//! pub fn greet(greeter: &Greeter, person: Person) -> String {
//!     format!("{}, {}", greeter.greeting, person.name)
//! }
//!
//! #[ffi(dtor)]
//! pub fn destroy(_greeter: Greeter) {}
//!
//! # fn main() {
//! // The functions stay what they are in Rust.
//! let greeter = create("Hello".to_owned()).unwrap();
//! assert_eq!(greet(&greeter, Person { name: "Ada".to_owned() }), "Hello, Ada");
//! # }
//! ```
//!
//! # What a host can rely on
//!
//! - **Every call is answered exactly once**, through its callback: with the result, or with
//!   the text of an error, a panic, or the reason why the call could not be served. What a
//!   callback is given is valid until it returns, and the host frees nothing.
//! - **A context is a thread.** `L_create` starts a worker on which the library's state is
//!   made, used and dropped, so the state need be neither `Send` nor `Sync`. Handlers that take
//!   `&State` run beside each other while they await, those that take `&mut State` run alone,
//!   and all start in the order in which they were accepted.
//! - **Not every call crosses a thread.** Inline methods, functions without a state and exports run
//!   on the thread that calls them, the first two with the same callback and codes, answered before the
//!   entry point returns. See [`#[ffi]`](macro@ffi#without-crossing-a-thread).
//! - **A handle is not an address.** NULL, garbage and handles of destroyed contexts are
//!   answered with an error, never with undefined behaviour.
//! - **Destroying drains.** What was accepted runs to its end, within a grace period; what is
//!   left then is answered "cancelled". The destructor runs, and when `L_destroy` has returned 0
//!   no callback of that context fires any more. It waits no longer than the grace and a second:
//!   where something blocks for longer it returns an error, and teardown goes on without it.
//!   Called from inside one of the context's callbacks it returns at once, and teardown follows
//!   that callback. `L_ffi_close` never waits; its callback is the context's last.
//! - **Cancelling is asking.** `L_ffi_cancel` has what is queued with a `user_data` answered
//!   "cancelled"; a running handler only where its author wrote `#[ffi(cancel = "drop")]`.
//! - **A deadline is kept.** A method with `#[ffi(deadline_ms = …)]` is answered "deadline exceeded"
//!   so long after its call was accepted: by the worker, or by the library's watchdog thread where the
//!   worker is blocked or still constructing. What has not started is not started any more. A
//!   handler that runs goes on, its result discarded, unless its author wrote
//!   `#[ffi(cancel = "drop")]`; an exclusive one stays exclusive.
//! - **What takes long can be told.** A library with `stale_warn_ms` calls the callback of a pending
//!   call with `RET_STALE_WARN` and the milliseconds so far, from its watchdog thread, again and again
//!   until the answer. A result waits until the host has returned from a warning. A host that stays
//!   in one delays the warnings of the library's other contexts, and their deadlines where their
//!   workers are blocked; nothing that their workers do.
//! - **Events hold up no request.** A listener is called on a thread of its context's own, which
//!   starts with the first listener, in the order in which the events were fired; it hears those
//!   that were fired after it was added. The queue of events is bounded: what the library's policy
//!   drops is counted, and every listener hears of it at the gap, as `events_dropped` or, where it
//!   listens for another event, as an error. Once a listener was removed it is not running, except
//!   where it removes itself, and never runs again. What was fired before a context is destroyed is
//!   delivered within the grace; what is left then is discarded. A worker that has not turned its
//!   loop for `stall_ms` is told of by `not_responding`, and by `responding` once it does again.
//! - **A host may poll.** From the first `L_ffi_poll_fd` on, replies, warnings and events are kept
//!   instead of called. The descriptor is readable while something is ready, and `L_ffi_dispatch` runs it
//!   on the calling thread; events come one by one whoever dispatches. `L_destroy` runs the
//!   remaining replies on its caller; after `L_ffi_close`, or a destroy from inside, the worker does.
//!   Refusals come at once, on the calling thread.
//! - **A host may call to the last.** Where a thread or the process ends, in an `atexit` handler, a
//!   key's destructor, or the drop of a static or a thread-local, calls are answered as anywhere else.
//!   Where a callback calls `exit`, other threads take over what its thread did; what only that thread
//!   could do, as a worker or within an inline handler, is answered with an error that says so.
//! - **The process stays the host's.** A library pins itself in memory at its first call, its
//!   threads take none of the process's signals, panics that become answers print nothing (unless
//!   `FFI_PANICS=print` is set when the library is first called), and in a child forked while a
//!   context was alive every call is refused.
//! - **A panic can be found.** The text of one that becomes an answer ends with its place, as the
//!   compiler names it: relative to the workspace for its own crates, absolute for others, unless the
//!   build remaps paths. Every other panic reaches the panic hook that was there before the library's
//!   first call: at once where nobody would be answered with it, and where the author caught it or
//!   its call was answered by then, afterwards, as a panic whose text ends with the place.
//!
//! # What no library can check
//!
//! A pointer that points nowhere, a length that reaches past its buffer, a string without its
//! NUL, a callback that leaves by `longjmp`, and a thread that is cancelled (`pthread_cancel`)
//! inside an entry point are undefined behaviour in the host. A callback that throws or ends its
//! thread aborts the process with a message.
//!
//! Arguments are read on the calling thread's stack, and so is a constructor's CBOR request. What takes
//! much of it, a wide or deep value, is refused with a text where the thread has too little left, and an
//! event is counted as dropped; 16 KiB remain for your own functions. On a stack that the system does not
//! know, such as a fiber's of the host, nothing can be refused.
//!
//! # The life of a request
//!
//! ```text
//!  borrowed CBOR bytes ──copied──┐
//!  owned CBOR bytes ────adopted──┼──▶ made ──▶ queued ──▶ run ──▶ answered ──▶ released
//!  native arguments ─────moved───┘     │          │        │
//!                                 refused by   context   its worker
//!                                 the queue    poisoned, went away,
//!                                      │       cancelled, deadline
//!                                      │       deadline  passed
//!                                      └──────────┴────────┴──▶ answered with the error ──▶ released
//! ```
//!
//! An inline call is read, run and answered on its caller's stack; one that has to wait is made a
//! request then, and goes on as one that runs. The caller is counted in its context's slot, by whose
//! generation its handle is checked, until the answer has returned: the state is given up only when
//! that count is zero.
//!
//! # Features
//!
//! `tokio` (on by default): async handlers run inside a current-thread tokio runtime, so its
//! timers work in them, and its sockets where the library enables tokio's `net`. Without the
//! feature plain futures still run, woken from any thread.
//!
//! # Platforms
//!
//! Linux and macOS, 64 and 32 bits. The crate needs unwinding panics, since a panic becomes an
//! answer.

#[cfg(panic = "abort")]
compile_error!(
    "an annotated library answers a panic as an error, which takes unwinding: remove `panic = \"abort\"` from the profile"
);

extern crate self as ffi_runtime;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private_0_1_0;
mod abi;
mod call;
mod callback;
mod context;
mod declare;
mod entry;
mod error;
mod events;
mod failure;
mod insertion_sort;
mod lazy;
mod memory;
mod nesting;
mod panic;
mod process;
mod registry;
#[doc(hidden)]
pub mod rfc3339;
mod runtime_handle;
pub mod schema;
mod scopes;
mod stack;
mod sync;
mod threads;
mod timing;
mod utf8;
mod value;
mod worker;

pub use abi::{Callback, ErrorKind, FfiCallback, RET_ERR, RET_FAILURE, RET_MISSING_CALLBACK, RET_OK, RET_STALE_WARN};
pub use call::RequestBytes;
pub use declare::Library;
pub use entry::call_bytes;
pub use error::{Fault, FaultKind};
pub use events::{Events, NoContext};
pub use ffi_macros::{ffi, library};
pub use nesting::MAX_NESTING;
#[cfg(ffi_model)]
pub use sync::{advance, jam, next_limit, running, unjam};
pub use value::convert::{Mirrored, free_pod, from_cbor, from_pod, to_cbor, to_pod};
pub use value::pod::{
    ByLength, NulTerminated, Passed, Passing, PodArray, PodDuration, PodEntry, PodI128, PodList, PodOption, PodText,
    PodTime, PodTuple1, PodTuple2, PodTuple3, PodTuple4, PodTuple5, PodTuple6, PodTuple7, PodTuple8, PodTuple9,
    PodTuple10, PodTuple11, PodTuple12, PodU128, RawBytes, TextForm,
};
pub use value::types::FfiType;
pub use value::types::present::Present;

/// Reads and writes CBOR, for types that implement [`FfiType`] by hand.
pub mod cbor {
    pub use crate::value::cbor::{Reader, Writer};
}

/// Reads and writes C forms, for types that implement [`FfiType`] by hand.
pub mod pod {
    pub use crate::value::pod::{Reader, Writer};
}
