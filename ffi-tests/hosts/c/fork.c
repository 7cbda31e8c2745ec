/* A child that was forked while a context was alive is refused; one forked with none alive
 * works; the parent notices nothing. */
#include "host.h"

static const char *refusal(const char *function)
{
    static char text[128];
    snprintf(text, sizeof text, "%s: not usable after fork", function);
    return text;
}

static void child_is_refused(void *ctx)
{
    static const uint8_t request[] = {0xa0};
    every_Config config = {EVERY_TEXT("child"), {0, {NULL, 0}}, 0};
    size_t len = 0;
    call it;

    call_begin(&it, NULL, NULL);
    CHECK(every_nothing(ctx, call_fired, &it) == RET_ERR);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, refusal("every_nothing")) == 0);
    call_begin(&it, NULL, NULL);
    CHECK(every_nothing_cbor(NULL, call_fired, &it, request, sizeof request) == RET_ERR);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, refusal("every_nothing")) == 0);
    call_begin(&it, NULL, NULL);
    CHECK(every_ffi_call_cbor(ctx, "every_nothing", call_fired, &it, request, sizeof request) == RET_ERR);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, refusal("every_nothing")) == 0);
    call_begin(&it, NULL, NULL);
    CHECK(every_create(config, call_fired, &it) == NULL);
    CHECK(call_end(&it) == RET_ERR);
    CHECK(strcmp(it.text, refusal("every_create")) == 0);
    CHECK(every_destroy(ctx) == RET_ERR);
    CHECK(strcmp(every_ffi_last_error(), refusal("every_destroy")) == 0);
    CHECK(every_ffi_add_event_listener(ctx, "on_number", call_fired, &it) == 0);
    CHECK(strcmp(every_ffi_last_error(), refusal("every_ffi_add_event_listener")) == 0);
    CHECK(every_ffi_remove_event_listener(ctx, 1) != 0);
    CHECK(strcmp(every_ffi_last_error(), refusal("every_ffi_remove_event_listener")) == 0);
    CHECK(every_ffi_poll_fd(ctx) == -1);
    CHECK(strcmp(every_ffi_last_error(), refusal("every_ffi_poll_fd")) == 0);
    CHECK(every_ffi_dispatch(ctx, 1) == -1);
    CHECK(strcmp(every_ffi_last_error(), refusal("every_ffi_dispatch")) == 0);
    CHECK(every_ffi_schema(&len) != NULL && len > 0);
    CHECK(every_ffi_abi_hash() == EVERY_ABI_HASH);
}

static void works(void)
{
    void *ctx = host_create();
    call it;
    call_begin(&it, NULL, NULL);
    CHECK(every_sleep(ctx, call_fired, &it, 1) == 0);
    CHECK(call_end(&it) == RET_OK);
    CHECK(every_destroy(ctx) == 0);
}

static void child_works(void *unused)
{
    (void)unused;
    works();
}

static void child_of_child_is_refused(void *ctx)
{
    host_in_child(child_is_refused, ctx);
    child_is_refused(ctx);
}

int main(void)
{
    void *ctx;
    call it;
    host_in_child(child_works, NULL);
    works();
    host_in_child(child_works, NULL);
    ctx = host_create();
    call_begin(&it, NULL, NULL);
    CHECK(every_sleep(ctx, call_fired, &it, 200) == 0);
    host_in_child(child_is_refused, ctx);
    host_in_child(child_of_child_is_refused, ctx);
    CHECK(call_end(&it) == RET_OK);
    CHECK(every_destroy(ctx) == 0);
    works();
    host_in_child(child_works, NULL);
    return host_end("fork");
}
