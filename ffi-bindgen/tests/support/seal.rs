//! Fills in what the compiler and the runtime know: layouts as on x86-64, fingerprints, the hash.

use ffi_runtime::schema::{DataVariant, Field, Library, Shape, Text, Type, TypeDef};

pub(super) fn seal(library: &mut Library) {
    let (types, text) = (library.types.clone(), library.options.text);
    for def in &mut library.types {
        lay_out(def, &types, text);
    }
    library.seal();
}

fn lay_out(def: &mut TypeDef, types: &[TypeDef], text: Text) {
    (def.size, def.align) = layout(&Type::Named(def.name.clone()), types, text);
    match &mut def.shape {
        Shape::Record { fields } => place(fields, types, text),
        Shape::DataEnum { variants } => variants.iter_mut().for_each(|it| place(&mut it.fields, types, text)),
        Shape::Enumeration { .. } => {}
    }
}

/// Gives the fields of one struct their offsets.
fn place(fields: &mut [Field], types: &[TypeDef], text: Text) {
    let mut end = 0;
    for field in fields {
        let (size, align) = layout(&field.ty, types, text);
        field.offset = u64::next_multiple_of(end, align);
        end = field.offset + size;
    }
}

/// Size and alignment.
fn layout(ty: &Type, types: &[TypeDef], text: Text) -> (u64, u64) {
    match ty {
        Type::I8 | Type::U8 => (1, 1),
        Type::I16 | Type::U16 => (2, 2),
        Type::I32 | Type::U32 | Type::F32 | Type::Bool | Type::Char => (4, 4),
        Type::I64 | Type::U64 | Type::F64 | Type::Isize | Type::Usize | Type::Boxed(_) => (8, 8),
        Type::String if text == Text::C => (8, 8),
        Type::String | Type::Bytes | Type::List(_) => (16, 8),
        Type::Path | Type::IpAddr | Type::SocketAddr => layout(&Type::String, types, text),
        Type::I128 | Type::U128 | Type::Duration | Type::Time | Type::Map(..) | Type::Set(_) => (16, 8),
        Type::Tuple(items) => together(&items.iter().map(|item| layout(item, types, text)).collect::<Vec<_>>()),
        Type::Array(item, len) => {
            let (size, align) = layout(item, types, text);
            (size * len, align)
        }
        Type::Option(item) => together(&[(4, 4), layout(item, types, text)]),
        Type::Named(name) => match &types.iter().find(|def| def.name == *name).expect("a described type").shape {
            Shape::Enumeration { .. } => (4, 4),
            Shape::Record { fields } if fields.is_empty() => (1, 1),
            Shape::DataEnum { variants } => {
                let of_variant = |variant: &DataVariant| {
                    together(&variant.fields.iter().map(|field| layout(&field.ty, types, text)).collect::<Vec<_>>())
                };
                let (size, align) =
                    variants.iter().map(of_variant).fold((0, 1), |(size, align), it| (it.0.max(size), it.1.max(align)));
                together(&[(4, 4), (size.next_multiple_of(align), align)])
            }
            Shape::Record { fields } => {
                together(&fields.iter().map(|field| layout(&field.ty, types, text)).collect::<Vec<_>>())
            }
        },
    }
}

fn together(members: &[(u64, u64)]) -> (u64, u64) {
    let align = members.iter().map(|(_, align)| *align).max().unwrap_or(1);
    let end = members.iter().fold(0, |end, (size, align)| u64::next_multiple_of(end, *align) + size);
    (end.next_multiple_of(align), align)
}
