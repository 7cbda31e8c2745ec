/* Eight callers of inline methods, plain and async, of functions without a state and of what is
 * queued, against creators and destroyers of contexts that they share, again and again: every call is
 * answered once, a refusal before it returns, and what the callbacks write to is freed right after. */
#include "beside.h"

#include "gather.h"
#include "host.h"
#include "load.h"

#include <sched.h>
#include <time.h>

enum { CALLERS = 8, CONTEXTS = 2, THREADS = CALLERS + CONTEXTS, CALLS = 24, ROUNDS = 3000 };

/* What one round's callbacks write to. */
typedef struct meeting {
    void *ctx[CONTEXTS];
    slot created[CONTEXTS];
    slot slots[CALLERS][CALLS];
    int begun;
    int destroyed;
} meeting;

static int callers;
static int rounds;
static meeting *round_of_all;

/* All threads and `main`. */
static int everybody(void)
{
    return callers + CONTEXTS + 1;
}

static int start(void *ctx, slot *it, int kind)
{
    uint8_t req[64];
    it->is_refusable = kind % 8 < 6;
    switch (kind % 8) {
    case 0:
        return beside_add(ctx, on_answer, it, 1);
    case 1:
        return beside_add_cbor(ctx, on_answer, it, req, beside_add_request(req, sizeof req, 1));
    case 2:
        return beside_soon(ctx, on_answer, it, 1);
    case 3:
        return beside_turns(ctx, on_answer, it, 2, 1);
    case 4:
        return beside_turns_cbor(ctx, on_answer, it, req, beside_turns_request(req, sizeof req, 3, 1));
    case 5:
        return beside_queued(ctx, on_answer, it, 1);
    case 6:
        return beside_parse(on_answer, it, "12");
    default:
        return beside_double(on_answer, it, 21);
    }
}

/* The context to call, which in every other round is there, however slow its making is. */
static void *context_for(int round, int which)
{
    void *ctx = __atomic_load_n(&round_of_all->ctx[which], __ATOMIC_ACQUIRE);
    while (!ctx && round % 2) {
        sched_yield();
        ctx = __atomic_load_n(&round_of_all->ctx[which], __ATOMIC_ACQUIRE);
    }
    return ctx;
}

static void *call_often(void *index)
{
    int caller = (int)(intptr_t)index;
    int round, i;
    for (round = 0; round < rounds; round++) {
        int wrong = 0;
        gather(everybody());
        for (i = 0; i < CALLS; i++) {
            slot *it = &round_of_all->slots[caller][i];
            void *ctx = context_for(round, i % CONTEXTS);
            __atomic_add_fetch(&round_of_all->begun, 1, __ATOMIC_RELAXED);
            it->accepted = start(ctx, it, caller + i) == 0;
            wrong += !it->accepted && __atomic_load_n(&it->answers, __ATOMIC_ACQUIRE) != 1;
            wrong += beside_give_i64(i) != i;
        }
        CHECK(wrong == 0);
        gather(everybody());
    }
    return NULL;
}

/* Makes a context while callers call, and destroys it. */
static void *live_often(void *index)
{
    int mine = (int)(intptr_t)index;
    int round;
    for (round = 0; round < rounds; round++) {
        beside_Config config = {"", {0, NULL}, 0};
        void *ctx;
        gather(everybody());
        ctx = beside_create(config, on_answer, &round_of_all->created[mine]);
        __atomic_store_n(&round_of_all->ctx[mine], ctx, __ATOMIC_RELEASE);
        while (__atomic_load_n(&round_of_all->begun, __ATOMIC_RELAXED) < (long)callers * CALLS * round / rounds) {
            sched_yield();
        }
        __atomic_add_fetch(&round_of_all->destroyed, beside_destroy(ctx) == 0, __ATOMIC_RELAXED);
        gather(everybody());
    }
    return NULL;
}

/* What needs no context is answered whoever destroys what; it may be a little later. */
static void await(slot *it)
{
    while (__atomic_load_n(&it->answers, __ATOMIC_ACQUIRE) == 0) {
        sched_yield();
    }
}

/* Everybody is back: nothing may be owed but by the worker that no context has. */
static int end(meeting *it)
{
    int accepted = 0, wrong = 0;
    int i, j;
    for (i = 0; i < callers; i++) {
        for (j = 0; j < CALLS; j++) {
            slot *call = &it->slots[i][j];
            if (!call->is_refusable) {
                await(call);
                wrong += !call->accepted;
            }
            wrong += __atomic_load_n(&call->answers, __ATOMIC_ACQUIRE) != 1;
            wrong += call->ret != (call->accepted ? RET_OK : RET_ERR);
            accepted += call->is_refusable && call->accepted;
        }
    }
    CHECK(wrong == 0);
    CHECK(it->destroyed == CONTEXTS);
    for (i = 0; i < CONTEXTS; i++) {
        CHECK(it->created[i].answers == 1 && it->created[i].ret == RET_OK);
    }
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
    CHECK(beside_abi_check() == NULL);
    for (i = 0; i < callers + CONTEXTS; i++) {
        void *index = (void *)(intptr_t)(i < callers ? i : i - callers);
        CHECK(pthread_create(&threads[i], NULL, i < callers ? call_often : live_often, index) == 0);
    }
    for (round = 0; round < rounds; round++) {
        round_of_all = (meeting *)calloc(1, sizeof *round_of_all);
        CHECK(round_of_all != NULL);
        gather(everybody());
        gather(everybody());
        accepted += end(round_of_all);
    }
    for (i = 0; i < callers + CONTEXTS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    {
        /* The worker that no context has ends itself, and is to be gone before its memory is counted. */
        struct timespec pause = {1, 0};
        nanosleep(&pause, NULL);
    }
    printf("beside_races: %ld of %ld calls of contexts were accepted\n", accepted, (long)rounds * callers * CALLS * 3 / 4);
    CHECK(accepted > 0 && accepted < (long)rounds * callers * CALLS * 3 / 4);
    load_print("beside_races", callers, rounds * CALLS);
    return host_end("beside_races");
}
