/* Every entry point, called where a thread or a process ends. Each call is answered once, within a
 * bound, with its result or with an error that says why not. For hosts in C and in C++. */
#ifndef LAST_CALLS_H
#define LAST_CALLS_H

#include "near.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What a call from there meets besides. */
enum {
    /* The thread has called `exit` as the context's worker. */
    ON_WORKER = 1,
    /* The same within an inline handler's callback: the context serves, but never ends. */
    WITHIN_INLINE = 2
};

static int last_failures;
static int last_checks;
static const char *last_case = "";

#define HOLDS(condition) last_check((condition) != 0, #condition, __LINE__)

static inline void last_check(int holds, const char *what, int line)
{
    __atomic_add_fetch(&last_checks, 1, __ATOMIC_SEQ_CST);
    if (!holds) {
        __atomic_add_fetch(&last_failures, 1, __ATOMIC_SEQ_CST);
        fprintf(stderr, "%s: line %d: does not hold: %s\n", last_case, line, what);
    }
}

/* One call. Touched by whatever thread answers. */
typedef struct answer {
    int fired;
    int ret;
    uint64_t number;
    char text[256];
} answer;

static void last_answered(int ret, const char *msg, size_t len, void *user_data)
{
    answer *it = (answer *)user_data;
    if (ret == RET_STALE_WARN) {
        return;
    }
    if (ret == RET_OK && len == sizeof it->number) {
        memcpy(&it->number, msg, sizeof it->number);
    }
    if (ret != RET_OK) {
        snprintf(it->text, sizeof it->text, "%.*s", (int)len, msg);
    }
    it->ret = ret;
    __atomic_add_fetch(&it->fired, 1, __ATOMIC_SEQ_CST);
}

static inline void last_sleep(long milliseconds)
{
    struct timespec length;
    length.tv_sec = milliseconds / 1000;
    length.tv_nsec = milliseconds % 1000 * 1000000;
    nanosleep(&length, NULL);
}

/* A context whose answers and events wait to be polled. */
static void *last_polled;

/* Waits until a count is reached, at most for half a minute. */
static inline int last_reaches(const int *count, int wanted)
{
    int tries;
    for (tries = 0; tries < 30000; tries++) {
        if (__atomic_load_n(count, __ATOMIC_SEQ_CST) >= wanted) {
            return 1;
        }
        if (last_polled) {
            near_ffi_dispatch(last_polled, 1);
        }
        last_sleep(1);
    }
    return 0;
}

/* What a call returned, with its answer, which comes once: before a refusal returns, and within the
 * bound otherwise. An error has a text. */
static inline int last_ends(int accepted, answer *it)
{
    HOLDS(accepted == 0 || it->fired == 1);
    HOLDS(last_reaches(&it->fired, 1));
    HOLDS(it->fired == 1);
    HOLDS(it->ret == RET_OK || it->text[0] != '\0');
    return it->ret;
}

#define LAST(it) static answer it; memset(&it, 0, sizeof it)

static inline int is_in(const char *part, const char *text)
{
    return strstr(text, part) != NULL;
}

