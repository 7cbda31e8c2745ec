/* Where no thread can be started, the constructor says so and there is no context, and a context
 * that was there before says so where it needs one for its events. This program's own
 * pthread_create stands before the system's. */
#define _GNU_SOURCE
#include "host.h"

#include <dlfcn.h>
#include <errno.h>

static int refuses;

int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *), void *arg)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    void *symbol = dlsym(RTLD_NEXT, "pthread_create");
    memcpy(&real, &symbol, sizeof real);
    return refuses ? EAGAIN : real(thread, attr, start, arg);
}

static void no_listener_is_added(void *ctx)
{
    static const char *text = "every_add_event_listener: no delivery thread could be started: ";
    call it;
    call_begin(&it, NULL, NULL);
    CHECK(every_add_event_listener(ctx, "on_number", call_fired, &it) == 0);
    CHECK(strncmp(every_last_error(), text, strlen(text)) == 0);
    CHECK(it.fired == 0);
}

int main(void)
{
    static const char *text = "every_create: no worker thread could be started: ";
    static const uint8_t request[] = "\xa1\x66" "config" "\xa2\x64" "name" "\x60\x68" "delay_ms\x00";
    every_Config config = {"none", {0, NULL}, 0};
    void *ctx;
    call it;
    int i;
    CHECK(every_destroy(host_create()) == 0);
    ctx = host_create();
    refuses = 1;
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
    refuses = 0;
    CHECK(every_destroy(ctx) == 0);
    CHECK(every_destroy(host_create()) == 0);
    return host_end("no_thread");
}
