/* Every type crosses and comes back, natively and over CBOR, alone and nested. */
#include "compare.h"
#include "samples.h"
#include "texts.h"

/* ---- The struct with every type. ---- */

static void is_everything(const char *msg, size_t len, const void *expected)
{
    CHECK(len == sizeof(every_Everything));
    compare_everything((const every_Everything *)(const void *)msg, (const every_Everything *)expected);
}

static void is_everything_cbor(const char *msg, size_t len, const void *expected)
{
    every_Everything value;
    every_cbor_arena arena = {NULL};
    int fault = every_echo_response(msg, len, &value, &arena);
    CHECK(fault == 0);
    if (!fault) {
        compare_everything(&value, (const every_Everything *)expected);
    }
    every_cbor_arena_free(&arena);
}

static void round_trip_everything(void *ctx, every_Everything value)
{
    call it;
    REQUEST(req, every_echo_request(buf, cap, value));
    call_begin(&it, is_everything, &value);
    CHECK(every_echo(ctx, call_fired, &it, value) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, is_everything, &value);
    CHECK(every_echo_later(ctx, call_fired, &it, value) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, is_everything_cbor, &value);
    CHECK(every_echo_cbor(ctx, call_fired, &it, req, req_len) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, is_everything_cbor, &value);
    CHECK(every_echo_later_cbor(ctx, call_fired, &it, req, req_len) == 0);
    CHECK(call_end(&it) == RET_OK);
    free(req);
}

static void is_list(const char *msg, size_t len, const void *expected)
{
    const every_list_Everything *list = (const every_list_Everything *)(const void *)msg;
    const every_list_Everything *sent = (const every_list_Everything *)expected;
    size_t i;
    CHECK(len == sizeof *list);
    CHECK(list->len == sent->len);
    for (i = 0; i < sent->len; i++) {
        compare_everything(&list->ptr[i], &sent->ptr[i]);
    }
}

static void is_list_cbor(const char *msg, size_t len, const void *expected)
{
    every_list_Everything list;
    every_cbor_arena arena = {NULL};
    int fault = every_echo_list_response(msg, len, &list, &arena);
    CHECK(fault == 0);
    if (!fault) {
        is_list((const char *)&list, sizeof list, expected);
    }
    every_cbor_arena_free(&arena);
}

static void round_trip_list(void *ctx)
{
    call it;
    every_Everything items[3];
    every_list_Everything list;
    items[0] = sample_full();
    items[1] = sample_zero();
    items[2] = sample_lowest();
    FILL(list, items);
    {
        REQUEST(req, every_echo_list_request(buf, cap, list));
        call_begin(&it, is_list, &list);
        CHECK(every_echo_list(ctx, call_fired, &it, list) == 0);
        CHECK(call_end(&it) == RET_OK);
        call_begin(&it, is_list_cbor, &list);
        CHECK(every_echo_list_cbor(ctx, call_fired, &it, req, req_len) == 0);
        CHECK(call_end(&it) == RET_OK);
        free(req);
    }
}

/* ---- Each type as a parameter and as a whole result. ---- */