/* What needs no thread of the context's: it has its result wherever it is called from. */
static inline void last_calls_here(void *ctx)
{
    static const uint8_t one[] = {0xa1, 0x66, 'n', 'u', 'm', 'b', 'e', 'r', 1};
    static const uint8_t none[] = {0xa1, 0x67, 'n', 'u', 'm', 'b', 'e', 'r', 's', 0x80};
    int64_t numbers[] = {20, 22};
    near_list_i64 list;
    size_t len = 0;
    LAST(native);
    LAST(cbor);
    LAST(by_name);
    LAST(soon);
    LAST(panics);
    LAST(stateless);
    LAST(stateless_cbor);
    list.ptr = numbers;
    list.len = 2;
    HOLDS(last_ends(near_add(ctx, last_answered, &native, 1), &native) == RET_OK && native.number > 0);
    HOLDS(last_ends(near_add_cbor(ctx, last_answered, &cbor, one, sizeof one), &cbor) == RET_OK);
    HOLDS(last_ends(near_ffi_call_cbor(ctx, "near_add", last_answered, &by_name, one, sizeof one), &by_name) == RET_OK);
    HOLDS(last_ends(near_turns(ctx, last_answered, &soon, 0, 0), &soon) == RET_OK);
    HOLDS(last_ends(near_panic(ctx, last_answered, &panics, NEAR_TEXT("at the end")), &panics) == RET_ERR);
    HOLDS(is_in("at the end", panics.text));
    HOLDS(last_ends(near_sum(last_answered, &stateless, list), &stateless) == RET_OK && stateless.number == 42);
    HOLDS(last_ends(near_sum_cbor(last_answered, &stateless_cbor, none, sizeof none), &stateless_cbor) == RET_OK);
    HOLDS(near_divide(84, 2) == 42);
    HOLDS(near_divide(1, 0) == 0);
    HOLDS(is_in("near_divide", near_ffi_last_error()));
    HOLDS(near_ffi_schema(&len) != NULL && len > 0);
    HOLDS(near_ffi_abi_hash() == NEAR_ABI_HASH);
    HOLDS(near_destroy(NULL) == RET_ERR);
    HOLDS(is_in("near_destroy: not a live context", near_ffi_last_error()));
    HOLDS(near_ffi_cancel(NULL, NULL) == RET_ERR);
    HOLDS(is_in("near_ffi_cancel: not a live context", near_ffi_last_error()));
    HOLDS(near_add(ctx, NULL, NULL, 1) == RET_MISSING_CALLBACK);
    HOLDS(is_in("near_add: the callback is NULL", near_ffi_last_error()));
}

/* What other threads do: those of this context, of others and of none. */
static inline void last_calls_elsewhere(void *ctx, int where)
{
    static const uint8_t one[] = {0xa1, 0x66, 'n', 'u', 'm', 'b', 'e', 'r', 1};
    int64_t numbers[] = {20, 22};
    near_list_i64 list;
    void *other;
    LAST(queued);
    LAST(queued_cbor);
    LAST(turns);
    LAST(nap);
    LAST(detached);
    list.ptr = numbers;
    list.len = 2;
    if (where == ON_WORKER) {
        HOLDS(near_add_queued(ctx, last_answered, &queued, 1) != 0 && is_in("exiting", queued.text));
        HOLDS(near_add_queued_cbor(ctx, last_answered, &queued_cbor, one, sizeof one) != 0);
        HOLDS(near_turns(ctx, last_answered, &turns, 1, 0) == 0 && is_in("exiting", turns.text));
        HOLDS(last_ends(0, &queued) == RET_ERR && last_ends(0, &queued_cbor) == RET_ERR);
        HOLDS(last_ends(0, &turns) == RET_ERR);
        HOLDS(near_ffi_cancel(ctx, &queued) == RET_ERR && is_in("exiting", near_ffi_last_error()));
    } else {
        HOLDS(last_ends(near_add_queued(ctx, last_answered, &queued, 1), &queued) == RET_OK);
        HOLDS(last_ends(near_add_queued_cbor(ctx, last_answered, &queued_cbor, one, sizeof one), &queued_cbor) == RET_OK);
        HOLDS(last_ends(near_turns(ctx, last_answered, &turns, 1, 0), &turns) == RET_OK);
        HOLDS(near_ffi_cancel(ctx, &queued) == 0);
    }
    /* A timer needs a thread-local of tokio's, which may be gone. */
    last_ends(near_nap(ctx, last_answered, &nap, 1), &nap);
    HOLDS(last_ends(near_sum_later(last_answered, &detached, list, 1), &detached) == RET_OK && detached.number == 42);
    {
        LAST(created);
        LAST(closed);
        other = near_create(0, 0, last_answered, &created);
        HOLDS(other != NULL && last_ends(0, &created) == RET_OK);
        HOLDS(near_ffi_poll_fd(other) >= 0);
        HOLDS(near_ffi_dispatch(other, 10) == 0);
        HOLDS(last_ends(near_ffi_close(other, last_answered, &closed), &closed) == RET_OK);
    }
    {
        LAST(created);
        other = near_create(0, 0, last_answered, &created);
        HOLDS(other != NULL && last_ends(0, &created) == RET_OK);
        HOLDS(near_destroy(other) == 0);
    }
}

