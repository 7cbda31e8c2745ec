/* What bad input gets, row by row: an error that names the function, the path and the fault, once, on
 * the thread that the contract says; and the next good request succeeds. */
#include "bad_input/hostile.h"
#include "bad_input/shown.h"
#include "bad_input/values.h"

#include <limits.h>
#include <signal.h>

static every_Everything v;
static const int16_t one_i16 = 1;
static const int64_t one_i64 = 1;
#if UINTPTR_MAX > UINT32_MAX
/* What lengths that overflow begin at: their numbers in the rows are those of 64 bits. */
static uint8_t a_byte;
static int an_int;
static int32_t an_i32;
static uint16_t a_u16;
static every_Point a_point;
static every_list_i32 a_list;
static every_text a_text = EVERY_TEXT_INIT("text");
#endif
static const every_text bad_text = EVERY_TEXT_INIT("\xff");
static const uint8_t *const no_byte = NULL;
static every_Config good_config = {{NULL, 0}, {0, {NULL, 0}}, 0};
static void *dead;

static void hear_nothing(int ret, const char *msg, size_t len, void *user_data)
{
    (void)ret, (void)msg, (void)len, (void)user_data;
    CHECK(!"a listener that was refused is called");
}

#define TO_NAME(name) ctx, name, HERE

#define ROW ROW_FUNCTION
#define SHOWN SHOWN_FUNCTION
#include "bad_input/native.rows"
#include "bad_input/variants.rows"
#include "bad_input/results.rows"
#include "bad_input/process.rows"
#include "bad_input/forked.rows"
#undef ROW
#undef SHOWN
#define QUIET QUIET_FUNCTION
#include "bad_input/quiet.rows"
#include "bad_input/forked.rows"
#undef QUIET

#define ROW ROW_ENTRY
#define SHOWN SHOWN_ENTRY
static const row native_rows[] = {
#include "bad_input/native.rows"
#include "bad_input/variants.rows"
};
static const row result_rows[] = {
#include "bad_input/results.rows"
};
static const row process_rows[] = {
#include "bad_input/process.rows"
};
static const row forked_rows[] = {
#include "bad_input/forked.rows"
};
#undef ROW
#undef SHOWN
#define QUIET QUIET_ENTRY
static const quiet_row quiet_rows[] = {
#include "bad_input/quiet.rows"
};
static const quiet_row forked_quiet_rows[] = {
#include "bad_input/forked.rows"
};
#undef QUIET
#define WIRE WIRE_ENTRY
static const wire_row wire_rows[] = {
#include "bad_input/wire.rows"
};
#undef WIRE

static int flag;

static void is_flag(const char *msg, size_t len, const void *expected)
{
    (void)expected;
    CHECK(len == sizeof(int));
    CHECK(*(const int *)(const void *)msg == (flag != 0));
}

static void is_flags(const char *msg, size_t len, const void *expected)
{
    const every_list_bool *list = (const every_list_bool *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *list && list->len == 2);
    CHECK(list->ptr[0] == (flag != 0) && list->ptr[1] == 0);
}

static void is_option_i64(const char *msg, size_t len, const void *expected)
{
    const every_option_i64 *option = (const every_option_i64 *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *option && option->present == (flag != 0));
    CHECK(option->value == (flag ? 5 : 0));
}

static void is_option_text(const char *msg, size_t len, const void *expected)
{
    const every_option_string *option = (const every_option_string *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *option && option->present == (flag != 0));
    CHECK(flag ? says(option->value, "text") : option->value.ptr == NULL && option->value.len == 0);
}

static void is_flagged_everything(const char *msg, size_t len, const void *expected)
{
    const every_Everything *it = (const every_Everything *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *it && it->bool_ == (flag != 0) && it->point.y.present == (flag != 0));
    CHECK(it->option_bool.present == (flag != 0) && it->option_bool.value == (flag != 0));
}

