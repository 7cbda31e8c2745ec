//! A cdylib that lies beside this program.

use std::env;

/// A library that stays loaded.
#[derive(Clone, Copy)]
pub(crate) struct Library(&'static libloading::Library);

impl Library {
    /// Loads the library of this name.
    ///
    /// # Panics
    /// Panics where it is not there.
    pub(crate) fn load(name: &str) -> Self {
        let mut path = env::current_exe().expect("this program has a path");
        path.set_file_name(libloading::library_filename(name));
        // SAFETY: what these libraries do as they are loaded is fine at any time.
        let library = unsafe { libloading::Library::new(&path) };
        let library = library.unwrap_or_else(|error| panic!("{error}; `cargo build --release --workspace` makes it"));
        Self(Box::leak(Box::new(library)))
    }

    /// The function of this name.
    ///
    /// # Safety
    /// `F` must be a pointer to a function with the symbol's signature.
    pub(crate) unsafe fn get<F: Copy>(self, name: &str) -> F {
        // SAFETY: the caller's promise.
        let symbol = unsafe { self.0.get::<F>(name.as_bytes()) };
        *symbol.unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}
