//! Safe code that lists functions whose symbols nobody has seen.

#![forbid(unsafe_code)]

use ffi_runtime::__private_0_1_0 as private;
use ffi_runtime::{ByLength, Library};
use private::{Constructor, Destroy, Detaches, Export, Found, FunctionEntry, Handler, Inline, Stateless};

pub fn of_a_context<H: Handler, I: Inline, C: Constructor, D: Destroy>() -> [FunctionEntry; 4] {
    [
        FunctionEntry::of(&private::queued::<H, ByLength>()),
        FunctionEntry::of(&private::inline::<I, ByLength>()),
        FunctionEntry::constructor::<C>(),
        FunctionEntry::destructor::<D>(),
    ]
}

pub fn of_none<F: Stateless, E: Export, S: Library>(stateless: Found<S>, export: Found<S>) -> [FunctionEntry; 2] {
    [FunctionEntry::of(&private::stateless::<F, ByLength, S>(stateless)), FunctionEntry::export::<E, S>(export)]
}

pub fn of_a_worker_of_its_own<F: Stateless, S: Detaches>(found: Found<S>) -> FunctionEntry {
    FunctionEntry::of(&private::detached::<F, ByLength, S>(found))
}

fn main() {}
