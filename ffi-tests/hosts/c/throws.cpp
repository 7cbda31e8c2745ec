// A callback that throws, or ends its thread, aborts the process with a message that names
// the rule.
#include "bound.h"
#include "every.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <pthread.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

static void throws(int, const char *, size_t, void *)
{
    throw std::runtime_error("a host's exception");
}

static void ends_its_thread(int, const char *, size_t, void *)
{
    pthread_exit(nullptr);
}

static void use(FfiCallback callback, bool is_refused)
{
    every_Config config = {EVERY_TEXT("throws"), {0, {nullptr, 0}}, 0};
    if (is_refused) {
        every_nothing(nullptr, callback, nullptr);
    } else {
        every_create(config, callback, nullptr);
        pause();
    }
}

// Whether a child that uses the callback is aborted, after saying why.
static bool aborts(FfiCallback callback, bool is_refused)
{
    int ends[2];
    char said[4096] = "";
    size_t len = 0;
    if (pipe(ends) != 0) {
        return false;
    }
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 2);
        alarm(60);
        use(callback, is_refused);
        _exit(0);
    }
    close(ends[1]);
    for (ssize_t more; len < sizeof said - 1 && (more = read(ends[0], said + len, sizeof said - 1 - len)) > 0;) {
        len += static_cast<size_t>(more);
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && std::strstr(said, "a callback must return") != nullptr;
}

int main()
{
    int failed = 0;
    failed += !aborts(throws, false);
    failed += !aborts(throws, true);
    failed += !aborts(ends_its_thread, false);
    failed += !aborts(ends_its_thread, true);
    std::printf("throws: 4 checks, %d failed\n", failed);
    return failed != 0;
}
