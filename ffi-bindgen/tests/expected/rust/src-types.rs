//! What the library's functions take and give.

/// The type `EchoEvent`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EchoEvent {
    /// The field `message`.
    pub message: String,
    /// The field `echoCount`.
    pub echo_count: i64,
}

/// What to echo, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EchoRequest {
    /// The field `message`.
    pub message: String,
    /// The field `delayMs`.
    pub delay_ms: u32,
}

/// The type `EchoResponse`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EchoResponse {
    /// The field `echoed`.
    pub echoed: String,
    /// The field `label`.
    pub label: Option<String>,
}

/// The type `EventsDropped`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EventsDropped {
    /// The field `count`.
    pub count: u64,
}

/// The type `JobPriority`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i32)]
pub enum JobPriority {
    /// The variant `Low`.
    Low = -1,
    /// The variant `High`.
    High = 10,
}

/// The type `Job`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Job {
    /// The field `priority`.
    pub priority: JobPriority,
    /// The field `tags`.
    pub tags: Vec<String>,
    /// The field `blob`.
    pub blob: Vec<u8>,
}

/// The type `NotResponding`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct NotResponding {
    /// The field `stalled_ms`.
    pub stalled_ms: u64,
}

/// The type `Responding`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Responding {}

/// The type `TimerConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct TimerConfig {
    /// The field `name`.
    pub name: String,
}
