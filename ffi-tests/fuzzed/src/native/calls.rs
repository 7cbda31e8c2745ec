//! The calls that graphs go through, there and back.

use super::blocks::{BlockC, SignC};
use super::maker::Maker;
use super::mirror::Mirror;
use super::records::{EverythingC, LinkC, PageC, PointC, TreeC};
use crate::bytes::Bytes;
use every::everything::{Block, Everything, Level, Link, Page, Point, Sign, Tree};
use ffi_runtime::{
    ByLength, ErrorKind, FfiCallback, FfiType, PodArray, PodDuration, PodEntry, PodI128, PodList, PodOption, PodText,
    PodTuple2, PodU128, RET_ERR, RET_OK, free_pod, from_pod, to_pod,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, ThreadId};
use std::time::Duration;

unsafe extern "C" {
    fn every_create_cbor(req: *const u8, len: usize, callback: FfiCallback, user_data: *mut c_void) -> *mut c_void;
    fn every_echo_here(callback: FfiCallback, user_data: *mut c_void, value: EverythingC) -> c_int;
}

/// Calls the function that the first byte says, with a value made of the others.
pub fn native(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let choice = bytes.byte();
    if choice < 0x80 {
        // SAFETY: the callback takes such data.
        return round_trip::<Everything>("every_echo_here", bytes, |callback, data, value| unsafe {
            every_echo_here(callback, data, value)
        });
    }
    queued(usize::from(choice - 0x80), bytes);
}

/// Declares functions that give back what they are given, by value or by a pointer, and calls one of them.
macro_rules! queued {
    ($($name:ident: $ty:ty, $c:ty;)* & $($pointed:ident: $pointee:ty, $form:ty;)*) => {
        mod symbols {
            use super::*;

            unsafe extern "C" {
                $(pub(super) fn $name(ctx: *mut c_void, callback: FfiCallback, user_data: *mut c_void, value: $c) -> c_int;)*
                $(pub(super) fn $pointed(
                    ctx: *mut c_void,
                    callback: FfiCallback,
                    user_data: *mut c_void,
                    value: *const $form,
                ) -> c_int;)*
            }
        }

        fn queued(choice: usize, bytes: Bytes<'_>) {
            let calls: &[fn(Bytes<'_>)] = &[$(|bytes| {
                // SAFETY: the callback takes such data.
                round_trip::<$ty>(stringify!($name), bytes, |callback, data, value| unsafe {
                    symbols::$name(context(), callback, data, value)
                });
            },)* $(|bytes| {
                // SAFETY: the callback takes such data.
                round_trip::<$pointee>(stringify!($pointed), bytes, |callback, data, value| unsafe {
                    symbols::$pointed(context(), callback, data, &raw const value)
                });
            }),*];
            calls[choice % calls.len()](bytes);
        }
    };
}

queued! {
    every_give_tree: Tree, TreeC;
    every_give_link: Link, LinkC;
    every_echo: Everything, EverythingC;
    every_give_point: Point, PointC;
    every_give_level: Level, i32;
    every_give_char: char, u32;
    every_give_string: String, PodText;
    every_give_bytes: Vec<u8>, PodList<u8>;
    every_give_list_bool: Vec<bool>, PodList<c_int>;
    every_give_list_string: Vec<String>, PodList<PodText>;
    every_give_list_point: Vec<Point>, PodList<PointC>;
    every_give_list_list: Vec<Vec<i32>>, PodList<PodList<i32>>;
    every_give_list_option: Vec<Option<Point>>, PodList<PodOption<PointC>>;
    every_give_option_string: Option<String>, PodOption<PodText>;
    every_give_option_bytes: Option<Vec<u8>>, PodOption<PodList<u8>>;
    every_give_option_list: Option<Vec<Level>>, PodOption<PodList<i32>>;
    every_give_box_point: Box<Point>, *const PointC;
    every_give_option_box: Option<Box<Link>>, PodOption<*const LinkC>;
    every_echo_list: Vec<Everything>, PodList<EverythingC>;
    every_give_list_block: Vec<Block>, PodList<BlockC>;
    every_give_list_sign: Vec<Sign>, PodList<SignC>;
    every_give_box_block: Box<Block>, *const BlockC;
    every_give_map: BTreeMap<String, i32>, PodList<PodEntry<PodText, i32>>;
    every_give_map_pair: BTreeMap<(i16, i16), Option<String>>, PodList<PodEntry<PodTuple2<i16, i16>, PodOption<PodText>>>;
    every_give_option_map: Option<BTreeMap<char, BTreeMap<bool, u8>>>,
        PodOption<PodList<PodEntry<u32, PodList<PodEntry<c_int, u8>>>>>;
    every_give_set: BTreeSet<String>, PodList<PodText>;
    every_give_set_tuple: BTreeSet<(u8, String)>, PodList<PodTuple2<u8, PodText>>;
    every_give_tuple: (i32, String), PodTuple2<i32, PodText>;
    every_give_list_tuple: Vec<(bool, char)>, PodList<PodTuple2<c_int, u32>>;
    every_give_option_tuple: Option<(u8, Option<u16>)>, PodOption<PodTuple2<u8, PodOption<u16>>>;
    every_give_array: [i32; 3], PodArray<i32, 3>;
    every_give_array_bytes: [u8; 4], PodArray<u8, 4>;
    every_give_array_string: [String; 2], PodArray<PodText, 2>;
    every_give_array_array: [[u8; 2]; 2], PodArray<PodArray<u8, 2>, 2>;
    every_give_duration: Duration, PodDuration;
    every_give_list_duration: Vec<Duration>, PodList<PodDuration>;
    every_give_i128: i128, PodI128;
    every_give_option_u128: Option<u128>, PodOption<PodU128>;
    &
    every_give_block: Block, BlockC;
    every_give_sign: Sign, SignC;
    every_give_page: Page, PageC;
    every_give_option_block: Option<Block>, PodOption<BlockC>;
}

