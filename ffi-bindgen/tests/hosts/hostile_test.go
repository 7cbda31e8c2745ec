package liball

import (
	"bufio"
	"encoding/hex"
	"os"
	"strings"
	"testing"
)

var readers = map[string]func(string, []byte) (string, error){
	"nothing":     reads(take_nothing, put_nothing),
	"i8":          reads(take_i8, put_i8),
	"i16":         reads(take_i16, put_i16),
	"i32":         reads(take_i32, put_i32),
	"i64":         reads(take_i64, put_i64),
	"isize":       reads(take_isize, put_isize),
	"u8":          reads(take_u8, put_u8),
	"u16":         reads(take_u16, put_u16),
	"u32":         reads(take_u32, put_u32),
	"u64":         reads(take_u64, put_u64),
	"usize":       reads(take_usize, put_usize),
	"f32":         reads(take_f32, put_f32),
	"f64":         reads(take_f64, put_f64),
	"bool":        reads(take_bool, put_bool),
	"char":        reads(take_char, put_char),
	"text":        reads(take_string, put_string),
	"blob":        reads(take_bytes, put_bytes),
	"mode":        reads(take_Mode, put_Mode),
	"list":        reads(take_list_option_Mode, put_list_option_Mode),
	"option":      reads(take_option_box_string, put_option_box_string),
	"box":         reads(take_box_Chain, put_box_Chain),
	"All":         reads(take_All, put_All),
	"Many":        reads(take_Many, put_Many),
	"Maybe":       reads(take_Maybe, put_Maybe),
	"Empty":       reads(take_Empty, put_Empty),
	"Tree":        reads(take_Tree, put_Tree),
	"Chain":       reads(take_Chain, put_Chain),
	"Block":       reads(take_Block, put_Block),
	"Held":        reads(take_Held, put_Held),
	"map":         reads(take_map2_string_i8, put_map2_string_i8),
	"map_pair":    reads(take_map2_tuple2_i8_i8_option_bool, put_map2_tuple2_i8_i8_option_bool),
	"set":         reads(take_set_u8, put_set_u8),
	"set_text":    reads(take_set_string, put_set_string),
	"tuple":       reads(take_tuple2_i8_option_char, put_tuple2_i8_option_char),
	"array":       reads(take_array2_i8, put_array2_i8),
	"array_bytes": reads(take_array2_u8, put_array2_u8),
	"duration":    reads(take_duration, put_duration),
	"time":        reads(take_time, put_time),
	"i128":        reads(take_i128, put_i128),
	"u128":        reads(take_u128, put_u128),
	"path":        reads(take_path, put_path),
	"ip_addr":     reads(take_ip_addr, put_ip_addr),
	"socket_addr": reads(take_socket_addr, put_socket_addr),
}

// reads takes an answer, or the event of this name, and gives the library's own CBOR of it.
func reads[T any](take func(*decoder) T, put func(*encoder, T)) func(string, []byte) (string, error) {
	return func(name string, bytes []byte) (string, error) {
		var value T
		var err error
		if strings.HasPrefix(name, "on_") {
			value, err = decode(bytes, of(name, payload(take)))
		} else {
			value, err = decode(bytes, take)
		}
		e := &encoder{}
		if err == nil {
			put(e, value)
			err = e.err
		}
		return hex.EncodeToString(e.bytes), err
	}
}

func put_nothing(e *encoder, _ struct{}) {
	e.head(majorSimple, simpleNull)
}

func readAny(_ string, bytes []byte) (string, error) {
	_, err := decode(bytes, of("", takeEvent))
	return "", err
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
		own, fault := read(name, bytes)
		isTold := fault == nil || comes == "-" || strings.Contains(fault.Error(), comes+": ")
		isRight := fault != nil || own == "" || own == comes
		if (fault == nil) != (verdict == "taken") || !isTold || !isRight {
			t.Errorf("%s: %s: not %s %.80s: %.80s %v: %.80s", name, what, verdict, comes, own, fault, digits)
		}
	}
	if rows.Err() != nil || count == 0 {
		t.Errorf("%d rows: %v", count, rows.Err())
	}
}
