//! Documentation of any text stays documentation, and is written as each language's formatter and compilers want it.

mod support;

use ffi_bindgen::{Lang, generate};
use ffi_runtime::schema::{FunctionKind, Library, Payload, Shape, Type};
use std::path::{Path, PathBuf};
use std::process::Command;
use support::compiler::{C99, CXX20, compile, expect_success, folder};
use support::random::Random;
use support::{data_enum, enumeration, event, function, library, method, named, record, with_events};
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// Lines that mean something to a formatter, a compiler or a reader of documentation.
const LINES: [&str; 66] = [
    "",
    "",
    "",
    " ",
    "\t",
    "\r",
    "Plain text.",
    "Title",
    "Two words",
    "It's the author's",
    "Is 1.5 fine",
    "É",
    "A, (b)",
    "lower case",
    "as ``a`b`` is",
    "The empty text of SQL is ''.",
    "'''",
    "````",
    "a```b```c``",
    "\"quoted\" \"",
    "\"\"\"",
    "- item",
    "* star",
    "+ plus",
    "• dot",
    "-",
    "- - -",
    "1. first",
    "2) second",
    "10. tenth",
    "  - nested",
    "    - deep",
    "    1. deep",
    "  goes on",
    "    code",
    "\tcode",
    "\t\tdeeper",
    "      more ''",
    "\u{a0}x",
    "```",
    "```rust",
    "~~~",
    "# Heading",
    "## Second",
    "#",
    "#no",
    "# It's ''",
    "###### Six",
    "####### Seven",
    "[a]: https://a.example",
    "- [a]: https://a.example",
    "See [a] and [`b`](https://b.example/x''y).",
    "{",
    "}",
    "ends with {",
    "ends with \\",
    "*/ evil /*",
    "//export evil",
    "+build ignore",
    "  +build ignore",
    "go:embed x",
    "@param x \\param y ??/",
    "C:\\new\\",
    "\u{202e}x\u{2028}y\u{feff}\0z",
    "line 5",
    "| a | b |",
];

/// Texts of every line alone, between others, and of many at random.
fn texts(at_random: usize) -> Vec<String> {
    let alone = LINES.map(str::to_owned);
    let within = LINES.map(|line| format!("One.\n\n{line}\n\nTwo."));
    let beside = LINES.map(|line| format!("One.\n{line}\nTwo."));
    let mut random = Random::new(21);
    let mut some = || {
        let lines: Vec<&str> = (0..=random.below(9)).map(|_| LINES[random.below(LINES.len())]).collect();
        lines.join(if random.one_in(4) { "\r\n" } else { "\n" })
    };
    let at_random: Vec<String> = (0..at_random).map(|_| some()).collect();
    alone.into_iter().chain(within).chain(beside).chain(at_random).collect()
}

