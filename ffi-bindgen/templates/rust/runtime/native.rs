//! The native path: every type's form in C, there and back.
//!
//! - Lending makes a C form that points into the value, or into an arena where C wants what Rust has not, as a list of
//!   other forms. Both outlive the entry point, which reads them and keeps none.
//! - Taking copies a value out of a C form that the library made.

use super::arena::Arena;
use super::call::bytes;
use super::error::Fault;
use super::shape::{Boxed, Shape};
use std::ffi::c_int;
use std::mem::MaybeUninit;

/// What can be passed to a library.
pub(crate) trait Lend: Shape {
    /// The form in C.
    type Mirror: Copy + 'static;

    /// Makes the C form, valid as long as the value and the arena.
    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault>;

    /// Makes the C form of several values in a row.
    fn lend_list(values: &[Self::Value], arena: &mut Arena) -> Result<*const Self::Mirror, Fault> {
        let lend = |(index, value)| Self::lend(value, arena).map_err(|fault| fault.at_index(index));
        let mirrors = values.iter().enumerate().map(lend).collect::<Result<Vec<_>, _>>()?;
        Ok(arena.keep_list(mirrors))
    }
}

/// What a library can give.
pub(crate) trait Take: Lend {
    /// Copies the value out of its C form.
    ///
    /// # Safety
    /// The library made the form, and what it points to is there.
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self::Value, Fault>;

    /// Copies the value to where it stays.
    ///
    /// # Safety
    /// As for [`Take::take`].
    unsafe fn take_boxed(mirror: &Self::Mirror) -> Result<Box<Self::Value>, Fault> {
        // SAFETY: the caller's promise.
        unsafe { Self::take(mirror) }.map(Box::new)
    }

    /// Copies as many values in a row.
    ///
    /// # Safety
    /// The library made the forms, `len` in a row, and what they point to is there.
    unsafe fn take_list(start: *const Self::Mirror, len: usize) -> Result<Vec<Self::Value>, Fault> {
        // SAFETY: the caller's promise.
        let mirrors = unsafe { slice(start, len) };
        let take = |(index, mirror)| {
            // SAFETY: the caller's promise.
            unsafe { Self::take(mirror) }.map_err(|fault| fault.at_index(index))
        };
        mirrors.iter().enumerate().map(take).collect()
    }

    /// Reads a whole answer or a payload, which is a C form with its size.
    ///
    /// # Safety
    /// The library gave this as a value of this type.
    unsafe fn answer(msg: *const u8, len: usize) -> Result<Self::Value, Fault> {
        check_size::<Self::Mirror>(len)?;
        // SAFETY: it is a form of this type, as its size says too.
        let mirror = unsafe { &*msg.cast() };
        // SAFETY: the caller's promise.
        unsafe { Self::take(mirror) }
    }

    /// Reads a whole answer that is a list.
    ///
    /// # Safety
    /// The library gave this as a list of this type.
    unsafe fn answer_list(msg: *const u8, len: usize) -> Result<Vec<Self::Value>, Fault> {
        check_size::<List<Self::Mirror>>(len)?;
        // SAFETY: it is the form of a list, as its size says too.
        let list = unsafe { &*msg.cast() };
        // SAFETY: the caller's promise.
        unsafe { Vec::<Self>::take(list) }
    }
}

/// `L_list_T`, `L_bytes`, and the sets and maps.
#[repr(C)]
pub(crate) struct List<M> {
    pub(super) start: *const M,
    pub(super) len: usize,
}

/// `L_option_T`; the value is not read where there is none.
#[repr(C)]
pub(crate) struct Maybe<M> {
    present: c_int,
    value: MaybeUninit<M>,
}

impl<M> Clone for List<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for List<M> {}

impl<M: Copy> Clone for Maybe<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: Copy> Copy for Maybe<M> {}

/// Types whose C form is what they are.
macro_rules! plain {
    ($($ty:ty)*) => { $(
        impl Lend for $ty {
            type Mirror = Self;

            fn lend(value: &Self, _: &mut Arena) -> Result<Self, Fault> {
                Ok(*value)
            }

            fn lend_list(values: &[Self], _: &mut Arena) -> Result<*const Self, Fault> {
                Ok(values.as_ptr())
            }
        }

        impl Take for $ty {
            unsafe fn take(mirror: &Self) -> Result<Self, Fault> {
                Ok(*mirror)
            }

            unsafe fn take_list(start: *const Self, len: usize) -> Result<Vec<Self>, Fault> {
                // SAFETY: the caller's promise.
                Ok(unsafe { slice(start, len) }.to_vec())
            }
        }
    )* };
}

plain!(i8 i16 i32 i64 isize u16 u32 u64 usize f32 f64);

impl Lend for u8 {
    type Mirror = Self;

    fn lend(value: &Self, _: &mut Arena) -> Result<Self, Fault> {
        Ok(*value)
    }

