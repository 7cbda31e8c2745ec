/* What the C test hosts have in common: one call at a time, waited for and checked. */
#ifndef HOST_H
#define HOST_H

#include "bound.h"
#include "every.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t host_lock = PTHREAD_MUTEX_INITIALIZER;
static int host_failures;
static int host_checks;

#define CHECK(condition) host_check((condition) != 0, #condition, __FILE__, __LINE__)

static inline void host_check(int holds, const char *what, const char *file, int line)
{
    pthread_mutex_lock(&host_lock);
    host_checks++;
    if (!holds) {
        host_failures++;
        fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    }
    pthread_mutex_unlock(&host_lock);
}

/* Waits for up to two seconds, until no other thread is left: what a thread that is about to end still has counts as
 * lost, where leaks are looked for. Linux alone says how many there are. */
static inline void host_await_threads(void)
{
#ifndef __SANITIZE_THREAD__ /* Which has a thread of its own. */
    const struct timespec moment = {0, 1000000};
    int rounds;
    for (rounds = 0; rounds < 2000; rounds++) {
        FILE *status = fopen("/proc/self/status", "r");
        char line[256];
        int threads = 1;
        while (status && fgets(line, sizeof line, status)) {
            if (strncmp(line, "Threads:", 8) == 0) {
                threads = atoi(line + 8);
            }
        }
        if (status) {
            fclose(status);
        }
        if (threads == 1) {
            return;
        }
        nanosleep(&moment, NULL);
    }
#endif
}

/* Prints the closing line that the tests look for; the program's exit code. */
static inline int host_end(const char *name)
{
    host_await_threads();
    printf("%s: %d checks, %d failed\n", name, host_checks, host_failures);
    return host_failures != 0;
}

/* Whether a text is that of a panic, with its place behind it. */
static inline int tells_of(const char *text, const char *panic)
{
    static const char place[] = " (ffi-tests/";
    size_t len = strlen(panic);
    return strncmp(text, panic, len) == 0 && strncmp(text + len, place, sizeof place - 1) == 0
        && text[strlen(text) - 1] == ')';
}

/* Whether a text is this string. A text of the library's has a NUL behind it, which its length does not count. */
static inline int says(every_text text, const char *string)
{
    return text.ptr && text.len == strlen(string) && memcmp(text.ptr, string, text.len + 1) == 0;
}

/* One call that is waited for. `check` sees the answer inside the callback, while what it
 * points to is valid. */
typedef struct call {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int fired;
    int ret;
    /* Whose error it is, where it is one. */
    int kind;
    char text[2048];
    void (*check)(const char *msg, size_t len, const void *expected);
    const void *expected;
} call;

static inline void call_begin(call *it, void (*check)(const char *, size_t, const void *), const void *expected)
{
    pthread_mutex_init(&it->lock, NULL);
    pthread_cond_init(&it->changed, NULL);
    it->fired = 0;
    it->ret = -1;
    it->kind = 0;
    it->text[0] = '\0';
    it->check = check;
    it->expected = expected;
}

static void call_fired(int ret, const char *msg, size_t len, void *user_data)
{
    call *it = (call *)user_data;
    CHECK(msg != NULL);
    if (ret == RET_OK) {
        if (it->check) {
            it->check(msg, len, it->expected);
        }
    } else {
        CHECK(len > 0);
        CHECK(msg[len] == '\0');
        it->kind = every_error_kind(msg, len);
        CHECK(it->kind >= FFI_ERROR_AUTHOR && it->kind <= FFI_ERROR_LOST);
        snprintf(it->text, sizeof it->text, "%.*s", (int)len, msg);
    }
    pthread_mutex_lock(&it->lock);
    it->fired++;
    it->ret = ret;
    pthread_cond_signal(&it->changed);
    pthread_mutex_unlock(&it->lock);
}

/* Ends a host that waited in vain, with a code of its own. */
static inline void host_gives_up(int seconds)
{
    printf("no answer came within %d seconds\n", seconds);
    fflush(stdout);
    _exit(3);
}

/* Waits for the answer and gives its code. A call that is not answered ends the host: PATIENCE says
 * after how many seconds. */
static inline int call_end(call *it)
{
    const char *patience = getenv("PATIENCE");
    int seconds = patience ? atoi(patience) : 120;
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&it->lock);
    while (it->fired == 0) {
        if (pthread_cond_timedwait(&it->changed, &it->lock, &until) == ETIMEDOUT && it->fired == 0) {
            host_gives_up(seconds);
        }
    }
    pthread_mutex_unlock(&it->lock);
    CHECK(it->fired == 1);
    if (it->ret != RET_OK && it->check) {
        fprintf(stderr, "answered with an error: %s\n", it->text);
    }
    pthread_cond_destroy(&it->changed);
    pthread_mutex_destroy(&it->lock);
    return it->ret;
}

/* Makes a call with `it`, which is to be accepted, and waits for its answer, which is to be good. */
#define ANSWERED(call_with_it)          \
    do {                                \
        call it;                        \
        call_begin(&it, NULL, NULL);    \
        CHECK((call_with_it) == 0);     \
        CHECK(call_end(&it) == RET_OK); \
    } while (0)

static inline void *host_create(void)
{
    call it;
    void *ctx;
    every_Config config;
    memset(&config, 0, sizeof config);
    config.name = EVERY_TEXT("C");
    call_begin(&it, NULL, NULL);
    ctx = every_create(config, call_fired, &it);
    CHECK(call_end(&it) == RET_OK);
    return ctx;
}

/* Runs `part` in a child, which must find nothing wrong within a minute. */
static inline void host_in_child(void (*part)(void *), void *with)
{
    int status = -1;
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        host_failures = 0;
        alarm(60);
        part(with);
        _exit(host_failures != 0);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* A buffer that a request is written into, of exactly its size. */
#define REQUEST(name, call_with_buffer_and_size)                                  \
    uint8_t *name;                                                                \
    size_t name##_len;                                                            \
    do {                                                                          \
        uint8_t *buf = NULL;                                                      \
        size_t cap = 0;                                                           \
        name##_len = (call_with_buffer_and_size);                                 \
        buf = (uint8_t *)malloc(name##_len ? name##_len : 1);                     \
        cap = name##_len;                                                         \
        CHECK((call_with_buffer_and_size) == cap);                                \
        name = buf;                                                               \
    } while (0)

#endif
