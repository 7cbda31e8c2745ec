/*
 * A library that answers with the bytes that it was told to: what any other process, machine or version might send.
 * Its symbols `fake_give_…`, its schema and its hash come from the test, which generates them.
 *
 * `fake_arm(code, answer, warning, later)` says what the next call is answered with, after a warning if there is one,
 * on this thread or on another later; `fake_tell` hands the same to the listener; `fake_asked` gives the last request.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef void (*callback)(int ret, const char *msg, size_t len, void *user_data);

/* Bytes of their own, in memory of exactly their size, so that a sanitizer sees any step beyond. */
typedef struct bytes {
    uint8_t *ptr;
    size_t len;
} bytes;

typedef struct answer {
    callback cb;
    void *user_data;
    int code;
    int has_warning;
    bytes message;
    bytes warning;
} answer;

const uint8_t *fake_own_schema(size_t *len);
const uint8_t *fake_ffi_schema(size_t *len);

enum { RET_OK = 0, RET_ERR = 1, RET_STALE_WARN = 3 };

int fake_answer(const char *name, callback cb, void *user_data, const uint8_t *request, size_t len);
int fake_ffi_call_cbor(void *ctx, const char *name, callback cb, void *user_data, const uint8_t *request, size_t len);
void *fake_open_cbor(const uint8_t *request, size_t len, callback cb, void *user_data);
uint64_t fake_ffi_add_event_listener_cbor(void *ctx, const char *event, callback cb, void *user_data);
uint64_t fake_ffi_add_event_listener(void *ctx, const char *event, callback cb, void *user_data);
int fake_ffi_remove_event_listener(void *ctx, uint64_t id);
int fake_ffi_cancel(void *ctx, void *user_data);
int fake_ffi_close(void *ctx, callback cb, void *user_data);
int fake_finish(void *ctx);
int fake_ffi_poll_fd(void *ctx);
int fake_ffi_dispatch(void *ctx);
const char *fake_ffi_last_error(void);

static int code, later, has_warning;
static bytes armed, warned, asked;
static callback listener;
static void *listeners_data;

static bytes copy(const uint8_t *from, size_t len)
{
    bytes made = {malloc(len ? len : 1), len};
    if (len) {
        memcpy(made.ptr, from, len);
    }
    return made;
}

/* A copy of an error's text, with a NUL and its kind behind it: the author's. */
static bytes copy_error(const uint8_t *from, size_t len)
{
    bytes made = {malloc(len + 2), len};
    if (len) {
        memcpy(made.ptr, from, len);
    }
    made.ptr[len] = 0;
    made.ptr[len + 1] = 1;
    return made;
}

static void replace(bytes *place, const uint8_t *from, size_t len)
{
    free(place->ptr);
    *place = copy(from, len);
}

/* Reads one head of the CBOR that every binding writes. */
static uint64_t head(const uint8_t **at, unsigned *info)
{
    uint64_t value = **at & 0x1f;
    size_t size = value < 24 ? 0 : (size_t)1 << (value - 24);
    *info = *(*at)++;
    for (value = size ? 0 : value; size; size--) {
        value = value << 8 | *(*at)++;
    }
    return value;
}

static void skip_key(const uint8_t **at)
{
    unsigned first;
    const uint64_t len = head(at, &first);
    *at += len;
}

/* `{"code": i32, "answer": bytes, "warning": bytes or null, "later": bool}` */
static void arm(const uint8_t *at)
{
    unsigned first;
    uint64_t value;
    head(&at, &first);
    skip_key(&at);
    value = head(&at, &first);
    code = first >> 5 ? -1 - (int)value : (int)value;
    skip_key(&at);
    value = head(&at, &first);
    replace(&armed, at, (size_t)value);
    at += value;
    skip_key(&at);
    value = head(&at, &first);
    has_warning = first != 0xf6;
    replace(&warned, at, has_warning ? (size_t)value : 0);
    at += has_warning ? value : 0;
    skip_key(&at);
    later = *at == 0xf5;
}

/* What was armed, for this callback. */
static answer *answer_for(callback cb, void *user_data)
{
    answer *made = malloc(sizeof *made);
    made->cb = cb;
    made->user_data = user_data;
    made->code = code;
    made->has_warning = has_warning;
    made->message = code == RET_ERR ? copy_error(armed.ptr, armed.len) : copy(armed.ptr, armed.len);
    made->warning = copy(warned.ptr, warned.len);
    return made;
}

