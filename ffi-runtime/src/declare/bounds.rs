//! Bounds on the stack that the frames of a call, of an answer and of an event take.

use super::arguments::Arguments;
use super::returns::{Answer, Return};
use crate::stack::{self, of_value};
use crate::value::pod::ByLength;

/// The bound of reading the arguments of a call.
pub(crate) const fn of_arguments<A: Arguments>() -> usize {
    stack::of_call::<A, ()>(A::STACK)
}

/// The bound of a call that reads its arguments and answers with its result.
pub(crate) const fn of_call<A: Arguments, R: Return<Value: Answer>>() -> usize {
    let (read, answered) = (A::STACK, of_answer::<R::Value>());
    stack::of_call::<A, R>(if read > answered { read } else { answered })
}

/// The bound of answering with a value, or of delivering it to a listener. Text by its length is the larger form.
pub(crate) const fn of_answer<V: Answer>() -> usize {
    of_value::<V>(of_value::<V::Place<ByLength>>(V::STACK))
}

/// The bound of queueing an event.
pub(crate) const fn of_event<V>() -> usize {
    of_value::<V>(0)
}
