//! Fills in what the runtime computes: layouts as on x86-64, fingerprints, the hash.

use ffi_runtime::schema::{Fingerprint, Library, Shape, Type, TypeDef};

pub(super) fn seal(library: &mut Library) {
    let types = library.types.clone();
    for def in &mut library.types {
        lay_out(def, &types);
    }
    let text = |name: &str, library: &Library| {
        let mut met = Vec::new();
        reached(name, &library.types, &mut met);
        format!("{met:?}")
    };
    for index in 0..library.types.len() {
        let reaches = text(&library.types[index].name.clone(), library);
        library.types[index].fingerprint = Fingerprint { native: fnv(&reaches), wire: fnv(&reaches) };
    }
    for index in 0..library.functions.len() {
        let function = &library.functions[index];
        let types = function.params.iter().map(|param| &param.ty).chain(&function.returns);
        let reaches: String = types.map(|ty| format!("{ty:?} {}", text(root(ty), library))).collect();
        let print = fnv(&format!("{:?} {} {reaches}", function.kind, function.name));
        library.functions[index].fingerprint = Fingerprint { native: print, wire: print };
    }
    for index in 0..library.events.len() {
        let event = &library.events[index];
        let reaches = event.payload.as_ref().map(|ty| format!("{ty:?} {}", text(root(ty), library)));
        let print = fnv(&format!("{} {reaches:?}", event.name));
        library.events[index].fingerprint = Fingerprint { native: print, wire: print };
    }
    let functions = library.functions.iter().map(|function| function.fingerprint);
    let events = library.events.iter().map(|event| event.fingerprint);
    let prints = functions.chain(events).chain(library.types.iter().map(|def| def.fingerprint));
    library.abi_hash = fnv(&format!("{:?}", prints.collect::<Vec<_>>()));
}

fn lay_out(def: &mut TypeDef, types: &[TypeDef]) {
    (def.size, def.align) = layout(&Type::Named(def.name.clone()), types);
    if let Shape::Record { fields } = &mut def.shape {
        let mut end = 0;
        for field in fields {
            let (size, align) = layout(&field.ty, types);
            field.offset = u64::next_multiple_of(end, align);
            end = field.offset + size;
        }
    }
}

/// Size and alignment.
fn layout(ty: &Type, types: &[TypeDef]) -> (u64, u64) {
    match ty {
        Type::I8 | Type::U8 => (1, 1),
        Type::I16 | Type::U16 => (2, 2),
        Type::I32 | Type::U32 | Type::F32 | Type::Bool | Type::Char => (4, 4),
        Type::I64 | Type::U64 | Type::F64 | Type::Isize | Type::Usize | Type::String | Type::Boxed(_) => (8, 8),
        Type::Bytes | Type::List(_) => (16, 8),
        Type::Option(item) => together(&[(4, 4), layout(item, types)]),
        Type::Named(name) => match &types.iter().find(|def| def.name == *name).expect("a described type").shape {
            Shape::Enumeration { .. } => (4, 4),
            Shape::Record { fields } if fields.is_empty() => (1, 1),
            Shape::Record { fields } => {
                together(&fields.iter().map(|field| layout(&field.ty, types)).collect::<Vec<_>>())
            }
        },
    }
}

fn together(members: &[(u64, u64)]) -> (u64, u64) {
    let align = members.iter().map(|(_, align)| *align).max().unwrap_or(1);
    let end = members.iter().fold(0, |end, (size, align)| u64::next_multiple_of(end, *align) + size);
    (end.next_multiple_of(align), align)
}

fn root(ty: &Type) -> &str {
    match ty {
        Type::List(item) | Type::Option(item) | Type::Boxed(item) => root(item),
        Type::Named(name) => name,
        _ => "",
    }
}

/// Everything that the named type reaches, by name, type and place.
fn reached(name: &str, types: &[TypeDef], met: &mut Vec<String>) {
    let Some(def) = types.iter().find(|def| def.name == name) else { return };
    let text = match &def.shape {
        Shape::Record { fields } => {
            format!("{name} {:?}", fields.iter().map(|f| (&f.name, &f.ty, f.offset)).collect::<Vec<_>>())
        }
        Shape::Enumeration { variants } => {
            format!("{name} {:?}", variants.iter().map(|v| (&v.name, v.value)).collect::<Vec<_>>())
        }
    };
    if met.contains(&text) {
        return;
    }
    met.push(text);
    if let Shape::Record { fields } = &def.shape {
        fields.iter().for_each(|field| reached(root(&field.ty), types, met));
    }
}

fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
