//! The text of every C header, in its templates.

use crate::templates::Templates;

/// The templates, the whole header first.
pub(crate) const TEMPLATES: Templates = &[
    ("header.h.j2", include_str!("../../templates/c/header.h.j2")),
    ("comment.j2", include_str!("../../templates/comment.j2")),
    ("common.h.j2", include_str!("../../templates/c/common.h.j2")),
    ("types.h.j2", include_str!("../../templates/c/types.h.j2")),
    ("functions.h.j2", include_str!("../../templates/c/functions.h.j2")),
    ("events.h.j2", include_str!("../../templates/c/events.h.j2")),
    ("cbor_faults.h.j2", include_str!("../../templates/c/cbor_faults.h.j2")),
    ("cbor_writer.h.j2", include_str!("../../templates/c/cbor_writer.h.j2")),
    ("cbor_encoders.h.j2", include_str!("../../templates/c/cbor_encoders.h.j2")),
    ("cbor_arena.h.j2", include_str!("../../templates/c/cbor_arena.h.j2")),
    ("cbor_reader.h.j2", include_str!("../../templates/c/cbor_reader.h.j2")),
    ("cbor_decoders.h.j2", include_str!("../../templates/c/cbor_decoders.h.j2")),
    ("cbor_variants.h.j2", include_str!("../../templates/c/cbor_variants.h.j2")),
    ("cbor_order.h.j2", include_str!("../../templates/c/cbor_order.h.j2")),
    ("cbor_numbers.h.j2", include_str!("../../templates/c/cbor_numbers.h.j2")),
    ("cbor_types.h.j2", include_str!("../../templates/c/cbor_types.h.j2")),
    ("cbor_calls.h.j2", include_str!("../../templates/c/cbor_calls.h.j2")),
    ("cbor_events.h.j2", include_str!("../../templates/c/cbor_events.h.j2")),
    ("kinds/record.h.j2", include_str!("../../templates/c/kinds/record.h.j2")),
    ("kinds/enumeration.h.j2", include_str!("../../templates/c/kinds/enumeration.h.j2")),
    ("kinds/data_enum.h.j2", include_str!("../../templates/c/kinds/data_enum.h.j2")),
    ("kinds/list.h.j2", include_str!("../../templates/c/kinds/list.h.j2")),
    ("kinds/option.h.j2", include_str!("../../templates/c/kinds/option.h.j2")),
    ("kinds/box.h.j2", include_str!("../../templates/c/kinds/box.h.j2")),
    ("kinds/tuple.h.j2", include_str!("../../templates/c/kinds/tuple.h.j2")),
    ("kinds/array.h.j2", include_str!("../../templates/c/kinds/array.h.j2")),
    ("kinds/map.h.j2", include_str!("../../templates/c/kinds/map.h.j2")),
    ("kinds/entry.h.j2", include_str!("../../templates/c/kinds/entry.h.j2")),
    ("kinds/set.h.j2", include_str!("../../templates/c/kinds/set.h.j2")),
    ("check.h.j2", include_str!("../../templates/c/check.h.j2")),
    ("checked.h.j2", include_str!("../../templates/c/checked.h.j2")),
];