    fn lend_list(values: &[Self], _: &mut Arena) -> Result<*const Self, Fault> {
        Ok(values.as_ptr())
    }
}

impl Take for u8 {
    unsafe fn take(mirror: &Self) -> Result<Self, Fault> {
        Ok(*mirror)
    }

    unsafe fn take_list(start: *const Self, len: usize) -> Result<Vec<Self>, Fault> {
        // SAFETY: the caller's promise.
        Ok(unsafe { slice(start, len) }.to_vec())
    }

    /// Bytes as a whole come as they are, without a form around them.
    unsafe fn answer_list(msg: *const u8, len: usize) -> Result<Vec<Self>, Fault> {
        // SAFETY: the caller's promise.
        Ok(unsafe { bytes(msg, len) }.to_vec())
    }
}

impl Lend for bool {
    type Mirror = c_int;

    fn lend(value: &Self, _: &mut Arena) -> Result<c_int, Fault> {
        Ok(c_int::from(*value))
    }
}

impl Take for bool {
    unsafe fn take(mirror: &c_int) -> Result<Self, Fault> {
        Ok(*mirror != 0)
    }
}

impl Lend for char {
    type Mirror = u32;

    fn lend(value: &Self, _: &mut Arena) -> Result<u32, Fault> {
        Ok(u32::from(*value))
    }
}

impl Take for char {
    unsafe fn take(mirror: &u32) -> Result<Self, Fault> {
        Self::from_u32(*mirror).ok_or_else(|| Fault::new(format!("{mirror} is no character")))
    }
}

impl Lend for () {
    type Mirror = ();

    fn lend((): &(), _: &mut Arena) -> Result<(), Fault> {
        Ok(())
    }
}

impl Take for () {
    unsafe fn take((): &()) -> Result<Self, Fault> {
        Ok(())
    }
}

impl<S: Lend> Lend for &[S] {
    type Mirror = List<S::Mirror>;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        let start = if value.is_empty() { std::ptr::null() } else { S::lend_list(value, arena)? };
        Ok(List { start, len: value.len() })
    }
}

impl<S: Lend> Lend for Vec<S> {
    type Mirror = List<S::Mirror>;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        <&[S]>::lend(&value.as_slice(), arena)
    }
}

impl<S: Take> Take for Vec<S> {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self::Value, Fault> {
        // SAFETY: the caller's promise.
        unsafe { S::take_list(mirror.start, mirror.len) }
    }

    unsafe fn answer(msg: *const u8, len: usize) -> Result<Self::Value, Fault> {
        // SAFETY: the caller's promise.
        unsafe { S::answer_list(msg, len) }
    }
}

impl<S: Lend> Lend for Option<S> {
    type Mirror = Maybe<S::Mirror>;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        Ok(match value {
            Some(value) => Maybe { present: 1, value: MaybeUninit::new(S::lend(value, arena)?) },
            None => Maybe { present: 0, value: MaybeUninit::zeroed() },
        })
    }
}

impl<S: Take> Take for Option<S> {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self::Value, Fault> {
        if mirror.present == 0 {
            return Ok(None);
        }
        // SAFETY: the library writes the value of an option that is present.
        let value = unsafe { mirror.value.assume_init_ref() };
        // SAFETY: the caller's promise.
        unsafe { S::take(value) }.map(Some)
    }
}

impl<S: Lend> Lend for &S {
    type Mirror = S::Mirror;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        S::lend(value, arena)
    }
}

impl<S: Lend> Lend for Boxed<S> {
    type Mirror = *const S::Mirror;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        let mirror = S::lend(value, arena)?;
        Ok(arena.keep_list(vec![mirror]))
    }
}

impl<S: Lend> Lend for Box<S> {
    type Mirror = *const S::Mirror;

    fn lend(value: &Self::Value, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        Boxed::<S>::lend(value, arena)
    }
}

impl<S: Take> Take for Box<S> {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self::Value, Fault> {
        // SAFETY: what the library boxes is there.
        let Some(value) = (unsafe { mirror.as_ref() }) else {
            return Err(Fault::new("a box without a value"));
        };
        // SAFETY: the caller's promise.
        unsafe { S::take_boxed(value) }
    }
}

/// # Safety
/// There are `len` elements at `start`, which stay while the result is used.
pub(super) unsafe fn slice<'a, M>(start: *const M, len: usize) -> &'a [M] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(start, len) }
}

fn check_size<M>(len: usize) -> Result<(), Fault> {
    let expected = size_of::<M>();
    if len == expected { Ok(()) } else { Err(Fault::new(format!("expected {expected} bytes, found {len}"))) }
}

/// The C form of what has nothing behind it.
pub(crate) fn scalar<T: Lend<Value = T>>(value: T) -> T::Mirror {
    T::lend(&value, &mut Arena::default()).expect("a scalar has a form in C")
}
