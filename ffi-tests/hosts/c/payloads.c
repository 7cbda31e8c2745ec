/* Every kind of payload, to a native listener of the event, to one of all events, and over CBOR. */
#include "compare.h"
#include "host.h"
#include "samples.h"

static every_Everything sample;
static const char blob[] = {0, 1, 2, 3};
static every_Point points[2] = {{1.5, {0, 0.0}}, {2.5, {1, -0.5}}};

/* How often each listener heard, of itself and of all; and how many of the texts had a NUL. */
static int named, all, cbor, nuls;

static void is_nothing(const void *msg, size_t len)
{
    CHECK(msg != NULL && len == 0);
}

static void is_number(const void *msg, size_t len)
{
    int64_t number;
    CHECK(len == sizeof number);
    memcpy(&number, msg, sizeof number);
    CHECK(number == -7);
}

/* Whether it is the text with a NUL inside; the one behind it is not counted. */
static int has_nul(const void *text, size_t len)
{
    int has = text && len == 3 && memcmp(text, "a\0b", 4) == 0;
    nuls += has;
    return has;
}

static void is_text(const void *msg, size_t len)
{
    CHECK(has_nul(msg, len) || (len == 3 && memcmp(msg, "abc", 4) == 0));
}

static void is_blob(const void *msg, size_t len)
{
    CHECK(len == sizeof blob && memcmp(msg, blob, len) == 0);
}

static void is_level(const void *msg, size_t len)
{
    CHECK(len == sizeof(every_Level) && *(const every_Level *)msg == every_Level_top);
}

static void is_points(const void *msg, size_t len)
{
    const every_list_Point *list = (const every_list_Point *)msg;
    CHECK(len == sizeof *list && list->len == 2);
    CHECK(same_point(&list->ptr[0], &points[0]) && same_point(&list->ptr[1], &points[1]));
}

static void is_maybe(const void *msg, size_t len)
{
    const every_option_i64 *maybe = (const every_option_i64 *)msg;
    CHECK(len == sizeof *maybe && maybe->present == 1 && maybe->value == 5);
}

static void is_everything(const void *msg, size_t len)
{
    CHECK(len == sizeof(every_Everything));
    compare_everything((const every_Everything *)msg, &sample);
}

static void is_several(const void *msg, size_t len)
{
    const every_OnSeveral *several = (const every_OnSeveral *)msg;
    CHECK(len == sizeof *several && several->whichOne == 9 && says(several->text, "text"));
    CHECK(several->class_.present == 1 && same_point(&several->class_.value, &points[1]));
}

static void is_labelled(const void *msg, size_t len)
{
    const every_Labelled *labelled = (const every_Labelled *)msg;
    CHECK(len == sizeof *labelled && (says(labelled->label, "label") || has_nul(labelled->label.ptr, labelled->label.len)));
}

#define READ(type, event, is, pointer, size)                         \
    static int read_##event(const char *msg, size_t len)             \
    {                                                                \
        type out;                                                    \
        every_cbor_arena arena = {NULL};                             \
        int fault = every_##event##_event(msg, len, &out, &arena);   \
        if (fault == 0) {                                            \
            is(pointer, size);                                       \
        }                                                            \
        every_cbor_arena_free(&arena);                               \
        return fault;                                                \
    }

READ(int64_t, on_number, is_number, &out, sizeof out)
READ(every_text, on_text, is_text, out.ptr, out.len)
READ(every_bytes, on_blob, is_blob, out.ptr, out.len)
READ(every_Level, level_changed, is_level, &out, sizeof out)
READ(every_list_Point, on_points, is_points, &out, sizeof out)
READ(every_option_i64, on_maybe, is_maybe, &out, sizeof out)
READ(every_Everything, on_everything, is_everything, &out, sizeof out)
READ(every_OnSeveral, on_several, is_several, &out, sizeof out)
READ(every_Labelled, on_labelled, is_labelled, &out, sizeof out)

static int read_on_nothing(const char *msg, size_t len)
{
    return every_on_nothing_event(msg, len);
}

/* One event, and what its listeners get. */
typedef struct kind {
    const char *name;
    void (*is)(const void *msg, size_t len);
    int (*read)(const char *msg, size_t len);
} kind;

