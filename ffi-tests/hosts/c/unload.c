/* A library that is unloaded and loaded again, on fresh threads, in one process and in many. */
#define _DEFAULT_SOURCE
#include "host.h"

#include <dlfcn.h>

static const char *path;

/* Looks a function up, as the type of the function in the header. */
#define FIND(library, function) \
    (*(__typeof__(&function) *)(void *)&(struct { void *symbol; }){dlsym(library, #function)}.symbol)

/* Create, call, destroy. */
static void *live(void *library)
{
    every_Config config = {EVERY_TEXT("unload"), {0, {NULL, 0}}, 0};
    call it;
    void *ctx;
    /* A first error, so that this thread has something of the library's to clean up. */
    CHECK(FIND(library, every_destroy)(NULL) == RET_ERR);
    call_begin(&it, NULL, NULL);
    ctx = FIND(library, every_create)(config, call_fired, &it);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, NULL, NULL);
    CHECK(FIND(library, every_nothing)(ctx, call_fired, &it) == 0);
    CHECK(call_end(&it) == RET_OK);
    CHECK(FIND(library, every_destroy)(ctx) == 0);
    return NULL;
}

/* The same between loading and unloading. */
static void *cycle(void *unused)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    (void)unused;
    CHECK(library != NULL);
    if (library) {
        live(library);
        CHECK(dlclose(library) == 0);
    }
    return NULL;
}

/* Unloaded by a thread that has nothing of the library's to clean up, when no other has: it is there
 * all the same. One that was not called goes. */
static void stays_once_it_was_called(void *unused)
{
    pthread_t thread;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    (void)unused;
    CHECK(library != NULL && dlclose(library) == 0);
    CHECK(dlopen(path, RTLD_NOW | RTLD_NOLOAD) == NULL);
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    CHECK(library != NULL && pthread_create(&thread, NULL, live, library) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK(dlclose(library) == 0);
    CHECK(dlopen(path, RTLD_NOW | RTLD_NOLOAD) != NULL);
}

static void on_fresh_thread(void)
{
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, cycle, NULL) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
}

static void twice(void *unused)
{
    (void)unused;
    on_fresh_thread();
    on_fresh_thread();
}

int main(int argc, char **argv)
{
    int scale = argc > 2 ? atoi(argv[2]) : 1;
    int i;
    path = argc > 1 ? argv[1] : "";
    host_in_child(stays_once_it_was_called, NULL);
    for (i = 0; i < 200 / scale; i++) {
        host_in_child(twice, NULL);
    }
    for (i = 0; i < 2000 / scale; i++) {
        on_fresh_thread();
    }
    return host_end("unload");
}
