/*
 * Every call of the timer library and its event, natively and over CBOR.
 *
 * An answer comes through a callback, on a thread of the library, and what it is given is
 * valid only until it returns. Each callback here copies what it wants into a `struct answer`
 * and wakes the thread that waits for it.
 */
#include "my_timer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What one call is answered with, as text. */
struct answer {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int is_there;
    int ret;
    char text[256];
};

static void begin(struct answer *answer)
{
    pthread_mutex_init(&answer->lock, NULL);
    pthread_cond_init(&answer->changed, NULL);
    answer->is_there = 0;
    answer->ret = RET_ERR;
    answer->text[0] = '\0';
}

/* Called by the callbacks once the text is written. */
static void finish(struct answer *answer, int ret)
{
    pthread_mutex_lock(&answer->lock);
    answer->ret = ret;
    answer->is_there = 1;
    pthread_cond_signal(&answer->changed);
    pthread_mutex_unlock(&answer->lock);
}

/* Waits for the answer, prints it, and ends the program if it is an error. */
static void print(struct answer *answer, const char *call)
{
    pthread_mutex_lock(&answer->lock);
    while (!answer->is_there) {
        pthread_cond_wait(&answer->changed, &answer->lock);
    }
    pthread_mutex_unlock(&answer->lock);
    pthread_cond_destroy(&answer->changed);
    pthread_mutex_destroy(&answer->lock);
    printf("%-22s %s\n", call, answer->text);
    if (answer->ret != RET_OK) {
        exit(1);
    }
}

/* An error is text, `len` bytes of it, whatever the call. */
static int is_error(struct answer *answer, int ret, const char *msg, size_t len)
{
    if (ret == RET_OK) {
        return 0;
    }
    snprintf(answer->text, sizeof answer->text, "error: %.*s", (int)len, msg);
    finish(answer, ret);
    return 1;
}

/* ---- The native path: a result is a C struct. ---- */

static void on_text(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    if (!is_error(answer, ret, msg, len)) {
        snprintf(answer->text, sizeof answer->text, "%.*s", (int)len, msg);
        finish(answer, ret);
    }
}

static void show_echo(struct answer *answer, const my_timer_EchoResponse *echo)
{
    snprintf(answer->text, sizeof answer->text, "\"%s\" from %s", echo->echoed, echo->timerName);
}

static void show_complex(struct answer *answer, const my_timer_ComplexResponse *complex)
{
    snprintf(answer->text, sizeof answer->text, "%s (%lld items, note: %s)", complex->summary,
             (long long)complex->itemCount, complex->hasNote ? "yes" : "no");
}

static void show_schedule(struct answer *answer, const my_timer_ScheduleResult *plan)
{
    snprintf(answer->text, sizeof answer->text, "%s runs %lld times from %lld ms, backing off %lld ms", plan->jobId,
             (long long)plan->willRunCount, (long long)plan->firstRunAtMs, (long long)plan->effectiveBackoffMs);
}

static void on_echo(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    if (!is_error(answer, ret, msg, len)) {
        show_echo(answer, (const my_timer_EchoResponse *)(const void *)msg);
        finish(answer, ret);
    }
}

static void on_complex(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    if (!is_error(answer, ret, msg, len)) {
        show_complex(answer, (const my_timer_ComplexResponse *)(const void *)msg);
        finish(answer, ret);
    }
}

static void on_schedule(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    if (!is_error(answer, ret, msg, len)) {
        show_schedule(answer, (const my_timer_ScheduleResult *)(const void *)msg);
        finish(answer, ret);
    }
}

/* An event is heard on another thread of the library, as often as it fires. */
static void show_fired(struct answer *answer, const my_timer_EchoEvent *event)
{
    snprintf(answer->text, sizeof answer->text, "\"%s\", time %lld", event->message, (long long)event->echoCount);
}

static void on_fired(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    if (!is_error(answer, ret, msg, len)) {
        show_fired(answer, (const my_timer_EchoEvent *)(const void *)msg);
        finish(answer, ret);
    }
}

/* ---- The CBOR path: a result is bytes, which the header's helpers read. ---- */

/* What the decoded results point to is in the arena, which is freed once they are shown. */
static void finish_decoded(struct answer *answer, int ret, int fault, my_timer_cbor_arena *arena)
{
    my_timer_cbor_arena_free(arena);
    if (fault) {
        snprintf(answer->text, sizeof answer->text, "not the CBOR expected: %s", my_timer_cbor_fault_text(fault));
    }
    finish(answer, fault ? RET_ERR : ret);
}

static void on_create_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    my_timer_cbor_arena arena = {NULL};
    const char *handle;
    if (!is_error(answer, ret, msg, len)) {
        int fault = my_timer_create_response(msg, len, &handle, &arena);
        if (!fault) {
            snprintf(answer->text, sizeof answer->text, "%s", handle);
        }
        finish_decoded(answer, ret, fault, &arena);
    }
}

static void on_version_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    my_timer_cbor_arena arena = {NULL};
    const char *version;
    if (!is_error(answer, ret, msg, len)) {
        int fault = my_timer_version_response(msg, len, &version, &arena);
        if (!fault) {
            snprintf(answer->text, sizeof answer->text, "%s", version);
        }
        finish_decoded(answer, ret, fault, &arena);
    }
}

static void on_echo_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    my_timer_cbor_arena arena = {NULL};
    my_timer_EchoResponse echo;
    if (!is_error(answer, ret, msg, len)) {
        int fault = my_timer_echo_response(msg, len, &echo, &arena);
        if (!fault) {
            show_echo(answer, &echo);
        }
        finish_decoded(answer, ret, fault, &arena);
    }
}

