package every

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// failsWith checks that an error is the author's, with this text, and holds this error of the function's own.
func failsWith[E error](t *testing.T, err error, text string, want E) {
	t.Helper()
	var told *Error
	var found E
	if !errors.As(err, &told) || told.Kind != KindAuthor || told.Text != text || err.Error() != text {
		t.Errorf("%#v does not say %q", err, text)
	}
	if !errors.As(err, &found) || !reflect.DeepEqual(found, want) {
		t.Errorf("%#v holds no %#v", err, want)
	}
}

func TestAnErrorHoldsWhatItsAuthorGaveIt(t *testing.T) {
	number, level := -2.0, LevelNext
	missing := Missing{LookedFor: "a\x00b", Beside: []Point{{1.5, &number}}, Level: &level, Cause: "invalid float literal"}
	overBoth(t, func(t *testing.T, c *Every) {
		_, err := c.Find(background, "a\x00b")
		failsWith(t, err, "there is no a\x00b", missing)
		var found Missing
		if !errors.As(err, &found) || !strings.Contains(found.Error(), "LookedFor:a\x00b") {
			t.Errorf("%v", found)
		}
		if point, err := c.Find(background, "2.5"); point.X != 2.5 || err != nil {
			t.Errorf("%v, %v", point, err)
		}
		for trouble, text := range map[Trouble]string{TroubleBusy: "busy: come back later", TroubleGone: "cancelled"} {
			trouble := trouble
			err := c.TroubleLater(background, &trouble)
			failsWith(t, err, text, trouble)
			if !errors.Is(err, trouble) || errors.Is(err, TroubleBusy) != (trouble == TroubleBusy) {
				t.Errorf("%v is another", err)
			}
		}
		if err := c.TroubleLater(background, nil); err != nil {
			t.Errorf("%v", err)
		}
		var told *Error
		if err := c.FailTypedUnspeakably(background); !errors.As(err, &told) || told.Kind != KindPanicked || told.Failure != nil {
			t.Errorf("%#v", err)
		}
	})
	for name, transport := range transports {
		t.Run(name, func(t *testing.T) {
			defer leavesNothing(t)()
			for text, storage := range map[string]Storage{"": StorageUnknown, "12345": StorageFull, "123456": StorageBroken} {
				said := map[Storage]string{StorageUnknown: "unknown error", StorageFull: "only 4 bytes are left", StorageBroken: "it is broken"}[storage]
				_, err := StoreHere(background, text, WithTransport(transport))
				failsWith(t, err, said, storage)
				_, err = StoreDetached(background, text, WithTransport(transport))
				failsWith(t, err, said, storage)
			}
		})
	}
}
