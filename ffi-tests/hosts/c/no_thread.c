/* Where no thread can be started, the constructor says so and there is no context. This
 * program's own pthread_create stands before the system's. */
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

int main(void)
{
    static const char *text = "every_create: no worker thread could be started: ";
    static const uint8_t request[] = "\xa1\x66" "config" "\xa2\x64" "name" "\x60\x68" "delay_ms\x00";
    every_Config config = {"none", {0, NULL}, 0};
    call it;
    int i;
    CHECK(every_destroy(host_create()) == 0);
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
    refuses = 0;
    CHECK(every_destroy(host_create()) == 0);
    return host_end("no_thread");
}
