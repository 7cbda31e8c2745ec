//! What the command line asks for.

use super::{Case, Plan};
use std::env;

/// How to look at the cases.
pub(crate) enum View {
    /// Not at all: this is a run of the tests.
    Nothing,
    /// As ratios to their floors, in rounds.
    Ratios(Plan),
    /// As absolute times, by criterion.
    Times,
}

/// What the command line asks for.
pub(crate) struct Options {
    pub(crate) view: View,
    /// A part of the names of the cases that are taken.
    word: String,
}

impl Options {
    /// The options that this program was started with.
    ///
    /// # Panics
    /// Panics where there is an option that it does not know.
    pub(crate) fn from_args() -> Self {
        let mut options = Self { view: View::Nothing, word: String::new() };
        for argument in env::args().skip(1) {
            match argument.as_str() {
                // Cargo's own, last: what was asked for besides it stands.
                "--bench" => {
                    if matches!(options.view, View::Nothing) {
                        options.view = View::Ratios(Plan::FULL);
                    }
                }
                "--quick" => options.view = View::Ratios(Plan::QUICK),
                "--criterion" => options.view = View::Times,
                option if option.starts_with('-') => {
                    panic!("{option} is unknown: there are --quick and --criterion")
                }
                word => word.clone_into(&mut options.word),
            }
        }
        options
    }

    /// Whether a case is asked for.
    pub(crate) fn takes(&self, case: &Case) -> bool {
        case.name.contains(&self.word)
    }
}
