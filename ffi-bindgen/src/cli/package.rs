//! Finds the crate that `build` and `check` work on, and has cargo build its library.

use super::cargo::Cargo;
use super::generate::languages;
use super::{Failure, console};
use cargo_metadata::{Artifact, CrateType, Message, Metadata, MetadataCommand, Package, Target};
use clap::Args;
use ffi_bindgen::Lang;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Which crate, and how it is built.
#[derive(Args)]
pub(super) struct Chosen {
    /// The languages, instead of those in `[package.metadata.ffi]`
    #[arg(long, value_delimiter = ',', value_parser = languages())]
    lang: Vec<Lang>,
    /// The folder of the bindings [default: `bindings` beside Cargo.toml]
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
    #[command(flatten)]
    cargo: Cargo,
}

/// A crate whose library other languages can load or link.
pub(super) struct Crate<'a> {
    chosen: &'a Chosen,
    package: Package,
    form: Form,
}

/// What a crate becomes.
#[derive(Clone, Copy)]
enum Form {
    /// A dynamic library, perhaps beside others.
    Dynamic,
    /// A static library alone.
    Static,
}

impl Chosen {
    /// Whether details are printed.
    pub(super) fn is_verbose(&self) -> bool {
        self.cargo.is_verbose()
    }

    /// Finds the crate: the one that is named, the one whose folder this is, or the workspace's only one.
    pub(super) fn find(&self) -> Result<Crate<'_>, Failure> {
        console::set(self.cargo.is_quiet(), self.cargo.color());
        let manifest = self.manifest();
        let mut command = MetadataCommand::new();
        command.no_deps().other_options(texts(self.cargo.of_metadata())?);
        if let Some(path) = &manifest {
            command.manifest_path(path);
        }
        let metadata = command.exec()?;
        let package = match &self.cargo.package {
            Some(spec) => named(&metadata, spec)?,
            None => match own(&metadata, manifest.as_deref()) {
                Some(package) => package,
                None => only(&metadata)?,
            },
        };
        let form = form(package).ok_or_else(|| no_library(package))?;
        Ok(Crate { chosen: self, package: package.clone(), form })
    }

    /// The manifest that was given, or that of the folder that was.
    fn manifest(&self) -> Option<PathBuf> {
        let given = self.cargo.manifest_path.as_ref()?;
        Some(if given.is_dir() { given.join("Cargo.toml") } else { given.clone() })
    }
}

fn texts(options: Vec<std::ffi::OsString>) -> Result<Vec<String>, Failure> {
    options.into_iter().map(|it| it.into_string().map_err(|it| Failure::NotText { option: it.into() })).collect()
}

/// The member that a spec of cargo's names.
fn named<'a>(metadata: &'a Metadata, spec: &str) -> Result<&'a Package, Failure> {
    let packages = metadata.workspace_packages();
    let is_named = |it: &&&Package| {
        it.name.as_str() == spec || format!("{}@{}", it.name, it.version) == spec || it.id.repr == spec
    };
    let found = packages.iter().find(is_named).copied();
    found.ok_or_else(|| Failure::NoSuchPackage { spec: spec.to_owned(), names: names(&packages) })
}

/// The member whose folder this is, or whose manifest was given. A workspace's root that is no library itself
/// stands for its members.
fn own<'a>(metadata: &'a Metadata, manifest: Option<&Path>) -> Option<&'a Package> {
    let nearest = match manifest {
        Some(path) => path.canonicalize().ok()?,
        None => nearest()?,
    };
    let is_here = |it: &&Package| it.manifest_path.as_std_path().canonicalize().is_ok_and(|path| path == nearest);
    let package = metadata.workspace_packages().into_iter().find(is_here)?;
    let is_root = package.manifest_path.parent() == Some(&metadata.workspace_root);
    let has_others = metadata.workspace_packages().into_iter().any(|it| form(it).is_some());
    (form(package).is_some() || !is_root || !has_others).then_some(package)
}

/// The manifest that cargo takes in this folder.
fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?.canonicalize().ok()?;
    here.ancestors().map(|folder| folder.join("Cargo.toml")).find(|path| path.is_file())
}

