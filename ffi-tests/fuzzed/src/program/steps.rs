//! The steps that a program is made of.

use super::callbacks::{Ear, Probe, Wanted, hear, may_wait_for};
use super::machine::{Context, HAS_DETACHED, Machine, lock, nth, wait_until};
use super::requests::{FUNCTIONS, request};
use super::symbols::*;
use crate::bytes::Bytes;
use ffi_runtime::{FfiCallback, PodOption, RET_ERR, RET_OK, to_cbor};
use std::ffi::{CStr, c_void};
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// How many contexts a program has at most, how many steps a part of it, and how deep callbacks
/// may make calls whose callbacks make calls.
const CONTEXTS: usize = 4;
const STEPS: usize = 40;
const DEPTH: usize = 2;

const TEXTS: [&CStr; 5] = [c"", c"text", c"\xff", c"text \xc3\xa9", c"told to fail"];

const EVENTS: [Option<&CStr>; 10] = [
    None,
    Some(c""),
    Some(c"on_nothing"),
    Some(c"on_number"),
    Some(c"on_text"),
    Some(c"on_labelled"),
    Some(c"on_everything"),
    Some(c"events_dropped"),
    Some(c"no_such_event"),
    Some(c"\xff"),
];

impl Machine {
    /// Runs the steps that the bytes say.
    pub(super) fn run(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        for _ in 0..STEPS {
            if bytes.is_empty() {
                return;
            }
            self.step(bytes, depth);
            self.check();
        }
    }

    fn step(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        match bytes.below(32) {
            0..3 => self.create(bytes, depth),
            3 => self.create_natively(bytes, depth),
            4..14 => self.call(bytes, depth),
            14..19 => self.call_natively(bytes, depth),
            19..21 => self.listen(bytes, depth),
            21 => self.stop_listening(bytes),
            22..24 => self.cancel(bytes),
            24 => self.close(bytes, depth),
            25 => self.destroy_one(bytes),
            26 => self.fetch_from(bytes),
            27..29 => self.dispatch(bytes),
            29 => self.call_without_context(bytes, depth),
            _ => self.wait(bytes, depth),
        }
    }

    /// A context that the program made, or none.
    fn context(&self, bytes: &mut Bytes<'_>) -> Option<Arc<Context>> {
        match bytes.byte() {
            0xf8.. => None,
            at => nth(&self.contexts, at.into()),
        }
    }

    /// The handle of a context, or what is none.
    fn ctx_of(context: Option<&Arc<Context>>, bytes: &mut Bytes<'_>) -> *mut c_void {
        context.map_or_else(|| ptr::without_provenance_mut(usize::from_ne_bytes(bytes.array())), |it| it.ctx())
    }

    /// A call's data. Its callback runs some of the program's bytes.
    fn probe(
        &'static self,
        context: Option<&Arc<Context>>,
        wanted: Wanted,
        bytes: &mut Bytes<'_>,
        depth: usize,
    ) -> Arc<Probe> {
        Probe::new(self, context.cloned(), wanted, script(bytes, depth), depth + 1)
    }

    fn new_context(&self) -> Option<Arc<Context>> {
        let mut contexts = lock(&self.contexts);
        let context = Arc::new(Context::new(contexts.len()));
        (contexts.len() < CONTEXTS).then(|| contexts.push(Arc::clone(&context)))?;
        Some(context)
    }

    fn create(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let Some(context) = self.new_context() else { return };
        let probe = self.probe(Some(&context), Wanted::Handle, bytes, depth);
        let name = bytes.pick(&["", "", "", "panic in the destructor"]).to_owned();
        let failure = bytes.pick(&[None, None, None, None, Some("panic"), Some(""), Some("no")]).map(str::to_owned);
        let config = every::Config { name, failure, delay_ms: bytes.pick(&[0, 0, 0, 1]) };
        let mut request = [b"\xa1\x66config".to_vec(), to_cbor(&config).expect("a value")].concat();
        let choice = bytes.byte();
        if choice > 0xf0 {
            request.truncate(request.len() - 1);
        }
        let (data, len) = (request.as_ptr(), request.len());
        // SAFETY: the bytes are readable, and the callback takes such data.
        let made = probe
            .create(choice != 0x80, |callback, user_data| unsafe { every_create_cbor(data, len, callback, user_data) });
        context.made(made);
    }

