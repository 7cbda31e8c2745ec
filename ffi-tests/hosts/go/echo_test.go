package echo_test

import (
	"context"
	"ffi/echo"
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
