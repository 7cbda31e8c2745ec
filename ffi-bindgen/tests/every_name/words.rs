//! The words of each language.

use crate::support::compiler::folder;
use ffi_bindgen::Lang;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use toolchain::Bounded as _;

/// What is awkward everywhere: the same word in several cases, with the ends of our own names, with underscores.
const AWKWARD: &str = "get_url GetUrl getURL getUrl get_url_ geturl x X x_ x_request x_response x_cbor x_event x_stream \
    on_x OnX onX on_on_x _x _1 x1 x_1 X1 list_i64 list_string option_i64 box_i64 list_list_i64 i8 u64 f32 string bytes \
    bool char nothing self Self cls this super ctx cb user_data req req_len buf cap writer reader arena event events \
    Event close Close closed create new New destroy cancel free call Call listen listening end error Error errors \
    native cbor type types value payload name key len ptr data result results option list vector encode decode \
    x_encode x_decode abi schema abi_hash last_error call_cbor add_event_listener add_event_listener_cbor \
    remove_event_listener poll_fd dispatch constructor prototype toString then valueOf hasOwnProperty undefined Infinity";

const C: &str = "alignas alignof auto bool break case char const constexpr continue default do double else enum extern \
    false float for goto if inline int long nullptr register restrict return short signed sizeof static static_assert \
    struct switch thread_local true typedef typeof typeof_unqual union unsigned void volatile while asm fortran \
    int8_t uint8_t int64_t size_t ptrdiff_t uintptr_t wchar_t FILE memcpy strlen malloc free printf exit abort va_list \
    errno stdin stdout stderr NULL EOF main linux unix i386 complex imaginary I noreturn assert offsetof setjmp";

const CPP: &str = "and and_eq bitand bitor catch char16_t char32_t char8_t class co_await co_return co_yield compl concept \
    const_cast consteval constinit decltype delete dynamic_cast explicit export friend import module mutable \
    namespace new noexcept not not_eq operator or or_eq private protected public reinterpret_cast requires \
    static_cast template this throw try typeid typename using virtual xor xor_eq final override std string vector \
    optional variant function future move forward swap begin end size data get unique_ptr shared_ptr ffi ns";

const GO: &str = "break case chan const continue default defer else fallthrough for func go goto if import interface map \
    package range return select struct switch type var any append bool byte cap clear close comparable complex \
    complex128 complex64 copy delete error false float32 float64 imag int int16 int32 int64 int8 iota len make max \
    min new nil panic print println real recover rune string true uint uint16 uint32 uint64 uint8 uintptr init main \
    C CString GoString context unsafe sync atomic strings strconv runtime time fmt errors math String Error Close \
    Subscription Entry Tuple1 Tuple2 big netip bytes sort internal vendor testdata _type __type _func";

const PYTHON: &str = "False None True and as assert async await break class continue def del elif else except finally for \
    from global if import in is lambda nonlocal not or pass raise return try while with yield match case type \
    self cls mro name value property staticmethod classmethod super object payload typing builtins dataclasses enum \
    datetime pathlib ipaddress int float str list dict set tuple";

const JAVASCRIPT: &str = "arguments await break case catch class const continue debugger default delete do else enum eval \
    export extends false finally for function if implements import in instanceof interface let new null package \
    private protected public return static super switch this throw true try typeof undefined var void while with \
    yield Object Promise Array Symbol Function Map Set BigInt Infinity NaN globalThis require module exports process \
    Buffer async of get set";

const RUST: &str = "Self abstract as async await become box break const continue crate do dyn else enum extern false final \
    fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super \
    trait true try type typeof unsafe unsized use virtual where while yield union auto raw safe macro_rules \
    Box Vec String Option Some None Result Ok Err Drop Clone Copy Send Sync Sized Fn FnMut FnOnce Iterator Debug \
    Default Eq PartialEq Hash Ord From Into AsRef ToString ToOwned drop Arc core std alloc libloading ciborium_ll u8 \
    usize str bool Library Session Creating Notice Fault";

/// Headers whose names libraries may have, and modules of Python, packages of Go, crates of Rust.
const MODULES: &str = "time string signal regex math errno stdio memory limits poll thread any list map set queue stack array \
    bit chrono ranges random version new io os sys json logging asyncio socket select queue email http token copy \
    context sync fmt errors net test alloc proc_macro std core internal main vendor C c cgo bridge native types \
    client library runtime events";

/// What the C++ header calls things that a library's namespace or class stands beside.
const OURS: &str = "Event events ffi Native Cbor transport a f function read";

/// The words of one language: those of a description that only makes bindings of it.
pub(crate) fn of(lang: Lang) -> Vec<String> {
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut add = |text: &str| words.extend(text.split_whitespace().map(str::to_owned));
    add(AWKWARD);
    match lang {
        Lang::C => {
            add(C);
            add(&macros("cc", "c"));
        }
        Lang::Cpp => {
            add(C);
            add(CPP);
            // The others are C's, whose headers this one includes.
            let of_c = macros("cc", "c");
            let of_c: BTreeSet<&str> = of_c.split_whitespace().collect();
            let more = macros("c++", "c++");
            add(&more.split_whitespace().filter(|word| !of_c.contains(word)).collect::<Vec<_>>().join(" "));
        }
        Lang::Python => {
            add(PYTHON);
            add(&said(
                "python3",
                "import builtins, keyword; print(*keyword.kwlist, *keyword.softkwlist, *dir(builtins))",
            ));
            add(&of_templates("python"));
        }
        // What cgo makes of a name takes long: those of our templates come where they are drawn.
        Lang::Go => add(GO),
        Lang::Rust => {
            add(RUST);
            add(&of_templates("rust"));
        }
        other => panic!("{other:?} has no names"),
    }
    if matches!(lang, Lang::C | Lang::Cpp) {
        add(&of_templates(lang.name()));
    }
    // What a library may not call anything: it is kept for C and for generated code, or is no name in Rust.
    words.retain(|word| !word.starts_with("__") && word != "_");
    words.into_iter().collect()
}

