/* Two libraries in one process under load: two threads on each, on both paths, every call with a
 * text of its own, while contexts of both come and go. */
#include "my_timer.h"
#include "echo.h"

#include "load.h"
#include "window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, MOST_THREADS = 64, CALLS = 5000, IN_FLIGHT = 64, BETWEEN = 250 };

/* One call: what it says, and how it was answered. */
typedef struct slot {
    window *window;
    char said[32];
    char want[32];
    int answers;
    int right_answers;
} slot;

/* A library, as the threads of this program use it. */
typedef struct library {
    void *(*create)(slot *it);
    int (*call)(void *ctx, slot *it, int is_native);
    int (*destroy)(void *ctx);
} library;

/* One thread's part. */
typedef struct part {
    const library *library;
    void *ctx;
    slot *slots;
    window in_flight;
    int failures;
} part;

static int calls;

static void answered(slot *it, int is_right)
{
    __atomic_add_fetch(&it->right_answers, is_right, __ATOMIC_RELAXED);
    __atomic_add_fetch(&it->answers, 1, __ATOMIC_RELAXED);
    window_leave(it->window);
}

static void on_created(int ret, const char *msg, size_t len, void *user_data)
{
    (void)msg;
    answered((slot *)user_data, ret == RET_OK && len > 0);
}

static int is_echo(const slot *it, const my_timer_EchoResponse *got)
{
    return strcmp(got->echoed, it->want) == 0 && strcmp(got->timerName, "clock") == 0;
}

static void on_echo(int ret, const char *msg, size_t len, void *user_data)
{
    slot *it = (slot *)user_data;
    answered(it, ret == RET_OK && len == sizeof(my_timer_EchoResponse)
                     && is_echo(it, (const my_timer_EchoResponse *)(const void *)msg));
}

static void on_echo_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    slot *it = (slot *)user_data;
    my_timer_EchoResponse got;
    my_timer_cbor_arena arena = {NULL};
    int is_right = ret == RET_OK && my_timer_echo_response(msg, len, &got, &arena) == 0 && is_echo(it, &got);
    my_timer_cbor_arena_free(&arena);
    answered(it, is_right);
}

static void *create_timer(slot *it)
{
    my_timer_TimerConfig config = {"clock"};
    return my_timer_create(config, on_created, it);
}

static int call_timer(void *ctx, slot *it, int is_native)
{
    my_timer_EchoRequest request;
    uint8_t bytes[128];
    strcpy(it->want, it->said);
    request.message = it->said;
    request.delayMs = 1;
    if (is_native) {
        return my_timer_echo(ctx, on_echo, it, request);
    }
    return my_timer_echo_cbor(ctx, on_echo_cbor, it, bytes, my_timer_echo_request(bytes, sizeof bytes, request));
}

static int is_shout(const slot *it, const echo_ShoutResponse *got)
{
    return strcmp(got->shouted, it->want) == 0 && strcmp(got->prefix, "loud") == 0;
}

static void on_shout(int ret, const char *msg, size_t len, void *user_data)
{
    slot *it = (slot *)user_data;
    answered(it, ret == RET_OK && len == sizeof(echo_ShoutResponse)
                     && is_shout(it, (const echo_ShoutResponse *)(const void *)msg));
}

static void on_shout_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    slot *it = (slot *)user_data;
    echo_ShoutResponse got;
    echo_cbor_arena arena = {NULL};
    int is_right = ret == RET_OK && echo_shout_response(msg, len, &got, &arena) == 0 && is_shout(it, &got);
    echo_cbor_arena_free(&arena);
    answered(it, is_right);
}

static void *create_echo(slot *it)
{
    echo_EchoConfig config = {"loud"};
    return echo_create(config, on_created, it);
}

