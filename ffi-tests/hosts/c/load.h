/* How many threads of a host call at once, and how often each of them does: as many as the host
 * says, or THREADS and CALLS where they are set; no more than THREADS_AT_MOST and CALLS_AT_MOST. */
#ifndef LOAD_H
#define LOAD_H

#include "bound.h"

#include <stdio.h>
#include <stdlib.h>

static inline int load_from(const char *variable, int otherwise)
{
    const char *text = getenv(variable);
    int number = text && *text ? atoi(text) : otherwise;
    if (number < 1) {
        fprintf(stderr, "%s is not a number above zero\n", variable);
        exit(2);
    }
    return number;
}

static inline int load_up_to(const char *variable, int number)
{
    int most = load_from(variable, number);
    return number < most ? number : most;
}

/* The host has room for `most`. */
static inline int load_threads(int otherwise, int most)
{
    int threads = load_up_to("THREADS_AT_MOST", load_from("THREADS", otherwise));
    if (threads > most) {
        fprintf(stderr, "THREADS is %d at most\n", most);
        exit(2);
    }
    return threads;
}

static inline int load_calls(int otherwise)
{
    return load_up_to("CALLS_AT_MOST", load_from("CALLS", otherwise));
}

/* How many rounds of some calls each make as many as each thread has to make. */
static inline int load_rounds(int otherwise, int calls_of_a_round)
{
    return (load_calls(otherwise * calls_of_a_round) + calls_of_a_round - 1) / calls_of_a_round;
}

/* Says what the host did, in the words that .ci/tsan looks for. */
static inline void load_print(const char *host, int threads, int calls)
{
    printf("%s: %d threads x %d calls\n", host, threads, calls);
}

#endif
