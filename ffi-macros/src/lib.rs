//! The `#[ffi]` attribute. Use it through `ffiwright-runtime`, which exports it.

#![forbid(unsafe_code)]

mod errors;
mod expand;
mod model;
mod names;
mod options;
mod paths;
mod surroundings;

use proc_macro::TokenStream;

/// Turns ordinary Rust functions and types into a C library.
///
/// Each annotated function becomes two C symbols that run the same handler: `L_name` takes C values
/// (the native path), `L_name_cbor` takes bytes (the CBOR path). `L` is the library's name, which
/// [`library!`] gives. The item itself stays as it is, and is called from Rust under its own name.
///
/// ```
/// use ffi_runtime::ffi;
///
/// ffi_runtime::library!("tally");
///
/// /// Counts things.
/// #[ffi(state)]
/// pub struct Tally {
///     total: i64,
/// }
///
/// /// How a tally starts.
/// #[ffi(rename_all = "camelCase")]
/// pub struct TallyConfig {
///     pub starts_at: Option<i64>,
/// }
///
/// #[ffi(ctor)]
/// pub fn create(config: TallyConfig) -> Result<Tally, String> {
///     Ok(Tally { total: config.starts_at.unwrap_or(0) })
/// }
///
/// /// Adds a number and says what it came to.
/// #[ffi]
/// pub fn add(tally: &mut Tally, number: i64) -> Result<i64, String> {
///     tally.total = tally.total.checked_add(number).ok_or("too large")?;
///     Ok(tally.total)
/// }
///
/// #[ffi(dtor)]
/// pub fn destroy(_tally: Tally) {}
///
/// # fn main() {
/// let mut tally = create(TallyConfig { starts_at: None }).unwrap();
/// assert_eq!(add(&mut tally, 2), Ok(2));
/// # }
/// ```
///
/// In C, the functions above are
///
/// ```c
/// void *tally_create(tally_TallyConfig config, FfiCallback cb, void *user_data);
/// void *tally_create_cbor(const uint8_t *req, size_t req_len, FfiCallback cb, void *user_data);
/// int tally_add(void *ctx, FfiCallback cb, void *user_data, int64_t number);
/// int tally_add_cbor(void *ctx, FfiCallback cb, void *user_data, const uint8_t *req, size_t req_len);
/// int tally_destroy(void *ctx);
/// ```
///
/// # Where it goes, and its options
///
/// | on | makes |
/// | --- | --- |
/// | `#[ffi(state)]` struct | the state of the library, of any form; it never crosses |
/// | `#[ffi]` struct with named fields, or without any | a type that crosses |
/// | `#[ffi]` enum | a type that crosses; its variants hold nothing, one value, several, or values with names |
/// | `#[ffi(error)]` struct with named fields, or enum; `#[ffi(error, flat)]` enum | an error that crosses with what it holds, beside its text |
/// | `#[ffi(ctor)]` function | the constructor: it makes the state |
/// | `#[ffi]` function | where it takes `&State` or `&mut State` first, a method, which runs on its context's worker; else a function without a state, which no context is needed for |
/// | `#[ffi(inline)]` function | a method of a `shared` library: it takes `&State` first, and runs on the thread that calls it |
/// | `#[ffi(export)]` function | a C function of scalars that returns directly, without a callback |
/// | `#[ffi(dtor)]` function | the destructor: it takes the state by value and nothing else |
/// | `#[ffi(event)]` function without a body | an event: calling it tells the context's listeners |
///
/// A library's options stand in [`library!`]. In a crate with several libraries each item says which it is of, by
/// `library = "L"`: the state with the options of its library, and every function and event.
///
/// Options of items:
///
/// | on | option | default | meaning |
/// | --- | --- | --- | --- |
/// | struct, enum | `rename = "Name"` | the Rust name | the name in C, after the library's, and in the schema |
/// | function | `rename = "name"` | the Rust name | the symbol behind `L_`, with which it may begin as well |
/// | field, parameter, variant | `rename = "name"` | as the item's `rename_all` says | the name in C and on the wire |
/// | struct, enum, variant, function, event | `rename_all = "case"` | the Rust names | how fields, variants or parameters are spelled, those of an enum's variants where it stands on the variant: `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case` or `SCREAMING_SNAKE_CASE` |
/// | struct, enum | `error` | a type that crosses both ways | functions return it as the `E` of a `Result` |
/// | enum with `error` | `flat` | the fields cross | the variant's name crosses, and what the variants hold stays; it goes out only |
/// | field of a struct or a variant with `error` | `text` | the field itself | the field's text crosses, as its `Display` has it; the error goes out only |
/// | struct, enum, function, event | `crate = "path"` | `::ffi_runtime` | where the runtime is found |
/// | function | `ctor`, `dtor`, `inline`, `export` | a queued method, or a function without a state | the part that the function plays |
/// | function, event, state | `library = "L"` | the one of its crate | the library, in a crate of several |
/// | function | `text = "c"` | by its length | beside `library = "L"`, that the library has this option |
/// | async method | `cancel = "drop"` | runs on | `L_ffi_cancel`, or the deadline, drops the future of a running call |
/// | queued method | `deadline_ms = n` | none | how many milliseconds after its acceptance a call is answered "deadline exceeded" |
/// | event | `event`, `event = "name"` | the Rust name | the name that listeners give |
///
/// A raw identifier crosses without its `r#`. Two names that are one after renaming are refused, and
/// so are names that C cannot spell and Rust names that begin with `__`.
///
/// # Types
///
/// | Rust | C (`L` is the library's name) | on the wire |
/// | --- | --- | --- |
/// | `i8` … `i64`, `u8` … `u64` | `int8_t` … `uint64_t` | an integer in range |
/// | `isize`, `usize` | `ptrdiff_t`, `size_t` | an integer of 64 bits |
/// | `f32`, `f64` | `float`, `double` | a float, or an integer that is exact; too large for `f32` is refused |
/// | `bool` | `int`; in, any non-zero is true; out, 0 or 1 | `true` or `false` |
/// | `char` | `uint32_t`, a Unicode scalar value, checked | text of one character |
/// | `String` | `L_text`: `{ const char *ptr; size_t len; }`, UTF-8 of any content; out, a NUL follows. With `text = "c"` a `const char *` that a NUL ends: in, NULL is empty; out, an inner NUL is an error | text |
/// | `Vec<u8>` | `L_bytes`: `{ uint8_t *ptr; size_t len; }` | bytes, or an array of integers |
/// | `Vec<T>` | `L_list_T`: `{ T *ptr; size_t len; }`; empty is NULL and 0 | an array |
/// | `Option<T>` | `L_option_T`: `{ int present; T value; }` | the bare value or null; a missing key is none |
/// | `Box<T>` | `const T *`, never NULL | the bare value |
/// | `(A, B)`, one to twelve values | `L_tuple2_A_B`: `{ A _0; B _1; }` | an array of as many |
/// | `[T; N]`, at least one element | `L_arrayN_T`: `{ T items[N]; }` | an array of as many; of `u8` bytes |
/// | `HashMap<K, V>`, `BTreeMap<K, V>`, any key that crosses and is `Eq` and `Hash`, or `Ord` | `L_map2_K_V`: `{ L_entry2_K_V *ptr; size_t len; }`, of `{ K key; V value; }` | a map, in the order of the encoded keys (RFC 8949, 4.2.1); a key twice is refused |
/// | `HashSet<T>`, `BTreeSet<T>` | `L_set_T`, as a list | an array in the same order; a value twice is refused |
/// | `VecDeque<T>`, `Box<[T]>` | as `Vec<T>` | as `Vec<T>` |
/// | `Arc<T>`, `Cow<'static, T>`; `Box<str>`, `Arc<str>`, `Cow<'static, str>` | as `T`; as `String` | as `T`; text |
/// | `Duration` | `L_duration`: `{ uint64_t secs; uint32_t nanos; }` | an array of both |
/// | `SystemTime` | `L_time`: `{ int64_t secs; uint32_t nanos; }` since 1970, `nanos` added before that too | tag 1001 and a map of both (RFC 9581); tags 0 and 1 are read |
/// | `i128`, `u128` | `L_i128`, `L_u128`: two words, `low` first | an integer, or a bignum |
/// | `NonZero<T>` | as `T`; 0 is refused | as `T` |
/// | `PathBuf`, `IpAddr`, `SocketAddr` and those of one version | as `String`; a path that is no UTF-8 cannot go out | text |
/// | struct `T` with `#[ffi]` | `L_T` by value, and where it holds an enum with fields `const L_T *` as a parameter; without fields, it holds one `uint8_t` | a map, keys in declaration order |
/// | enum `T` with `#[ffi]`, without fields | `L_T`, an `int32_t` with the Rust discriminants, checked | the variant's name as text |
/// | enum `T` with `#[ffi]`, with fields | `L_T`: `{ int32_t tag; union { … } value; }`, tags from 0 in the order of declaration; as a parameter, `const L_T *` | the name alone, or a map of the name and what the variant holds: a value, an array, or a map |
///
/// They nest freely, to 64 levels; a type may contain itself through `Vec`, `Box`, a map or a set. rustc and not
/// their spelling says what they are, so a `type` alias works.
///
/// Other types are refused while compiling:
///
/// | not | but |
/// | --- | --- |
/// | `&str`, `str`, `&[T]`, `[T]` | `String`, `Vec<T>` |
/// | `Rc<T>` | `Arc<T>` |
/// | a cell, a lock | `T`, by value |
/// | `*const T`, `*mut T` | `Box<T>` for a value, `Vec<u8>` for memory |
/// | `impl Trait`, `dyn Trait`, type parameters | a named type |
/// | a function pointer | a result, which reaches the host's callback |
/// | a tuple of more than twelve values, a tuple struct | a struct with `#[ffi]` |
/// | an array of no elements, `()` as a value | nothing at all |
/// | a float as a key of a map or a set | a list of pairs |
/// | `Option<Option<T>>`, whose two empty values are one on the wire | one `Option`, or an enum |
/// | a discriminant beyond 32 bits | a smaller one |
///
/// # Functions
///
/// A function is `fn` or `async fn`, takes parameters by value and returns `T`, nothing, or
/// `Result<T, E>`, where `E` implements `Display`: the host gets the text of `{error:#}`, so that an
/// error's causes show. Where `E` has `#[ffi(error)]`, the answer is `RET_FAILURE`: that text, and the
/// error itself. It may be named by an alias. A constructor returns `State` or `Result<State, E>`; the state is written
/// there, or as the first parameter of an alias of `Result`. A destructor returns nothing.
///
/// In C, the answer comes to the callback: for a struct, a scalar, an enum, an option, a list of
/// other than bytes or a box as a pointer to its C form with its size; for `String` and `Vec<u8>` as
/// the bytes and their number; for nothing as a valid pointer and 0. On the wire, nothing is null. With
/// `RET_FAILURE` comes a pointer to `L_failure_E`, `{ L_text message; L_E error; }`, on the wire a map of both.
///
/// All queued handlers of a context run on its one worker thread, in the order of their acceptance; the
/// state lives and dies there and need be neither `Send` nor `Sync`. A handler on `&State` may await
/// while others on `&State` run; one on `&mut State` runs alone. A constructor runs on the new
/// worker, after its C symbol returned the handle; a destructor is the last to run there.
///
/// # Without crossing a thread
///
/// Handing a call to a worker and its answer back costs microseconds. What needs no order among calls
/// and no thread of its own can do without:
///
/// ```
/// use ffi_runtime::ffi;
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// ffi_runtime::library!("meter", shared);
///
/// #[ffi(state)]
/// pub struct Meter {
///     total: AtomicU64,
/// }
/// # #[ffi(ctor)]
/// # pub fn create() -> Meter {
/// #     Meter { total: AtomicU64::new(0) }
/// # }
/// # #[ffi(dtor)]
/// # pub fn destroy(_meter: Meter) {}
///
/// /// `int meter_read(void *ctx, FfiCallback cb, void *user_data)`
/// #[ffi(inline)]
/// pub fn read(meter: &Meter) -> u64 {
///     meter.total.load(Ordering::Relaxed)
/// }
///
/// /// `int meter_parse(FfiCallback cb, void *user_data, meter_text text)`
/// #[ffi]
/// pub fn parse(text: String) -> Result<u64, String> {
///     text.parse().map_err(|error| format!("{text:?} is no count: {error}"))
/// }
///
/// /// `double meter_litres(uint64_t ticks)`
/// #[ffi(export)]
/// pub fn litres(ticks: u64) -> f64 {
///     ticks as f64 / 450.0
/// }
/// # fn main() {}
/// ```
///
/// - An inline method answers on the calling thread, before its symbol returns; in an `async fn` the
///   body begins there, and where it has to wait it moves to the context's worker and answers there, so
///   its future must be `Send`. Until the constructor has ended it answers `RET_ERR`, "still being
///   constructed". It keeps no order with queued calls, and has neither deadline nor cancel. Events, and
///   tokio's spawning and timers, work in it as on the worker. Destroying waits for it.
/// - A function without a state does the same without a context. An `async fn` runs on a worker of its
///   own kind, which begins with the first call and ends when nothing is to do; its future need not be
///   `Send`. In a child forked while that worker was there, such functions are refused.
/// - An export takes and returns integers, floats, `bool`, `char` and enums. There is no callback to tell of
///   a panic, of an argument out of range, or of a child forked while a context was alive: it returns 0
///   (`false`, nothing), and `L_ffi_last_error` has the text until the thread's next one. It has no CBOR entry point.
///
/// # Events
///
/// A function without a body is an event. Called in a handler, it tells the listeners of the context
/// that the handler runs in; elsewhere it does nothing. It takes what it tells by value and no state,
/// returns nothing, and waits for no listener, except as `event_overflow = "block"` says. To fire from
/// a task or a thread of your own, take an `Events` along.
///
/// ```
/// use ffi_runtime::ffi;
///
/// # ffi_runtime::library!("kettle");
/// # #[ffi(state)]
/// # pub struct Kettle;
/// # #[ffi(ctor)]
/// # pub fn create() -> Kettle {
/// #     Kettle
/// # }
/// /// The water boils.
/// #[ffi(event)]
/// pub fn on_boiling(
///     /// How hot it is, in degrees Celsius.
///     degrees: f64,
///     /// How long it took.
///     seconds: u32,
/// );
///
/// /// Heats the water.
/// #[ffi]
/// pub fn heat(_kettle: &Kettle) {
///     on_boiling(99.5, 180);
/// }
/// # #[ffi(dtor)]
/// # pub fn destroy(_kettle: Kettle) {}
/// # fn main() {}
/// ```
///
/// What it tells is nothing, its only parameter (of any type that crosses, as a result does), or a
/// struct of its parameters, which bears the function's name in PascalCase: `L_OnBoiling` in C.
///
/// In C, `L_ffi_add_event_listener` adds a listener to a context, under the event's name:
///
/// ```c
/// uint64_t id = kettle_ffi_add_event_listener(ctx, "on_boiling", cb, user_data);
/// ```
///
/// Every library with a constructor has three events of its own: `events_dropped { count: u64 }`,
/// `not_responding { stalled_ms: u64 }` and `responding {}`, whose types are `L_EventsDropped`,
/// `L_NotResponding` and `L_Responding` in C. Two events of one name in a crate are
/// refused, unless they name different libraries.
///
/// # Rules
///
/// - A symbol begins with its library's name and `_`: a function's name gets them where it does not begin so.
/// - It does not end with `_cbor`, nor begins with `L_ffi_`, as the library's own functions do. Where the library has
///   `names = "short"`, it is none of its short names either: after `L_`, `abi_hash`, `add_event_listener`,
///   `bytes`, `call`, `cancel`, `close`, `dispatch`, `event`, `last_error`, `poll_fd`, `remove_event_listener` and
///   `schema`.
/// - A library has no constructor and no destructor, or one of each; one with methods has them.
///
/// # What goes along, and what does not
///
/// `#[cfg]` holds in all that is made of an item, field, parameter or variant, whether it stands
/// above `#[ffi]` or below. A `cfg_attr` may hold `cfg` and `ffi` too, but on a parameter, where they are refused.
/// Documentation travels into the library's schema, and from there into generated headers and
/// bindings; parameters may have some as well.
///
/// Derives and other attributes are left alone. In particular serde's have no say: what crosses
/// the wire is what stands here, however the author's own `Serialize` looks. So have layouts: what C
/// sees of a struct or an enum is a form of its own, whatever its `#[repr]`, of which `packed` alone is
/// refused, because no reference to a packed field can be taken.
#[proc_macro_attribute]
pub fn ffi(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::ffi(options.into(), item.into()).into()
}

