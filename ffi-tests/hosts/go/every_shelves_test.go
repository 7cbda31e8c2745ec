package every

import (
	"errors"
	"math"
	"math/big"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"
)

// power is a power of two.
func power(exponent uint) *big.Int {
	return new(big.Int).Lsh(big.NewInt(1), exponent)
}

// minus is an integer less one, below zero where that is asked for.
func minus(value, less int64, exponent uint) *big.Int {
	return new(big.Int).Sub(new(big.Int).Mul(big.NewInt(value), power(exponent)), big.NewInt(less))
}

// everyShelf has something of everything, as it comes out of the library.
func everyShelf() Shelf {
	until := time.Date(2262, 4, 11, 23, 47, 16, 854775807, time.UTC)
	peer := netip.MustParseAddrPort("[2001:db8::1]:443")
	return Shelf{
		Scores:   map[string]int32{"": 0, "b": -2, "aa": math.MaxInt32},
		Points:   map[Level]Point{LevelTop: {X: 1}, LevelLowest: {}},
		Names:    map[int64][]string{-1: {"below"}, math.MinInt64: {}, math.MaxInt64: {"a", "b"}},
		Nested:   map[bool]map[rune]uint8{false: {}, true: {'a': 1, 'é': 255, '𝄞': 7}},
		ByPlace:  map[Tuple2[int16, int16]]*string{{-1, 0}: pointer("corner")},
		Words:    map[string]struct{}{"one": {}, "three": {}},
		Numbers:  map[uint8]struct{}{0: {}, 255: {}},
		Colours:  map[[3]uint8]struct{}{{0, 0, 0}: {}, {255, 0, 128}: {}},
		Pair:     Tuple2[string, uint64]{"a\x00b", math.MaxUint64},
		Single:   Tuple1[float32]{0.5},
		Digest:   [4]uint8{1, 2, 3, 4},
		Axes:     [2]string{"x", "y"},
		Grid:     [3][2]int16{{1, 2}, {3, 4}, {5, 6}},
		Timeout:  math.MaxInt64,
		Since:    time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC),
		Until:    &until,
		Signed:   minus(-1, 0, 127),
		Unsigned: minus(1, 1, 128),
		Rows:     1,
		Path:     "/shelf/a b",
		Address:  netip.MustParseAddr("::ffff:1.2.3.4"),
		Peer:     &peer,
		Shared:   Point{X: 2},
		Label:    "label",
		Marks:    []uint16{1},
		Rest:     []Point{{X: 3}},
		Queue:    []string{"first"},
		Ring:     []byte{1, 2},
	}
}

// everyPiece has a piece of each variant.
func everyPiece() Piece {
	return PieceIndex{
		Field0: map[string]Piece{
			"gap":   PieceGap{},
			"pair":  PiecePair{Value: Tuple2[int32, string]{1, "one"}},
			"split": PieceSplit{Value: [2]Piece{PieceGap{}, PieceHost{Value: netip.IPv6Unspecified()}}},
			"dated": PieceDated{At: time.Unix(-1, 1).UTC(), Lasts: time.Nanosecond, Count: big.NewInt(0)},
		},
		Field1: map[uint16]struct{}{300: {}, 1: {}},
	}
}

func TestAShelfHoldsOneOfEachKind(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		if shelf, err := c.GiveShelf(background, everyShelf()); err != nil || !reflect.DeepEqual(shelf, everyShelf()) {
			t.Errorf("%+v, %v", shelf, err)
		}
		if piece, err := c.GivePiece(background, everyPiece()); err != nil || !reflect.DeepEqual(piece, everyPiece()) {
			t.Errorf("%+v, %v", piece, err)
		}
		all, err := c.Events(background, 2)
		if err != nil {
			t.Fatal(err)
		}
		scores, err := c.OnScores(background, 1)
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(0, -1).UTC()
		if err := c.FireShelf(background, everyShelf(), at, map[string]uint32{"a": 1}); err != nil {
			t.Error(err)
		}
		told := Event{"on_shelf", OnShelf{Shelf: everyShelf(), At: at}}
		if event, _ := soon(t, all.C); !reflect.DeepEqual(event, told) {
			t.Errorf("%+v", event)
		}
		if event, _ := soon(t, all.C); !reflect.DeepEqual(event, Event{"on_scores", map[string]uint32{"a": 1}}) {
			t.Errorf("%+v", event)
		}
		if got, _ := soon(t, scores.C); !reflect.DeepEqual(got, map[string]uint32{"a": 1}) {
			t.Errorf("%+v", got)
		}
	})
}

