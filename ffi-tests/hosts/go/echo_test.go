package echo_test

import (
	"context"
	"ffi/echo"
	"strings"
	"testing"
)

func TestEchoesOfBothKinds(t *testing.T) {
	ctx := context.Background()
	for _, transport := range []echo.Transport{echo.Native, echo.CBOR} {
		e, err := echo.New(ctx, echo.EchoConfig{Prefix: "hey"}, echo.WithTransport(transport))
		if err != nil {
			t.Fatal(err)
		}
		if shout, err := e.Shout(ctx, echo.ShoutRequest{Text: "you"}); err != nil || shout != (echo.ShoutResponse{Shouted: "hey: YOU", Prefix: "hey"}) {
			t.Errorf("%v, %v", shout, err)
		}
		// On the calling thread.
		if prefix, err := e.Prefix(ctx); prefix != "hey" || err != nil {
			t.Errorf("%q, %v", prefix, err)
		}
		if upper, err := echo.Upper(ctx, "grüße", echo.WithTransport(transport)); upper != "GRüßE" || err != nil {
			t.Errorf("%q, %v", upper, err)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
	for letter, loud := range map[rune]bool{'A': true, 'a': false, 'Ä': false} {
		if got, err := echo.IsLoud(letter); got != loud || err != nil {
			t.Errorf("%c: %v, %v", letter, got, err)
		}
	}
}

// In C a NUL ends the text of this library.
func TestATextWithANULCrossesOverCBORAlone(t *testing.T) {
	ctx := context.Background()
	refused := func(err error) {
		if err == nil || !strings.Contains(err.Error(), "NUL at byte 1") {
			t.Errorf("%v", err)
		}
	}
	_, err := echo.New(ctx, echo.EchoConfig{Prefix: "a\x00b"}, echo.WithTransport(echo.Native))
	refused(err)
	_, err = echo.Upper(ctx, "a\x00b", echo.WithTransport(echo.Native))
	refused(err)
	native, err := echo.New(ctx, echo.EchoConfig{Prefix: "fine"}, echo.WithTransport(echo.Native))
	if err != nil {
		t.Fatal(err)
	}
	_, err = native.Shout(ctx, echo.ShoutRequest{Text: "a\x00b"})
	refused(err)
	e, err := echo.New(ctx, echo.EchoConfig{Prefix: "a\x00b"}, echo.WithTransport(echo.CBOR))
	if err != nil {
		t.Fatal(err)
	}
	if shout, err := e.Shout(ctx, echo.ShoutRequest{Text: "c\x00d"}); err != nil || shout != (echo.ShoutResponse{Shouted: "a\x00b: C\x00D", Prefix: "a\x00b"}) {
		t.Errorf("%q, %v", shout, err)
	}
	for _, each := range []*echo.Echo{native, e} {
		if err := each.Close(); err != nil {
			t.Error(err)
		}
	}
}
