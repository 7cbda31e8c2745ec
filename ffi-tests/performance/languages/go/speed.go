// What calls cost a program in Go, in nanoseconds: the median of many batches of each.
package main

// #cgo LDFLAGS: -ladd
// #include <stdint.h>
// int32_t add(int32_t a, int32_t b);
import "C"

import (
	"context"
	"ffi/benched"
	"fmt"
	"log"
	"sort"
	"sync"
	"time"
)

const (
	batches  = 31
	inFlight = 1000
	messages = 10
	text     = "a text of 20 bytes.."
)

var background = context.Background()

func main() {
	client, err := benched.New(background)
	check(err)
	sum := C.int32_t(0)
	measure("add", 100_000, 1, func() { sum = C.add(sum, 1) })
	measure("echo here", 10_000, 1, func() {
		_, err := benched.EchoText(background, text)
		check(err)
	})
	measure("echo", 1_000, 1, func() { give(client) })
	measure("echo pipelined", 1, 10*inFlight, func() { giveAtOnce(client, 10) })
	record := record()
	measure("record", 2_000, 1, func() {
		_, err := benched.EchoRecord(background, record)
		check(err)
	})
	check(client.Close())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func give(client *benched.Benched) {
	_, err := client.GiveText(background, text)
	check(err)
}

// giveAtOnce has many goroutines that make so many calls each.
func giveAtOnce(client *benched.Benched, calls int) {
	var all sync.WaitGroup
	all.Add(inFlight)
	for i := 0; i < inFlight; i++ {
		go func() {
			defer all.Done()
			for i := 0; i < calls; i++ {
				give(client)
			}
		}()
	}
	all.Wait()
}

func measure(what string, times, callsEach int, call func()) {
	took := make([]float64, batches)
	for batch := range took {
		begun := time.Now()
		for i := 0; i < times; i++ {
			call()
		}
		took[batch] = float64(time.Since(begun).Nanoseconds()) / float64(times*callsEach)
	}
	sort.Float64s(took)
	fmt.Printf("%s\t%.1f\n", what, took[batches/2])
}

func record() benched.Record {
	note, retries := "to be read at once", int64(3)
	record := benched.Record{Name: "a record of messages", Tags: []string{"urgent", "internal"}, Note: &note, Retries: &retries}
	for i := 0; i < messages; i++ {
		record.Messages = append(record.Messages, benched.Message{Text: fmt.Sprint("message number ", i), DelayMs: int64(i) * 40})
	}
	return record
}
