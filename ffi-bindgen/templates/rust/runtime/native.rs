//! The native path: every type's form in C, there and back.
//!
//! - Lending makes a C form that points into the value, or into an arena where C wants what Rust has not, as a list of
//!   other forms. Both outlive the entry point, which reads them and keeps none.
//! - Taking copies a value out of a C form that the library made.

use super::arena::Arena;
use super::call::bytes;
use super::error::Fault;
use std::ffi::c_int;
use std::mem::MaybeUninit;

/// What can be passed to a library.
pub(crate) trait Lend {
    /// The form in C.
    type Mirror: Copy + 'static;

    /// Makes the C form, valid as long as the value and the arena.
    fn lend(&self, arena: &mut Arena) -> Result<Self::Mirror, Fault>;

    /// Makes the C form of several values in a row.
    fn lend_list(values: &[Self], arena: &mut Arena) -> Result<*const Self::Mirror, Fault>
    where
        Self: Sized,
    {
        let lend = |(index, value): (usize, &Self)| value.lend(arena).map_err(|fault| fault.at_index(index));
        let mirrors = values.iter().enumerate().map(lend).collect::<Result<Vec<_>, _>>()?;
        Ok(arena.keep_list(mirrors))
    }
}

/// What a library can give.
pub(crate) trait Take: Lend + Sized {
    /// Copies the value out of its C form.
    ///
    /// # Safety
    /// The library made the form, and what it points to is there.
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self, Fault>;

    /// Copies as many values in a row.
    ///
    /// # Safety
    /// The library made the forms, `len` in a row, and what they point to is there.
    unsafe fn take_list(start: *const Self::Mirror, len: usize) -> Result<Vec<Self>, Fault> {
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
    unsafe fn answer(msg: *const u8, len: usize) -> Result<Self, Fault> {
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
    unsafe fn answer_list(msg: *const u8, len: usize) -> Result<Vec<Self>, Fault> {
        check_size::<List<Self::Mirror>>(len)?;
        // SAFETY: it is the form of a list, as its size says too.
        let list = unsafe { &*msg.cast() };
        // SAFETY: the caller's promise.
        unsafe { Vec::take(list) }
    }
}

/// `L_list_T`, and `L_bytes`.
#[repr(C)]
pub(crate) struct List<M> {
    start: *const M,
    len: usize,
}

/// `L_option_T`; the value is not read where there is none.
#[repr(C)]
pub(crate) struct Maybe<M> {
    present: c_int,
    value: MaybeUninit<M>,
}

/// Passes a value as a box does, by its address.
pub(crate) struct Boxed<T>(pub(crate) T);

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

            fn lend(&self, _: &mut Arena) -> Result<Self, Fault> {
                Ok(*self)
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

    fn lend(&self, _: &mut Arena) -> Result<Self, Fault> {
        Ok(*self)
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

    fn lend(&self, _: &mut Arena) -> Result<c_int, Fault> {
        Ok(c_int::from(*self))
    }
}

impl Take for bool {
    unsafe fn take(mirror: &c_int) -> Result<Self, Fault> {
        Ok(*mirror != 0)
    }
}

impl Lend for char {
    type Mirror = u32;

    fn lend(&self, _: &mut Arena) -> Result<u32, Fault> {
        Ok(u32::from(*self))
    }
}

impl Take for char {
    unsafe fn take(mirror: &u32) -> Result<Self, Fault> {
        Self::from_u32(*mirror).ok_or_else(|| Fault::new(format!("{mirror} is no character")))
    }
}

impl Lend for () {
    type Mirror = ();

    fn lend(&self, _: &mut Arena) -> Result<(), Fault> {
        Ok(())
    }
}

impl Take for () {
    unsafe fn take((): &()) -> Result<Self, Fault> {
        Ok(())
    }
}

impl<T: Lend> Lend for [T] {
    type Mirror = List<T::Mirror>;

    fn lend(&self, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        let start = if self.is_empty() { std::ptr::null() } else { T::lend_list(self, arena)? };
        Ok(List { start, len: self.len() })
    }
}

impl<T: Lend> Lend for Vec<T> {
    type Mirror = List<T::Mirror>;

    fn lend(&self, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        self.as_slice().lend(arena)
    }
}

impl<T: Take> Take for Vec<T> {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        unsafe { T::take_list(mirror.start, mirror.len) }
    }

    unsafe fn answer(msg: *const u8, len: usize) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        unsafe { T::answer_list(msg, len) }
    }
}

impl<T: Lend> Lend for Option<T> {
    type Mirror = Maybe<T::Mirror>;

    fn lend(&self, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        Ok(match self {
            Some(value) => Maybe { present: 1, value: MaybeUninit::new(value.lend(arena)?) },
            None => Maybe { present: 0, value: MaybeUninit::zeroed() },
        })
    }
}

impl<T: Take> Take for Option<T> {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self, Fault> {
        if mirror.present == 0 {
            return Ok(None);
        }
        // SAFETY: the library writes the value of an option that is present.
        let value = unsafe { mirror.value.assume_init_ref() };
        // SAFETY: the caller's promise.
        unsafe { T::take(value) }.map(Some)
    }
}

impl<T: Lend + ?Sized> Lend for &T {
    type Mirror = T::Mirror;

    fn lend(&self, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        (**self).lend(arena)
    }
}

impl<T: Lend> Lend for Boxed<T> {
    type Mirror = *const T::Mirror;

    fn lend(&self, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        let mirror = self.0.lend(arena)?;
        Ok(arena.keep_list(vec![mirror]))
    }
}

impl<T: Lend> Lend for Box<T> {
    type Mirror = *const T::Mirror;

    fn lend(&self, arena: &mut Arena) -> Result<Self::Mirror, Fault> {
        Boxed(&**self).lend(arena)
    }
}

impl<T: Take> Take for Box<T> {
    unsafe fn take(mirror: &Self::Mirror) -> Result<Self, Fault> {
        // SAFETY: what the library boxes is there.
        let Some(value) = (unsafe { mirror.as_ref() }) else {
            return Err(Fault::new("a box without a value"));
        };
        // SAFETY: the caller's promise.
        unsafe { T::take(value) }.map(Self::new)
    }
}

/// # Safety
/// There are `len` elements at `start`, which stay while the result is used.
unsafe fn slice<'a, M>(start: *const M, len: usize) -> &'a [M] {
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
pub(crate) fn scalar<T: Lend>(value: T) -> T::Mirror {
    value.lend(&mut Arena::default()).expect("a scalar has a form in C")
}
