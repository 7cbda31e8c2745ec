/* Calls from where a thread or the process ends: an `atexit` handler, the destructor of a thread's key,
 * and `exit` called within each kind of callback, on each kind of thread. Each in a process of its
 * own, with and without an inline call of the thread's before. */
#include "last_context.h"

#include "slow.h"

#include <pthread.h>

static void of_main(void)
{
    begin(0, last_listener);
    call_before();
    exit(8);
}

static void within_an_answer(void)
{
    begin(ON_WORKER, last_listener);
    near_add_queued(ctx, leave_within, NULL, 1);
    await_the_end();
}

static void within_an_inline_answer(void)
{
    begin(WITHIN_INLINE, last_listener);
    near_add(ctx, leave_within, NULL, 1);
}

static void within_a_stateless_answer(void)
{
    near_list_i64 list = {NULL, 0};
    begin(0, last_listener);
    near_sum(leave_within, NULL, list);
}

static void within_a_detached_answer(void)
{
    near_list_i64 list = {NULL, 0};
    begin(0, last_listener);
    near_sum_later(leave_within, NULL, list, 1);
    await_the_end();
}

static void within_a_refusal(void)
{
    begin(0, last_listener);
    near_note(NULL, leave_within, NULL, (near_Note){0});
}

static void within_a_constructors_answer(void)
{
    begin(0, last_listener);
    near_create(1, 0, leave_within, NULL);
    await_the_end();
}

static void within_a_closers_answer(void)
{
    LAST(created);
    void *other;
    begin(0, last_listener);
    other = near_create(0, 0, last_answered, &created);
    HOLDS(last_ends(near_ffi_close(other, leave_within, NULL), &created) == RET_OK);
    await_the_end();
}

static void within_a_listener(void)
{
    LAST(fired);
    begin(0, leave_within);
    near_fire(ctx, last_answered, &fired, 1);
    await_the_end();
}

/* The host's own thread calls the listener. */
static void within_a_polled_event(void)
{
    LAST(fired);
    begin(0, leave_within);
    HOLDS(near_ffi_poll_fd(ctx) >= 0);
    last_polled = ctx;
    near_fire(ctx, last_answered, &fired, 1);
    for (;;) {
        HOLDS(near_ffi_dispatch(ctx, 1) >= 0);
    }
}

/* Of a context beside, on the watchdog thread. */
static void within_a_warning(void)
{
    static answer answers[2];
    void *slow;
    begin(0, last_listener);
    slow = slow_create(0, last_answered, &answers[0]);
    HOLDS(last_ends(0, &answers[0]) == RET_OK);
    slow_sleep(slow, leave_within, NULL, 60000, 1);
    await_the_end();
}

/* What the library itself waits for then: its calls are answered in time, and its contexts end. */
static void *warned;

static void after_a_warning(void)
{
    LAST(echoed);
    LAST(brief);
    LAST(closed);
    HOLDS(last_ends(slow_echo(warned, last_answered, &echoed, 7), &echoed) == RET_OK && echoed.number == 7);
    HOLDS(last_ends(slow_sleep_briefly(warned, last_answered, &brief, 60000, 1), &brief) == RET_ERR);
    HOLDS(is_in("deadline exceeded", brief.text));
    HOLDS(last_ends(slow_ffi_close(warned, last_answered, &closed), &closed) == RET_OK);
    last_leave();
}

/* Leaves within its first warning, and is answered all the same. */
static void leave_when_warned(int ret, const char *msg, size_t len, void *user_data)
{
    if (ret != RET_STALE_WARN) {
        last_answered(ret, msg, len, user_data);
    } else {
        leave_within(ret, msg, len, user_data);
    }
}

static answer owed;

static void awaits_what_is_owed(void)
{
    HOLDS(last_ends(0, &owed) == RET_OK && owed.number == 9);
    after_a_warning();
}

static void of_a_call_that_is_warned_of(void)
{
    LAST(created);
    warned = slow_create(0, last_answered, &created);
    HOLDS(last_ends(0, &created) == RET_OK);
    HOLDS(atexit(awaits_what_is_owed) == 0);
    slow_sleep(warned, leave_when_warned, &owed, 200, 9);
    await_the_end();
}

/* Other threads of the host wait for a listener, an answer and the end, of which nothing comes. */
static answer waiting[3];

static void *destroys(void *unused)
{
    (void)unused;
    HOLDS(near_destroy(ctx) == RET_ERR);
    HOLDS(is_in("exiting", near_ffi_last_error()));
    return NULL;
}

static void *removes(void *unused)
{
    (void)unused;
    HOLDS(near_ffi_remove_event_listener(ctx, ids[0]) == 0);
    return NULL;
}

static pthread_t waiter;

static void others_go_on(void)
{
    HOLDS(pthread_join(waiter, NULL) == 0);
    HOLDS(last_ends(0, &waiting[0]) == RET_ERR && is_in("exiting", waiting[0].text));
    last_leave();
}

static void leave_with_a_waiter(int ret, const char *msg, size_t len, void *user_data)
{
    /* Queued behind this, with one who waits for the end. */
    near_add_queued(ctx, last_answered, &waiting[0], 1);
    HOLDS(pthread_create(&waiter, NULL, destroys, NULL) == 0);
    last_sleep(50);
    leave_within(ret, msg, len, user_data);
}

static void of_a_worker_that_others_wait_for(void)
{
    ctx = last_create();
    HOLDS(atexit(others_go_on) == 0);
    near_add_queued(ctx, leave_with_a_waiter, NULL, 1);
    await_the_end();
}

static void remover_goes_on(void)
{
    HOLDS(pthread_join(waiter, NULL) == 0);
    last_leave();
}

