/* Contexts made, used and destroyed in great numbers, and others whose constructors fail: they
 * leave no thread, no descriptor and no byte behind. One after the other, or by many threads.
 *
 * Bytes are counted by this program's own malloc and friends, which stand before the system's.
 * They are not where a sanitizer or valgrind, which finds leaks by itself, stands there too: the
 * former is known here, the latter says UNCOUNTED=1. */
#define _GNU_SOURCE
#include "host.h"
#include "load.h"

#include <dirent.h>
#include <errno.h>
#include <time.h>

enum { CYCLES = 10000, WARM_UP = 200, BEHIND = 3, CALLS = BEHIND + 1, MOST_THREADS = 64 };

#if defined __GLIBC__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
#define COUNTS 1

#include <malloc.h>

static long live;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t align, size_t size);
void __libc_free(void *block);

static void *taken(void *block)
{
    __atomic_add_fetch(&live, (long)malloc_usable_size(block), __ATOMIC_RELAXED);
    return block;
}

static void given_back(void *block)
{
    __atomic_sub_fetch(&live, (long)malloc_usable_size(block), __ATOMIC_RELAXED);
}

void *malloc(size_t size)
{
    return taken(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return taken(__libc_calloc(count, size));
}

void *realloc(void *block, size_t size)
{
    long before = (long)malloc_usable_size(block);
    void *moved = __libc_realloc(block, size);
    if (moved || size == 0) {
        __atomic_sub_fetch(&live, before, __ATOMIC_RELAXED);
    }
    return taken(moved);
}

void *memalign(size_t align, size_t size)
{
    return taken(__libc_memalign(align, size));
}

void *aligned_alloc(size_t align, size_t size)
{
    return memalign(align, size);
}

int posix_memalign(void **block, size_t align, size_t size)
{
    void *made = memalign(align, size);
    if (!made) {
        return ENOMEM;
    }
    *block = made;
    return 0;
}

void free(void *block)
{
    given_back(block);
    __libc_free(block);
}

static long live_bytes(void)
{
    return __atomic_load_n(&live, __ATOMIC_RELAXED);
}
#else
#define COUNTS 0

static long live_bytes(void)
{
    return 0;
}
#endif

/* What the process has. */
typedef struct belongings {
    int threads;
    int descriptors;
    long bytes;
} belongings;

/* The entries of a folder, but for those that stand for itself and its parent. None where the
 * system has no such folder. */
static int entries(const char *folder)
{
    int count = -2;
    DIR *open = opendir(folder);
    if (!open) {
        return 0;
    }
    while (readdir(open)) {
        count++;
    }
    closedir(open);
    return count;
}

static belongings count_all(void)
{
    belongings now;
    now.threads = entries("/proc/self/task");
    now.descriptors = entries("/proc/self/fd");
    now.bytes = live_bytes();
#ifdef __linux__
    CHECK(now.threads > 0 && now.descriptors > 0);
#endif
    return now;
}

/* What the system keeps from one thread for the next may be a little more than it was, but that is
 * no thousand bytes. Less than a byte a cycle is nothing that a cycle left. */
static int has_more(belongings now, belongings before, int cycles)
{
    int little = cycles > 1000 ? cycles : 1000;
    return now.threads > before.threads || now.descriptors > before.descriptors || now.bytes >= before.bytes + little;
}

/* Threads of this program's own that have ended are counted for a moment: the fewest within a while. */
static belongings count_settled(void)
{
    belongings fewest = count_all();
    int i;
    for (i = 0; i < 50; i++) {
        struct timespec millisecond = {0, 1000000};
        belongings now;
        nanosleep(&millisecond, NULL);
        now = count_all();
        fewest = now.threads < fewest.threads ? now : fewest;
    }
    return fewest;
}

/* The system counts a thread for a moment after it has ended; anything else is there to stay. */
static void nothing_is_left(const char *of, belongings before, int cycles)
{
    belongings now = count_all();
    int patience = 10000;
    while (has_more(now, before, cycles) && patience-- > 0) {
        struct timespec millisecond = {0, 1000000};
        nanosleep(&millisecond, NULL);
        now = count_all();
    }
    printf("cycles: after %d %s %d threads, %d descriptors, %ld bytes; before %d, %d, %ld\n", cycles, of, now.threads,
           now.descriptors, now.bytes, before.threads, before.descriptors, before.bytes);
    CHECK(!has_more(now, before, cycles));
}

static void is_text(const char *msg, size_t len, const void *expected)
{
    CHECK(len == strlen((const char *)expected));
    CHECK(memcmp(msg, expected, len) == 0);
}

/* Create, call on both paths, destroy. */
static void live_and_die(int number)
{
    static const uint8_t no_parameters[] = {0xa0};
    static const char *text = "a text that is on the heap";
    /* Without a name, since the library notes the ends of states that have one. */
    every_Config config = {{NULL, 0}, {0, {NULL, 0}}, 0};
    call created, calls[3];
    void *ctx;
    (void)number;
    call_begin(&created, NULL, NULL);
    ctx = every_create(config, call_fired, &created);
    call_begin(&calls[0], is_text, text);
    CHECK(every_give_string(ctx, call_fired, &calls[0], every_text_of(text)) == 0);
    call_begin(&calls[1], NULL, NULL);
    CHECK(every_name_cbor(ctx, call_fired, &calls[1], no_parameters, sizeof no_parameters) == 0);
    call_begin(&calls[2], NULL, NULL);
    CHECK(every_storm_later(ctx, call_fired, &calls[2], 1, every_Fate_Answers) == 0);
    CHECK(every_destroy(ctx) == 0);
    CHECK(call_end(&created) == RET_OK);
    CHECK(call_end(&calls[0]) == RET_OK);
    CHECK(call_end(&calls[1]) == RET_OK);
    CHECK(call_end(&calls[2]) == RET_OK);
}

/* How many calls were accepted behind a constructor that failed. */
static int behind;

/* Whether a text is the cause; a panic's ends with its place. */
static int is_cause(const char *text, const char *cause)
{
    return strstr(cause, " panicked: ") != NULL ? tells_of(text, cause) : strcmp(text, cause) == 0;
}

/* A context whose constructor fails with this text, and calls that wait for it. */
static void fail_late(const char *failure, const char *cause)
{
    static const char *stale = "every_name: not a live context: NULL, destroyed or never made";
    every_Config config = {{NULL, 0}, {1, {NULL, 0}}, 0};
    call created, calls[BEHIND];
    int accepted[BEHIND];
    void *ctx;
    int i;
    config.failure.value = every_text_of(failure);
    call_begin(&created, NULL, NULL);
    ctx = every_create(config, call_fired, &created);
    CHECK(ctx != NULL);
    for (i = 0; i < BEHIND; i++) {
        call_begin(&calls[i], NULL, NULL);
        accepted[i] = every_name(ctx, call_fired, &calls[i]) == 0;
        __atomic_add_fetch(&behind, accepted[i], __ATOMIC_RELAXED);
    }
    /* Waits until nothing is left of it, and finds nothing to destroy. */
    every_destroy(ctx);
    CHECK(call_end(&created) == RET_ERR);
    CHECK(is_cause(created.text, cause));
    for (i = 0; i < BEHIND; i++) {
        CHECK(call_end(&calls[i]) == RET_ERR);
        CHECK(accepted[i] ? is_cause(calls[i].text, cause) : strcmp(calls[i].text, stale) == 0);
    }
}

/* A constructor's request that is refused, so that there is no context. */
static void fail_early(int is_native)
{
    static const uint8_t no_config[] = {0xa0};
    every_Config config = {EVERY_TEXT("\xff"), {0, {NULL, 0}}, 0};
    call it;
    void *ctx;
    call_begin(&it, NULL, NULL);
    ctx = is_native ? every_create(config, call_fired, &it)
                    : every_create_cbor(no_config, sizeof no_config, call_fired, &it);
    CHECK(ctx == NULL);
    CHECK(it.fired == 1);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strstr(it.text, is_native ? "UTF-8" : "missing") != NULL);
}

