//! Descriptions of libraries with these names: such as a library could carry that compiled.

use crate::support::random::Random;
use crate::support::{
    array, boxed, data_enum, enumeration, event, failing, failure, function, library, list, map, named, option, record,
    set, with_events,
};
use ffi_runtime::schema::{Function, FunctionKind, Library, Payload, Type, TypeDef};
use std::collections::BTreeSet;

/// The seeds of what is random, and one more where `FFI_NAMES_SEED` says so.
pub(crate) fn seeds() -> impl Iterator<Item = u64> {
    let more = std::env::var("FFI_NAMES_SEED").ok().and_then(|seed| seed.parse().ok());
    [1, 2].into_iter().chain(more).inspect(|seed| println!("names at random, seed {seed}"))
}

/// Each word in each position, in five libraries: what cannot be called the same stands in another. More than so many
/// events stand in more libraries.
pub(crate) fn fixed(words: &[String], most_events: usize) -> Vec<Library> {
    let half = |at: usize| words.iter().skip(at).step_by(2).map(String::as_str).collect::<Vec<_>>();
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    let records = Parts { records: &all, methods: &half(0), free: &half(1), ..Parts::default() };
    let mut events = all.chunks(most_events);
    let few = events.next().unwrap_or_default();
    let enumerations =
        Parts { enumerations: &all, methods: &half(1), exports: &half(0), events: few, ..Parts::default() };
    let members = Parts { records: &half(0), enumerations: &half(1), ..Parts::default() };
    let data_enums = Parts { data_enums: &all, events: few, ..Parts::default() };
    let others = Parts { free: &half(0), exports: &half(1), ..Parts::default() };
    let mut made = vec![
        records.library("name_a", words),
        enumerations.library("name_b", &[]),
        members.library("NAME", &[]),
        others.library("name_d", &[]),
        data_enums.library("name_e", &[]),
    ];
    let more = |(at, events)| Parts { events, ..Parts::default() }.library(&format!("more_{at}"), &[]);
    made.extend(events.enumerate().map(more));
    made
}

/// A few words, drawn with others, where they come.
pub(crate) fn random(words: &[String], seed: u64) -> Library {
    let mut random = Random::new(seed);
    let mut drawn = |count: usize| {
        let drawn: BTreeSet<String> =
            (0..count).map(|_| changed(&words[random.below(words.len())], &mut random)).collect();
        drawn.into_iter().collect::<Vec<String>>()
    };
    let sets: Vec<Vec<String>> = (0..7).map(|_| drawn(60)).collect();
    let of = |at: usize| sets[at].iter().map(String::as_str).collect::<Vec<_>>();
    let records = of(0);
    let enumerations: Vec<_> = of(1).into_iter().filter(|name| !records.contains(name)).collect();
    let is_new = |name: &&str| !records.contains(name) && !enumerations.contains(name);
    let data_enums: Vec<_> = of(6).into_iter().filter(is_new).collect();
    let parts = Parts {
        records: &records,
        enumerations: &enumerations,
        data_enums: &data_enums,
        methods: &of(2),
        free: &of(3),
        exports: &of(4),
        events: &of(5),
    };
    parts.library(&format!("drawn{seed}"), &drawn(100))
}

/// The word, in another case, or with an end of ours.
fn changed(word: &str, random: &mut Random) -> String {
    let ends =
        ["_", "_request", "_response", "_cbor", "_event", "_stream", "_encode", "_decode", "Event", "Error", "_1"];
    let word = match random.below(6) {
        0 => word.to_uppercase(),
        1 => word.to_lowercase(),
        2 => word[..1].to_uppercase() + &word[1..],
        3 => word
            .split('_')
            .map(|part| {
                part.chars().take(1).flat_map(char::to_uppercase).chain(part.chars().skip(1)).collect::<String>()
            })
            .collect(),
        _ => word.to_owned(),
    };
    let word = if random.one_in(3) { word + ends[random.below(ends.len())] } else { word };
    if word.is_empty() || word.starts_with("__") || word.starts_with(|c: char| c.is_ascii_digit()) {
        format!("x{word}")
    } else {
        word
    }
}

