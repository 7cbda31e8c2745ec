//! Events stand wherever a function may, and tell what is left of their parameters.
#![deny(warnings, non_local_definitions)]

use ffi_runtime::ffi;
use ffi_runtime::schema::{Library, Shape, Type};

ffi_runtime::library!("lib", event_limit = 16, event_overflow = "block", stall_ms = 250, spin_us = 20);

/// The state.
#[ffi(state)]
pub struct State;

#[ffi(ctor)]
fn lib_create() -> State {
    State
}

#[ffi(dtor)]
fn lib_destroy(_state: State) {}

mod deep {
    use ffi_runtime::ffi;

    #[ffi]
    pub(super) struct Point {
        pub(super) x: f64,
    }

    /// A type that the event's record has the name of in the schema alone.
    type OnMove = Point;

    #[ffi(event)]
    pub(super) fn on_move(to: OnMove, r#type: i64);

    #[ffi(event = "on_deep")]
    pub(in super::deep) fn on_it();

    pub(super) fn fire() {
        on_it();
    }
}

/// Another module may have a function of the same name.
#[ffi(event)]
fn on_it(#[cfg(any())] gone: NoSuchType);

#[ffi(event)]
fn on_here(#[cfg(all())] #[cfg(not(any()))] here: u8);

#[ffi(event)]
fn on_left(left: u8, #[cfg(any())] gone: NoSuchType);

#[ffi(event)]
#[cfg(any())]
fn on_gone(gone: NoSuchType);

#[cfg(any())]
#[ffi(event)]
fn on_gone(gone: NoSuchType);

#[cfg(all())]
#[ffi(event)]
fn on_gone();

macro_rules! events {
    ($($name:ident($ty:ty);)*) => {$(
        #[ffi(event)]
        fn $name(value: $ty);
    )*};
}

events! {
    on_list(Vec<u16>);
    r#on_raw(Option<String>);
}

unsafe extern "C" {
    fn lib_ffi_schema(len: *mut usize) -> *const u8;
}

fn described() -> Library {
    let mut len = 0;
    // SAFETY: the length is writable.
    let bytes = unsafe { lib_ffi_schema(&raw mut len) };
    // SAFETY: the schema is static memory.
    Library::from_cbor(unsafe { std::slice::from_raw_parts(bytes, len) }).unwrap()
}

fn main() {
    #[ffi(event)]
    fn on_local(text: String);

    #[ffi(event, library = "another")]
    fn on_another();

    // Outside of any context nothing hears them.
    deep::on_move(deep::Point { x: 1.0 }, 2);
    deep::fire();
    on_it();
    on_here(1);
    on_left(1);
    on_gone();
    on_list(vec![1]);
    on_raw(None);
    on_local("text".to_owned());
    on_another();

    let library = described();
    let payload = |name: &str| library.events.iter().find(|event| event.name == name).unwrap().payload.clone();
    let named = |name: &str| Some(Type::Named(name.to_owned()));
    assert_eq!(payload("on_move"), named("OnMove"));
    assert_eq!(payload("on_left"), named("OnLeft"));
    assert_eq!((payload("on_it"), payload("on_here"), payload("on_deep")), (None, Some(Type::U8), None));
    assert_eq!(payload("on_list"), Some(Type::List(Box::new(Type::U16))));
    assert_eq!(payload("on_raw"), Some(Type::Option(Box::new(Type::String))));
    assert_eq!((payload("on_local"), payload("on_gone")), (Some(Type::String), None));
    assert!(library.events.iter().all(|event| event.name != "on_another"));
    let def = library.types.iter().find(|def| def.name == "OnMove").unwrap();
    let Shape::Record { fields } = &def.shape else { panic!("a record") };
    assert_eq!((fields[0].ty.clone(), fields[1].name.as_str()), (Type::Named("Point".to_owned()), "type"));
    assert_eq!((library.options.event_limit, library.options.stall_ms, library.options.spin_us), (16, 250, 20));
    assert_eq!(library.options.event_overflow, ffi_runtime::schema::Overflow::Block);
}
