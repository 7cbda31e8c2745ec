/* The context of a case of `last_calls.c`, and how the case's process comes to its end. */
#ifndef LAST_CONTEXT_H
#define LAST_CONTEXT_H

#include "last_calls.h"

static void *ctx;
static uint64_t ids[2];
static int where;
static int is_called_before;
static pthread_key_t key;

static void call_before(void)
{
    LAST(before);
    if (is_called_before) {
        /* The context may be closing by then. */
        int ret = last_ends(near_add(ctx, last_answered, &before, 1), &before);
        HOLDS(ret == RET_OK || is_in("not a live context", before.text));
    }
}

static void at_exit(void)
{
    last_calls(ctx, ids, 2, where);
    last_leave();
}

/* A context, what `exit` does, and listeners, of which the first may exit. */
static void begin(int part, void (*first)(int, const char *, size_t, void *))
{
    where = part;
    ctx = last_create();
    ids[0] = near_ffi_add_event_listener(ctx, NEAR_EVENT_ON_NEAR, first, NULL);
    ids[1] = near_ffi_add_event_listener(ctx, NEAR_EVENT_ON_NEAR, last_listener, NULL);
    HOLDS(ids[0] > 0 && ids[1] > ids[0]);
    HOLDS(atexit(at_exit) == 0);
}

static void leave_within(int ret, const char *msg, size_t len, void *user_data)
{
    (void)ret;
    (void)msg;
    (void)len;
    (void)user_data;
    call_before();
    exit(8);
}

static void await_the_end(void)
{
    for (;;) {
        last_sleep(1000);
    }
}

#endif