/// Declares the library of a crate: its name, which begins every symbol, and its options.
///
/// It stands once, at the crate's root, before or after what belongs to the library. A library may have a state, one
/// struct with [`#[ffi(state)]`](macro@ffi), or be made of functions that need none:
///
/// ```
/// use ffi_runtime::ffi;
///
/// ffi_runtime::library!("units", request_limit = 65_536);
///
/// /// `int units_parse(FfiCallback cb, void *user_data, units_text text)`
/// #[ffi]
/// pub fn parse(text: String) -> Result<f64, String> {
///     text.trim_end_matches(" km").parse().map_err(|error| format!("{text:?} is no distance: {error}"))
/// }
///
/// /// `double units_miles(double kilometres)`
/// #[ffi(export)]
/// pub fn miles(kilometres: f64) -> f64 {
///     kilometres / 1.609_344
/// }
///
/// # fn main() {
/// assert_eq!(parse("3 km".to_owned()), Ok(3.0));
/// # }
/// ```
///
/// A crate whose functions or events belong to a library of a crate that it depends on writes
/// `library!("units", part)`. That library has a state, be it an empty struct, by which it is found.
///
/// The library's own functions (`L_ffi_schema`, `L_ffi_close`, …) begin with `L_ffi_`, so that no author's name meets
/// them.
///
/// # Options
///
/// | option | default | meaning |
/// | --- | --- | --- |
/// | `shared` | not | inline methods may read the state on the threads that call them: it must be `Send + Sync`, and no method takes `&mut State` |
/// | `queue_limit = n` | 65,536 requests | how many requests may wait in one context; one more is refused |
/// | `request_limit = n` | 67,108,864 bytes (64 MiB) | how much one request may bring, on either path |
/// | `memory_limit = n` | 268,435,456 bytes (256 MiB) | how much memory the values of one request may take, as an allocator counts it |
/// | `grace_ms = n` | 5,000 milliseconds | how long a context that closes goes on with what it accepted |
/// | `stale_warn_ms = n` | never | after how many milliseconds, again and again, the host is warned of a call that is still pending |
/// | `event_limit = n` | 65,536 events | how many events may wait for the listeners of one context |
/// | `event_overflow = "…"` | `"drop_oldest"` | what happens where one more finds no room: `"drop_oldest"` or `"drop_newest"`, or `"block"`, by which whoever fires it waits (on the context's own threads it is dropped); what was dropped is counted and told |
/// | `stall_ms = n` | 1,000 milliseconds | after how long without a turn of its loop a worker is said to be not responding |
/// | `spin_us = n` | never | for up to how many microseconds, at most 1,000, a worker looks for work before it sleeps, while looking gains something: a round trip between two cores takes a few microseconds then and not tens, for as much of the worker's core |
/// | `names = "short"` | long alone | the library's own functions have short names as well: `L_close` beside `L_ffi_close` |
/// | `text = "c"` | by its length | text is a `const char *` in C that a NUL ends. Beside `part`, and on a function beside `library = "L"`, it says that the library has it |
/// | `part` | | the library is declared in another crate, and this one has functions and events of it |
/// | `crate = "path"` | `::ffi_runtime` | where the runtime is found, for a dependency that is renamed |
#[proc_macro]
pub fn library(declared: TokenStream) -> TokenStream {
    expand::declare(declared.into()).into()
}

/// A function's expansion in the library of its crate, which the macro that [`library!`] leaves at the crate's root names.
#[doc(hidden)]
#[proc_macro]
pub fn of_library(handed: TokenStream) -> TokenStream {
    expand::of_library(handed.into()).into()
}

/// The state of the library of its crate.
#[doc(hidden)]
#[proc_macro]
pub fn state_of_library(handed: TokenStream) -> TokenStream {
    expand::of_state(handed.into()).into()
}

/// What [`macro@ffi`] leaves to the compiler's own order: a derive sees a struct or an enum after rustc has
/// resolved `cfg` and `cfg_attr` on its fields and variants.
#[doc(hidden)]
#[proc_macro_derive(FfiType, attributes(ffi))]
pub fn ffi_type(item: TokenStream) -> TokenStream {
    expand::derive(item.into()).into()
}
