//! A host, which reaches the library through its C symbols alone.

use super::Make;
use super::ledger::{self, Answer, Inside};
use super::symbols::*;
use ffi_runtime::{FfiCallback, RET_OK, RET_STALE_WARN};
use std::ffi::{c_char, c_int, c_void};
use std::ptr::{with_exposed_provenance_mut, without_provenance_mut};

unsafe extern "C-unwind" fn record(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: a message is readable until the callback returns.
    let bytes = unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len) };
    let answer = Answer { ret, text: String::from_utf8_lossy(bytes).into_owned() };
    match ret {
        RET_STALE_WARN => ledger::warn(number(user_data), &answer),
        _ => ledger::answer(number(user_data), answer),
    }
}

unsafe extern "C-unwind" fn hear(_ret: c_int, _msg: *const c_char, _len: usize, user_data: *mut c_void) {
    ledger::hear(number(user_data));
}

/// A listener that was added.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listener {
    number: usize,
    id: u64,
}

impl Listener {
    /// How often it was called.
    pub(crate) fn heard(self) -> usize {
        ledger::heard(self.number)
    }
}

/// A call's `user_data`: its number, plus one so that it is not NULL.
fn user_data(call: usize) -> *mut c_void {
    without_provenance_mut(call + 1)
}

fn number(user_data: *mut c_void) -> usize {
    user_data.addr() - 1
}

/// A call that was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    number: usize,
    /// Whether it was accepted.
    pub(crate) ret: c_int,
}

impl Call {
    /// Waits for the answer.
    pub(crate) fn wait(self) -> Answer {
        ledger::await_answer(self.number)
    }

    /// Asserts that the call was refused, or else was served: what is accepted runs, however
    /// soon its context closes.
    pub(crate) fn assert_served(self) {
        assert_eq!(self.wait().ret, self.ret, "{:?}", self.wait());
    }

    /// Whether it was answered already.
    pub(crate) fn is_answered(self) -> bool {
        ledger::is_answered(self.number)
    }
}

/// A context, by its number in the ledger and its handle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Host {
    number: usize,
    handle: usize,
    library: &'static Symbols,
}

impl Host {
    /// A context whose constructor has succeeded.
    pub(crate) fn new() -> Self {
        let (host, created) = Self::create(Make::Well);
        assert_eq!(created.wait().ret, RET_OK);
        host
    }

    /// A context, and the call that makes it.
    pub(crate) fn create(make: Make) -> (Self, Call) {
        let number = ledger::open_context();
        let call = ledger::open_call(number, false, None);
        // SAFETY: the callback takes any call's number as its `user_data`.
        let ctx = unsafe { model_create(number as u32, make as c_int, Some(record), user_data(call)) };
        assert!(!ctx.is_null(), "the request is well-formed");
        (Self { number, handle: ctx.expose_provenance(), library: &MODEL }, Call { number: call, ret: RET_OK })
    }

    /// A context whose constructor fires an event, the call that makes it, and two listeners that its callback adds.
    pub(crate) fn create_listening() -> (Self, Call, [Listener; 2]) {
        let number = ledger::open_context();
        let listeners = [(); 2].map(|()| Listener { number: ledger::open_listener(number), id: 0 });
        let listen = move |answer: &Answer| {
            let handle = answer.text.parse().expect("the handle");
            for listener in listeners {
                assert!(Self { number, handle, library: &MODEL }.add(listener.number) > 0);
            }
        };
        let call = ledger::open_call(number, false, Some(Box::new(listen)));
        // SAFETY: the callback takes any call's number as its `user_data`.
        let ctx = unsafe { model_create(number as u32, Make::Loudly as c_int, Some(record), user_data(call)) };
        let host = Self { number, handle: ctx.expose_provenance(), library: &MODEL };
        (host, Call { number: call, ret: RET_OK }, listeners)
    }

    /// A context of the library that warns, and the call that makes it.
    pub(crate) fn create_warned() -> (Self, Call) {
        let number = ledger::open_context();
        let call = ledger::open_call(number, false, None);
        // SAFETY: the callback takes any call's number as its `user_data`.
        let ctx = unsafe { warned_create(number as u32, Some(record), user_data(call)) };
        (Self { number, handle: ctx.expose_provenance(), library: &WARNED }, Call { number: call, ret: RET_OK })
    }

