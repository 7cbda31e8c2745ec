/* What bad native input gets: an error that names the function, the path and the fault, on
 * the calling thread before the call returns; and the next good call succeeds. */
#include "compare.h"
#include "samples.h"

static pthread_t caller;

static void good_call(void *ctx)
{
    call it;
    call_begin(&it, NULL, NULL);
    CHECK(every_nothing(ctx, call_fired, &it) == 0);
    CHECK(call_end(&it) == RET_OK);
}

static void fired_here(int ret, const char *msg, size_t len, void *user_data)
{
    CHECK(pthread_equal(pthread_self(), caller));
    call_fired(ret, msg, len, user_data);
}

#define ALIGN_OF(type) offsetof(struct { char before; type it; }, it)

/* A text with a number that is another one on other machines. */
static const char *numbered(const char *before, size_t number, const char *after)
{
    static char text[256];
    snprintf(text, sizeof text, "%s%zu%s", before, number, after);
    return text;
}

/* `submit` is a call with `fired_here` and `&it` that is refused with this text. */
#define REFUSED(submit, words)                                        \
    do {                                                              \
        call it;                                                      \
        call_begin(&it, NULL, NULL);                                  \
        CHECK((submit) == RET_ERR);                                   \
        CHECK(it.fired == 1);                                         \
        CHECK(call_end(&it) == RET_ERR);                              \
        CHECK(strcmp(it.text, words) == 0);                           \
        if (strcmp(it.text, words) != 0) {                            \
            fprintf(stderr, "  got:  %s\n  want: %s\n", it.text, words); \
        }                                                             \
        good_call(ctx);                                               \
    } while (0)

/* The same for a call that is accepted, and fails on the worker. */
#define FAILS(submit, words)                                          \
    do {                                                              \
        call it;                                                      \
        call_begin(&it, NULL, NULL);                                  \
        CHECK((submit) == 0);                                         \
        CHECK(call_end(&it) == RET_ERR);                              \
        CHECK(strcmp(it.text, words) == 0);                           \
        if (strcmp(it.text, words) != 0) {                            \
            fprintf(stderr, "  got:  %s\n  want: %s\n", it.text, words); \
        }                                                             \
        good_call(ctx);                                               \
    } while (0)

#define CALL(function, value) function(ctx, fired_here, &it, value)

static void null_arrays(void *ctx)
{
    every_bytes bytes = {NULL, 3};
    every_list_Point points = {NULL, 1};
    every_list_string texts = {NULL, SIZE_MAX};
    every_Everything value = sample_zero();
    REFUSED(CALL(every_give_bytes, bytes), "every_give_bytes: value: NULL with a length of 3");
    REFUSED(CALL(every_give_list_point, points), "every_give_list_point: value: NULL with a length of 1");
    REFUSED(CALL(every_give_list_string, texts),
            numbered("every_give_list_string: value: NULL with a length of ", SIZE_MAX, ""));
    value.tree.children.len = 2;
    REFUSED(CALL(every_echo, value), "every_echo: value.tree.children: NULL with a length of 2");
}

static void null_boxes(void *ctx)
{
    every_Everything value = sample_zero();
    every_option_box_Link link = {1, NULL};
    static const int64_t *boxes[] = {NULL};
    REFUSED(CALL(every_give_box_point, NULL), "every_give_box_point: value: NULL where a value is required");
    REFUSED(CALL(every_give_option_box, link), "every_give_option_box: value: NULL where a value is required");
    value.box_i32 = NULL;
    REFUSED(CALL(every_echo, value), "every_echo: value.box_i32: NULL where a value is required");
    value = sample_zero();
    FILL(value.list_box, boxes);
    REFUSED(CALL(every_echo, value), "every_echo: value.list_box[0]: NULL where a value is required");
}

static void lengths_that_overflow(void *ctx)
{
    static every_Point point;
    static uint8_t byte;
    every_list_Point points;
    every_bytes bytes;
    points.ptr = &point;
    points.len = SIZE_MAX / sizeof point + 1;
    REFUSED(CALL(every_give_list_point, points),
            numbered("every_give_list_point: value: a length of ", points.len, " overflows the address space"));
    points.len = SIZE_MAX;
    REFUSED(CALL(every_give_list_point, points),
            numbered("every_give_list_point: value: a length of ", SIZE_MAX, " overflows the address space"));
    bytes.ptr = &byte;
    bytes.len = (size_t)PTRDIFF_MAX + 1;
    REFUSED(CALL(every_give_bytes, bytes),
            numbered("every_give_bytes: value: a length of ", bytes.len, " overflows the address space"));
    bytes.len = PTRDIFF_MAX;
    REFUSED(CALL(every_give_bytes, bytes),
            "every_give_bytes: value: the request is larger than the limit of 4194304 bytes");
}

