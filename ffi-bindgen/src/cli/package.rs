//! Finds the crate that `build` and `check` work on, and has cargo build its library.

use super::Failure;
use super::generate::languages;
use cargo_metadata::{Artifact, CrateType, Message, MetadataCommand, Package, Target};
use clap::Args;
use ffi_bindgen::Lang;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Which crate, and how it is built.
#[derive(Args)]
pub(super) struct Chosen {
    /// The crate's Cargo.toml [default: that of this folder]
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<PathBuf>,
    /// The crate, where the workspace has several with a cdylib
    #[arg(short, long, value_name = "NAME")]
    package: Option<String>,
    /// Build with optimizations
    #[arg(short, long)]
    release: bool,
    /// Build as Cargo.lock says
    #[arg(long)]
    locked: bool,
    /// The languages, instead of those in `[package.metadata.ffi]`
    #[arg(long, value_delimiter = ',', value_parser = languages())]
    lang: Vec<Lang>,
    /// The folder of the bindings [default: `bindings` beside Cargo.toml]
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

/// A crate that becomes a cdylib.
pub(super) struct Crate<'a> {
    chosen: &'a Chosen,
    package: Package,
}

impl Chosen {
    /// Finds the crate.
    pub(super) fn find(&self) -> Result<Crate<'_>, Failure> {
        let mut command = MetadataCommand::new();
        command.no_deps();
        if let Some(path) = &self.manifest_path {
            command.manifest_path(path);
        }
        let packages = command.exec()?.packages.into_iter().filter(|package| cdylib(package).is_some());
        let named = |package: &Package| self.package.as_ref().is_none_or(|name| package.name == *name);
        let mut packages: Vec<_> = packages.filter(named).collect();
        match (packages.pop(), packages.is_empty()) {
            (Some(package), true) => Ok(Crate { chosen: self, package }),
            (None, _) => Err(Failure::NoCdylib),
            (Some(last), false) => {
                let names = packages.iter().chain([&last]).map(|it| it.name.to_string()).collect::<Vec<_>>();
                Err(Failure::SeveralCdylibs { names: names.join(", ") })
            }
        }
    }
}

impl Crate<'_> {
    /// Builds the crate, as `cargo build` does before the user's eyes, and gives the library's path.
    pub(super) fn build(&self) -> Result<PathBuf, Failure> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--message-format=json-render-diagnostics", "--package", &self.package.name]);
        cargo.arg("--manifest-path").arg(&self.package.manifest_path);
        cargo.args(self.chosen.release.then_some("--release")).args(self.chosen.locked.then_some("--locked"));
        let mut child =
            cargo.stdout(Stdio::piped()).spawn().map_err(|source| Failure::file(Path::new("cargo"), source))?;
        let said = BufReader::new(child.stdout.take().expect("it is piped"));
        let messages = Message::parse_stream(said).map_while(Result::ok);
        let built = messages.filter_map(|message| self.library(message)).last();
        let is_done = child.wait().is_ok_and(|status| status.success());
        built.filter(|_| is_done).ok_or_else(|| Failure::NotBuilt { package: self.package.name.to_string() })
    }

    /// The cdylib, where this message is of it.
    fn library(&self, message: Message) -> Option<PathBuf> {
        let Message::CompilerArtifact(Artifact { package_id, target, filenames, .. }) = message else { return None };
        if package_id != self.package.id || !is_cdylib(&target) {
            return None;
        }
        let is_library = |path: &PathBuf| path.extension().is_some_and(|it| it == std::env::consts::DLL_EXTENSION);
        filenames.into_iter().map(PathBuf::from).find(is_library)
    }

    /// The languages asked for, or those of `languages = […]` in `[package.metadata.ffi]`.
    pub(super) fn languages(&self) -> Result<Vec<Lang>, Failure> {
        if !self.chosen.lang.is_empty() {
            return Ok(self.chosen.lang.clone());
        }
        let listed = self.package.metadata.pointer("/ffi/languages").and_then(serde_json::Value::as_array);
        let Some(listed) = listed else { return Err(Failure::NoLanguages { known: known() }) };
        let named = |name: &serde_json::Value| {
            let found = Lang::ALL.into_iter().find(|lang| name.as_str() == Some(lang.name()));
            found.ok_or_else(|| Failure::NoSuchLanguage { name: name.to_string(), known: known() })
        };
        listed.iter().map(named).collect()
    }

    /// Where the bindings stand.
    pub(super) fn output(&self) -> PathBuf {
        let beside = || self.package.manifest_path.with_file_name("bindings").into_std_path_buf();
        self.chosen.output.clone().unwrap_or_else(beside)
    }
}

fn known() -> String {
    Lang::ALL.map(Lang::name).join(", ")
}

fn cdylib(package: &Package) -> Option<&Target> {
    package.targets.iter().find(|target| is_cdylib(target))
}

fn is_cdylib(target: &Target) -> bool {
    target.crate_types.contains(&CrateType::CDyLib)
}
