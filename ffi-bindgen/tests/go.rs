//! What a Go package is called, and what no schema can smuggle into one.

mod support;

use ffi_bindgen::{Error, File, Lang, generate};
use ffi_runtime::schema::{FunctionKind, Library, Payload, Shape, Text, Type};
use std::process::Command;
use support::{
    array, boxed, data_enum, enumeration, event, every_given, everything, failing, failure, function, library, list,
    map, method, named, option, record, set, stand_in, with_events,
};
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

fn files(library: &Library) -> Vec<File> {
    generate(library, Lang::Go).unwrap()
}

fn file<'f>(files: &'f [File], path: &str) -> &'f str {
    &files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}")).text
}

/// A library with a context, these types and these methods.
fn with(types: Vec<ffi_runtime::schema::TypeDef>, methods: Vec<ffi_runtime::schema::Function>) -> Library {
    let ends = |kind, name| function(kind, name, &[], None);
    let mut functions = vec![ends(FunctionKind::Constructor, "odd_create")];
    functions.extend(methods);
    functions.push(ends(FunctionKind::Destructor, "odd_destroy"));
    with_events(library("odd", types, functions), Vec::new())
}

/// A library of all that Go has a word for itself.
fn awkward() -> Library {
    let words = ["type", "func", "len", "string", "ctx", "c", "m", "e", "call", "options", "token", "context", "err"];
    let params: Vec<(&str, Type)> = words.iter().map(|&word| (word, Type::String)).collect();
    let types = vec![
        record("Error", &[("type", Type::I8), ("class", Type::I8), ("chan", Type::I8), ("größe", Type::I8)]),
        record("Event", &[]),
        record("Subscription", &[("C", boxed(named("Error")))]),
        enumeration("Option", &[("CBOR", 1), ("select", 2)]),
        enumeration("Nothing", &[]),
        data_enum(
            "Kind",
            &[
                ("type", Payload::Fields, &[("type", Type::I8), ("value", Type::I8), ("Error", named("Kind_"))]),
                ("Author", Payload::Tuple, &[("_0", list(named("Kind"))), ("_1", Type::U64)]),
                ("author", Payload::Value, &[("_0", option(boxed(option(boxed(named("Kind"))))))]),
                ("_", Payload::Unit, &[]),
            ],
        ),
        data_enum("Kind_", &[("Type", Payload::Value, &[("_0", Type::Bytes)])]),
        record("Entry", &[("Key", map(Type::IpAddr, Type::Duration)), ("time", Type::Time), ("key", Type::Path)]),
        record("Tuple2", &[("Field0", Type::Tuple(vec![named("Entry"), option(Type::U128)]))]),
        record("KindType", &[("kind", named("Kind")), ("same", option(named("Kind_")))]),
        failure("Kind"),
    ];
    let mut odd = method("odd_Close", &params, Some(option(boxed(named("Subscription")))));
    odd.params[0].docs = "its kind\nand more".to_owned();
    let functions = vec![
        odd,
        method("odd_events", &[("of", list(named("Option")))], Some(list(named("Event")))),
        method("odd_none", &[("it", named("Nothing"))], None),
        // Their types are of packages with these names.
        method(
            "odd_sort",
            &[("time", Type::Time), ("big", Type::I128), ("netip", list(Type::IpAddr))],
            Some(Type::Duration),
        ),
        function(
            FunctionKind::Stateless,
            "odd_bytes",
            &[("bytes", named("Tuple2")), ("time", option(Type::Time))],
            None,
        ),
        failing("Kind", method("odd_lent", &[("lent", named("KindType")), ("m", Type::Bytes)], Some(named("Kind")))),
        function(FunctionKind::Stateless, "odd_error_text", &params, Some(Type::String)),
        function(FunctionKind::Export, "odd_len", &[("len", Type::Bool), ("none", Type::F32)], Some(Type::F64)),
        function(FunctionKind::Export, "odd_new", &[("result", Type::Usize)], None),
    ];
    let mut library = with(types, functions);
    library.docs = "*/ package evil\n+build ignore\n\n    go:embed x\nand\n- one\n\u{2028}import \"C\"".to_owned();
    library.events.push(event("new", Some(Type::Bytes)));
    library
}

#[test]
fn names_are_in_gos_style() {
    let files = files(&awkward());
    assert!(file(&files, "types.go").contains("type Error_ struct {\n"));
    assert!(file(&files, "types.go").contains("\tOption_Select Option_ = 2\n"));
    assert!(file(&files, "client.go").contains(
        "func (c *Odd) Close_(ctx context.Context, type_ string, func_ string, len_ string, string_ string, ctx_ string, \
         c_ string"
    ));
    assert!(file(&files, "events.go").contains("func (c *Odd) OnNew("));
    assert!(file(&files, "functions.go").contains("func Len(len_ bool, none_ float32) (none float64, err error)"));
}

