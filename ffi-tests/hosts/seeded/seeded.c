/* A host with a mistake, which a tool must find.
 *
 *   seeded list      names the mistakes
 *   seeded none      makes none of them: each part as it should be
 *   seeded MISTAKE   that part, as it should not be
 *
 * Each part is right but for what it does where `is_wrong` says so. */
#include "../c/host.h"

#define RESULT "a result that is on the heap"

/* A callback that does with the result what `user_data`'s call is about, and then wakes it. */
typedef struct part {
    call answered;
    int is_wrong;
    char copy[64];
    const char *kept;
} part;

static void part_begin(part *it, int is_wrong)
{
    memset(it, 0, sizeof *it);
    call_begin(&it->answered, NULL, NULL);
    it->is_wrong = is_wrong;
}

static void keep_result(int ret, const char *msg, size_t len, void *user_data)
{
    part *it = (part *)user_data;
    snprintf(it->copy, sizeof it->copy, "%s", msg);
    it->kept = msg;
    call_fired(ret, msg, len, &it->answered);
}

/* What a callback is given is there until it returns. */
static void result_read_late(int is_wrong)
{
    void *ctx = host_create();
    part it;
    part_begin(&it, is_wrong);
    CHECK(every_give_string(ctx, keep_result, &it, EVERY_TEXT(RESULT)) == 0);
    CHECK(call_end(&it.answered) == RET_OK);
    CHECK(every_destroy(ctx) == 0);
    CHECK((is_wrong ? it.kept : it.copy)[0] == RESULT[0]);
}

static void free_result(int ret, const char *msg, size_t len, void *user_data)
{
    part *it = (part *)user_data;
    if (it->is_wrong) {
        free((void *)(size_t)msg);
    }
    call_fired(ret, msg, len, &it->answered);
}

/* The host frees nothing of the library's. */
static void result_freed(int is_wrong)
{
    void *ctx = host_create();
    part it;
    part_begin(&it, is_wrong);
    CHECK(every_give_string(ctx, free_result, &it, EVERY_TEXT(RESULT)) == 0);
    CHECK(call_end(&it.answered) == RET_OK);
    CHECK(every_destroy(ctx) == 0);
}

static void count_events(int ret, const char *msg, size_t len, void *user_data)
{
    (void)msg;
    CHECK(ret == RET_OK && len == sizeof(int64_t));
    ++*(int *)user_data;
}

/* A listener is called until it was removed, or its context has ended. */
static void listener_data_freed_early(int is_wrong)
{
    void *ctx = host_create();
    int *heard = (int *)calloc(1, sizeof *heard);
    CHECK(every_ffi_add_event_listener(ctx, EVERY_EVENT_ON_NUMBER, count_events, heard) > 0);
    if (is_wrong) {
        free(heard);
    }
    ANSWERED(every_fire_numbers(ctx, call_fired, &it, 0, 10));
    CHECK(every_destroy(ctx) == 0);
    if (!is_wrong) {
        CHECK(*heard == 10);
        free(heard);
    }
}

static void keep_payload(int ret, const char *msg, size_t len, void *user_data)
{
    const every_Labelled *labelled = (const every_Labelled *)(const void *)msg;
    part *it = (part *)user_data;
    CHECK(ret == RET_OK && len == sizeof *labelled);
    snprintf(it->copy, sizeof it->copy, "%.*s", (int)labelled->label.len, labelled->label.ptr);
    it->kept = labelled->label.ptr;
}

/* What an event points to is there until the listener returns. */
static void payload_kept(int is_wrong)
{
    void *ctx = host_create();
    part it;
    part_begin(&it, is_wrong);
    CHECK(every_ffi_add_event_listener(ctx, EVERY_EVENT_ON_LABELLED, keep_payload, &it) > 0);
    CHECK(every_fire_labelled(ctx, call_fired, &it.answered, EVERY_TEXT("a label")) == 0);
    CHECK(call_end(&it.answered) == RET_OK);
    CHECK(every_destroy(ctx) == 0);
    CHECK((is_wrong ? it.kept : it.copy)[0] == 'a');
}

/* A length is the buffer's. */
static void length_past_buffer(int is_wrong)
{
    void *ctx = host_create();
    every_bytes bytes;
    bytes.len = 100;
    bytes.ptr = (uint8_t *)calloc(1, is_wrong ? bytes.len - 1 : bytes.len);
    ANSWERED(every_give_bytes(ctx, call_fired, &it, bytes));
    CHECK(every_destroy(ctx) == 0);
    free(bytes.ptr);
}

static void wait_in_frame(void *ctx, int is_wrong)
{
    call it;
    call_begin(&it, NULL, NULL);
    CHECK(every_sleep(ctx, call_fired, &it, 100) == 0);
    if (!is_wrong) {
        CHECK(call_end(&it) == RET_OK);
    }
}