static void fail(int number)
{
    switch (number % 4) {
    case 0:
        fail_late("no luck", "no luck");
        break;
    case 1:
        fail_late("panic", "every_create panicked: the constructor was told to panic");
        break;
    default:
        fail_early(number % 4 == 2);
    }
}

/* What each of the threads does. */
typedef struct turn {
    void (*cycle)(int);
    int cycles;
} turn;

static int callers;

static void *take_turn(void *with)
{
    const turn *it = (const turn *)with;
    int i;
    for (i = 0; i < it->cycles; i++) {
        it->cycle(i);
    }
    return NULL;
}

static void take_turns(void (*cycle)(int), int cycles)
{
    pthread_t threads[MOST_THREADS];
    turn each;
    int i;
    each.cycle = cycle;
    each.cycles = cycles;
    for (i = 0; i < callers; i++) {
        CHECK(pthread_create(&threads[i], NULL, take_turn, &each) == 0);
    }
    for (i = 0; i < callers; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
}

static void repeat(const char *what, void (*cycle)(int), int cycles)
{
    belongings before;
    take_turns(cycle, WARM_UP / callers + 1);
    before = count_settled();
    take_turns(cycle, cycles);
    nothing_is_left(what, before, callers * cycles);
}

/* That a byte is counted when it is taken and when it is given back. */
static void bytes_are_counted(void)
{
    const char *uncounted = getenv("UNCOUNTED");
    long before = live_bytes();
    void *volatile block = malloc(1000);
    long with = live_bytes();
    free(block);
    if (COUNTS && !(uncounted && *uncounted)) {
        CHECK(with >= before + 1000);
        CHECK(live_bytes() == before);
    } else {
        puts("cycles: bytes are not counted");
    }
}

int main(int argc, char **argv)
{
    int cycles = load_rounds(CYCLES / (argc > 1 ? atoi(argv[1]) : 1), CALLS);
    callers = load_threads(1, MOST_THREADS);
    bytes_are_counted();
    repeat("lives", live_and_die, cycles);
    repeat("failures", fail, cycles);
    printf("cycles: %d calls waited behind a constructor that failed\n", behind);
    CHECK(behind > 0);
    load_print("cycles", callers, cycles * CALLS);
    return host_end("cycles");
}