static int call_echo(void *ctx, slot *it, int is_native)
{
    echo_ShoutRequest request;
    uint8_t bytes[128];
    /* What is said are a letter and digits. */
    sprintf(it->want, "loud: S%s", it->said + 1);
    request.text = it->said;
    if (is_native) {
        return echo_shout(ctx, on_shout, it, request);
    }
    return echo_shout_cbor(ctx, on_shout_cbor, it, bytes, echo_shout_request(bytes, sizeof bytes, request));
}

static const library timer = {create_timer, call_timer, my_timer_destroy};
static const library echo = {create_echo, call_echo, echo_destroy};

/* A context that is made, called on both paths and destroyed while the others are at work; how
 * much of that went wrong. */
static int come_and_go(const library *of)
{
    slot slots[3];
    window in_flight;
    void *ctx;
    int failures = 0;
    int i;
    window_begin(&in_flight, 3);
    memset(slots, 0, sizeof slots);
    for (i = 0; i < 3; i++) {
        slots[i].window = &in_flight;
        sprintf(slots[i].said, "s%d", i);
        window_enter(&in_flight);
    }
    ctx = of->create(&slots[0]);
    failures += of->call(ctx, &slots[1], 1) != 0;
    failures += of->call(ctx, &slots[2], 0) != 0;
    failures += of->destroy(ctx) != 0;
    for (i = 0; i < 3; i++) {
        failures += slots[i].answers != 1 || slots[i].right_answers != 1;
    }
    window_end(&in_flight);
    return failures;
}

static void *call_often(void *with)
{
    part *mine = (part *)with;
    int i;
    for (i = 0; i < 2 * calls; i++) {
        slot *it = &mine->slots[i];
        it->window = &mine->in_flight;
        sprintf(it->said, "s%d", (int)(it - mine->slots) * 7 + 1000);
        window_enter(it->window);
        mine->failures += mine->library->call(mine->ctx, it, i % 2) != 0;
        if (i % BETWEEN == 0) {
            mine->failures += come_and_go(mine->library);
        }
    }
    window_wait(&mine->in_flight);
    return NULL;
}

/* A context that all threads of one library use. */
static void *create(const library *of)
{
    slot it;
    window in_flight;
    void *ctx;
    window_begin(&in_flight, 1);
    memset(&it, 0, sizeof it);
    it.window = &in_flight;
    window_enter(&in_flight);
    ctx = of->create(&it);
    window_wait(&in_flight);
    window_end(&in_flight);
    return it.right_answers == 1 ? ctx : NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[MOST_THREADS];
    part parts[MOST_THREADS];
    int callers = load_threads(THREADS, MOST_THREADS);
    void *timers = create(&timer);
    void *echoes = create(&echo);
    int failures = timers == NULL || echoes == NULL;
    int i, j;
    /* Half of them on each path. */
    calls = load_rounds(CALLS / (argc > 1 ? atoi(argv[1]) : 1), 2);
    for (i = 0; i < callers; i++) {
        parts[i].library = i % 2 ? &timer : &echo;
        parts[i].ctx = i % 2 ? timers : echoes;
        parts[i].slots = (slot *)calloc(2 * (size_t)calls, sizeof(slot));
        parts[i].failures = 0;
        window_begin(&parts[i].in_flight, IN_FLIGHT);
        failures += pthread_create(&threads[i], NULL, call_often, &parts[i]) != 0;
    }
    for (i = 0; i < callers; i++) {
        failures += pthread_join(threads[i], NULL) != 0;
    }
    failures += my_timer_destroy(timers) != 0;
    failures += echo_destroy(echoes) != 0;
    for (i = 0; i < callers; i++) {
        failures += parts[i].failures;
        window_end(&parts[i].in_flight);
        for (j = 0; j < 2 * calls; j++) {
            failures += parts[i].slots[j].answers != 1 || parts[i].slots[j].right_answers != 1;
        }
        free(parts[i].slots);
    }
    load_print("side_by_side", callers, 2 * calls);
    printf("side_by_side: %d calls, %d failed\n", callers * 2 * calls, failures);
    return failures != 0;
}
