//! The C++ header compiles without a warning, whatever the library's names and documentation are, and each item has a
//! name of its own in it.

#[path = "cpp/collections.rs"]
mod collections;
mod support;

use collections::hard_collections;
use ffi_bindgen::{Lang, generate, generate_c, generate_cpp};
use ffi_runtime::schema::{Event, Function, FunctionKind, Library, Shape, Text, Type, TypeDef};
use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;
use support::compiler::{self, CXX20, SANITIZED, expect_success};
use support::variants::hard_data_enums;
use support::{
    boxed, changed, enumeration, event, everything, function, library, list, method, my_timer, named, option, record,
    with_events,
};
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// The compilers that must take the header.
const COMPILERS: [&str; 2] = ["g++", "clang++"];

const FLAGS: [&str; 10] = [
    "-std=c++20",
    "-fno-exceptions",
    "-fno-rtti",
    "-fsyntax-only",
    "-Wall",
    "-Wextra",
    "-Wpedantic",
    "-Wconversion",
    "-Wshadow",
    "-Werror",
];

/// A library with a constructor.
fn with_context(name: &str, types: Vec<TypeDef>, functions: Vec<Function>) -> Library {
    telling(name, types, functions, vec![])
}

/// A library with a constructor and events.
fn telling(name: &str, types: Vec<TypeDef>, mut functions: Vec<Function>, events: Vec<Event>) -> Library {
    functions.insert(0, function(FunctionKind::Constructor, &format!("{name}_create"), &[], None));
    functions.push(function(FunctionKind::Destructor, &format!("{name}_destroy"), &[], None));
    with_events(library(name, types, functions), events)
}

/// Compiles a source that includes the headers, with each compiler.
fn compiles(test: &str, libraries: &[&Library], more: &str) {
    let folder = compiler::folder(&format!("cpp_{test}"));
    let mut source = String::new();
    for library in libraries {
        for file in [Lang::C, Lang::Cpp].into_iter().flat_map(|lang| generate(library, lang).unwrap()) {
            std::fs::write(folder.join(&file.path), &file.text).unwrap();
        }
        source += &format!("#include \"{}.hpp\"\n", library.name);
    }
    std::fs::write(folder.join("main.cpp"), source + more + "\nint main() { return 0; }\n").unwrap();
    let [first, second] = COMPILERS;
    toolchain::need(first);
    for compiler in [first].into_iter().chain(toolchain::also(second).then_some(second)) {
        let mut command = Command::new(compiler);
        command.current_dir(&folder).args(FLAGS).args(["-I.", "main.cpp"]);
        expect_success(compiler, &command.bounded().unwrap());
    }
}

#[test]
fn names_that_are_macros_are_none_in_a_header() {
    let capitals = ["EPERM", "ENOENT", "LITTLE_ENDIAN", "BIG_ENDIAN", "NULL", "SYS_read", "PRIu64", "L_tmpnam", "B75"];
    let others =
        ["errno", "stdin", "unix", "linux", "basename", "st_mtime", "si_pid", "h_errno", "I", "major", "assert"];
    let words: Vec<&str> = capitals.iter().chain(&others).copied().collect();
    let variants: Vec<_> = words.iter().zip(0..).map(|(&word, value)| (word, value)).collect();
    let fields: Vec<_> = words.iter().map(|&word| (word, Type::U8)).collect();
    let mut types = vec![enumeration("Errno", &variants), record("BUFSIZ", &fields), enumeration("EOF", &variants)];
    types.push(record("Both", &[("a", named("BUFSIZ")), ("b", list(named("EOF")))]));
    let called = |kind, end: &str| {
        let name = |word: &&str| function(kind, &format!("b50_{word}{end}"), &fields, Some(named("Both")));
        words.iter().map(name).collect::<Vec<_>>()
    };
    let exported = function(FunctionKind::Export, "b50_makedev", &fields, Some(Type::U8));
    let stateless = function(FunctionKind::Stateless, "b50_roundup", &fields, Some(named("Errno")));
    let functions = [called(FunctionKind::Method, ""), vec![exported, stateless]].concat();
    let events = words.iter().map(|word| event(word, Some(named("Both")))).collect();
    // The class of this library would be a macro of <termios.h>.
    let library = telling("b50", types, functions, events);
    let headers = ["errno", "endian", "stdio", "unistd", "libgen", "sys/stat", "signal", "netdb", "complex", "termios"];
    let headers = headers.iter().chain(&["sys/sysmacros", "sys/param", "sys/syscall", "assert", "inttypes"]);
    let headers: String = headers.map(|name| format!("#include <{name}.h>\n")).collect();
    let uses = headers.clone()
        + &whole("b50", "B50_")
        + "auto e = b50::Errno::EPERM_; b50::BUFSIZ_ r{.errno_ = 1, .major = 2};";
    compiles("macros_after", &[&library], &uses);
    let folder = compiler::folder("cpp_macros_after");
    std::fs::write(folder.join("main.cpp"), headers.clone() + "#include \"b50.hpp\"\n" + &uses).unwrap();
    let arguments = ["-fsyntax-only", "-Wno-unused", "main.cpp"];
    expect_success("C++", &compiler::compile(compiler::CXX20, &folder, &arguments));
    std::fs::write(folder.join("main.c"), headers + "#include \"b50.h\"\nb50_BUFSIZ r = {.errno_ = 1, .major = 2};\n")
        .unwrap();
    let arguments = ["-D_GNU_SOURCE", "-fsyntax-only", "main.c"];
    expect_success("C", &compiler::compile(compiler::C11, &folder, &arguments));
}

