/* Text in C's own form, of libraries with `text = "c"`, beside one whose text has a length. NULL is the empty text, a
 * NUL ends it, and a result or a payload in which C would find an end too early is an error that says where; over CBOR
 * it is none. */
#include "beside.h"
#include "my_timer.h"
#include "echo.h"

#include "host.h"

/* What a result of the echo is to be. */
typedef struct shout {
    const char *shouted;
    const char *prefix;
} shout;

static void is_shout(const char *msg, size_t len, const void *expected)
{
    const echo_ShoutResponse *got = (const echo_ShoutResponse *)(const void *)msg;
    const shout *want = (const shout *)expected;
    CHECK(len == sizeof *got && strcmp(got->shouted, want->shouted) == 0 && strcmp(got->prefix, want->prefix) == 0);
}

static void is_word(const char *msg, size_t len, const void *expected)
{
    const char *word = (const char *)expected;
    CHECK(len == strlen(word) && memcmp(msg, word, len + 1) == 0);
}

/* A whole result is told by its length in every library. */
static void is_whole_with_a_nul(const char *msg, size_t len, const void *expected)
{
    (void)expected;
    CHECK(len == 3 && memcmp(msg, "a\0b", 4) == 0);
}

static void is_shout_cbor(const char *msg, size_t len, const void *expected)
{
    echo_ShoutResponse got;
    echo_cbor_arena arena = {NULL};
    CHECK(echo_shout_response(msg, len, &got, &arena) == 0);
    is_shout((const char *)&got, sizeof got, expected);
    echo_cbor_arena_free(&arena);
}

/* The helper too refuses what C's own form cannot hold. */
static void is_beyond_c(const char *msg, size_t len, const void *expected)
{
    static const uint8_t inner[] = {0x68, 'a', 0, 'b', ':', ' ', 'H', 0xc3, 0xbc};
    echo_ShoutResponse got;
    echo_cbor_arena arena = {NULL};
    size_t i;
    int holds_it = 0;
    (void)expected;
    CHECK(echo_shout_response(msg, len, &got, &arena) == ECHO_CBOR_BAD_TEXT);
    echo_cbor_arena_free(&arena);
    for (i = 0; i + sizeof inner <= len; i++) {
        holds_it |= memcmp(msg + i, inner, sizeof inner) == 0;
    }
    CHECK(holds_it);
}

/* An echo whose prefix has so few bytes, over CBOR, since C's own form cannot say each. */
static void *create_echo(const char *prefix, size_t len)
{
    static const uint8_t until_prefix[] = "\xa1\x66" "config" "\xa1\x66" "prefix";
    const size_t at = sizeof until_prefix - 1;
    uint8_t req[32];
    call it;
    void *echo;
    memcpy(req, until_prefix, at);
    req[at] = (uint8_t)(0x60 + len);
    memcpy(req + at + 1, prefix, len);
    call_begin(&it, NULL, NULL);
    echo = echo_create_cbor(req, at + 1 + len, call_fired, &it);
    CHECK(call_end(&it) == RET_OK);
    return echo;
}

static void shout_of(void *echo, const char *text, const char *shouted, const char *prefix)
{
    echo_ShoutRequest request;
    shout want;
    call it;
    request.text = text;
    want.shouted = shouted;
    want.prefix = prefix;
    {
        REQUEST(req, echo_shout_request(buf, cap, request));
        call_begin(&it, is_shout, &want);
        CHECK(echo_shout(echo, call_fired, &it, request) == 0);
        CHECK(call_end(&it) == RET_OK);
        call_begin(&it, is_shout_cbor, &want);
        CHECK(echo_shout_cbor(echo, call_fired, &it, req, req_len) == 0);
        CHECK(call_end(&it) == RET_OK);
        free(req);
    }
}

static void a_nul_ends_what_goes_in(void)
{
    void *echo = create_echo("<", 1);
    call it;
    shout_of(echo, NULL, "<: ", "<");
    shout_of(echo, "", "<: ", "<");
    shout_of(echo, "until\0it", "<: UNTIL", "<");
    shout_of(echo, "\xf0\x9f\xa6\x80", "<: \xf0\x9f\xa6\x80", "<");
    call_begin(&it, is_word, "");
    CHECK(echo_upper(call_fired, &it, NULL) == 0 && call_end(&it) == RET_OK);
    call_begin(&it, is_word, "UP");
    CHECK(echo_upper(call_fired, &it, "up\0per") == 0 && call_end(&it) == RET_OK);
    call_begin(&it, NULL, NULL);
    CHECK(echo_upper(call_fired, &it, "a\xff") == RET_ERR && call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, "echo_upper: text: invalid UTF-8 at byte 1") == 0);
    CHECK(echo_destroy(echo) == 0);
}

