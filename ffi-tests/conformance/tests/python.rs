//! The Python bindings: every vector on every path, hosts of five libraries, types, wheels.
//!
//! `PYTHON` names the interpreter that has what `hosts/python/requirements.txt` lists; where it is not set, an
//! environment that has it is made under `target/`.

#[path = "../../tests/common/built.rs"]
mod built;
mod late_close;
mod notes;

use conformance::Vectors;
use ffi_bindgen::Lang;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// The library's names, and those of their packages.
const LIBRARIES: [&str; 5] = ["my_timer", "echo", "every", "slow", "notes"];

/// Where the packages were written, and an environment that they are installed in.
struct Installed {
    /// One folder for each library.
    folder: PathBuf,
    /// The interpreter that has them.
    python: PathBuf,
    wheels: Vec<String>,
}

/// The packages.
fn installed() -> &'static Installed {
    static INSTALLED: OnceLock<Installed> = OnceLock::new();
    toolchain::need("cc");
    let python = toolchain::python_tools();
    INSTALLED.get_or_init(|| install(&python))
}

fn install(host_python: &Path) -> Installed {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
    let _ = std::fs::remove_dir_all(&folder);
    let libraries = built::libraries();
    let wheels = folder.join("wheels");
    let build = |name: &&str| build_wheel(host_python, name, &libraries, &folder, &wheels);
    std::thread::scope(|scope| {
        let builds: Vec<_> = LIBRARIES.iter().map(|name| scope.spawn(move || build(name))).collect();
        builds.into_iter().for_each(|build| build.join().expect("a wheel"));
    });
    let python = folder.join("venv/bin/python");
    succeed(Command::new(host_python).args(["-m", "venv"]).arg(folder.join("venv")));
    let names = files(&wheels);
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--constraint"]);
    pip.arg(hosts().join("requirements.txt")).args(&names).current_dir(&wheels);
    if !pip.bounded().expect("pip").status.success() {
        install_without_network(host_python, &python, &wheels, &names);
    }
    Installed { folder, python, wheels: names }
}

/// Installs the wheels alone: what they depend on comes from the interpreter that built them.
fn install_without_network(host_python: &Path, python: &Path, wheels: &Path, names: &[String]) {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]);
    succeed(pip.args(names).current_dir(wheels));
    let folder = |python: &Path, code: &str| succeed(Command::new(python).args(["-c", code])).trim().to_owned();
    let from = folder(host_python, "import cffi, os; print(os.path.dirname(os.path.dirname(cffi.__file__)))");
    let to = folder(python, "import sysconfig; print(sysconfig.get_path('purelib'))");
    std::fs::write(Path::new(&to).join("tools.pth"), from + "\n").expect("a file");
}

/// Writes a package and builds its wheel, which carries the library.
fn build_wheel(host_python: &Path, name: &str, libraries: &Path, folder: &Path, wheels: &Path) {
    let file = libraries.join(format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX));
    let library = ffi_bindgen::read_schema(&file).expect("a schema");
    let project = folder.join(name);
    for written in ffi_bindgen::generate(&library, Lang::Python).expect("a package") {
        let path = project.join(&written.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, written.text).expect("a file");
    }
    let mut pip = Command::new(host_python);
    pip.args(["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]);
    pip.arg("--wheel-dir").arg(wheels).arg(&project);
    succeed(pip.env(format!("{}_LIBRARY", name.to_uppercase()), file).env("CFLAGS", "-Wall -Wextra -Werror"));
}

fn hosts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../hosts/python")
}

/// The names in a folder, in their order.
fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

/// Runs a program, which must succeed; gives what it said.
fn succeed(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.bounded().expect("a program");
    let said = String::from_utf8_lossy(&stdout).into_owned();
    assert!(status.success(), "{command:?}\n{said}\n{}", String::from_utf8_lossy(&stderr));
    said
}

/// Runs a host, every warning an error, and gives what it said.
fn run(installed: &Installed, host: &str, arguments: &[&Path]) -> String {
    let mut python = Command::new(&installed.python);
    python.args(["-X", "dev", "-W", "error"]).arg(hosts().join(host)).args(arguments);
    succeed(python.current_dir(&installed.folder))
}

#[test]
fn every_vector_passes_on_every_path() {
    let installed = installed();
    let vectors = Vectors::read().vectors;
    let with_bytes = vectors.iter().filter(|vector| vector.request_cbor.is_some()).count();
    let all = vectors.len();
    let expected = format!(
        "awaited, native: {all}\nblocking, native: {all}\nawaited, cbor: {all}\nblocking, cbor: {all}\nbytes: {}\n",
        with_bytes + 1
    );
    assert_eq!(run(installed, "conformance.py", &[&Vectors::path()]), expected);
}

#[test]
fn a_typed_host_awaits_and_blocks() {
    let installed = installed();
    assert_eq!(run(installed, "timer.py", &[]), "timer: all passed\n");
}

#[test]
fn two_libraries_stand_side_by_side() {
    let installed = installed();
    assert_eq!(run(installed, "two_libraries.py", &[]), "echo: all passed\n");
}

