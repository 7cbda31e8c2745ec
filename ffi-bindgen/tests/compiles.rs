//! A header compiles without a warning wherever C99 or C++11 does.

mod support;

use ffi_bindgen::generate_c;
use ffi_runtime::schema::{Library, Shape, Text, Type};
use std::path::PathBuf;
use support::compiler::{self, C11, C99, CXX17, STANDARDS, compile, expect_success};
use support::variants::hard_data_enums;
use support::{changed, everything, library, list, method, my_timer, named, record};
use toolchain::test;

fn main() -> std::process::ExitCode {
    toolchain::main()
}

/// Writes the headers and a source that includes them, and compiles it in every standard.
fn compiles(test: &str, libraries: &[&Library], more: &str) {
    compiler::need();
    let folder = write(test, libraries, more);
    for standard in STANDARDS {
        expect_success(&format!("{standard:?}"), &compile(standard, &folder, &["-fsyntax-only", "main.c"]));
    }
}

fn write(test: &str, libraries: &[&Library], more: &str) -> PathBuf {
    let folder = compiler::folder(test);
    let mut source = String::new();
    for library in libraries {
        std::fs::write(folder.join(format!("{}.h", library.name)), generate_c(library).unwrap()).unwrap();
        source += &format!("#include \"{}.h\"\n", library.name);
    }
    std::fs::write(folder.join("main.c"), source + more + "\nint main(void) { return 0; }\n").unwrap();
    folder
}

#[test]
fn with_every_type_nested_and_recursive() {
    compiles("every_type", &[&everything()], "");
}

#[test]
fn with_enums_with_data() {
    let uses = "v_Words words; v_Brackets_One one; v_Brackets brackets;";
    compiles("data_enums", &[&hard_data_enums()], uses);
    let with_c_text = changed(hard_data_enums(), |library| library.options.text = Text::C);
    compiles("data_enums_c_text", &[&with_c_text], uses);
}

#[test]
fn optimized_and_with_every_helper_kept() {
    compiler::need();
    // The optimizer finds more to warn about, and keeping what is unused gives it all to look at.
    let folder = write("optimized", &[&everything(), &hard_data_enums()], "");
    for standard in [C99, CXX17] {
        let arguments = ["-O2", "-fkeep-inline-functions", "-c", "-o", "main.o", "main.c"];
        expect_success(&format!("{standard:?}"), &compile(standard, &folder, &arguments));
    }
}

#[test]
fn with_a_listener_of_every_event() {
    let listener = r#"
static int64_t heard;

static void on_echo(int ret, const char *msg, size_t len, void *user_data)
{
    if (ret == RET_OK && len == sizeof(my_timer_EchoEvent)) {
        heard += ((const my_timer_EchoEvent *)(const void *)msg)->echoCount;
    }
    (void)user_data;
}

static void on_any(int ret, const char *msg, size_t len, void *user_data)
{
    const my_timer_event *event = (const my_timer_event *)(const void *)msg;
    if (ret == RET_OK && !strcmp(event->name, MY_TIMER_EVENT_ON_ECHO_FIRED)) {
        on_echo(ret, (const char *)event->payload, event->len, user_data);
    }
    (void)len;
}

uint64_t listen(void *ctx);
uint64_t listen(void *ctx)
{
    uint64_t id = my_timer_ffi_add_event_listener(ctx, NULL, on_any, NULL);
    my_timer_ffi_remove_event_listener(ctx, id);
    return my_timer_ffi_add_event_listener(ctx, MY_TIMER_EVENT_ON_ECHO_FIRED, on_echo, NULL);
}
"#;
    compiles("listener", &[&my_timer()], listener);
}

#[test]
fn with_nothing_in_the_library() {
    compiles("nothing", &[&library("nothing", vec![], vec![])], "");
}

#[test]
fn twice_and_beside_another_librarys() {
    compiles("beside", &[&my_timer(), &everything(), &my_timer()], "FfiCallback callback; int code = RET_STALE_WARN;");
}

#[test]
fn with_names_that_mean_something_in_c() {
    let fields = ["class", "int", "linux", "errno", "NULL", "and", "uint8_t", "_Bool", "my_timer_Word", "size_t", "é"];
    let fields: Vec<_> = fields.iter().map(|name| (*name, Type::U8)).collect();
    let params =
        ["ctx", "cb", "user_data", "writer", "buf", "cap", "new", "stdin", "uint8_t", "my_timer_Word", "memcpy"];
    let params: Vec<_> = params.iter().map(|name| (*name, Type::U8)).collect();
    // In C++ a member named like its type changes what the name means.
    let changes = record("Changes", &[("my_timer_Word", named("Word"))]);
    let words = [record("Word", &fields), changes, record("class", &[]), record("int", &[])];
    let call = method("my_timer_say", &params, Some(list(named("Word"))));
    let includes = "#include <assert.h>\n#include <errno.h>\n#include <stdio.h>\nmy_timer_Word w; my_timer_class c; my_timer_int i;";
    compiles("words", &[&library("my_timer", words.into(), vec![call])], includes);
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
fn but_not_where_a_layout_differs() {
    compiler::need();
    let mut wrong_size = my_timer();
    wrong_size.types.iter_mut().find(|def| def.name == "Job").unwrap().size += 8;
    let mut wrong_offset = my_timer();
    let echo = wrong_offset.types.iter_mut().find(|def| def.name == "EchoRequest").unwrap();
    let Shape::Record { fields } = &mut echo.shape else { panic!("a record") };
    fields[1].offset += 4;
    let mut wrong_pointers = my_timer();
    wrong_pointers.target.pointer_bits = 32;
    let cases = [
        (wrong_size, "my_timer_Job: size"),
        (wrong_offset, "my_timer_EchoRequest.delayMs: offset"),
        (wrong_pointers, "my_timer: built for 32-bit pointers"),
    ];
    for (library, message) in cases {
        let folder = write("layout_differs", &[&library], "");
        for (standard, message) in [(C99, "my_timer_layout_differs"), (C11, message), (CXX17, message)] {
            let output = compile(standard, &folder, &["-fsyntax-only", "main.c"]);
            let text = String::from_utf8_lossy(&output.stderr);
            assert!(!output.status.success() && text.contains(message), "{standard:?}: {text}");
        }
    }
}
