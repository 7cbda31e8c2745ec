/* Values of the struct with every type. */
#ifndef SAMPLES_H
#define SAMPLES_H

#include "host.h"

#include <float.h>
#include <math.h>

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* Points a list at a static array. */
#define FILL(list, array)              \
    do {                               \
        (list).ptr = (array);          \
        (list).len = COUNT_OF(array);  \
    } while (0)

#define SOME(option, it)          \
    do {                          \
        (option).present = 1;     \
        (option).value = (it);    \
    } while (0)

/* A text as an initializer, which a compound literal may not be where what it initializes is static. */

/* Boxes must point somewhere; everything else is zero, empty and absent. */
static inline every_Everything sample_zero(void)
{
    static const int32_t zero_i32 = 0;
    static const every_text no_text = {NULL, 0};
    static const every_list_Point no_points = {NULL, 0};
    static const every_option_i32 no_i32 = {0, 0};
    static const uint8_t zero_u8 = 0;
    static const uint8_t *const to_zero_u8 = &zero_u8;
    every_Everything it;
    memset(&it, 0, sizeof it);
    it.box_i32 = &zero_i32;
    it.box_string = &no_text;
    it.box_list = &no_points;
    it.box_option = &no_i32;
    it.box_box = &to_zero_u8;
    return it;
}

/* Each number at one end of its range. */
static inline every_Everything sample_lowest(void)
{
    static const int32_t lowest = INT32_MIN;
    every_Everything it = sample_zero();
    it.i8 = INT8_MIN;
    it.i16 = INT16_MIN;
    it.i32 = INT32_MIN;
    it.i64 = INT64_MIN;
    it.isize = PTRDIFF_MIN;
    it.f32 = -INFINITY;
    it.f64 = -INFINITY;
    it.level = every_Level_Lowest;
    it.point.x = -0.0;
    it.money.cents = INT64_MIN;
    it.box_i32 = &lowest;
    SOME(it.option_i64, INT64_MIN);
    SOME(it.option_byte, 0);
    SOME(it.option_f64, -DBL_MAX);
    SOME(it.option_bool, 0);
    SOME(it.option_char, 0);
    SOME(it.option_string, EVERY_TEXT(""));
    it.option_bytes.present = 1;
    SOME(it.option_level, every_Level_Lowest);
    it.option_point.present = 1;
    it.option_list.present = 1;
    it.option_list_option.present = 1;
    return it;
}