/// The words that libraries are called; a library's bindings are many files, so these are fewer.
pub(crate) fn of_libraries(lang: Lang) -> Vec<String> {
    let own = match lang {
        Lang::C => [C, "", ""],
        Lang::Cpp => ["class new and errno assert stdin NULL linux size_t string vector std main template", "", OURS],
        Lang::Python => [PYTHON, "", "Transport Listener EventStream annotations int str"],
        Lang::Go => ["type func internal struct sizeof enum union C go error string", "", ""],
        Lang::Rust => ["type self Self crate Call Box Option types context result path arc some", "", ""],
        other => panic!("{other:?} has no names"),
    };
    // What is compiled of one library takes a second in these languages.
    let is_large = matches!(lang, Lang::Cpp | Lang::Go | Lang::Rust);
    let modules = if is_large { "time string std core test errors" } else { MODULES };
    let words = own.iter().chain([&modules, &"X x_ _x L x1"]).flat_map(|text| text.split_whitespace());
    words.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The words of every language, and those of this one's templates, which random libraries are made of too.
pub(crate) fn of_all(lang: Lang) -> Vec<String> {
    let templates = of_templates(lang.name());
    let words = [AWKWARD, C, CPP, GO, PYTHON, JAVASCRIPT, RUST, &templates].into_iter().flat_map(str::split_whitespace);
    words.filter(|word| !word.starts_with("__") && *word != "_").map(str::to_owned).collect()
}

/// The templates in which authors' names stand beside ours; in all others ours are behind a prefix or in a module of
/// their own.
const BESIDE: &str = "c/functions.h.j2 c/checked.h.j2 c/cbor_calls.h.j2 c/cbor_events.h.j2 cpp/context.hpp.j2 \
    cpp/functions.hpp.j2 cpp/events.hpp.j2 go/client.go.j2 go/functions.go.j2 go/events.go.j2 go/native.go.j2 \
    go/errors.go.j2 go/variants.go.j2 go/refusals.go.j2 go/collections.go.j2 go/times.go.j2 go/kinds/record.j2 \
    go/kinds/enumeration.j2 go/kinds/data_enum.j2 \
    python/api.py.j2 python/types.py.j2 python/init.py.j2 python/flattened.py.j2 python/kinds/record.j2 \
    python/kinds/enumeration.j2 python/kinds/data_enum.j2 cpp/kinds/data_enum.hpp.j2 cpp/kinds/record.hpp.j2 \
    rust/library.rs.j2 rust/context.rs.j2 rust/lib.rs.j2 rust/runtime/records.rs rust/runtime/data_enums.rs rust/runtime/symbols.rs rust/runtime/api.rs";

/// Every identifier of the language's templates that is no word of a comment.
fn of_templates(lang: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let files = BESIDE.split_whitespace().filter(|file| file.starts_with(&format!("{lang}/")));
    let text: String = files.map(|file| std::fs::read_to_string(folder.join(file)).unwrap()).collect();
    let is_code = |line: &&str| !["//", "/*", "*", "{#", "{%"].iter().any(|mark| line.trim_start().starts_with(mark));
    let is_inside = |c: char| c == '_' || c.is_ascii_alphanumeric();
    let is_name = |word: &&str| word.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic());
    let words = text.lines().filter(is_code).flat_map(|line| line.split(|c| !is_inside(c)));
    words.filter(is_name).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

/// The macros of common headers, and what stands in the languages' own.
fn macros(compiler: &str, language: &str) -> String {
    toolchain::need(compiler);
    let headers = folder("every-name-headers").join(format!("{compiler}.txt"));
    std::fs::write(&headers, super::compile::HEADERS).unwrap();
    let mut run = Command::new(compiler);
    run.args(["-x", language, "-D_GNU_SOURCE", "-dM", "-E"]).arg(headers);
    let said = String::from_utf8(run.bounded().unwrap().stdout).unwrap();
    let name = |line: &str| {
        let rest = line.strip_prefix("#define ")?;
        let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        (!rest.starts_with('_')).then(|| rest[..end].to_owned())
    };
    // Those in capitals make way by their form alone, which a test of the generator compares with every header.
    let is_told = |(at, word): &(usize, String)| at % 100 == 0 || word.contains(|c: char| c.is_ascii_lowercase());
    let found = said.lines().filter_map(name).enumerate().filter(is_told);
    found.map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}

fn said(program: &str, script: &str) -> String {
    toolchain::need(program);
    String::from_utf8(Command::new(program).args(["-c", script]).bounded().unwrap().stdout).unwrap()
}
