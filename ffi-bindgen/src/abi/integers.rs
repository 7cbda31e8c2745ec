//! Lists the integer types of C with their limits.

use super::types::Speller;
use crate::model::{Form as _, Int};
use serde::Serialize;

/// An integer type, its limits as expressions.
#[derive(Serialize)]
pub(super) struct Integer {
    name: String,
    ty: String,
    signed: bool,
    min: String,
    max: String,
}

/// Every integer type.
pub(super) fn integers(spell: Speller<'_>) -> Vec<Integer> {
    Int::all().map(|int| integer(spell, int)).collect()
}

fn integer(spell: Speller<'_>, int: Int) -> Integer {
    let ty = spell.int(int);
    let limit = |end: &str| format!("{}_{end}", ty.trim_end_matches("_t").to_uppercase());
    let min = if int.is_signed { limit("MIN") } else { "0".to_owned() };
    Integer { name: int.name(), signed: int.is_signed, min, max: limit("MAX"), ty }
}

#[cfg(test)]
mod tests {
    use super::{Speller, integers};

    #[test]
    fn the_limits_are_those_of_stdint() {
        let all = integers(Speller::of_nothing());
        let limits: Vec<_> = all.iter().map(|it| format!("{} {} {} {}", it.name, it.ty, it.min, it.max)).collect();
        assert_eq!(limits[0], "i8 int8_t INT8_MIN INT8_MAX");
        assert_eq!(limits[4], "isize ptrdiff_t PTRDIFF_MIN PTRDIFF_MAX");
        assert_eq!(limits[8], "u64 uint64_t 0 UINT64_MAX");
        assert_eq!(limits[9], "usize size_t 0 SIZE_MAX");
    }
}
