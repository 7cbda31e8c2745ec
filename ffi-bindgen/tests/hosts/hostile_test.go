package all

import (
	"bufio"
	"encoding/hex"
	"os"
	"strings"
	"testing"
)

// reads takes an answer, or the event of this name.
func reads[T any](take func(*decoder) T) func(string, []byte) error {
	return func(name string, bytes []byte) (err error) {
		if strings.HasPrefix(name, "on_") {
			_, err = decode(bytes, of(name, payload(take)))
		} else {
			_, err = decode(bytes, take)
		}
		return err
	}
}

var readers = map[string]func(string, []byte) error{
	"nothing": reads(take_nothing),
	"i8":      reads(take_i8),
	"i16":     reads(take_i16),
	"i32":     reads(take_i32),
	"i64":     reads(take_i64),
	"isize":   reads(take_isize),
	"u8":      reads(take_u8),
	"u16":     reads(take_u16),
	"u32":     reads(take_u32),
	"u64":     reads(take_u64),
	"usize":   reads(take_usize),
	"f32":     reads(take_f32),
	"f64":     reads(take_f64),
	"bool":    reads(take_bool),
	"char":    reads(take_char),
	"text":    reads(take_string),
	"blob":    reads(take_bytes),
	"mode":    reads(take_Mode),
	"list":    reads(take_list_option_Mode),
	"option":  reads(take_option_box_string),
	"box":     reads(take_box_Chain),
	"All":     reads(take_All),
	"Many":    reads(take_Many),
	"Maybe":   reads(take_Maybe),
	"Empty":   reads(take_Empty),
	"Tree":    reads(take_Tree),
	"Chain":   reads(take_Chain),
}

func readAny(_ string, bytes []byte) error {
	_, err := decode(bytes, of("", takeEvent))
	return err
}

func TestHostileAnswers(t *testing.T) {
	file, err := os.Open("hostile.rows")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows := bufio.NewScanner(file)
	rows.Buffer(nil, 1<<24)
	count := 0
	for ; rows.Scan(); count++ {
		parts := strings.SplitN(rows.Text(), " ", 5)
		verdict, name, digits, comes, what := parts[0], parts[1], parts[2], parts[3], parts[4]
		bytes, err := hex.DecodeString(strings.TrimPrefix(digits, "-"))
		if err != nil {
			t.Fatal(err)
		}
		read := readAny
		if name != "any" {
			read = readers[name[strings.Index(name, "_")+1:]]
		}
		fault := read(name, bytes)
		isTold := fault == nil || comes == "-" || strings.Contains(fault.Error(), comes+": ")
		if (fault == nil) != (verdict == "taken") || !isTold {
			t.Errorf("%s: %s: not %s %.80s: %v: %.80s", name, what, verdict, comes, fault, digits)
		}
	}
	if rows.Err() != nil || count == 0 {
		t.Errorf("%d rows: %v", count, rows.Err())
	}
}
