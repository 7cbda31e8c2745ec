//! Why a call failed, as the host is told: a text, and the kind behind it.

use crate::abi::ErrorKind;
use crate::error::{Fault, FaultKind};
use crate::panic::Panic;

/// What stands in for an error that has nothing to say.
const UNKNOWN: &str = "unknown error";

/// An error on its way to a host: its text, which is never empty, a NUL, and a character for its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure(Box<str>);

/// The text of an error, which is never empty.
pub(crate) fn said(text: String) -> String {
    if text.is_empty() { UNKNOWN.to_owned() } else { text }
}

impl Failure {
    pub(crate) fn new(kind: ErrorKind, text: String) -> Self {
        let mut text = said(text);
        text.reserve_exact(2);
        text.push('\0');
        text.push(char::from(kind as u8));
        Self(text.into())
    }

    /// The error that the author's function returned.
    pub(crate) fn author(text: String) -> Self {
        Self::new(ErrorKind::Author, text)
    }

    /// What a call gets that was cancelled, or ended unanswered because its context went away.
    #[cold]
    pub(crate) fn cancelled() -> Self {
        Self::new(ErrorKind::Cancelled, "cancelled".to_owned())
    }

    /// What a call gets whose deadline passed.
    #[cold]
    pub(crate) fn deadline_exceeded() -> Self {
        Self::new(ErrorKind::DeadlineExceeded, "deadline exceeded".to_owned())
    }

    /// A fault in a request of the function named.
    #[cold]
    pub(crate) fn request(function: &str, fault: &Fault) -> Self {
        Self::fault(ErrorKind::BadRequest, function, fault)
    }

    /// A fault in a result of the function named, or in the payload of an event.
    #[cold]
    pub(crate) fn result(function: &str, fault: &Fault) -> Self {
        Self::fault(ErrorKind::BadResult, function, fault)
    }

    /// The fault of the one who sent the value, unless there was no room for it here.
    fn fault(kind: ErrorKind, function: &str, fault: &Fault) -> Self {
        let lacks_room = matches!(fault.kind(), FaultKind::OutOfMemory { .. } | FaultKind::StackTooSmall { .. });
        Self::new(if lacks_room { ErrorKind::NoResources } else { kind }, format!("{function}: {fault}"))
    }

    /// A panic in the function named.
    #[cold]
    pub(crate) fn panicked(function: &str, panic: &Panic) -> Self {
        Self::new(ErrorKind::Panicked, format!("{function} panicked: {panic}"))
    }

    /// The same text as an error of another kind.
    pub(crate) fn as_kind(&self, kind: ErrorKind) -> Self {
        Self::new(kind, self.text().to_owned())
    }

    /// The text alone.
    pub(crate) fn text(&self) -> &str {
        &self.0[..self.len()]
    }

    /// How long the text is, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.0.len() - 2
    }

    /// The text, a NUL and the kind.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The same for who finds the kind behind the first NUL: one inside the text becomes U+FFFD.
    pub(crate) fn ended_by_nul(self) -> Self {
        if !self.text().contains('\0') {
            return self;
        }
        let (text, behind) = self.0.split_at(self.len());
        Self((text.replace('\0', "\u{FFFD}") + behind).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_a_text_a_nul_and_a_kind() {
        let failure = Failure::new(ErrorKind::Closed, "no".to_owned());
        assert_eq!((failure.text(), failure.as_bytes()), ("no", &b"no\0\x08"[..]));
        assert_eq!(failure.as_kind(ErrorKind::Lost).as_bytes(), b"no\0\x11");
    }

    #[test]
    fn an_error_without_text_still_says_something() {
        assert_eq!(Failure::author(String::new()).as_bytes(), b"unknown error\0\x01");
    }

    #[test]
    fn a_nul_inside_does_not_hide_the_kind_of_the_last_error() {
        let failure = Failure::author("a\0b".to_owned());
        assert_eq!(failure.as_bytes(), b"a\0b\0\x01");
        assert_eq!(failure.ended_by_nul().as_bytes(), "a\u{FFFD}b\0\x01".as_bytes());
    }

    #[test]
    fn a_value_that_finds_no_room_is_nobodys_bad_request() {
        let kinds = |fault: FaultKind| {
            let fault = Fault::new(fault);
            [Failure::request("f", &fault), Failure::result("f", &fault)].map(|it| it.as_bytes().last().copied())
        };
        let told = |kinds: [ErrorKind; 2]| kinds.map(|kind| Some(kind as u8));
        assert_eq!(kinds(FaultKind::Null), told([ErrorKind::BadRequest, ErrorKind::BadResult]));
        for lack in [FaultKind::OutOfMemory { bytes: 1 }, FaultKind::StackTooSmall { left: 1, needed: 2 }] {
            assert_eq!(kinds(lack), told([ErrorKind::NoResources; 2]));
        }
    }
}
