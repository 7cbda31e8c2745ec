/* Listeners: their order, their removal from everywhere, and events against threads that add and
 * remove. What a listener is given is freed as soon as it was removed. */
#include "host.h"
#include "load.h"

#include <time.h>

enum { THREADS = 4, MOST_THREADS = 64 };

static int64_t events_to_fire = 200000;
static int callers;
/* How often each of them adds and removes at least. */
static int comings;

/* What one listener heard. Numbers come in order, each at most once. */
typedef struct ear {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int64_t last;
    int heard;
    int is_inside;
    /* What the listener does when it hears for the first time. */
    void (*first)(struct ear *);
    void *ctx;
    uint64_t id, other;
} ear;

static ear *ear_new(void *ctx)
{
    ear *it = (ear *)calloc(1, sizeof *it);
    pthread_mutex_init(&it->lock, NULL);
    pthread_cond_init(&it->changed, NULL);
    it->last = -1;
    it->ctx = ctx;
    return it;
}

static void ear_free(ear *it)
{
    pthread_cond_destroy(&it->changed);
    pthread_mutex_destroy(&it->lock);
    free(it);
}

static void ear_hears(ear *it, int64_t number)
{
    int is_first;
    pthread_mutex_lock(&it->lock);
    CHECK(number > it->last);
    it->last = number;
    is_first = it->heard++ == 0;
    it->is_inside = 1;
    pthread_cond_broadcast(&it->changed);
    pthread_mutex_unlock(&it->lock);
    if (is_first && it->first) {
        it->first(it);
    }
    pthread_mutex_lock(&it->lock);
    it->is_inside = 0;
    pthread_cond_broadcast(&it->changed);
    pthread_mutex_unlock(&it->lock);
}

/* Waits until the listener is inside for the first time. */
static void ear_wait_inside(ear *it)
{
    pthread_mutex_lock(&it->lock);
    while (it->heard == 0) {
        pthread_cond_wait(&it->changed, &it->lock);
    }
    pthread_mutex_unlock(&it->lock);
}

/* Waits until the listener has heard a number and returned. */
static void ear_wait(ear *it, int64_t last)
{
    pthread_mutex_lock(&it->lock);
    while (it->last < last || it->is_inside) {
        pthread_cond_wait(&it->changed, &it->lock);
    }
    pthread_mutex_unlock(&it->lock);
}

static void on_number(int ret, const char *msg, size_t len, void *user_data)
{
    if (ret == RET_OK) {
        int64_t number;
        CHECK(len == sizeof number);
        memcpy(&number, msg, sizeof number);
        ear_hears((ear *)user_data, number);
    }
}

static void on_any(int ret, const char *msg, size_t len, void *user_data)
{
    const every_event *event = (const every_event *)(const void *)msg;
    CHECK(ret == RET_OK && len == sizeof *event);
    if (strcmp(event->name, "on_number") == 0) {
        on_number(RET_OK, (const char *)event->payload, event->len, user_data);
    }
}

static void on_number_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    if (ret == RET_OK) {
        int64_t number;
        every_cbor_arena arena = {NULL};
        int fault = every_on_number_event(msg, len, &number, &arena);
        if (fault == 0) {
            ear_hears((ear *)user_data, number);
        }
        every_cbor_arena_free(&arena);
    }
}

static void fire(void *ctx, int64_t from, int64_t count)
{
    ANSWERED(every_fire_numbers(ctx, call_fired, &it, from, (uint32_t)count));
}

static void each_listener_hears_in_order(void)
{
    void *ctx = host_create();
    ear *ears[4];
    int i;
    for (i = 0; i < 4; i++) {
        ears[i] = ear_new(ctx);
    }
    CHECK(every_ffi_add_event_listener(ctx, "on_number", on_number, ears[0]) > 0);
    CHECK(every_ffi_add_event_listener(ctx, NULL, on_any, ears[1]) > 0);
    CHECK(every_ffi_add_event_listener_cbor(ctx, "on_number", on_number_cbor, ears[2]) > 0);
    CHECK(every_ffi_add_event_listener_cbor(ctx, "", on_number_cbor, ears[3]) > 0);
    fire(ctx, 0, 1000);
    for (i = 0; i < 4; i++) {
        ear_wait(ears[i], 999);
        CHECK(ears[i]->heard == 1000);
    }
    CHECK(every_destroy(ctx) == 0);
    for (i = 0; i < 4; i++) {
        ear_free(ears[i]);
    }
}

