package mytimer

import (
	"context"
	"strings"
	"testing"
	"time"
)

// In C a NUL ends the text of this library: a listener in C cannot be told of one that has a NUL inside.
func TestAPayloadThatCannotCrossIsCounted(t *testing.T) {
	background := context.Background()
	for _, transport := range []Transport{Native, CBOR} {
		timer, err := New(background, TimerConfig{Name: "t"}, WithTransport(transport))
		if err != nil {
			t.Fatal(err)
		}
		echoes, err := timer.OnEchoFired(background, 10)
		if err != nil {
			t.Fatal(err)
		}
		// The same context over CBOR, which alone can bring one in.
		wire := &MyTimer{connection: &connection{settings: timer.settings, handle: timer.handle}}
		wire.wire = true
		for _, message := range []string{"a\x00b", "fine"} {
			if echo, err := wire.Echo(background, EchoRequest{Message: message}); echo.Echoed != message || err != nil {
				t.Errorf("%q, %v", echo.Echoed, err)
			}
		}
		var event EchoEvent
		select {
		case event = <-echoes.C:
		case <-time.After(time.Minute):
			t.Fatal("no event")
		}
		if transport == CBOR {
			if event.Message != "a\x00b" || echoes.Lost() != 0 {
				t.Errorf("%q, %d", event.Message, echoes.Lost())
			}
		} else if event.Message != "fine" || echoes.Lost() != 1 || !strings.Contains(echoes.Err().Error(), "message: the string has a NUL at byte 1") {
			t.Errorf("%q, %d, %v", event.Message, echoes.Lost(), echoes.Err())
		}
		if err := timer.Close(); err != nil {
			t.Error(err)
		}
	}
}
