package every

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestAConstructorThatFailsLeavesNothing(t *testing.T) {
	for _, transport := range transports {
		defer leavesNothing(t)()
		c, err := New(background, Config{Failure: pointer("told to fail")}, WithTransport(transport))
		if c != nil || err == nil || err.Error() != "told to fail" {
			t.Errorf("%v, %v", c, err)
		}
		c, err = New(background, Config{Name: "\xff"}, WithTransport(transport))
		if c != nil || err == nil || !strings.Contains(err.Error(), "UTF-8") {
			t.Errorf("%v, %v", c, err)
		}
	}
}

func TestAConstructorIsCancelled(t *testing.T) {
	for _, transport := range transports {
		defer leavesNothing(t)()
		ctx, cancel := context.WithTimeout(background, 20*time.Millisecond)
		defer cancel()
		c, err := New(ctx, Config{DelayMs: never}, WithTransport(transport))
		if c != nil || err != context.DeadlineExceeded {
			t.Errorf("%v, %v", c, err)
		}
	}
}

func TestCloseWaitsForWhatWasAccepted(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		failed := make(chan error, 1)
		go func() { failed <- c.Sleep(background, 100) }()
		eventually(t, "the call waits", func() bool { return calls.count() == 1 })
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if calls.count() != 0 {
			t.Error("Close returned before the answer")
		}
		if err, _ := soon(t, failed); err != nil {
			t.Errorf("what was accepted is answered: %v", err)
		}
	})
}

func TestWhatOutlivesTheGraceIsCancelled(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		failed := make(chan error, 1)
		go func() { failed <- c.WaitForever(background) }()
		eventually(t, "the call waits", func() bool { return calls.count() == 1 })
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		var told *Error
		if err, _ := soon(t, failed); !errors.As(err, &told) || !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
}

func TestCloseAgainAndAtOnce(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		var all sync.WaitGroup
		for i := 0; i < 8; i++ {
			all.Add(1)
			go func() {
				defer all.Done()
				if err := c.Close(); err != nil {
					t.Error(err)
				}
				if _, err := c.Name(background); err != ErrClosed {
					t.Errorf("%v", err)
				}
				if _, err := c.Events(background, 1); err != ErrClosed {
					t.Errorf("%v", err)
				}
			}()
		}
		all.Wait()
	})
}

func TestCallsBesideCloseAreAnsweredOrRefused(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		var all sync.WaitGroup
		for i := 0; i < 16; i++ {
			all.Add(1)
			go func() {
				defer all.Done()
				for {
					name, err := c.Name(background)
					if err == ErrClosed {
						return
					}
					if name != "go" || err != nil {
						t.Errorf("%q, %v", name, err)
						return
					}
				}
			}()
		}
		for i := 0; i < 4; i++ {
			all.Add(1)
			go func() {
				defer all.Done()
				for {
					s, err := c.OnNumber(background, 1)
					if err != nil {
						if err != ErrClosed {
							t.Errorf("%v", err)
						}
						return
					}
					s.Stop()
				}
			}()
		}
		time.Sleep(20 * time.Millisecond)
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		all.Wait()
	})
}

func TestCloseSaysWhatBlocks(t *testing.T) {
	defer leavesNothing(t)()
	c, err := New(background, Config{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.OnNumber(background, 1)
	if err != nil {
		t.Fatal(err)
	}
	failed := make(chan error, 1)
	// Longer than the grace of 1.5 s and the second after it.
	go func() { failed <- c.Block(background, 4_000) }()
	eventually(t, "the worker is blocked", func() bool { return calls.count() == 1 })
	if err := c.Close(); err == nil || !strings.Contains(err.Error(), "blocks") {
		t.Errorf("%v", err)
	}
	if _, open := soon(t, s.C); open {
		t.Error("subscriptions end all the same")
	}
	if err, _ := soon(t, failed); err != nil {
		t.Errorf("what blocks is answered once it goes on: %v", err)
	}
}

func TestManyContexts(t *testing.T) {
	defer leavesNothing(t)()
	for i := 0; i < 200; i++ {
		c, err := New(background, Config{Name: "one of many"})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(background)
		if _, err := c.Events(ctx, 1); err != nil {
			t.Error(err)
		}
		if _, err := c.Name(ctx); err != nil {
			t.Error(err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		cancel()
	}
}