/* Each number at the other end, and every list, option and box with something in it. */
static inline every_Everything sample_full(void)
{
    static every_text texts[] = {EVERY_TEXT_INIT(""), EVERY_TEXT_INIT("plain"), EVERY_TEXT_INIT("\xc3\xbc\xc3\xb1\xc3\xad"),
                                 EVERY_TEXT_INIT("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"), EVERY_TEXT_INIT("\xf0\x9f\xa6\x80")};
    static uint8_t bytes[] = {0, 1, 127, 128, 255};
    static float temperatures[] = {-273.15f, 0.0f, FLT_MAX, FLT_MIN, INFINITY};
    static int8_t list_i8[] = {INT8_MIN, -1, 0, 1, INT8_MAX};
    static int64_t list_i64[] = {INT64_MIN, -1, 0, 1, INT64_MAX};
    static double list_f64[] = {0.0, -0.0, 1.5, 1e300, DBL_MIN, 5e-324, 0.1, -INFINITY};
    static int list_bool[] = {0, 1, 2, -1, 0};
    static uint32_t list_char[] = {0, 'a', 0xd7ff, 0xe000, 0x10ffff};
    static every_bytes list_bytes[] = {{NULL, 0}, {bytes, 5}, {bytes + 2, 1}};
    static every_Level list_level[] = {every_Level_Lowest, every_Level_Middle, every_Level_Next, every_Level_top};
    static every_Point points[] = {{1.0, {0, 0.0}}, {2.0, {1, -3.0}}, {-1e-300, {7, 4.0}}};
    static every_Empty empties[] = {{0}, {0}, {0}};
    static int32_t row[] = {1, -2, INT32_MAX};
    static every_list_i32 rows[] = {{NULL, 0}, {row, 3}, {row, 1}};
    static every_option_i16 options[] = {{0, 0}, {1, -5}, {-1, INT16_MAX}};
    static every_option_string option_texts[] = {{0, {NULL, 0}}, {1, {NULL, 0}}, {1, EVERY_TEXT_INIT("some")}};
    static const int64_t boxed[] = {INT64_MAX, 0};
    static const int64_t *boxes[] = {boxed, boxed + 1};
    static every_option_Level option_levels[] = {{0, 0}, {1, every_Level_top}};
    static const int32_t box_i32 = -7;
    static const every_text box_string = EVERY_TEXT_INIT("boxed");
    static const every_list_Point box_list = {points, 3};
    static const every_option_i32 box_option = {1, 8};
    static const uint8_t box_u8 = 200;
    static const uint8_t *box_box = &box_u8;
    static every_Tree leaves[] = {{1, {NULL, 0}}, {2, {NULL, 0}}};
    static every_Tree branches[] = {{3, {leaves, 2}}, {4, {NULL, 0}}};
    static const every_Link last = {30, {0, NULL}};
    static every_Link middle = {20, {1, NULL}};

    every_Everything it = sample_zero();
    middle.next.value = &last;
    it.byte = UINT8_MAX;
    it.i8 = INT8_MAX;
    it.i16 = INT16_MAX;
    it.i32 = INT32_MAX;
    it.i64 = INT64_MAX;
    it.u16 = UINT16_MAX;
    it.u32 = UINT32_MAX;
    it.u64 = UINT64_MAX;
    it.isize = PTRDIFF_MAX;
    it.usize = SIZE_MAX;
    it.f32 = NAN;
    it.f64 = NAN;
    it.bool_ = -5;
    it.char_ = 0x10ffff;
    it.string = EVERY_TEXT("text with \xe2\x82\xac and \xf0\x9f\xa6\x80");
    FILL(it.bytes, bytes);
    it.level = every_Level_top;
    it.point = points[1];
    it.money.cents = -1;
    it.money.currency = every_Currency_Yen;
    it.keywords.type = 1;
    it.keywords.struct_ = 2;
    it.keywords.class_ = 3;
    it.keywords.int_ = 4;
    it.keywords.new_ = 5;
    it.keywords.linux_ = 6;
    it.keywords.errno_ = 7;
    it.keywords.otherName = 8;
    FILL(it.temperatures, temperatures);
    FILL(it.list_i8, list_i8);
    FILL(it.list_i64, list_i64);
    FILL(it.list_f64, list_f64);
    FILL(it.list_bool, list_bool);
    FILL(it.list_char, list_char);
    FILL(it.list_string, texts);
    FILL(it.list_bytes, list_bytes);
    FILL(it.list_level, list_level);
    FILL(it.list_point, points);
    FILL(it.list_empty, empties);
    FILL(it.list_list, rows);
    FILL(it.list_option, options);
    FILL(it.list_option_string, option_texts);
    FILL(it.list_box, boxes);
    SOME(it.option_i64, INT64_MAX);
    SOME(it.option_byte, UINT8_MAX);
    SOME(it.option_f64, NAN);
    SOME(it.option_bool, 1);
    SOME(it.option_char, 0x1f980);
    SOME(it.option_string, EVERY_TEXT("some text"));
    SOME(it.option_bytes, it.bytes);
    SOME(it.option_level, every_Level_Next);
    SOME(it.option_point, points[2]);
    SOME(it.option_list, it.list_string);
    it.option_list_option.present = 1;
    FILL(it.option_list_option.value, option_levels);
    SOME(it.option_box, points + 1);
    it.box_i32 = &box_i32;
    it.box_string = &box_string;
    it.box_list = &box_list;
    it.box_option = &box_option;
    it.box_box = &box_box;
    it.tree.value = 5;
    FILL(it.tree.children, branches);
    it.link.value = 10;
    SOME(it.link.next, &middle);
    return it;
}

/* Texts that no string of C's is: with NULs anywhere, out of the middle of others, and empty wherever they are. */
static inline every_Everything sample_texts(void)
{
    static const char around[] = "<\xc3\xbcin between>";
    static every_text texts[] = {{NULL, 0},
                                 {around + 1, 0},
                                 {around + 1, 12},
                                 {around + 3, 2},
                                 EVERY_TEXT_INIT("\0"),
                                 EVERY_TEXT_INIT("\0\0\0"),
                                 EVERY_TEXT_INIT("\0at the start"),
                                 EVERY_TEXT_INIT("in\0the\0\0middle"),
                                 EVERY_TEXT_INIT("at the end\0"),
                                 EVERY_TEXT_INIT("\xe2\x82\xac\0\xf0\x9f\xa6\x80")};
    static every_option_string options[] = {{0, {NULL, 0}},       {1, {NULL, 0}},      {1, {around, 0}}, {1, {around + 3, 2}},
                                            {1, EVERY_TEXT_INIT("\0a")}, {1, EVERY_TEXT_INIT("a\0")}};
    every_Everything it = sample_zero();
    it.string = EVERY_TEXT("a\0" "b");
    FILL(it.list_string, texts);
    FILL(it.list_option_string, options);
    SOME(it.option_string, EVERY_TEXT("\0"));
    SOME(it.option_list, it.list_string);
    it.box_string = &texts[7];
    return it;
}

/* A megabyte of text, and a hundred thousand elements. */
static inline every_Everything sample_big(void)
{
    static char text[1 << 20];
    static int64_t numbers[100000];
    static every_Empty empties[100000];
    every_Everything it = sample_zero();
    size_t i;
    memset(text, 'x', sizeof text);
    memcpy(text + 1000, "\xe2\x82\xac", 3);
    for (i = 0; i < COUNT_OF(numbers); i++) {
        numbers[i] = (int64_t)(i * i) - 1000;
    }
    FILL(it.string, text);
    FILL(it.list_i64, numbers);
    FILL(it.list_empty, empties);
    return it;
}

#endif
