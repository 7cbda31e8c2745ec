//! How a type is spelled in C.

use crate::model::item_name;
use ffi_runtime::schema::Type;

/// Spells types for one library.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speller<'a> {
    /// The library's name.
    pub(crate) lib: &'a str,
}

impl Speller<'_> {
    /// The C type: `int64_t`, `const char *`, `my_timer_list_string`.
    pub(crate) fn ty(self, ty: &Type) -> String {
        let name = match ty {
            Type::I8 => "int8_t",
            Type::I16 => "int16_t",
            Type::I32 => "int32_t",
            Type::I64 => "int64_t",
            Type::U8 => "uint8_t",
            Type::U16 => "uint16_t",
            Type::U32 | Type::Char => "uint32_t",
            Type::U64 => "uint64_t",
            Type::Isize => "ptrdiff_t",
            Type::Usize => "size_t",
            Type::F32 => "float",
            Type::F64 => "double",
            Type::Bool => "int",
            Type::String => "const char *",
            Type::Boxed(item) => return pointer_to_const(&self.ty(item)),
            Type::Bytes | Type::List(_) | Type::Option(_) | Type::Named(_) => return self.prefixed(&item_name(ty)),
        };
        name.to_owned()
    }

    /// What the type's helpers begin with: `my_timer_list_string`, for `…_encode`.
    pub(crate) fn codec(self, ty: &Type) -> String {
        self.prefixed(&item_name(ty))
    }

    /// A name with the library's prefix.
    pub(crate) fn prefixed(self, name: &str) -> String {
        format!("{}_{name}", self.lib)
    }
}

/// The type followed by a name, spaced as C is written.
pub(crate) fn declare(ty: &str, name: &str) -> String {
    let space = if ty.ends_with('*') { "" } else { " " };
    format!("{ty}{space}{name}")
}

/// A pointer through which the value can be changed.
pub(crate) fn pointer_to(ty: &str) -> String {
    declare(ty, "*")
}

/// A pointer through which the value cannot be changed.
pub(crate) fn pointer_to_const(ty: &str) -> String {
    if ty.ends_with('*') { format!("{ty}const *") } else { format!("const {ty} *") }
}

#[cfg(test)]
mod tests {
    use super::{Speller, declare, pointer_to};
    use ffi_runtime::schema::Type;

    fn boxed(ty: Type) -> Type {
        Type::Boxed(Box::new(ty))
    }

    #[test]
    fn constness_belongs_to_what_is_pointed_at() {
        let spell = Speller { lib: "l" };
        assert_eq!(spell.ty(&boxed(Type::I64)), "const int64_t *");
        assert_eq!(spell.ty(&boxed(Type::String)), "const char *const *");
        assert_eq!(spell.ty(&boxed(boxed(Type::Named("T".to_owned())))), "const l_T *const *");
    }

    #[test]
    fn stars_stand_at_the_name() {
        assert_eq!(declare("int", "a"), "int a");
        assert_eq!(declare("const char *", "a"), "const char *a");
        assert_eq!(pointer_to("const char *"), "const char **");
        assert_eq!(pointer_to("double"), "double *");
    }
}