#[test]
fn each_item_has_a_name_of_its_own() {
    let has = |library: &Library, path: &str, part: &str| {
        let files = files(library);
        assert!(file(&files, path).contains(part), "{part} is not in\n{}", file(&files, path));
    };
    let fields = record("T", &[("delay_ms", Type::I8), ("delayMs", Type::I8)]);
    has(&with(vec![fields], vec![]), "types.go", "\tDelayMs  int8\n\tDelayMs_ int8\n");
    // Who is called so keeps its name.
    let types = vec![record("level", &[]), enumeration("Level", &[])];
    has(&with(types, vec![]), "types.go", "type Level_ struct{}\n");
    let client = vec![record("Odd", &[]), record("OddClient", &[])];
    has(&with(client, vec![]), "client.go", "type OddClient_ struct {\n");
    let variant = vec![enumeration("A", &[("b", 1)]), record("AB", &[])];
    has(&with(variant, vec![]), "types.go", "\tAB_ A = 1\n");
    let forms = [("rule", Payload::Unit, &[][..]), ("text", Payload::Value, &[("_0", Type::String)])];
    let variants = vec![data_enum("A", &forms), record("ARule", &[])];
    has(&with(variants, vec![]), "types.go", "func (ARule_) isA() {}\nfunc (AText) isA()  {}\n");
    let params = [("a_b", Type::I8), ("aB", Type::I8)];
    has(&with(vec![], vec![method("odd_x", &params, None)]), "client.go", "aB_ int8, aB int8");
    let methods = vec![method("odd_a_b", &[], None), method("odd_aB", &[], None)];
    has(&with(vec![], methods), "client.go", ") AB_(");
}

#[test]
fn what_has_no_form_in_go_is_an_error() {
    let endless = record("Endless", &[("it", boxed(named("Other")))]);
    let other = record("Other", &[("it", boxed(named("Endless")))]);
    let refused = generate(&with(vec![endless, other], vec![]), Lang::Go);
    assert!(matches!(refused, Err(Error::Endless { .. })), "{refused:?}");
    let refused = |within: fn(Type) -> Type| {
        let endless = record("Endless", &[("it", boxed(within(boxed(named("Endless")))))]);
        matches!(generate(&with(vec![endless], vec![]), Lang::Go), Err(Error::Endless { .. }))
    };
    assert!(refused(|ty| Type::Tuple(vec![Type::I8, ty])));
    assert!(refused(|ty| array(ty, 2)));
    assert!(!refused(|ty| map(Type::I8, ty)));
    assert!(!refused(option));
    // An interface has a size, whatever its variants hold.
    let endless = record("Endless", &[("it", boxed(named("Other")))]);
    let other = data_enum("Other", &[("Some", Payload::Value, &[("_0", boxed(named("Endless")))])]);
    assert!(generate(&with(vec![endless, other], vec![]), Lang::Go).is_ok());
    let refused = generate(&with(vec![record("T", &[("हिन्दी", Type::I8)])], vec![]), Lang::Go);
    assert!(matches!(refused, Err(Error::NotAnIdentifier { .. })), "{refused:?}");
}

/// The structs of tuples and pairs are the package's own, where it has any.
#[test]
fn tuples_and_pairs_have_names_of_their_own() {
    let types = || vec![record("Tuple2", &[]), record("Tuple3", &[]), record("Entry", &[])];
    let pair = || Type::Tuple(vec![named("Tuple2"), named("Entry")]);
    let has = |given: Type, parts: &[&str]| {
        let files = files(&with(types(), vec![method("odd_x", &[("it", given)], None)]));
        for part in parts {
            assert!(file(&files, "types.go").contains(part), "{part} is not in\n{}", file(&files, "types.go"));
        }
        file(&files, "client.go").lines().find(|line| line.contains(") X(")).expect("the method").to_owned()
    };
    let method =
        has(pair(), &["type Tuple2_ struct{}", "type Entry struct{}", "type Tuple2[A, B any] struct {\n\tField0 A\n"]);
    assert!(method.contains("it Tuple2[Tuple2_, Entry]) error"), "{method}");
    let method =
        has(map(pair(), named("Tuple3")), &["type Entry_ struct{}", "type Tuple3 struct{}", "type Entry[K, V any]"]);
    assert!(method.contains("it []Entry[Tuple2[Tuple2_, Entry_], Tuple3]) error"), "{method}");
    let method = has(map(Type::I8, set(Type::Char)), &["type Entry struct{}"]);
    assert!(method.contains("it map[int8]map[rune]struct{}) error"), "{method}");
    let given = |ty| has(ty, &[]);
    assert!(given(option(boxed(Type::U128))).contains("it *big.Int) error"));
    assert!(given(option(Type::Time)).contains("it *time.Time) error"));
    assert!(given(set(Type::IpAddr)).contains("it map[netip.Addr]struct{}) error"));
    assert!(given(set(Type::Time)).contains("it []time.Time) error"));
    assert!(given(map(boxed(Type::String), Type::Path)).contains("it []Entry[string, string]) error"));
    assert!(given(array(list(Type::SocketAddr), 3)).contains("it [3][]netip.AddrPort) error"));
}

