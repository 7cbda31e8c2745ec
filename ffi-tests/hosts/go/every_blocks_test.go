package every

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"unsafe"
)

// everyBlock has a block of each variant, on several levels.
func everyBlock() Block {
	letter := 'm'
	return BlockHeading{LevelOf: 1, InBold: true, Children: []Block{
		BlockRule{},
		BlockParagraph{Value: "a\x00b"},
		BlockMeasure{Field0: 1.5, Field1: &letter},
		BlockMeasure{Field0: math.Inf(-1)},
		BlockQuote{Value: BlockHeading{Children: []Block{}}},
		BlockStyled{Type: LevelTop, At: Point{X: 1}, Inner: BlockQuote{Value: BlockRule{}}},
		BlockStyled{Type: LevelLowest},
		BlockImage{Value: []byte{0, 255}},
		BlockPlanted{Value: Tree{Value: 7, Children: []Tree{{Value: -8, Children: []Tree{}}}}},
		BlockSigned{Value: SignWithout{}},
		BlockSigned{Value: SignPlus{Value: 255}},
		BlockSigned{Value: SignMinus{By: math.MinInt64}},
		BlockSigned{Value: SignBetween{Field0: -32768, Field1: 32767}},
	}}
}

// told tells a block as a reader of a page hears it.
func told(block Block) string {
	switch b := block.(type) {
	case BlockRule:
		return "rule"
	case BlockParagraph:
		return fmt.Sprintf("%q", b.Value)
	case BlockMeasure:
		if b.Field1 == nil {
			return fmt.Sprint(b.Field0)
		}
		return fmt.Sprintf("%g %c", b.Field0, *b.Field1)
	case BlockHeading:
		children := make([]string, len(b.Children))
		for i, child := range b.Children {
			children[i] = told(child)
		}
		return fmt.Sprintf("heading %d (%s)", b.LevelOf, strings.Join(children, ", "))
	case BlockQuote:
		return "quoted " + told(b.Value)
	case BlockStyled:
		if b.Inner == nil {
			return b.Type.String()
		}
		return b.Type.String() + " " + told(b.Inner)
	case BlockImage:
		return fmt.Sprintf("%x", b.Value)
	case BlockPlanted:
		return fmt.Sprint("tree ", b.Value.Value)
	case BlockSigned:
		return fmt.Sprintf("%T", b.Value)
	}
	return "unknown"
}

func TestAVariantIsToldByItsType(t *testing.T) {
	const heard = `heading 1 (rule, "a\x00b", 1.5 m, -Inf, quoted heading 0 (), top quoted rule, Lowest, 00ff, ` +
		`tree 7, every.SignWithout, every.SignPlus, every.SignMinus, every.SignBetween)`
	overBoth(t, func(t *testing.T, c *Every) {
		block, err := c.GiveBlock(background, everyBlock())
		if err != nil || !reflect.DeepEqual(block, everyBlock()) || !strings.EqualFold(told(block), heard) {
			t.Errorf("%s, %v", told(block), err)
		}
		page := Page{Title: "a page", First: block, Others: []Block{BlockRule{}, block}, Sign: SignPlus{Value: 1}}
		if got, err := c.GivePage(background, page); err != nil || !reflect.DeepEqual(got, page) {
			t.Errorf("%#v, %v", got, err)
		}
		page = Page{First: BlockRule{}, Others: []Block{}}
		if got, err := c.GivePage(background, page); err != nil || !reflect.DeepEqual(got, page) {
			t.Errorf("%#v, %v", got, err)
		}
		if got, err := c.GiveOptionBlock(background, nil); got != nil || err != nil {
			t.Errorf("%#v, %v", got, err)
		}
		if got, err := c.GiveOptionBlock(background, BlockRule{}); got != (BlockRule{}) || err != nil {
			t.Errorf("%#v, %v", got, err)
		}
		blocks := make([]Block, 1000)
		for i := range blocks {
			blocks[i] = BlockParagraph{Value: strings.Repeat("x", i)}
		}
		if got, err := c.GiveListBlock(background, blocks); err != nil || !reflect.DeepEqual(got, blocks) {
			t.Errorf("%d blocks, %v", len(got), err)
		}
	})
}

func TestAnEventTellsAVariant(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		blocks, err := c.OnBlock(background, 1)
		if err != nil {
			t.Fatal(err)
		}
		all, err := c.Events(background, 1)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.FireBlock(background, everyBlock()); err != nil {
			t.Error(err)
		}
		if block, _ := soon(t, blocks.C); !reflect.DeepEqual(block, everyBlock()) {
			t.Errorf("%#v", block)
		}
		if event, _ := soon(t, all.C); !reflect.DeepEqual(event, Event{"on_block", everyBlock()}) {
			t.Errorf("%#v", event)
		}
	})
}