    /// A context of the library that lends its state, whose constructor has succeeded.
    pub(crate) fn new_lent() -> Self {
        let (host, created) = Self::create_lent(Make::Well);
        assert_eq!(created.wait().ret, RET_OK);
        host
    }

    /// A context of that library, and the call that makes it.
    pub(crate) fn create_lent(make: Make) -> (Self, Call) {
        let number = ledger::open_context();
        let call = ledger::open_call(number, false, None);
        // SAFETY: the callback takes any call's number as its `user_data`.
        let ctx = unsafe { lent_create(number as u32, make as c_int, Some(record), user_data(call)) };
        (Self { number, handle: ctx.expose_provenance(), library: &LENT }, Call { number: call, ret: RET_OK })
    }

    fn ctx(self) -> *mut c_void {
        with_exposed_provenance_mut(self.handle)
    }

    fn call(self, method: Method, inside: Option<Inside>) -> Call {
        let number = ledger::open_call(self.number, false, inside);
        // SAFETY: the callback takes any call's number as its `user_data`.
        let ret = unsafe { method(self.ctx(), Some(record), user_data(number), self.number as u32) };
        ledger::returned(number, ret);
        Call { number, ret }
    }

    pub(crate) fn share(self) -> Call {
        self.call(model_share, None)
    }

    /// As [`Host::share`], with a callback that runs `inside`.
    pub(crate) fn share_with(self, inside: impl FnOnce() + Send + 'static) -> Call {
        self.call(model_share, Some(Box::new(|_| inside())))
    }

    pub(crate) fn hold(self) -> Call {
        self.call(model_hold, None)
    }

    pub(crate) fn wait(self) -> Call {
        self.call(model_wait, None)
    }

    pub(crate) fn wait_alone(self) -> Call {
        self.call(model_wait_alone, None)
    }

    pub(crate) fn wait_droppable(self) -> Call {
        self.call(model_wait_droppable, None)
    }

    pub(crate) fn block_droppable(self) -> Call {
        self.call(model_block_droppable, None)
    }

    pub(crate) fn break_state(self) -> Call {
        self.call(model_break, None)
    }

    pub(crate) fn block(self) -> Call {
        self.call(model_block, None)
    }

    /// Has the worker's loop panic once it has looked at the clock as often as there were signals.
    pub(crate) fn jam(self) -> Call {
        self.call(model_jam, None)
    }

    pub(crate) fn jam_lent(self) -> Call {
        self.call(lent_jam, None)
    }

    pub(crate) fn fire(self) -> Call {
        self.call(model_fire, None)
    }

    /// Has a thread of the author's fire three events.
    pub(crate) fn share_events(self) -> Call {
        self.call(model_share_events, None)
    }

    pub(crate) fn await_emitted(self) {
        ledger::await_emitted(self.number);
    }

    /// Adds a listener of all events, if the context is still there.
    pub(crate) fn listen(self) -> Option<Listener> {
        let number = ledger::open_listener(self.number);
        let id = self.add(number);
        (id > 0).then_some(Listener { number, id })
    }

    fn add(self, number: usize) -> u64 {
        // SAFETY: the callback takes any listener's number as its `user_data`.
        unsafe { model_ffi_add_event_listener(self.ctx(), std::ptr::null(), Some(hear), user_data(number)) }
    }

    /// Removes a listener, which must not be called after this.
    pub(crate) fn remove(self, listener: Listener) {
        // SAFETY: a handle is looked up, whatever it is.
        if unsafe { model_ffi_remove_event_listener(self.ctx(), listener.id) } == RET_OK {
            ledger::removed(listener.number);
        }
    }

    /// Begins to poll for replies and events.
    pub(crate) fn poll(self) {
        // SAFETY: a handle is looked up, whatever it is.
        assert!(unsafe { model_ffi_poll_fd(self.ctx()) } >= 0);
    }

    /// Runs what is due; -1 once the context is gone.
    pub(crate) fn dispatch(self) -> c_int {
        // SAFETY: a handle is looked up, whatever it is.
        unsafe { model_ffi_dispatch(self.ctx(), 2) }
    }