static int last_heard;

static void last_listener(int ret, const char *msg, size_t len, void *user_data)
{
    (void)ret;
    (void)msg;
    (void)len;
    (void)user_data;
    __atomic_add_fetch(&last_heard, 1, __ATOMIC_SEQ_CST);
}

/* Listeners that were there before, and new ones. */
static inline void last_listeners(void *ctx, const uint64_t *ids, size_t count)
{
    uint64_t native, cbor;
    size_t at;
    int heard;
    LAST(fired);
    for (at = 0; at < count; at++) {
        HOLDS(near_ffi_remove_event_listener(ctx, ids[at]) == 0);
    }
    HOLDS(near_ffi_remove_event_listener(ctx, 99) == RET_ERR);
    HOLDS(is_in("there is no listener 99", near_ffi_last_error()));
    native = near_ffi_add_event_listener(ctx, NEAR_EVENT_ON_NEAR, last_listener, NULL);
    cbor = near_ffi_add_event_listener_cbor(ctx, NULL, last_listener, NULL);
    HOLDS(native > 0 && cbor > native);
    heard = __atomic_load_n(&last_heard, __ATOMIC_SEQ_CST);
    /* Two events, each for two listeners. */
    HOLDS(last_ends(near_fire(ctx, last_answered, &fired, 1), &fired) == RET_OK);
    HOLDS(last_reaches(&last_heard, heard + 4));
    HOLDS(near_ffi_remove_event_listener(ctx, native) == 0);
    HOLDS(near_ffi_remove_event_listener(ctx, cbor) == 0);
}

/* All of it, and the end of the context. */
static inline void last_calls(void *ctx, const uint64_t *ids, size_t count, int where)
{
    LAST(closed);
    last_calls_here(ctx);
    last_calls_elsewhere(ctx, where);
    last_listeners(ctx, ids, count);
    HOLDS(near_ffi_dispatch(ctx, 1) >= 0);
    if (where == ON_WORKER || where == WITHIN_INLINE) {
        HOLDS(near_ffi_close(ctx, last_answered, &closed) == RET_ERR && is_in("exiting", closed.text));
        HOLDS(last_ends(RET_ERR, &closed) == RET_ERR);
        HOLDS(near_destroy(ctx) == 0);
    } else {
        HOLDS(last_ends(near_ffi_close(ctx, last_answered, &closed), &closed) == RET_OK);
    }
    HOLDS(near_destroy(ctx) == RET_ERR);
    HOLDS(is_in("near_destroy: not a live context", near_ffi_last_error()));
}

static inline void *last_create(void)
{
    void *ctx;
    LAST(created);
    ctx = near_create(0, 0, last_answered, &created);
    HOLDS(last_ends(0, &created) == RET_OK);
    return ctx;
}

/* Says how a child ended, by leaving. */
static inline void last_leave(void)
{
    fflush(NULL);
    _exit(last_failures != 0);
}

/* Runs one case in a child, which leaves by itself within two minutes, having found nothing wrong. */
static inline void last_case_in_child(const char *name, void (*run)(void))
{
    int status = -1;
    pid_t child;
    fflush(NULL);
    child = fork();
    if (child == 0) {
        last_case = name;
        last_failures = 0;
        alarm(120);
        run();
        /* Who is to leave by the end of a process has not. */
        _exit(7);
    }
    last_case = name;
    HOLDS(child > 0 && waitpid(child, &status, 0) == child);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s: %s %d\n", name, WIFSIGNALED(status) ? "ended by signal" : "exited with",
                WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
    HOLDS(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

#endif