func TestAnErrorIsToldByItsVariant(t *testing.T) {
	block := BlockQuote{Value: BlockRule{}}
	overBoth(t, func(t *testing.T, c *Every) {
		if sheets, err := c.Print(background, BlockParagraph{Value: "12"}); sheets != 12 || err != nil {
			t.Errorf("%d, %v", sheets, err)
		}
		_, err := c.Print(background, block)
		failsWith(t, err, "wider than 80", MisprintTooLarge{Limit: 80, Block: block})
		var misprint Misprint
		var tooLarge MisprintTooLarge
		var noPaper MisprintNoPaper
		if !errors.As(err, &misprint) || !errors.As(err, &tooLarge) || errors.As(err, &noPaper) || tooLarge.Limit != 80 {
			t.Errorf("%#v", err)
		}
		if said := misprint.Error(); said != "MisprintTooLarge{Limit:80 Block:{Value:{}}}" {
			t.Error(said)
		}
		_, err = c.Print(background, BlockRule{})
		failsWith(t, err, "there is no paper", MisprintNoPaper{})
		if !errors.Is(err, MisprintNoPaper{}) || (MisprintNoPaper{}).Error() != "MisprintNoPaper" {
			t.Errorf("%#v", err)
		}
		_, err = c.Print(background, BlockSigned{Value: SignPlus{Value: 2}})
		failsWith(t, err, "jammed at 7", MisprintJammed{Field0: 7, Field1: SignPlus{Value: 2}})
		_, err = c.Print(background, BlockPlanted{})
		failsWith(t, err, "jammed at 8", MisprintJammed{Field0: 8})
		_, err = c.Print(background, BlockParagraph{Value: "x"})
		failsWith(t, err, "a number cannot be read", MisprintUnreadable{Value: "invalid float literal"})
		_, err = c.Print(background, BlockImage{})
		failsWith(t, err, "the drawer is lost", MisprintLost{Place: "the drawer", Cause: "moved"})
	})
}

// another is no variant, although it has a variant's methods.
type another struct{ Block }

func TestWhatIsNoVariantIsRefusedWhereItStands(t *testing.T) {
	refused := func(t *testing.T, err error, text string) {
		t.Helper()
		var told *Error
		if !errors.As(err, &told) || told.Kind != KindBadRequest || told.Text != "every: "+text {
			t.Errorf("%v instead of %s", err, text)
		}
	}
	endless := BlockHeading{Children: make([]Block, 1)}
	endless.Children[0] = endless
	var none *BlockRule
	within := []Block{BlockRule{}, BlockStyled{Inner: BlockQuote{}}}
	overBoth(t, func(t *testing.T, c *Every) {
		for text, block := range map[string]Block{
			"value: nil is no Block":                                        nil,
			"value: *every.BlockRule is no Block":                           none,
			"value: *every.BlockQuote is no Block":                          &BlockQuote{BlockRule{}},
			"value: every.another is no Block":                              another{BlockRule{}},
			"value.Quote: nil is no Block":                                  BlockQuote{},
			"value.Signed: nil is no Sign":                                  BlockSigned{},
			"value.Heading.children[1].Styled.inner.Quote: nil is no Block": BlockHeading{Children: within},
			"value: nested too deep":                                        endless,
		} {
			_, err := c.GiveBlock(background, block)
			refused(t, err, text)
		}
		_, err := c.GivePage(background, Page{})
		refused(t, err, "value.first: nil is no Block")
		_, err = c.GivePage(background, Page{First: BlockRule{}, Others: []Block{nil}})
		refused(t, err, "value.others[0]: nil is no Block")
		_, err = c.GivePage(background, Page{First: BlockRule{}, Sign: &SignPlus{1}})
		refused(t, err, "value.sign: *every.SignPlus is no Sign")
		_, err = c.GiveOptionBlock(background, none)
		refused(t, err, "value: *every.BlockRule is no Block")
		refused(t, c.FirePage(background, Page{First: BlockRule{}}, nil), "sign: nil is no Sign")
	})
}

// nested is a block with so many around it.
func nested(levels int) (block Block) {
	block = BlockRule{}
	for ; levels > 0; levels-- {
		block = BlockQuote{Value: block}
	}
	return block
}

func TestAVariantIsOneLevel(t *testing.T) {
	overBoth(t, func(t *testing.T, c *Every) {
		if block, err := c.GiveBlock(background, nested(63)); err != nil || !reflect.DeepEqual(block, nested(63)) {
			t.Errorf("%v", err)
		}
		if _, err := c.GiveBlock(background, nested(64)); err == nil || !strings.HasSuffix(err.Error(), ": nested deeper than 64 levels") {
			t.Errorf("%v", err)
		}
	})
}