#[test]
fn what_goes_wrong_is_an_error() {
    let installed = installed();
    assert_eq!(run(installed, "misuse.py", &[]), "misuse: 17 passed\n");
}

#[test]
fn the_notes_are_kept_and_their_errors_told_apart() {
    let installed = installed();
    let file = installed.folder.join("notes.db");
    let _ = std::fs::remove_file(&file);
    let host = notes::folder().join("python/host.py");
    assert_eq!(run(installed, &host.to_string_lossy(), &[&file]), notes::EXPECTED);
}

#[test]
fn an_error_is_its_authors_whatever_it_says() {
    let installed = installed();
    assert_eq!(run(installed, "kinds.py", &[]), "kinds: all passed\n");
}

#[test]
fn an_error_holds_what_its_author_gave_it() {
    let installed = installed();
    assert_eq!(run(installed, "failures.py", &[]), "failures: all passed\n");
}

#[test]
fn enums_with_data_are_told_apart_by_their_variants() {
    let installed = installed();
    assert_eq!(run(installed, "blocks.py", &[]), "blocks: all passed\n");
}

#[test]
fn collections_times_and_numbers_are_those_of_python() {
    let installed = installed();
    assert_eq!(run(installed, "shelves.py", &[]), "shelves: all passed\n");
}

#[test]
fn wrong_values_are_told_with_the_function_and_the_field() {
    let installed = installed();
    assert_eq!(run(installed, "wrong_values.py", &[]), "wrong values: all passed\n");
}

#[test]
fn what_owns_something_has_no_copies_other_loops_or_listeners_that_never_run() {
    let installed = installed();
    assert_eq!(run(installed, "owned.py", &[]), "owned: all passed\n");
}

#[test]
fn greenlets_wait_side_by_side() {
    let installed = installed();
    let requirements = hosts().join("greenlets/requirements.txt");
    let gevent = toolchain::environment(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("greenlets"), &requirements);
    let packages = "import sysconfig; print(sysconfig.get_path('purelib'))";
    let mut host = Command::new(gevent);
    host.env("PYTHONPATH", succeed(Command::new(&installed.python).args(["-c", packages])).trim());
    assert_eq!(succeed(host.arg(hosts().join("greenlets/host.py"))), "greenlets: all passed\n");
}

#[test]
fn gaps_are_told_in_their_place_and_the_first_event_is_heard() {
    let installed = installed();
    assert_eq!(run(installed, "overflow.py", &[]), "overflow: all passed\n");
}

#[test]
fn what_was_told_before_the_end_is_heard_where_close_returns_late() {
    let installed = installed();
    let library = installed.folder.join("late_close.so");
    late_close::build(&built::libraries(), &library);
    let mut host = Command::new(&installed.python);
    host.env("EVERY_LIBRARY", &library).args(["-X", "dev", "-W", "error"]).arg(hosts().join("late_close.py"));
    assert_eq!(succeed(&mut host), "late close: all passed\n");
}

#[test]
fn great_numbers_leave_nothing_and_a_process_may_end_amid_them() {
    let installed = installed();
    assert_eq!(run(installed, "leaks.py", &[]), "leaks: all passed\n");
}

#[test]
fn calls_that_take_long_are_logged() {
    let installed = installed();
    assert_eq!(run(installed, "warned.py", &[]), "slow: all passed\n");
}

#[test]
fn another_library_is_refused_by_the_first_item_that_differs() {
    let installed = installed();
    let echo = format!("{}echo{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let other = built::libraries().join(echo);
    assert_eq!(run(installed, "loading.py", &[&other]), "loading: all passed\n");
}

#[test]
fn types_are_strict() {
    let installed = installed();
    let mypy = || {
        let mut mypy = Command::new(toolchain::python_tools());
        mypy.args(["-m", "mypy", "--strict", "--cache-dir", "mypy"]).current_dir(&installed.folder);
        mypy
    };
    for name in LIBRARIES {
        succeed(mypy().arg(installed.folder.join(name).join(name)));
    }
    // These find the packages where they are installed, by their `py.typed`.
    let typed = ["timer.py", "two_libraries.py", "blocks.py", "shelves.py"].map(|host| hosts().join(host));
    let notes = notes::folder().join("python/host.py");
    succeed(mypy().arg("--python-executable").arg(&installed.python).args(typed).arg(notes));
    std::fs::write(installed.folder.join("wrong.py"), include_str!("python/wrong.py")).expect("a file");
    let wrong = mypy().arg("--python-executable").arg(&installed.python).arg("wrong.py").bounded().expect("mypy");
    let said = String::from_utf8_lossy(&wrong.stdout);
    assert_eq!(said.matches(": error: ").count(), 13, "each line is a mistake: {said}");
}

#[test]
fn a_wheel_says_what_it_runs_on() {
    let installed = installed();
    assert_eq!(installed.wheels.len(), LIBRARIES.len());
    for wheel in &installed.wheels {
        assert!(wheel.contains("-cp39-abi3-") && !wheel.ends_with("-any.whl"), "{wheel}");
    }
}
