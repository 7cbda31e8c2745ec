//! Handlers that wait, and handlers that run alone.

use crate::Every;
use ffi_runtime::ffi;
use std::rc::Rc;
use std::thread;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Adds to the total, and answers with the total.
#[ffi]
pub fn every_add(every: &mut Every, amount: i64) -> i64 {
    *every.total.get_mut() += amount;
    every.total.get()
}

/// Adds to the total in two steps with a wait between, which only works alone.
#[ffi]
pub async fn every_add_slowly(every: &mut Every, amount: i64, wait_ms: u64) -> i64 {
    let before = every.total.get();
    wait(wait_ms).await;
    every.total.set(before + amount);
    every.total.get()
}

/// Notes that it begins and ends, with a wait between.
#[ffi]
pub async fn every_log_shared(every: &Every, name: String, wait_ms: u64) {
    every.log.borrow_mut().push(format!("{name} begins"));
    wait(wait_ms).await;
    every.log.borrow_mut().push(format!("{name} ends"));
}

/// The same, alone.
#[ffi]
pub async fn every_log_exclusive(every: &mut Every, name: String, wait_ms: u64) {
    every.log.borrow_mut().push(format!("{name} begins"));
    wait(wait_ms).await;
    every.log.borrow_mut().push(format!("{name} ends"));
}

/// Notes that it begins and ends, with a wait between that must be short.
#[ffi(deadline_ms = 200)]
pub async fn every_log_briefly(every: &Every, name: String, wait_ms: u64) {
    every_log_shared(every, name, wait_ms).await;
}

/// The same, alone.
#[ffi(deadline_ms = 200)]
pub async fn every_log_exclusive_briefly(every: &mut Every, name: String, wait_ms: u64) {
    every_log_exclusive(every, name, wait_ms).await;
}

/// Notes that it begins and ends, unless it is dropped between.
#[ffi(deadline_ms = 200, cancel = "drop")]
pub async fn every_log_lightly(every: &Every, name: String, wait_ms: u64) {
    every_log_shared(every, name, wait_ms).await;
}

/// Blocks the worker, which must be short.
#[ffi(deadline_ms = 200)]
pub fn every_block_briefly(_every: &Every, wait_ms: u64) {
    thread::sleep(Duration::from_millis(wait_ms));
}

/// Gives back the text, for which it may take its time.
#[ffi(deadline_ms = 600_000)]
pub fn every_leisurely(_every: &Every, value: String) -> String {
    value
}

/// Waits about as long as it may.
#[ffi(deadline_ms = 1)]
pub async fn every_hurry(_every: &Every, wait_ms: u64) {
    wait(wait_ms).await;
}

/// Waits about as long as it may, and may be dropped meanwhile.
#[ffi(deadline_ms = 1, cancel = "drop")]
pub async fn every_hurry_lightly(_every: &Every, wait_ms: u64) {
    wait(wait_ms).await;
}

/// What was noted so far.
#[ffi]
pub fn every_log(every: &Every) -> Vec<String> {
    every.log.borrow().clone()
}

/// Blocks the worker.
#[ffi]
pub fn every_block(_every: &Every, wait_ms: u64) {
    thread::sleep(Duration::from_millis(wait_ms));
}

/// Sleeps without blocking the worker.
#[ffi]
pub async fn every_sleep(_every: &Every, wait_ms: u64) {
    wait(wait_ms).await;
}

/// Sleeps, and may be dropped meanwhile.
#[ffi(cancel = "drop")]
pub async fn every_sleep_lightly(_every: &Every, wait_ms: u64) {
    wait(wait_ms).await;
}

/// Sleeps alone, and may be dropped meanwhile.
#[ffi(cancel = "drop")]
pub async fn every_sleep_lightly_alone(_every: &mut Every, wait_ms: u64) {
    wait(wait_ms).await;
}

/// Never answers by itself.
#[ffi]
pub async fn every_wait_forever(every: &Every) {
    let _held = Rc::clone(&every.log);
    std::future::pending::<()>().await;
}

/// Sends a text through a socket to itself.
#[ffi]
pub async fn every_socket(_every: &Every, text: String) -> Result<String, std::io::Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut client = TcpStream::connect(listener.local_addr()?).await?;
    let (mut server, _) = listener.accept().await?;
    client.write_all(text.as_bytes()).await?;
    client.shutdown().await?;
    let mut received = String::new();
    server.read_to_string(&mut received).await?;
    Ok(received)
}

/// Leaves work behind that blocks another thread.
#[ffi]
pub fn every_leave_blocking(_every: &Every, wait_ms: u64) {
    tokio::task::spawn_blocking(move || thread::sleep(Duration::from_millis(wait_ms)));
}

/// Lets another thread wake it.
#[ffi]
pub async fn every_woken_from_afar(_every: &Every) -> Result<i32, String> {
    tokio::task::spawn_blocking(|| 42).await.map_err(|error| error.to_string())
}

/// Whether this runs on the thread that made the state.
#[ffi]
pub async fn every_is_at_home(every: &Every) -> bool {
    let before = thread::current().id() == every.home;
    tokio::task::yield_now().await;
    before && thread::current().id() == every.home
}

/// The name of the thread that this runs on.
#[ffi]
pub fn every_thread_name(_every: &Every) -> Option<String> {
    thread::current().name().map(str::to_owned)
}

async fn wait(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
