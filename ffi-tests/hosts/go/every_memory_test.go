package every

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
)

// resident is how much memory the process has, C's too; 0 where the system does not tell.
func resident() int {
	runtime.GC()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages int
	fmt.Sscan(string(text), &size, &pages)
	return pages * os.Getpagesize()
}

// Of 400 MB that crossed, there and back, nothing stays. What stays grows with every part of them; Go's own heap and the
// race detector's memory grow in steps, now and then.
func TestNothingLeaks(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		s, err := c.OnText(background, 1)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Repeat("x", 100_000)
		round := func(count int) {
			for i := 0; i < count; i++ {
				if got, err := c.GiveListString(background, []string{text, text}); err != nil || len(got[1]) != len(text) {
					t.Fatal(err)
				}
				if err := c.Fail(background, text); err == nil || len(err.Error()) != len(text) {
					t.Fatal("no error")
				}
				if err := c.FireText(background, text); err != nil {
					t.Fatal(err)
				}
				soon(t, s.C)
				if _, err := Divide(1, 0); err == nil {
					t.Fatal("no error")
				}
			}
		}
		round(50)
		least := 1 << 62
		for part := 0; part < 3; part++ {
			before := resident()
			round(400)
			if grown := resident() - before; grown < least {
				least = grown
			}
		}
		if least > 32<<20 {
			t.Errorf("at least %d bytes more with each part", least)
		}
	})
}
