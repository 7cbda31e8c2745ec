//! The table of a library's symbols.

/// The symbols of a library, found by name and typed: what they take in C is what Rust's types are there.
macro_rules! symbols {
    (
        every { $($own:ident = $own_symbol:literal: $own_type:ty;)* }
        constructors { $($new:ident = $new_symbol:literal($($new_param:ty),*);)* }
        methods { $($method:ident = $method_symbol:literal($($method_param:ty),*);)* }
        stateless { $($free:ident = $free_symbol:literal($($free_param:ty),*);)* }
        exports { $($export:ident = $export_symbol:literal($($export_param:ty),*) -> $export_result:ty;)* }
    ) => {
        /// What the library exports.
        pub(crate) struct Symbols {
            pub(crate) own: Own,
            pub(crate) functions: Functions,
        }

        /// What every library exports.
        #[allow(dead_code, reason = "not all of it is called on each transport")]
        pub(crate) struct Own {
            $(pub(crate) $own: $own_type,)*
        }

        /// What this library's author exports, by its name.
        #[allow(non_snake_case, reason = "the names are the library's author's")]
        pub(crate) struct Functions {
            $(pub(crate) $new: $crate::runtime::entry::Entry<
                unsafe extern "C" fn($(<$new_param as $crate::runtime::native::Lend>::Mirror,)* $crate::runtime::abi::Callback, *mut ::std::ffi::c_void) -> *mut ::std::ffi::c_void,
                $crate::runtime::abi::WireConstructor,
            >,)*
            $(pub(crate) $method: $crate::runtime::entry::Entry<
                unsafe extern "C" fn(*mut ::std::ffi::c_void, $crate::runtime::abi::Callback, *mut ::std::ffi::c_void $(, <$method_param as $crate::runtime::native::Lend>::Mirror)*) -> ::std::ffi::c_int,
                $crate::runtime::abi::WireMethod,
            >,)*
            $(pub(crate) $free: $crate::runtime::entry::Entry<
                unsafe extern "C" fn($crate::runtime::abi::Callback, *mut ::std::ffi::c_void $(, <$free_param as $crate::runtime::native::Lend>::Mirror)*) -> ::std::ffi::c_int,
                $crate::runtime::abi::WireStateless,
            >,)*
            $(pub(crate) $export: unsafe extern "C" fn($(<$export_param as $crate::runtime::native::Lend>::Mirror),*) -> <$export_result as $crate::runtime::native::Lend>::Mirror,)*
        }

        impl Symbols {
            /// Finds them all.
            pub(crate) fn find(library: &libloading::Library) -> Result<Self, $crate::runtime::error::Error> {
                Ok(Self { own: Own::find(library)?, functions: Functions::find(library)? })
            }
        }

        impl Own {
            fn find(library: &libloading::Library) -> Result<Self, $crate::runtime::error::Error> {
                Ok(Self {
                    $(
                        // SAFETY: every library has this function, of this type.
                        $own: unsafe { $crate::runtime::entry::find(library, $own_symbol) }?,
                    )*
                })
            }
        }

        impl Functions {
            fn find(library: &libloading::Library) -> Result<Self, $crate::runtime::error::Error> {
                Ok(Self {
                    $(
                        // SAFETY: the library's fingerprints say that these are its signatures.
                        $new: unsafe { $crate::runtime::entry::Entry::find(library, $new_symbol, concat!($new_symbol, "_cbor")) }?,
                    )*
                    $(
                        // SAFETY: as above.
                        $method: unsafe { $crate::runtime::entry::Entry::find(library, $method_symbol, concat!($method_symbol, "_cbor")) }?,
                    )*
                    $(
                        // SAFETY: as above.
                        $free: unsafe { $crate::runtime::entry::Entry::find(library, $free_symbol, concat!($free_symbol, "_cbor")) }?,
                    )*
                    $(
                        // SAFETY: as above.
                        $export: unsafe { $crate::runtime::entry::find(library, $export_symbol) }?,
                    )*
                })
            }
        }
    };
}

/// The items that the bindings know.
#[cfg(feature = "cbor")]
macro_rules! items {
    ($($kind:ident $name:literal $native:literal $wire:literal),* $(,)?) => {
        &[$((stringify!($kind), $name, $native, $wire)),*]
    };
}
