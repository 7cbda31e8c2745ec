//! The built-in types.

use super::maker::Maker;
use super::mirror::{Mirror, blank, bytes_of, compare_list};
use ffi_runtime::{PodList, PodOption, PodText};
use std::ffi::c_int;
use std::mem::MaybeUninit;
use std::ptr;

/// What a host leaves behind where nobody reads.
pub(super) const GARBAGE: u8 = 0xa5;

macro_rules! numbers {
    ($($ty:ident $bits:expr, $($nests:literal)?;)*) => {$(
        // SAFETY: a number of C.
        unsafe impl Mirror for $ty {
            type C = Self;

            $(const LIST_NESTS: bool = $nests;

            unsafe fn compare_list_answer(items: &[Self], msg: *const u8, len: usize) {
                assert_eq!(len, items.len(), "the number of bytes");
                // SAFETY: the caller promises as many bytes.
                assert_eq!(unsafe { std::slice::from_raw_parts(msg, len) }, items);
            })?

            fn make(maker: &mut Maker<'_>) -> (Self, Self) {
                let value = match maker.bytes.byte() {
                    small @ ..0xe0 => small as Self,
                    _ => Self::from_ne_bytes(maker.bytes.array()),
                };
                (value, value)
            }

            unsafe fn compare(&self, c: &Self) {
                assert_eq!($bits(*self), $bits(*c));
            }
        }
    )*};
}

numbers! {
    u8 u8::from, false;
    u16 u16::from,;
    u32 u32::from,;
    u64 u64::from,;
    usize usize::from,;
    i8 i8::from,;
    i16 i16::from,;
    i32 i32::from,;
    i64 i64::from,;
    isize isize::from,;
    f32 f32::to_bits,;
    f64 f64::to_bits,;
}

// SAFETY: an `int`.
unsafe impl Mirror for bool {
    type C = c_int;

    fn make(maker: &mut Maker<'_>) -> (Self, c_int) {
        let c = maker.bytes.pick(&[0, 1, 2, -1, 0x100, c_int::MIN]);
        (c != 0, c)
    }

    unsafe fn compare(&self, c: &c_int) {
        assert_eq!(*c, c_int::from(*self));
    }
}

// SAFETY: a `uint32_t`.
unsafe impl Mirror for char {
    type C = u32;

    fn make(maker: &mut Maker<'_>) -> (Self, u32) {
        let (_, c) = u32::make(maker);
        let value = Self::from_u32(c);
        if value.is_none() {
            maker.fault(format_args!("{c:#x} is not a Unicode scalar value"));
        }
        (value.unwrap_or_default(), c)
    }

    unsafe fn compare(&self, c: &u32) {
        assert_eq!(*c, u32::from(*self));
    }
}

// SAFETY: a pointer, which may be NULL where the length is 0, and a length.
unsafe impl Mirror for String {
    type C = PodText;

    fn make(maker: &mut Maker<'_>) -> (Self, PodText) {
        let somewhere = ptr::NonNull::dangling().as_ptr();
        let no_text = |ptr, len| (Self::new(), PodText { ptr, len });
        let text = match maker.bytes.byte() {
            0 => return no_text(ptr::null(), 0),
            // An empty text may point anywhere.
            1 => return no_text(somewhere, 0),
            2 => {
                let len = usize::from_ne_bytes(maker.bytes.array()).max(1);
                maker.fault(format_args!("NULL with a length of {len}"));
                return no_text(ptr::null(), len);
            }
            3 => {
                let len = (isize::MAX as usize + 1).saturating_add(usize::from_ne_bytes(maker.bytes.array()));
                maker.fault(format_args!("a length of {len} overflows the address space"));
                return no_text(somewhere, len);
            }
            4 => {
                let len = maker.room() + 1;
                maker.charge(len);
                return no_text(somewhere, len);
            }
            len @ ..0x60 => maker.bytes.take(len.into()).to_vec(),
            // Every length around the words and vectors that a text is looked at in.
            len @ ..0xc0 => vec![b'a'; usize::from(len - 0x60) * 3],
            len @ ..0xfe => "\u{e9}\u{20ac}x\u{10348}".repeat((len - 0xc0).into()).into_bytes(),
            _ => vec![b'b'; usize::from(maker.bytes.byte()) << 6],
        };
        maker.charge(text.len());
        let value = Self::from_utf8(text.clone()).unwrap_or_else(|error| {
            maker.fault(format_args!("invalid UTF-8 at byte {}", error.utf8_error().valid_up_to()));
            Self::new()
        });
        let len = text.len();
        (value, PodText { ptr: maker.keep(text).cast(), len })
    }

    unsafe fn compare(&self, c: &PodText) {
        assert!(!c.ptr.is_null(), "a text is never NULL");
        // SAFETY: the caller promises a text, which has a NUL behind it.
        let bytes = unsafe { std::slice::from_raw_parts(c.ptr.cast::<u8>(), c.len + 1) };
        assert_eq!(bytes, [self.as_bytes(), b"\0"].concat());
    }

    unsafe fn compare_answer(&self, msg: *const u8, len: usize) {
        assert_eq!(len, self.len(), "the text's length");
        // SAFETY: the caller promises a result, which has a NUL behind it.
        assert_eq!(unsafe { std::slice::from_raw_parts(msg, len + 1) }, [self.as_bytes(), b"\0"].concat());
    }
}

// SAFETY: a pointer, which may be NULL, and a number.
unsafe impl<T: Mirror> Mirror for Vec<T> {
    type C = PodList<T::C>;

