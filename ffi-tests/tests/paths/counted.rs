//! Times, integers of 128 bits, numbers that are not zero, paths and addresses: their bytes, their C forms, and their faults.

use crate::said::{is, reads, refuses};
use ffi_runtime::{FfiType, PodDuration, PodI128, PodTime, PodU128, from_pod, to_cbor, to_pod};
use std::ffi::OsStr;
use std::fmt::Debug;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::{NonZeroI8, NonZeroI128, NonZeroU8, NonZeroU64, NonZeroUsize};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The nanosecond before 1970.
fn just_before() -> SystemTime {
    UNIX_EPOCH - Duration::from_nanos(1)
}

#[test]
fn times_are_seconds_and_nanoseconds() {
    is(Duration::ZERO, "82 00 00");
    is(Duration::new(1, 999_999_999), "82 01 1a3b9ac9ff");
    is(Duration::MAX, "82 1bffffffffffffffff 1a3b9ac9ff");
    is(UNIX_EPOCH, "d903e9 a2 01 00 28 00");
    is(just_before(), "d903e9 a2 01 20 28 1a3b9ac9ff");
    is(UNIX_EPOCH + Duration::new(1_000_000_000, 5), "d903e9 a2 01 1a3b9aca00 28 05");
    is(UNIX_EPOCH - Duration::from_secs(2), "d903e9 a2 01 21 28 00");
}

#[test]
fn more_forms_of_times_are_read() {
    let at = |secs, nanos| UNIX_EPOCH + Duration::new(secs, nanos);
    for (bytes, time) in [
        ("d903e9 a1 01 05", at(5, 0)),
        ("d903e9 a2 28 07 01 05", at(5, 7)),
        ("d903e9 bf 01 05 ff", at(5, 0)),
        ("d903e9 a2 01 05 22 1903e7", at(5, 999_000_000)),
        ("d903e9 a2 01 05 25 07", at(5, 7_000)),
        // What a reader may pass over has a key below zero.
        ("d903e9 a2 01 05 2b 8101", at(5, 0)),
        ("c1 d903e9 a1 01 05", at(5, 0)),
        ("c1 05", at(5, 0)),
        ("c1 20", UNIX_EPOCH - Duration::from_secs(1)),
        ("c1 fb 3ff8000000000000", at(1, 500_000_000)),
        // 0.3 is less than three tenths, and is cut.
        ("c1 fb 3fd3333333333333", at(0, 299_999_999)),
        ("c1 f9 b800", UNIX_EPOCH - Duration::from_millis(500)),
        ("c0 74 313937302d30312d30315430303a30303a30355a", at(5, 0)),
        // 1970-01-01T01:00:05.25+01:00
        ("c0 781c 313937302d30312d30315430313a30303a30352e32352b30313a3030", at(5, 250_000_000)),
    ] {
        reads(bytes, time);
    }
    reads("9f 05 1903e8 ff", Duration::new(5, 1_000));
    reads("c1 82 c24105 00", Duration::from_secs(5));
}