static void on_fired_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    my_timer_cbor_arena arena = {NULL};
    my_timer_EchoEvent event;
    if (!is_error(answer, ret, msg, len)) {
        int fault = my_timer_on_echo_fired_event(msg, len, &event, &arena);
        if (!fault) {
            show_fired(answer, &event);
        }
        finish_decoded(answer, ret, fault, &arena);
    }
}

static void on_complex_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    my_timer_cbor_arena arena = {NULL};
    my_timer_ComplexResponse complex;
    if (!is_error(answer, ret, msg, len)) {
        int fault = my_timer_complex_response(msg, len, &complex, &arena);
        if (!fault) {
            show_complex(answer, &complex);
        }
        finish_decoded(answer, ret, fault, &arena);
    }
}

static void on_schedule_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    struct answer *answer = user_data;
    my_timer_cbor_arena arena = {NULL};
    my_timer_ScheduleResult plan;
    if (!is_error(answer, ret, msg, len)) {
        int fault = my_timer_schedule_response(msg, len, &plan, &arena);
        if (!fault) {
            show_schedule(answer, &plan);
        }
        finish_decoded(answer, ret, fault, &arena);
    }
}

/* ---- The calls. ---- */

/* What the calls on both paths are made with. */
static const char *tags[] = {"red", "green"};
static const char *payload[] = {"a", "b"};
static const char *errors[] = {"timeout"};
static my_timer_EchoRequest messages[] = {{"first", 0}, {"second", 0}};
static const my_timer_EchoRequest hello = {"hello", 20};

static my_timer_ComplexRequest complex_request(void)
{
    my_timer_ComplexRequest request;
    request.messages.ptr = messages;
    request.messages.len = 2;
    request.tags.ptr = tags;
    request.tags.len = 2;
    request.note.present = 1;
    request.note.value = "a note";
    request.retries.present = 1;
    request.retries.value = 3;
    return request;
}

static my_timer_JobSpec job(void)
{
    my_timer_JobSpec job = {"backup", {payload, 2}, 7};
    return job;
}

static my_timer_RetryPolicy retry(void)
{
    my_timer_RetryPolicy retry = {5, 250, {errors, 1}};
    return retry;
}

static my_timer_ScheduleConfig schedule(void)
{
    my_timer_ScheduleConfig schedule = {1000, 15000, {1, 50}};
    return schedule;
}

static void call_natively(void)
{
    struct answer answer, fired;
    uint64_t listener;
    my_timer_TimerConfig config = {"clock"};
    void *timer;

    puts("natively:");
    begin(&answer);
    timer = my_timer_create(config, on_text, &answer);
    print(&answer, "my_timer_create");
    begin(&answer);
    my_timer_version(timer, on_text, &answer);
    print(&answer, "my_timer_version");
    begin(&answer);
    begin(&fired);
    listener = my_timer_add_event_listener(timer, MY_TIMER_EVENT_ON_ECHO_FIRED, on_fired, &fired);
    my_timer_echo(timer, on_echo, &answer, hello);
    print(&answer, "my_timer_echo");
    print(&fired, "on_echo_fired");
    /* Once this has returned the listener is not running, and `fired` may go. */
    my_timer_remove_event_listener(timer, listener);
    begin(&answer);
    my_timer_complex(timer, on_complex, &answer, complex_request());
    print(&answer, "my_timer_complex");
    begin(&answer);
    my_timer_schedule(timer, on_schedule, &answer, job(), retry(), schedule());
    print(&answer, "my_timer_schedule");
    printf("%-22s %d\n", "my_timer_destroy", my_timer_destroy(timer));
}

static void call_with_cbor(void)
{
    struct answer answer, fired;
    uint64_t listener;
    my_timer_TimerConfig config = {"clock"};
    uint8_t req[512];
    size_t len;
    void *timer;

    puts("over CBOR:");
    begin(&answer);
    len = my_timer_create_request(req, sizeof req, config);
    timer = my_timer_create_cbor(req, len, on_create_cbor, &answer);
    print(&answer, "my_timer_create_cbor");
    begin(&answer);
    len = my_timer_version_request(req, sizeof req);
    my_timer_version_cbor(timer, on_version_cbor, &answer, req, len);
    print(&answer, "my_timer_version_cbor");
    begin(&answer);
    begin(&fired);
    listener = my_timer_add_event_listener_cbor(timer, MY_TIMER_EVENT_ON_ECHO_FIRED, on_fired_cbor, &fired);
    len = my_timer_echo_request(req, sizeof req, hello);
    my_timer_echo_cbor(timer, on_echo_cbor, &answer, req, len);
    print(&answer, "my_timer_echo_cbor");
    print(&fired, "on_echo_fired");
    my_timer_remove_event_listener(timer, listener);
    begin(&answer);
    len = my_timer_complex_request(req, sizeof req, complex_request());
    my_timer_complex_cbor(timer, on_complex_cbor, &answer, req, len);
    print(&answer, "my_timer_complex_cbor");
    begin(&answer);
    len = my_timer_schedule_request(req, sizeof req, job(), retry(), schedule());
    my_timer_call_cbor(timer, "my_timer_schedule", on_schedule_cbor, &answer, req, len);
    print(&answer, "my_timer_call_cbor");
    printf("%-22s %d\n", "my_timer_destroy", my_timer_destroy(timer));
}

int main(void)
{
    const char *differs = my_timer_abi_check();
    if (differs) {
        fprintf(stderr, "the library is not the one the header was written for: %s\n", differs);
        return 1;
    }
    call_natively();
    call_with_cbor();
    return 0;
}
