/* Warnings, deadlines, cancels and ends, all at once: each call is answered once, and no warning
 * comes after the answer. */
#include "slow.h"

#include "load.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { THREADS = 4, MOST_THREADS = 64, CALLS = 64 };

static int rounds = 40;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int checks, failures, warnings;

#define CHECK(condition) check((condition) != 0, #condition, __LINE__)

static void check(int holds, const char *what, int line)
{
    pthread_mutex_lock(&lock);
    checks++;
    if (!holds) {
        failures++;
        fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, line, what);
    }
    pthread_mutex_unlock(&lock);
}

/* One call. Freed once its context has ended, so that a sanitizer sees a callback after that. */
typedef struct call {
    pthread_mutex_t lock;
    int answers;
    int is_warned;
    long last_warning;
} call;

static void on_answer(int ret, const char *msg, size_t len, void *user_data)
{
    call *it = (call *)user_data;
    CHECK(msg != NULL);
    pthread_mutex_lock(&it->lock);
    CHECK(!it->is_warned && it->answers == 0);
    if (ret == RET_STALE_WARN) {
        char *end;
        long elapsed = strtol(msg, &end, 10);
        CHECK(end == msg + len && elapsed > it->last_warning);
        it->last_warning = elapsed;
        it->is_warned = 1;
        pthread_mutex_unlock(&it->lock);
        pthread_mutex_lock(&lock);
        warnings++;
        pthread_mutex_unlock(&lock);
        pthread_mutex_lock(&it->lock);
        it->is_warned = 0;
    } else {
        it->answers++;
        if (ret == RET_OK) {
            CHECK(len == sizeof(uint64_t) || len == 0);
        } else {
            CHECK(strcmp(msg, "cancelled") == 0 || strcmp(msg, "deadline exceeded") == 0);
        }
    }
    pthread_mutex_unlock(&it->lock);
}

static void on_created(int ret, const char *msg, size_t len, void *user_data)
{
    (void)msg, (void)len, (void)user_data;
    CHECK(ret == RET_OK || ret == RET_STALE_WARN);
}

/* A context, calls that take about as long as they may, cancels among them, and the end. */
static void *live(void *seed)
{
    int round, i;
    unsigned random = (unsigned)(size_t)seed;
    for (round = 0; round < rounds; round++) {
        void *ctx = slow_create(0, on_created, NULL);
        call *calls = (call *)calloc(CALLS, sizeof *calls);
        CHECK(ctx != NULL && calls != NULL);
        for (i = 0; i < CALLS; i++) {
            uint64_t wait;
            random = random * 1103515245u + 12345u;
            wait = (random >> 16) % 60;
            pthread_mutex_init(&calls[i].lock, NULL);
            switch (i % 4) {
            case 0: CHECK(slow_sleep(ctx, on_answer, &calls[i], wait, 7) == 0); break;
            case 1: CHECK(slow_sleep_lightly(ctx, on_answer, &calls[i], 600000, 7) == 0); break;
            case 2: CHECK(slow_sleep_briefly(ctx, on_answer, &calls[i], wait, 7) == 0); break;
            default: CHECK(slow_sleep_a_while(ctx, on_answer, &calls[i], 600000, 7) == 0); break;
            }
        }
        {
            struct timespec pause = {0, 60000000};
            nanosleep(&pause, NULL);
        }
        for (i = 1; i < CALLS; i += 4) {
            CHECK(slow_ffi_cancel(ctx, &calls[i]) == 0);
        }
        CHECK(slow_destroy(ctx) == 0);
        for (i = 0; i < CALLS; i++) {
            CHECK(calls[i].answers == 1);
            pthread_mutex_destroy(&calls[i].lock);
        }
        free(calls);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[MOST_THREADS];
    int callers = load_threads(THREADS, MOST_THREADS);
    size_t i;
    if (argc > 1 && rounds / atoi(argv[1]) > 0) {
        rounds /= atoi(argv[1]);
    }
    rounds = load_rounds(rounds, CALLS);
    for (i = 0; i < (size_t)callers; i++) {
        CHECK(pthread_create(&threads[i], NULL, live, (void *)(i + 1)) == 0);
    }
    for (i = 0; i < (size_t)callers; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK(warnings > 0);
    load_print("slow", callers, rounds * CALLS);
    printf("slow: %d checks, %d failed\n", checks, failures);
    return failures != 0;
}
