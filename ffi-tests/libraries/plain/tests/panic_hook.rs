//! Without the feature `tokio` too, a panic that is an answer is not heard, and any other is. Alone in its
//! process, whose hook it sets.

use ffi_runtime::{FfiCallback, RET_ERR, RET_OK, ffi};
use std::ffi::{c_char, c_int, c_void};
use std::future::poll_fn;
use std::panic::{self, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Poll;
use std::thread;

ffi_runtime::library!("parked");

#[ffi(state)]
struct Parked;

#[ffi(ctor)]
fn parked_create() -> Parked {
    Parked
}

#[ffi(dtor)]
async fn parked_destroy(_parked: Parked) {
    once_more().await;
    panic!("in the destructor");
}

/// Panics after a wait.
#[ffi]
async fn parked_panic(_parked: &Parked) {
    once_more().await;
    panic!("answered");
}

/// Catches a panic of its own and of a thread of its own.
#[ffi]
async fn parked_catch(_parked: &Parked) {
    once_more().await;
    catch_unwind(|| panic!("caught by the author")).expect_err("it panics");
    thread::spawn(|| panic!("on a thread of the author's")).join().expect_err("it panics");
}

/// Is pending once.
async fn once_more() {
    let mut is_first = true;
    poll_fn(|cx| {
        cx.waker().wake_by_ref();
        if std::mem::take(&mut is_first) { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

mod symbols {
    use super::{FfiCallback, c_int, c_void};

    unsafe extern "C" {
        pub(super) fn parked_create(callback: FfiCallback, data: *mut c_void) -> *mut c_void;
        pub(super) fn parked_panic(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void) -> c_int;
        pub(super) fn parked_catch(ctx: *mut c_void, callback: FfiCallback, data: *mut c_void) -> c_int;
        pub(super) fn parked_destroy(ctx: *mut c_void) -> c_int;
    }
}

type Heard = (c_int, String);

/// Tells the test what came, and panics on its own account.
unsafe extern "C-unwind" fn send(ret: c_int, msg: *const c_char, len: usize, data: *mut c_void) {
    // SAFETY: a message is readable until the callback returns.
    let text = String::from_utf8_lossy(unsafe { std::slice::from_raw_parts(msg.cast::<u8>(), len) }).into_owned();
    let panicked = catch_unwind(|| panic!("in the callback"));
    // SAFETY: the test passes a sender that outlives the context.
    unsafe { &*data.cast::<Sender<Heard>>() }.send((ret, text)).expect("the test waits");
    panicked.expect_err("it panics");
}

static HEARD: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn times(text: &str) -> usize {
    HEARD.lock().unwrap().iter().filter(|heard| heard.contains(text)).count()
}

#[test]
fn only_a_panic_that_is_no_answer_is_heard() {
    panic::set_hook(Box::new(|info| HEARD.lock().unwrap().push(info.to_string())));
    let (sender, receiver): (Sender<Heard>, Receiver<Heard>) = channel();
    let data: *mut c_void = (&raw const sender).cast_mut().cast();
    // SAFETY: the sender outlives the context.
    let ctx = unsafe { symbols::parked_create(Some(send), data) };
    assert_eq!(receiver.recv().expect("an answer").0, RET_OK);
    // SAFETY: as above.
    assert_eq!(unsafe { symbols::parked_panic(ctx, Some(send), data) }, RET_OK);
    let (ret, text) = receiver.recv().expect("an answer");
    assert!(
        ret == RET_ERR
            && text.starts_with("parked_panic panicked: answered (ffi-tests/libraries/plain/tests/panic_hook.rs:"),
        "{text}"
    );
    // SAFETY: as above.
    assert_eq!(unsafe { symbols::parked_catch(ctx, Some(send), data) }, RET_OK);
    assert_eq!(receiver.recv().expect("an answer").0, RET_OK);
    // SAFETY: any handle may be destroyed.
    assert_eq!(unsafe { symbols::parked_destroy(ctx) }, RET_OK);
    assert_eq!(times("answered"), 0);
    assert_eq!(times("in the callback"), 3);
    for text in ["in the destructor", "caught by the author", "on a thread of the author's"] {
        assert_eq!(times(text), 1, "{text}");
    }
}
