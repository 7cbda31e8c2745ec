package every

import (
	"bytes"
	"fmt"
	"math"
	"math/big"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestMapsHaveTheKeysThatGoCompares(t *testing.T) {
	local, other := netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1")
	spans := map[netip.Addr]time.Duration{local: 0, other: math.MaxInt64, netip.MustParseAddr("::ffff:127.0.0.1"): 1}
	paths := map[string]netip.Addr{"": local, "/shelf/a b": other, "é": local}
	times := map[time.Duration]time.Time{0: time.Unix(0, 0).UTC(), 1: time.Unix(-1, 1).UTC(), math.MaxInt64: time.Unix(1, 0).UTC()}
	peers := map[netip.AddrPort]struct{}{netip.AddrPortFrom(other, 443): {}, netip.AddrPortFrom(other, 80): {}, netip.AddrPortFrom(local, 80): {}}
	pairs := map[Tuple2[int16, int16]]*string{{0, -1}: nil, {-1, 0}: pointer(""), {math.MaxInt16, math.MinInt16}: pointer("corner")}
	tuples := map[Tuple2[uint8, string]]struct{}{{0, ""}: {}, {255, "b"}: {}, {255, "a"}: {}}
	shelf := everyShelf()
	shelf.Colours = map[[3]uint8]struct{}{{1, 2, 3}: {}, {3, 2, 1}: {}, {}: {}}
	shelf.ByPlace = pairs
	overBoth(t, func(t *testing.T, c *Every) {
		same := func(got, want any, err error) {
			t.Helper()
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%v instead of %v, %v", got, want, err)
			}
		}
		gotSpans, err := c.GiveMapAddress(background, spans)
		same(gotSpans, spans, err)
		gotPaths, err := c.GiveMapPath(background, paths)
		same(gotPaths, paths, err)
		gotTimes, err := c.GiveMapDuration(background, times)
		same(gotTimes, times, err)
		gotPeers, err := c.GiveSetPeer(background, peers)
		same(gotPeers, peers, err)
		gotPairs, err := c.GiveMapPair(background, pairs)
		same(gotPairs, pairs, err)
		gotTuples, err := c.GiveSetTuple(background, tuples)
		same(gotTuples, tuples, err)
		gotShelf, err := c.GiveShelf(background, shelf)
		same(gotShelf, shelf, err)
	})
}

func TestOtherKeysAreInLists(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		wide, err := c.GiveMapWide(background, []Entry[*big.Int, Piece]{{power(64), PieceGap{}}, {big.NewInt(-1), everyPiece()}})
		if err != nil || len(wide) != 2 {
			t.Errorf("%v, %v", wide, err)
		}
		for _, entry := range wide {
			want := map[string]Piece{power(64).String(): PieceGap{}, "-1": everyPiece()}[entry.Key.String()]
			if want == nil || !reflect.DeepEqual(entry.Value, want) {
				t.Errorf("%v: %v", entry.Key, entry.Value)
			}
		}
		// The library's order and that of the CBOR are the same here.
		data, err := c.GiveMapBytes(background, []Entry[[]byte, [2]uint8]{{[]byte{2}, [2]uint8{3, 4}}, {[]byte{}, [2]uint8{1, 2}}})
		if want := []Entry[[]byte, [2]uint8]{{[]byte{}, [2]uint8{1, 2}}, {[]byte{2}, [2]uint8{3, 4}}}; err != nil || !reflect.DeepEqual(data, want) {
			t.Errorf("%v, %v", data, err)
		}
		early, late := time.Unix(1, 0), time.Unix(1, 1)
		times, err := c.GiveSetTime(background, []time.Time{late, early.In(time.FixedZone("there", 3600))})
		if want := []time.Time{early.UTC(), late.UTC()}; err != nil || !reflect.DeepEqual(times, want) {
			t.Errorf("%v, %v", times, err)
		}
		numbers, err := c.GiveSetOption(background, []*uint16{pointer(uint16(7)), nil})
		if err != nil || len(numbers) != 2 || (numbers[0] == nil) == (numbers[1] == nil) {
			t.Errorf("%v, %v", numbers, err)
		}
	})
}