func TestWhatIsEmptyIsNotNil(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		if got, err := c.GiveMap(background, nil); got == nil || len(got) != 0 || err != nil {
			t.Errorf("%#v, %v", got, err)
		}
		if got, err := c.GiveSet(background, nil); got == nil || len(got) != 0 || err != nil {
			t.Errorf("%#v, %v", got, err)
		}
		if got, err := c.GiveMapPair(background, nil); got == nil || len(got) != 0 || err != nil {
			t.Errorf("%#v, %v", got, err)
		}
		if got, err := c.GiveSetPeer(background, nil); got == nil || len(got) != 0 || err != nil {
			t.Errorf("%#v, %v", got, err)
		}
		if got, err := c.GiveMapWide(background, nil); got == nil || len(got) != 0 || err != nil {
			t.Errorf("%#v, %v", got, err)
		}
		if got, err := c.GiveSetOption(background, nil); got == nil || len(got) != 0 || err != nil {
			t.Errorf("%#v, %v", got, err)
		}
		if got, err := c.GiveOptionMap(background, nil); got != nil || err != nil {
			t.Errorf("%#v, %v", got, err)
		}
		if got, err := c.GiveOptionU128(background, nil); got != nil || err != nil {
			t.Errorf("%#v, %v", got, err)
		}
	})
}

func TestATimeIsThatOfItsZone(t *testing.T) {
	zone := time.FixedZone("there", 3600)
	overBoth(t, func(t *testing.T, c *Every) {
		now := time.Now().In(zone)
		got, err := c.GiveTime(background, now)
		if err != nil || !got.Equal(now) || got.Location() != time.UTC {
			t.Errorf("%v instead of %v, %v", got, now, err)
		}
	})
}

// refusedWith says that a request was refused here, with this text behind the library's name.
func refusedWith(t *testing.T, err error, text string) {
	t.Helper()
	var told *Error
	if !errors.As(err, &told) || told.Kind != KindBadRequest || told.Text != "every: "+text {
		t.Errorf("%v instead of %s", err, text)
	}
}

