//! Rust's idea of every size, alignment and offset of the library `every`, compared with a C compiler's.
//!
//! - Rust's: what rustc says of the mirrors. Those of records and enumerations are measured in the
//!   library itself and travel in its schema; those of lists, options and boxes are measured here.
//! - C's: what a program prints that includes the generated header, without its own assertions,
//!   which are made from the schema and would only say that the schema is the schema.
//!
//! `CC`, `CXX` and `RUN` name the compilers and what their programs run under, for a foreign target.

#[path = "layout/collections.rs"]
mod collections;
mod common;
#[path = "layout/spelled.rs"]
mod spelled;

use every::everything::{Block, Currency, Empty, Everything, Keywords, Level, Link, Money, Page, Point, Sign, Tree};
use every::failures::Trouble;
use ffi_runtime::schema::{DataVariant, Field, Library, Payload, SchemaBuilder, Shape, Target, Text, Type, TypeDef};
use ffi_runtime::{ByLength, FfiType, PodList, PodOption};
use spelled::{mentioned, spell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::mem::offset_of;
use std::path::Path;
use std::process::Command;
use toolchain::{Bounded as _, test};

fn main() -> std::process::ExitCode {
    toolchain::main()
}

unsafe extern "C" {
    fn every_ffi_schema(len: *mut usize) -> *const u8;
}

/// What is said of a type (`size 8, align 8`) or of a field (`at 0, size 8`), by its name in C.
type Layouts = BTreeMap<String, String>;

fn schema() -> Library {
    let mut len = 0;
    // SAFETY: the length is writable.
    let bytes = unsafe { every_ffi_schema(&raw mut len) };
    // SAFETY: the schema is static memory.
    Library::from_cbor(unsafe { std::slice::from_raw_parts(bytes, len) }).expect("a schema")
}

/// The fields of an enum with data as C reaches them, with their places there: the tag, the union, and in it what each
/// variant holds.
fn in_the_union<'a>(def: &'a TypeDef, variants: &'a [DataVariant]) -> impl Iterator<Item = (String, u64, &'a Type)> {
    variants.iter().flat_map(move |variant| {
        variant.fields.iter().map(move |field| {
            let name = match variant.payload {
                Payload::Unit | Payload::Value => format!("value.{}", variant.name),
                Payload::Tuple | Payload::Fields => format!("value.{}.{}", variant.name, field.name),
            };
            (name, def.align + field.offset, &field.ty)
        })
    })
}

/// The size of the field that `field` picks.
fn size_at<P, F>(_field: impl Fn(&P) -> &F) -> usize {
    size_of::<F>()
}

/// The layouts as rustc sees them.
#[derive(Default)]
struct Rust {
    layouts: Layouts,
    sizes: BTreeMap<String, usize>,
}

impl Rust {
    fn ty(&mut self, name: &str, size: usize, align: usize) {
        self.layouts.insert(name.to_owned(), format!("size {size}, align {align}"));
        self.sizes.insert(name.to_owned(), size);
    }

    fn field(&mut self, owner: &str, name: &str, offset: usize, size: usize) {
        self.layouts.insert(format!("{owner}.{name}"), format!("at {offset}, size {size}"));
    }

    /// Measures the mirror of a type of the runtime's, and gives its name in C.
    fn mirror<T: FfiType>(&mut self) -> String {
        let name = spell(&T::describe(&mut SchemaBuilder::new(Text::ByLength)));
        self.ty(&name, size_of::<T::Pod<ByLength>>(), align_of::<T::Pod<ByLength>>());
        name
    }

    fn list<T: FfiType>(&mut self) {
        let name = self.mirror::<Vec<T>>();
        self.field(
            &name,
            "ptr",
            offset_of!(PodList<T::Pod<ByLength>>, ptr),
            size_at(|it: &PodList<T::Pod<ByLength>>| &it.ptr),
        );
        self.field(
            &name,
            "len",
            offset_of!(PodList<T::Pod<ByLength>>, len),
            size_at(|it: &PodList<T::Pod<ByLength>>| &it.len),
        );
    }

    fn option<T: FfiType>(&mut self)
    where
        Option<T>: FfiType<Pod<ByLength> = PodOption<T::Pod<ByLength>>>,
    {
        let name = self.mirror::<Option<T>>();
        let [present, value] =
            [offset_of!(PodOption<T::Pod<ByLength>>, present), offset_of!(PodOption<T::Pod<ByLength>>, value)];
        self.field(&name, "present", present, size_at(|it: &PodOption<T::Pod<ByLength>>| &it.present));
        self.field(&name, "value", value, size_at(|it: &PodOption<T::Pod<ByLength>>| &it.value));
    }

