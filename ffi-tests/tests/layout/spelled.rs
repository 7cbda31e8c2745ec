//! Spells types as the header does.

use ffi_runtime::schema::{Library, Type};
use std::collections::BTreeMap;

/// The type as a declaration in the header spells it.
pub(crate) fn spell(ty: &Type) -> String {
    match ty {
        Type::I8 => "int8_t".to_owned(),
        Type::I16 => "int16_t".to_owned(),
        Type::I32 => "int32_t".to_owned(),
        Type::I64 => "int64_t".to_owned(),
        Type::U8 => "uint8_t".to_owned(),
        Type::U16 => "uint16_t".to_owned(),
        Type::U32 | Type::Char => "uint32_t".to_owned(),
        Type::U64 => "uint64_t".to_owned(),
        Type::Isize => "ptrdiff_t".to_owned(),
        Type::Usize => "size_t".to_owned(),
        Type::F32 => "float".to_owned(),
        Type::F64 => "double".to_owned(),
        Type::Bool => "int".to_owned(),
        Type::String => "every_text".to_owned(),
        Type::Boxed(item) => format!("{} const *", spell(item)),
        Type::Path | Type::IpAddr | Type::SocketAddr => "every_text".to_owned(),
        Type::I128 | Type::U128 | Type::Duration | Type::Time => format!("every_{}", part(ty)),
        Type::Tuple(_) | Type::Array(..) | Type::Map(..) | Type::Set(_) => format!("every_{}", part(ty)),
        Type::Bytes | Type::List(_) | Type::Option(_) | Type::Named(_) => format!("every_{}", part(ty)),
    }
}

/// The type as a part of the names of lists and options.
fn part(ty: &Type) -> String {
    match ty {
        Type::List(item) => format!("list_{}", part(item)),
        Type::Set(item) => format!("set_{}", part(item)),
        Type::Array(item, len) => format!("array{len}_{}", part(item)),
        Type::Map(key, value) => format!("map2_{}_{}", part(key), part(value)),
        Type::Tuple(items) => {
            let parts: Vec<_> = items.iter().map(part).collect();
            format!("tuple{}_{}", items.len(), parts.join("_"))
        }
        Type::IpAddr => "ip_addr".to_owned(),
        Type::SocketAddr => "socket_addr".to_owned(),
        Type::Option(item) => format!("option_{}", part(item)),
        Type::Boxed(item) => format!("box_{}", part(item)),
        // A builder names a type by its path until the whole library is known.
        Type::Named(name) => name.rsplit("::").next().unwrap_or(name).to_owned(),
        scalar => format!("{scalar:?}").to_lowercase(),
    }
}

/// Every type that the schema mentions, by its spelling.
pub(crate) fn mentioned(library: &Library) -> BTreeMap<String, Type> {
    let mut all = BTreeMap::new();
    for function in &library.functions {
        function.params.iter().map(|param| &param.ty).chain(&function.returns).for_each(|ty| mention(ty, &mut all));
    }
    library.events.iter().filter_map(|event| event.payload.as_ref()).for_each(|ty| mention(ty, &mut all));
    for def in &library.types {
        mention(&Type::Named(def.name.clone()), &mut all);
        def.shape.fields().for_each(|field| mention(&field.ty, &mut all));
    }
    all
}

fn mention(ty: &Type, all: &mut BTreeMap<String, Type>) {
    all.insert(spell(ty), ty.clone());
    match ty {
        Type::List(item) | Type::Option(item) | Type::Boxed(item) => mention(item, all),
        Type::Array(item, _) | Type::Set(item) => mention(item, all),
        Type::Tuple(items) => items.iter().for_each(|item| mention(item, all)),
        Type::Map(key, value) => {
            mention(key, all);
            mention(value, all);
        }
        _ => {}
    }
}
