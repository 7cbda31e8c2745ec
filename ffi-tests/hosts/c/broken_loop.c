/* What an author's safe code does to the loop of its worker, and to the runtime that this sleeps in:
 * each call is answered once, the context ends, and whatever borrows the state is dropped before the
 * state is. A sanitizer sees a look at a state that is gone. */
#include "beside.h"

#include "host.h"

#include <sched.h>

enum { WATCHERS = 4, CALLS = 16 };

static call calls[CALLS];
static int begun;

static call *next_call(void)
{
    call *it = &calls[begun++];
    call_begin(it, NULL, NULL);
    return it;
}

static void *create(const char *name)
{
    call it;
    beside_Config config = {name, {0, NULL}, 0};
    void *ctx;
    call_begin(&it, NULL, NULL);
    ctx = beside_create(config, call_fired, &it);
    CHECK(call_end(&it) == RET_OK);
    begun = 0;
    return ctx;
}

/* Handlers that borrow the state until it ends: queued ones, and ones that moved to the worker. */
static void watch(void *ctx)
{
    int i;
    for (i = 0; i < WATCHERS / 2; i++) {
        CHECK(beside_watch(ctx, call_fired, next_call()) == RET_OK);
        CHECK(beside_watch_here(ctx, call_fired, next_call()) == RET_OK);
    }
}

/* What was queued before has begun. */
static void settle(void *ctx)
{
    ANSWERED(beside_queued(ctx, call_fired, &it, 1));
}

static void check_looks(const char *msg, size_t len, const void *expected)
{
    CHECK(len == sizeof(uint64_t));
    CHECK(memcmp(msg, expected, sizeof(uint64_t)) == 0);
}

/* All calls were answered with an error, and their handlers found the state whole. */
static void all_ended(const char *name, uint64_t looks)
{
    call seen;
    int i;
    for (i = 0; i < begun; i++) {
        CHECK(call_end(&calls[i]) == RET_ERR);
        CHECK(strcmp(calls[i].text, "cancelled") == 0 || strstr(calls[i].text, "the worker ended: ") != NULL);
    }
    call_begin(&seen, check_looks, &looks);
    CHECK(beside_looks(call_fired, &seen, name) == RET_OK);
    CHECK(call_end(&seen) == RET_OK);
}

/* A handler is inside another runtime while it waits: the worker's timers are its own all the same. */
static void inside_another_runtime(void)
{
    void *ctx = create("inside");
    int i;
    watch(ctx);
    for (i = 0; i < 3; i++) {
        CHECK(beside_enter_other(ctx, call_fired, next_call()) == RET_OK);
    }
    settle(ctx);
    CHECK(beside_destroy(ctx) == RET_OK);
    all_ended("inside", WATCHERS + 3);
}

/* A waker of the author's panics where the worker sleeps, and ends the context. */
static void woken_badly(void)
{
    void *ctx = create("woken");
    watch(ctx);
    settle(ctx);
    CHECK(beside_wake_badly(ctx, call_fired, next_call(), 20) == RET_OK);
    all_ended("woken", WATCHERS + 1);
    while (beside_queued(ctx, call_fired, next_call(), 1) == RET_OK) {
        CHECK(call_end(&calls[--begun]) == RET_ERR);
        sched_yield();
    }
    CHECK(call_end(&calls[begun - 1]) == RET_ERR);
    CHECK(strstr(calls[begun - 1].text, "not a live context") != NULL);
    CHECK(beside_destroy(ctx) == RET_ERR);
}

/* The same while calls come from elsewhere, and the host destroys the context. */
static void *call_inline(void *ctx)
{
    int i;
    for (i = 0; i < 200; i++) {
        call it;
        call_begin(&it, NULL, NULL);
        beside_turns(ctx, call_fired, &it, 3, 1);
        call_end(&it);
    }
    return NULL;
}

static void woken_badly_among_callers(void)
{
    void *ctx = create("crowd");
    pthread_t callers[3];
    int i;
    watch(ctx);
    settle(ctx);
    CHECK(beside_wake_badly(ctx, call_fired, next_call(), 1) == RET_OK);
    for (i = 0; i < 3; i++) {
        CHECK(pthread_create(&callers[i], NULL, call_inline, ctx) == 0);
    }
    all_ended("crowd", WATCHERS + 1);
    beside_destroy(ctx);
    for (i = 0; i < 3; i++) {
        pthread_join(callers[i], NULL);
    }
}

/* A handler's drop panics when the context ends: the others go all the same. */
static void dropped_badly(void)
{
    void *ctx = create("dropped");
    CHECK(beside_drop_badly(ctx, call_fired, next_call()) == RET_OK);
    watch(ctx);
    CHECK(beside_drop_badly(ctx, call_fired, next_call()) == RET_OK);
    settle(ctx);
    CHECK(beside_destroy(ctx) == RET_OK);
    all_ended("dropped", WATCHERS + 2);
}

int main(void)
{
    /* Panics are printed here, and a backtrace of each takes longer than a grace where all is slow. */
    setenv("RUST_BACKTRACE", "0", 1);
    inside_another_runtime();
    woken_badly();
    woken_badly_among_callers();
    dropped_badly();
    return host_end("broken_loop");
}
