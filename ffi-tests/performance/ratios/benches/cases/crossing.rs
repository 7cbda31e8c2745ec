//! One call on its way to the worker and back, both threads on one core.

use crate::host::{Context, Give, RecordPod, library, ping_pong, round_trip};
use crate::measure::{Case, Work};
use benched::record::Record;
use std::mem::size_of;

/// What the worker has to do that the floor has not.
const TOKIO: &str = "the worker sleeps in tokio, whose way to sleep and back is longer than a futex alone";

pub(crate) fn cases(cores: &[usize]) -> Vec<Case> {
    let floor = || ("futex ping-pong, one core", ping_pong(cores[0]));
    let case = |name, work, most| Case::new(name, work, floor(), most).because(TOKIO);
    let context = Context::create();
    vec![
        case("one call in flight, one core: `fn`", number(context, library::benched_give), 1.10),
        case("… `async fn`, ready at once", number(context, library::benched_give_ready), 1.15),
        case("… echo of 20 bytes", round_trip(20, context.give_text("twenty bytes of text")), 1.15),
        case("… record of 10 messages", record(context), 1.25)
            .because("the memory is taken by one thread and freed by another, which malloc does slowly"),
        case("… record of 10 messages, CBOR", record_cbor(context), 1.40)
            .because("the same, and the record is decoded and encoded"),
    ]
}

fn number(context: Context, method: Give) -> Work {
    round_trip(size_of::<i32>(), context.give(method))
}

fn record(context: Context) -> Work {
    let record = RecordPod::new(&Record::with_messages(10));
    round_trip(size_of::<RecordPod>(), context.give_record(record))
}

fn record_cbor(context: Context) -> Work {
    let (request, len) = record_request();
    round_trip(len, context.give_record_cbor(request))
}

/// The parameters of a call with a record of 10 messages, and how long its answer is.
fn record_request() -> (Vec<u8>, usize) {
    let record = ffi_runtime::to_cbor(&Record::with_messages(10)).expect("a record has a CBOR form");
    // A map of the only parameter's name, and the record.
    let request = [&b"\xa1\x65value"[..], &record].concat();
    (request, record.len())
}
