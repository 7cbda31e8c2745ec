/* Calls that cross no thread, on both paths: inline methods, functions without a state, exports; then
 * callers of all of them against a destroyer, again and again. */
#include "near.h"

#include "host.h"
#include "load.h"

#include <sched.h>
#include <time.h>

enum { CALLERS = 6, CALLS = 12, ROUNDS = 2000 };

/* One call. What it is answered with is written before it is counted. */
typedef struct slot {
    int answers;
    int ret;
    uint64_t number;
    pthread_t thread;
    char text[128];
} slot;

static void on_answer(int ret, const char *msg, size_t len, void *user_data)
{
    slot *it = (slot *)user_data;
    it->ret = ret;
    it->thread = pthread_self();
    if (ret == RET_OK && len == sizeof it->number) {
        memcpy(&it->number, msg, sizeof it->number);
    } else {
        snprintf(it->text, sizeof it->text, "%.*s", (int)len, msg);
    }
    __atomic_add_fetch(&it->answers, 1, __ATOMIC_RELEASE);
}

/* Whether the call was answered once, with this code, on this thread, by now. */
static int answered_here(const slot *it, int ret)
{
    return __atomic_load_n(&it->answers, __ATOMIC_ACQUIRE) == 1 && it->ret == ret
           && pthread_equal(it->thread, pthread_self());
}

static void await(const slot *it)
{
    while (__atomic_load_n(&it->answers, __ATOMIC_ACQUIRE) == 0) {
        sched_yield();
    }
}

/* A note whose text has a NUL inside, which its length counts. */
static void on_nul(int ret, const char *msg, size_t len, void *user_data)
{
    const near_Note *note = (const near_Note *)(const void *)msg;
    CHECK(ret == RET_OK && len == sizeof *note);
    CHECK(note->text.len == 3 && memcmp(note->text.ptr, "a\0b", 4) == 0);
    on_answer(ret, "", 0, user_data);
}

static void *make(uint64_t wait_ms, slot *created)
{
    memset(created, 0, sizeof *created);
    return near_create(wait_ms, 0, on_answer, created);
}

static void exports(void)
{
    CHECK(near_divide(6, 3) == 2);
    CHECK(near_divide(6, 0) == 0);
    CHECK(tells_of(near_ffi_last_error(), "near_divide panicked: attempt to divide by zero"));
    CHECK(near_divide(-6, 3) == -2);
}

static void without_a_context(void)
{
    int64_t numbers[] = {1, 2, INT64_MAX - 3};
    near_list_i64 list = {numbers, 3}, bad = {NULL, 3};
    uint8_t req[128];
    slot sum = {0}, too_large = {0}, refused = {0}, wire = {0}, named = {0}, later = {0};
    CHECK(near_sum(on_answer, &sum, list) == 0);
    CHECK(answered_here(&sum, RET_OK) && sum.number == (uint64_t)INT64_MAX);
    numbers[0] = 2;
    CHECK(near_sum(on_answer, &too_large, list) == 0);
    CHECK(answered_here(&too_large, RET_ERR) && strcmp(too_large.text, "too large") == 0);
    CHECK(near_sum(on_answer, &refused, bad) != 0);
    CHECK(answered_here(&refused, RET_ERR) && strncmp(refused.text, "near_sum: numbers: ", 19) == 0);
    CHECK(near_sum(NULL, NULL, list) == RET_MISSING_CALLBACK);
    CHECK(near_sum_cbor(on_answer, &wire, req, near_sum_request(req, sizeof req, list)) == 0);
    CHECK(answered_here(&wire, RET_ERR));
    CHECK(near_ffi_call_cbor((void *)(intptr_t)77, "near_sum", on_answer, &named, req, 3) != 0);
    CHECK(answered_here(&named, RET_ERR));
    numbers[0] = 1;
    CHECK(near_sum_later(on_answer, &later, list, 100) == 0);
    numbers[0] = 9;
    await(&later);
    CHECK(later.ret == RET_OK && later.number == (uint64_t)INT64_MAX && !pthread_equal(later.thread, pthread_self()));
}

