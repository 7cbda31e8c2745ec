package every

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestACancelledCallReturnsAtOnce(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		ctx, cancel := context.WithCancel(background)
		failed := make(chan error)
		go func() { failed <- c.SleepLightly(ctx, never) }()
		eventually(t, "the call waits", func() bool { return calls.count() == 1 })
		cancel()
		if err, _ := soon(t, failed); err != context.Canceled {
			t.Errorf("%v", err)
		}
		// The library heard of it too, and dropped the handler: its answer is not waited for by Close.
		eventually(t, "the call was answered", func() bool { return calls.count() == 0 })
		if name, err := c.Name(background); name != "go" || err != nil {
			t.Errorf("%q, %v", name, err)
		}
	})
}

func TestACallThatMayNotBeDroppedReturnsAtOnceToo(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		ctx, cancel := context.WithTimeout(background, 20*time.Millisecond)
		defer cancel()
		if err := c.WaitForever(ctx); err != context.DeadlineExceeded {
			t.Errorf("%v", err)
		}
		if calls.count() != 1 {
			t.Error("the handler runs on until the context closes")
		}
	})
}

func TestACallThatWaitsInLineIsCancelled(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		blocked := make(chan error)
		go func() { blocked <- c.Block(background, 300) }()
		eventually(t, "the worker is blocked", func() bool { return calls.count() == 1 })
		ctx, cancel := context.WithTimeout(background, 20*time.Millisecond)
		defer cancel()
		if _, err := c.Add(ctx, 1); err != context.DeadlineExceeded {
			t.Errorf("%v", err)
		}
		if err, _ := soon(t, blocked); err != nil {
			t.Error(err)
		}
		if total, err := c.Add(background, 0); total != 0 || err != nil {
			t.Errorf("the cancelled call ran: %d, %v", total, err)
		}
	})
}

func TestNothingIsSentForAContextThatIsDone(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		ctx, cancel := context.WithCancel(background)
		cancel()
		if _, err := c.Add(ctx, 1); err != context.Canceled {
			t.Errorf("%v", err)
		}
		if _, err := EchoHere(ctx, Everything{}); err != context.Canceled {
			t.Errorf("%v", err)
		}
		if _, err := New(ctx, Config{}); err != context.Canceled {
			t.Errorf("%v", err)
		}
		if _, err := c.OnNumber(ctx, 1); err != context.Canceled {
			t.Errorf("%v", err)
		}
		if total, err := c.Add(background, 0); total != 0 || err != nil {
			t.Errorf("%d, %v", total, err)
		}
	})
}

func TestTheLibrarysOwnDeadlineIsTold(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		err := c.HurryLightly(background, never)
		var told *Error
		if !errors.As(err, &told) || told.Text != "deadline exceeded" || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		if errors.Is(err, context.Canceled) || errors.Is(err, ErrClosed) {
			t.Errorf("%v is something else too", err)
		}
	})
}

func TestAnErrorIsItsAuthorsWhateverItSays(t *testing.T) {
	said := []string{
		"cancelled", "deadline exceeded", "every_fail panicked: boom", "the context is poisoned: every_fail", "a\x00\x03",
		"every_fail: not a live context: NULL, destroyed or never made", "events_dropped: 3 events were dropped before this",
	}
	kindIs := func(err error, kind Kind, text string) {
		t.Helper()
		var told *Error
		if !errors.As(err, &told) || told.Kind != kind || !strings.HasPrefix(told.Text, text) {
			t.Errorf("%#v is not of the kind %d with %q", err, kind, text)
		}
		if errors.Is(err, context.Canceled) != (kind == KindCancelled) || errors.Is(err, ErrClosed) != (kind == KindBadHandle) ||
			errors.Is(err, context.DeadlineExceeded) != (kind == KindDeadlineExceeded) {
			t.Errorf("%v is taken for something else", err)
		}
	}
	for _, transport := range transports {
		for _, text := range said {
			kindIs(FailHere(background, text, WithTransport(transport)), KindAuthor, text)
			failure := text
			_, err := New(background, Config{Failure: &failure}, WithTransport(transport))
			kindIs(err, KindAuthor, text)
		}
	}
	overBoth(t, func(t *testing.T, c *Every) {
		for _, text := range said {
			kindIs(c.Fail(background, text), KindAuthor, text)
		}
		kindIs(c.HurryLightly(background, never), KindDeadlineExceeded, "deadline exceeded")
		kindIs(c.Panic(background, "cancelled"), KindPanicked, "every_panic panicked: cancelled")
		_, err := c.GiveString(background, strings.Repeat("x", 5<<20))
		kindIs(err, KindBadRequest, "every_give_string: ")
		_, err = c.PanicExclusive(background)
		kindIs(err, KindPanicked, "every_panic_exclusive panicked: ")
		_, err = c.Name(background)
		kindIs(err, KindPoisoned, "the context is poisoned: ")
		_, err = Divide(1, 0)
		kindIs(err, KindPanicked, "every_divide panicked: ")
	})
}

func TestAStatelessCallIsCancelled(t *testing.T) {
	for _, transport := range transports {
		defer leavesNothing(t)()
		ctx, cancel := context.WithTimeout(background, 20*time.Millisecond)
		defer cancel()
		if name, err := ThreadDetached(ctx, 200, WithTransport(transport)); err != context.DeadlineExceeded {
			t.Errorf("%q, %v", name, err)
		}
	}
}

func TestThousandsOfCallsAtOnce(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		var all sync.WaitGroup
		for i := 0; i < 4000; i++ {
			all.Add(1)
			go func(i int) {
				defer all.Done()
				callOne(t, c, i)
			}(i)
		}
		all.Wait()
	})
}

