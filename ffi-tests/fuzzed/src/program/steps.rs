//! The steps that a program is made of.

use super::callbacks::{Ear, Probe, Wanted, hear, may_wait_for};
use super::library::{Arguments, ConfigC};
use super::machine::{Context, Machine, lock, nth, wait_until};
use super::requests::{DETACHED_FUNCTIONS, request};
use crate::bytes::Bytes;
use ffi_runtime::{FfiCallback, PodOption, PodText, RET_ERR, RET_OK, to_cbor};
use std::ffi::{CStr, c_void};
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

/// How many contexts a program has at most, how many steps a part of it, and how deep callbacks
/// may make calls whose callbacks make calls.
const CONTEXTS: usize = 4;
const STEPS: usize = 40;
const DEPTH: usize = 2;

const TEXTS: [&CStr; 5] = [c"", c"text", c"\xff", c"text \xc3\xa9", c"told to fail"];

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
            14..20 => self.call_natively(bytes, depth),
            20..22 => self.listen(bytes, depth),
            22..24 => self.stop_listening(bytes),
            24..26 => self.cancel(bytes),
            26 => self.close(bytes, depth),
            27 => self.destroy_one(bytes),
            28 => self.poll_from(bytes),
            29 => self.dispatch(bytes),
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
        let failures = [None, None, None, None, None, Some("panic"), Some(""), Some("no"), Some("forever")];
        let failure = bytes.pick(&failures).map(str::to_owned);
        let config = every::Config { name, failure, delay_ms: bytes.pick(&[0, 0, 0, 1]) };
        let mut request = [b"\xa1\x66config".to_vec(), to_cbor(&config).expect("a value")].concat();
        let choice = bytes.byte();
        if choice > 0xf0 {
            request.truncate(request.len() - 1);
        }
        let (data, len) = (request.as_ptr(), request.len());
        // SAFETY: the bytes are readable, and the callback takes such data.
        let made = probe.create(choice != 0x80, |callback, user_data| unsafe {
            (self.library.create_cbor)(data, len, callback, user_data)
        });
        context.made(made);
    }

    fn create_natively(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let Some(context) = self.new_context() else { return };
        let probe = self.probe(Some(&context), Wanted::Handle, bytes, depth);
        let failure = bytes.pick(&[None, None, None, Some(c"panic"), Some(c"no"), Some(c"\xff")]);
        let value = failure.map_or(MaybeUninit::uninit(), |text| {
            MaybeUninit::new(PodText { ptr: text.as_ptr(), len: text.count_bytes() })
        });
        let failure = PodOption { present: failure.is_some().into(), value };
        let name = PodText { ptr: ptr::null(), len: 0 };
        let config = ConfigC { name, failure, delay_ms: bytes.pick(&[0, 0, 1]) };
        // SAFETY: the texts are, and the callback takes such data.
        let made =
            probe.create(true, |callback, user_data| unsafe { (self.library.create)(config, callback, user_data) });
        context.made(made);
    }

    fn call(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let context = self.context(bytes);
        let ctx = Self::ctx_of(context.as_ref(), bytes);
        let is_detached = self.may_detach && bytes.below(8) == 0;
        let function = bytes.pick(if is_detached { DETACHED_FUNCTIONS } else { self.library.functions });
        let request = request(function, bytes);
        let name = function.0.to_bytes();
        let wanted = request.result.map_or(Wanted::Any, Wanted::Bytes);
        // What needs no context is answered whatever becomes of any.
        let context = context.filter(|_| !name.ends_with(b"_here") && !is_detached);
        let probe = self.probe(context.as_ref(), wanted, bytes, depth);
        let (data, len) = (request.bytes.as_ptr(), request.bytes.len());
        let has_callback = bytes.byte() != 0xff;
        // SAFETY: name and bytes are readable, and the callback takes such data.
        probe.call(has_callback, |callback, user_data| unsafe {
            (self.library.call_cbor)(ctx, function.0.as_ptr(), callback, user_data, data, len)
        });
    }

    fn call_natively(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let context = self.context(bytes);
        let ctx = Self::ctx_of(context.as_ref(), bytes);
        let native = &self.library.natives[bytes.below(self.library.natives.len())];
        let (number, text, has_callback) = (i64::from(bytes.byte()), bytes.pick(&TEXTS), bytes.byte() < 0xf0);
        let arguments = Arguments { ctx, number, text, has_callback };
        let wanted = (native.result)(arguments).map_or(Wanted::Any, Wanted::Bytes);
        let probe = self.probe(context.as_ref(), wanted, bytes, depth);
        (native.call)(&probe, arguments);
    }

    fn listen(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let Some(context) = self.context(bytes) else { return };
        let was_silent = context.is_silent();
        let event = bytes.pick(self.library.events);
        let name = event.map_or(ptr::null(), CStr::as_ptr);
        let choice = bytes.byte();
        let ear = Ear::new(self, Arc::clone(&context), script(bytes, depth), depth + 1);
        let callback: FfiCallback = if choice > 0xf8 { None } else { Some(hear) };
        let add = if choice & 1 == 0 { self.library.add } else { self.library.add_cbor };
        // SAFETY: the name is NULL or a text, and the callback takes such data.
        let id = unsafe { add(context.ctx(), name, callback, ear.user_data()) };
        ear.added(id);
        if id == 0 {
            // SAFETY: it may be asked for at any time.
            let text = unsafe { (self.library.last_error)() };
            // SAFETY: it is a text until the next error on this thread.
            assert!(!unsafe { CStr::from_ptr(text) }.is_empty(), "an error without a text");
        } else {
            let unknown = self.library.events.last_chunk::<2>().expect("two");
            let is_known = !unknown.contains(&event);
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
        let ret = unsafe { (self.library.remove)(ear.context.ctx(), id) };
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
        let ret = unsafe { (self.library.cancel)(ctx, data) };
        assert!(ret == RET_OK || ret == RET_ERR, "no code: {ret}");
    }

    fn close(&'static self, bytes: &mut Bytes<'_>, depth: usize) {
        let context = self.context(bytes);
        let ctx = Self::ctx_of(context.as_ref(), bytes);
        let probe = self.probe(context.as_ref(), Wanted::Closed, bytes, depth);
        // SAFETY: any handle may be closed, and the callback takes such data.
        probe.call(bytes.byte() != 0xff, |callback, data| unsafe { (self.library.close)(ctx, callback, data) });
    }

    fn destroy_one(&self, bytes: &mut Bytes<'_>) {
        if let Some(context) = self.context(bytes).filter(|it| may_wait_for(it)) {
            self.destroy(&context);
        }
    }

    fn poll_from(&self, bytes: &mut Bytes<'_>) {
        let Some(context) = self.context(bytes) else { return };
        // SAFETY: any handle may be asked about.
        if unsafe { (self.library.poll_fd)(context.ctx()) } >= 0 {
            context.is_pulled.store(true, Ordering::SeqCst);
        }
    }

    fn dispatch(&self, bytes: &mut Bytes<'_>) {
        let Some(context) = self.context(bytes).filter(|it| may_wait_for(it)) else { return };
        let max = usize::from(bytes.byte());
        // SAFETY: any handle may be asked about.
        let ran = unsafe { (self.library.dispatch)(context.ctx(), max) };
        assert!(ran == -1 || usize::try_from(ran).is_ok_and(|ran| ran <= max), "{ran} of {max} ran");
    }

    /// Waits for a call to be answered, polling where it must; or for a while, where that may take
    /// for ever, and inside callbacks, so that others meet them.
    fn wait(&self, bytes: &mut Bytes<'_>, depth: usize) {
        let Some(probe) = nth(&self.probes, bytes.byte().into()) else { return };
        if depth > 0 || !self.library.is_ending {
            return thread::sleep(Duration::from_micros(500));
        }
        let poll = || {
            let context = probe.context.as_ref().filter(|it| it.is_pulled.load(Ordering::SeqCst));
            // SAFETY: any handle may be asked about.
            context.map(|it| unsafe { (self.library.dispatch)(it.ctx(), 8) });
        };
        let is_answered = wait_until(|| {
            poll();
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
