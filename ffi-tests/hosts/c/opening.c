/* The events of a constructor: all listeners that its callback adds hear from the first one on, whatever other
 * threads do meanwhile; and what becomes of them where nobody listens. */
#include "host.h"

enum { LISTENERS = 3 };

/* What one listener heard. */
typedef struct ear {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int64_t next;
} ear;

/* Who waits for a constructor, and listens. */
typedef struct maker {
    call answered;
    ear ears[LISTENERS];
    int listens;
} maker;

static void ear_hears(ear *it, int64_t number)
{
    pthread_mutex_lock(&it->lock);
    CHECK(number == it->next);
    it->next = number + 1;
    pthread_cond_broadcast(&it->changed);
    pthread_mutex_unlock(&it->lock);
}

static void ear_wait(ear *it, int64_t next)
{
    pthread_mutex_lock(&it->lock);
    while (it->next < next) {
        pthread_cond_wait(&it->changed, &it->lock);
    }
    pthread_mutex_unlock(&it->lock);
}

static void on_number(int ret, const char *msg, size_t len, void *user_data)
{
    int64_t number;
    CHECK(ret == RET_OK && len == sizeof number);
    memcpy(&number, msg, sizeof number);
    ear_hears((ear *)user_data, number);
}

static void on_any(int ret, const char *msg, size_t len, void *user_data)
{
    const every_event *event = (const every_event *)(const void *)msg;
    CHECK(ret == RET_OK && len == sizeof *event);
    on_number(RET_OK, (const char *)event->payload, event->len, user_data);
}

static void on_number_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    int64_t number = -1;
    every_cbor_arena arena = {NULL};
    CHECK(ret == RET_OK && every_on_number_event(msg, len, &number, &arena) == 0);
    every_cbor_arena_free(&arena);
    ear_hears((ear *)user_data, number);
}

/* The handle stands in the answer: what the constructor returned may not be stored yet. */
static void on_made(int ret, const char *msg, size_t len, void *user_data)
{
    maker *it = (maker *)user_data;
    if (ret == RET_OK && it->listens) {
        void *ctx = (void *)(uintptr_t)strtoull(msg, NULL, 10);
        CHECK(every_ffi_add_event_listener(ctx, "on_number", on_number, &it->ears[0]) > 0);
        CHECK(every_ffi_add_event_listener(ctx, NULL, on_any, &it->ears[1]) > 0);
        CHECK(every_ffi_add_event_listener_cbor(ctx, "on_number", on_number_cbor, &it->ears[2]) > 0);
    }
    call_fired(ret, msg, len, &it->answered);
}

/* Begins to make a context whose constructor fires so many numbers. */
static void *maker_begin(maker *it, int fires, int listens, const char *failure)
{
    char name[32];
    every_Config config;
    int i;
    memset(it, 0, sizeof *it);
    for (i = 0; i < LISTENERS; i++) {
        pthread_mutex_init(&it->ears[i].lock, NULL);
        pthread_cond_init(&it->ears[i].changed, NULL);
    }
    it->listens = listens;
    call_begin(&it->answered, NULL, NULL);
    snprintf(name, sizeof name, "fires %d", fires);
    memset(&config, 0, sizeof config);
    config.name = every_text_of(name);
    config.failure.present = failure != NULL;
    config.failure.value = every_text_of(failure);
    return every_create(config, on_made, it);
}

static void maker_end(maker *it)
{
    int i;
    for (i = 0; i < LISTENERS; i++) {
        pthread_cond_destroy(&it->ears[i].changed);
        pthread_mutex_destroy(&it->ears[i].lock);
    }
}

static void fire(void *ctx, int64_t from, uint32_t count)
{
    ANSWERED(every_fire_numbers(ctx, call_fired, &it, from, count));
}

static void listeners_of_the_callback_hear_from_the_first_event_on(int rounds)
{
    int round, i;
    for (round = 0; round < rounds; round++) {
        maker it;
        void *ctx = maker_begin(&it, 50, 1, NULL);
        /* It waits behind the constructor, and so do its events. */
        fire(ctx, 50, 10);
        CHECK(call_end(&it.answered) == RET_OK);
        for (i = 0; i < LISTENERS; i++) {
            ear_wait(&it.ears[i], 60);
        }
        CHECK(every_destroy(ctx) == 0);
        maker_end(&it);
    }
}

/* Whoever adds a listener as soon as there is a handle hears what has not been dropped by then, in order. */
static void a_listener_beside_the_constructor(int rounds)
{
    int round;
    for (round = 0; round < rounds; round++) {
        maker it;
        int64_t heard;
        void *ctx = maker_begin(&it, 50, 0, NULL);
        CHECK(every_ffi_add_event_listener(ctx, "on_number", on_number, &it.ears[0]) > 0);
        CHECK(call_end(&it.answered) == RET_OK);
        CHECK(every_destroy(ctx) == 0);
        heard = it.ears[0].next;
        CHECK(heard == 0 || heard == 50);
        maker_end(&it);
    }
}

static void what_nobody_listens_to_is_gone(void)
{
    maker it;
    void *ctx = maker_begin(&it, 50, 0, NULL);
    /* Answered by the worker, which has left the constructor's callback by then. */
    fire(ctx, 50, 1);
    CHECK(call_end(&it.answered) == RET_OK);
    it.ears[0].next = 100;
    CHECK(every_ffi_add_event_listener(ctx, "on_number", on_number, &it.ears[0]) > 0);
    fire(ctx, 100, 1);
    ear_wait(&it.ears[0], 101);
    CHECK(every_destroy(ctx) == 0);
    maker_end(&it);
}

/* Ends at once: nothing waits for events that nobody can hear. */
static void a_constructor_that_fails(void)
{
    maker it;
    void *ctx = maker_begin(&it, 50, 1, "as told");
    CHECK(call_end(&it.answered) == RET_ERR);
    CHECK(strcmp(it.answered.text, "as told") == 0);
    CHECK(every_ffi_add_event_listener(ctx, NULL, on_any, &it.ears[1]) == 0);
    CHECK(every_destroy(ctx) == RET_ERR);
    CHECK(it.ears[0].next == 0);
    maker_end(&it);
}

/* A host that polls dispatches the constructor's answer first, and its events after. */
static void a_host_that_polls(void)
{
    maker it;
    int i;
    void *ctx = maker_begin(&it, 50, 1, NULL);
    if (every_ffi_poll_fd(ctx) >= 0) {
        while (it.ears[0].next < 50 || it.ears[1].next < 50 || it.ears[2].next < 50) {
            CHECK(every_ffi_dispatch(ctx, 1) >= 0);
        }
    }
    CHECK(call_end(&it.answered) == RET_OK);
    CHECK(every_destroy(ctx) == 0);
    for (i = 0; i < LISTENERS; i++) {
        CHECK(it.ears[i].next == 50);
    }
    maker_end(&it);
}

int main(int argc, char **argv)
{
    const int scale = argc > 1 ? atoi(argv[1]) : 1;
    const int rounds = 1 + 200 / (scale > 0 ? scale : 1);
    int round;
    listeners_of_the_callback_hear_from_the_first_event_on(rounds);
    a_listener_beside_the_constructor(rounds);
    for (round = 0; round < rounds; round++) {
        what_nobody_listens_to_is_gone();
        a_constructor_that_fails();
    }
    a_host_that_polls();
    return host_end("opening");
}