    fn make(maker: &mut Maker<'_>) -> (Self, Self::C) {
        if !T::LIST_NESTS {
            return make_list(maker);
        }
        maker.level(make_list).unwrap_or_else(|| (Self::new(), blank::<Self>()))
    }

    unsafe fn compare(&self, c: &Self::C) {
        // SAFETY: the caller's promise.
        unsafe { compare_list(self, c) };
    }

    unsafe fn compare_answer(&self, msg: *const u8, len: usize) {
        // SAFETY: the caller's promise.
        unsafe { T::compare_list_answer(self, msg, len) };
    }
}

fn make_list<T: Mirror>(maker: &mut Maker<'_>) -> (Vec<T>, PodList<T::C>) {
    make_list_of(maker, make_elements)
}

/// Makes what is a list in C, of elements of the form `C`.
pub(super) fn make_list_of<L: Default, C: 'static>(
    maker: &mut Maker<'_>,
    make_elements: impl Fn(&mut Maker<'_>, usize) -> (L, PodList<C>),
) -> (L, PodList<C>) {
    let size = size_of::<C>();
    let somewhere = ptr::NonNull::dangling().as_ptr();
    let no_list = |ptr, len| (L::default(), PodList { ptr, len });
    match maker.bytes.byte() {
        // An empty list may point anywhere.
        0xf0 => no_list(somewhere, 0),
        0xf1 => no_list(somewhere.wrapping_byte_add(1), 0),
        0xf2 => {
            let len = usize::from_ne_bytes(maker.bytes.array()).max(1);
            maker.fault(format_args!("NULL with a length of {len}"));
            no_list(ptr::null_mut(), len)
        }
        0xf3 => {
            let len = (isize::MAX as usize / size + 1).saturating_add(usize::from_ne_bytes(maker.bytes.array()));
            maker.fault(format_args!("a length of {len} overflows the address space"));
            no_list(somewhere, len)
        }
        0xf4 => {
            let len = maker.room() / size + 1;
            maker.charge(len * size);
            no_list(somewhere, len)
        }
        0xf5 if align_of::<C>() > 1 => {
            maker.fault(format_args!("the pointer is not aligned to {} bytes", align_of::<C>()));
            let (items, list) = make_elements(maker, 2);
            (items, PodList { ptr: list.ptr.wrapping_byte_add(1), len: 1 })
        }
        len @ 0xe0..0xf0 => make_elements(maker, usize::from(len - 0xe0) * 4),
        len => make_elements(maker, usize::from(len) % 4),
    }
}

/// Makes a sound list of so many elements.
fn make_elements<T: Mirror>(maker: &mut Maker<'_>, len: usize) -> (Vec<T>, PodList<T::C>) {
    maker.charge(len * size_of::<T::C>());
    let (items, elements): (Vec<_>, Vec<_>) = (0..len).map(|index| maker.at_index(index, T::make)).unzip();
    let ptr = if len == 0 { ptr::null_mut() } else { maker.keep(elements) };
    (items, PodList { ptr, len })
}

// SAFETY: an `int` and what may be anything.
unsafe impl<T: Mirror> Mirror for Option<T> {
    type C = PodOption<T::C>;

    fn make(maker: &mut Maker<'_>) -> (Self, Self::C) {
        let choice = maker.bytes.byte();
        if choice & 1 == 0 {
            let mut value = MaybeUninit::uninit();
            // SAFETY: as many bytes are there, and any are fine.
            unsafe { ptr::write_bytes(value.as_mut_ptr(), GARBAGE, 1) };
            return (None, PodOption { present: 0, value });
        }
        let (value, c) = T::make(maker);
        let present = [1, -1, 0x100, c_int::MIN][usize::from(choice >> 6)];
        (Some(value), PodOption { present, value: MaybeUninit::new(c) })
    }

    unsafe fn compare(&self, c: &Self::C) {
        assert_eq!(c.present, c_int::from(self.is_some()), "whether there is a value");
        // SAFETY: the caller promises that all is written.
        let bytes = unsafe { bytes_of(c) };
        let value_at = std::mem::offset_of!(PodOption<T::C>, value);
        let Some(value) = self else {
            return assert!(bytes.iter().all(|&byte| byte == 0), "no value is zero");
        };
        let padding = bytes[size_of::<c_int>()..value_at].iter().chain(&bytes[value_at + size_of::<T::C>()..]);
        assert!(padding.copied().all(|byte| byte == 0), "padding is zero");
        // SAFETY: there is a value.
        let c = unsafe { c.value.assume_init_ref() };
        // SAFETY: the caller's promise.
        unsafe { value.compare(c) };
    }
}

// SAFETY: a pointer, which may be NULL.
unsafe impl<T: Mirror> Mirror for Box<T> {
    type C = *const T::C;

    fn make(maker: &mut Maker<'_>) -> (Self, Self::C) {
        let align = align_of::<T::C>();
        match maker.bytes.byte() {
            0xf2 => {
                maker.fault("NULL where a value is required");
                (Self::default(), ptr::null())
            }
            0xf5 if align > 1 => {
                maker.fault(format_args!("the pointer is not aligned to {align} bytes"));
                let items = maker.keep(vec![blank::<T>(), blank::<T>()]);
                (Self::default(), items.wrapping_byte_add(1))
            }
            _ => {
                maker.charge(size_of::<T::C>());
                let (value, c) = T::make(maker);
                (Self::new(value), maker.keep(vec![c]))
            }
        }
    }

    unsafe fn compare(&self, c: &Self::C) {
        assert!(!c.is_null() && c.is_aligned(), "a value stands there");
        // SAFETY: the caller promises a value.
        let c = unsafe { &**c };
        // SAFETY: the caller's promise.
        unsafe { (**self).compare(c) };
    }
}
