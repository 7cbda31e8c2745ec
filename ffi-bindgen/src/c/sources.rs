//! The text of every header.

use crate::templates::Templates;

/// The templates, the whole header first.
pub(super) const TEMPLATES: Templates = &[
    ("header.h.j2", include_str!("../../templates/header.h.j2")),
    ("comment.j2", include_str!("../../templates/comment.j2")),
    ("common.h.j2", include_str!("../../templates/common.h.j2")),
    ("types.h.j2", include_str!("../../templates/types.h.j2")),
    ("functions.h.j2", include_str!("../../templates/functions.h.j2")),
    ("events.h.j2", include_str!("../../templates/events.h.j2")),
    ("cbor_faults.h.j2", include_str!("../../templates/cbor_faults.h.j2")),
    ("cbor_writer.h.j2", include_str!("../../templates/cbor_writer.h.j2")),
    ("cbor_encoders.h.j2", include_str!("../../templates/cbor_encoders.h.j2")),
    ("cbor_arena.h.j2", include_str!("../../templates/cbor_arena.h.j2")),
    ("cbor_reader.h.j2", include_str!("../../templates/cbor_reader.h.j2")),
    ("cbor_decoders.h.j2", include_str!("../../templates/cbor_decoders.h.j2")),
    ("cbor_types.h.j2", include_str!("../../templates/cbor_types.h.j2")),
    ("cbor_calls.h.j2", include_str!("../../templates/cbor_calls.h.j2")),
    ("cbor_events.h.j2", include_str!("../../templates/cbor_events.h.j2")),
    ("check.h.j2", include_str!("../../templates/check.h.j2")),
];