#[test]
fn libraries_named_like_headers_hide_none() {
    let names = ["time", "string", "regex", "signal", "math", "errno", "stdio", "memory", "limits", "poll"];
    let twice = |name: &&str| {
        let twice =
            function(FunctionKind::Stateless, &format!("{name}_twice_it"), &[("x", Type::I32)], Some(Type::I32));
        library(name, vec![record("T", &[("a", Type::I32)])], vec![twice])
    };
    let libraries: Vec<_> = names.iter().map(twice).collect();
    // The system's, by its own name and in either form.
    let mut uses: String = names.iter().map(|name| format!("#include \"{name}.h\"\n#include <{name}.h>\n")).collect();
    uses += "void uses(void);\nvoid uses(void) { struct timespec t; regex_t r; pthread_mutex_t m; struct pollfd p; \
             sig_atomic_t s = 0; (void)&t; (void)&r; (void)&m; (void)&p; (void)s; (void)strlen(\"x\"); errno = INT_MAX; }";
    compiles("headers", &libraries.iter().collect::<Vec<_>>(), &uses);
    let c: String = names.iter().map(|name| format!("#include \"{name}_.h\"\n")).collect();
    let folder = compiler::folder("cpp_headers");
    std::fs::write(folder.join("main.c"), c + &uses).unwrap();
    let arguments = ["-D_POSIX_C_SOURCE=200809L", "-I.", "-fsyntax-only", "main.c"];
    expect_success("C", &compiler::compile(compiler::C99, &folder, &arguments));
}

/// Has every member of the class template compiled.
fn whole(namespace: &str, class: &str) -> String {
    let of = |transport: &str| format!("template class {namespace}::{class}<{namespace}::ffi::{transport}>;\n");
    of("Native") + &of("Cbor")
}

#[test]
fn with_every_type_on_both_paths() {
    compiles("everything", &[&everything()], "");
    compiles("timer", &[&my_timer()], &whole("my_timer", "MyTimer"));
    compiles("beside", &[&my_timer(), &everything(), &my_timer()], "");
    compiles("nothing", &[&library("nothing", vec![], vec![])], "");
}

