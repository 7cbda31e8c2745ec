/* Sixteen threads on one context, each with 50,000 calls of every kind, of which some fail and
 * some panic: every one is answered once, with its own answer. */
#include "host.h"
#include "load.h"
#include "window.h"

#include <time.h>

enum { THREADS = 16, CALLS = 50000, KINDS = 4, IN_FLIGHT = 256 };

/* All that may be in flight at once is less than the library's queue holds, so none is refused. */
typedef char the_queue_is_never_full[THREADS * IN_FLIGHT < 20000 ? 1 : -1];

/* One call. Its number says what it must be answered with. */
typedef struct slot {
    window *window;
    uint64_t number;
    int kind;
    int fate;
    int answers;
    int right_answers;
} slot;

static void *ctx;
static int calls;
static slot *slots;
/* They last until the context has ended, so that a second answer is counted and no crash. */
static window windows[THREADS];

/* One call in a thousand panics, and one fails. */
static int fate_of(int call)
{
    int place = call % 1000;
    return place == 7 ? every_Fate_Panics : place == 503 ? every_Fate_Fails : every_Fate_Answers;
}

static int is_native(int kind)
{
    return kind % 2 == 0;
}

static int is_later(int kind)
{
    return kind >= 2;
}

static int has_number(const slot *it, const char *msg, size_t len)
{
    uint64_t got = 0;
    every_cbor_arena arena = {NULL};
    if (is_native(it->kind)) {
        return len == sizeof got && memcmp(msg, &it->number, len) == 0;
    }
    if (every_storm_response(msg, len, &got, &arena) != 0) {
        return 0;
    }
    every_cbor_arena_free(&arena);
    return got == it->number;
}

static int has_text(const slot *it, const char *msg, size_t len)
{
    char text[128];
    const char *name = is_later(it->kind) ? "every_storm_later" : "every_storm";
    if (it->fate == every_Fate_Fails) {
        snprintf(text, sizeof text, "%" PRIu64 " fails", it->number);
        return len == strlen(text) && strcmp(msg, text) == 0;
    }
    snprintf(text, sizeof text, "%s panicked: %" PRIu64 " panics", name, it->number);
    return len == strlen(msg) && tells_of(msg, text);
}

static void on_answer(int ret, const char *msg, size_t len, void *user_data)
{
    slot *it = (slot *)user_data;
    int is_right = it->fate == every_Fate_Answers ? ret == RET_OK && has_number(it, msg, len)
                                                 : ret == RET_ERR && has_text(it, msg, len);
    /* Counted without a lock on purpose: a second answer might come at the same time. */
    __atomic_add_fetch(&it->right_answers, is_right, __ATOMIC_RELAXED);
    __atomic_add_fetch(&it->answers, 1, __ATOMIC_RELAXED);
    window_leave(it->window);
}

static int start(slot *it)
{
    uint8_t req[64];
    size_t len;
    switch (it->kind) {
    case 0:
        return every_storm(ctx, on_answer, it, it->number, it->fate);
    case 1:
        len = every_storm_request(req, sizeof req, it->number, it->fate);
        return every_storm_cbor(ctx, on_answer, it, req, len);
    case 2:
        return every_storm_later(ctx, on_answer, it, it->number, it->fate);
    default:
        len = every_storm_later_request(req, sizeof req, it->number, it->fate);
        return every_storm_later_cbor(ctx, on_answer, it, req, len);
    }
}

static void *call_all(void *in_flight)
{
    size_t thread = (size_t)((window *)in_flight - windows);
    slot *mine = &slots[thread * KINDS * (size_t)calls];
    int refused = 0;
    int i;
    for (i = 0; i < calls * KINDS; i++) {
        slot *it = &mine[i];
        it->window = (window *)in_flight;
        it->number = (uint64_t)(it - slots) * 1000003;
        it->kind = i % KINDS;
        it->fate = fate_of(i / KINDS);
        window_enter(it->window);
        refused += start(it) != 0;
    }
    CHECK(refused == 0);
    window_wait((window *)in_flight);
    return NULL;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS];
    int callers = load_threads(THREADS, THREADS);
    int scale = argc > 1 ? atoi(argv[1]) : 1;
    int wrong = 0;
    size_t total;
    size_t i;
    double began;
    calls = load_calls(CALLS / scale);
    total = (size_t)callers * KINDS * (size_t)calls;
    slots = (slot *)calloc(total, sizeof *slots);
    CHECK(slots != NULL);
    ctx = host_create();
    began = now();
    for (i = 0; i < (size_t)callers; i++) {
        window_begin(&windows[i], IN_FLIGHT);
        CHECK(pthread_create(&threads[i], NULL, call_all, &windows[i]) == 0);
    }
    for (i = 0; i < (size_t)callers; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    printf("storm: %zu calls in %.1f s\n", total, now() - began);
    CHECK(every_destroy(ctx) == 0);
    for (i = 0; i < (size_t)callers; i++) {
        window_end(&windows[i]);
    }
    for (i = 0; i < total; i++) {
        wrong += slots[i].answers != 1 || slots[i].right_answers != 1;
    }
    CHECK(wrong == 0);
    free(slots);
    load_print("storm", callers, calls * KINDS);
    return host_end("storm");
}