// callOne makes one call of those at once, of which some fail, panic or are cancelled.
func callOne(t *testing.T, c *Every, i int) {
	number := uint64(i)
	fate := []Fate{FateAnswers, FateFails, FatePanics}[i%3]
	got, err := c.StormLater(background, number, fate)
	switch {
	case fate == FateAnswers && (got != number || err != nil):
		t.Errorf("%d: %d, %v", i, got, err)
	case fate == FateFails && (err == nil || err.Error() != fmt.Sprintf("%d fails", i)):
		t.Errorf("%d: %v", i, err)
	case fate == FatePanics && (err == nil || !strings.Contains(err.Error(), fmt.Sprintf(": %d panics (", i))):
		t.Errorf("%d: %v", i, err)
	}
	value := Everything{I64: int64(i), Char: 'x', String: strings.Repeat("x", i), ListString: []string{"a", "", fmt.Sprint(i)}, OptionPoint: &Point{X: 1}}
	echoed, err := c.EchoLater(background, value)
	if err != nil || echoed.I64 != int64(i) || echoed.String != value.String || echoed.ListString[2] != fmt.Sprint(i) || echoed.OptionPoint.X != 1 {
		t.Errorf("%d: %v, %v", i, echoed, err)
	}
	ctx, cancel := context.WithTimeout(background, time.Duration(i%10)*time.Millisecond)
	defer cancel()
	if err := c.SleepLightly(ctx, uint64(i%10)); err != nil && err != context.DeadlineExceeded {
		t.Errorf("%d: %v", i, err)
	}
}

func TestWhatCannotCrossIsAnError(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		if _, err := c.GiveLevel(background, Level(5)); err == nil {
			t.Error("a number that is no value of its enumeration crossed")
		}
		if _, err := c.GiveChar(background, 0xd800); err == nil {
			t.Error("half of a surrogate pair crossed")
		}
		if _, err := c.GiveString(background, "\xff"); err == nil {
			t.Error("a text that is not UTF-8 crossed")
		}
		link := &Link{}
		link.Next = link
		if _, err := c.GiveLink(background, *link); err == nil || err.Error() != "every: nested too deep" {
			t.Errorf("%v", err)
		}
		tree := Tree{Children: make([]Tree, 1)}
		tree.Children[0].Children = tree.Children
		if _, err := c.GiveTree(background, tree); err == nil || err.Error() != "every: nested too deep" {
			t.Errorf("%v", err)
		}
		if got, err := c.GiveString(background, "fine"); got != "fine" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestATextIsOfAnyContent(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		texts := []string{"", "\x00", "\x00at the start", "a\x00b", "\x00é\x00", "a longer text"[2:8]}
		for _, text := range texts {
			if got, err := c.GiveString(background, text); got != text || err != nil {
				t.Errorf("%q, %v", got, err)
			}
			if got, err := c.GiveOptionString(background, &text); err != nil || got == nil || *got != text {
				t.Errorf("%v, %v", got, err)
			}
			if got, err := c.Labelled(background, text, "b"); got.Label != text+"\x00b" || err != nil {
				t.Errorf("%q, %v", got.Label, err)
			}
			if err := c.Fail(background, text+"!"); err == nil || !strings.HasSuffix(err.Error(), text+"!") {
				t.Errorf("%v", err)
			}
		}
		if got, err := c.GiveListString(background, texts); !reflect.DeepEqual(got, texts) || err != nil {
			t.Errorf("%q, %v", got, err)
		}
		if got, err := c.TextWithNul(background); got != "a\x00b" || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	})
}

func TestLargeRequestsAndResults(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		bytes := []byte(strings.Repeat("0123456789abcdef", 100_000))
		if got, err := c.GiveBytes(background, bytes); string(got) != string(bytes) || err != nil {
			t.Errorf("%d bytes, %v", len(got), err)
		}
		texts := make([]string, 10_000)
		for i := range texts {
			texts[i] = fmt.Sprint("text number ", i)
		}
		got, err := c.GiveListString(background, texts)
		if err != nil || len(got) != len(texts) || got[9_999] != "text number 9999" {
			t.Errorf("%d texts, %v", len(got), err)
		}
		if _, err := c.GiveBytes(background, make([]byte, 5<<20)); err == nil || !strings.Contains(err.Error(), "limit") {
			t.Errorf("%v", err)
		}
	})
	for _, m := range spare.memories {
		if len(m.blocks) > 1 || len(m.blocks) == 1 && strings.Trim(string(m.blocks[0]), "\x00") != "" {
			t.Fatal("memory that is not in use is zero, and of one block")
		}
	}
}

func TestAnExportTellsItsErrorOnce(t *testing.T) {
	for i := 0; i < 3; i++ {
		if _, err := Divide(1, 0); err == nil || !strings.HasPrefix(err.Error(), "every_divide panicked: attempt to divide by zero (ffi-tests/src/here.rs:") {
			t.Errorf("%v", err)
		}
		if got, err := Divide(0, 1); got != 0 || err != nil {
			t.Errorf("%d, %v", got, err)
		}
		if err := Ignore(1); err != nil {
			t.Error(err)
		}
		if _, err := SameChar(0xd800); err == nil {
			t.Error("half of a surrogate pair crossed")
		}
		if _, err := NextLevel(Level(5)); err == nil {
			t.Error("a number that is no value of its enumeration crossed")
		}
	}
}

func TestAnEnumerationHasNames(t *testing.T) {
	if got := fmt.Sprint(LevelLowest, LevelTop, Level(5)); got != "Lowest top Level(5)" {
		t.Error(got)
	}
}
