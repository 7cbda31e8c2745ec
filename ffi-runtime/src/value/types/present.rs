//! What an `Option` may hold.

use super::FfiType;
use std::marker::PhantomData;

/// A type that an `Option` may hold.
///
/// Every type that crosses may, except an `Option`: `Some(None)` and `None` are both
/// null on the wire.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the FFI boundary",
    label = "not a type that crosses",
    note = "these cross: numbers, `bool`, `char`, text, paths, times and network addresses; structs and enums with `#[ffi]` on them; and `Vec`, `Option`, `Box`, `Arc`, `Cow<'static, _>`, arrays, tuples, maps and sets of what crosses",
    note = "put `#[ffi]` on your own type (an error with `flat` or `text` goes out only, as the `E` of a `Result`); instead of an `Rc` write an `Arc`; what a cell or a lock holds crosses as the value itself; a key of a map or a set is `Eq` and `Hash`, or `Ord`, which no float is"
)]
pub trait Present: FfiType {}

/// An option of an option of `T`: not [`Distinct`], which gives it a message of its own.
pub struct OptionInOption<T>(PhantomData<T>);

/// A type whose values differ on the wire.
#[diagnostic::on_unimplemented(
    message = "an `Option` inside an `Option` cannot cross the FFI boundary, because its two empty values are one on the wire",
    label = "an `Option` inside an `Option`",
    note = "use one `Option`, or an enum with `#[ffi]` on it that names the cases"
)]
pub trait Distinct {}

impl<T: Present> Present for Option<T> where OptionInOption<T>: Distinct {}
