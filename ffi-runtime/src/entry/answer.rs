//! Runs functions on the thread that calls them, and answers there.
//!
//! - The request is read on the calling thread in every form, so every fault in it refuses the call.
//! - Any other failure is the answer of a call that was accepted.

use crate::abi::{RET_ERR, RET_OK};
use crate::call::outbox::ImmediateReplies;
use crate::call::{Reply, Transport};
use crate::callback::{Failed, HostCallback};
use crate::declare::{Answer, ErrorText, Return, author_error};
use crate::error::Fault;
use crate::failure::Failure;
use crate::panic::{Panic, trap_until_answered};
use std::ffi::c_int;
use std::pin::pin;
use std::task::{self, Poll, Waker};

/// The output of a future that is ready: a plain function's.
#[inline]
pub(super) fn now<R>(call: impl Future<Output = R>) -> R {
    match pin!(call).poll(&mut task::Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!("a plain function has run when its future is polled"),
    }
}

/// Answers with what `call` returns. A fault is one in the request, and refuses it.
#[inline]
pub(super) fn answer_here<T: Transport<A>, A, R: Return<Value: Answer, Error: ErrorText>>(
    name: &'static str,
    target: HostCallback,
    call: impl FnOnce() -> Result<R, Fault>,
) -> c_int {
    // Taken before the host is called: whoever finds it here may answer, and nobody twice.
    let mut unanswered = Some(target);
    let outcome = trap_until_answered(|trap| match call().map(Return::into_result) {
        Ok(Ok(value)) => {
            let succeed = |result| {
                if let Some(target) = unanswered.take() {
                    trap.answered();
                    // SAFETY: the target was taken, so this is the one answer.
                    unsafe { target.fire(RET_OK, result) };
                }
            };
            T::deliver(value, succeed).map_err(|fault| Box::new(Unanswered::Result(fault)))
        }
        Ok(Err(error)) => Err(Box::new(Unanswered::Error(Failed::author(name, T::CROSSING, author_error(error))))),
        Err(fault) => Err(Box::new(Unanswered::Request(fault))),
    });
    match outcome {
        Ok(Ok(())) => RET_OK,
        other => fail_here(name, unanswered, other),
    }
}

/// Why a function that ran here has not answered.
pub(super) enum Unanswered {
    Request(Fault),
    Error(Failed),
    Result(Fault),
}

/// How a function ended that ran here, or its panic.
pub(super) type Outcome = Result<Result<(), Box<Unanswered>>, Panic>;

/// Answers with the failure, unless the call was answered before the panic.
#[cold]
pub(super) fn fail_here(name: &str, target: Option<HostCallback>, outcome: Outcome) -> c_int {
    let Some(reply) = target.map(Reply::to) else { return RET_OK };
    let _immediate = ImmediateReplies::begin();
    match outcome.map(|ended| ended.map_err(|reason| *reason)) {
        Ok(Err(Unanswered::Request(fault))) => {
            reply.fail(Failure::request(name, &fault));
            return RET_ERR;
        }
        Ok(Err(Unanswered::Error(failed))) => reply.fail(failed),
        Ok(Err(Unanswered::Result(fault))) => reply.fail(Failure::result(name, &fault)),
        Err(panic) => reply.fail(Failure::panicked(name, &panic)),
        // Nobody took the answer; dropping the reply says so.
        Ok(Ok(())) => return RET_OK,
    };
    RET_OK
}
