package fake

import (
	"bufio"
	"context"
	"encoding/hex"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

func unhex(t *testing.T, digits string) []byte {
	bytes, err := hex.DecodeString(strings.TrimPrefix(digits, "-"))
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

// methods are those of the client by their names in lower case.
func methods(client *Fake) map[string]reflect.Value {
	found := map[string]reflect.Value{}
	value := reflect.ValueOf(client)
	for i := 0; i < value.NumMethod(); i++ {
		found[strings.ToLower(value.Type().Method(i).Name)] = value.Method(i)
	}
	return found
}

type caller struct {
	*Fake
	ctx     context.Context
	methods map[string]reflect.Value
}

// call calls a method by its name in the library; its last result is its error.
func (c caller) call(name string, arguments ...reflect.Value) ([]reflect.Value, error) {
	method := c.methods[strings.ToLower(strings.ReplaceAll(name, "_", ""))]
	results := method.Call(append([]reflect.Value{reflect.ValueOf(c.ctx)}, arguments...))
	err, _ := results[len(results)-1].Interface().(error)
	return results[:len(results)-1], err
}

// outcome gives the library's own CBOR of an answer, or its error.
func (c caller) outcome(t *testing.T, read string) (string, error) {
	values, err := c.call(read)
	if err != nil || len(values) == 0 {
		return "", err
	}
	if err := c.Arm(c.ctx, 0, []byte{0xf6}, nil, false); err != nil {
		t.Fatal(err)
	}
	if _, err := c.call("put_"+strings.TrimPrefix(read, "give_"), values...); err != nil {
		t.Fatal(err)
	}
	asked, err := c.Asked(c.ctx)
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(asked), nil
}

// heard says whether a subscription to every event got one, and why it did not.
func (c caller) heard(t *testing.T) error {
	events, err := c.Events(c.ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer events.Stop()
	if err := c.Tell(c.ctx); err != nil {
		t.Fatal(err)
	}
	return events.Err()
}

func isRight(verdict, read, comes, own string, err error, told []byte) bool {
	switch verdict {
	case "taken":
		return err == nil && (own == "" || own == "a1626974"+comes)
	case "failed":
		// Go puts one sign for what is no UTF-8 in a row.
		return err != nil && err.Error() == strings.ReplaceAll(string(told), "\uFFFD\uFFFD", "\uFFFD")
	}
	source := "fake_" + read + ": "
	if read == "any" {
		source = "an event: "
	}
	return err != nil && strings.HasPrefix(err.Error(), source) && (comes == "-" || strings.Contains(err.Error(), comes+": "))
}

func TestAnswers(t *testing.T) {
	file, err := os.Open(os.Getenv("FAKE_ROWS"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	client, err := New(ctx, WithTransport(CBOR))
	if err != nil {
		t.Fatal(err)
	}
	c := caller{client, ctx, methods(client)}
	rows := bufio.NewScanner(file)
	rows.Buffer(nil, 1<<24)
	count, wrong := 0, 0
	for ; rows.Scan(); count++ {
		parts := strings.SplitN(rows.Text(), " ", 7)
		verdict, read, digits, comes, what := parts[0], parts[1], parts[3], parts[5], parts[6]
		code, err := strconv.Atoi(parts[2])
		if err != nil {
			t.Fatal(err)
		}
		var warning *[]byte
		if parts[4] != "none" {
			warned := unhex(t, parts[4])
			warning = &warned
		}
		isAnswer := strings.HasPrefix(read, "give_")
		if !isAnswer && read != "any" {
			continue
		}
		if err := c.Arm(ctx, int32(code), unhex(t, digits), warning, isAnswer && count%2 == 0); err != nil {
			t.Fatal(err)
		}
		own, fault := "", error(nil)
		if isAnswer {
			own, fault = c.outcome(t, read)
		} else {
			fault = c.heard(t)
		}
		var told []byte
		if verdict == "failed" {
			told = unhex(t, comes)
		}
		if !isRight(verdict, read, comes, own, fault, told) {
			t.Errorf("%s: %s: not %s %.80s: %.80s: %.300v: %.80s", read, what, verdict, comes, own, fault, digits)
			wrong++
		}
	}
	if err := client.Close(); err != nil || rows.Err() != nil {
		t.Error(err, rows.Err())
	}
	t.Logf("%d answers, %d wrong", count, wrong)
}