static void leave_with_a_remover(int ret, const char *msg, size_t len, void *user_data)
{
    HOLDS(pthread_create(&waiter, NULL, removes, NULL) == 0);
    last_sleep(50);
    leave_within(ret, msg, len, user_data);
}

static void of_a_listener_that_others_wait_for(void)
{
    LAST(fired);
    ctx = last_create();
    HOLDS(atexit(remover_goes_on) == 0);
    ids[0] = near_ffi_add_event_listener(ctx, NEAR_EVENT_ON_NEAR, leave_with_a_remover, NULL);
    near_fire(ctx, last_answered, &fired, 1);
    await_the_end();
}

static void closer_goes_on(void)
{
    HOLDS(last_ends(0, &waiting[1]) == RET_ERR && is_in("exiting", waiting[1].text));
    last_leave();
}

static void leave_after_closing(int ret, const char *msg, size_t len, void *user_data)
{
    HOLDS(near_ffi_close(ctx, last_answered, &waiting[1]) == 0);
    leave_within(ret, msg, len, user_data);
}

static void of_a_worker_that_was_closed(void)
{
    ctx = last_create();
    HOLDS(atexit(closer_goes_on) == 0);
    near_add_queued(ctx, leave_after_closing, NULL, 1);
    await_the_end();
}

static void of_an_inline_caller_that_was_closed(void)
{
    ctx = last_create();
    HOLDS(atexit(closer_goes_on) == 0);
    near_add(ctx, leave_after_closing, NULL, 1);
}

static void listener_ends_all_the_same(void)
{
    HOLDS(last_ends(0, &waiting[1]) == RET_OK);
    last_leave();
}

static void of_a_listener_that_was_closed(void)
{
    LAST(fired);
    ctx = last_create();
    HOLDS(atexit(listener_ends_all_the_same) == 0);
    ids[0] = near_ffi_add_event_listener(ctx, NEAR_EVENT_ON_NEAR, leave_after_closing, NULL);
    near_fire(ctx, last_answered, &fired, 1);
    await_the_end();
}

/* A child that is forked within a callback and exits there leaves what is queued to its parent. */
static int told_in_child;

static void tell_in_child(int ret, const char *msg, size_t len, void *user_data)
{
    __atomic_add_fetch(&told_in_child, 1, __ATOMIC_SEQ_CST);
    last_answered(ret, msg, len, user_data);
}

static void nobody_was_told(void)
{
    _exit(told_in_child);
}

static void fork_and_leave(int ret, const char *msg, size_t len, void *user_data)
{
    int status = -1;
    pid_t child;
    near_add_queued(ctx, tell_in_child, &waiting[0], 1);
    child = fork();
    if (child == 0) {
        alarm(60);
        HOLDS(atexit(nobody_was_told) == 0);
        exit(8);
    }
    HOLDS(child > 0 && waitpid(child, &status, 0) == child);
    HOLDS(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    last_answered(ret, msg, len, user_data);
}

static void of_a_child_of_a_callback(void)
{
    ctx = last_create();
    near_add_queued(ctx, fork_and_leave, &waiting[2], 1);
    HOLDS(last_ends(0, &waiting[2]) == RET_OK);
    HOLDS(last_ends(0, &waiting[0]) == RET_OK);
    HOLDS(near_destroy(ctx) == 0);
    last_leave();
}

/* A thread of the host ends, once the library's thread-locals are gone, and again in later rounds. */
static int rounds;

static void of_key(void *unused)
{
    last_calls_here(ctx);
    last_calls_elsewhere(ctx, 0);
    last_listeners(ctx, NULL, 0);
    if (++rounds < 3) {
        pthread_setspecific(key, unused);
    }
}

static void *thread(void *unused)
{
    (void)unused;
    pthread_setspecific(key, &key);
    call_before();
    return NULL;
}

static void of_a_thread(void)
{
    pthread_t ending;
    ctx = last_create();
    HOLDS(pthread_key_create(&key, of_key) == 0);
    HOLDS(pthread_create(&ending, NULL, thread, NULL) == 0);
    HOLDS(pthread_join(ending, NULL) == 0);
    HOLDS(rounds == 3);
    HOLDS(near_destroy(ctx) == 0);
    last_leave();
}

int main(void)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } cases[] = {
        {"of main", of_main},
        {"of a thread", of_a_thread},
        {"within an answer", within_an_answer},
        {"within an inline answer", within_an_inline_answer},
        {"within a stateless answer", within_a_stateless_answer},
        {"within a detached answer", within_a_detached_answer},
        {"within a refusal", within_a_refusal},
        {"within a constructor's answer", within_a_constructors_answer},
        {"within a closer's answer", within_a_closers_answer},
        {"within a listener", within_a_listener},
        {"within a polled event", within_a_polled_event},
        {"within a warning", within_a_warning},
        {"of a call that is warned of", of_a_call_that_is_warned_of},
        {"of a worker that others wait for", of_a_worker_that_others_wait_for},
        {"of a listener that others wait for", of_a_listener_that_others_wait_for},
        {"of a worker that was closed", of_a_worker_that_was_closed},
        {"of an inline caller that was closed", of_an_inline_caller_that_was_closed},
        {"of a listener that was closed", of_a_listener_that_was_closed},
        {"of a child of a callback", of_a_child_of_a_callback},
    };
    size_t at;
    for (is_called_before = 0; is_called_before < 2; is_called_before++) {
        for (at = 0; at < sizeof cases / sizeof *cases; at++) {
            last_case_in_child(cases[at].name, cases[at].run);
        }
    }
    printf("last_calls: %d checks, %d failed\n", last_checks, last_failures);
    return last_failures != 0;
}
