//! Lists the symbols that a library exports. Every backend and tool takes them from here.

use crate::model::surface::has_cbor;
use ffi_runtime::schema::Function;

/// A symbol of the library itself, which no function declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Own {
    Schema,
    AbiHash,
    LastError,
    CallCbor,
    Cancel,
    Close,
    AddEventListener,
    AddEventListenerCbor,
    RemoveEventListener,
    PollFd,
    Dispatch,
}

impl Own {
    /// Those of every library.
    pub(crate) const EVERY: [Self; 11] = [
        Self::Schema,
        Self::AbiHash,
        Self::LastError,
        Self::CallCbor,
        Self::Cancel,
        Self::Close,
        Self::AddEventListener,
        Self::AddEventListenerCbor,
        Self::RemoveEventListener,
        Self::PollFd,
        Self::Dispatch,
    ];

    /// The name after the library's own prefix, `L_ffi_`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::AbiHash => "abi_hash",
            Self::LastError => "last_error",
            Self::CallCbor => "call_cbor",
            Self::Cancel => "cancel",
            Self::Close => "close",
            Self::AddEventListener => "add_event_listener",
            Self::AddEventListenerCbor => "add_event_listener_cbor",
            Self::RemoveEventListener => "remove_event_listener",
            Self::PollFd => "poll_fd",
            Self::Dispatch => "dispatch",
        }
    }

    /// The symbol in this library.
    pub(crate) fn of(self, library: &str) -> String {
        format!("{library}_ffi_{}", self.name())
    }

    /// The short name that it has as well in a library with `names = "short"`.
    pub(crate) fn short(self, library: &str) -> String {
        format!("{library}_{}", self.name())
    }
}

/// The entry points of a function: its own symbol, and the one of the CBOR path where it has one.
pub(crate) fn entry_points(function: &Function) -> Vec<String> {
    let cbor = has_cbor(function.kind).then(|| cbor(&function.name));
    [function.name.clone()].into_iter().chain(cbor).collect()
}

/// The entry point of the CBOR path.
pub(crate) fn cbor(function: &str) -> String {
    format!("{function}_cbor")
}

#[cfg(test)]
mod tests {
    use super::Own;
    use crate::abi::header::TEMPLATES;

    #[test]
    fn the_header_declares_every_symbol() {
        for symbol in Own::EVERY {
            let declared = format!("{{{{ lib }}}}_ffi_{}(", symbol.name());
            assert!(TEMPLATES.iter().any(|(_, text)| text.contains(&declared)), "{}", symbol.name());
        }
    }
}