func TestKeysAreWrittenInTheOrderOfTheirBytes(t *testing.T) {
	keys := func(put func(e *encoder), want string) {
		t.Helper()
		var e encoder
		if put(&e); e.err != nil || !bytes.Equal(e.bytes, unhex(t, want)) {
			t.Errorf("%x instead of %s, %v", e.bytes, want, e.err)
		}
	}
	keys(func(e *encoder) {
		put_map2_i64_list_string(e, map[int64][]string{-1: nil, 24: nil, 0: nil, -25: nil, 23: nil, math.MinInt64: nil, math.MaxInt64: nil, -24: nil})
	}, "a8 00 80 17 80 1818 80 1b7fffffffffffffff 80 20 80 37 80 3818 80 3b7fffffffffffffff 80")
	keys(func(e *encoder) {
		put_map2_string_i32(e, map[string]int32{"b": 0, "aa": 0, "": 0, strings.Repeat("a", 24): 0, "a": 0, "é": 0})
	}, "a6 60 00 61'a' 00 61'b' 00 62'aa' 00 62c3a9 00 7818'aaaaaaaaaaaaaaaaaaaaaaaa' 00")
	keys(func(e *encoder) {
		put_map2_bool_map2_char_u8(e, map[bool]map[rune]uint8{true: {'𝄞': 0, 'é': 0, 'z': 0, '한': 0}, false: nil})
	}, "a2 f4 a0 f5 a4 61'z' 00 62c3a9 00 63ed959c 00 64f09d849e 00")
	keys(func(e *encoder) {
		put_map2_Level_Point(e, map[Level]Point{LevelLowest: {}, LevelTop: {}})
	}, "a2 63'top' a2 61'x' f90000 61'y' f6 66'Lowest' a2 61'x' f90000 61'y' f6")
	keys(func(e *encoder) {
		put_set_u8(e, map[uint8]struct{}{255: {}, 24: {}, 1: {}, 23: {}})
	}, "84 01 17 1818 18ff")
	keys(func(e *encoder) {
		put_map2_i128_Piece(e, []Entry[*big.Int, Piece]{{power(64), PieceGap{}}, {big.NewInt(-1), PieceGap{}}, {new(big.Int), PieceGap{}}})
	}, "a3 00 63'Gap' 20 63'Gap' c249010000000000000000 63'Gap'")
	keys(func(e *encoder) {
		put_set_tuple2_u8_string(e, map[Tuple2[uint8, string]]struct{}{{1, ""}: {}, {0, "b"}: {}, {0, "a"}: {}, {0, "aa"}: {}, {24, ""}: {}})
	}, "85 82 00 61'a' 82 00 61'b' 82 00 62'aa' 82 01 60 82 1818 60")
	keys(func(e *encoder) {
		put_map2_tuple2_i16_i16_option_string(e, map[Tuple2[int16, int16]]*string{{-1, 0}: nil, {0, -1}: pointer("a"), {24, 0}: nil, {0, 24}: nil, {0, 0}: nil})
	}, "a5 82 00 00 f6 82 00 1818 f6 82 00 20 61'a' 82 1818 00 f6 82 20 00 f6")
	keys(func(e *encoder) {
		put_set_array3_u8(e, map[[3]uint8]struct{}{{1, 0, 0}: {}, {0, 255, 0}: {}, {}: {}})
	}, "83 43000000 4300ff00 43010000")
	keys(func(e *encoder) {
		address := netip.MustParseAddr
		put_map2_ip_addr_duration(e, map[netip.Addr]time.Duration{address("1.2.3.4"): 0, address("::2"): 0, address("::1"): 0})
	}, "a3 63'::1' 820000 63'::2' 820000 67'1.2.3.4' 820000")
	keys(func(e *encoder) {
		put_map2_path_ip_addr(e, map[string]netip.Addr{"aa": netip.IPv6Unspecified(), "b": netip.IPv6Unspecified()})
	}, "a2 61'b' 62'::' 62'aa' 62'::'")
	keys(func(e *encoder) {
		put_set_option_u16(e, []*uint16{nil, pointer(uint16(24)), pointer(uint16(1))})
	}, "83 01 1818 f6")
}

func TestManyKeysTakeNoLongerThanTheyMust(t *testing.T) {
	const count = 50_000
	own, pairs, listed := make(map[string]int32), make(map[Tuple2[int16, int16]]*string), []Entry[[]byte, [2]uint8]{}
	for i := count; i > 0; i-- {
		own[fmt.Sprint(i)] = int32(i)
		pairs[Tuple2[int16, int16]{int16(i), int16(i >> 16)}] = nil
		listed = append(listed, Entry[[]byte, [2]uint8]{Key: []byte(fmt.Sprint(i))})
	}
	overBoth(t, func(t *testing.T, c *Every) {
		begun := time.Now()
		if got, err := c.GiveMap(background, own); err != nil || !reflect.DeepEqual(got, own) {
			t.Errorf("%d keys, %v", len(got), err)
		}
		if got, err := c.GiveMapPair(background, pairs); err != nil || !reflect.DeepEqual(got, pairs) {
			t.Errorf("%d keys, %v", len(got), err)
		}
		if got, err := c.GiveMapBytes(background, listed); err != nil || len(got) != count {
			t.Errorf("%d keys, %v", len(got), err)
		}
		if took := time.Since(begun); took > patience/2 {
			t.Error(took)
		}
	})
}