static void what_is_wrong_is_refused(void)
{
    void *ctx = host_create();
    CHECK(every_ffi_add_event_listener(NULL, NULL, on_any, NULL) == 0);
    CHECK(strstr(every_ffi_last_error(), "not a live context") != NULL);
    CHECK(every_ffi_add_event_listener(ctx, NULL, NULL, NULL) == 0);
    CHECK(strstr(every_ffi_last_error(), "callback is NULL") != NULL);
    CHECK(every_ffi_add_event_listener(ctx, "no_such_event", on_any, NULL) == 0);
    CHECK(strstr(every_ffi_last_error(), "no event \"no_such_event\"") != NULL);
    CHECK(every_ffi_add_event_listener_cbor(ctx, "\xff", on_any, NULL) == 0);
    CHECK(strstr(every_ffi_last_error(), "the event's name is not UTF-8") != NULL);
    CHECK(every_ffi_remove_event_listener(ctx, 1) == 1);
    CHECK(every_ffi_remove_event_listener(NULL, 1) == 1);
    CHECK(every_ffi_dispatch(NULL, 1) == -1);
    CHECK(every_ffi_poll_fd(NULL) == -1);
    CHECK(every_ffi_dispatch(ctx, 1) == 0);
    CHECK(every_destroy(ctx) == 0);
    CHECK(every_ffi_add_event_listener(ctx, NULL, on_any, NULL) == 0);
}

static void remove_self(ear *it)
{
    CHECK(every_ffi_remove_event_listener(it->ctx, it->id) == 0);
    CHECK(every_ffi_remove_event_listener(it->ctx, it->id) == 1);
}

static void remove_other(ear *it)
{
    CHECK(every_ffi_remove_event_listener(it->ctx, it->other) == 0);
}

static void a_listener_removes_itself_and_another(void)
{
    void *ctx = host_create();
    ear *self = ear_new(ctx), *remover = ear_new(ctx), *removed = ear_new(ctx), *witness = ear_new(ctx);
    self->first = remove_self;
    remover->first = remove_other;
    self->id = every_ffi_add_event_listener(ctx, "on_number", on_number, self);
    remover->id = every_ffi_add_event_listener(ctx, "on_number", on_number, remover);
    removed->id = remover->other = every_ffi_add_event_listener(ctx, "on_number", on_number, removed);
    witness->id = every_ffi_add_event_listener(ctx, "on_number", on_number, witness);
    fire(ctx, 0, 100);
    ear_wait(witness, 99);
    CHECK(self->heard == 1 && remover->heard == 100 && removed->heard == 0 && witness->heard == 100);
    CHECK(every_destroy(ctx) == 0);
    ear_free(self);
    ear_free(remover);
    ear_free(removed);
    ear_free(witness);
}

static void linger(ear *it)
{
    struct timespec pause = {0, 100000000};
    (void)it;
    nanosleep(&pause, NULL);
}

static void removal_waits_for_a_listener_that_runs(void)
{
    void *ctx = host_create();
    ear *it = ear_new(ctx);
    it->first = linger;
    it->id = every_ffi_add_event_listener(ctx, "on_number", on_number, it);
    fire(ctx, 0, 10);
    ear_wait_inside(it);
    CHECK(every_ffi_remove_event_listener(ctx, it->id) == 0);
    CHECK(it->is_inside == 0);
    ear_free(it);
    fire(ctx, 10, 10);
    CHECK(every_destroy(ctx) == 0);
}

static void add_another(ear *it)
{
    ear *added = (ear *)(size_t)it->other;
    CHECK(every_ffi_add_event_listener(it->ctx, "on_number", on_number, added) > 0);
}

static void a_listener_hears_what_is_fired_after_it_was_added(void)
{
    void *ctx = host_create();
    ear *adder = ear_new(ctx), *added = ear_new(ctx);
    adder->first = add_another;
    adder->other = (uint64_t)(size_t)added;
    CHECK(every_ffi_add_event_listener(ctx, "on_number", on_number, adder) > 0);
    fire(ctx, 0, 1);
    ear_wait(adder, 0);
    fire(ctx, 1, 50);
    ear_wait(adder, 50);
    ear_wait(added, 50);
    CHECK(adder->heard == 51 && added->heard == 50);
    CHECK(every_destroy(ctx) == 0);
    ear_free(adder);
    ear_free(added);
}