static void misaligned_arrays(void *ctx)
{
    static union {
        int64_t align;
        char bytes[64];
    } memory;
    every_list_i32 numbers;
    every_list_Point points;
    every_list_string texts;
    const every_Point *boxed = (const every_Point *)(const void *)(memory.bytes + 2);
    numbers.ptr = (int32_t *)(void *)(memory.bytes + 1);
    numbers.len = 2;
    REFUSED(CALL(every_give_list_i32, numbers), "every_give_list_i32: value: the pointer is not aligned to 4 bytes");
    points.ptr = (every_Point *)(void *)(memory.bytes + 2);
    points.len = 1;
    REFUSED(CALL(every_give_list_point, points),
            numbered("every_give_list_point: value: the pointer is not aligned to ", ALIGN_OF(double), " bytes"));
    texts.ptr = (const char **)(void *)(memory.bytes + 2);
    texts.len = 1;
    REFUSED(CALL(every_give_list_string, texts),
            numbered("every_give_list_string: value: the pointer is not aligned to ", ALIGN_OF(char *), " bytes"));
    REFUSED(CALL(every_give_box_point, boxed),
            numbered("every_give_box_point: value: the pointer is not aligned to ", ALIGN_OF(double), " bytes"));
    numbers.len = 0;
    {
        call it;
        call_begin(&it, NULL, NULL);
        CHECK(every_give_list_i32(ctx, call_fired, &it, numbers) == 0);
        CHECK(call_end(&it) == RET_OK);
    }
}

static void text_that_is_not_utf8(void *ctx)
{
    static const char *texts[] = {"fine", "bad\xff"};
    every_list_string list = {texts, 2};
    every_Everything value = sample_zero();
    REFUSED(CALL(every_give_string, "\x80"), "every_give_string: value: invalid UTF-8 at byte 0");
    REFUSED(CALL(every_give_string, "abc\xc3"), "every_give_string: value: invalid UTF-8 at byte 3");
    REFUSED(CALL(every_give_string, "\xed\xa0\x80"), "every_give_string: value: invalid UTF-8 at byte 0");
    REFUSED(CALL(every_give_string, "\xf4\x90\x80\x80"), "every_give_string: value: invalid UTF-8 at byte 0");
    REFUSED(CALL(every_give_list_string, list), "every_give_list_string: value[1]: invalid UTF-8 at byte 3");
    SOME(value.option_string, "\xc0\x80");
    REFUSED(CALL(every_echo, value), "every_echo: value.option_string: invalid UTF-8 at byte 0");
}

static void values_out_of_range(void *ctx)
{
    every_Everything value = sample_zero();
    every_option_list_Level levels = {1, {NULL, 1}};
    static every_Level bad[] = {-1};
    REFUSED(CALL(every_give_level, 2), "every_give_level: value: 2 is not a value of the enumeration");
    REFUSED(CALL(every_give_level, -1), "every_give_level: value: -1 is not a value of the enumeration");
    REFUSED(CALL(every_give_level, INT32_MAX - 1),
            "every_give_level: value: 2147483646 is not a value of the enumeration");
    REFUSED(CALL(every_give_level, INT32_MIN + 1),
            "every_give_level: value: -2147483647 is not a value of the enumeration");
    REFUSED(CALL(every_give_currency, 1), "every_give_currency: value: 1 is not a value of the enumeration");
    REFUSED(CALL(every_give_char, 0xd800), "every_give_char: value: 0xd800 is not a Unicode scalar value");
    REFUSED(CALL(every_give_char, 0xdfff), "every_give_char: value: 0xdfff is not a Unicode scalar value");
    REFUSED(CALL(every_give_char, 0x110000), "every_give_char: value: 0x110000 is not a Unicode scalar value");
    REFUSED(CALL(every_give_char, UINT32_MAX), "every_give_char: value: 0xffffffff is not a Unicode scalar value");
    levels.value.ptr = bad;
    REFUSED(CALL(every_give_option_list, levels),
            "every_give_option_list: value[0]: -1 is not a value of the enumeration");
    value.money.currency = 5;
    REFUSED(CALL(every_echo, value), "every_echo: value.money.currency: 5 is not a value of the enumeration");
}