func TestWhatTheLibraryHasNotIsRefusedWhereItStands(t *testing.T) {
	const negative = ": a duration is negative"
	const far = ": a time is further away than time.Time tells"
	const noAddress = ": the zero value is no address"
	const outOfRange = ": a number is out of range"
	const noInteger = ": nil is no integer"
	localhost, other := netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1")
	now := time.Unix(0, 0)
	give := func(c *Every, change func(s *Shelf)) error {
		shelf := everyShelf()
		change(&shelf)
		_, err := c.GiveShelf(background, shelf)
		return err
	}
	overBoth(t, func(t *testing.T, c *Every) {
		_, err := c.GiveDuration(background, -1)
		refusedWith(t, err, "value"+negative)
		_, err = c.GiveListDuration(background, []time.Duration{0, math.MinInt64})
		refusedWith(t, err, "value[1]"+negative)
		_, err = c.GiveMapAddress(background, map[netip.Addr]time.Duration{localhost: -1, other: 0})
		refusedWith(t, err, "value[1].value"+negative)
		_, err = c.GiveMapAddress(background, map[netip.Addr]time.Duration{{}: -1})
		refusedWith(t, err, "value[0].key"+noAddress)
		_, err = c.GiveMapAddress(background, map[netip.Addr]time.Duration{localhost: -1, {}: 0, other: 0})
		refusedWith(t, err, "value[0].key"+noAddress)
		_, err = c.GiveMapPath(background, map[string]netip.Addr{"/aa": localhost, "/z": {}, "/b": other})
		refusedWith(t, err, "value[1].value"+noAddress)
		// As arrays of seconds and nanoseconds: 0 seconds, however many nanoseconds, before 23 and those before 24.
		_, err = c.GiveMapDuration(background, map[time.Duration]time.Time{24 * time.Second: time.Unix(math.MaxInt64, 0), 23 * time.Second: now, time.Second - 1: now})
		refusedWith(t, err, "value[2].value"+far)
		_, err = c.GiveMapDuration(background, map[time.Duration]time.Time{-1: now})
		refusedWith(t, err, "value[0].key"+negative)
		_, err = c.GiveSetPeer(background, map[netip.AddrPort]struct{}{{}: {}})
		refusedWith(t, err, "value[0]"+noAddress)
		_, err = c.GiveSetPeer(background, map[netip.AddrPort]struct{}{netip.AddrPortFrom(localhost, 80): {}, {}: {}})
		refusedWith(t, err, "value[0]"+noAddress)
		_, err = c.GiveSetTime(background, []time.Time{now, time.Unix(math.MaxInt64, 0)})
		refusedWith(t, err, "value[1]"+far)
		_, err = c.GiveMapWide(background, []Entry[*big.Int, Piece]{{big.NewInt(1), PieceGap{}}, {big.NewInt(0), PieceDated{Lasts: -1}}})
		refusedWith(t, err, "value[1].value.Dated.lasts"+negative)
		_, err = c.GiveMapWide(background, []Entry[*big.Int, Piece]{{nil, PieceGap{}}})
		refusedWith(t, err, "value[0].key"+noInteger)
		_, err = c.GiveMapWide(background, []Entry[*big.Int, Piece]{{new(big.Int), nil}})
		refusedWith(t, err, "value[0].value: nil is no Piece")
		_, err = c.GiveTime(background, time.Unix(math.MaxInt64, 0))
		refusedWith(t, err, "value"+far)
		_, err = c.GiveOptionTime(background, pointer(time.Unix(math.MinInt64, 0)))
		refusedWith(t, err, "value"+far)
		_, err = c.GiveAddress(background, netip.Addr{})
		refusedWith(t, err, "value"+noAddress)
		_, err = c.GiveOptionAddress(background, new(netip.Addr))
		refusedWith(t, err, "value"+noAddress)
		_, err = c.GivePeer(background, netip.AddrPort{})
		refusedWith(t, err, "value"+noAddress)
		_, err = c.GiveI128(background, nil)
		refusedWith(t, err, "value"+noInteger)
		_, err = c.GiveI128(background, power(127))
		refusedWith(t, err, "value"+outOfRange)
		_, err = c.GiveI128(background, minus(-1, 1, 127))
		refusedWith(t, err, "value"+outOfRange)
		_, err = c.GiveU128(background, power(128))
		refusedWith(t, err, "value"+outOfRange)
		_, err = c.GiveU128(background, big.NewInt(-1))
		refusedWith(t, err, "value"+outOfRange)
		_, err = c.GiveOptionU128(background, big.NewInt(-1))
		refusedWith(t, err, "value"+outOfRange)
		_, err = c.GiveListI128(background, []*big.Int{new(big.Int), nil})
		refusedWith(t, err, "value[1]"+noInteger)
		_, err = c.GiveArrayPiece(background, [2]Piece{PieceGap{}})
		refusedWith(t, err, "value[1]: nil is no Piece")
		_, err = c.GiveTuplePiece(background, Tuple2[Piece, *Point]{})
		refusedWith(t, err, "value.0: nil is no Piece")
		// A map has the order of its keys' CBOR: the shorter before the longer.
		index := map[string]Piece{"aa": PieceIndex{Field0: map[string]Piece{"": PieceDated{Lasts: -1}}}, "a": PieceGap{}, "b": PieceGap{}}
		_, err = c.GivePiece(background, PieceSplit{Value: [2]Piece{PieceGap{}, PieceIndex{Field0: index}}})
		refusedWith(t, err, "value.Split[1].Index.0[2].value.Index.0[0].value.Dated.lasts"+negative)
		endless := PieceIndex{Field0: make(map[string]Piece)}
		endless.Field0["a"], endless.Field0["b"] = endless, endless
		_, err = c.GivePiece(background, endless)
		refusedWith(t, err, "value: nested too deep")
		refusedWith(t, give(c, func(s *Shelf) { s.Timeout = -1 }), "value.timeout"+negative)
		refusedWith(t, give(c, func(s *Shelf) { s.Signed = nil }), "value.signed"+noInteger)
		refusedWith(t, give(c, func(s *Shelf) { s.Unsigned = s.Signed }), "value.unsigned"+outOfRange)
		refusedWith(t, give(c, func(s *Shelf) { s.Peer = new(netip.AddrPort) }), "value.peer"+noAddress)
		refusedWith(t, c.FireShelf(background, everyShelf(), time.Unix(math.MaxInt64, 0), nil), "at"+far)
	})
}