static void destroy_here(ear *it)
{
    CHECK(every_destroy(it->ctx) == 0);
    CHECK(every_destroy(it->ctx) != 0);
}

/* Teardown follows the listener that destroys its context, which nobody waits for. */
static ear *left_to_teardown;

static void the_end_comes_during_delivery_and_from_a_listener(void)
{
    int i;
    for (i = 0; i < 20; i++) {
        void *ctx = host_create();
        ear *it = ear_new(ctx);
        call firing;
        CHECK(every_ffi_add_event_listener(ctx, "on_number", on_number, it) > 0);
        call_begin(&firing, NULL, NULL);
        CHECK(every_fire_numbers(ctx, call_fired, &firing, 0, 500) == 0);
        CHECK(every_destroy(ctx) == 0);
        CHECK(call_end(&firing) == RET_OK);
        CHECK(it->heard == 500);
        ear_free(it);
    }
    {
        void *ctx = host_create();
        ear *it = ear_new(ctx);
        it->first = destroy_here;
        CHECK(every_ffi_add_event_listener(ctx, "on_number", on_number, it) > 0);
        fire(ctx, 0, 1);
        ear_wait(it, 0);
        left_to_teardown = it;
    }
}

typedef struct crowd {
    void *ctx;
    int is_over;
    /* Threads that have not come and gone often enough. */
    int busy;
    pthread_mutex_t lock;
} crowd;

static void *come_and_go(void *with)
{
    crowd *all = (crowd *)with;
    int coming;
    for (coming = 1;; coming++) {
        ear *native = ear_new(all->ctx), *cbor = ear_new(all->ctx);
        int is_over;
        native->id = every_ffi_add_event_listener(all->ctx, "on_number", on_number, native);
        cbor->id = every_ffi_add_event_listener_cbor(all->ctx, NULL, on_number_cbor, cbor);
        CHECK(native->id > 0 && cbor->id > 0);
        sched_yield();
        CHECK(every_ffi_remove_event_listener(all->ctx, native->id) == 0);
        CHECK(every_ffi_remove_event_listener(all->ctx, cbor->id) == 0);
        ear_free(native);
        ear_free(cbor);
        pthread_mutex_lock(&all->lock);
        is_over = all->is_over;
        all->busy -= coming == comings;
        pthread_mutex_unlock(&all->lock);
        if (is_over) {
            return NULL;
        }
    }
}

static int is_busy(crowd *all)
{
    int is_busy;
    pthread_mutex_lock(&all->lock);
    is_busy = all->busy > 0;
    pthread_mutex_unlock(&all->lock);
    return is_busy;
}

static void threads_add_and_remove_against_events(void)
{
    crowd all;
    pthread_t threads[MOST_THREADS];
    int64_t from;
    int i;
    all.ctx = host_create();
    all.is_over = 0;
    all.busy = callers;
    pthread_mutex_init(&all.lock, NULL);
    for (i = 0; i < callers; i++) {
        CHECK(pthread_create(&threads[i], NULL, come_and_go, &all) == 0);
    }
    for (from = 0; from < events_to_fire || is_busy(&all); from += 1000) {
        fire(all.ctx, from, 1000);
    }
    pthread_mutex_lock(&all.lock);
    all.is_over = 1;
    pthread_mutex_unlock(&all.lock);
    for (i = 0; i < callers; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK(every_destroy(all.ctx) == 0);
    pthread_mutex_destroy(&all.lock);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        events_to_fire /= atoi(argv[1]);
    }
    callers = load_threads(THREADS, MOST_THREADS);
    comings = load_calls(1);
    each_listener_hears_in_order();
    what_is_wrong_is_refused();
    a_listener_removes_itself_and_another();
    removal_waits_for_a_listener_that_runs();
    a_listener_hears_what_is_fired_after_it_was_added();
    the_end_comes_during_delivery_and_from_a_listener();
    threads_add_and_remove_against_events();
    load_print("events", callers, comings);
    return host_end("events");
}