static const kind kinds[] = {
    {EVERY_EVENT_ON_NOTHING, is_nothing, read_on_nothing},
    {EVERY_EVENT_ON_NUMBER, is_number, read_on_number},
    {EVERY_EVENT_ON_TEXT, is_text, read_on_text},
    {EVERY_EVENT_ON_BLOB, is_blob, read_on_blob},
    {EVERY_EVENT_LEVEL_CHANGED, is_level, read_level_changed},
    {EVERY_EVENT_ON_POINTS, is_points, read_on_points},
    {EVERY_EVENT_ON_MAYBE, is_maybe, read_on_maybe},
    {EVERY_EVENT_ON_EVERYTHING, is_everything, read_on_everything},
    {EVERY_EVENT_ON_SEVERAL, is_several, read_on_several},
    {EVERY_EVENT_ON_LABELLED, is_labelled, read_on_labelled},
};

static void on_named(int ret, const char *msg, size_t len, void *user_data)
{
    CHECK(ret == RET_OK);
    named++;
    ((const kind *)user_data)->is(msg, len);
}

static void on_all(int ret, const char *msg, size_t len, void *user_data)
{
    const every_event *event = (const every_event *)(const void *)msg;
    size_t i;
    (void)user_data;
    CHECK(ret == RET_OK && len == sizeof *event);
    for (i = 0; i < COUNT_OF(kinds); i++) {
        if (strcmp(event->name, kinds[i].name) == 0) {
            all++;
            kinds[i].is(event->payload, event->len);
        }
    }
}

static void on_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    const kind *it = (const kind *)user_data;
    CHECK(ret == RET_OK);
    if (it) {
        cbor += it->read(msg, len) == 0;
    }
}

static const char labelled_with_nul[] = "\xa2\x69" "eventType" "\x6b" "on_labelled" "\x67" "payload" "\xa1\x65" "label" "\x63" "a\0b";
static int heard_nul;

static void on_label_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    (void)user_data;
    CHECK(ret == RET_OK);
    heard_nul += len == sizeof labelled_with_nul - 1 && memcmp(msg, labelled_with_nul, len) == 0;
}

int main(void)
{
    void *ctx = host_create();
    every_bytes bytes = {(uint8_t *)blob, sizeof blob};
    every_list_Point list = {points, 2};
    every_option_i64 five = {1, 5};
    every_option_Point point = {1, {2.5, {1, -0.5}}};
    size_t i;
    sample = sample_full();
    for (i = 0; i < COUNT_OF(kinds); i++) {
        CHECK(every_ffi_add_event_listener(ctx, kinds[i].name, on_named, (void *)&kinds[i]) > 0);
        CHECK(every_ffi_add_event_listener_cbor(ctx, kinds[i].name, on_cbor, (void *)&kinds[i]) > 0);
    }
    CHECK(every_ffi_add_event_listener(ctx, "", on_all, NULL) > 0);
    CHECK(every_ffi_add_event_listener_cbor(ctx, NULL, on_cbor, NULL) > 0);
    CHECK(every_ffi_add_event_listener_cbor(ctx, "on_labelled", on_label_cbor, NULL) > 0);
    ANSWERED(every_fire_nothing(ctx, call_fired, &it));
    ANSWERED(every_fire_numbers(ctx, call_fired, &it, -7, 1));
    ANSWERED(every_fire_text(ctx, call_fired, &it, EVERY_TEXT("abc")));
    ANSWERED(every_fire_blob(ctx, call_fired, &it, bytes));
    ANSWERED(every_fire_level(ctx, call_fired, &it, every_Level_top));
    ANSWERED(every_fire_points(ctx, call_fired, &it, list));
    ANSWERED(every_fire_maybe(ctx, call_fired, &it, five));
    ANSWERED(every_fire_everything(ctx, call_fired, &it, sample));
    ANSWERED(every_fire_several(ctx, call_fired, &it, 9, EVERY_TEXT("text"), point));
    ANSWERED(every_fire_labelled(ctx, call_fired, &it, EVERY_TEXT("label")));
    ANSWERED(every_fire_labelled_with_nul(ctx, call_fired, &it));
    ANSWERED(every_fire_text_with_nul(ctx, call_fired, &it));
    /* An event of another library is nobody's here. */
    ANSWERED(every_fire_elsewhere(ctx, call_fired, &it, 1));
    CHECK(every_destroy(ctx) == 0);
    /* One of each, and two with a NUL, which each listener hears. */
    CHECK(named == (int)COUNT_OF(kinds) + 2 && all == named && cbor == named);
    CHECK(nuls == 3 * 2 && heard_nul == 1);
    return host_end("payloads");
}