static void requests_that_are_too_large(void *ctx)
{
    size_t limit = 4194304;
    char *text = (char *)malloc(limit + 2);
    every_bytes bytes;
    call it;
    memset(text, 'x', limit + 1);
    text[limit + 1] = '\0';
    REFUSED(CALL(every_give_string, text), "every_give_string: value: the request is larger than the limit of 4194304 bytes");
    bytes.ptr = (uint8_t *)text;
    bytes.len = limit + 1;
    REFUSED(CALL(every_give_bytes, bytes), "every_give_bytes: value: the request is larger than the limit of 4194304 bytes");
    text[limit] = '\0';
    call_begin(&it, NULL, NULL);
    CHECK(every_give_string(ctx, call_fired, &it, text) == 0);
    CHECK(call_end(&it) == RET_OK);
    bytes.len = limit;
    call_begin(&it, NULL, NULL);
    CHECK(every_give_bytes(ctx, call_fired, &it, bytes) == 0);
    CHECK(call_end(&it) == RET_OK);
    free(text);
}

/* A tree is two levels, the struct and its list: 32 trees are 64 levels. A link is one. */
static void nesting(void *ctx)
{
    static every_Tree chain[33];
    static every_Link links[65];
    static const char *tail = ": nested deeper than 64 levels";
    call it;
    size_t i;
    for (i = 0; i + 1 < COUNT_OF(chain); i++) {
        chain[i].children.ptr = &chain[i + 1];
        chain[i].children.len = 1;
    }
    call_begin(&it, NULL, NULL);
    CHECK(every_give_tree(ctx, call_fired, &it, chain[1]) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, NULL, NULL);
    CHECK(every_give_tree(ctx, call_fired, &it, chain[0]) == RET_ERR);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strncmp(it.text, "every_give_tree: value.children[0]", 34) == 0);
    CHECK(strcmp(it.text + strlen(it.text) - strlen(tail), tail) == 0);
    call_begin(&it, NULL, NULL);
    CHECK(every_deep(ctx, call_fired, &it, 32) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, NULL, NULL);
    CHECK(every_deep(ctx, call_fired, &it, 33) == 0);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text + strlen(it.text) - strlen(tail), tail) == 0);
    for (i = 0; i + 1 < COUNT_OF(links); i++) {
        SOME(links[i].next, &links[i + 1]);
    }
    call_begin(&it, NULL, NULL);
    CHECK(every_give_link(ctx, call_fired, &it, links[1]) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, NULL, NULL);
    CHECK(every_give_link(ctx, call_fired, &it, links[0]) == RET_ERR);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text + strlen(it.text) - strlen(tail), tail) == 0);
    call_begin(&it, NULL, NULL);
    CHECK(every_chain(ctx, call_fired, &it, 64) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, NULL, NULL);
    CHECK(every_chain(ctx, call_fired, &it, 65) == 0);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text + strlen(it.text) - strlen(tail), tail) == 0);
    {
        uint8_t req[64];
        size_t len = every_deep_request(req, sizeof req, 33);
        call_begin(&it, NULL, NULL);
        CHECK(every_deep_cbor(ctx, call_fired, &it, req, len) == 0);
        CHECK(call_end(&it) == RET_ERR);
        CHECK(strcmp(it.text + strlen(it.text) - strlen(tail), tail) == 0);
    }
    good_call(ctx);
}

/* A result that C would misread is an error, never a shorter text. */
static void results_that_cannot_cross(void *ctx)
{
    FAILS(every_labelled(ctx, call_fired, &it, "ab", "c"),
          "every_labelled: label: the string has a NUL at byte 2, where C would end it");
    FAILS(every_fail(ctx, call_fired, &it, ""), "unknown error");
    FAILS(every_fail(ctx, call_fired, &it, "why not"), "why not");
    FAILS(every_panic(ctx, call_fired, &it, "oops"), "every_panic panicked: oops");
    FAILS(every_nothing_or_error(ctx, call_fired, &it, 1), "told to fail");
}