// What the library alone can tell it tells in the same words on both paths.
func TestWhatStandsTwiceIsRefusedByTheLibrary(t *testing.T) {
	wide := func(value int64) Entry[*big.Int, Piece] {
		return Entry[*big.Int, Piece]{Key: big.NewInt(value), Value: PieceGap{}}
	}
	coded := func(key ...byte) Entry[[]byte, [2]uint8] {
		return Entry[[]byte, [2]uint8]{Key: key}
	}
	overBoth(t, func(t *testing.T, c *Every) {
		refused := func(err error, text string) {
			t.Helper()
			var told *Error
			if !errors.As(err, &told) || told.Kind != KindBadRequest || told.Text != text {
				t.Errorf("%v instead of %s", err, text)
			}
		}
		_, err := c.GiveMapWide(background, []Entry[*big.Int, Piece]{wide(1), wide(0), wide(1)})
		refused(err, "every_give_map_wide: value[2].key: the key appears twice")
		_, err = c.GiveMapBytes(background, []Entry[[]byte, [2]uint8]{coded(1), coded(), coded(1)})
		refused(err, "every_give_map_bytes: value[2].key: the key appears twice")
		_, err = c.GiveSetOption(background, []*uint16{pointer(uint16(1)), nil, pointer(uint16(0)), nil})
		refused(err, "every_give_set_option: value[3]: the value appears twice")
		_, err = c.GiveSetTime(background, []time.Time{time.Unix(1, 0), time.Unix(0, 0), time.Unix(1, 0).In(time.FixedZone("there", 3600))})
		refused(err, "every_give_set_time: value[2]: the value appears twice")
		_, err = c.GiveMapAddress(background, map[netip.Addr]time.Duration{netip.MustParseAddr("fe80::1%eth0"): 0, netip.MustParseAddr("127.0.0.1"): 0})
		refused(err, `every_give_map_address: value[1].key: "fe80::1%eth0" is not an IP address`)
		_, err = c.GiveAddress(background, netip.MustParseAddr("fe80::1%eth0"))
		refused(err, `every_give_address: value: "fe80::1%eth0" is not an IP address`)
	})
}

func TestWhatGoHasNotIsAnError(t *testing.T) {
	const second = 1_000_000_000
	for name, transport := range transports {
		over := WithTransport(transport)
		unreadable := func(err error, text string) {
			t.Helper()
			var told *Error
			if !errors.As(err, &told) || told.Kind != KindBadResult || !strings.HasSuffix(told.Text, "the library sent what cannot be read: "+text) {
				t.Errorf("%s: %v instead of %s", name, err, text)
			}
		}
		if got, err := DurationOf(background, math.MaxInt64/second, math.MaxInt64%second, over); got != math.MaxInt64 || err != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
		_, err := DurationOf(background, math.MaxInt64/second, math.MaxInt64%second+1, over)
		unreadable(err, longDuration)
		_, err = DurationOf(background, math.MaxUint64, 999_999_999, over)
		unreadable(err, longDuration)
		for _, secs := range []int64{earliest, latest} {
			if got, err := TimeOf(background, secs, 999_999_999, over); got != time.Unix(secs, 999_999_999).UTC() || err != nil {
				t.Errorf("%s: %v, %v", name, got, err)
			}
		}
		_, err = TimeOf(background, earliest-1, 0, over)
		unreadable(err, farTime)
		_, err = TimeOf(background, latest+1, 0, over)
		unreadable(err, farTime)
	}
	// Beyond them a Time tells another year, or that it is before others.
	if first := time.Unix(earliest, 0).UTC(); first.Year() != -292277022399 || !first.Before(time.Unix(0, 0)) {
		t.Error(first)
	}
	if last := time.Unix(latest, 0); !last.After(time.Unix(0, 0)) || time.Unix(latest+1, 0).After(last) {
		t.Error(last)
	}
}