#[test]
fn a_library_without_contexts_has_functions_alone() {
    let add = function(FunctionKind::Export, "sums_add", &[("a", Type::I32)], Some(Type::I32));
    let files = files(&library("sums", vec![], vec![add]));
    assert!(!files.iter().any(|file| ["client.go", "events.go", "subscription.go"].contains(&&*file.path)));
    assert!(file(&files, "functions.go").contains("func Add(a int32) (none int32, err error)"));
    compiles(&files, "sums");
}

#[test]
fn documentation_stays_in_its_comment() {
    let mut library = with(vec![record("T", &[("a", Type::I8)])], vec![]);
    let docs = "One\r\nimport \"C\"\u{2028}x\n//export evil\n/*\n+build ignore";
    library.types[1].docs = docs.to_owned();
    if let Shape::Record { fields } = &mut library.types.iter_mut().find(|def| def.name == "T").unwrap().shape {
        fields[0].docs = docs.to_owned();
    }
    library.docs = docs.to_owned();
    library.version = "1\n*/\nevil".to_owned();
    let files = files(&library);
    for file in files.iter().filter(|file| file.path.ends_with(".go")) {
        let evil = file.text.lines().find(|line| line.contains("evil") && !line.trim_start().starts_with("// "));
        assert_eq!(evil, None, "{}", file.path);
        assert!(!file.text.contains("\n// +build"), "{}", file.path);
    }
    assert_eq!(file(&files, "bridge.h").matches("*/").count(), file(&files, "bridge.h").matches("/*").count());
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn what_is_awkward_compiles() {
    compiles(&files(&awkward()), "awkward");
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn every_type_compiles() {
    compiles(&files(&everything()), "everything");
}

/// Each alone, so that no file imports what another kind needs; and the longest tuple, whose fields line up.
#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn each_kind_compiles_alone() {
    let longest = Type::Tuple(vec![Type::Char; 12]);
    let more = [
        ("longest", longest),
        ("pairs", map(Type::Tuple(vec![Type::F32]), Type::Time)),
        ("spans", set(Type::Duration)),
    ];
    let old = every_given().into_iter().position(|(name, _)| name == "Held").expect("the last of the others");
    let given = every_given().into_iter().skip(old + 1);
    for (name, ty) in given.chain(more) {
        let give = function(FunctionKind::Stateless, "one_give", &[("it", ty.clone())], Some(ty));
        let mut library = library("one", vec![], vec![give]);
        for text in [Text::ByLength, Text::C] {
            library.options.text = text;
            compiles(&files(&library), &format!("one-{name}"));
        }
    }
}

/// Every word of the bridge's own, and the ends of its names, as functions of an author's.
#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn helpers_have_names_of_their_own() {
    let words = [
        "listen",
        "unlisten",
        "listened",
        "end",
        "error",
        "on_answer",
        "on_event",
        "answered",
        "told",
        "check",
        "abi",
        "host",
        "calls",
        "result",
        "x",
        "x_result",
        "host_odd_listen",
        "call_odd_listen",
    ];
    let named = |kind, end: &str| {
        words.iter().map(|word| function(kind, &format!("odd_{word}{end}"), &[], None)).collect::<Vec<_>>()
    };
    let mut library = with(vec![], named(FunctionKind::Method, ""));
    library.functions.extend(named(FunctionKind::Stateless, "_free"));
    library.functions.extend(named(FunctionKind::Export, "_out"));
    library
        .functions
        .extend(["y", "y_result"].map(|name| function(FunctionKind::Export, &format!("odd_{name}"), &[], None)));
    compiles(&files(&library), "helpers");
}

