//! What every backend is asked for.

use crate::Error;
use crate::file::File;
use crate::model::Model;
use crate::templates::Templates;

/// What writes the bindings of one language.
pub(crate) trait Backend {
    /// The name on the command line, and of the folder of the bindings.
    const NAME: &'static str;
    /// The language's name for readers.
    const TITLE: &'static str;
    /// What is written, for readers.
    const OUTPUT: &'static str;
    /// The host of a new crate, by the files' paths in `hosts/NAME`. [`COMMANDS`] is the section of the crate's README
    /// with the commands that run it.
    const HOST: Templates;

    /// Writes the bindings.
    fn files(model: &Model<'_>) -> Result<Vec<File>, Error>;
}

/// The template of a host that becomes a section of the new crate's README.
pub(crate) const COMMANDS: &str = "commands.md";