/* What a callback writes to is there until it was called. */
static void frame_left(int is_wrong)
{
    void *ctx = host_create();
    wait_in_frame(ctx, is_wrong);
    CHECK(every_destroy(ctx) == 0);
}

static void take_over(int ret, const char *msg, size_t len, void *user_data)
{
    part *it = (part *)user_data;
    (void)msg;
    CHECK(ret == RET_OK && len == 0);
    if (!it->is_wrong) {
        free(it);
    }
}

/* What the host allocates for a call is freed by the host. */
static void user_data_leaked(int is_wrong)
{
    void *ctx = host_create();
    part *it = (part *)malloc(sizeof *it);
    it->is_wrong = is_wrong;
    CHECK(every_nothing(ctx, take_over, it) == 0);
    CHECK(every_destroy(ctx) == 0);
}

/* A handle is stale once its context was destroyed: no misuse of memory, but a refusal, which this
 * host looks for. */
static void handle_used_after_destroy(int is_wrong)
{
    void *ctx = host_create();
    call it;
    call_begin(&it, NULL, NULL);
    if (is_wrong) {
        CHECK(every_destroy(ctx) == 0);
    }
    CHECK(every_name(ctx, call_fired, &it) == 0);
    if (call_end(&it) != RET_OK) {
        fprintf(stderr, "handle_used_after_destroy was refused: %s\n", it.text);
    }
    CHECK(every_destroy(ctx) == 0);
}

static void *write_request(void *request)
{
    int i;
    for (i = 0; i < 100; i++) {
        ((volatile uint8_t *)request)[i] = 1;
    }
    return NULL;
}

/* A request is read during the call, and nobody writes to it meanwhile. */
static void request_written_meanwhile(int is_wrong)
{
    void *ctx = host_create();
    uint8_t *request = (uint8_t *)calloc(1, 100);
    every_bytes bytes = {request, 100};
    pthread_t writer;
    CHECK(pthread_create(&writer, NULL, write_request, request) == 0);
    if (!is_wrong) {
        CHECK(pthread_join(writer, NULL) == 0);
    }
    ANSWERED(every_give_bytes(ctx, call_fired, &it, bytes));
    if (is_wrong) {
        CHECK(pthread_join(writer, NULL) == 0);
    }
    CHECK(every_destroy(ctx) == 0);
    free(request);
}

static int answers;

static void count_answer(int ret, const char *msg, size_t len, void *user_data)
{
    answers++;
    call_fired(ret, msg, len, user_data);
}

/* A callback comes on a thread of the library's. Many calls, since one may be answered before the
 * library has let its caller go, which then comes after the callback. */
static void answers_counted_without_a_lock(int is_wrong)
{
    void *ctx = host_create();
    int i;
    for (i = 0; i < 100; i++) {
        call it;
        int is_refused;
        call_begin(&it, NULL, NULL);
        is_refused = every_nothing(ctx, count_answer, &it);
        if (is_wrong) {
            answers++;
        }
        CHECK(!is_refused && call_end(&it) == RET_OK);
    }
    CHECK(is_wrong || answers == 100);
    CHECK(every_destroy(ctx) == 0);
}

/* What is sent was written before. */
static void uninitialised_sent(int is_wrong)
{
    void *ctx = host_create();
    every_option_i64 *number = (every_option_i64 *)malloc(sizeof *number);
    if (!is_wrong) {
        number->present = 1;
    }
    number->value = 7;
    ANSWERED(every_give_option_i64(ctx, call_fired, &it, *number));
    CHECK(every_destroy(ctx) == 0);
    free(number);
}

/* A mistake, and the part that makes it. */
typedef struct mistake {
    const char *name;
    void (*make)(int is_wrong);
} mistake;

static const mistake mistakes[] = {
    {"result-read-late", result_read_late},
    {"result-freed", result_freed},
    {"listener-data-freed-early", listener_data_freed_early},
    {"payload-kept", payload_kept},
    {"length-past-buffer", length_past_buffer},
    {"frame-left", frame_left},
    {"user-data-leaked", user_data_leaked},
    {"handle-used-after-destroy", handle_used_after_destroy},
    {"request-written-meanwhile", request_written_meanwhile},
    {"answers-counted-without-a-lock", answers_counted_without_a_lock},
    {"uninitialised-sent", uninitialised_sent},
};

int main(int argc, char **argv)
{
    const char *asked = argc > 1 ? argv[1] : "";
    size_t i;
    int made = 0;
    for (i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        const mistake *it = &mistakes[i];
        if (strcmp(asked, "list") == 0) {
            puts(it->name);
        } else if (strcmp(asked, "none") == 0 || strcmp(asked, it->name) == 0) {
            it->make(strcmp(asked, "none") != 0);
            made++;
        }
    }
    if (strcmp(asked, "list") == 0) {
        return 0;
    }
    CHECK(made > 0);
    return host_end("seeded");
}
