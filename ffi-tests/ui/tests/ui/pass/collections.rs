//! Collections, tuples, arrays, times and addresses, in every position.

use ffi_runtime::ffi;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::{NonZero, NonZeroU128};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

ffi_runtime::library!("lib");

#[ffi(state)]
pub struct State;

/// A key of the author's.
#[ffi]
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub name: String,
    pub at: (i32, i32),
}

#[ffi]
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    None,
    To(Place),
}

type Table<V> = HashMap<String, V>;

#[ffi]
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub table: Table<Vec<Place>>,
    pub hashed: HashMap<u8, String, BuildHasherDefault<DefaultHasher>>,
    pub places: BTreeMap<Place, Option<Way>>,
    pub ways: BTreeSet<Way>,
    pub set: HashSet<[u8; 16]>,
    pub children: BTreeMap<String, Held>,
    pub tuple: (u8, (String,), [Option<bool>; 2]),
    pub shared: Arc<Place>,
    pub owned: Cow<'static, [Place]>,
    pub text: Option<Arc<str>>,
    pub list: Box<[Place]>,
    pub queue: VecDeque<(u8, u8)>,
    pub sizes: [NonZero<u16>; 2],
    pub big: Option<NonZeroU128>,
    pub time: (Duration, SystemTime),
    pub machine: (IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6),
    pub path: std::path::PathBuf,
}

#[ffi(ctor)]
fn lib_create(_places: BTreeMap<Place, u8>, _timeout: Duration) -> State {
    State
}

#[ffi]
fn lib_all(
    _state: &State,
    _held: Held,
    _map: HashMap<Place, Held>,
    _pair: (Way, i128),
    _fixed: [Way; 3],
) -> Result<HashMap<String, (Place, Duration)>, String> {
    Ok(HashMap::new())
}

#[ffi]
async fn lib_shared(_state: &State, text: Arc<str>, bytes: Arc<[u8]>) -> (Arc<str>, Arc<[u8]>) {
    (text, bytes)
}

#[ffi]
fn lib_here(path: PathBuf) -> Option<PathBuf> {
    Some(path)
}

#[ffi(event)]
fn on_scores(scores: BTreeMap<String, u32>);

#[ffi(event)]
fn on_time(at: SystemTime, pair: (u8, Cow<'static, str>));

/// A macro's types stand in groups.
macro_rules! shares {
    ($($name:ident: $ty:ty;)*) => {$(
        #[ffi]
        fn $name(_state: &State, value: Arc<$ty>, _other: Option<Arc<$ty>>) -> Arc<$ty> {
            value
        }
    )*};
}

shares! {
    lib_share_text: str;
    lib_share_list: [u16];
    lib_share_map: BTreeMap<String, u8>;
}

/// Of what is a byte, an array is bytes.
#[ffi]
fn lib_bytes(_state: &State, value: [NonZero<u8>; 2]) -> [Cow<'static, u8>; 2] {
    value.map(|byte| Cow::Owned(byte.get()))
}

#[ffi(dtor)]
fn lib_destroy(_state: State) {}

fn main() {
    let places = BTreeMap::from([(Place::default(), None), (Place { name: "a".to_owned(), at: (1, 2) }, Some(Way::None))]);
    let bytes = ffi_runtime::to_cbor(&places).unwrap();
    assert_eq!(ffi_runtime::from_cbor::<BTreeMap<Place, Option<Way>>>(&bytes, 1 << 20).unwrap(), places);
    let shared: Arc<[Place]> = places.into_keys().collect();
    let mirrored = ffi_runtime::to_pod((Arc::clone(&shared), Cow::Borrowed("static"))).unwrap();
    // SAFETY: the mirror lives.
    let back = unsafe { ffi_runtime::from_pod::<(Arc<[Place]>, Cow<'static, str>)>(mirrored.as_ptr()) }.unwrap();
    assert_eq!(back, (shared, Cow::Borrowed("static")));
}