#[test]
fn a_result_ends_a_process_without_exceptions_and_says_why() {
    let folder = compiler::folder("cpp_result");
    for file in [("my_timer.h", generate_c(&my_timer())), ("my_timer.hpp", generate_cpp(&my_timer()))] {
        std::fs::write(folder.join(file.0), file.1.unwrap()).unwrap();
    }
    let asks = [
        ("*error;", VALUE),
        ("*std::move(error);", VALUE),
        ("error->size();", VALUE),
        ("error.value();", VALUE),
        ("*none;", VALUE),
        ("none.value();", VALUE),
        ("value.error();", ERROR),
    ];
    let cases: String =
        asks.iter().zip(0..).map(|(ask, case)| format!("case {case}: (void){} break;\n", ask.0)).collect();
    let source = format!(
        "#include \"my_timer.hpp\"\nint main(int, char **argv) {{ using namespace my_timer::ffi; \
         Result<std::string> error = Error{{Kind::failed, \"no\"}}, value = std::string(); \
         Result<void> none = Error{{Kind::failed, \"no\"}};\nswitch (std::atoi(argv[1])) {{\n{cases}}}\nreturn 0; }}\n"
    );
    std::fs::write(folder.join("main.cpp"), source).unwrap();
    let [first, second] = COMPILERS;
    toolchain::need(first);
    for compiler in [first].into_iter().chain(toolchain::also(second).then_some(second)) {
        let mut command = Command::new(compiler);
        // No library: what is not called is not linked.
        command.current_dir(&folder).args(FLAGS.iter().filter(|&&flag| flag != "-fsyntax-only"));
        expect_success(compiler, &command.args(["-O1", "main.cpp", "-o", "main"]).bounded().unwrap());
        for (case, (ask, text)) in asks.iter().enumerate() {
            let ran = Command::new(folder.join("main")).arg(case.to_string()).bounded().unwrap();
            let (ended, said) = (ran.status.signal(), String::from_utf8(ran.stderr).unwrap());
            assert_eq!((ended, said.as_str()), (Some(6), *text), "{compiler}: {ask}");
        }
    }
}

const VALUE: &str = "my_timer: a Result that is an error was asked for its value: no\n";
const ERROR: &str = "my_timer: a Result that is a value was asked for its error\n";

#[test]
fn with_types_that_hold_each_other() {
    let holds =
        |name: &str, other: &str| record(name, &[("list", list(named(other))), ("box", option(boxed(named(other))))]);
    let types = vec![holds("A", "B"), holds("B", "C"), holds("C", "A"), record("D", &[("a", named("A"))])];
    let functions = vec![method("l_give", &[("value", named("D"))], Some(named("D")))];
    let more = whole("l", "L") + "l::D d; l::A a{.list = {l::B{}}, .box = l::B{}}; bool same = a == d.a;";
    compiles("cycles", &[&with_context("l", types, functions)], &more);
}

#[test]
fn with_enums_with_data() {
    compiles("data_enums", &[&hard_data_enums()], &whole("v", "V"));
}

#[test]
fn with_collections() {
    compiles("collections", &[&hard_collections()], &whole("k", "K"));
    let mut library = hard_collections();
    library.options.text = Text::C;
    compiles("collections_of_c_text", &[&changed(library, |_| {})], &whole("k", "K"));
}

#[test]
fn enums_with_data_are_values_and_are_read_with_care() {
    passes("variants", &hard_data_enums());
}

#[test]
fn collections_and_times_are_values_and_are_read_with_care() {
    passes("collections", &hard_collections());
}

/// Runs a host that needs no library.
fn passes(host: &str, library: &Library) {
    let folder = compiler::folder(&format!("cpp_host_{host}"));
    for file in [Lang::C, Lang::Cpp].into_iter().flat_map(|lang| generate(library, lang).unwrap()) {
        std::fs::write(folder.join(&file.path), &file.text).unwrap();
    }
    let source = format!("{}/tests/hosts/{host}.cpp", env!("CARGO_MANIFEST_DIR"));
    compiler::need();
    let arguments = [&SANITIZED[..], &["-I.", &source]].concat();
    compiler::run(&compiler::build(CXX20, &folder, host, &arguments), &[]);
}

