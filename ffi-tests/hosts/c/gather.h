/* A place where threads wait for each other, again and again, and what their calls write to. POSIX has
 * barriers, but not everywhere. */
#ifndef GATHER_H
#define GATHER_H

#include <pthread.h>
#include <stddef.h>

/* One call of one caller. */
typedef struct slot {
    int answers;
    int ret;
    /* Whether its entry point returned 0. */
    int accepted;
    /* Whether it may be refused where its context is not there any more. */
    int is_refusable;
} slot;

static pthread_mutex_t gathering_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gathered = PTHREAD_COND_INITIALIZER;
static int arrived;
static int gatherings;

/* Waits until this many threads are here. */
static void gather(int all)
{
    int before;
    pthread_mutex_lock(&gathering_lock);
    before = gatherings;
    if (++arrived == all) {
        arrived = 0;
        gatherings++;
        pthread_cond_broadcast(&gathered);
    }
    while (gatherings == before) {
        pthread_cond_wait(&gathered, &gathering_lock);
    }
    pthread_mutex_unlock(&gathering_lock);
}

/* The callback of a call. */
static void on_answer(int ret, const char *msg, size_t len, void *user_data)
{
    slot *it = (slot *)user_data;
    (void)msg;
    (void)len;
    it->ret = ret;
    __atomic_add_fetch(&it->answers, 1, __ATOMIC_RELEASE);
}

#endif
