//! Collections, tuples, arrays, times and integers of 128 bits: what no vector says of them.

use crate::check::{PATIENCE, TRANSPORTS, every};
use every::types::{Level, Piece, Point};
use every::{Error, ErrorKind, Transport};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What the library says to a request that it cannot read.
#[track_caller]
fn refusal<T: std::fmt::Debug>(transport: Transport, answer: Result<T, Error>) -> String {
    match answer {
        Err(Error::Library { kind: ErrorKind::BadRequest, text }) => text,
        other => panic!("{transport:?}: {other:?}"),
    }
}

#[test]
fn keys_that_rust_orders_are_those_of_its_own_maps() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let scores: BTreeMap<String, i32> = (0..300).map(|at| (at.to_string(), at)).collect();
        assert_eq!(every.give_map(&scores).wait().unwrap(), scores);
        let points = BTreeMap::from([(Level::Next, vec![Point::default()]), (Level::Lowest, Vec::new())]);
        assert_eq!(every.give_map_level(&points).wait().unwrap(), points);
        let nested = BTreeMap::from([('ä', BTreeMap::from([(true, 1), (false, 255)])), ('a', BTreeMap::new())]);
        assert_eq!(every.give_option_map(Some(&nested)).wait().unwrap(), Some(nested));
        assert_eq!(every.give_option_map(None).wait().unwrap(), None);
        let bytes = (0..=255).collect();
        assert_eq!(every.give_set_u8(&bytes).wait().unwrap(), bytes);
        let words = BTreeSet::from(["a\0b".to_owned(), String::new()]);
        assert_eq!(every.give_set(&words).wait().unwrap(), words);
    }
}

#[test]
fn what_has_an_order_is_a_key() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let places = BTreeMap::from([((256, -1), None), ((0, 1), Some("corner".to_owned())), ((-1, 0), None)]);
        assert_eq!(every.give_map_pair(&places).wait().unwrap(), places);
        let (local, other) = (IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST));
        let spans = BTreeMap::from([(other, Duration::MAX), (local, Duration::ZERO)]);
        assert_eq!(every.give_map_address(&spans).wait().unwrap(), spans);
        let wide = BTreeMap::from([i128::MIN, -1, 0, 1 << 64, i128::MAX].map(|key| (key, Piece::Host(other))));
        assert_eq!(every.give_map_wide(&wide).wait().unwrap(), wide);
        assert_eq!(every.give_map_wide(&BTreeMap::new()).wait().unwrap(), BTreeMap::new());
        let paths = BTreeMap::from([("/b".into(), local), ("/a/b".into(), other)]);
        assert_eq!(every.give_map_path(&paths).wait().unwrap(), paths);
        let dates = BTreeMap::from([(Duration::from_nanos(1), UNIX_EPOCH), (Duration::from_nanos(2), UNIX_EPOCH)]);
        assert_eq!(every.give_map_duration(&dates).wait().unwrap(), dates);
        let bytes = BTreeMap::from([(vec![], [0, 1]), (vec![255, 0], [2, 3])]);
        assert_eq!(every.give_map_bytes(&bytes).wait().unwrap(), bytes);
        let peers = BTreeSet::from([SocketAddr::new(local, 80), SocketAddr::new(other, 0)]);
        assert_eq!(every.give_set_peer(&peers).wait().unwrap(), peers);
        let times = BTreeSet::from([UNIX_EPOCH, UNIX_EPOCH - Duration::from_nanos(1)]);
        assert_eq!(every.give_set_time(&times).wait().unwrap(), times);
    }
}

#[test]
fn other_keys_are_those_of_pairs_in_any_order() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let mut pairs = vec![(Some('a'), 1), (None, 2), (Some('\0'), 3)];
        let mut given = every.give_map_option(&pairs).wait().unwrap();
        pairs.sort();
        given.sort();
        assert_eq!(given, pairs);
        assert_eq!(every.give_map_option(&[]).wait().unwrap(), []);
        let given = every.give_set_option(&[Some(1), None]).wait().unwrap();
        assert_eq!(HashSet::from([None, Some(1)]), given.into_iter().collect());
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_where_it_stands() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let said = refusal(transport, every.give_map_option(&[(None, 1), (None, 2)]).wait());
        assert!(said.starts_with("every_give_map_option: value[1].key: "), "{transport:?}: {said}");
        let said = refusal(transport, every.give_set_option(&[Some(1), Some(1)]).wait());
        assert!(said.starts_with("every_give_set_option: value[1]: "), "{transport:?}: {said}");
    }
}

#[test]
fn times_are_exact_to_the_nanosecond_and_as_far_as_they_go() {
    for transport in TRANSPORTS {
        let (library, every) = every(transport);
        let nanosecond = Duration::from_nanos(1);
        let far = Duration::from_secs(i64::MAX.unsigned_abs());
        let times = [UNIX_EPOCH, UNIX_EPOCH - nanosecond, UNIX_EPOCH + nanosecond, UNIX_EPOCH - far, UNIX_EPOCH + far];
        for time in times.into_iter().chain([SystemTime::now()]) {
            assert_eq!(every.give_time(time).wait().unwrap(), time);
            assert_eq!(every.give_option_time(Some(time)).wait().unwrap(), Some(time));
        }
        assert_eq!(library.time_of(-1, 999_999_999).wait().unwrap(), UNIX_EPOCH - nanosecond);
        let spans = [Duration::MAX, Duration::ZERO, nanosecond];
        assert_eq!(every.give_list_duration(&spans).wait().unwrap(), spans);
        assert_eq!(library.duration_of(u64::MAX, 999_999_999).wait().unwrap(), Duration::MAX);
    }
}