static void *fire(void *given)
{
    answer *it = given;
    if (it->has_warning) {
        it->cb(RET_STALE_WARN, (const char *)it->warning.ptr, it->warning.len, it->user_data);
    }
    it->cb(it->code, (const char *)it->message.ptr, it->message.len, it->user_data);
    free(it->message.ptr);
    free(it->warning.ptr);
    free(it);
    return NULL;
}

static void *fire_later(void *given)
{
    const struct timespec wait = {0, 300000};
    nanosleep(&wait, NULL);
    return fire(given);
}

static void begin(answer *it)
{
    pthread_t thread;
    if (!later) {
        fire(it);
        return;
    }
    pthread_create(&thread, NULL, fire_later, it);
    pthread_detach(thread);
}

/* The last request as a byte string of CBOR. */
static void tell_asked(callback cb, void *user_data)
{
    bytes told = {malloc(asked.len + 9), asked.len + 9};
    size_t i;
    told.ptr[0] = 0x5b;
    for (i = 0; i < 8; i++) {
        told.ptr[1 + i] = (uint8_t)((uint64_t)asked.len >> (56 - 8 * i));
    }
    memcpy(told.ptr + 9, asked.ptr, asked.len);
    cb(RET_OK, (const char *)told.ptr, told.len, user_data);
    free(told.ptr);
}

int fake_answer(const char *name, callback cb, void *user_data, const uint8_t *request, size_t len)
{
    if (!strcmp(name, "fake_asked")) {
        tell_asked(cb, user_data);
    } else if (!strcmp(name, "fake_arm")) {
        arm(request);
        cb(RET_OK, "\xf6", 1, user_data);
    } else if (!strcmp(name, "fake_tell")) {
        begin(answer_for(listener, listeners_data));
        cb(RET_OK, "\xf6", 1, user_data);
    } else {
        replace(&asked, request, len);
        begin(answer_for(cb, user_data));
    }
    return 0;
}

int fake_ffi_call_cbor(void *ctx, const char *name, callback cb, void *user_data, const uint8_t *request, size_t len)
{
    (void)ctx;
    return fake_answer(name, cb, user_data, request, len);
}

static bytes unhex(const char *digits)
{
    const size_t len = strlen(digits) / 2;
    bytes made = {malloc(len ? len : 1), len};
    size_t i;
    for (i = 0; i < len; i++) {
        const char pair[3] = {digits[2 * i], digits[2 * i + 1], 0};
        made.ptr[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return made;
}

/* `cargo ffi call` makes one call and ends: what that is answered with is in the environment. */
static void arm_by_environment(void)
{
    const char *code_text = getenv("FAKE_CODE");
    if (code_text) {
        code = atoi(code_text);
        free(armed.ptr);
        armed = unhex(getenv("FAKE_ANSWER"));
    }
}

/* Another schema than its own, where the environment has one. It stays: whoever asked may look at it for ever. */
const uint8_t *fake_ffi_schema(size_t *len)
{
    const char *digits = getenv("FAKE_SCHEMA");
    bytes made;
    if (!digits) {
        return fake_own_schema(len);
    }
    made = unhex(digits);
    *len = made.len;
    return made.ptr;
}

void *fake_open_cbor(const uint8_t *request, size_t len, callback cb, void *user_data)
{
    (void)request;
    (void)len;
    arm_by_environment();
    cb(RET_OK, "\x61" "1", 2, user_data);
    return (void *)&listener;
}

uint64_t fake_ffi_add_event_listener_cbor(void *ctx, const char *event, callback cb, void *user_data)
{
    (void)ctx;
    (void)event;
    listener = cb;
    listeners_data = user_data;
    return 1;
}

uint64_t fake_ffi_add_event_listener(void *ctx, const char *event, callback cb, void *user_data)
{
    return fake_ffi_add_event_listener_cbor(ctx, event, cb, user_data);
}

int fake_ffi_remove_event_listener(void *ctx, uint64_t id)
{
    (void)ctx;
    (void)id;
    return 0;
}

int fake_ffi_cancel(void *ctx, void *user_data)
{
    (void)ctx;
    (void)user_data;
    return 0;
}

int fake_ffi_close(void *ctx, callback cb, void *user_data)
{
    (void)ctx;
    cb(RET_OK, "", 0, user_data);
    return 0;
}

int fake_finish(void *ctx)
{
    (void)ctx;
    return 0;
}

int fake_ffi_poll_fd(void *ctx)
{
    (void)ctx;
    return -1;
}

int fake_ffi_dispatch(void *ctx)
{
    (void)ctx;
    return 0;
}

const char *fake_ffi_last_error(void)
{
    return "\0";
}