func TestWhatIsNoneIsToldWhereItStands(t *testing.T) {
	faults := func(text string, read func([]byte) error, fault string) {
		t.Helper()
		err := read(unhex(t, text))
		if err == nil || err.Error() != "the library sent what cannot be read: "+fault {
			t.Errorf("%s: %v", text, err)
		}
	}
	shelf := func(bytes []byte) error { _, err := decode(bytes, take_Shelf); return err }
	piece := func(bytes []byte) error { _, err := decode(bytes, take_Piece); return err }
	byLevel := func(bytes []byte) error { _, err := decode(bytes, take_map2_Level_list_Point); return err }
	address := func(bytes []byte) error { _, err := decode(bytes, take_map2_ip_addr_duration); return err }
	wide := func(bytes []byte) error { _, err := decode(bytes, take_map2_i128_Piece); return err }
	options := func(bytes []byte) error { _, err := decode(bytes, take_set_option_u16); return err }
	faults("a1 66'scores' a2 61'a' 01 61'a' 02", shelf, "scores[1].key: stands twice")
	faults("a1 66'nested' a1 f5 a1 62'ab' 01", shelf, "nested[0].value[0].key: a text is not one character")
	faults("a1 68'by_place' a2 820001 f6 8200190001 f6", shelf, "by_place[1].key: stands twice")
	faults("a1 68'by_place' a1 820001 01", shelf, "by_place[0].value: there is no text")
	faults("a1 67'numbers' 82 01 1801", shelf, "numbers[1]: stands twice")
	faults("a1 67'colours' 82 43010203 83010203", shelf, "colours[1]: stands twice")
	faults("a1 67'colours' 81 420102", shelf, "colours[0]: there are not 3 bytes")
	faults("a1 64'grid' 83 820102 820102 8101", shelf, "grid[2]: there are not 2 elements")
	faults("a1 64'grid' 83 820102 8201f6 820102", shelf, "grid[1][1]: there is no integer")
	faults("a1 64'pair' 8161'a'", shelf, "pair: there are not 2 elements")
	faults("a1 64'pair' 8261'a'20", shelf, "pair.1: a number is out of range")
	faults("a1 66'single' 80", shelf, "single: there are not 1 elements")
	faults("a1 67'timeout' 82001a3b9aca00", shelf, "timeout.nanos: a number is out of range")
	faults("a1 67'timeout' 821b000000022640000000", shelf, "timeout: "+longDuration)
	faults("a1 65'since' a20100 2800", shelf, "since: there is no time")
	faults("a1 65'since' d903e9a12800", shelf, "since.secs: is missing")
	faults("a1 65'since' d903e9a101 1b7fffffffffffffff", shelf, "since: "+farTime)
	faults("a1 65'until' d903e9a20100 02 00", shelf, "until: a time has an unknown key")
	faults("a1 68'unsigned' 20", shelf, "unsigned: a number is out of range")
	faults("a1 67'address' 61'x'", shelf, "address: a text is no address")
	faults("a1 64'peer' 63'::1'", shelf, "peer: a text is no address")
	faults("a1 65'Index' 82 a1 61'a' a1 65'Split' 82 63'Gap' 63'gap' 80", piece, "Index.0[0].value.Split[1]: Piece has no variant gap")
	faults("a1 65'Dated' a1 65'lasts' 8220 00", piece, "Dated.lasts.secs: a number is out of range")
	faults("a1 64'Tops' 80", byLevel, "[0].key: the enumeration Level has no Tops")
	faults("a2 63'::1' 820000 6f'0:0:0:0:0:0:0:1' 820000", address, "[1].key: stands twice")
	faults("a2 20 63'Gap' 3800 63'Gap'", wide, "[1].key: stands twice")
	faults("a1 20 63'gap'", wide, "[0].value: Piece has no variant gap")
	faults("82 01 1801", options, "[1]: stands twice")
}
