package every

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

const callers, each = 4, 25_000

// fireAtOnce has callers fire at once, each its own numbers.
func fireAtOnce(t *testing.T, c *Every) {
	var all sync.WaitGroup
	for caller := int64(0); caller < callers; caller++ {
		all.Add(1)
		go func(caller int64) {
			defer all.Done()
			if err := c.FireNumbers(background, caller*each, each); err != nil {
				t.Error(err)
			}
		}(caller)
	}
	all.Wait()
}

// account checks that no number is missing without a gap before it.
type account struct {
	following      [callers]int64
	unplaced, told int64
}

func (a *account) number(t *testing.T, number int64) {
	caller := number / each
	missing := number%each - a.following[caller]
	if missing < 0 || missing > a.unplaced {
		t.Fatalf("%d after %d, with %d missing", number, a.following[caller], a.unplaced)
	}
	a.unplaced -= missing
	a.following[caller] = number%each + 1
	a.told++
}

func (a *account) gap(count uint64) {
	a.unplaced += int64(count)
	a.told += int64(count)
}

func TestFourCallersAgainstAReceiverThatTakesItsTime(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		numbers, err := c.OnNumber(background, 100)
		if err != nil {
			t.Fatal(err)
		}
		all, err := c.Events(background, 1_000)
		if err != nil {
			t.Fatal(err)
		}
		var both sync.WaitGroup
		both.Add(2)
		go func() {
			defer both.Done()
			var account account
			var index, before uint64
			for account.told+int64(numbers.Lost()-before) < callers*each {
				select {
				case number := <-numbers.C:
					lost := numbers.LostBefore(index)
					account.gap(lost - before)
					account.number(t, number)
					index, before = index+1, lost
					if index%64 == 0 {
						time.Sleep(time.Millisecond)
					}
				case <-time.After(time.Millisecond):
				}
			}
		}()
		go func() {
			defer both.Done()
			var account account
			for account.told < callers*each {
				event, _ := soon(t, all.C)
				if event.Name == "events_dropped" {
					account.gap(event.Payload.(EventsDropped).Count)
				} else {
					account.number(t, event.Payload.(int64))
				}
				if account.told%64 == 0 {
					time.Sleep(time.Millisecond)
				}
			}
		}()
		fireAtOnce(t, c)
		both.Wait()
	})
}

func TestALastGapIsToldWithoutAnotherEvent(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		open, err := c.Events(background, 2)
		if err != nil {
			t.Fatal(err)
		}
		closed, err := c.Events(background, 2)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.FireNumbers(background, 0, 7); err != nil {
			t.Error(err)
		}
		expected := []Event{{"on_number", int64(0)}, {"on_number", int64(1)}, {"events_dropped", EventsDropped{Count: 5}}}
		eventually(t, "all were heard", func() bool { return open.Lost() == 5 && closed.Lost() == 5 })
		closed.Stop()
		for _, from := range []<-chan Event{open.C, closed.C} {
			for _, expected := range expected {
				if event, _ := soon(t, from); event != expected {
					t.Errorf("%v instead of %v", event, expected)
				}
			}
		}
	})
}

func TestAConstructorIsHeardFromItsFirstEventOn(t *testing.T) {
	for name, transport := range transports {
		t.Run(name, func(t *testing.T) {
			defer leavesNothing(t)()
			var numbers *Subscription[int64]
			var all *Subscription[Event]
			listen := WithListeners(func(c *Every) (err error) {
				if numbers, err = c.OnNumber(background, 10); err != nil {
					return err
				}
				all, err = c.Events(background, 10)
				return err
			})
			c, err := New(background, Config{Name: "fires 3"}, WithTransport(transport), listen)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.FireNumbers(background, 3, 1); err != nil {
				t.Error(err)
			}
			for i := int64(0); i < 4; i++ {
				number, _ := soon(t, numbers.C)
				event, _ := soon(t, all.C)
				if number != i || event != (Event{"on_number", i}) {
					t.Errorf("%d, %v instead of %d", number, event, i)
				}
			}
			if err := c.Close(); err != nil {
				t.Error(err)
			}
			no := errors.New("no")
			fails := WithListeners(func(c *Every) error {
				// It is closed where nobody waits for it any more.
				if _, err := c.OnNumber(background, 10); err != nil && err != ErrClosed {
					t.Error(err)
				}
				return no
			})
			if _, err := New(background, Config{Name: "fires 3"}, WithTransport(transport), fails); err != no {
				t.Errorf("%v", err)
			}
			if _, err := New(background, Config{Failure: pointer("as told")}, WithTransport(transport), fails); err == nil || err == no {
				t.Errorf("%v", err)
			}
			ctx, cancel := context.WithTimeout(background, 20*time.Millisecond)
			defer cancel()
			if _, err := New(ctx, Config{DelayMs: 200}, WithTransport(transport), fails); err != context.DeadlineExceeded {
				t.Errorf("%v", err)
			}
		})
	}
}
