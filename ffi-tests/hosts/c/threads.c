/* Four threads on one context, on both paths, while contexts come and go. */
#include "host.h"
#include "load.h"

enum { THREADS = 4, MOST_THREADS = 64, CALLS = 2000, CONTEXTS = 100 };

static int calls;

static void is_number(const char *msg, size_t len, const void *expected)
{
    CHECK(len == sizeof(int64_t));
    CHECK(memcmp(msg, expected, len) == 0);
}

static void is_number_cbor(const char *msg, size_t len, const void *expected)
{
    int64_t got = 0;
    every_cbor_arena arena = {NULL};
    CHECK(every_give_i64_response(msg, len, &got, &arena) == 0);
    CHECK(got == *(const int64_t *)expected);
    every_cbor_arena_free(&arena);
}

static void *call_often(void *ctx)
{
    int64_t i;
    for (i = 0; i < calls; i++) {
        int64_t value = i * 1000003;
        uint8_t req[32];
        size_t len = every_give_i64_request(req, sizeof req, value);
        call it;
        call_begin(&it, is_number, &value);
        if (every_give_i64(ctx, call_fired, &it, value) != 0 || call_end(&it) != RET_OK) {
            return ctx;
        }
        call_begin(&it, is_number_cbor, &value);
        if (every_give_i64_cbor(ctx, call_fired, &it, req, len) != 0 || call_end(&it) != RET_OK) {
            return ctx;
        }
    }
    return NULL;
}

static void *come_and_go(void *unused)
{
    int i;
    (void)unused;
    for (i = 0; i < CONTEXTS; i++) {
        void *ctx = host_create();
        call it;
        call_begin(&it, NULL, NULL);
        if (every_sleep(ctx, call_fired, &it, 1) != 0 || every_destroy(ctx) != 0 || call_end(&it) != RET_OK) {
            return ctx;
        }
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[MOST_THREADS + 1];
    int callers = load_threads(THREADS, MOST_THREADS);
    void *failed;
    int i;
    void *ctx = host_create();
    calls = load_calls(CALLS);
    for (i = 0; i < callers; i++) {
        CHECK(pthread_create(&threads[i], NULL, call_often, ctx) == 0);
    }
    CHECK(pthread_create(&threads[callers], NULL, come_and_go, NULL) == 0);
    for (i = 0; i <= callers; i++) {
        CHECK(pthread_join(threads[i], &failed) == 0);
        CHECK(failed == NULL);
    }
    CHECK(every_destroy(ctx) == 0);
    load_print("threads", callers, calls);
    return host_end("threads");
}