/// A small library of each of these names.
pub(crate) fn named_after(words: &[String]) -> Vec<Library> {
    let parts = Parts {
        records: &["Item", "event", "bytes"],
        enumerations: &["Mode"],
        data_enums: &["Form"],
        methods: &["get", "event", "listen"],
        free: &["bytes", "free"],
        exports: &["add"],
        events: &["done"],
    };
    words.iter().map(|word| parts.library(word, &["x".to_owned(), word.clone()])).collect()
}

/// What is called after words.
#[derive(Default)]
struct Parts<'w> {
    records: &'w [&'w str],
    enumerations: &'w [&'w str],
    data_enums: &'w [&'w str],
    methods: &'w [&'w str],
    free: &'w [&'w str],
    exports: &'w [&'w str],
    events: &'w [&'w str],
}

impl Parts<'_> {
    /// The names of the types.
    fn types(&self) -> impl Iterator<Item = &str> {
        self.records.iter().chain(self.enumerations).chain(self.data_enums).copied()
    }

    /// The library, with these as the names of members and parameters too.
    fn library(&self, name: &str, members: &[String]) -> Library {
        let members: Vec<&str> = members.iter().map(String::as_str).collect();
        let fields: Vec<(&str, Type)> = members.iter().zip(Kinds::new(self)).map(|(name, ty)| (*name, ty)).collect();
        let variants: Vec<(&str, i32)> = members.iter().copied().chain(["Only"]).zip(0..).collect();
        let mut types: Vec<TypeDef> =
            vec![record("Members", &fields), enumeration("Variants", &variants), choices("Choices", &members)];
        types.extend(self.records.iter().map(|&name| record(name, &[(name, Type::U8)])));
        types.extend(self.enumerations.iter().map(|&name| enumeration(name, &[(name, 1)])));
        types.extend(self.data_enums.iter().map(|&name| choices(name, &[name])));
        let mut seen = BTreeSet::from(["EventsDropped", "NotResponding", "Responding"].map(str::to_owned));
        types.retain(|def| seen.insert(def.name.clone()));
        let errors: Vec<&str> = self.types().chain(["Members", "Variants", "Choices"]).collect();
        types.extend(errors.iter().map(|error| failure(error)).filter(|def| seen.insert(def.name.clone())));
        let mut errors = errors.into_iter().cycle();
        let mut symbols = Symbols::new(name);
        let mut functions: Vec<Function> =
            symbols.add(FunctionKind::Constructor, "begin", &fields.iter().take(40).cloned().collect::<Vec<_>>(), None);
        let kinds = [
            (FunctionKind::Method, self.methods),
            (FunctionKind::Stateless, self.free),
            (FunctionKind::Export, self.exports),
        ];
        for (kind, names) in kinds {
            for (at, name) in names.iter().enumerate() {
                let ty = named(self.types().nth(at).unwrap_or(["Variants", "Choices"][at / 8 % 2]));
                let export = kind == FunctionKind::Export;
                let ty = match at % 24 {
                    _ if export => Type::U8,
                    0 => list(ty),
                    8 => option(ty),
                    16 => ty,
                    _ => Type::Char,
                };
                let added = symbols.add(kind, name, &[(*name, ty.clone())], Some(ty)).into_iter();
                functions.extend(added.map(|it| match errors.next() {
                    Some(error) if !export && at % 2 == 0 => failing(error, it),
                    _ => it,
                }));
            }
        }
        for (at, chunk) in fields.chunks(60).enumerate() {
            let many = symbols.add(FunctionKind::Method, &format!("many_{at}"), chunk, Some(named("Variants")));
            functions.extend(many);
        }
        let many = fields.iter().map(|(name, _)| (*name, Type::F64)).collect::<Vec<_>>();
        for (at, chunk) in many.chunks(60).enumerate() {
            functions.extend(symbols.add(FunctionKind::Export, &format!("sum_{at}"), chunk, Some(Type::F64)));
            functions.extend(symbols.add(FunctionKind::Stateless, &format!("free_{at}"), chunk, None));
        }
        functions.extend([function(FunctionKind::Destructor, &format!("{name}_finish"), &[], None)]);
        let fires = |(at, &name): (usize, &&str)| {
            let payload = self.data_enums.iter().cycle().nth(at).filter(|_| at % 2 == 0);
            event(name, Some(payload.map_or(Type::Bytes, |name| named(name))))
        };
        let events = self.events.iter().filter(|it| !BUILTIN.contains(it)).enumerate().map(fires).collect();
        with_events(library(name, types, functions), events)
    }
}

