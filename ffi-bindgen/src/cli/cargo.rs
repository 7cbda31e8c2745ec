//! Takes cargo's own options, and hands them on to cargo.

use clap::{ArgAction, Args, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// How cargo builds the crate: each option is cargo's own.
#[derive(Args)]
#[group(skip)]
#[command(next_help_heading = "Cargo's options")]
pub(super) struct Cargo {
    /// The crate's Cargo.toml, or its folder [default: that of this folder]
    #[arg(long, value_name = "PATH")]
    pub(super) manifest_path: Option<PathBuf>,
    /// The crate, where the workspace has several libraries: NAME or NAME@VERSION
    #[arg(short, long, value_name = "SPEC")]
    pub(super) package: Option<String>,
    /// Features to turn on, with spaces or commas between
    #[arg(short = 'F', long, value_name = "FEATURES")]
    features: Vec<String>,
    /// Turn all features on
    #[arg(long)]
    all_features: bool,
    /// Leave the feature `default` out
    #[arg(long)]
    no_default_features: bool,
    /// Build with the profile `release`
    #[arg(short, long)]
    release: bool,
    /// Build with this profile
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The machine to build for; this one has to be able to load the library
    #[arg(long, value_name = "TRIPLE")]
    target: Option<OsString>,
    /// The folder of what cargo builds
    #[arg(long, value_name = "FOLDER")]
    target_dir: Option<PathBuf>,
    /// How many jobs run side by side
    #[arg(short, long, value_name = "N", allow_hyphen_values = true)]
    jobs: Option<String>,
    /// Build without the network
    #[arg(long)]
    offline: bool,
    /// Build as Cargo.lock says
    #[arg(long)]
    locked: bool,
    /// Both --locked and --offline
    #[arg(long)]
    frozen: bool,
    /// A setting of cargo's configuration: KEY=VALUE, or a file
    #[arg(long, value_name = "KEY=VALUE")]
    config: Vec<OsString>,
    /// Print errors and what is to be mended, and nothing else
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Print more; -vv prints all of what cargo does
    #[arg(short, long, action = ArgAction::Count)]
    verbose: u8,
    /// When to print in colours
    #[arg(long, value_enum, value_name = "WHEN")]
    color: Option<Color>,
    /// Anything else for `cargo build`
    #[arg(last = true, value_name = "OPTIONS")]
    others: Vec<OsString>,
}

/// When to print in colours.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// In any case
    Always,
    /// Not at all
    Never,
}

impl Cargo {
    /// What `cargo build` is given, but for the crate.
    pub(super) fn of_build(&self) -> Vec<OsString> {
        let switches = [
            (self.all_features, "--all-features"),
            (self.no_default_features, "--no-default-features"),
            (self.release, "--release"),
            (self.quiet, "--quiet"),
        ];
        let mut options: Vec<OsString> = switches.into_iter().filter(|it| it.0).map(|it| it.1.into()).collect();
        options.extend(self.features.iter().map(|features| joined("--features", features)));
        options.extend(self.profile.iter().map(|name| joined("--profile", name)));
        options.extend(self.target.iter().map(|triple| joined("--target", triple)));
        options.extend(self.target_dir.iter().map(|folder| joined("--target-dir", folder)));
        options.extend(self.jobs.iter().map(|count| joined("--jobs", count)));
        options.extend(self.color.map(|when| joined("--color", when.name())));
        options.extend(std::iter::repeat_n("--verbose".into(), self.verbose.into()));
        options.extend(self.of_metadata());
        options.extend(self.others.iter().cloned());
        options
    }

    /// What every command of cargo is given.
    pub(super) fn of_metadata(&self) -> Vec<OsString> {
        let switches = [(self.offline, "--offline"), (self.locked, "--locked"), (self.frozen, "--frozen")];
        let switches = switches.into_iter().filter(|it| it.0).map(|it| it.1.into());
        switches.chain(self.config.iter().map(|setting| joined("--config", setting))).collect()
    }

    /// Whether only errors are printed.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether details are printed.
    pub(super) fn is_verbose(&self) -> bool {
        self.verbose > 0
    }

    /// When to print in colours; `None` where that was not said.
    pub(super) fn color(&self) -> Option<Color> {
        self.color
    }
}

impl Color {
    fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// An option and its value as one argument, so that no value is taken for an option.
fn joined(option: &str, value: impl Into<OsString>) -> OsString {
    let mut joined = OsString::from(option);
    joined.push("=");
    joined.push(value.into());
    joined
}