    /// The types of the runtime's that the library mentions; the test fails where one is missing.
    fn of_the_runtime() -> Self {
        macro_rules! measure {
            ($it:ident, $method:ident: $($ty:ty,)*) => { $($it.$method::<$ty>();)* };
        }
        let mut it = Self::default();
        measure!(it, mirror: i8, i16, i32, i64, u8, u16, u32, u64, isize, usize, f32, f64, bool, char, String,);
        measure!(it, mirror: Box<u8>, Box<Box<u8>>, Box<i16>, Box<i32>, Box<i64>, Box<String>, Box<Point>, Box<Link>,);
        measure!(it, mirror: Box<Vec<Point>>, Box<Option<i32>>,);
        measure!(it, list: u8, u16, i8, i32, i64, f32, f64, bool, char, String, Vec<u8>, Vec<i32>, Box<i64>,);
        measure!(it, mirror: Box<Block>,);
        measure!(it, list: Everything, Tree, Level, Point, Empty, Block, Sign,);
        measure!(it, list: Option<i16>, Option<String>, Option<Level>, Option<Point>,);
        measure!(it, option: u8, i16, i32, i64, f64, bool, char, String, Vec<u8>, Vec<String>, Vec<Level>,);
        measure!(it, option: Level, Point, Vec<Option<Level>>, Box<Point>, Box<Link>, Box<Block>, Block, Sign, Trouble,);
        // What the schema says of these is measured here once more.
        measure!(it, mirror: Everything, Keywords, Tree, Link, Point, Empty, Level, Money, Currency, Block, Sign, Page,);
        it.collections();
        it
    }

    /// Adds the records and enumerations, as the library itself measured them.
    fn add(&mut self, library: &Library, header: &Header) {
        for def in &library.types {
            let name = format!("every_{}", def.name);
            let (size, align) = (def.size as usize, def.align as usize);
            let before = self.layouts.get(&name).cloned();
            self.ty(&name, size, align);
            assert!(before.is_none_or(|before| before == self.layouts[&name]), "{name}: the schema differs");
        }
        for def in &library.types {
            let owner = &format!("every_{}", def.name);
            match &def.shape {
                Shape::Record { fields } => self.add_fields(owner, fields, header),
                Shape::DataEnum { variants } => self.add_union(owner, def, variants),
                Shape::Enumeration { .. } => {}
            }
        }
    }

    fn add_union(&mut self, owner: &str, def: &TypeDef, variants: &[DataVariant]) {
        self.field(owner, "tag", 0, size_of::<i32>());
        self.field(owner, "value", def.align as usize, (def.size - def.align) as usize);
        for (name, offset, ty) in in_the_union(def, variants) {
            let size = self.sizes[&spell(ty)];
            self.field(owner, &name, offset as usize, size);
        }
    }

    fn add_fields(&mut self, owner: &str, fields: &[Field], header: &Header) {
        let declared = header.structs.get(owner).map_or(&[][..], Vec::as_slice);
        if fields.is_empty() {
            self.field(owner, "empty_", 0, 1);
            return;
        }
        assert_eq!(declared.len(), fields.len(), "{owner}: fields in the header");
        for (field, name) in fields.iter().zip(declared) {
            assert!(name == &field.name || *name == format!("{}_", field.name), "{owner}: {name} for {}", field.name);
            let ty = spell(&field.ty);
            let size = *self.sizes.get(&ty).unwrap_or_else(|| panic!("{owner}.{name}: {ty} is not measured"));
            self.field(owner, name, field.offset as usize, size);
        }
    }
}

/// The header's text, and the fields of each of its structs.
struct Header {
    text: String,
    structs: BTreeMap<String, Vec<String>>,
}

impl Header {
    fn of(library: &Library) -> Self {
        let text = ffi_bindgen::generate_c(library).expect("a header");
        let (asserted, kept): (Vec<_>, Vec<_>) =
            text.lines().partition(|line| line.starts_with("EVERY_STATIC_ASSERT("));
        assert!(!asserted.is_empty(), "the header asserts its layouts");
        let types = text.split("\n/* ---- ").find(|section| section.starts_with("Types -")).expect("a section");
        let blocks = types.split("\nstruct ").skip(1).filter_map(|block| block.split_once(" {\n"));
        let mut structs: BTreeMap<_, _> = blocks.map(|(name, block)| (name.to_owned(), declared(block))).collect();
        for def in &library.types {
            if let Shape::DataEnum { variants } = &def.shape {
                let fields = ["tag".to_owned(), "value".to_owned()].into_iter();
                let fields = fields.chain(in_the_union(def, variants).map(|(name, ..)| name));
                structs.insert(format!("every_{}", def.name), fields.collect());
            }
        }
        Self { text: kept.join("\n"), structs }
    }

    /// A program that prints the layouts as the compiler sees them.
    fn program(&self, mentioned: &BTreeMap<String, Type>) -> String {
        let mut lines = String::new();
        for ty in mentioned.keys() {
            let _ = writeln!(lines, "    TYPE({ty});");
        }
        for (name, fields) in &self.structs {
            for field in fields {
                let _ = writeln!(lines, "    FIELD({name}, {field});");
            }
        }
        PROGRAM.replace("    @\n", &lines)
    }
}