#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn libraries_named_like_headers_compile() {
    for name in ["time", "string", "signal", "bridge"] {
        let create = function(FunctionKind::Constructor, &format!("{name}_create"), &[], None);
        let destroy = function(FunctionKind::Destructor, &format!("{name}_destroy"), &[], None);
        let files = files(&with_events(library(name, vec![], vec![create, destroy]), Vec::new()));
        assert!(files.iter().any(|file| file.path == format!("{name}_.h")));
        compiles(&files, &format!("header-{name}"));
    }
}

/// A file that is not named after its library, beside the package or elsewhere, in folders with a space.
#[test]
#[ignore = "it takes long; .ci/go and .ci/run run it"]
fn a_file_of_another_name_is_linked_from_folders_with_a_space() {
    toolchain::need("go");
    toolchain::need("cc");
    let folder = support::compiler::folder("go linked");
    std::fs::remove_dir_all(&folder).unwrap();
    let (beside, elsewhere) = (folder.join("the package"), folder.join("else where"));
    [&beside, &elsewhere].into_iter().for_each(|folder| std::fs::create_dir_all(folder).unwrap());
    let add = function(FunctionKind::Export, "sums_twice", &[("it", Type::I32)], Some(Type::I32));
    let sums = library("sums", vec![], vec![add]);
    let file = format!("{}adders{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let symbols = "const char *sums_ffi_last_error(void) { return \"\"; }\nint sums_ffi_cancel(void) { return 1; }\n\
                   int sums_twice(int it) { return it * 2; }\n";
    let schema = stand_in::source("sums", Some(&sums.to_cbor()), sums.abi_hash);
    let built = stand_in::build(&elsewhere, &file, &[schema, symbols.to_owned()]);
    for file in ffi_bindgen::generate_for(&sums, Lang::Go, &built).unwrap() {
        std::fs::write(beside.join(&file.path), &file.text).unwrap();
    }
    let test = "package sums\n\nimport \"testing\"\n\nfunc TestTwice(t *testing.T) {\n\tif it, err := Twice(4); it != 8 || err != nil \
                {\n\t\tt.Fatal(it, err)\n\t}\n}\n";
    std::fs::write(beside.join("twice_test.go"), test).unwrap();
    let go = |linked: Option<String>| {
        let mut go = Command::new("go");
        go.args(["test", "-count=1", "./..."]).current_dir(&beside);
        linked.map(|flags| go.env("CGO_LDFLAGS", flags));
        support::compiler::expect_success("the package", &go.bounded().unwrap());
    };
    let elsewhere = elsewhere.display();
    go(Some(format!("'-L{elsewhere}' '-Wl,-rpath,{elsewhere}'")));
    std::fs::rename(&built, beside.join(&file)).unwrap();
    go(None);
}

#[test]
fn a_package_is_linked_by_the_name_of_the_file() {
    let linked = |file: &str| {
        let files = ffi_bindgen::generate_for(&with(vec![], vec![]), Lang::Go, file.as_ref()).unwrap();
        let line = file_line(&files, "#cgo LDFLAGS: ");
        line.rsplit_once("-l").unwrap().1.to_owned()
    };
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    assert_eq!(linked(&format!("target/debug/{prefix}else_where{suffix}")), "else_where");
    assert_eq!(linked(&format!("{prefix}a-b.c++{suffix}")), "a-b.c++");
    // What no -l finds, or a shell would act on.
    for file in
        [format!("{prefix}a b{suffix}"), format!("{prefix}{suffix}"), format!("{prefix}a{suffix}.1"), "a.schema".into()]
    {
        assert_eq!(linked(&file), "odd", "{file}");
    }
}

/// The line of `doc.go` that has this.
fn file_line<'f>(files: &'f [File], mark: &str) -> &'f str {
    file(files, "doc.go").lines().find(|line| line.contains(mark)).expect("the line")
}

/// Compiles the files, without a library to link, and holds them to the formatter.
fn compiles(files: &[File], test: &str) {
    toolchain::need("go");
    let folder = support::compiler::folder(&format!("go-{test}"));
    // What another version wrote would be a part of the package.
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    for file in files {
        std::fs::write(folder.join(&file.path), &file.text).unwrap();
    }
    let vet = Command::new("go").args(["vet", "./..."]).current_dir(&folder).bounded().unwrap();
    assert!(vet.status.success(), "{}", String::from_utf8_lossy(&vet.stderr));
    let format = Command::new("gofmt").arg("-d").arg(&folder).bounded().unwrap();
    assert!(format.stdout.is_empty() && format.stderr.is_empty(), "{}", String::from_utf8_lossy(&format.stdout));
}