#[test]
fn every_fault_of_a_time_has_its_words_and_its_path() {
    for (bytes, text) in [
        ("82 20 00", "secs: -1 does not fit u64"),
        ("82 00 20", "nanos: -1 does not fit u64"),
        ("82 00 1a3b9aca00", "nanos: 1000000000 does not fit the nanoseconds of a second"),
        ("82 f93c00 00", "secs: expected an integer, found a float"),
        ("81 00", "expected an array of 2 elements"),
        ("83 00 00 00", "expected an array of 2 elements"),
        ("05", "expected an array, found an integer"),
    ] {
        refuses::<Duration>(bytes, text);
    }
    for (bytes, text) in [
        ("a1 01 05", "expected a time with its tag, found a map"),
        ("05", "expected a time with its tag, found an integer"),
        ("74 313937302d30312d30315430303a30303a30355a", "expected a time with its tag, found text"),
        ("d903e9 05", "expected a time with its tag, found an integer"),
        ("d903e9 c1 a1 01 05", "expected a time with its tag, found a map"),
        ("d903e9 a0", "secs: the key is missing"),
        ("d903e9 a1 28 05", "secs: the key is missing"),
        ("d903e9 a2 01 05 01 05", "secs: the key appears twice"),
        ("d903e9 a3 01 05 28 05 22 05", "nanos: the key appears twice"),
        ("d903e9 a2 01 05 28 1a3b9aca00", "nanos: 1000000000 does not fit the nanoseconds of a second"),
        ("d903e9 a2 01 05 22 1903e8", "nanos: 1000 does not fit the thousandths of a second"),
        ("d903e9 a2 01 05 28 20", "nanos: -1 does not fit the nanoseconds of a second"),
        (
            "d903e9 a2 01 05 25 1bffffffffffffffff",
            "nanos: 18446744073709551615 does not fit the millionths of a second",
        ),
        ("d903e9 a2 01 05 02 05", "2 does not fit the keys of a time"),
        ("d903e9 a2 01 05 6161 05", "expected a number, found text"),
        ("d903e9 a1 01 f93c00", "secs: expected an integer, found a float"),
        ("d903e9 a1 01 1bffffffffffffffff", "secs: 18446744073709551615 does not fit a time"),
        ("c1 1bffffffffffffffff", "secs: 18446744073709551615 does not fit a time"),
        ("c1 f97e00", "NaN does not fit a time"),
        ("c1 f97c00", "inf does not fit a time"),
        ("c1 fa 7f000000", "1.7014118346046923e38 does not fit a time"),
        ("c1 c2 41 05", "expected a time with its tag, found a byte string"),
        ("c0 63 6e6f77", r#""now" is not a time as RFC 3339 has it"#),
        ("c0 05", "expected a time with its tag, found an integer"),
    ] {
        refuses::<SystemTime>(bytes, text);
    }
}

#[test]
fn integers_have_128_bits() {
    for (value, bytes) in [
        (0_i128, "00"),
        (-1, "20"),
        (i128::from(u64::MAX), "1bffffffffffffffff"),
        (1 << 64, "c249 010000000000000000"),
        (-(1 << 64), "3bffffffffffffffff"),
        (-(1 << 64) - 1, "c349 010000000000000000"),
        (i128::MAX, "c250 7fffffffffffffffffffffffffffffff"),
        (i128::MIN, "c350 7fffffffffffffffffffffffffffffff"),
    ] {
        is(value, bytes);
    }
    is(u128::MAX, "c250 ffffffffffffffffffffffffffffffff");
    is(u128::from(u64::MAX) + 1, "c249 010000000000000000");
    reads("c2 4a 00010000000000000000", 1_i128 << 64);
    reads("c2 5f 4101 420000 ff", 65_536_u128);
    reads("c3 4100", -1_i128);
    refuses::<i128>(
        "c250 80000000000000000000000000000000",
        "170141183460469231731687303715884105728 does not fit i128",
    );
    refuses::<i128>(
        "c350 80000000000000000000000000000000",
        "-170141183460469231731687303715884105729 does not fit i128",
    );
    refuses::<i128>("c350 ffffffffffffffffffffffffffffffff", "a bignum does not fit i128");
    refuses::<u128>("c251 0100000000000000000000000000000000", "a bignum does not fit u128");
    refuses::<u128>("20", "-1 does not fit u128");
    refuses::<i128>("4101", "expected a number, found a byte string");
    refuses::<i128>("f93c00", "expected an integer, found a float");
}

#[test]
fn zero_is_refused_where_a_type_has_none() {
    is(NonZeroU8::MIN, "01");
    is(NonZeroI8::MIN, "38 7f");
    is(NonZeroU64::MAX, "1bffffffffffffffff");
    is(NonZeroI128::MIN, "c350 7fffffffffffffffffffffffffffffff");
    is(None::<NonZeroUsize>, "f6");
    refuses::<NonZeroU8>("00", "0 where the type has no 0");
    refuses::<NonZeroI128>("c240", "0 where the type has no 0");
    refuses::<Vec<Option<NonZeroU8>>>("82 f6 00", "[1]: 0 where the type has no 0");
    refuses::<NonZeroU8>("190100", "256 does not fit u8");
    // SAFETY: a number.
    let fault = unsafe { from_pod::<NonZeroU64>(&raw const *Box::new(0_u64)) }.expect_err("zero");
    assert_eq!(fault.to_string(), "0 where the type has no 0");
}

#[test]
fn paths_and_addresses_are_text() {
    is(PathBuf::from("/a b"), "64 2f612062");
    is(IpAddr::V4(Ipv4Addr::LOCALHOST), "69 3132372e302e302e31");
    is(Ipv6Addr::LOCALHOST, "63 3a3a31");
    is(SocketAddr::from(([1, 2, 3, 4], 5)), "69 312e322e332e343a35");
    refuses::<IpAddr>("63 312e32", "\"1.2\" is not an IP address");
    refuses::<IpAddr>("62 6162", r#""ab" is not an IP address"#);
    refuses::<IpAddr>("60", r#""" is not an IP address"#);
    refuses::<Ipv4Addr>("63 3a3a31", r#""::1" is not an IPv4 address"#);
    refuses::<Ipv6Addr>("67 312e322e332e34", r#""1.2.3.4" is not an IPv6 address"#);
    refuses::<SocketAddr>("63 3a3a31", r#""::1" is not an IP address with a port"#);
    refuses::<SocketAddrV4>("68 5b3a3a315d3a3830", r#""[::1]:80" is not an IPv4 address with a port"#);
    refuses::<SocketAddrV6>("6a 312e322e332e343a3830", r#""1.2.3.4:80" is not an IPv6 address with a port"#);
    refuses::<PathBuf>("62 c328", "invalid UTF-8 at byte 0");
    let not_text = PathBuf::from(OsStr::from_bytes(b"/\xff"));
    for fault in [to_cbor(&not_text).map(drop), to_pod(not_text.clone()).map(drop)] {
        assert_eq!(fault.expect_err("it is no text").to_string(), "the path is not UTF-8");
    }
    let fault = to_cbor(&vec![Some(not_text)]).expect_err("it is no text");
    assert_eq!(fault.to_string(), "[0]: the path is not UTF-8");
}

#[track_caller]
fn passes<T: FfiType + Clone + PartialEq + Debug>(value: T) {
    let mirror = to_pod(value.clone()).expect("it has a C form");
    // SAFETY: the mirror lives.
    assert_eq!(unsafe { from_pod::<T>(mirror.as_ptr()) }.map_err(|fault| fault.to_string()), Ok(value));
}

#[test]
fn they_come_back_natively() {
    passes((Duration::MAX, Duration::ZERO, just_before(), UNIX_EPOCH + Duration::from_secs(1)));
    passes([i128::MIN, -1, 0, i128::MAX]);
    passes([u128::MAX, 1 << 64]);
    passes((NonZeroI8::MIN, Some(NonZeroU8::MAX), None::<NonZeroI128>));
    passes((PathBuf::from("a"), PathBuf::new(), IpAddr::V6(Ipv6Addr::LOCALHOST), SocketAddr::from(([1, 2, 3, 4], 5))));
}

#[test]
fn their_c_forms_are_as_the_header_has_them() {
    let mirror = to_pod(-2_i128).expect("an integer");
    // SAFETY: the mirror lives.
    let PodI128 { low, high } = unsafe { *mirror.as_ptr() };
    assert_eq!((low, high), (u64::MAX - 1, -1));
    let wide = PodU128 { low: 1, high: u64::MAX };
    // SAFETY: two words.
    let read = unsafe { from_pod::<u128>(&raw const wide) }.expect("an integer");
    assert_eq!(read, u128::MAX - (u128::from(u64::MAX) - 1));
    let mirror = to_pod(just_before()).expect("a time");
    // SAFETY: the mirror lives.
    let PodTime { secs, nanos } = unsafe { *mirror.as_ptr() };
    assert_eq!((secs, nanos), (-1, 999_999_999));
    let bad = PodDuration { secs: 0, nanos: 1_000_000_000 };
    // SAFETY: two numbers.
    let fault = unsafe { from_pod::<Duration>(&raw const bad) }.expect_err("a second of nanoseconds");
    assert_eq!(fault.to_string(), "nanos: 1000000000 does not fit the nanoseconds of a second");
    let bad = PodTime { secs: 0, nanos: u32::MAX };
    // SAFETY: two numbers.
    let fault = unsafe { from_pod::<SystemTime>(&raw const bad) }.expect_err("more than a second of nanoseconds");
    assert_eq!(fault.to_string(), "nanos: 4294967295 does not fit the nanoseconds of a second");
    for secs in [i64::MIN, i64::MAX] {
        let end = PodTime { secs, nanos: 0 };
        // SAFETY: two numbers.
        let read = unsafe { from_pod::<SystemTime>(&raw const end) };
        assert!(read.map_or_else(|fault| fault.to_string().ends_with("does not fit a time"), |_| true), "{secs}");
    }
}