/// A library in which each of these texts documents something, and the first everything else.
fn documented(texts: &[String]) -> Library {
    let mut types = Vec::new();
    for (place, docs) in texts.iter().enumerate() {
        let mut def = match place % 3 {
            0 => record(&format!("T{place}"), &[("a", Type::I8), ("bc", Type::I8)]),
            1 => enumeration(&format!("T{place}"), &[("A", 0), ("Bc", 1)]),
            _ => data_enum(
                &format!("T{place}"),
                &[("A", Payload::Unit, &[]), ("Bc", Payload::Fields, &[("de", Type::I8)])],
            ),
        };
        docs.clone_into(&mut def.docs);
        def.shape.fields_mut().for_each(|field| docs.clone_into(&mut field.docs));
        match &mut def.shape {
            Shape::Record { .. } => {}
            Shape::Enumeration { variants } => variants.iter_mut().for_each(|it| docs.clone_into(&mut it.docs)),
            Shape::DataEnum { variants } => variants.iter_mut().for_each(|it| docs.clone_into(&mut it.docs)),
        }
        types.push(def);
    }
    let mut functions = vec![function(FunctionKind::Constructor, "l_create", &[("x", Type::I8)], None)];
    for (place, docs) in texts.iter().enumerate().take(40) {
        let params = [("x", named(&format!("T{place}"))), ("y", Type::I8)];
        let mut method = method(&format!("l_f{place}"), &params, None);
        docs.clone_into(&mut method.docs);
        method.deadline_ms = (place % 3 == 0).then_some(10);
        functions.push(method);
    }
    functions.push(function(FunctionKind::Stateless, "l_free", &[("x", Type::I8), ("y", Type::I8)], None));
    functions.push(function(FunctionKind::Export, "l_out", &[("x", Type::I8), ("y", Type::I8)], Some(Type::I8)));
    functions.push(function(FunctionKind::Destructor, "l_destroy", &[], None));
    for (function, docs) in functions.iter_mut().zip(texts.iter().cycle()) {
        function.params.iter_mut().for_each(|param| docs.clone_into(&mut param.docs));
        if function.docs.is_empty() {
            texts[0].clone_into(&mut function.docs);
        }
    }
    let mut happened = event("happened", Some(Type::I8));
    texts[0].clone_into(&mut happened.docs);
    let mut library = with_events(library("l", types, functions), vec![happened]);
    texts[0].clone_into(&mut library.docs);
    library
}

/// Libraries that between them have every line at every place.
fn of_one_line() -> [Library; LINES.len()] {
    LINES.map(|line| documented(&[line.to_owned()]))
}

/// Writes the files of a library in this language into a folder of its own.
fn written(lang: Lang, place: usize, library: &Library) -> PathBuf {
    let folder = folder(&format!("docs-{}", lang.name())).join(place.to_string());
    for file in generate(library, lang).unwrap() {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.text).unwrap();
    }
    folder
}

#[test]
fn gofmt_changes_no_documentation() {
    // It comes with Go.
    toolchain::need("go");
    for (place, library) in of_one_line().iter().chain([&documented(&texts(1000))]).enumerate() {
        written(Lang::Go, place, library);
    }
    let format = Command::new("gofmt").arg("-d").arg(folder("docs-go")).bounded().unwrap();
    expect_success("gofmt", &format);
    let changed = String::from_utf8_lossy(&format.stdout);
    assert!(changed.is_empty(), "{}", changed.chars().take(4000).collect::<String>());
}

#[test]
fn python_reads_all_of_it_as_documentation() {
    toolchain::need("python3");
    let all = documented(&LINES.map(str::to_owned));
    let quoting = of_one_line().into_iter().filter(|it| it.docs.contains(['"', '\\']) && !it.docs.contains(' '));
    for (place, library) in [all].into_iter().chain(quoting).enumerate() {
        written(Lang::Python, place, &library);
    }
    let read = "import ast, pathlib, sys, warnings\nwarnings.simplefilter('error')\n\
                for file in pathlib.Path(sys.argv[1]).rglob('*.py'):\n    \
                tree = ast.parse(file.read_text(encoding='utf-8'))\n    \
                assert 'evil' not in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}, file\n";
    let mut python = Command::new("python3");
    expect_success("python3", &python.args(["-c", read]).arg(folder("docs-python")).bounded().unwrap());
}

#[test]
fn headers_compile_with_all_of_it() {
    support::compiler::need();
    let large = documented(&texts(100));
    let (c, cpp) = (written(Lang::C, 0, &large), written(Lang::Cpp, 0, &large));
    std::fs::write(cpp.join("main.cpp"), "#include \"l.hpp\"\nint main() {}\n").unwrap();
    std::fs::write(c.join("main.c"), "#include \"l.h\"\nint main(void) { return 0; }\n").unwrap();
    expect_success("C", &compile(C99, &c, &["-fsyntax-only", "main.c"]));
    let include = include(&c);
    expect_success("C++", &compile(CXX20, &cpp, &["-fsyntax-only", &include, "main.cpp"]));
}

fn include(folder: &Path) -> String {
    format!("-I{}", folder.display())
}