/// An enum with data whose variants have these names, and their fields too, with one more of most forms. It holds itself.
fn choices(name: &str, variants: &[&str]) -> TypeDef {
    let (it, items) = (boxed(named(name)), list(named(name)));
    let tuple = [("_0", items.clone()), ("_1", Type::U8)];
    let value = [("_0", it.clone())];
    let fields: Vec<[(&str, Type); 2]> =
        variants.iter().map(|word| [(*word, items.clone()), ("Other", option(Type::U8))]).collect();
    let of_each = variants.iter().zip(&fields).enumerate().map(|(at, (word, fields))| match at % 4 {
        0 => (*word, Payload::Fields, &fields[..]),
        1 => (*word, Payload::Value, &value[..]),
        2 => (*word, Payload::Tuple, &tuple[..]),
        _ => (*word, Payload::Unit, &[][..]),
    });
    let others =
        [("Other", Payload::Unit, &[][..]), ("One", Payload::Value, &value[..]), ("Two", Payload::Tuple, &tuple[..])];
    let others = others.into_iter().filter(|(other, ..)| !variants.contains(other));
    data_enum(name, &of_each.chain(others).collect::<Vec<_>>())
}

/// The events that every library with a state has.
const BUILTIN: [&str; 3] = ["events_dropped", "not_responding", "responding"];

/// The types of members, one after another.
struct Kinds<'w> {
    named: Vec<&'w str>,
    at: usize,
}

impl<'w> Kinds<'w> {
    fn new(parts: &Parts<'w>) -> Self {
        let is_own = |name: &&&str| !["Members", "Variants", "Choices"].contains(*name);
        let named = parts.records.iter().chain(parts.enumerations).chain(parts.data_enums).filter(is_own);
        Self { named: named.copied().collect(), at: 0 }
    }
}

impl Iterator for Kinds<'_> {
    type Item = Type;

    fn next(&mut self) -> Option<Type> {
        self.at += 1;
        let ty = self.named.get(self.at / 8).filter(|_| self.at < 200).map_or(Type::I64, |name| named(name));
        Some(match self.at % 8 {
            0 => list(ty),
            1 => option(ty),
            2 => ty,
            3 => map(Type::String, ty),
            4 => Type::Tuple(vec![ty, Type::Duration]),
            5 => map(Type::Tuple(vec![Type::U8]), array(ty, 2)),
            6 => set(Type::Char),
            _ => list(Type::I64),
        })
    }
}

/// The symbols of one library, none of which is there twice.
struct Symbols {
    library: String,
    taken: BTreeSet<String>,
}

impl Symbols {
    fn new(library: &str) -> Self {
        Self { library: library.to_owned(), taken: BTreeSet::from([format!("{library}_finish")]) }
    }

    /// The function, unless two symbols would have one name.
    fn add(&mut self, kind: FunctionKind, name: &str, params: &[(&str, Type)], returns: Option<Type>) -> Vec<Function> {
        let symbol = format!("{}_{name}", self.library);
        let wire = format!("{symbol}_cbor");
        let mine = if kind == FunctionKind::Export { vec![symbol.clone()] } else { vec![symbol.clone(), wire] };
        if mine.iter().any(|it| self.taken.contains(it)) {
            return Vec::new();
        }
        self.taken.extend(mine);
        vec![function(kind, &symbol, params, returns)]
    }
}