    fn create_natively(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let Some(context) = self.new_context() else { return };
        let probe = self.probe(Some(&context), Wanted::Handle, bytes, depth);
        let failure = bytes.pick(&[None, None, None, Some(c"panic"), Some(c"no"), Some(c"\xff")]);
        let value = failure.map_or(MaybeUninit::uninit(), |text| MaybeUninit::new(text.as_ptr()));
        let failure = PodOption { present: failure.is_some().into(), value };
        let config = ConfigC { name: ptr::null(), failure, delay_ms: bytes.pick(&[0, 0, 1]) };
        // SAFETY: the texts are, and the callback takes such data.
        let made = probe.create(true, |callback, user_data| unsafe { every_create(config, callback, user_data) });
        context.made(made);
    }

    fn call(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let context = self.context(bytes);
        let ctx = Self::ctx_of(context.as_ref(), bytes);
        let function = FUNCTIONS[bytes.below(FUNCTIONS.len())];
        let request = request(function, bytes);
        let name = function.0.to_bytes();
        HAS_DETACHED.fetch_or(name.ends_with(b"_detached"), Ordering::SeqCst);
        let wanted = request.result.map_or(Wanted::Any, Wanted::Bytes);
        // What needs no context is answered whatever becomes of any.
        let context = context.filter(|_| !name.ends_with(b"_here") && !name.ends_with(b"_detached"));
        let probe = self.probe(context.as_ref(), wanted, bytes, depth);
        let (data, len) = (request.bytes.as_ptr(), request.bytes.len());
        let has_callback = bytes.byte() != 0xff;
        // SAFETY: name and bytes are readable, and the callback takes such data.
        probe.call(has_callback, |callback, user_data| unsafe {
            every_call_cbor(ctx, function.0.as_ptr(), callback, user_data, data, len)
        });
    }

    fn call_natively(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let context = self.context(bytes);
        let ctx = Self::ctx_of(context.as_ref(), bytes);
        let choice = bytes.byte();
        let (number, text) = (i64::from(bytes.byte()), bytes.pick(&TEXTS));
        let sent = [&b"\xa1\x65value"[..], &to_cbor(&number).expect("a value")].concat();
        let wanted = match choice % 8 {
            0 => Wanted::Bytes(number.to_ne_bytes().to_vec()),
            1 => Wanted::Bytes(text.to_bytes().to_vec()),
            2 => Wanted::Bytes(to_cbor(&number).expect("a value")),
            _ => Wanted::Any,
        };
        let probe = self.probe(context.as_ref(), wanted, bytes, depth);
        let text = text.as_ptr();
        macro_rules! call {
            ($name:ident($($argument:expr),*)) => {
                // SAFETY: texts and bytes are readable, and the callback takes such data.
                probe.call(choice < 0xf0, |callback, data| unsafe { $name(ctx, callback, data, $($argument),*) })
            };
        }
        match choice % 8 {
            0 => call!(every_give_i64(number)),
            1 => call!(every_give_string(text)),
            2 => call!(every_give_i64_cbor(sent.as_ptr(), sent.len())),
            3 => call!(every_storm_later(1, (number % 4) as i32)),
            4 => call!(every_sleep_lightly(number.unsigned_abs() % 3)),
            5 => call!(every_labelled(text, text)),
            6 => call!(every_fire_text(text)),
            _ => call!(every_panic_exclusive()),
        }
    }

    fn call_without_context(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let (text, is_cut) = (bytes.pick(&TEXTS).as_ptr(), bytes.pick(&[0, 1]));
        let probe = self.probe(None, Wanted::Any, bytes, depth);
        // SAFETY: the text is one, and the callback takes such data.
        probe.call(true, |callback, data| unsafe { every_labelled_here(callback, data, text, is_cut) });
        assert!(probe.is_done(), "answered before the entry point returned");
    }