static void in_a_context(void)
{
    slot created, early = {0}, added = {0}, queued = {0}, panicked = {0}, nul = {0}, ready = {0}, moved = {0}, late = {0};
    slot noted = {0};
    int64_t numbers[] = {1, -1};
    near_Note note;
    uint8_t req[128];
    void *ctx = make(500, &created);
    CHECK(near_add(ctx, on_answer, &early, 1) != 0);
    CHECK(answered_here(&early, RET_ERR) && strstr(early.text, "still being constructed") != NULL);
    await(&created);
    CHECK(near_add(ctx, on_answer, &added, 5) == 0);
    CHECK(answered_here(&added, RET_OK) && added.number == 5);
    memset(&added, 0, sizeof added);
    CHECK(near_add_cbor(ctx, on_answer, &added, req, near_add_request(req, sizeof req, 1)) == 0);
    CHECK(answered_here(&added, RET_OK));
    CHECK(near_add_queued(ctx, on_answer, &queued, 1) == 0);
    await(&queued);
    CHECK(queued.number == 7);
    memset(&note, 0, sizeof note);
    note.text = NEAR_TEXT("note");
    note.numbers.ptr = numbers;
    note.numbers.len = 2;
    CHECK(near_note(ctx, on_answer, &noted, note) == 0);
    CHECK(answered_here(&noted, RET_OK));
    memset(&noted, 0, sizeof noted);
    note.text = NEAR_TEXT("\xff");
    CHECK(near_note(ctx, on_answer, &noted, note) != 0);
    CHECK(answered_here(&noted, RET_ERR) && strcmp(noted.text, "near_note: note.text: invalid UTF-8 at byte 0") == 0);
    CHECK(near_panic(ctx, on_answer, &panicked, NEAR_TEXT("no")) == 0);
    CHECK(answered_here(&panicked, RET_ERR) && tells_of(panicked.text, "near_panic panicked: no"));
    CHECK(near_nul(ctx, on_nul, &nul) == 0);
    CHECK(answered_here(&nul, RET_OK));
    CHECK(near_nap(ctx, on_answer, &ready, 0) == 0);
    CHECK(answered_here(&ready, RET_OK));
    /* Longer than this thread is kept from looking at the nap for the first time. */
    CHECK(near_nap(ctx, on_answer, &moved, 500) == 0);
    await(&moved);
    CHECK(moved.ret == RET_OK);
    CHECK(strcmp(moved.text, "near-worker") == 0);
    CHECK(near_destroy(ctx) == RET_OK);
    CHECK(near_add(ctx, on_answer, &late, 1) == RET_ERR);
    CHECK(answered_here(&late, RET_ERR));
    CHECK(near_add(NULL, NULL, NULL, 1) == RET_MISSING_CALLBACK);
}

/* What one round's callbacks write to. */
typedef struct meeting {
    void *ctx;
    slot created;
    slot slots[CALLERS][CALLS];
    int ready;
} meeting;

typedef struct caller {
    meeting *at;
    int number;
} caller;

static void start(void *ctx, slot *it, int kind)
{
    static int64_t numbers[] = {1, 2};
    near_list_i64 list = {numbers, 2};
    switch (kind % 6) {
    case 0:
        near_add(ctx, on_answer, it, 1);
        break;
    case 1:
        near_turns(ctx, on_answer, it, (uint32_t)kind % 4, 0);
        break;
    case 2:
        near_nap(ctx, on_answer, it, (uint64_t)kind % 2);
        break;
    case 3:
        near_add_queued(ctx, on_answer, it, 1);
        break;
    case 4:
        near_sum(on_answer, it, list);
        break;
    default:
        near_sum_later(on_answer, it, list, 0);
        break;
    }
}

static void *call_often(void *with)
{
    caller *it = (caller *)with;
    int i;
    __atomic_add_fetch(&it->at->ready, 1, __ATOMIC_RELEASE);
    for (i = 0; i < CALLS; i++) {
        start(it->at->ctx, &it->at->slots[it->number][i], it->number + i);
    }
    return NULL;
}

static int caller_count;
static int rounds;

static void race(int number)
{
    meeting *it = (meeting *)calloc(1, sizeof *it);
    pthread_t threads[CALLERS];
    caller callers[CALLERS];
    int i, j, wrong = 0;
    it->ctx = make(0, &it->created);
    if (number % 2) {
        await(&it->created);
    }
    for (i = 0; i < caller_count; i++) {
        callers[i].at = it;
        callers[i].number = i;
        CHECK(pthread_create(&threads[i], NULL, call_often, &callers[i]) == 0);
    }
    while (__atomic_load_n(&it->ready, __ATOMIC_ACQUIRE) < number % (caller_count + 1)) {
        sched_yield();
    }
    CHECK(near_destroy(it->ctx) == RET_OK);
    for (i = 0; i < caller_count; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
        for (j = 0; j < CALLS; j++) {
            if ((i + j) % 6 == 5) {
                /* Of no context: nothing but its answer says that it is done. */
                await(&it->slots[i][j]);
            }
            wrong += __atomic_load_n(&it->slots[i][j].answers, __ATOMIC_ACQUIRE) != 1;
            wrong += (i + j) % 6 > 3 && it->slots[i][j].ret != RET_OK;
        }
    }
    CHECK(wrong == 0);
    CHECK(it->created.answers == 1 && it->created.ret == RET_OK);
    free(it);
}

/* On a thread that ends before the program does: what Rust keeps of a thread goes with it. */
static void *run(void *unused)
{
    uint64_t before;
    int round;
    (void)unused;
    CHECK(near_abi_check() == NULL);
    exports();
    without_a_context();
    in_a_context();
    before = near_dropped();
    for (round = 0; round < rounds; round++) {
        race(round);
    }
    CHECK(near_dropped() - before == (uint64_t)rounds);
    return NULL;
}

int main(int argc, char **argv)
{
    /* The worker of functions without a context ends when it has had nothing to do for a while. */
    struct timespec pause = {1, 0};
    pthread_t thread;
    caller_count = load_threads(CALLERS, CALLERS);
    rounds = load_rounds(ROUNDS / (argc > 1 ? atoi(argv[1]) : 1), CALLS);
    CHECK(pthread_create(&thread, NULL, run, NULL) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    nanosleep(&pause, NULL);
    load_print("near", caller_count, rounds * CALLS);
    return host_end("near");
}
