//! A timer service: the flagship example of a library that ships with `#[ffi]`.

#![forbid(unsafe_code)]

use ffi_runtime::ffi;
use std::time::Duration;

// The original system's hosts know the library's own functions by their short names.
ffi_runtime::library!("my_timer", names = "short", text = "c");

/// A timer that echoes messages after a delay and plans jobs.
#[ffi(state)]
pub struct MyTimer {
    name: String,
}

/// How a timer is set up.
#[ffi]
pub struct TimerConfig {
    /// The timer's name, which its answers carry.
    pub name: String,
}

/// A message to echo.
#[ffi(rename_all = "camelCase")]
pub struct EchoRequest {
    /// What to say.
    pub message: String,
    /// How long to wait first, in milliseconds.
    pub delay_ms: i64,
}

/// An echoed message.
#[ffi(rename_all = "camelCase")]
pub struct EchoResponse {
    /// What was said.
    pub echoed: String,
    /// Which timer said it.
    pub timer_name: String,
}

/// An echo that was made.
#[ffi(rename_all = "camelCase")]
pub struct EchoEvent {
    /// What was said.
    pub message: String,
    /// How often.
    pub echo_count: i64,
}

/// An echo was made. Its answer may come before this, or after.
#[ffi(event)]
pub fn on_echo_fired(event: EchoEvent);

/// Several messages with things that may be absent.
#[ffi(rename_all = "camelCase")]
pub struct ComplexRequest {
    /// The messages.
    pub messages: Vec<EchoRequest>,
    /// Any words.
    pub tags: Vec<String>,
    /// A remark.
    pub note: Option<String>,
    /// How often to try again.
    pub retries: Option<i64>,
}

/// What a [`ComplexRequest`] came to.
#[ffi(rename_all = "camelCase")]
pub struct ComplexResponse {
    /// The request in a sentence.
    pub summary: String,
    /// How many messages it had.
    pub item_count: i64,
    /// Whether it had a note.
    pub has_note: bool,
}

/// A job to plan.
#[ffi]
pub struct JobSpec {
    /// The job's name; it may not be empty.
    pub name: String,
    /// What the job works on.
    pub payload: Vec<String>,
    /// Higher is sooner.
    pub priority: i64,
}

/// What to do when a job fails.
#[ffi(rename_all = "camelCase")]
pub struct RetryPolicy {
    /// How often to try; above zero.
    pub max_attempts: i64,
    /// How long to wait between two tries, in milliseconds.
    pub backoff_ms: i64,
    /// The errors that are worth another try.
    pub retry_on: Vec<String>,
}

/// When a job runs.
#[ffi(rename_all = "camelCase")]
pub struct ScheduleConfig {
    /// When it runs first, in milliseconds.
    pub start_at_ms: i64,
    /// How long between two runs, in milliseconds; zero for a single run.
    pub interval_ms: i64,
    /// How much later it may run first, in milliseconds.
    pub jitter: Option<i64>,
}

/// A planned job.
#[ffi(rename_all = "camelCase")]
pub struct ScheduleResult {
    /// The timer's and the job's name.
    pub job_id: String,
    /// How often it runs within a minute.
    pub will_run_count: i64,
    /// When it runs first, in milliseconds.
    pub first_run_at_ms: i64,
    /// How long it waits between two tries, in milliseconds.
    pub effective_backoff_ms: i64,
}

/// Makes a timer.
#[ffi(ctor)]
pub fn my_timer_create(config: TimerConfig) -> Result<MyTimer, String> {
    Ok(MyTimer { name: config.name })
}

/// Sleeps, then echoes and fires [`on_echo_fired`]. Other requests are served meanwhile.
#[ffi]
pub async fn my_timer_echo(timer: &MyTimer, req: EchoRequest) -> EchoResponse {
    let delay = u64::try_from(req.delay_ms).unwrap_or(0);
    tokio::time::sleep(Duration::from_millis(delay)).await;
    on_echo_fired(EchoEvent { message: req.message.clone(), echo_count: 1 });
    EchoResponse { echoed: req.message, timer_name: timer.name.clone() }
}

/// The version of this library.
#[ffi]
pub fn my_timer_version(_timer: &MyTimer) -> String {
    concat!("my_timer v", env!("CARGO_PKG_VERSION")).to_owned()
}

/// Sums up a request in a sentence.
#[ffi]
pub fn my_timer_complex(_timer: &MyTimer, req: ComplexRequest) -> ComplexResponse {
    let note = req.note.as_deref().unwrap_or("<none>");
    let retries = req.retries.unwrap_or(0);
    ComplexResponse {
        summary: format!("received {} messages, note={note}, retries={retries}", req.messages.len()),
        item_count: i64::try_from(req.messages.len()).unwrap_or(i64::MAX),
        has_note: req.note.is_some(),
    }
}

/// Plans a job.
#[ffi]
pub fn my_timer_schedule(
    timer: &MyTimer,
    job: JobSpec,
    retry: RetryPolicy,
    schedule: ScheduleConfig,
) -> Result<ScheduleResult, String> {
    if job.name.is_empty() {
        return Err("job name must not be empty".to_owned());
    }
    if retry.max_attempts <= 0 {
        return Err("maxAttempts must be above 0".to_owned());
    }
    Ok(ScheduleResult {
        job_id: format!("{}:{}", timer.name, job.name),
        will_run_count: 60_000_i64.checked_div(schedule.interval_ms).map_or(1, |runs| runs.max(1)),
        first_run_at_ms: schedule.start_at_ms.saturating_add(schedule.jitter.unwrap_or(0)),
        effective_backoff_ms: retry.backoff_ms,
    })
}

/// Ends a timer.
#[ffi(dtor)]
pub fn my_timer_destroy(_timer: MyTimer) {}
