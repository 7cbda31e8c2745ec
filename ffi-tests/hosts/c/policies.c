/* What happens to events that find no room, by each library's policy, to the number; a worker that
 * stands still; an emitter that outlives its context. `every` drops the oldest of 1,024, `plain` the
 * newest of 8, and `slow` lets its own threads wait for room for 8. */
#include "every.h"
#include "plain.h"
#include "slow.h"

#include "host.h"
#include "load.h"

#include <time.h>

enum { MOST_EMITTERS = 64 };

/* One listener, which waits at a gate when it hears for the first time. */
typedef struct ear {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int is_open;
    int64_t heard, last, gap, gaps, gap_at;
    /* Where several emit, each as many numbers from its own first on: the last of each. */
    int64_t each, last_of[MOST_EMITTERS];
    void *calls;
} ear;

static void ear_begin(ear *it, int is_open)
{
    memset(it, 0, sizeof *it);
    pthread_mutex_init(&it->lock, NULL);
    pthread_cond_init(&it->changed, NULL);
    it->is_open = is_open;
    it->last = -1;
}

static void ear_end(ear *it)
{
    pthread_cond_destroy(&it->changed);
    pthread_mutex_destroy(&it->lock);
}

static void ear_open(ear *it)
{
    pthread_mutex_lock(&it->lock);
    it->is_open = 1;
    pthread_cond_broadcast(&it->changed);
    pthread_mutex_unlock(&it->lock);
}

/* Waits until it has heard so many. */
static void ear_wait(ear *it, int64_t heard)
{
    pthread_mutex_lock(&it->lock);
    while (it->heard < heard) {
        pthread_cond_wait(&it->changed, &it->lock);
    }
    pthread_mutex_unlock(&it->lock);
}

/* The library warns of what takes long, which under a checker any call may. */
static void on_answer(int ret, const char *msg, size_t len, void *user_data)
{
    if (ret != RET_STALE_WARN) {
        call_fired(ret, msg, len, user_data);
    }
}

static void on_beat(int ret, const char *msg, size_t len, void *user_data)
{
    ear *it = (ear *)user_data;
    pthread_mutex_lock(&it->lock);
    if (ret == RET_OK) {
        int64_t number;
        CHECK(len == sizeof number);
        memcpy(&number, msg, sizeof number);
        if (it->each) {
            CHECK(number > it->last_of[number / it->each]);
            it->last_of[number / it->each] = number;
        } else {
            CHECK(number > it->last);
        }
        it->last = number;
        it->heard++;
    } else {
        long count = 0;
        CHECK(sscanf(msg, "events_dropped: %ld events were dropped before this", &count) == 1);
        it->gap += count;
        it->gaps++;
        it->gap_at = it->last;
    }
    pthread_cond_broadcast(&it->changed);
    while (!it->is_open) {
        pthread_cond_wait(&it->changed, &it->lock);
    }
    pthread_mutex_unlock(&it->lock);
    if (it->calls) {
        /* Answered although an emitter waits for room. */
        call echo;
        call_begin(&echo, NULL, NULL);
        if (slow_echo(it->calls, on_answer, &echo, 7) == 0) {
            CHECK(call_end(&echo) == RET_OK);
        }
    }
}

static void the_oldest_give_way(void)
{
    ear it, dropped;
    void *ctx = host_create();
    ear_begin(&it, 0);
    ear_begin(&dropped, 1);
    CHECK(every_ffi_add_event_listener(ctx, "on_number", on_beat, &it) > 0);
    CHECK(every_ffi_add_event_listener(ctx, EVERY_EVENT_EVENTS_DROPPED, on_beat, &dropped) > 0);
    ANSWERED(every_fire_numbers(ctx, call_fired, &it, 0, 1));
    ear_wait(&it, 1);
    ANSWERED(every_fire_numbers(ctx, call_fired, &it, 1, 1024));
    ANSWERED(every_fire_numbers(ctx, call_fired, &it, 1025, 500));
    ear_open(&it);
    CHECK(every_destroy(ctx) == 0);
    CHECK(it.heard == 1025 && it.last == 1524);
    CHECK(it.gaps == 1 && it.gap == 500 && it.gap_at == 0);
    CHECK(dropped.heard == 1 && dropped.last == 500);
    ear_end(&it);
    ear_end(&dropped);
}

static void the_newest_give_way(void)
{
    ear it;
    call created;
    void *ctx;
    ear_begin(&it, 0);
    call_begin(&created, NULL, NULL);
    ctx = plain_create(0, call_fired, &created);
    CHECK(call_end(&created) == RET_OK);
    CHECK(plain_ffi_add_event_listener(ctx, PLAIN_EVENT_ON_BEAT, on_beat, &it) > 0);
    ANSWERED(plain_fire(ctx, call_fired, &it, 0, 1));
    ear_wait(&it, 1);
    ANSWERED(plain_fire(ctx, call_fired, &it, 1, 8));
    ANSWERED(plain_fire(ctx, call_fired, &it, 9, 30));
    ear_open(&it);
    CHECK(plain_destroy(ctx) == 0);
    CHECK(it.heard == 9 && it.last == 8);
    CHECK(it.gaps == 1 && it.gap == 30 && it.gap_at == 8);
    ear_end(&it);
}

