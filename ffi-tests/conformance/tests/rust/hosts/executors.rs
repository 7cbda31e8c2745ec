//! The same host on several executors, none of which the client knows.

use crate::check::{block_on, path, say};
use my_timer::{Call, Creating, EventStream, Library, MyTimer, Subscription, TimerConfig, Transport};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Calls that overlap, an event, an error, the end.
async fn host(transport: Transport) -> usize {
    let library = Library::open_with(path("my_timer"), transport).unwrap();
    let timer = library.create(&TimerConfig { name: "t".to_owned() }).await.unwrap();
    let mut fired = timer.echo_fired_stream().unwrap();
    let calls: Vec<_> = (0..20).map(|number| timer.echo(&say(&number.to_string(), 20 - number))).collect();
    for (number, call) in calls.into_iter().enumerate() {
        assert_eq!(call.await.unwrap().echoed, number.to_string());
    }
    timer.schedule(&Default::default(), &Default::default(), &Default::default()).await.unwrap_err();
    let mut heard = 0;
    while heard < 20 && fired.next().await.is_some() {
        heard += 1;
    }
    timer.close().await.unwrap();
    assert!(fired.next().await.is_none());
    heard
}

const TRANSPORTS: [Transport; 2] = [Transport::Native, Transport::Cbor];

#[test]
fn on_a_thread_that_parks() {
    TRANSPORTS.into_iter().for_each(|transport| assert_eq!(block_on(host(transport)), 20));
}

#[test]
fn on_tokio_with_one_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    TRANSPORTS.into_iter().for_each(|transport| assert_eq!(runtime.block_on(host(transport)), 20));
}

#[test]
fn on_tokio_with_several_threads() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(3).build().unwrap();
    let tasks: Vec<_> = (0..6).map(|task| runtime.spawn(host(TRANSPORTS[task % 2]))).collect();
    tasks.into_iter().for_each(|task| assert_eq!(runtime.block_on(task).unwrap(), 20));
}

#[test]
fn polled_again_and_again_by_nobodys_waker() {
    let mut host = pin!(host(Transport::Native));
    let heard = loop {
        match host.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(heard) => break heard,
            Poll::Pending => std::thread::yield_now(),
        }
    };
    assert_eq!(heard, 20);
}

#[test]
fn a_call_wakes_the_last_that_polled_it() {
    let library = Library::open(path("my_timer")).unwrap();
    let timer = library.create(&TimerConfig::default()).wait().unwrap();
    let mut call = Box::pin(timer.echo(&say("moved", 30)));
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let answer = std::thread::spawn(move || block_on(call)).join().unwrap();
    assert_eq!(answer.unwrap().echoed, "moved");
}

#[test]
fn everything_may_go_to_another_thread() {
    fn is_send<T: Send>() {}
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Library>();
    is_shared::<MyTimer>();
    is_shared::<Subscription>();
    is_shared::<my_timer::Error>();
    is_send::<Call<String>>();
    is_send::<Creating>();
    is_send::<EventStream<String>>();
}