    pub(crate) fn hurry(self) -> Call {
        self.call(model_hurry, None)
    }

    pub(crate) fn hurry_droppable(self) -> Call {
        self.call(model_hurry_droppable, None)
    }

    pub(crate) fn wait_warned(self) -> Call {
        self.call(warned_wait, None)
    }

    pub(crate) fn wait_warned_droppable(self) -> Call {
        self.call(warned_wait_droppable, None)
    }

    pub(crate) fn block_warned(self) -> Call {
        self.call(warned_block, None)
    }

    pub(crate) fn look(self) -> Call {
        self.call(lent_look, None)
    }

    /// As [`Host::look`], with a callback that runs `inside`.
    pub(crate) fn look_with(self, inside: impl FnOnce() + Send + 'static) -> Call {
        self.call(lent_look, Some(Box::new(|_| inside())))
    }

    pub(crate) fn stare(self) -> Call {
        self.call(lent_stare, None)
    }

    pub(crate) fn wait_lent(self) -> Call {
        self.call(lent_wait, None)
    }

    pub(crate) fn turn_lent(self) -> Call {
        self.call(lent_turn, None)
    }

    pub(crate) fn share_lent(self) -> Call {
        self.call(lent_share, None)
    }

    pub(crate) fn block_lent(self) -> Call {
        self.call(lent_block, None)
    }

    /// Gives the handlers of the context a signal.
    pub(crate) fn signal(self) {
        ledger::signal(self.number);
    }

    /// Waits until a handler of the context runs.
    pub(crate) fn await_handler(self) {
        ledger::await_handler(self.number);
    }

    pub(crate) fn cancel(self, call: Call) -> c_int {
        // SAFETY: nothing is followed.
        unsafe { (self.library.cancel)(self.ctx(), user_data(call.number)) }
    }

    /// Cancels so many things that there are not, each another.
    pub(crate) fn cancel_nothing(self, count: usize) {
        for number in 0..count {
            // SAFETY: nothing is followed.
            let ret = unsafe { (self.library.cancel)(self.ctx(), without_provenance_mut(usize::MAX - number)) };
            assert_eq!(ret, RET_OK);
        }
    }

    /// Destroys the context from outside: where that returns 0, nothing of it may fire again.
    pub(crate) fn destroy(self) -> c_int {
        let ret = self.destroy_from_inside();
        if ret == RET_OK {
            ledger::ended(self.number);
        }
        ret
    }

    /// Destroys the context from inside one of its callbacks, which does not wait.
    pub(crate) fn destroy_from_inside(self) -> c_int {
        // SAFETY: a handle is looked up, whatever it is.
        unsafe { (self.library.destroy)(self.ctx()) }
    }

    /// Notes that nothing of the context is left.
    pub(crate) fn ended(self) {
        ledger::ended(self.number);
    }

    /// Closes the context; where that returns 0, its answer is the context's last.
    pub(crate) fn close(self) -> Call {
        let number = ledger::open_call(self.number, true, None);
        // SAFETY: the callback takes any call's number as its `user_data`.
        let ret = unsafe { (self.library.close)(self.ctx(), Some(record), user_data(number)) };
        ledger::returned(number, ret);
        Call { number, ret }
    }
}

/// A host of functions without a state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stateless {
    number: usize,
}

impl Stateless {
    pub(crate) fn new() -> Self {
        Self { number: ledger::open_context() }
    }

    fn call(self, function: unsafe extern "C" fn(FfiCallback, *mut c_void, u32) -> c_int) -> Call {
        let number = ledger::open_call(self.number, false, None);
        // SAFETY: the callback takes any call's number as its `user_data`.
        let ret = unsafe { function(Some(record), user_data(number), self.number as u32) };
        ledger::returned(number, ret);
        Call { number, ret }
    }

    pub(crate) fn turn(self) -> Call {
        self.call(model_turn)
    }

    pub(crate) fn wait(self) -> Call {
        self.call(model_await)
    }

    /// Gives the functions a signal.
    pub(crate) fn signal(self) {
        ledger::signal(self.number);
    }
}
