//! How each type crosses: its form in C, and on the wire.

use crate::types;

record! {
    EchoEvent, 16 {
        message: String = "message" at 0,
        echo_count: i64 = "echoCount" at 8,
    }
}

record! {
    EchoRequest, 16 {
        message: String = "message" at 0,
        delay_ms: u32 = "delayMs" at 8,
    }
}

record! {
    EchoResponse, 24 {
        echoed: String = "echoed" at 0,
        label: Option<String> = "label" at 8,
    }
}

record! {
    EventsDropped, 8 {
        count: u64 = "count" at 0,
    }
}

enumeration! {
    JobPriority {
        Low = -1 as "Low",
        High = 10 as "High",
    }
}

record! {
    Job, 40 {
        priority: types::JobPriority = "priority" at 0,
        tags: Vec<String> = "tags" at 8,
        blob: Vec<u8> = "blob" at 24,
    }
}

record! {
    NotResponding, 8 {
        stalled_ms: u64 = "stalled_ms" at 0,
    }
}

record! {
    Responding, 1 {
    }
}

record! {
    TimerConfig, 8 {
        name: String = "name" at 0,
    }
}