/// A context that lives as long as the process.
fn context() -> *mut c_void {
    static CONTEXT: OnceLock<usize> = OnceLock::new();
    let handle = CONTEXT.get_or_init(|| {
        let request = b"\xa1\x66config\xa3\x64name\x60\x67failure\xf6\x68delay_ms\x00";
        let (data, answered) = probe(|ret, _, _| assert_eq!(ret, RET_OK, "a context is made"));
        // SAFETY: the bytes are readable, and the probe is freed by its callback.
        let handle = unsafe { every_create_cbor(request.as_ptr(), request.len(), Some(answer), data) };
        answered.recv_timeout(PATIENCE).expect("an answer").unwrap_or_else(|payload| resume_unwind(payload));
        handle.expose_provenance()
    });
    std::ptr::with_exposed_provenance_mut(*handle)
}

/// How long an answer may take: one that never comes is a finding.
const PATIENCE: Duration = Duration::from_secs(20);

/// Makes a value, calls, and asserts that the answer is what the value asks for.
fn round_trip<T: Mirror + FfiType + Send>(
    name: &str,
    bytes: Bytes<'_>,
    call: impl FnOnce(FfiCallback, *mut c_void, T::C) -> c_int,
) {
    // The only parameter is called so, but for that of a list of structs.
    let param = if name == "every_echo_list" { "values" } else { "value" };
    let mut maker = Maker::new(bytes, param);
    let (value, c) = T::make(&mut maker);
    let (fault, caller) = (maker.first_fault().map(|fault| format!("{name}: {fault}")), thread::current().id());
    let is_sound = fault.is_none();
    if is_sound {
        comes_back(&value, &c);
    }
    let (data, answered) = probe(move |ret, msg, len| match fault {
        // SAFETY: the library gives the result of a call that echoes.
        None => unsafe { compare(&value, ret, msg, len) },
        // SAFETY: the library gives a text.
        Some(fault) => unsafe { compare_fault(&fault, caller, ret, msg, len) },
    });
    let ret = call(Some(answer), data, c);
    // What the host owns is read during the call only.
    drop(maker);
    assert_eq!(ret, if is_sound { RET_OK } else { RET_ERR }, "what the entry point returned");
    let patience = if is_sound { PATIENCE } else { Duration::ZERO };
    answered.recv_timeout(patience).expect("an answer").unwrap_or_else(|payload| resume_unwind(payload));
}

/// Asserts that a sound value comes back without a call too.
fn comes_back<T: Mirror + FfiType>(value: &T, c: &T::C) {
    const {
        assert!(
            size_of::<T::C>() == size_of::<T::Pod<ByLength>>() && align_of::<T::C>() == align_of::<T::Pod<ByLength>>()
        )
    };
    // SAFETY: this is the same C form, and what it points to is still kept.
    let read = unsafe { from_pod::<T>(std::ptr::from_ref(c).cast()) };
    let mirrored = to_pod(read.expect("a sound value is read")).expect("and written");
    // SAFETY: the mirror lives until it is freed.
    let c = unsafe { &*mirrored.as_ptr().cast::<T::C>() };
    // SAFETY: what was mirrored is sound.
    unsafe { value.compare(c) };
    free_pod(mirrored);
}

/// # Safety
/// There must be an answer of this type.
unsafe fn compare<T: Mirror>(value: &T, ret: c_int, msg: *const u8, len: usize) {
    if ret == RET_OK {
        // SAFETY: the caller's promise.
        return unsafe { value.compare_answer(msg, len) };
    }
    // SAFETY: the caller's promise: an error is a text.
    let text = unsafe { std::slice::from_raw_parts(msg, len) };
    panic!("refused: {}", String::from_utf8_lossy(text));
}

/// # Safety
/// There must be a text.
unsafe fn compare_fault(fault: &str, caller: ThreadId, ret: c_int, msg: *const u8, len: usize) {
    assert_eq!(ret, RET_ERR, "accepted: {fault}");
    // SAFETY: the caller promises a text, which has a NUL and the kind behind it.
    let text = unsafe { std::slice::from_raw_parts(msg, len + 2) };
    let kind = char::from(ErrorKind::BadRequest as u8);
    assert_eq!(String::from_utf8_lossy(text), format!("{fault}\0{kind}"));
    assert_eq!(thread::current().id(), caller, "a refusal comes on the calling thread");
}

/// What is done with an answer.
type Check = Box<dyn FnOnce(c_int, *const u8, usize) + Send>;

/// How the check went.
type Checked = thread::Result<()>;

/// One call's data, which its callback frees: who calls it a second time is seen.
struct Probe {
    check: Check,
    done: Sender<Checked>,
}

/// Callback data for one call, and what tells how the check of its answer went.
fn probe(check: impl FnOnce(c_int, *const u8, usize) + Send + 'static) -> (*mut c_void, Receiver<Checked>) {
    let (done, answered) = channel();
    (Box::into_raw(Box::new(Probe { check: Box::new(check), done })).cast(), answered)
}

unsafe extern "C-unwind" fn answer(ret: c_int, msg: *const c_char, len: usize, user_data: *mut c_void) {
    // SAFETY: every call here passes a probe, and is answered once.
    let Probe { check, done } = *unsafe { Box::from_raw(user_data.cast::<Probe>()) };
    let _ = done.send(catch_unwind(AssertUnwindSafe(|| check(ret, msg.cast(), len))));
}
