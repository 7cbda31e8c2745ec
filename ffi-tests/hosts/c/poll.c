/* A host with an event loop of its own: poll(2) says when something is ready, and every callback runs
 * on the thread that dispatches, whichever called. */
#include "host.h"
#include "load.h"
#include "window.h"

#include <fcntl.h>
#include <poll.h>

enum { THREADS = 4, MOST_THREADS = 64, CALLS = 2000, IN_FLIGHT = 64 };

static pthread_t home;

/* One call or listener, whose callbacks must come on the main thread. */
typedef struct seen {
    int answers;
    int ret;
    int64_t last;
    char text[128];
} seen;

static void on_answer(int ret, const char *msg, size_t len, void *user_data)
{
    seen *it = (seen *)user_data;
    CHECK(pthread_equal(pthread_self(), home));
    it->answers++;
    it->ret = ret;
    snprintf(it->text, sizeof it->text, "%.*s", (int)len, msg);
}

static void on_number(int ret, const char *msg, size_t len, void *user_data)
{
    seen *it = (seen *)user_data;
    int64_t number;
    CHECK(pthread_equal(pthread_self(), home));
    CHECK(ret == RET_OK && len == sizeof number);
    memcpy(&number, msg, sizeof number);
    CHECK(number == it->last + 1);
    it->last = number;
    it->answers++;
}

/* Waits until something is ready, a minute at most, and runs some of it. */
static int turn(void *ctx, int fd, size_t max)
{
    struct pollfd polled;
    int ran;
    polled.fd = fd;
    polled.events = POLLIN;
    polled.revents = 0;
    CHECK(poll(&polled, 1, 60000) == 1);
    ran = every_ffi_dispatch(ctx, max);
    CHECK(ran >= 0 && (size_t)ran <= max);
    return ran;
}

static int is_due(int fd)
{
    struct pollfd polled;
    polled.fd = fd;
    polled.events = POLLIN;
    polled.revents = 0;
    return poll(&polled, 1, 0) == 1;
}

static void *create(seen *created, int *fd)
{
    every_Config config;
    void *ctx;
    memset(&config, 0, sizeof config);
    memset(created, 0, sizeof *created);
    config.name = EVERY_TEXT("polled");
    /* Waits a little, so that the constructor's answer is kept as well. */
    config.delay_ms = 100;
    ctx = every_create(config, on_answer, created);
    *fd = every_ffi_poll_fd(ctx);
    CHECK(*fd >= 0 && every_ffi_poll_fd(ctx) == *fd);
    CHECK(fcntl(*fd, F_GETFD) & FD_CLOEXEC);
    return ctx;
}

static void replies_and_events_come_when_they_are_polled(void)
{
    seen created, echo, failed, native, fired, ear;
    int fd, i;
    void *ctx = create(&created, &fd);
    uint8_t req[64];
    size_t len;
    memset(&echo, 0, sizeof echo);
    memset(&failed, 0, sizeof failed);
    memset(&native, 0, sizeof native);
    memset(&fired, 0, sizeof fired);
    memset(&ear, 0, sizeof ear);
    ear.last = -1;
    CHECK(every_ffi_add_event_listener(ctx, "on_number", on_number, &ear) > 0);
    while (created.answers == 0) {
        turn(ctx, fd, 1);
    }
    CHECK(created.ret == RET_OK);
    CHECK(every_give_string(ctx, on_answer, &native, EVERY_TEXT("a result that is borrowed until it is polled")) == 0);
    len = every_fail_request(req, sizeof req, EVERY_TEXT("told to"));
    CHECK(every_fail_cbor(ctx, on_answer, &failed, req, len) == 0);
    CHECK(every_fire_numbers(ctx, on_answer, &fired, 0, 100) == 0);
    CHECK(every_ffi_dispatch(ctx, 0) == 0);
    while (native.answers + failed.answers + fired.answers + ear.answers < 103) {
        turn(ctx, fd, 7);
    }
    CHECK(strcmp(native.text, "a result that is borrowed until it is polled") == 0);
    CHECK(failed.ret == RET_ERR && strcmp(failed.text, "told to") == 0);
    CHECK(fired.ret == RET_OK && ear.answers == 100 && ear.last == 99);
    CHECK(!is_due(fd));
    CHECK(every_ffi_dispatch(ctx, 100) == 0);
    /* A refusal comes at once, polled or not. */
    CHECK(every_ffi_call_cbor(ctx, "no_such_function", on_answer, &echo, NULL, 0) != 0);
    CHECK(echo.answers == 1);
    for (i = 0; i < 50; i++) {
        CHECK(every_give_string(ctx, on_answer, &native, EVERY_TEXT("the rest")) == 0);
    }
    CHECK(every_destroy(ctx) == 0);
    CHECK(fcntl(fd, F_GETFD) == -1);
    CHECK(native.answers == 51 && created.answers == 1 && failed.answers == 1 && fired.answers == 1);
    CHECK(every_ffi_dispatch(ctx, 1) == -1);
}

static void on_last(int ret, const char *msg, size_t len, void *user_data)
{
    call_fired(ret, msg, len, user_data);
}

