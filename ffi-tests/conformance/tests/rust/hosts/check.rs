//! What the hosts share.

use every::Transport;
use std::fmt::Debug;
use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};
use std::thread::{self, Thread};
use std::time::Duration;

/// How long something is waited for that comes at once unless it never does.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Longer than any test takes.
pub const AN_HOUR: u64 = 3_600_000;

pub const TRANSPORTS: [Transport; 2] = [Transport::Native, Transport::Cbor];

/// Where a library is.
pub fn path(library: &str) -> PathBuf {
    let folder = std::env::var_os("HOST_LIBRARIES").expect("HOST_LIBRARIES names the folder of the libraries");
    let file = format!("{}{library}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    PathBuf::from(folder).join(file)
}

/// The library with every type, and a context of it.
pub fn every(transport: Transport) -> (every::Library, every::Every) {
    let library = every::Library::open_with(path("every"), transport).unwrap();
    let context = library.create(&every::Config::default()).wait().unwrap();
    (library, context)
}

/// The timer, and one of its contexts.
pub fn timer() -> (my_timer::Library, my_timer::MyTimer) {
    let library = my_timer::Library::open(path("my_timer")).unwrap();
    let timer = library.create(&my_timer::TimerConfig { name: "t".to_owned() }).wait().unwrap();
    (library, timer)
}

/// What to echo.
pub fn say(message: &str, delay_ms: i64) -> my_timer::EchoRequest {
    my_timer::EchoRequest { message: message.to_owned(), delay_ms }
}

/// Compares what is printed, which tells a NaN as a NaN, and -0.0 from 0.0.
#[track_caller]
pub fn is_same<T: Debug>(what: &str, got: &T, expected: &T) {
    assert_eq!(format!("{got:?}"), format!("{expected:?}"), "{what}");
}

/// An executor of one future, which sleeps while there is nothing to do.
pub fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Arc::new(Unpark(thread::current())).into();
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}