// unhex gives the bytes of text in quotes, and of hexadecimal digits around.
func unhex(t *testing.T, text string) []byte {
	t.Helper()
	var digits strings.Builder
	for i, part := range strings.Split(text, "'") {
		if i%2 == 1 {
			part = hex.EncodeToString([]byte(part))
		}
		digits.WriteString(strings.ReplaceAll(part, " ", ""))
	}
	bytes, err := hex.DecodeString(digits.String())
	if err != nil {
		t.Fatal(text, err)
	}
	return bytes
}

// quoted gives the CBOR of a block with so many around it.
func quoted(levels int, block string) string {
	return strings.Repeat("a1 65'Quote' ", levels) + block
}

func TestAVariantIsReadInEveryForm(t *testing.T) {
	for text, want := range map[string]Block{
		"64'Rule'":                         BlockRule{},
		"a1 64'Rule' f6":                   BlockRule{},
		"bf 64'Rule' f6 ff":                BlockRule{},
		"c1 a1 69'Paragraph' 61'a'":        BlockParagraph{Value: "a"},
		"a1 67'Measure' 82 01 f6":          BlockMeasure{Field0: 1},
		"bf 67'Measure' 9f 01 61'm' ff ff": BlockMeasure{Field0: 1, Field1: pointer('m')},
		"a1 67'Heading' a4 61'x' 80 67'levelOf' 01 66'inBold' f4 68'children' 80": BlockHeading{LevelOf: 1, Children: []Block{}},
		"a1 66'Signed' a1 65'Minus' bf 62'by' 20 ff":                              BlockSigned{Value: SignMinus{By: -1}},
	} {
		if block, err := decode(unhex(t, text), take_Block); err != nil || !reflect.DeepEqual(block, want) {
			t.Errorf("%s: %#v, %v", text, block, err)
		}
	}
	for text, fault := range map[string]string{
		"f6":                               "there is no variant",
		"a0":                               "there is no map of one variant",
		"bf ff":                            "there is no map of one variant",
		"a2 64'Rule' f6 64'Rule' f6":       "there is no map of one variant",
		"bf 64'Rule' f6 64'Rule' f6 ff":    "there is no map of one variant",
		"a1 01 f6":                         "there is no text",
		"64'rule'":                         "Block has no variant rule",
		"a1 64'Ruin' f6":                   "Block has no variant Ruin",
		"a1 64'Rule' 00":                   "Rule: it holds nothing",
		"69'Paragraph'":                    "Paragraph: its name stands alone",
		"67'Heading'":                      "Heading: its name stands alone",
		"a1 69'Paragraph' 01":              "Paragraph: there is no text",
		"a1 67'Measure' a0":                "Measure: there is no array",
		"a1 67'Measure' 81 01":             "Measure: there are not 2 elements",
		"a1 67'Measure' 83 01 f6 01":       "Measure: there are not 2 elements",
		"a1 67'Measure' 82 f5 f6":          "Measure.0: there is no number",
		"a1 67'Measure' 82 01 60":          "Measure.1: a text is not one character",
		"a1 67'Heading' 83 01 f4 80":       "Heading: there is no map",
		"a1 67'Heading' a1 67'levelOf' 20": "Heading.levelOf: a number is out of range",
		"a1 67'Heading' a1 68'children' 82 64'Rule' 61'x'":  "Heading.children[1]: Block has no variant x",
		"a1 66'Signed' a1 65'Minus' a0":                     "Signed.Minus.by: is missing",
		"a1 66'Signed' a1 65'Minus' a2 62'by' 01 62'by' 01": "Signed.Minus.by: stands twice",
	} {
		_, err := decode(unhex(t, text), take_Block)
		if err == nil || err.Error() != "the library sent what cannot be read: "+fault {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, block := range []string{"64'Rule'", "a1 64'Rule' f6", "a1 67'Measure' 82 01 f6", "a1 69'Paragraph' 60"} {
		if _, err := decode(unhex(t, quoted(63, block)), take_Block); err != nil {
			t.Errorf("%s: %v", block, err)
		}
		if _, err := decode(unhex(t, quoted(64, block)), take_Block); err == nil || !strings.HasSuffix(err.Error(), "Quote: it is nested too deep") {
			t.Errorf("%s: %v", block, err)
		}
	}
	if _, err := decode(unhex(t, quoted(62, "a1 66'Signed' a1 65'Minus' a1 62'by' 01")), take_Block); err != nil {
		t.Error(err)
	}
}

func TestAnUnknownTagIsAnError(t *testing.T) {
	var passed [16]uint64
	*(*int32)(unsafe.Pointer(&passed)) = 9
	block, err := caught(read_Block, unsafe.Pointer(&passed), 0)
	var told *Error
	if block != nil || !errors.As(err, &told) || told.Kind != KindBadResult || !strings.HasSuffix(told.Text, ": Block has no variant 9") {
		t.Errorf("%v, %v", block, err)
	}
}