/* Nobody can poll from a context that closes: the worker answers what is left. */
static void a_context_that_closes_answers_by_itself(void)
{
    seen created;
    int fd, i;
    call calls[20], closed;
    void *ctx = create(&created, &fd);
    while (created.answers == 0) {
        turn(ctx, fd, 1);
    }
    for (i = 0; i < 20; i++) {
        call_begin(&calls[i], NULL, NULL);
        CHECK(every_give_string(ctx, call_fired, &calls[i], EVERY_TEXT("left")) == 0);
    }
    call_begin(&closed, NULL, NULL);
    CHECK(every_ffi_close(ctx, on_last, &closed) == 0);
    CHECK(call_end(&closed) == RET_OK);
    for (i = 0; i < 20; i++) {
        CHECK(calls[i].fired == 1);
        CHECK(call_end(&calls[i]) == RET_OK);
    }
}

static void *doomed;

static void destroy_here(int ret, const char *msg, size_t len, void *user_data)
{
    on_answer(ret, msg, len, user_data);
    CHECK(every_destroy(doomed) == 0);
}

static void a_callback_that_is_polled_may_destroy(void)
{
    seen created, one;
    int fd;
    memset(&one, 0, sizeof one);
    doomed = create(&created, &fd);
    while (created.answers == 0) {
        turn(doomed, fd, 1);
    }
    CHECK(every_give_string(doomed, destroy_here, &one, EVERY_TEXT("last")) == 0);
    while (one.answers == 0) {
        turn(doomed, fd, 1);
    }
    CHECK(every_ffi_dispatch(doomed, 1) == -1);
}

static void a_constructor_that_fails_tells_by_itself(void)
{
    call it;
    every_Config config;
    void *ctx;
    memset(&config, 0, sizeof config);
    config.name = EVERY_TEXT("");
    config.failure.present = 1;
    config.failure.value = EVERY_TEXT("told to fail");
    config.delay_ms = 100;
    call_begin(&it, NULL, NULL);
    ctx = every_create(config, call_fired, &it);
    CHECK(every_ffi_poll_fd(ctx) >= 0);
    CHECK(call_end(&it) == RET_ERR && strcmp(it.text, "told to fail") == 0);
}

static void deadlines_are_polled_too(void)
{
    seen created, late, blocked;
    int fd;
    void *ctx = create(&created, &fd);
    memset(&late, 0, sizeof late);
    memset(&blocked, 0, sizeof blocked);
    CHECK(every_log_lightly(ctx, on_answer, &late, EVERY_TEXT("late"), 600000) == 0);
    CHECK(every_block(ctx, on_answer, &blocked, 600) == 0);
    while (late.answers == 0 || blocked.answers == 0 || created.answers == 0) {
        turn(ctx, fd, 1);
    }
    CHECK(late.ret == RET_ERR && strcmp(late.text, "deadline exceeded") == 0);
    CHECK(every_destroy(ctx) == 0);
}

/* A thread that calls, while another one polls its answers. */
typedef struct caller {
    void *ctx;
    window in_flight;
    int calls;
    /* Written by the one that polls. */
    int answers, right_answers;
} caller;

static void polled(caller *it, int is_right)
{
    CHECK(pthread_equal(pthread_self(), home));
    it->answers++;
    it->right_answers += is_right;
    window_leave(&it->in_flight);
}

static void on_name(int ret, const char *msg, size_t len, void *user_data)
{
    polled((caller *)user_data, ret == RET_OK && len == 6 && strcmp(msg, "polled") == 0);
}

static void on_name_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    every_text name;
    every_cbor_arena arena = {NULL};
    int is_right = ret == RET_OK && every_name_response(msg, len, &name, &arena) == 0 && says(name, "polled");
    every_cbor_arena_free(&arena);
    polled((caller *)user_data, is_right);
}

static void *call_often(void *with)
{
    caller *it = (caller *)with;
    uint8_t req[16];
    size_t len = every_name_request(req, sizeof req);
    int refused = 0;
    int i;
    for (i = 0; i < it->calls; i++) {
        window_enter(&it->in_flight);
        refused += (i % 2 ? every_name(it->ctx, on_name, it) : every_name_cbor(it->ctx, on_name_cbor, it, req, len)) != 0;
    }
    CHECK(refused == 0);
    return NULL;
}

static int answers_of(const caller *callers, int count)
{
    int answers = 0;
    int i;
    for (i = 0; i < count; i++) {
        answers += callers[i].answers;
    }
    return answers;
}

static void one_thread_polls_what_many_call(int count, int calls)
{
    pthread_t threads[MOST_THREADS];
    caller callers[MOST_THREADS];
    seen created;
    int fd, i;
    void *ctx = create(&created, &fd);
    memset(callers, 0, sizeof callers);
    for (i = 0; i < count; i++) {
        callers[i].ctx = ctx;
        callers[i].calls = calls;
        window_begin(&callers[i].in_flight, IN_FLIGHT);
        CHECK(pthread_create(&threads[i], NULL, call_often, &callers[i]) == 0);
    }
    while (answers_of(callers, count) < count * calls) {
        turn(ctx, fd, 100);
    }
    for (i = 0; i < count; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK(every_destroy(ctx) == 0);
    for (i = 0; i < count; i++) {
        CHECK(callers[i].answers == calls && callers[i].right_answers == calls);
        window_end(&callers[i].in_flight);
    }
    load_print("poll", count, calls);
}

int main(int argc, char **argv)
{
    int callers = load_threads(THREADS, MOST_THREADS), calls = load_calls(CALLS / (argc > 1 ? atoi(argv[1]) : 1));
    home = pthread_self();
    replies_and_events_come_when_they_are_polled();
    a_context_that_closes_answers_by_itself();
    a_callback_that_is_polled_may_destroy();
    a_constructor_that_fails_tells_by_itself();
    deadlines_are_polled_too();
    one_thread_polls_what_many_call(callers, calls);
    return host_end("poll");
}
