package every

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"
)

// row is a vector.
type row struct {
	name     string
	call     func(c *Every, over Transport) (any, error)
	// The request, and the result, as bytes; an export has none.
	request  string
	encode   func() *encoder
	response string
	decode   func(bytes []byte) (any, error)
	result   any
	err      string
	events   []told
}

// told is an event that a call fires.
type told struct {
	event  Event
	cbor   string
	decode func(bytes []byte) (any, error)
}

// How long an event is waited for: a test that would wait for ever fails instead.
const patience = time.Minute

var ctx = context.Background()

func pointer[T any](value T) *T {
	return &value
}

// wide is the integer with these digits.
func wide(digits string) *big.Int {
	value, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		panic(digits)
	}
	return value
}

func TestEveryVectorNatively(t *testing.T) {
	run(t, Native, "native")
}

func TestEveryVectorOverCBOR(t *testing.T) {
	run(t, CBOR, "cbor")
}

func run(t *testing.T, over Transport, name string) {
	c, err := New(ctx, setup, WithTransport(over))
	if err != nil {
		t.Fatal(err)
	}
	heard, err := c.Events(ctx, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		row.check(t, c, over, heard)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	for event := range heard.C {
		t.Errorf("fired without reason: %v", event)
	}
	if lost := heard.Lost(); lost != 0 {
		t.Errorf("%d events were lost: %v", lost, heard.Err())
	}
	if !t.Failed() {
		fmt.Printf("passed %d vectors, %s\n", len(rows), name)
	}
}

func (r *row) check(t *testing.T, c *Every, over Transport, heard *Subscription[Event]) {
	result, err := r.call(c, over)
	switch {
	case r.err != "":
		if err == nil || err.Error() != r.err {
			t.Errorf("%s: error %q instead of %q", r.name, err, r.err)
		}
	case err != nil:
		t.Errorf("%s: %v", r.name, err)
	case !same(result, r.result):
		t.Errorf("%s: %#v instead of %#v", r.name, result, r.result)
	}
	r.checkEvents(t, heard)
	if over == CBOR {
		r.checkBytes(t)
	}
}

func (r *row) checkEvents(t *testing.T, heard *Subscription[Event]) {
	for _, expected := range r.events {
		select {
		case event := <-heard.C:
			if event.Name != expected.event.Name || !same(event.Payload, expected.event.Payload) {
				t.Errorf("%s: event %#v instead of %#v", r.name, event, expected.event)
			}
		case <-time.After(patience):
			t.Fatalf("%s: no event %s", r.name, expected.event.Name)
		}
	}
}

// checkBytes compares what this package writes, and reads what the library wrote.
func (r *row) checkBytes(t *testing.T) {
	if r.encode != nil {
		if e := r.encode(); e.err != nil || !bytes.Equal(e.bytes, unhex(r.request)) {
			t.Errorf("%s: request %x instead of %s", r.name, e.bytes, r.request)
		}
	}
	if r.decode != nil {
		checkRead(t, r.name, r.decode, r.response, r.result)
	}
	for _, told := range r.events {
		checkRead(t, r.name, told.decode, told.cbor, told.event.Payload)
	}
}

func checkRead(t *testing.T, name string, decode func([]byte) (any, error), text string, expected any) {
	value, err := decode(unhex(text))
	if nothing, ok := value.(struct{}); ok && expected == nil {
		expected = nothing
	}
	if err != nil || !same(value, expected) {
		t.Errorf("%s: %s is read as %#v, %v", name, text, value, err)
	}
	// No byte may be missing, and none too many.
	if _, err := decode(unhex(text)[:len(text)/2-1]); err == nil {
		t.Errorf("%s: %s is read without its last byte", name, text)
	}
	if _, err := decode(append(unhex(text), 0)); err == nil {
		t.Errorf("%s: %s is read with another byte", name, text)
	}
}

func unhex(text string) []byte {
	bytes, err := hex.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return bytes
}

// same compares as a user sees it: a NaN is a NaN, zeros have signs, a time has a zone, the entries of a map no order.
func same(a, b any) bool {
	return equal(reflect.ValueOf(a), reflect.ValueOf(b))
}

func equal(a, b reflect.Value) bool {
	if a.IsValid() != b.IsValid() || !a.IsValid() {
		return a.IsValid() == b.IsValid()
	}
	if a.Type() != b.Type() {
		return false
	}
	switch x := a.Interface().(type) {
	case *big.Int:
		y := b.Interface().(*big.Int)
		return (x == nil) == (y == nil) && (x == nil || x.Cmp(y) == 0)
	case time.Time:
		y := b.Interface().(time.Time)
		return x.Equal(y) && x.Location() == y.Location()
	case netip.Addr, netip.AddrPort:
		return x == b.Interface()
	}
	switch a.Kind() {
	case reflect.Float32, reflect.Float64:
		x, y := a.Float(), b.Float()
		return x != x && y != y || math.Float64bits(x) == math.Float64bits(y)
	case reflect.Pointer, reflect.Interface:
		return a.IsNil() == b.IsNil() && (a.IsNil() || equal(a.Elem(), b.Elem()))
	case reflect.Slice:
		if strings.HasPrefix(a.Type().Elem().Name(), "Entry[") {
			has := func(i int) bool { return some(b.Len(), func(j int) bool { return equal(a.Index(i), b.Index(j)) }) }
			return a.Len() == b.Len() && all(a.Len(), has)
		}
		return a.Len() == b.Len() && all(a.Len(), func(i int) bool { return equal(a.Index(i), b.Index(i)) })
	case reflect.Array:
		return all(a.Len(), func(i int) bool { return equal(a.Index(i), b.Index(i)) })
	case reflect.Map:
		keys := a.MapKeys()
		return a.Len() == b.Len() && all(len(keys), func(i int) bool { return equal(a.MapIndex(keys[i]), b.MapIndex(keys[i])) })
	case reflect.Struct:
		return all(a.NumField(), func(i int) bool { return equal(a.Field(i), b.Field(i)) })
	}
	return a.Interface() == b.Interface()
}

func all(count int, holds func(int) bool) bool {
	for i := 0; i < count; i++ {
		if !holds(i) {
			return false
		}
	}
	return true
}

func some(count int, holds func(int) bool) bool {
	return !all(count, func(i int) bool { return !holds(i) })
}