#[test]
fn with_names_that_mean_something_in_cpp() {
    let words = ["class", "int", "linux", "errno", "co_await", "std", "ffi", "Word", "name", "form", "é"];
    let fields: Vec<_> = words.iter().map(|&word| (word, Type::U8)).collect();
    let params = ["ctx", "cb", "Transport", "a1", "state", "this", "Word", "events", "ffi", "std", "new"];
    let params: Vec<_> = params.iter().map(|&word| (word, Type::String)).collect();
    let variants: Vec<_> = words.iter().zip(0..).map(|(&word, value)| (word, value)).collect();
    let types = vec![record("Word", &fields), record("class", &fields), enumeration("int", &variants)];
    let functions = [
        method("signal_delete", &params, Some(list(named("int")))),
        method("signal_name", &[], Some(named("class"))),
        method("signal_begin", &[], None),
        method("signal_end", &[], None),
        method("signal_std", &[("value", option(named("Word")))], None),
        function(FunctionKind::Stateless, "signal_short", &params, Some(Type::Char)),
        function(FunctionKind::Export, "signal_long", &[("ffi", named("int")), ("int", Type::Char)], Some(Type::Bool)),
    ];
    let events = ["class", "name", "form", "unknown", "std", "ffi"].map(|word| event(word, Some(named("Word")))).into();
    let library = telling("signal", types, functions.into(), events);
    let more = whole("signal_", "Signal") + "signal_::Word w; signal_::class_ c; auto v = signal_::int_::class_;";
    compiles("words", &[&library], &more);
}

#[test]
fn with_documentation_that_attacks_the_comment() {
    let hostile = "*/ int x; /* \\\n??/\n\\\n//\\\n\u{202e}*\u{202e}/ #error\r*/\n%s {{ lib }} \"\n*\\\n/ int y;";
    let mut library = my_timer();
    library.docs = hostile.to_owned();
    library.version = "1 */ int x; /* \n int y;".to_owned();
    for function in &mut library.functions {
        function.docs = hostile.to_owned();
        function.params.iter_mut().for_each(|param| param.docs = hostile.to_owned());
    }
    library.events.iter_mut().for_each(|event| event.docs = hostile.to_owned());
    for def in &mut library.types {
        def.docs = hostile.to_owned();
        def.shape.fields_mut().for_each(|field| field.docs = hostile.to_owned());
        match &mut def.shape {
            Shape::Record { .. } => {}
            Shape::Enumeration { variants } => variants.iter_mut().for_each(|v| v.docs = "\\".to_owned()),
            Shape::DataEnum { variants } => variants.iter_mut().for_each(|v| v.docs = "\\".to_owned()),
        }
    }
    compiles("hostile", &[&library], "int x, y;");
}

#[test]
fn documentation_is_carried_over() {
    let mut library = my_timer();
    for (function, letter) in library.functions.iter_mut().zip("abcdefg".chars()) {
        function.docs = format!("function {letter}");
    }
    library.events[0].docs = "the event's".to_owned();
    let header = generate_cpp(&library).unwrap();
    for text in
        ["A timer.", "What to echo, and when.", "@param req what to echo", "function a", "function b", "the event's"]
    {
        assert!(header.contains(text), "{text} is not in the header");
    }
}

#[test]
fn a_class_makes_way_for_a_type() {
    let library = with_context("l", vec![record("L", &[])], vec![]);
    compiles("class", &[&library], &(whole("l", "LContext") + "l::L value;"));
}

#[test]
fn each_item_has_a_name_of_its_own() {
    let types = ["ffi", "Event", "events", "L", "std", "new", "new_"].map(|name| record(name, &[])).into();
    let free = |kind, name: &str| function(kind, name, &[("new", Type::U8), ("new_", Type::U8)], None);
    let functions = vec![
        free(FunctionKind::Export, "l_LContext"),
        free(FunctionKind::Stateless, "l_events_of"),
        free(FunctionKind::Stateless, "l_ffi_"),
        free(FunctionKind::Method, "l_on_any"),
        free(FunctionKind::Method, "l_on_responding"),
        free(FunctionKind::Method, "l_class"),
        free(FunctionKind::Method, "l_class_"),
    ];
    let events = vec![event("it", None), event("on_it", None)];
    let library = telling("l", types, functions, events);
    let header = generate_cpp(&library).unwrap();
    for part in [
        "struct ffi__ {",
        "struct Event_ {",
        "class LContext {",
        " on_any_(",
        " on_responding(",
        " class__(",
        " class_(",
    ] {
        assert!(header.contains(part), "{part} is not in\n{header}");
    }
    compiles("own_names", &[&library], &whole("l", "LContext"));
}