    fn listen(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let Some(context) = self.context(bytes) else { return };
        let was_silent = context.is_silent();
        let event = bytes.pick(&EVENTS);
        let name = event.map_or(ptr::null(), CStr::as_ptr);
        let choice = bytes.byte();
        let ear = Ear::new(self, Arc::clone(&context), script(bytes, depth), depth + 1);
        let callback: FfiCallback = if choice > 0xf8 { None } else { Some(hear) };
        let add = if choice & 1 == 0 { every_add_event_listener } else { every_add_event_listener_cbor };
        // SAFETY: the name is NULL or a text, and the callback takes such data.
        let id = unsafe { add(context.ctx(), name, callback, ear.user_data()) };
        ear.added(id);
        if id == 0 {
            // SAFETY: it may be asked for at any time.
            let text = unsafe { every_last_error() };
            // SAFETY: it is a text until the next error on this thread.
            assert!(!unsafe { CStr::from_ptr(text) }.is_empty(), "an error without a text");
        } else {
            let is_known = !matches!(event.map(CStr::to_bytes), Some(b"no_such_event" | b"\xff"));
            assert!(is_known && callback.is_some() && !was_silent, "a listener that hears nothing");
        }
    }

    fn stop_listening(&'static self, bytes: &mut Bytes<'_>) {
        let Some(ear) = nth(&self.ears, bytes.byte().into()) else { return };
        if !may_wait_for(&ear.context) {
            return;
        }
        let id = if bytes.byte() > 0xf0 { u64::from_ne_bytes(bytes.array()) } else { ear.id() };
        // SAFETY: any handle and any number may be asked about.
        let ret = unsafe { every_remove_event_listener(ear.context.ctx(), id) };
        assert!(ret == 0 || ret == 1, "no code: {ret}");
        if ret == 0 && id == ear.id() {
            ear.removed();
        }
    }

    fn cancel(&self, bytes: &mut Bytes<'_>) {
        let context = self.context(bytes);
        let ctx = Self::ctx_of(context.as_ref(), bytes);
        let probe = nth(&self.probes, bytes.byte().into());
        let data = probe.filter(|_| bytes.byte() < 0xf0).map_or(ptr::null_mut(), |probe| probe.user_data());
        // SAFETY: any handle and any pointer may be asked about.
        let ret = unsafe { every_cancel(ctx, data) };
        assert!(ret == RET_OK || ret == RET_ERR, "no code: {ret}");
    }

    fn close(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let context = self.context(bytes);
        let ctx = Self::ctx_of(context.as_ref(), bytes);
        let probe = self.probe(context.as_ref(), Wanted::Closed, bytes, depth);
        // SAFETY: any handle may be closed, and the callback takes such data.
        probe.call(bytes.byte() != 0xff, |callback, data| unsafe { every_close(ctx, callback, data) });
    }

    fn destroy_one(&self, bytes: &mut Bytes<'_>) {
        if let Some(context) = self.context(bytes).filter(|it| may_wait_for(it)) {
            self.destroy(&context);
        }
    }

    fn fetch_from(&self, bytes: &mut Bytes<'_>) {
        let Some(context) = self.context(bytes) else { return };
        // SAFETY: any handle may be asked about.
        if unsafe { every_poll_fd(context.ctx()) } >= 0 {
            context.is_pulled.store(true, Ordering::SeqCst);
        }
    }

    fn dispatch(&self, bytes: &mut Bytes<'_>) {
        let Some(context) = self.context(bytes).filter(|it| may_wait_for(it)) else { return };
        let max = usize::from(bytes.byte());
        // SAFETY: any handle may be asked about.
        let ran = unsafe { every_dispatch(context.ctx(), max) };
        assert!(ran == -1 || usize::try_from(ran).is_ok_and(|ran| ran <= max), "{ran} of {max} ran");
    }

    /// Waits for a call to be answered, fetching where it must.
    fn wait(&self, bytes: &mut Bytes<'_>, depth: usize) {
        let Some(probe) = nth(&self.probes, bytes.byte().into()).filter(|_| depth == 0) else { return };
        let fetch = || {
            let context = probe.context.as_ref().filter(|it| it.is_pulled.load(Ordering::SeqCst));
            // SAFETY: any handle may be asked about.
            context.map(|it| unsafe { every_dispatch(it.ctx(), 8) });
        };
        let is_answered = wait_until(|| {
            fetch();
            probe.is_done()
        });
        assert!(is_answered, "a call is never answered");
    }
}

/// The steps that a callback runs, where it is not too deep inside others.
fn script<'a>(bytes: &mut Bytes<'a>, depth: usize) -> &'a [u8] {
    let len = bytes.byte();
    if len < 0x80 || depth == DEPTH { &[] } else { bytes.take((len - 0x80).into()) }
}
