package every

import (
	"context"
	"strings"
	"sync"
	"testing"
)

func TestEventsComeInOrderAndTyped(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		numbers, err := c.OnNumber(background, 100)
		if err != nil {
			t.Fatal(err)
		}
		all, err := c.Events(background, 100)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.FireNumbers(background, 7, 50); err != nil {
			t.Error(err)
		}
		if err := c.FireText(background, "between"); err != nil {
			t.Error(err)
		}
		if err := c.FireNothing(background); err != nil {
			t.Error(err)
		}
		for i := int64(7); i < 57; i++ {
			number, _ := soon(t, numbers.C)
			event, _ := soon(t, all.C)
			if number != i || event.Name != "on_number" || event.Payload != i {
				t.Fatalf("%d, %v instead of %d", number, event, i)
			}
		}
		if event, _ := soon(t, all.C); event != (Event{"on_text", "between"}) {
			t.Errorf("%v", event)
		}
		if event, _ := soon(t, all.C); event != (Event{Name: "on_nothing"}) {
			t.Errorf("%v", event)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if number, open := soon(t, numbers.C); open {
			t.Errorf("after the end: %d", number)
		}
		if numbers.Lost() != 0 || numbers.Err() != nil {
			t.Errorf("%d, %v", numbers.Lost(), numbers.Err())
		}
	})
}

func TestWhoDoesNotKeepUpLosesWhatFindsNoRoom(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		s, err := c.OnNumber(background, 3)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.FireNumbers(background, 0, 100); err != nil {
			t.Error(err)
		}
		eventually(t, "97 events are lost", func() bool { return s.Lost() == 97 })
		for i := int64(0); i < 3; i++ {
			if number, _ := soon(t, s.C); number != i || s.LostBefore(uint64(i)) != 0 {
				t.Errorf("%d instead of %d, with %d before it", number, i, s.LostBefore(uint64(i)))
			}
		}
		if err := c.FireNumbers(background, 100, 1); err != nil {
			t.Error(err)
		}
		if number, _ := soon(t, s.C); number != 100 || s.LostBefore(3) != 97 {
			t.Errorf("%d goes on, with %d before it", number, s.LostBefore(3))
		}
	})
}

func TestWhatTheLibraryDropsIsCounted(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		s, err := c.OnNumber(background, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		// As if the receiver were stopped in the middle: the library's line has room for 1,024.
		s.mutex.Lock()
		for i := int64(0); i < 5; i++ {
			if err := c.FireNumbers(background, i*1_000, 1_000); err != nil {
				t.Error(err)
			}
		}
		s.mutex.Unlock()
		eventually(t, "each is heard or lost", func() bool { return uint64(len(s.C))+s.Lost() == 5_000 })
		if s.Lost() < 3_000 || s.Err() == nil || !strings.HasPrefix(s.Err().Error(), "events_dropped: ") {
			t.Errorf("%d, %v", s.Lost(), s.Err())
		}
	})
}

func TestAPayloadMayHoldANUL(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		s, err := c.OnLabelled(background, 10)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.FireLabelledWithNul(background); err != nil {
			t.Error(err)
		}
		if err := c.FireLabelled(background, "\x00é\x00"); err != nil {
			t.Error(err)
		}
		for _, label := range []string{"a\x00b", "\x00é\x00"} {
			if labelled, _ := soon(t, s.C); labelled.Label != label || s.Lost() != 0 {
				t.Errorf("%q, %d, %v", labelled.Label, s.Lost(), s.Err())
			}
		}
	})
}

func TestAStoppedSubscriptionHearsNothing(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		s, err := c.OnNumber(background, 10)
		if err != nil {
			t.Fatal(err)
		}
		s.Stop()
		s.Stop()
		if listeners.count() != 0 {
			t.Error("the listener is still there")
		}
		if err := c.FireNumbers(background, 0, 5); err != nil {
			t.Error(err)
		}
		if number, open := soon(t, s.C); open {
			t.Errorf("heard %d", number)
		}
	})
}

func TestASubscriptionEndsWithItsContext(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		ctx, cancel := context.WithCancel(background)
		s, err := c.OnNumber(ctx, 10)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.FireNumbers(background, 1, 1); err != nil {
			t.Error(err)
		}
		if number, _ := soon(t, s.C); number != 1 {
			t.Errorf("heard %d", number)
		}
		cancel()
		if number, open := soon(t, s.C); open {
			t.Errorf("heard %d", number)
		}
		eventually(t, "the listener is gone", func() bool { return listeners.count() == 0 })
	})
}

func TestSubscribersComeAndGoWhileEventsAreFired(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		var all sync.WaitGroup
		for i := 0; i < 8; i++ {
			all.Add(2)
			go func() {
				defer all.Done()
				for round := 0; round < 30; round++ {
					s, err := c.OnNumber(background, 2)
					if err != nil {
						t.Errorf("%v", err)
						return
					}
					soon(t, s.C)
					s.Stop()
				}
			}()
			go func(i int) {
				defer all.Done()
				if err := c.FireNumbersSlowly(background, int64(i), 2_000, 1); err != nil && err.Error() != "cancelled" {
					t.Errorf("%v", err)
				}
			}(i)
		}
		all.Wait()
	})
}
