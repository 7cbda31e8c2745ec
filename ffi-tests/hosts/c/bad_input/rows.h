/* What a row of the table is, and how one is judged: the return value, the exact text, the thread
 * that it came on, that it came once; and that a good request on either path succeeds right after. */
#ifndef ROWS_H
#define ROWS_H

#include "../compare.h"
#include "../samples.h"

/* One call that is to be answered, and how. Where `returned` is RET_ERR, the answer is on the calling
 * thread before the call returns, where it is 0 on another. `text` is the error's, one `*` in it stands
 * for anything; NULL where the answer is a result, which `check` sees. */
typedef struct row {
    const char *name;
    int (*make)(void *ctx, call *it);
    int returned;
    const char *text;
    void (*check)(const char *msg, size_t len, const void *expected);
} row;

/* One call without a callback. Its text is the thread's last error. */
typedef struct quiet_row {
    const char *name;
    uint64_t (*make)(void *ctx);
    uint64_t returned;
    const char *text;
} quiet_row;

/* For rows in a file that is included twice: as functions, and as the table of them. */
#define ROW_FUNCTION(name, returned, text, ...) \
    static int name(void *ctx, call *it)        \
    {                                           \
        (void)ctx;                              \
        return __VA_ARGS__;                     \
    }
#define ROW_ENTRY(name, returned, text, ...) {#name, name, returned, text, NULL},
/* A row that is answered with a result, which `check` sees. */
#define SHOWN_FUNCTION(name, check, ...) ROW_FUNCTION(name, 0, NULL, __VA_ARGS__)
#define SHOWN_ENTRY(name, check, ...) {#name, name, 0, NULL, check},
#define QUIET_FUNCTION(name, returned, text, ...) \
    static uint64_t name(void *ctx)               \
    {                                             \
        (void)ctx;                                \
        return (uint64_t)(int64_t)(intptr_t)(__VA_ARGS__); \
    }
#define QUIET_ENTRY(name, returned, text, ...) {#name, name, (uint64_t)(returned), text},

/* Where the answer of a row goes. */
#define HERE row_fired, it
#define TO ctx, row_fired, it

static pthread_t row_caller;
static pthread_t row_answered_on;
static int rows_judged;
/* Whether the context serves: in a child that was forked beside it, it does not. */
static int row_serves = 1;

static void row_fired(int ret, const char *msg, size_t len, void *user_data)
{
    row_answered_on = pthread_self();
    call_fired(ret, msg, len, user_data);
}

/* Whether the text is the one that is wanted. */
static inline int is_worded(const char *text, const char *wanted)
{
    const char *gap = strchr(wanted, '*');
    size_t before, after, len = strlen(text);
    if (!gap) {
        return strcmp(text, wanted) == 0;
    }
    before = (size_t)(gap - wanted);
    after = strlen(gap + 1);
    return len >= before + after && strncmp(text, wanted, before) == 0 && strcmp(text + len - after, gap + 1) == 0;
}

static inline void told(int holds, const char *name, const char *what, const char *got, const char *wanted)
{
    CHECK(holds);
    if (!holds) {
        fprintf(stderr, "  %s: %s\n  got:  %s\n  want: %s\n", name, what, got, wanted);
    }
}

/* Whose error it is that has such a text, as the table words it. */
static inline int kind_of_row(const char *text)
{
    static const struct {
        const char *part;
        int kind;
    } kinds[] = {{" panicked: ", FFI_ERROR_PANICKED},
                 {"every_fail_unspeakably*", FFI_ERROR_PANICKED},
                 {"unknown error", FFI_ERROR_AUTHOR},
                 {"why not", FFI_ERROR_AUTHOR},
                 {"outer: inner", FFI_ERROR_AUTHOR},
                 {"told to", FFI_ERROR_AUTHOR},
                 {": not a live context", FFI_ERROR_BAD_HANDLE},
                 {": the queue is full", FFI_ERROR_QUEUE_FULL},
                 {" is not implemented: ", FFI_ERROR_NOT_IMPLEMENTED},
                 {": not usable after fork", FFI_ERROR_AFTER_FORK},
                 {"every_deep: ", FFI_ERROR_BAD_RESULT},
                 {"every_chain: ", FFI_ERROR_BAD_RESULT}};
    int kind = FFI_ERROR_BAD_REQUEST;
    size_t i = sizeof kinds / sizeof kinds[0];
    while (i-- > 0) {
        if (strstr(text, kinds[i].part)) {
            kind = kinds[i].kind;
        }
    }
    return kind;
}

/* The next good request, natively and over CBOR. */
static inline void good_requests(void *ctx)
{
    static const uint8_t request[] = {0xa1, 0x65, 'v', 'a', 'l', 'u', 'e', 0x07};
    ANSWERED(every_give_i32(ctx, call_fired, &it, 7));
    ANSWERED(every_give_i32_cbor(ctx, call_fired, &it, request, sizeof request));
}

/* Judges a call that was made with `it`. */
static inline void judge(void *ctx, const char *name, int returned, int wanted, call *it, const char *text)
{
    int ret, is_refused = returned != 0;
    told(returned == wanted, name, "the return value", returned ? "refused" : "accepted", wanted ? "refused" : "accepted");
    if (is_refused) {
        told(it->fired == 1, name, "fired before it returned", it->fired ? "more than once" : "not", "once");
    }
    ret = call_end(it);
    told(ret == (text ? RET_ERR : RET_OK), name, "the code", ret ? it->text : "a result", text ? text : "a result");
    if (text) {
        told(is_worded(it->text, text), name, "the text", it->text, text);
        told(it->kind == kind_of_row(text), name, "the kind", it->text, text);
    }
    told((pthread_equal(row_answered_on, row_caller) != 0) == is_refused, name, "the thread",
         is_refused ? "another" : "the caller's", is_refused ? "the caller's" : "another");
    if (row_serves) {
        good_requests(ctx);
    }
}

static inline void judge_rows(void *ctx, const row *rows, size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        call it;
        int returned;
        call_begin(&it, rows[i].check, NULL);
        returned = rows[i].make(ctx, &it);
        judge(ctx, rows[i].name, returned, rows[i].returned, &it, rows[i].text);
        rows_judged++;
    }
}

static inline void judge_quiet_rows(void *ctx, const quiet_row *rows, size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        uint64_t returned = rows[i].make(ctx);
        const char *text = every_ffi_last_error();
        told(returned == rows[i].returned, rows[i].name, "the return value", "another", "as in the table");
        told(is_worded(text ? text : "none", rows[i].text), rows[i].name, "the text", text ? text : "none", rows[i].text);
        told(every_error_kind(text, strlen(text)) == kind_of_row(rows[i].text), rows[i].name, "the kind", text, rows[i].text);
        if (row_serves) {
            good_requests(ctx);
        }
        rows_judged++;
    }
}

/* What a constructor gives, as a return code. */
static inline int made(void *ctx)
{
    return ctx ? RET_OK : RET_ERR;
}

#endif
