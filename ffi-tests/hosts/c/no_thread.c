/* Where no thread can be started, the constructor says so and there is no context, and a context
 * that was there before says so where it needs one for its events. This program's own
 * pthread_create stands before the system's. */
#define _GNU_SOURCE
#include "host.h"
#include "slow.h"

#include <dlfcn.h>
#include <errno.h>

/* How many threads more the system gives; below zero, as many as are wanted. */
static int threads_left = -1;

int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *), void *arg)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    void *symbol = dlsym(RTLD_NEXT, "pthread_create");
    memcpy(&real, &symbol, sizeof real);
    if (threads_left == 0) {
        return EAGAIN;
    }
    threads_left -= threads_left > 0;
    return real(thread, attr, start, arg);
}

static void no_listener_is_added(void *ctx)
{
    static const char *text = "every_ffi_add_event_listener: no delivery thread could be started: ";
    call it;
    call_begin(&it, NULL, NULL);
    CHECK(every_ffi_add_event_listener(ctx, "on_number", call_fired, &it) == 0);
    CHECK(strncmp(every_ffi_last_error(), text, strlen(text)) == 0);
    CHECK(it.fired == 0);
}

/* The library warns of what takes long, which under a checker a context may. */
static void on_answer(int ret, const char *msg, size_t len, void *user_data)
{
    if (ret != RET_STALE_WARN) {
        call_fired(ret, msg, len, user_data);
    }
}

/* A library that warns needs its watch, and then the worker. */
static void each_thread_is_missed_by_its_name(void)
{
    static const char *missed[] = {"slow_create: no watch thread could be started: ",
                                   "slow_create: no worker thread could be started: "};
    void *ctx;
    call it;
    int i;
    for (i = 0; i < 100; i++) {
        threads_left = i % 2;
        call_begin(&it, NULL, NULL);
        CHECK(slow_create(0, on_answer, &it) == NULL);
        CHECK(call_end(&it) == RET_ERR);
        CHECK(strncmp(it.text, missed[i % 2], strlen(missed[i % 2])) == 0);
    }
    threads_left = -1;
    call_begin(&it, NULL, NULL);
    ctx = slow_create(0, on_answer, &it);
    CHECK(ctx != NULL && call_end(&it) == RET_OK);
    CHECK(slow_destroy(ctx) == 0);
}

int main(void)
{
    static const char *text = "every_create: no worker thread could be started: ";
    static const uint8_t request[] = "\xa1\x66" "config" "\xa2\x64" "name" "\x60\x68" "delay_ms\x00";
    every_Config config = {EVERY_TEXT("none"), {0, {NULL, 0}}, 0};
    void *ctx;
    call it;
    int i;
    CHECK(every_destroy(host_create()) == 0);
    ctx = host_create();
    threads_left = 0;
    for (i = 0; i < 100; i++) {
        call_begin(&it, NULL, NULL);
        CHECK(every_create(config, call_fired, &it) == NULL);
        CHECK(it.fired == 1);
        CHECK(call_end(&it) == RET_ERR);
        CHECK(strncmp(it.text, text, strlen(text)) == 0);
        call_begin(&it, NULL, NULL);
        CHECK(every_create_cbor(request, sizeof request - 1, call_fired, &it) == NULL);
        CHECK(call_end(&it) == RET_ERR);
        CHECK(strncmp(it.text, text, strlen(text)) == 0);
    }
    no_listener_is_added(ctx);
    threads_left = -1;
    CHECK(every_destroy(ctx) == 0);
    CHECK(every_destroy(host_create()) == 0);
    each_thread_is_missed_by_its_name();
    return host_end("no_thread");
}
