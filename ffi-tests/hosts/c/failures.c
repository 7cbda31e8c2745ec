/* Errors that cross with what they hold: natively as structs, and over CBOR, from every kind of function. */
#include "host.h"

typedef struct failed {
    call it;
    /* Looks at the failure where it stands, while it is there. */
    void (*see)(const void *failure, void *expected);
    void *expected;
    size_t size;
} failed;

static void failed_fired(int ret, const char *msg, size_t len, void *user_data)
{
    failed *failure = (failed *)user_data;
    CHECK(ret == RET_FAILURE);
    if (ret == RET_FAILURE) {
        CHECK(len == failure->size);
        failure->see(msg, failure->expected);
    }
    call_fired(RET_OK, msg, len, &failure->it);
}

static int fails(failed *failure, size_t size, void (*see)(const void *, void *), void *expected)
{
    call_begin(&failure->it, NULL, NULL);
    failure->see = see;
    failure->expected = expected;
    failure->size = size;
    return 1;
}

static void is_missing(const every_failure_Missing *it)
{
    CHECK(says(it->message, "there is no x"));
    CHECK(says(it->error.lookedFor, "x") && says(it->error.cause, "invalid float literal"));
    CHECK(it->error.beside.len == 1 && it->error.beside.ptr[0].x == 1.5);
    CHECK(it->error.beside.ptr[0].y.present == 1 && it->error.beside.ptr[0].y.value == -2.0);
    CHECK(it->error.level.present == 1 && it->error.level.value == every_Level_Next);
}

static void see_missing(const void *failure, void *expected)
{
    (void)expected;
    is_missing((const every_failure_Missing *)failure);
}

static void see_trouble(const void *failure, void *expected)
{
    const every_failure_Trouble *it = (const every_failure_Trouble *)failure;
    const every_Trouble trouble = *(const every_Trouble *)expected;
    CHECK(it->error == trouble);
    CHECK(says(it->message, trouble == every_Trouble_Busy ? "busy: come back later" : "cancelled"));
}

static void see_full(const void *failure, void *expected)
{
    const every_failure_Storage *it = (const every_failure_Storage *)failure;
    (void)expected;
    CHECK(it->error == every_Storage_Full && says(it->message, "only 4 bytes are left"));
}

static void natively(void *ctx)
{
    static every_Trouble troubles[] = {every_Trouble_Busy, every_Trouble_gone};
    size_t i;
    failed it;
    CHECK(fails(&it, sizeof(every_failure_Missing), see_missing, NULL));
    CHECK(every_find(ctx, failed_fired, &it, EVERY_TEXT("x")) == 0);
    CHECK(call_end(&it.it) == RET_OK);
    for (i = 0; i < 2; i++) {
        every_option_Trouble trouble = {1, troubles[i]};
        CHECK(fails(&it, sizeof(every_failure_Trouble), see_trouble, &troubles[i]));
        CHECK(every_trouble_later(ctx, failed_fired, &it, trouble) == 0);
        CHECK(call_end(&it.it) == RET_OK);
    }
    CHECK(fails(&it, sizeof(every_failure_Storage), see_full, NULL));
    CHECK(every_store_here(failed_fired, &it, EVERY_TEXT("12345")) == 0);
    CHECK(call_end(&it.it) == RET_OK);
    CHECK(fails(&it, sizeof(every_failure_Storage), see_full, NULL));
    CHECK(every_store_detached(failed_fired, &it, EVERY_TEXT("12345")) == 0);
    CHECK(call_end(&it.it) == RET_OK);
}

static void wire_fired(int ret, const char *msg, size_t len, void *user_data)
{
    every_failure_Missing failure;
    every_cbor_arena arena = {NULL};
    CHECK(ret == RET_FAILURE);
    CHECK(every_find_failure(msg, len, &failure, &arena) == 0);
    is_missing(&failure);
    every_cbor_arena_free(&arena);
    CHECK(every_find_failure(msg, len - 1, &failure, &arena) != 0);
    every_cbor_arena_free(&arena);
    call_fired(RET_OK, msg, len, user_data);
}

static void on_the_wire(void *ctx)
{
    uint8_t request[64];
    size_t len = every_find_request(request, sizeof request, EVERY_TEXT("x"));
    call it;
    call_begin(&it, NULL, NULL);
    CHECK(every_find_cbor(ctx, wire_fired, &it, request, len) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, NULL, NULL);
    CHECK(every_ffi_call_cbor(ctx, "every_find", wire_fired, &it, request, len) == 0);
    CHECK(call_end(&it) == RET_OK);
}

static void is_point(const char *msg, size_t len, const void *expected)
{
    (void)expected;
    CHECK(len == sizeof(every_Point) && ((const every_Point *)(const void *)msg)->x == 2.5);
}

int main(void)
{
    void *ctx = host_create();
    call it;
    natively(ctx);
    on_the_wire(ctx);
    call_begin(&it, is_point, NULL);
    CHECK(every_find(ctx, call_fired, &it, EVERY_TEXT("2.5")) == 0);
    CHECK(call_end(&it) == RET_OK);
    CHECK(every_destroy(ctx) == 0);
    return host_end("failures");
}
