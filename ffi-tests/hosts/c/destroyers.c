/* Eight callers against two destroyers on one context, again and again: every call is answered
 * once, one destroyer ends the context, and what the callbacks write to is freed right after. */
#include "gather.h"
#include "host.h"
#include "load.h"

#include <sched.h>

enum { CALLERS = 8, DESTROYERS = 2, THREADS = CALLERS + DESTROYERS, CALLS = 8, ROUNDS = 10000 };

/* What one round's callbacks write to. */
typedef struct meeting {
    void *ctx;
    slot created;
    slot slots[CALLERS][CALLS];
    /* Calls begun so far, and how many the destroyers let begin. */
    int begun;
    int head_start;
    int ended;
} meeting;

static int callers;
static int rounds;
static meeting *round_of_all;

/* All threads and `main`. */
static int everybody(void)
{
    return callers + DESTROYERS + 1;
}

static int start(void *ctx, slot *it, int kind)
{
    static const uint8_t no_parameters[] = {0xa0};
    uint8_t req[64];
    switch (kind % 4) {
    case 0:
        return every_nothing(ctx, on_answer, it);
    case 1:
        return every_nothing_cbor(ctx, on_answer, it, no_parameters, sizeof no_parameters);
    case 2:
        return every_storm_later(ctx, on_answer, it, 1, every_Fate_Answers);
    default:
        return every_give_i64_cbor(ctx, on_answer, it, req, every_give_i64_request(req, sizeof req, 1));
    }
}

static void *call_often(void *index)
{
    int caller = (int)(intptr_t)index;
    int round, i;
    for (round = 0; round < rounds; round++) {
        int answered_late = 0;
        gather(everybody());
        for (i = 0; i < CALLS; i++) {
            slot *it = &round_of_all->slots[caller][i];
            __atomic_add_fetch(&round_of_all->begun, 1, __ATOMIC_RELAXED);
            it->accepted = start(round_of_all->ctx, it, caller + i) == 0;
            answered_late += !it->accepted && __atomic_load_n(&it->answers, __ATOMIC_ACQUIRE) != 1;
        }
        CHECK(answered_late == 0);
        gather(everybody());
    }
    return NULL;
}

static void *destroy_often(void *unused)
{
    int round;
    (void)unused;
    for (round = 0; round < rounds; round++) {
        gather(everybody());
        while (__atomic_load_n(&round_of_all->begun, __ATOMIC_RELAXED) < round_of_all->head_start) {
            sched_yield();
        }
        if (every_destroy(round_of_all->ctx) == 0) {
            __atomic_add_fetch(&round_of_all->ended, 1, __ATOMIC_RELAXED);
        }
        gather(everybody());
    }
    return NULL;
}

/* A round with its context. The destroyers of every other one meet the constructor too. */
static meeting *begin(int number)
{
    every_Config config = {EVERY_TEXT("destroyers"), {0, {NULL, 0}}, 0};
    meeting *it = (meeting *)calloc(1, sizeof *it);
    CHECK(it != NULL);
    it->head_start = number / 2 % (callers * CALLS);
    it->ctx = every_create(config, on_answer, &it->created);
    while (number % 2 && __atomic_load_n(&it->created.answers, __ATOMIC_ACQUIRE) == 0) {
        sched_yield();
    }
    return it;
}

/* Everybody is back: nothing may be owed, and nothing may come any more. */
static int end(meeting *it)
{
    int accepted = 0, wrong = 0;
    int i, j;
    for (i = 0; i < callers; i++) {
        for (j = 0; j < CALLS; j++) {
            slot *call = &it->slots[i][j];
            wrong += __atomic_load_n(&call->answers, __ATOMIC_ACQUIRE) != 1;
            wrong += call->ret != (call->accepted ? RET_OK : RET_ERR);
            accepted += call->accepted;
        }
    }
    CHECK(wrong == 0);
    CHECK(it->ended == 1);
    CHECK(it->created.answers == 1 && it->created.ret == RET_OK);
    free(it);
    return accepted;
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS];
    long accepted = 0;
    int round, i;
    callers = load_threads(CALLERS, CALLERS);
    rounds = load_rounds(ROUNDS / (argc > 1 ? atoi(argv[1]) : 1), CALLS);
    for (i = 0; i < callers + DESTROYERS; i++) {
        CHECK(pthread_create(&threads[i], NULL, i < callers ? call_often : destroy_often, (void *)(intptr_t)i) == 0);
    }
    for (round = 0; round < rounds; round++) {
        round_of_all = begin(round);
        gather(everybody());
        gather(everybody());
        accepted += end(round_of_all);
    }
    for (i = 0; i < callers + DESTROYERS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    printf("destroyers: %ld of %ld calls were accepted\n", accepted, (long)rounds * callers * CALLS);
    CHECK(accepted > 0 && accepted < (long)rounds * callers * CALLS);
    load_print("destroyers", callers, rounds * CALLS);
    return host_end("destroyers");
}
