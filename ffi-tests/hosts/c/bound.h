/* What every host begins with: signals as a shell leaves them to a program in the foreground, and an end.
 *
 * Whoever starts the tests may ignore signals or block them: `nohup`, a background job, a service. A host that
 * needs SIGALRM for its bound, SIGCHLD for its children or SIGTERM for a check sets them itself. */
#ifndef BOUND_H
#define BOUND_H

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

/* How many seconds a host may run: far more than any takes under a sanitizer on a busy machine. */
#define BOUND_SECONDS 1200

__attribute__((constructor)) static void bound_begin(void)
{
    static const int signals[] = {
        SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD, SIGUSR1, SIGUSR2};
    sigset_t none;
    size_t at;
    for (at = 0; at < sizeof signals / sizeof *signals; at++) {
        signal(signals[at], SIG_DFL);
    }
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    alarm(BOUND_SECONDS);
}

#endif