/// The names of the members that a struct's block declares.
fn declared(block: &str) -> Vec<String> {
    let (members, _) = block.split_once("\n};").expect("a struct ends");
    let declarations = members.lines().map(str::trim).filter(|line| line.ends_with(';') && !line.starts_with('*'));
    let name = |line: &str| {
        let name = line.trim_end_matches(';').rsplit([' ', '*']).next()?;
        // An array's has its length behind it.
        Some(name.split('[').next().unwrap_or(name).to_owned())
    };
    declarations.filter_map(name).collect()
}

const PROGRAM: &str = r#"#include "every.h"

#include <stddef.h>
#include <stdio.h>

#ifdef __cplusplus
#define ALIGN_OF(...) alignof(__VA_ARGS__)
#else
#define ALIGN_OF(...) _Alignof(__VA_ARGS__)
#endif
#define TYPE(...) printf("%s: size %d, align %d\n", #__VA_ARGS__, (int)sizeof(__VA_ARGS__), (int)ALIGN_OF(__VA_ARGS__))
#define FIELD(owner, name) \
    printf("%s.%s: at %d, size %d\n", #owner, #name, (int)offsetof(owner, name), (int)sizeof(((owner *)0)->name))

int main(void)
{
    @
    return 0;
}
"#;

/// Compiles the program and gives what it prints.
fn layouts_in_c(compiler: &str, standard: &str, header: &Header, mentioned: &BTreeMap<String, Type>) -> Layouts {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("layout-{compiler}"));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("every.h"), &header.text).expect("written");
    let source = if standard.starts_with("c++") { "layout.cpp" } else { "layout.c" };
    std::fs::write(folder.join(source), header.program(mentioned)).expect("written");
    let built = Command::new(compiler)
        .args([&format!("-std={standard}"), "-Wall", "-Wextra", "-Werror", source, "-o", "layout"])
        .current_dir(&folder)
        .bounded()
        .expect("the compiler runs");
    assert!(built.status.success(), "{compiler}:\n{}", String::from_utf8_lossy(&built.stderr));
    said(&folder.join("layout"))
}

fn said(program: &Path) -> Layouts {
    let under = std::env::var("RUN").unwrap_or_default();
    let mut words = under.split_whitespace().map(str::to_owned).chain([program.display().to_string()]);
    let mut command = Command::new(words.next().expect("at least the program"));
    let output = command.args(words).bounded().expect("the program runs");
    assert!(output.status.success(), "{}", output.status);
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().filter_map(|line| line.split_once(": ")).map(|(name, it)| (name.to_owned(), it.to_owned())).collect()
}

/// The compilers to ask: the named ones, or else the machine's and clang.
fn compilers() -> Vec<(String, &'static str)> {
    let named = |variable| std::env::var(variable).ok();
    if let Some(cc) = named("CC") {
        let cxx = named("CXX").map(|cxx| (cxx, "c++17"));
        return [(cc, "c11")].into_iter().chain(cxx).collect();
    }
    [("cc", "c11"), ("c++", "c++17"), ("clang", "c11")].map(|(name, standard)| (name.to_owned(), standard)).into()
}

/// What one side says and the other does not, or says otherwise.
fn differences(rust: &Layouts, c: &Layouts) -> String {
    let names: BTreeSet<_> = rust.keys().chain(c.keys()).collect();
    let mut text = String::new();
    for name in names {
        let (of_rust, of_c) = (rust.get(name), c.get(name));
        if of_rust != of_c {
            let or_none = |it: Option<&String>| it.map_or("nothing".to_owned(), Clone::clone);
            let _ = writeln!(text, "{name}: in Rust {}, in C {}", or_none(of_rust), or_none(of_c));
        }
    }
    text
}

#[test]
fn rust_and_c_agree_on_every_size_alignment_and_offset() {
    let library = schema();
    let machine = Target { pointer_bits: usize::BITS, little_endian: cfg!(target_endian = "little") };
    assert_eq!(library.target, machine);
    let (header, mentioned) = (Header::of(&library), mentioned(&library));
    let mut rust = Rust::of_the_runtime();
    rust.add(&library, &header);
    assert!(library.types.iter().any(|def| def.name == "Everything" && def.shape.fields().count() == 55));
    let compilers = compilers();
    toolchain::need(&compilers[0].0);
    for (compiler, standard) in compilers {
        if !toolchain::also(&compiler) {
            continue;
        }
        let c = layouts_in_c(&compiler, standard, &header, &mentioned);
        let differences = differences(&rust.layouts, &c);
        assert!(differences.is_empty(), "{compiler} as {standard}:\n{differences}");
        println!("{compiler} as {standard}: {} layouts agree", c.len());
    }
}