/* Round trips of one function; `same` compares `got` and `want`, both pointers. */
#define ROUND_TRIP(function, type, same)                                          \
    static int function##_same(const type *got, const type *want)                 \
    {                                                                             \
        return (same);                                                            \
    }                                                                             \
    static void function##_native(const char *msg, size_t len, const void *want)  \
    {                                                                             \
        CHECK(len == sizeof(type));                                               \
        CHECK(function##_same((const type *)(const void *)msg, (const type *)want)); \
    }                                                                             \
    static void function##_read(const char *msg, size_t len, const void *want)    \
    {                                                                             \
        type got;                                                                 \
        every_cbor_arena arena = {NULL};                                          \
        int fault = function##_response(msg, len, &got, &arena);                  \
        CHECK(fault == 0);                                                        \
        CHECK(fault || function##_same(&got, (const type *)want));                \
        every_cbor_arena_free(&arena);                                            \
    }                                                                             \
    static void function##_trip(void *ctx, type want)                             \
    {                                                                             \
        call it;                                                                  \
        REQUEST(req, function##_request(buf, cap, want));                         \
        call_begin(&it, function##_native, &want);                                \
        CHECK(function(ctx, call_fired, &it, want) == 0);                         \
        CHECK(call_end(&it) == RET_OK);                                           \
        call_begin(&it, function##_read, &want);                                  \
        CHECK(function##_cbor(ctx, call_fired, &it, req, req_len) == 0);          \
        CHECK(call_end(&it) == RET_OK);                                           \
        free(req);                                                                \
    }

ROUND_TRIP(every_give_i8, int8_t, *got == *want)
ROUND_TRIP(every_give_i16, int16_t, *got == *want)
ROUND_TRIP(every_give_i32, int32_t, *got == *want)
ROUND_TRIP(every_give_i64, int64_t, *got == *want)
ROUND_TRIP(every_give_u8, uint8_t, *got == *want)
ROUND_TRIP(every_give_u16, uint16_t, *got == *want)
ROUND_TRIP(every_give_u32, uint32_t, *got == *want)
ROUND_TRIP(every_give_u64, uint64_t, *got == *want)
ROUND_TRIP(every_give_isize, ptrdiff_t, *got == *want)
ROUND_TRIP(every_give_usize, size_t, *got == *want)
ROUND_TRIP(every_give_f32, float, same_f32(*got, *want))
ROUND_TRIP(every_give_f64, double, same_f64(*got, *want))
ROUND_TRIP(every_give_bool, int, *got == (*want != 0))
ROUND_TRIP(every_give_char, uint32_t, *got == *want)
ROUND_TRIP(every_give_level, every_Level, *got == *want)
ROUND_TRIP(every_give_point, every_Point, same_point(got, want))
ROUND_TRIP(every_give_empty, every_Empty, got->empty_ == 0 && want->empty_ == 0)
ROUND_TRIP(every_give_money, every_Money, same_money(got, want))
ROUND_TRIP(every_give_currency, every_Currency, *got == *want)
ROUND_TRIP(every_give_keywords, every_Keywords, same_keywords(got, want))
ROUND_TRIP(every_give_tree, every_Tree, same_tree(got, want))
ROUND_TRIP(every_give_link, every_Link, same_link(got, want))
ROUND_TRIP(every_give_list_i32, every_list_i32,
           got->len == want->len && (!got->len || !memcmp(got->ptr, want->ptr, got->len * sizeof(int32_t))))
ROUND_TRIP(every_give_list_bool, every_list_bool, got->len == want->len && (!got->len || got->ptr[0] == (want->ptr[0] != 0)))
ROUND_TRIP(every_give_list_string, every_list_string,
           got->len == want->len && (!got->len || same_text(got->ptr[got->len - 1], want->ptr[want->len - 1])))
ROUND_TRIP(every_give_list_point, every_list_Point,
           got->len == want->len && (!got->len || same_point(&got->ptr[got->len - 1], &want->ptr[want->len - 1])))
ROUND_TRIP(every_give_list_list, every_list_list_i32,
           got->len == want->len && (!got->len || got->ptr[got->len - 1].len == want->ptr[want->len - 1].len))
ROUND_TRIP(every_give_list_option, every_list_option_Point,
           got->len == want->len && (!got->len || got->ptr[0].present == (want->ptr[0].present != 0)))
ROUND_TRIP(every_give_option_i64, every_option_i64,
           got->present == want->present && got->value == (want->present ? want->value : 0))
ROUND_TRIP(every_give_option_string, every_option_string,
           got->present == want->present
               && (want->present ? same_text(got->value, want->value) : got->value.ptr == NULL && got->value.len == 0))
ROUND_TRIP(every_give_option_bytes, every_option_bytes,
           got->present == want->present && (!want->present || same_bytes(got->value, want->value)))
ROUND_TRIP(every_give_option_point, every_option_Point,
           got->present == want->present && (!want->present || same_point(&got->value, &want->value)))
ROUND_TRIP(every_give_option_list, every_option_list_Level,
           got->present == want->present && (!want->present || got->value.len == want->value.len))
typedef const every_Point *box_point;
ROUND_TRIP(every_give_box_point, box_point, same_point(*got, *want))
ROUND_TRIP(every_give_option_box, every_option_box_Link,
           got->present == want->present && (!want->present || same_link(got->value, want->value)))

static void round_trip_integers(void *ctx)
{
    every_give_i8_trip(ctx, INT8_MIN);
    every_give_i8_trip(ctx, INT8_MAX);
    every_give_i16_trip(ctx, INT16_MIN);
    every_give_i16_trip(ctx, INT16_MAX);
    every_give_i32_trip(ctx, INT32_MIN);
    every_give_i32_trip(ctx, INT32_MAX);
    every_give_i64_trip(ctx, INT64_MIN);
    every_give_i64_trip(ctx, 0);
    every_give_i64_trip(ctx, INT64_MAX);
    every_give_u8_trip(ctx, UINT8_MAX);
    every_give_u16_trip(ctx, UINT16_MAX);
    every_give_u32_trip(ctx, UINT32_MAX);
    every_give_u64_trip(ctx, UINT64_MAX);
    every_give_isize_trip(ctx, PTRDIFF_MIN);
    every_give_usize_trip(ctx, SIZE_MAX);
}

static void round_trip_scalars(void *ctx)
{
    every_give_f32_trip(ctx, NAN);
    every_give_f32_trip(ctx, -FLT_MAX);
    every_give_f64_trip(ctx, -0.0);
    every_give_f64_trip(ctx, NAN);
    every_give_f64_trip(ctx, INFINITY);
    every_give_f64_trip(ctx, 5e-324);
    every_give_bool_trip(ctx, 0);
    every_give_bool_trip(ctx, 1);
    every_give_bool_trip(ctx, INT32_MIN);
    every_give_char_trip(ctx, 0);
    every_give_char_trip(ctx, 0xd7ff);
    every_give_char_trip(ctx, 0x10ffff);
    every_give_level_trip(ctx, every_Level_Lowest);
    every_give_level_trip(ctx, every_Level_top);
    every_give_currency_trip(ctx, every_Currency_Yen);
}

static void round_trip_composed(void *ctx)
{
    every_Everything full = sample_full();
    every_Everything zero = sample_zero();
    every_Everything texts = sample_texts();
    every_option_Point some_point = {1, {1.0, {0, 0.0}}};
    every_list_option_Point option_points = {&some_point, 1};
    every_option_list_Level levels = {1, {NULL, 0}};
    every_option_box_Link no_link = {0, NULL};
    every_option_box_Link some_link = {1, NULL};
    some_link.value = &full.link;
    levels.value = full.list_level;
    every_give_point_trip(ctx, full.point);
    every_give_empty_trip(ctx, full.empty);
    every_give_money_trip(ctx, full.money);
    every_give_keywords_trip(ctx, full.keywords);
    every_give_tree_trip(ctx, full.tree);
    every_give_link_trip(ctx, full.link);
    every_give_list_i32_trip(ctx, full.list_list.ptr[1]);
    every_give_list_i32_trip(ctx, zero.list_list.ptr ? full.list_list.ptr[1] : full.list_list.ptr[0]);
    every_give_list_bool_trip(ctx, full.list_bool);
    every_give_list_string_trip(ctx, full.list_string);
    every_give_list_string_trip(ctx, texts.list_string);
    every_give_list_point_trip(ctx, full.list_point);
    every_give_list_point_trip(ctx, zero.list_point);
    every_give_list_list_trip(ctx, full.list_list);
    every_give_list_option_trip(ctx, option_points);
    every_give_option_i64_trip(ctx, full.option_i64);
    every_give_option_i64_trip(ctx, zero.option_i64);
    every_give_option_string_trip(ctx, full.option_string);
    every_give_option_string_trip(ctx, zero.option_string);
    every_give_option_string_trip(ctx, texts.option_string);
    every_give_option_string_trip(ctx, texts.list_option_string.ptr[1]);
    every_give_option_bytes_trip(ctx, full.option_bytes);
    every_give_option_point_trip(ctx, full.option_point);
    every_give_option_point_trip(ctx, zero.option_point);
    every_give_option_list_trip(ctx, levels);
    every_give_box_point_trip(ctx, full.option_box.value);
    every_give_option_box_trip(ctx, some_link);
    every_give_option_box_trip(ctx, no_link);
}

/* ---- Many parameters, and what lies between the fields. ---- */

static const char *many_text =
    "7 1.5 c true [1, 65535] Some('\xc3\xbc') Point { x: 1.0, y: None } Next -9 42 Some([\"x\"]) -3";

static void is_many_cbor(const char *msg, size_t len, const void *expected)
{
    every_text text;
    every_cbor_arena arena = {NULL};
    (void)expected;
    CHECK(every_many_response(msg, len, &text, &arena) == 0);
    CHECK(says(text, many_text));
    every_cbor_arena_free(&arena);
}

static void many_parameters(void *ctx)
{
    static uint16_t numbers[] = {1, 65535};
    static every_text words[] = {EVERY_TEXT_INIT("x")};
    static const int16_t boxed = -3;
    every_list_u16 list = {numbers, 2};
    every_option_char letter = {1, 0xfc};
    every_Point point = {1.0, {0, 0.0}};
    every_option_list_string strings = {1, {words, 1}};
    every_bytes want;
    call it;
    REQUEST(req, every_many_request(buf, cap, 7, 1.5f, EVERY_TEXT("c"), 1, list, letter, point, every_Level_Next, -9, 42, strings, &boxed));
    want.ptr = (uint8_t *)(uintptr_t)many_text;
    want.len = strlen(many_text);
    call_begin(&it, is_raw_text, &want);
    CHECK(every_many(ctx, call_fired, &it, 7, 1.5f, EVERY_TEXT("c"), 1, list, letter, point, every_Level_Next, -9, 42, strings, &boxed) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, is_many_cbor, NULL);
    CHECK(every_many_cbor(ctx, call_fired, &it, req, req_len) == 0);
    CHECK(call_end(&it) == RET_OK);
    free(req);
}

static void is_zero_but_value(const char *msg, size_t len, const void *expected)
{
    every_option_i64 want;
    memset(&want, 0, sizeof want);
    want.present = 1;
    want.value = *(const int64_t *)expected;
    CHECK(len == sizeof want);
    CHECK(memcmp(msg, &want, sizeof want) == 0);
}

static void is_padded_with_zero(const char *msg, size_t len, const void *expected)
{
    every_Money want;
    memset(&want, 0, sizeof want);
    want.cents = 3;
    want.currency = every_Currency_Yen;
    (void)expected;
    CHECK(len == sizeof want);
    CHECK(memcmp(msg, &want, sizeof want) == 0);
}

/* What comes back is compared byte by byte, with whatever lay in the padding of what went. */
static void padding_is_zero(void *ctx)
{
    static const int64_t number = -1;
    every_option_i64 option;
    every_Money money;
    call it;
    memset(&option, 0xee, sizeof option);
    option.present = 1;
    option.value = number;
    call_begin(&it, is_zero_but_value, &number);
    CHECK(every_give_option_i64(ctx, call_fired, &it, option) == 0);
    CHECK(call_end(&it) == RET_OK);
    memset(&money, 0xee, sizeof money);
    money.cents = 3;
    money.currency = every_Currency_Yen;
    call_begin(&it, is_padded_with_zero, NULL);
    CHECK(every_give_money(ctx, call_fired, &it, money) == 0);
    CHECK(call_end(&it) == RET_OK);
}

int main(void)
{
    static uint8_t some_bytes[] = {0, 255, 10};
    every_bytes bytes = {some_bytes, 3};
    every_bytes no_bytes = {NULL, 0};
    void *ctx = host_create();
    CHECK(every_abi_check() == NULL);
    round_trip_everything(ctx, sample_zero());
    round_trip_everything(ctx, sample_lowest());
    round_trip_everything(ctx, sample_full());
    round_trip_everything(ctx, sample_texts());
    round_trip_everything(ctx, sample_big());
    round_trip_list(ctx);
    round_trip_integers(ctx);
    round_trip_scalars(ctx);
    round_trip_composed(ctx);
    round_trip_texts(ctx);
    round_trip_bytes(ctx, bytes);
    round_trip_bytes(ctx, no_bytes);
    round_trip_nothing(ctx);
    text_with_a_nul(ctx);
    error_with_a_nul(ctx);
    text_at_the_end_of_memory(ctx);
    many_parameters(ctx);
    padding_is_zero(ctx);
    CHECK(every_destroy(ctx) == 0);
    return host_end("round_trip");
}
