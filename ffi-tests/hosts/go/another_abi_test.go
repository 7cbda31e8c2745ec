package every

import (
	"strings"
	"testing"
)

// The header of this package has another fingerprint for one type than the library.
func TestAnotherLibraryIsRefusedByName(t *testing.T) {
	check := func(err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), "differs in: type Point") {
			t.Errorf("%v", err)
		}
	}
	_, err := New(background, Config{})
	check(err)
	_, err = EchoHere(background, Everything{})
	check(err)
	_, err = Divide(1, 1)
	check(err)
}
