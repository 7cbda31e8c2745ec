//! What is wrong with CBOR, and where in it.

/// A fault, and the way to it.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    path: String,
    what: String,
}

impl Fault {
    /// A fault of the value itself.
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { path: String::new(), what: what.into() }
    }

    /// The fault, seen from the record in which the value has this name.
    pub(super) fn at_key(self, key: &str) -> Self {
        self.behind(key)
    }

    /// The fault, seen from the list in which the value has this place.
    pub(super) fn at_index(self, index: usize) -> Self {
        self.behind(&format!("[{index}]"))
    }

    fn behind(self, step: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Self { path: format!("{step}{dot}{}", self.path), ..self }
    }

    /// The way to the fault from a function or an event, and what is wrong there.
    pub(super) fn under(self, root: &str) -> (String, String) {
        let colon = if self.path.is_empty() { "" } else { ": " };
        (format!("{root}{colon}{}", self.path), self.what)
    }
}
