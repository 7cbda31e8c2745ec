//! A second library, to be loaded beside the timer in one process.

#![forbid(unsafe_code)]

use ffi_runtime::ffi;

// As the timer has them.
ffi_runtime::library!("echo", shared, names = "short", text = "c");

/// Says things loudly.
#[ffi(state)]
pub struct Echo {
    prefix: String,
}

/// How an echo is set up.
#[ffi]
pub struct EchoConfig {
    /// What stands before everything that is shouted.
    pub prefix: String,
}

/// Something to shout.
#[ffi]
pub struct ShoutRequest {
    /// The text.
    pub text: String,
}

/// Something shouted.
#[ffi]
pub struct ShoutResponse {
    /// The prefix and the text in ASCII upper case.
    pub shouted: String,
    /// The prefix alone.
    pub prefix: String,
}

/// Makes an echo.
#[ffi(ctor)]
pub fn echo_create(config: EchoConfig) -> Result<Echo, String> {
    Ok(Echo { prefix: config.prefix })
}

/// Shouts.
#[ffi]
pub fn echo_shout(echo: &Echo, req: ShoutRequest) -> ShoutResponse {
    let shouted = format!("{}: {}", echo.prefix, req.text.to_ascii_uppercase());
    ShoutResponse { shouted, prefix: echo.prefix.clone() }
}

/// What stands before everything that is shouted. Answered on the calling thread.
#[ffi(inline)]
pub fn echo_prefix(echo: &Echo) -> String {
    echo.prefix.clone()
}

/// The text in ASCII upper case. Needs no echo.
#[ffi]
pub fn echo_upper(text: String) -> String {
    text.to_ascii_uppercase()
}

/// Whether a letter is loud already. Returns directly.
#[ffi(export)]
pub fn echo_is_loud(letter: char) -> bool {
    letter.is_ascii_uppercase()
}

/// The version of this library.
#[ffi]
pub fn echo_version(_echo: &Echo) -> String {
    concat!("echo v", env!("CARGO_PKG_VERSION")).to_owned()
}

/// Ends an echo.
#[ffi(dtor)]
pub fn echo_destroy(_echo: Echo) {}
