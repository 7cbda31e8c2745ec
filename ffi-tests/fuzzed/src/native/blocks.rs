//! The enums with data of the library.

use super::builtin::GARBAGE;
use super::maker::Maker;
use super::mirror::{Mirror, blank, bytes_of};
use every::everything::{Block, Level, Point, Sign, Tree};
use std::mem::{ManuallyDrop, MaybeUninit, offset_of};

macro_rules! data_enums {
    ($($ty:ident $c:ident $union:ident {
        $([$unit:literal $empty:ident])*
        $($tag:literal $variant:ident $member:ident $form:ident $name:literal: $($field:tt $key:literal $as:ident: $of:ty),*;)*
    })*) => {$(
        #[doc = concat!("`every_", stringify!($ty), "` in C.")]
        #[repr(C)]
        pub(crate) struct $c {
            tag: i32,
            value: $union,
        }

        #[repr(C)]
        union $union {
            $($member: ManuallyDrop<$form>,)*
        }

        $(
            /// What a variant holds in C.
            #[repr(C)]
            struct $form {
                $($as: <$of as Mirror>::C,)*
            }
        )*

        const _: () = assert!(size_of::<$c>() == size_of::<<$ty as ffi_runtime::FfiType>::Pod<ffi_runtime::ByLength>>());

        // SAFETY: a number of C and a union of C's structs, whose fields are the C forms of types that promise the same.
        unsafe impl Mirror for $ty {
            type C = $c;

            fn make(maker: &mut Maker<'_>) -> (Self, $c) {
                let made = maker.level(|maker| {
                    let tags = [$($unit,)* $($tag),*];
                    let tag = match maker.bytes.byte() {
                        choice @ ..0xf0 => tags[usize::from(choice) % tags.len()],
                        _ => i32::from_ne_bytes(maker.bytes.array()),
                    };
                    let mut c: $c = garbage(tag);
                    let value = match tag {
                        $($unit => Self::$empty,)*
                        $($tag => maker.at_key($name, |maker| {
                            $(let $as = maker.at_key($key, <$of>::make);)*
                            c.value.$member = ManuallyDrop::new($form { $($as: $as.1),* });
                            Self::$variant { $($field: $as.0),* }
                        }),)*
                        _ => {
                            maker.fault(format_args!("{tag} is not a value of the enumeration"));
                            Self::default()
                        }
                    };
                    (value, c)
                });
                made.unwrap_or_else(|| (Self::default(), blank::<Self>()))
            }

            unsafe fn compare(&self, c: &$c) {
                // SAFETY: the caller promises that all is written.
                let mut rest = unsafe { bytes_of(c) }.to_vec();
                let mut clear = |at: usize, size: usize| rest[at..][..size].fill(0);
                clear(0, size_of::<i32>());
                match self {
                    $(Self::$empty => assert_eq!(c.tag, $unit),)*
                    $(Self::$variant { $($field: $as),* } => {
                        assert_eq!(c.tag, $tag);
                        // SAFETY: the tag says that this is what the union holds.
                        let held = unsafe { &c.value.$member };
                        $(
                            let at = offset_of!($c, value) + offset_of!($form, $as);
                            clear(at, size_of::<<$of as Mirror>::C>());
                            // SAFETY: the caller's promise.
                            unsafe { $as.compare(&held.$as) };
                        )*
                    })*
                }
                assert!(rest.iter().all(|&byte| byte == 0), "what the variant does not hold is zero");
            }
        }

        /// A C form as a host may leave it behind, but for its tag.
        impl Garbage for $c {
            fn set_tag(&mut self, tag: i32) {
                self.tag = tag;
            }
        }
    )*};
}

/// A C form that is full of what nobody reads.
trait Garbage {
    fn set_tag(&mut self, tag: i32);
}

fn garbage<C: Garbage>(tag: i32) -> C {
    let mut c = MaybeUninit::<C>::uninit();
    // SAFETY: as many bytes are there.
    unsafe { std::ptr::write_bytes(c.as_mut_ptr(), GARBAGE, 1) };
    // SAFETY: a number and a union may be any bytes.
    let mut c = unsafe { c.assume_init() };
    c.set_tag(tag);
    c
}

data_enums! {
    Sign SignC SignValue {
        [0 Without]
        1 Plus plus PlusC "Plus": 0 "" number: u8;
        2 Minus minus MinusC "Minus": by "by" by: i64;
        3 Between between BetweenC "Between": 0 "0" from: i16, 1 "1" to: i16;
    }
    Block BlockC BlockValue {
        [0 Rule]
        1 Paragraph paragraph ParagraphC "Paragraph": 0 "" text: String;
        2 Measure measure MeasureC "Measure": 0 "0" number: f64, 1 "1" unit: Option<char>;
        3 Heading heading HeadingC "Heading": level_of "levelOf" level_of: u8, in_bold "inBold" in_bold: bool, children "children" children: Vec<Block>;
        4 Quote quote QuoteC "Quote": 0 "" block: Box<Block>;
        5 Styled styled StyledC "Styled": r#type "type" level: Level, at "at" at: Point, inner "inner" inner: Option<Box<Block>>;
        6 Picture picture PictureC "image": 0 "" bytes: Vec<u8>;
        7 Planted planted PlantedC "Planted": 0 "" tree: Tree;
        8 Signed signed SignedC "Signed": 0 "" sign: Sign;
    }
}
