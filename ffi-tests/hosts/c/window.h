/* How many calls may be on their way at once: one that wants to begin waits until there is room. */
#ifndef WINDOW_H
#define WINDOW_H

#include <pthread.h>

typedef struct window {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int size;
    int used;
} window;

static inline void window_begin(window *it, int size)
{
    pthread_mutex_init(&it->lock, NULL);
    pthread_cond_init(&it->changed, NULL);
    it->size = size;
    it->used = 0;
}

/* Waits for all answers. */
static inline void window_wait(window *it)
{
    pthread_mutex_lock(&it->lock);
    while (it->used > 0) {
        pthread_cond_wait(&it->changed, &it->lock);
    }
    pthread_mutex_unlock(&it->lock);
}

/* A call is about to begin. */
static inline void window_enter(window *it)
{
    pthread_mutex_lock(&it->lock);
    while (it->used == it->size) {
        pthread_cond_wait(&it->changed, &it->lock);
    }
    it->used++;
    pthread_mutex_unlock(&it->lock);
}

/* A call was answered. */
static inline void window_leave(window *it)
{
    pthread_mutex_lock(&it->lock);
    it->used--;
    /* Half a window at a time, or one that waits would be woken for every answer. */
    if (it->used == it->size / 2 || it->used == 0) {
        pthread_cond_signal(&it->changed);
    }
    pthread_mutex_unlock(&it->lock);
}

/* Nothing is answered any more. */
static inline void window_end(window *it)
{
    pthread_cond_destroy(&it->changed);
    pthread_mutex_destroy(&it->lock);
}

#endif
