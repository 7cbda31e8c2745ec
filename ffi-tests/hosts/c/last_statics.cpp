// Calls from the destructors of what C++ keeps for the process and for a thread: statics, and
// thread-locals of the main thread, of another, and of a worker that calls `exit`. Each in a process of
// its own, and the thread-locals made both before and after the thread's first inline call.
#include "last_calls.h"

#include <cstdio>
#include <cstdlib>
#include <thread>

static void *ctx;
static uint64_t ids[2];
static answer in_line;

namespace {

/// Calls everything when it is destroyed, if it is told to.
struct Last {
    void (*calls)() = nullptr;

    ~Last()
    {
        if (calls) {
            calls();
        }
    }
};

Last of_process;
thread_local Last of_thread;

void last_of_all()
{
    last_calls(ctx, ids, 2, 0);
    last_leave();
}

void last_of_a_thread()
{
    last_calls_here(ctx);
    last_calls_elsewhere(ctx, 0);
    last_listeners(ctx, nullptr, 0);
}

void begin()
{
    ctx = last_create();
    ids[0] = near_ffi_add_event_listener(ctx, NEAR_EVENT_ON_NEAR, last_listener, nullptr);
    ids[1] = near_ffi_add_event_listener(ctx, NEAR_EVENT_ON_NEAR, last_listener, nullptr);
}

void call()
{
    LAST(before);
    HOLDS(last_ends(near_add(ctx, last_answered, &before, 1), &before) == RET_OK);
}

void of_a_static()
{
    of_process.calls = last_of_all;
    begin();
    std::exit(8);
}

void of_a_static_after_a_call()
{
    of_process.calls = last_of_all;
    begin();
    call();
    std::exit(8);
}

void of_main_made_before()
{
    of_thread.calls = last_of_all;
    begin();
    call();
    std::exit(8);
}

void of_main_made_after()
{
    begin();
    call();
    of_thread.calls = last_of_all;
    std::exit(8);
}

void of_a_thread(bool is_made_before)
{
    begin();
    std::thread([is_made_before] {
        if (is_made_before) {
            of_thread.calls = last_of_a_thread;
        }
        call();
        of_thread.calls = last_of_a_thread;
    }).join();
    HOLDS(near_destroy(ctx) == 0);
    last_leave();
}

void of_a_thread_made_before()
{
    of_a_thread(true);
}

void of_a_thread_made_after()
{
    of_a_thread(false);
}

/// On the worker, before the library knows that it exits: what is queued is answered a little later.
void last_of_a_worker()
{
    last_calls_here(ctx);
    HOLDS(near_add_queued(ctx, last_answered, &in_line, 1) == 0);
    HOLDS(near_ffi_remove_event_listener(ctx, ids[0]) == 0);
}

void what_was_in_line_is_answered()
{
    HOLDS(in_line.fired == 1 && in_line.ret == RET_ERR && is_in("exiting", in_line.text));
    last_calls(ctx, ids + 1, 1, ON_WORKER);
    last_leave();
}

void leave(int, const char *, size_t, void *)
{
    of_thread.calls = last_of_a_worker;
    std::exit(8);
}

void of_a_worker()
{
    begin();
    HOLDS(std::atexit(what_was_in_line_is_answered) == 0);
    near_add_queued(ctx, leave, nullptr, 1);
    for (;;) {
        last_sleep(1000);
    }
}

} // namespace

int main()
{
    last_case_in_child("of a static", of_a_static);
    last_case_in_child("of a static after a call", of_a_static_after_a_call);
    last_case_in_child("of main, made before", of_main_made_before);
    last_case_in_child("of main, made after", of_main_made_after);
    last_case_in_child("of a thread, made before", of_a_thread_made_before);
    last_case_in_child("of a thread, made after", of_a_thread_made_after);
    last_case_in_child("of a worker", of_a_worker);
    std::printf("last_statics: %d checks, %d failed\n", last_checks, last_failures);
    return last_failures != 0;
}
