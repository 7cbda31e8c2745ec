package every

import (
	"context"
	"runtime"
	"testing"
	"time"
)

var background = context.Background()

// How long anything is waited for: a test that would wait for ever fails instead.
const patience = time.Minute

// never is how long a call takes that is not going to end by itself.
const never = 3_600_000

var transports = map[string]Transport{"native": Native, "cbor": CBOR}

// overBoth runs a test with a context for each transport, after which nothing is left of it.
func overBoth(t *testing.T, test func(t *testing.T, c *Every)) {
	for name, transport := range transports {
		t.Run(name, func(t *testing.T) {
			defer leavesNothing(t)()
			c, err := New(background, Config{Name: "go"}, WithTransport(transport))
			if err != nil {
				t.Fatal(err)
			}
			test(t, c)
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// leavesNothing gives what checks that nothing is left since: no goroutine, no call, no listener.
func leavesNothing(t *testing.T) func() {
	before := runtime.NumGoroutine()
	return func() {
		t.Helper()
		eventually(t, "nothing is left", func() bool {
			return runtime.NumGoroutine() <= before && calls.count() == 0 && listeners.count() == 0
		})
	}
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for begun := time.Now(); !holds(); time.Sleep(time.Millisecond) {
		if time.Since(begun) > patience {
			t.Fatalf("not so: %s; %d goroutines, %d calls, %d listeners", what, runtime.NumGoroutine(), calls.count(), listeners.count())
		}
	}
}

// soon receives, or fails.
func soon[T any](t *testing.T, from <-chan T) (value T, open bool) {
	t.Helper()
	select {
	case value, open = <-from:
		return value, open
	case <-time.After(patience):
		t.Fatal("nothing came")
		return value, false
	}
}

func pointer[T any](value T) *T {
	return &value
}