static void a_result_with_a_nul_is_an_error(void)
{
    static const uint8_t low[] = "\xa1\x63" "req" "\xa1\x64" "text" "\x63" "h\xc3\xbc";
    echo_ShoutRequest request = {"h\xc3\xbc"};
    void *echo = create_echo("a\0b", 3);
    call it;
    call_begin(&it, NULL, NULL);
    CHECK(echo_shout(echo, call_fired, &it, request) == 0 && call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, "echo_shout: shouted: the string has a NUL at byte 1, where C would end it") == 0);
    call_begin(&it, is_beyond_c, NULL);
    CHECK(echo_shout_cbor(echo, call_fired, &it, low, sizeof low - 1) == 0 && call_end(&it) == RET_OK);
    call_begin(&it, is_whole_with_a_nul, NULL);
    CHECK(echo_prefix(echo, call_fired, &it) == 0 && call_end(&it) == RET_OK);
    CHECK(echo_destroy(echo) == 0);
    echo = create_echo("\0", 1);
    call_begin(&it, NULL, NULL);
    CHECK(echo_shout(echo, call_fired, &it, request) == 0 && call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, "echo_shout: shouted: the string has a NUL at byte 0, where C would end it") == 0);
    CHECK(echo_destroy(echo) == 0);
}

/* What listeners of the timer heard, each by itself: results, and errors. */
static int heard, refused, heard_cbor;

static void on_echo(int ret, const char *msg, size_t len, void *user_data)
{
    const my_timer_EchoEvent *event = (const my_timer_EchoEvent *)(const void *)msg;
    (void)user_data;
    if (ret == RET_OK) {
        heard++;
        CHECK(len == sizeof *event && strcmp(event->message, "fine") == 0);
    } else {
        refused++;
        CHECK(strcmp(msg, "on_echo_fired: message: the string has a NUL at byte 1, where C would end it") == 0);
        CHECK(strlen(msg) == len);
    }
}

static void on_any(int ret, const char *msg, size_t len, void *user_data)
{
    const my_timer_event *event = (const my_timer_event *)(const void *)msg;
    if (ret == RET_OK) {
        CHECK(len == sizeof *event && strcmp(event->name, "on_echo_fired") == 0);
        on_echo(ret, (const char *)event->payload, event->len, user_data);
    } else {
        on_echo(ret, msg, len, user_data);
    }
}

static void on_echo_cbor(int ret, const char *msg, size_t len, void *user_data)
{
    (void)msg, (void)user_data;
    CHECK(ret == RET_OK && len > 0);
    heard_cbor++;
}

static void a_payload_with_a_nul_is_an_error(void)
{
    static const uint8_t with_nul[] = "\xa1\x63" "req" "\xa2\x67" "message" "\x63" "a\0b" "\x67" "delayMs" "\x00";
    my_timer_TimerConfig config = {NULL};
    my_timer_EchoRequest fine = {"fine", 0};
    void *timer;
    call it;
    call_begin(&it, NULL, NULL);
    timer = my_timer_create(config, call_fired, &it);
    CHECK(call_end(&it) == RET_OK);
    CHECK(my_timer_add_event_listener(timer, "on_echo_fired", on_echo, NULL) > 0);
    CHECK(my_timer_add_event_listener(timer, NULL, on_any, NULL) > 0);
    CHECK(my_timer_add_event_listener_cbor(timer, "on_echo_fired", on_echo_cbor, NULL) > 0);
    ANSWERED(my_timer_echo_cbor(timer, call_fired, &it, with_nul, sizeof with_nul - 1));
    ANSWERED(my_timer_echo(timer, call_fired, &it, fine));
    CHECK(my_timer_destroy(timer) == 0);
    CHECK(heard == 2 && refused == 2 && heard_cbor == 2);
}

static void is_text_everywhere(const char *msg, size_t len, const void *expected)
{
    const beside_Everything *got = (const beside_Everything *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *got && strcmp(got->string, "a text") == 0);
    CHECK(got->list_string.len == 3);
    CHECK(strcmp(got->list_string.ptr[0], "") == 0 && strcmp(got->list_string.ptr[1], "until") == 0
          && strcmp(got->list_string.ptr[2], "\xc3\xbc") == 0);
    CHECK(got->list_option_string.len == 3 && got->list_option_string.ptr[0].present == 0);
    CHECK(got->list_option_string.ptr[0].value == NULL && strcmp(got->list_option_string.ptr[1].value, "") == 0);
    CHECK(strcmp(got->list_option_string.ptr[2].value, "some") == 0);
    CHECK(got->option_string.present == 1 && strcmp(got->option_string.value, "") == 0);
    CHECK(got->option_list.present == 1 && got->option_list.value.len == 3);
    CHECK(strcmp(*got->box_string, "boxed") == 0);
}