/* The extremes of what C gives as flags. Where one is zero, the value beside it is garbage, and not read. */
static void flags(void *ctx)
{
    static const int extremes[] = {0, 1, 2, -1, INT_MAX, INT_MIN, 0x100, 0x10000, 0x1000000};
    static char *const garbage = (char *)(uintptr_t)1;
    size_t i;
    for (i = 0; i < COUNT_OF(extremes); i++) {
        int some;
        call it;
        every_option_i64 number = {0, 5};
        every_option_string text = {0, {garbage, SIZE_MAX}};
        every_list_bool list;
        int two[2] = {0, 0};
        some = flag = two[0] = number.present = text.present = extremes[i];
        if (some) {
            text.value = EVERY_TEXT("text");
        }
        list.ptr = two;
        list.len = 2;
        v = sample_zero();
        v.bool_ = v.point.y.present = some;
        v.option_bool.present = v.option_bool.value = some;
#define FLAGGED(checked, submit)                    \
    do {                                            \
        call_begin(&it, checked, NULL);             \
        judge(ctx, #submit, submit, 0, &it, NULL);  \
    } while (0)
        FLAGGED(is_flag, every_give_bool(ctx, row_fired, &it, some));
        FLAGGED(is_flags, every_give_list_bool(ctx, row_fired, &it, list));
        FLAGGED(is_option_i64, every_give_option_i64(ctx, row_fired, &it, number));
        FLAGGED(is_option_text, every_give_option_string(ctx, row_fired, &it, text));
        FLAGGED(is_flagged_everything, every_echo(ctx, row_fired, &it, v));
    }
    flag = 0;
    {
        call it;
        every_option_bytes bytes = {0, {NULL, 77}};
        every_option_list_Level levels = {0, {NULL, SIZE_MAX}};
        every_option_box_Link link = {0, NULL};
        levels.value.ptr = (every_Level *)(void *)garbage;
        link.value = (const every_Link *)(void *)garbage;
        FLAGGED(NULL, every_give_option_bytes(ctx, row_fired, &it, bytes));
        FLAGGED(NULL, every_give_option_list(ctx, row_fired, &it, levels));
        FLAGGED(NULL, every_give_option_box(ctx, row_fired, &it, link));
    }
}

/* Values of every kind where each type may stand: what a type does not take is told as what was found. */
static void kinds(void *ctx)
{
    static const struct {
        const char *written;
        const char *found;
    } values[] = {{"01", "an integer"}, {"20", "an integer"},    {"41'a'", "a byte string"}, {"61'a'", "text"},
                  {"80", "an array"},   {"a0", "a map"},         {"f93d00", "a float"},      {"f5", "true or false"},
                  {"f6", "null"},       {"f7", "undefined"},     {"e0", "a simple value"},   {"ff", "a break"}};
    /* Which of the values a type takes, and what it expects; `other` where it says so in other words. */
    static const struct {
        const char *function;
        cbor_entry entry;
        const char *takes;
        const char *other;
        const char *expected;
    } types[] = {{"every_give_i8", every_give_i8_cbor, "01 20", "f93d00", "a number"},
                 {"every_give_i16", every_give_i16_cbor, "01 20", "f93d00", "a number"},
                 {"every_give_i64", every_give_i64_cbor, "01 20", "f93d00", "a number"},
                 {"every_give_isize", every_give_isize_cbor, "01 20", "f93d00", "a number"},
                 {"every_give_u8", every_give_u8_cbor, "01", "20 f93d00", "a number"},
                 {"every_give_u32", every_give_u32_cbor, "01", "20 f93d00", "a number"},
                 {"every_give_u64", every_give_u64_cbor, "01", "20 f93d00", "a number"},
                 {"every_give_f32", every_give_f32_cbor, "01 20 f93d00", "", "a number"},
                 {"every_give_f64", every_give_f64_cbor, "01 20 f93d00", "", "a number"},
                 {"every_give_bool", every_give_bool_cbor, "f5", "", "true or false"},
                 {"every_give_char", every_give_char_cbor, "61'a'", "", "text"},
                 {"every_give_string", every_give_string_cbor, "61'a'", "", "text"},
                 {"every_give_bytes", every_give_bytes_cbor, "41'a' 80", "", "a byte string"},
                 {"every_give_level", every_give_level_cbor, "", "61'a'", "text"},
                 {"every_give_empty", every_give_empty_cbor, "a0", "", "a map"},
                 {"every_give_point", every_give_point_cbor, "", "a0", "a map"},
                 {"every_give_box_point", every_give_box_point_cbor, "", "a0", "a map"},
                 {"every_give_list_i32", every_give_list_i32_cbor, "80", "", "an array"},
                 {"every_give_list_list", every_give_list_list_cbor, "80", "", "an array"},
                 {"every_give_option_i64", every_give_option_i64_cbor, "01 20 f6 f7", "f93d00", "a number"},
                 {"every_give_option_string", every_give_option_string_cbor, "61'a' f6 f7", "", "text"},
                 {"every_give_option_bytes", every_give_option_bytes_cbor, "41'a' 80 f6 f7", "", "a byte string"},
                 {"every_give_option_list", every_give_option_list_cbor, "80 f6 f7", "", "an array"}};
    size_t type, value, len;
    for (type = 0; type < COUNT_OF(types); type++) {
        for (value = 0; value < COUNT_OF(values); value++) {
            int is_taken = strstr(types[type].takes, values[value].written) != NULL;
            int is_other = strstr(types[type].other, values[value].written) != NULL;
            char request[64], text[128];
            uint8_t *bytes;
            call it;
            snprintf(request, sizeof request, "a1 65'value' %s", values[value].written);
            snprintf(text, sizeof text, "%s: value: expected %s, found %s", types[type].function, types[type].expected,
                     values[value].found);
            if (is_other) {
                snprintf(text, sizeof text, "%s: value*", types[type].function);
            }
            bytes = bytes_of(request, &len);
            call_begin(&it, NULL, NULL);
            judge(ctx, request, types[type].entry(ctx, row_fired, &it, bytes, len), 0, &it, is_taken ? NULL : text);
            free(bytes);
        }
    }
}

static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t held_changed = PTHREAD_COND_INITIALIZER;
static int is_held;

static void hold(int ret, const char *msg, size_t len, void *user_data)
{
    (void)ret, (void)msg, (void)len, (void)user_data;
    pthread_mutex_lock(&held);
    is_held = 1;
    pthread_cond_broadcast(&held_changed);
    while (is_held == 1) {
        pthread_cond_wait(&held_changed, &held);
    }
    pthread_mutex_unlock(&held);
}

static void hold_until(int wanted)
{
    pthread_mutex_lock(&held);
    while (is_held < wanted) {
        pthread_cond_wait(&held_changed, &held);
    }
    pthread_mutex_unlock(&held);
}

/* Each answer is one more than what `is_held` was. */
static void count_answer(int ret, const char *msg, size_t len, void *user_data)
{
    (void)msg, (void)len, (void)user_data;
    CHECK(ret == RET_OK);
    pthread_mutex_lock(&held);
    is_held++;
    pthread_cond_broadcast(&held_changed);
    pthread_mutex_unlock(&held);
}

/* A queue that is full refuses on both paths, and serves on once there is room. */
static void a_full_queue(void *ctx)
{
    static const char full[] = "every_give_i32: the queue is full with 20000 requests";
    int i;
    call it;
    CHECK(every_nothing(ctx, hold, NULL) == 0);
    hold_until(1);
    for (i = 0; i < 20000; i++) {
        CHECK(every_nothing(ctx, count_answer, NULL) == 0);
    }
    row_serves = 0;
    call_begin(&it, NULL, NULL);
    judge(ctx, "full, native", every_give_i32(ctx, row_fired, &it, 1), RET_ERR, &it, full);
    call_begin(&it, NULL, NULL);
    judge(ctx, "full, CBOR", every_give_i32_cbor(ctx, row_fired, &it, NULL, 0), RET_ERR, &it, full);
    call_begin(&it, NULL, NULL);
    judge(ctx, "full, by name", every_ffi_call_cbor(ctx, "every_give_i32", row_fired, &it, NULL, 0), RET_ERR, &it, full);
    count_answer(RET_OK, NULL, 0, NULL);
    hold_until(2 + 20000);
    row_serves = 1;
    good_requests(ctx);
}

/* In a child that was forked while the context was alive: every entry point refuses, and none hangs. */
static void in_a_child(void *ctx)
{
    size_t len = 0;
    row_caller = pthread_self();
    row_serves = 0;
    judge_rows(ctx, forked_rows, COUNT_OF(forked_rows));
    judge_quiet_rows(ctx, forked_quiet_rows, COUNT_OF(forked_quiet_rows));
    CHECK(every_ffi_schema(&len) != NULL && len > 0 && every_ffi_abi_hash() != 0);
}

/* The child is killed and does not exit, where a leak checker would count what threads held that it
 * does not have. */
static void forked(void *ctx)
{
    int status = -1;
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        host_failures = 0;
        alarm(60);
        in_a_child(ctx);
        if (host_failures != 0) {
            _exit(1);
        }
        kill(getpid(), SIGKILL);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

int main(int argc, char **argv)
{
    size_t scale = argc > 1 ? (size_t)atoi(argv[1]) : 1;
    void *ctx = host_create();
    alarm(600);
    row_caller = pthread_self();
    dead = host_create();
    CHECK(every_destroy(dead) == 0);
    judge_rows(ctx, native_rows, COUNT_OF(native_rows));
    judge_rows(ctx, result_rows, COUNT_OF(result_rows));
    judge_rows(ctx, process_rows, COUNT_OF(process_rows));
    judge_quiet_rows(ctx, quiet_rows, COUNT_OF(quiet_rows));
    judge_wire_rows(ctx, wire_rows, COUNT_OF(wire_rows));
    forked(ctx);
    rows_judged += (int)(COUNT_OF(forked_rows) + COUNT_OF(forked_quiet_rows));
    good_requests(ctx);
    flags(ctx);
    kinds(ctx);
    a_full_queue(ctx);
    cut_at_every_byte(ctx);
    claims_at_every_depth(ctx);
    nested_without_end(ctx);
    megabytes(ctx, ((size_t)1 << 20) / scale);
    over_the_budget(ctx);
    CHECK(every_destroy(ctx) == 0);
    text_of(0);
    printf("bad_input: %d rows\n", rows_judged);
    return host_end("bad_input");
}
