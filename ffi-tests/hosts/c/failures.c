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

/* The variants of an error with data, each told by the block that is printed. */
static void see_no_paper(const void *failure, void *expected)
{
    const every_failure_Misprint *it = (const every_failure_Misprint *)failure;
    (void)expected;
    CHECK(it->error.tag == every_Misprint_NoPaper && says(it->message, "there is no paper"));
}

static void see_too_large(const void *failure, void *expected)
{
    const every_failure_Misprint *it = (const every_failure_Misprint *)failure;
    const every_Misprint_TooLarge_fields *large = &it->error.value.TooLarge;
    (void)expected;
    CHECK(it->error.tag == every_Misprint_TooLarge && says(it->message, "wider than 80"));
    CHECK(large->limit == 80 && large->block.tag == every_Block_Quote && large->block.value.Quote->tag == every_Block_Rule);
}

static void see_jammed(const void *failure, void *expected)
{
    const every_failure_Misprint *it = (const every_failure_Misprint *)failure;
    const every_Misprint_Jammed_fields *jammed = &it->error.value.Jammed;
    (void)expected;
    CHECK(it->error.tag == every_Misprint_Jammed && says(it->message, "jammed at 7"));
    CHECK(jammed->_0 == 7 && jammed->_1.present == 1);
    CHECK(jammed->_1.value.tag == every_Sign_Plus && jammed->_1.value.value.Plus == 3);
}

static void see_unreadable(const void *failure, void *expected)
{
    const every_failure_Misprint *it = (const every_failure_Misprint *)failure;
    (void)expected;
    CHECK(it->error.tag == every_Misprint_Unreadable && says(it->message, "a number cannot be read"));
    CHECK(says(it->error.value.Unreadable, "invalid float literal"));
}

static void see_lost(const void *failure, void *expected)
{
    const every_failure_Misprint *it = (const every_failure_Misprint *)failure;
    (void)expected;
    CHECK(it->error.tag == every_Misprint_Lost && says(it->message, "the drawer is lost"));
    CHECK(says(it->error.value.Lost.place, "the drawer") && says(it->error.value.Lost.cause, "moved"));
}

static void misprint_fired(int ret, const char *msg, size_t len, void *user_data)
{
    failed *failure = (failed *)user_data;
    every_failure_Misprint misprint;
    every_cbor_arena arena = {NULL};
    CHECK(ret == RET_FAILURE && every_print_failure(msg, len, &misprint, &arena) == 0);
    failure->see(&misprint, failure->expected);
    every_cbor_arena_free(&arena);
    call_fired(RET_OK, msg, len, &failure->it);
}

static void misprints(void *ctx)
{
    static const every_Block rule = {.tag = every_Block_Rule};
    const every_Block quote = {every_Block_Quote, {.Quote = &rule}};
    const every_Block sign = {every_Block_Signed, {.Signed = {every_Sign_Plus, {.Plus = 3}}}};
    const every_Block text = {every_Block_Paragraph, {.Paragraph = EVERY_TEXT_INIT("text")}};
    const every_Block picture = {every_Block_image, {.image = {NULL, 0}}};
    const struct {
        const every_Block *block;
        void (*see)(const void *, void *);
    } cases[] = {{&rule, see_no_paper}, {&quote, see_too_large}, {&sign, see_jammed}, {&text, see_unreadable}, {&picture, see_lost}};
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t request[64];
        size_t len = every_print_request(request, sizeof request, cases[i].block);
        failed it;
        CHECK(fails(&it, sizeof(every_failure_Misprint), cases[i].see, NULL));
        CHECK(every_print(ctx, failed_fired, &it, cases[i].block) == 0);
        CHECK(call_end(&it.it) == RET_OK);
        CHECK(fails(&it, 0, cases[i].see, NULL));
        CHECK(every_print_cbor(ctx, misprint_fired, &it, request, len) == 0);
        CHECK(call_end(&it.it) == RET_OK);
    }
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
    misprints(ctx);
    on_the_wire(ctx);
    call_begin(&it, is_point, NULL);
    CHECK(every_find(ctx, call_fired, &it, EVERY_TEXT("2.5")) == 0);
    CHECK(call_end(&it) == RET_OK);
    CHECK(every_destroy(ctx) == 0);
    return host_end("failures");
}
