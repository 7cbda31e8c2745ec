/* The events of a constructor: all listeners that its callback adds hear from the first one on, whatever other
 * threads do meanwhile; and what becomes of them where nobody listens. */
#include "host.h"
#include "load.h"

enum { FIRED = 50, ROUNDS = 200 };

static int rounds = ROUNDS;

/* What one listener heard. */
typedef struct ear {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int64_t next;
} ear;

/* Who waits for a constructor, and listens. */
typedef struct maker {
    call answered;
    ear ears[3];
    uint64_t ids[3];
    int listens;
    void *made;
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
        it->made = (void *)(uintptr_t)strtoull(msg, NULL, 10);
        it->ids[0] = every_add_event_listener(it->made, EVERY_ON_NUMBER, on_number, &it->ears[0]);
        it->ids[1] = every_add_event_listener(it->made, NULL, on_any, &it->ears[1]);
        it->ids[2] = every_add_event_listener_cbor(it->made, EVERY_ON_NUMBER, on_number_cbor, &it->ears[2]);
        CHECK(it->ids[0] && it->ids[1] && it->ids[2]);
    }
    call_fired(ret, msg, len, &it->answered);
}

static void maker_begin(maker *it, int listens)
{
    int i;
    memset(it, 0, sizeof *it);
    call_init(&it->answered);
    it->listens = listens;
    for (i = 0; i < 3; i++) {
        pthread_mutex_init(&it->ears[i].lock, NULL);
        pthread_cond_init(&it->ears[i].changed, NULL);
    }
}

static void maker_end(maker *it)
{
    int i;
    for (i = 0; i < 3; i++) {
        pthread_cond_destroy(&it->ears[i].changed);
        pthread_mutex_destroy(&it->ears[i].lock);
    }
    call_free(&it->answered);
}