static void handles(void *ctx)
{
    static const char *stale = "every_give_i32: not a live context: NULL, destroyed or never made";
    void *dead = host_create();
    void *bad[4];
    size_t i;
    bad[0] = NULL;
    bad[1] = dead;
    bad[2] = &dead;
    bad[3] = (void *)(uintptr_t)-1;
    CHECK(every_destroy(dead) == 0);
    for (i = 0; i < COUNT_OF(bad); i++) {
        REFUSED(every_give_i32(bad[i], fired_here, &it, 1), stale);
        REFUSED(every_give_i32_cbor(bad[i], fired_here, &it, NULL, 0), stale);
        REFUSED(every_call_cbor(bad[i], "every_give_i32", fired_here, &it, NULL, 0), stale);
        CHECK(every_destroy(bad[i]) == RET_ERR);
        CHECK(strcmp(every_last_error(), "every_destroy: not a live context: NULL, destroyed or never made") == 0);
    }
}

static void missing_callbacks(void *ctx)
{
    every_Config config = {"none", {0, NULL}, 0};
    CHECK(every_nothing(ctx, NULL, NULL) == RET_MISSING_CALLBACK);
    CHECK(every_nothing_cbor(ctx, NULL, NULL, NULL, 0) == RET_MISSING_CALLBACK);
    CHECK(every_call_cbor(ctx, "every_nothing", NULL, NULL, NULL, 0) == RET_MISSING_CALLBACK);
    CHECK(every_call_cbor(ctx, "nonsense", NULL, NULL, NULL, 0) == RET_MISSING_CALLBACK);
    CHECK(every_create(config, NULL, NULL) == NULL);
    CHECK(every_create_cbor(NULL, 0, NULL, NULL) == NULL);
    CHECK(strcmp(every_last_error(), "every_create: the callback is NULL, so nothing was done") == 0);
    good_call(ctx);
}

static void names(void *ctx)
{
    REFUSED(every_call_cbor(ctx, "every_unknown", fired_here, &it, NULL, 0),
            "This request type is not implemented: every_unknown");
    REFUSED(every_call_cbor(ctx, "every_create", fired_here, &it, NULL, 0),
            "This request type is not implemented: every_create");
    REFUSED(every_call_cbor(ctx, "every_nothing_cbor", fired_here, &it, NULL, 0),
            "This request type is not implemented: every_nothing_cbor");
    REFUSED(every_call_cbor(ctx, "", fired_here, &it, NULL, 0), "This request type is not implemented: ");
    REFUSED(every_call_cbor(ctx, NULL, fired_here, &it, NULL, 0), "This request type is not implemented: ");
    REFUSED(every_call_cbor(ctx, "every_nothing", fired_here, &it, NULL, 9), "every_nothing: NULL with a length of 9");
    REFUSED(every_nothing_cbor(ctx, fired_here, &it, (const uint8_t *)"", (size_t)PTRDIFF_MAX + 1),
            numbered("every_nothing: a length of ", (size_t)PTRDIFF_MAX + 1, " overflows the address space"));
}

static void constructors(void *ctx)
{
    every_Config config = {"\xff", {0, NULL}, 0};
    call it;
    call_begin(&it, NULL, NULL);
    CHECK(every_create(config, fired_here, &it) == NULL);
    CHECK(it.fired == 1);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, "every_create: config.name: invalid UTF-8 at byte 0") == 0);
    call_begin(&it, NULL, NULL);
    CHECK(every_create_cbor((const uint8_t *)"\xa0", 1, fired_here, &it) == NULL);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, "every_create: config: the key is missing") == 0);
    SOME(config.failure, "told to");
    config.name = "failing";
    call_begin(&it, NULL, NULL);
    CHECK(every_create(config, call_fired, &it) != NULL);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, "told to") == 0);
    good_call(ctx);
}

int main(void)
{
    void *ctx = host_create();
    caller = pthread_self();
    null_arrays(ctx);
    null_boxes(ctx);
    lengths_that_overflow(ctx);
    misaligned_arrays(ctx);
    text_that_is_not_utf8(ctx);
    values_out_of_range(ctx);
    requests_that_are_too_large(ctx);
    nesting(ctx);
    results_that_cannot_cross(ctx);
    handles(ctx);
    missing_callbacks(ctx);
    names(ctx);
    constructors(ctx);
    CHECK(every_destroy(ctx) == 0);
    return host_end("faults");
}