#[test]
fn what_has_parts_is_borrowed_whole() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let pair = (i32::MIN, "pair".to_owned());
        assert_eq!(every.give_tuple(&pair).wait().unwrap(), pair);
        let pieces = [Piece::Pair(pair.clone()), Piece::Split(Box::new([Piece::Gap, Piece::Gap]))];
        assert_eq!(every.give_array_piece(&pieces).wait().unwrap(), pieces);
        let held = (pieces[1].clone(), Some(Point { x: 0.5, y: None }));
        assert_eq!(every.give_tuple_piece(&held).wait().unwrap(), held);
        assert_eq!(every.give_array_bytes(&[0, 1, 254, 255]).wait().unwrap(), [0, 1, 254, 255]);
        assert_eq!(every.give_u128(u128::MAX).wait().unwrap(), u128::MAX);
        assert_eq!(every.give_path(Path::new("/a b/ä")).wait().unwrap(), Path::new("/a b/ä"));
    }
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_has_no_form() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::path::PathBuf;

    let broken = Path::new(OsStr::from_bytes(b"/\xff"));
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        let error = every.give_path(broken).wait().unwrap_err();
        assert!(matches!(error, Error::Request { .. }), "{error:?}");
        assert_eq!(error.to_string(), "every_give_path: value: a path is not UTF-8");
        let error = every.give_list_path(&[PathBuf::new(), broken.to_owned()]).wait().unwrap_err();
        assert_eq!(error.to_string(), "every_give_list_path: value[1]: a path is not UTF-8");
    }
}

/// A piece in so many maps, each of which is two levels with the variant around it.
fn indexed(times: usize) -> Piece {
    let index = |inner| Piece::Index(BTreeMap::from([("x".to_owned(), inner)]), BTreeSet::new());
    (0..times).fold(Piece::Gap, |inner, _| index(inner))
}

/// A piece in so many arrays.
fn split(times: usize) -> Piece {
    (0..times).fold(Piece::Gap, |inner, _| Piece::Split(Box::new([Piece::Gap, inner])))
}

#[test]
fn pieces_nest_as_deep_as_everything_does() {
    for transport in TRANSPORTS {
        let (_library, every) = every(transport);
        for nest in [indexed, split] {
            let deep = nest(31);
            assert_eq!(every.give_piece(&deep).wait().unwrap(), deep);
            refusal(transport, every.give_piece(&nest(32)).wait());
        }
    }
}

#[test]
fn a_map_that_is_a_whole_payload_is_told() {
    for transport in TRANSPORTS {
        let (library, every) = every(transport);
        let (mut shelves, mut scores) = (every.shelf_stream().unwrap(), every.scores_stream().unwrap());
        let (told, heard) = std::sync::mpsc::channel();
        let _subscription = every.on_scores(move |scores| told.send(scores).unwrap()).unwrap();
        let fired = BTreeMap::from([("a".to_owned(), 1), (String::new(), u32::MAX)]);
        let shelf = every::types::Shelf {
            by_place: BTreeMap::from([((1, 1), None)]),
            colours: BTreeSet::from([[0, 1, 2]]),
            path: "/shelf".into(),
            digest: [1; 4],
            ..empty()
        };
        assert_eq!(library.echo_shelf_here(&shelf).wait().unwrap(), shelf);
        every.fire_shelf(&shelf, UNIX_EPOCH, &fired).wait().unwrap();
        let heard_shelf = shelves.next().wait_for(PATIENCE).unwrap().unwrap();
        assert_eq!((heard_shelf.shelf, heard_shelf.at), (shelf, UNIX_EPOCH));
        assert_eq!(scores.next().wait_for(PATIENCE).unwrap(), Some(fired.clone()));
        assert_eq!(heard.recv_timeout(PATIENCE).unwrap(), fired);
    }
}

/// A shelf of as little as one holds.
fn empty() -> every::types::Shelf {
    every::types::Shelf {
        scores: BTreeMap::new(),
        points: BTreeMap::new(),
        names: BTreeMap::new(),
        nested: BTreeMap::new(),
        by_place: BTreeMap::new(),
        words: BTreeSet::new(),
        numbers: BTreeSet::new(),
        colours: BTreeSet::new(),
        pair: Default::default(),
        single: (0.0,),
        digest: [0; 4],
        axes: Default::default(),
        grid: [[0; 2]; 3],
        timeout: Duration::ZERO,
        since: UNIX_EPOCH,
        until: None,
        signed: 0,
        unsigned: 0,
        rows: 1,
        columns: None,
        path: Default::default(),
        address: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        peer: None,
        shared: Point::default(),
        label: String::new(),
        marks: Vec::new(),
        title: String::new(),
        note: String::new(),
        rest: Vec::new(),
        queue: Vec::new(),
        ring: Vec::new(),
    }
}
