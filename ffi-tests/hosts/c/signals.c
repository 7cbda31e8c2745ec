/* Threads of the library take no signal that is sent to the process, and a host's mask is
 * left as it was. */
#include "host.h"

#include "near.h"

#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t taken_by_host;
static pthread_t host_thread;

static void on_signal(int signal)
{
    (void)signal;
    taken_by_host = pthread_equal(pthread_self(), host_thread) ? 1 : -1;
}

/* A thread of the pool that an inline call of the host's has started, while the host took its signals by
 * handlers; from here on it takes them by `sigwait`. */
static void a_pool_thread_takes_none(void)
{
    sigset_t mask;
    int taken = 0;
    call it;
    void *near;
    call_begin(&it, NULL, NULL);
    near = near_create(0, 0, call_fired, &it);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, NULL, NULL);
    CHECK(near_pool(near, call_fired, &it, 10) == 0);
    CHECK(call_end(&it) == RET_OK);
    taken_by_host = 0;
    sigemptyset(&mask);
    sigaddset(&mask, SIGTERM);
    CHECK(pthread_sigmask(SIG_BLOCK, &mask, NULL) == 0);
    CHECK(kill(getpid(), SIGTERM) == 0);
    alarm(60);
    CHECK(sigwait(&mask, &taken) == 0 && taken == SIGTERM);
    alarm(0);
    CHECK(taken_by_host == 0);
    CHECK(near_destroy(near) == 0);
}

int main(void)
{
    struct sigaction action;
    sigset_t mask;
    sigset_t pending;
    sigset_t before;
    sigset_t after;
    void *ctx;
    call it;

    host_thread = pthread_self();
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
    CHECK(sigaction(SIGTERM, &action, NULL) == 0);
    memset(&before, 0, sizeof before);
    memset(&after, 0, sizeof after);
    CHECK(pthread_sigmask(SIG_SETMASK, NULL, &before) == 0);
    ctx = host_create();
    CHECK(pthread_sigmask(SIG_SETMASK, NULL, &after) == 0);
    CHECK(memcmp(&before, &after, sizeof before) == 0);

    /* Blocked here and, if it is kept, by the library's threads too: then it stays pending. */
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    sigaddset(&mask, SIGTERM);
    CHECK(pthread_sigmask(SIG_BLOCK, &mask, NULL) == 0);
    CHECK(kill(getpid(), SIGUSR1) == 0);
    CHECK(kill(getpid(), SIGTERM) == 0);
    call_begin(&it, NULL, NULL);
    CHECK(every_sleep(ctx, call_fired, &it, 50) == 0);
    CHECK(call_end(&it) == RET_OK);
    CHECK(taken_by_host == 0);
    CHECK(sigpending(&pending) == 0);
    CHECK(sigismember(&pending, SIGUSR1) == 1 && sigismember(&pending, SIGTERM) == 1);
    CHECK(pthread_sigmask(SIG_UNBLOCK, &mask, NULL) == 0);
    CHECK(taken_by_host == 1);
    CHECK(every_destroy(ctx) == 0);
    a_pool_thread_takes_none();
    return host_end("signals");
}