static void *create_slow(void)
{
    call created;
    void *ctx;
    call_begin(&created, NULL, NULL);
    ctx = slow_create(0, on_answer, &created);
    CHECK(call_end(&created) == RET_OK);
    return ctx;
}

static uint64_t fired;

static void on_fired(int ret, const char *msg, size_t len, void *user_data)
{
    if (ret == RET_OK) {
        memcpy(&fired, msg, sizeof fired);
    }
    on_answer(ret, msg, len, user_data);
}

static uint64_t slow_has_fired(void *ctx)
{
    ANSWERED(slow_fired(ctx, on_fired, &it));
    return fired;
}

static void emitters_wait_for_room(int emitters, int beats)
{
    ear it;
    int i;
    void *ctx = create_slow();
    ear_begin(&it, 1);
    it.calls = ctx;
    it.each = beats;
    memset(it.last_of, -1, sizeof it.last_of);
    CHECK(slow_ffi_add_event_listener(ctx, SLOW_EVENT_ON_BEAT, on_beat, &it) > 0);
    for (i = 0; i < emitters; i++) {
        ANSWERED(slow_fire_elsewhere(ctx, on_answer, &it, (uint64_t)(i * beats), (uint64_t)beats));
    }
    ear_wait(&it, emitters * beats);
    CHECK(slow_destroy(ctx) == 0);
    CHECK(it.heard == emitters * beats && it.gaps == 0);
    ear_end(&it);
}

static void the_worker_does_not_wait(void)
{
    ear it;
    void *ctx = create_slow();
    ear_begin(&it, 0);
    CHECK(slow_ffi_add_event_listener(ctx, SLOW_EVENT_ON_BEAT, on_beat, &it) > 0);
    ANSWERED(slow_fire(ctx, on_answer, &it, 0, 1));
    ear_wait(&it, 1);
    ANSWERED(slow_fire(ctx, on_answer, &it, 1, 20));
    ear_open(&it);
    CHECK(slow_destroy(ctx) == 0);
    CHECK(it.heard == 9 && it.gap == 12);
    ear_end(&it);
}

static void an_emitter_of_a_context_that_is_gone_ends(void)
{
    struct timespec pause = {0, 50000000};
    void *ctx = create_slow(), *other = create_slow();
    uint64_t before, after = slow_has_fired(other);
    ANSWERED(slow_fire_elsewhere(ctx, on_answer, &it, 0, UINT64_MAX / 2));
    while (slow_has_fired(other) == after) {
        nanosleep(&pause, NULL);
    }
    CHECK(slow_destroy(ctx) == 0);
    /* It fires no more, soon. */
    do {
        before = slow_has_fired(other);
        nanosleep(&pause, NULL);
        after = slow_has_fired(other);
    } while (before != after);
    CHECK(slow_destroy(other) == 0);
}

/* What a listener over CBOR hears of a worker that stands still. */
typedef struct health {
    pthread_mutex_t lock;
    int not_responding, responding;
} health;

static void on_health(int ret, const char *msg, size_t len, void *user_data)
{
    health *it = (health *)user_data;
    every_cbor_arena arena = {NULL};
    every_NotResponding stalled;
    every_Responding goes_on;
    CHECK(ret == RET_OK);
    pthread_mutex_lock(&it->lock);
    if (every_not_responding_event(msg, len, &stalled, &arena) == 0) {
        CHECK(stalled.stalled_ms >= 1000 && it->not_responding == it->responding);
        it->not_responding++;
    } else {
        CHECK(every_responding_event(msg, len, &goes_on, &arena) == 0);
        it->responding++;
        CHECK(it->not_responding == it->responding);
    }
    pthread_mutex_unlock(&it->lock);
    every_cbor_arena_free(&arena);
}

static void a_worker_that_stands_still_is_told_of(void)
{
    health it;
    int i;
    void *ctx = host_create();
    memset(&it, 0, sizeof it);
    pthread_mutex_init(&it.lock, NULL);
    CHECK(every_ffi_add_event_listener_cbor(ctx, EVERY_EVENT_NOT_RESPONDING, on_health, &it) > 0);
    CHECK(every_ffi_add_event_listener_cbor(ctx, EVERY_EVENT_RESPONDING, on_health, &it) > 0);
    for (i = 0; i < 2; i++) {
        call blocked;
        call_begin(&blocked, NULL, NULL);
        CHECK(every_block(ctx, call_fired, &blocked, 3000) == 0);
        CHECK(call_end(&blocked) == RET_OK);
    }
    CHECK(every_destroy(ctx) == 0);
    CHECK(it.not_responding == 2 && it.responding == 2);
    pthread_mutex_destroy(&it.lock);
}

int main(void)
{
    int emitters = load_threads(1, MOST_EMITTERS), beats = load_calls(500);
    the_oldest_give_way();
    the_newest_give_way();
    emitters_wait_for_room(emitters, beats);
    the_worker_does_not_wait();
    an_emitter_of_a_context_that_is_gone_ends();
    a_worker_that_stands_still_is_told_of();
    load_print("policies", emitters, beats);
    return host_end("policies");
}