static void is_text_everywhere_cbor(const char *msg, size_t len, const void *expected)
{
    beside_Everything got;
    beside_cbor_arena arena = {NULL};
    CHECK(beside_copy_response(msg, len, &got, &arena) == 0);
    is_text_everywhere((const char *)&got, sizeof got, expected);
    beside_cbor_arena_free(&arena);
}

/* A call that is refused, with this text. */
#define REFUSED(call_with_it, told)                                        \
    do {                                                                   \
        call it;                                                           \
        call_begin(&it, NULL, NULL);                                       \
        CHECK((call_with_it) == RET_ERR && call_end(&it) == RET_ERR);      \
        CHECK(strcmp(it.text, (told)) == 0);                               \
    } while (0)

/* A type that another library has in its own form: in this one's form wherever there is text in it. */
static void a_type_of_both_forms(void)
{
    static const char *texts[] = {NULL, "until\0it", "\xc3\xbc"};
    static const char *bad[] = {"fine", "bad\xff"};
    static beside_option_string options[] = {{0, "\xff"}, {1, NULL}, {1, "some"}};
    static const char *const boxed = "boxed", *const bad_box = "\xff";
    static const int32_t an_i32 = 0;
    static const beside_list_Point no_points = {NULL, 0};
    static const beside_option_i32 no_i32 = {0, 0};
    static const uint8_t a_byte = 0;
    static const uint8_t *const a_box = &a_byte;
    beside_Everything value;
    call it;
    memset(&value, 0, sizeof value);
    value.box_i32 = &an_i32;
    value.box_string = &boxed;
    value.box_list = &no_points;
    value.box_option = &no_i32;
    value.box_box = &a_box;
    value.string = "a text\0and more";
    value.list_string.ptr = texts;
    value.list_string.len = 3;
    value.list_option_string.ptr = options;
    value.list_option_string.len = 3;
    value.option_string.present = 1;
    value.option_list.present = 1;
    value.option_list.value = value.list_string;
    {
        REQUEST(req, beside_copy_request(buf, cap, value));
        call_begin(&it, is_text_everywhere, NULL);
        CHECK(beside_copy(call_fired, &it, value) == 0 && call_end(&it) == RET_OK);
        call_begin(&it, is_text_everywhere_cbor, NULL);
        CHECK(beside_copy_cbor(call_fired, &it, req, req_len) == 0 && call_end(&it) == RET_OK);
        free(req);
    }
    value.option_list.value.ptr = bad;
    value.option_list.value.len = 2;
    REFUSED(beside_copy(call_fired, &it, value), "beside_copy: value.option_list[1]: invalid UTF-8 at byte 3");
    value.option_list.present = 0;
    value.box_string = &bad_box;
    REFUSED(beside_copy(call_fired, &it, value), "beside_copy: value.box_string: invalid UTF-8 at byte 0");
    value.box_string = NULL;
    REFUSED(beside_copy(call_fired, &it, value), "beside_copy: value.box_string: NULL where a value is required");
    call_begin(&it, NULL, NULL);
    CHECK(beside_lone_labelled(call_fired, &it) == 0 && call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, "beside_lone_labelled: label: the string has a NUL at byte 1, where C would end it") == 0);
    call_begin(&it, is_whole_with_a_nul, NULL);
    CHECK(beside_lone_text_with_nul(call_fired, &it) == 0 && call_end(&it) == RET_OK);
}

/* Whose text has a length takes what the others cannot, in the same process. */
static void another_library_counts(void)
{
    void *ctx = host_create();
    call it;
    call_begin(&it, is_whole_with_a_nul, NULL);
    CHECK(every_give_string(ctx, call_fired, &it, EVERY_TEXT("a\0" "b")) == 0 && call_end(&it) == RET_OK);
    CHECK(every_destroy(ctx) == 0);
}

int main(void)
{
    CHECK(beside_abi_check() == NULL && my_timer_abi_check() == NULL && echo_abi_check() == NULL && every_abi_check() == NULL);
    a_nul_ends_what_goes_in();
    a_result_with_a_nul_is_an_error();
    a_payload_with_a_nul_is_an_error();
    a_type_of_both_forms();
    another_library_counts();
    return host_end("c_text");
}