/// The only library of the workspace, or the only one among those that cargo builds by itself.
fn only<'a>(metadata: &'a Metadata) -> Result<&'a Package, Failure> {
    let libraries = |mut packages: Vec<&'a Package>| {
        packages.retain(|it| form(it).is_some());
        packages
    };
    let all = libraries(metadata.workspace_packages());
    match (&all[..], &libraries(metadata.workspace_default_packages())[..]) {
        ([], _) => Err(Failure::NoCdylib),
        ([package], _) | (_, [package]) => Ok(package),
        (all, _) => Err(Failure::SeveralCdylibs { names: names(all) }),
    }
}

fn names(packages: &[&Package]) -> String {
    packages.iter().map(|it| it.name.to_string()).collect::<Vec<_>>().join(", ")
}

fn no_library(package: &Package) -> Failure {
    Failure::NoLibrary { package: package.name.to_string(), manifest: package.manifest_path.clone().into() }
}

impl Crate<'_> {
    /// Builds the crate, as cargo does before the user's eyes, and gives the dynamic library's path.
    ///
    /// A static library cannot be loaded, so a crate that becomes nothing else is built as a dynamic one as well.
    pub(super) fn build(&self) -> Result<PathBuf, Failure> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        match self.form {
            Form::Dynamic => cargo.arg("build"),
            Form::Static => cargo.args(["rustc", "--lib", "--crate-type=staticlib,cdylib"]),
        };
        cargo.args(["--message-format=json-render-diagnostics", "--package", &self.package.id.repr]);
        cargo.arg("--manifest-path").arg(&self.package.manifest_path).args(self.chosen.cargo.of_build());
        let mut child =
            cargo.stdout(Stdio::piped()).spawn().map_err(|source| Failure::file(Path::new("cargo"), source))?;
        let said = BufReader::new(child.stdout.take().expect("it is piped"));
        let messages = Message::parse_stream(said).map_while(Result::ok);
        let built = messages.filter_map(|message| self.files(message)).last();
        if !child.wait().is_ok_and(|status| status.success()) {
            return Err(Failure::NotBuilt { package: self.package.name.to_string() });
        }
        self.told(&built.unwrap_or_default())
    }

    /// Tells what was built, and gives the file that can be loaded.
    fn told(&self, files: &[PathBuf]) -> Result<PathBuf, Failure> {
        let dynamic = files.iter().find(|path| has_extension(path, &DYNAMIC));
        let dynamic = dynamic.ok_or_else(|| Failure::NothingToLoad { package: self.package.name.to_string() })?;
        match (self.form, files.iter().find(|path| has_extension(path, &STATIC))) {
            (Form::Static, Some(library)) => {
                console::step("Built", &library.display().to_string());
                console::step("Built", &format!("{}, which its schema is read from", dynamic.display()));
            }
            (Form::Dynamic | Form::Static, _) => console::step("Built", &dynamic.display().to_string()),
        }
        Ok(dynamic.clone())
    }

    /// The files of the crate's library, where this message is of it.
    fn files(&self, message: Message) -> Option<Vec<PathBuf>> {
        let Message::CompilerArtifact(Artifact { package_id, target, filenames, .. }) = message else { return None };
        let is_library = package_id == self.package.id && is_of(&target, &[CrateType::CDyLib, CrateType::StaticLib]);
        is_library.then(|| filenames.into_iter().map(PathBuf::from).collect())
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

/// How dynamic libraries end, on this machine and on others.
const DYNAMIC: [&str; 4] = ["so", "dylib", "dll", "wasm"];

/// How static libraries end.
const STATIC: [&str; 2] = ["a", "lib"];

fn has_extension(path: &Path, known: &[&str]) -> bool {
    path.extension().is_some_and(|extension| known.iter().any(|it| extension == *it))
}

/// What a package's library becomes; none where only Rust can use it.
fn form(package: &Package) -> Option<Form> {
    let is = |kind: CrateType| package.targets.iter().any(|target| is_of(target, std::slice::from_ref(&kind)));
    match (is(CrateType::CDyLib), is(CrateType::StaticLib)) {
        (true, _) => Some(Form::Dynamic),
        (false, true) => Some(Form::Static),
        (false, false) => None,
    }
}

fn is_of(target: &Target, kinds: &[CrateType]) -> bool {
    target.crate_types.iter().any(|it| kinds.contains(it))
}
