package mytimer_test

import (
	"context"
	"ffi/mytimer"
	"fmt"
	"sync"
	"testing"
	"time"
)

// The package as its users see it.
func Example() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	timer, err := mytimer.New(ctx, mytimer.TimerConfig{Name: "wall clock"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer timer.Close()
	echoes, err := timer.OnEchoFired(ctx, 16)
	if err != nil {
		fmt.Println(err)
		return
	}
	echo, err := timer.Echo(ctx, mytimer.EchoRequest{Message: "hello", DelayMs: 10})
	fmt.Println(echo.Echoed, "from", echo.TimerName, err)
	fmt.Println((<-echoes.C).Message)
	_, err = timer.Schedule(ctx, mytimer.JobSpec{}, mytimer.RetryPolicy{}, mytimer.ScheduleConfig{})
	fmt.Println(err)
	// Output:
	// hello from wall clock <nil>
	// hello
	// job name must not be empty
}

func TestWaitsOverlap(t *testing.T) {
	for _, transport := range []mytimer.Transport{mytimer.Native, mytimer.CBOR} {
		timer, err := mytimer.New(context.Background(), mytimer.TimerConfig{Name: "t"}, mytimer.WithTransport(transport))
		if err != nil {
			t.Fatal(err)
		}
		note := "note"
		var all sync.WaitGroup
		for i := 0; i < 2_000; i++ {
			all.Add(1)
			go func(i int) {
				defer all.Done()
				text := fmt.Sprint("message ", i)
				echo, err := timer.Echo(context.Background(), mytimer.EchoRequest{Message: text, DelayMs: int64(i % 50)})
				if err != nil || echo.Echoed != text || echo.TimerName != "t" {
					t.Errorf("%v, %v", echo, err)
				}
				sum, err := timer.Complex(context.Background(), mytimer.ComplexRequest{
					Messages: []mytimer.EchoRequest{{Message: text}, {Message: text}}, Note: &note})
				if err != nil || sum.Summary != "received 2 messages, note=note, retries=0" || !sum.HasNote {
					t.Errorf("%v, %v", sum, err)
				}
			}(i)
		}
		all.Wait()
		if err := timer.Close(); err != nil {
			t.Error(err)
		}
		if _, err := timer.Version(context.Background()); err != mytimer.ErrClosed {
			t.Errorf("%v", err)
		}
	}
}
