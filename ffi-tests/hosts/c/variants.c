/* Enums with data: what lies past the variant that the tag tells of is not read, and is zero in what comes out. */
#include "samples.h"

/* Whether all bytes of `size` are zero from the offset `from`. */
static int is_zero_from(const void *it, size_t from, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)it;
    for (; from < size; from++) {
        if (bytes[from]) {
            return 0;
        }
    }
    return 1;
}

/* Where what a union's member does not take begins. */
#define PAST(type, member) (offsetof(type, value) + sizeof(((type *)0)->value.member))

/* An enum of garbage, but for its tag. */
static every_Block garbage_block(int32_t tag)
{
    every_Block block;
    memset(&block, 0xa5, sizeof block);
    block.tag = tag;
    return block;
}

static every_Sign garbage_sign(int32_t tag)
{
    every_Sign sign;
    memset(&sign, 0xa5, sizeof sign);
    sign.tag = tag;
    return sign;
}

static void is_rule(const char *msg, size_t len, const void *expected)
{
    const every_Block *it = (const every_Block *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *it && it->tag == every_Block_Rule && is_zero_from(it, sizeof it->tag, len));
}

static void is_paragraph(const char *msg, size_t len, const void *expected)
{
    const every_Block *it = (const every_Block *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *it && it->tag == every_Block_Paragraph && says(it->value.Paragraph, "text"));
    CHECK(is_zero_from(it, PAST(every_Block, Paragraph), len));
}

static void is_quoted_rule(const char *msg, size_t len, const void *expected)
{
    const every_Block *it = (const every_Block *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *it && it->tag == every_Block_Quote && is_zero_from(it, PAST(every_Block, Quote), len));
    is_rule((const char *)(const void *)it->value.Quote, sizeof *it->value.Quote, NULL);
}

/* Without its option, which stands last. */
static void is_measure(const char *msg, size_t len, const void *expected)
{
    const every_Block *it = (const every_Block *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *it && it->tag == every_Block_Measure && it->value.Measure._0 == 2.5);
    CHECK(is_zero_from(it, offsetof(every_Block, value) + offsetof(every_Block_Measure_fields, _1), len));
}

static void is_signed_plus(const char *msg, size_t len, const void *expected)
{
    const every_Block *it = (const every_Block *)(const void *)msg;
    const every_Sign *sign = &it->value.Signed;
    (void)expected;
    CHECK(len == sizeof *it && it->tag == every_Block_Signed && sign->tag == every_Sign_Plus && sign->value.Plus == 7);
    CHECK(is_zero_from(sign, PAST(every_Sign, Plus), sizeof *sign) && is_zero_from(it, PAST(every_Block, Signed), len));
}

static void is_absent(const char *msg, size_t len, const void *expected)
{
    (void)expected;
    CHECK(len == sizeof(every_option_Block) && is_zero_from(msg, 0, len));
}

static void is_signs(const char *msg, size_t len, const void *expected)
{
    const every_list_Sign *it = (const every_list_Sign *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *it && it->len == 3);
    CHECK(it->ptr[0].tag == every_Sign_Without && is_zero_from(&it->ptr[0], sizeof it->ptr->tag, sizeof *it->ptr));
    CHECK(it->ptr[1].tag == every_Sign_Minus && it->ptr[1].value.Minus.by == INT64_MIN);
    CHECK(it->ptr[2].tag == every_Sign_Between && it->ptr[2].value.Between._0 == -1 && it->ptr[2].value.Between._1 == 2);
    CHECK(is_zero_from(&it->ptr[2], PAST(every_Sign, Between), sizeof *it->ptr));
}

static void is_page(const char *msg, size_t len, const void *expected)
{
    const every_Page *it = (const every_Page *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *it && says(it->title, "A page") && it->sign.present == 1);
    is_paragraph((const char *)(const void *)&it->first, sizeof it->first, NULL);
    CHECK(it->others.len == 1);
    is_signed_plus((const char *)(const void *)it->others.ptr, sizeof *it->others.ptr, NULL);
    CHECK(it->sign.value.tag == every_Sign_Without);
    CHECK(is_zero_from(&it->sign.value, sizeof it->sign.value.tag, sizeof it->sign.value));
}

#define GIVEN(check, call_with_it)      \
    do {                                \
        call it;                        \
        call_begin(&it, check, NULL);   \
        CHECK((call_with_it) == 0);     \
        CHECK(call_end(&it) == RET_OK); \
    } while (0)

static void garbage_is_not_read(void *ctx)
{
    const every_Block rule = garbage_block(every_Block_Rule);
    every_Block paragraph = garbage_block(every_Block_Paragraph);
    every_Block quote = garbage_block(every_Block_Quote);
    every_Block measure = garbage_block(every_Block_Measure);
    every_Block signed_ = garbage_block(every_Block_Signed);
    every_option_Block absent;
    every_Sign signs[3];
    every_list_Sign list;
    every_Page page;
    paragraph.value.Paragraph = EVERY_TEXT("text");
    quote.value.Quote = &rule;
    measure.value.Measure._0 = 2.5;
    measure.value.Measure._1.present = 0;
    signed_.value.Signed = garbage_sign(every_Sign_Plus);
    signed_.value.Signed.value.Plus = 7;
    memset(&absent, 0xa5, sizeof absent);
    absent.present = 0;
    signs[0] = garbage_sign(every_Sign_Without);
    signs[1] = garbage_sign(every_Sign_Minus);
    signs[1].value.Minus.by = INT64_MIN;
    signs[2] = garbage_sign(every_Sign_Between);
    signs[2].value.Between._0 = -1;
    signs[2].value.Between._1 = 2;
    FILL(list, signs);
    memset(&page, 0xa5, sizeof page);
    page.title = EVERY_TEXT("A page");
    page.first = paragraph;
    page.others.ptr = &signed_;
    page.others.len = 1;
    SOME(page.sign, signs[0]);
    GIVEN(is_rule, every_give_block(ctx, call_fired, &it, &rule));
    GIVEN(is_paragraph, every_give_block(ctx, call_fired, &it, &paragraph));
    GIVEN(is_quoted_rule, every_give_block(ctx, call_fired, &it, &quote));
    GIVEN(is_measure, every_give_block(ctx, call_fired, &it, &measure));
    GIVEN(is_signed_plus, every_give_block(ctx, call_fired, &it, &signed_));
    GIVEN(is_absent, every_give_option_block(ctx, call_fired, &it, &absent));
    GIVEN(is_signs, every_give_list_sign(ctx, call_fired, &it, list));
    GIVEN(is_page, every_give_page(ctx, call_fired, &it, &page));
    GIVEN(is_page, every_echo_page_here(call_fired, &it, &page));
}

/* What a parameter points to is lent for the call: it may change before the answer. */
static void parameters_are_lent(void *ctx)
{
    every_Block block = garbage_block(every_Block_Paragraph);
    char text[] = "text";
    call it;
    block.value.Paragraph = every_text_of(text);
    call_begin(&it, is_paragraph, NULL);
    CHECK(every_give_block(ctx, call_fired, &it, &block) == 0);
    memset(&block, 0xff, sizeof block);
    memset(text, 'x', sizeof text - 1);
    CHECK(call_end(&it) == RET_OK);
}

/* The helpers of the CBOR path refuse what has no form there, and read only what the tag tells of. */
static void on_the_wire(void *ctx)
{
    static const uint8_t two[] = {0xa2, 0x64, 'R', 'u', 'l', 'e', 0xf6, 0x69, 'P', 'a', 'r', 'a', 'g', 'r', 'a', 'p', 'h', 0x60};
    static const uint8_t bare[] = {0x69, 'P', 'a', 'r', 'a', 'g', 'r', 'a', 'p', 'h'};
    static const uint8_t unknown[] = {0x64, 'r', 'u', 'l', 'e'};
    static const uint8_t shorter[] = {0xa1, 0x67, 'M', 'e', 'a', 's', 'u', 'r', 'e', 0x81, 0x00};
    every_Block block = garbage_block(77);
    every_cbor_arena arena = {NULL};
    uint8_t request[64];
    size_t len;
    call it;
    CHECK(every_give_block_request(request, sizeof request, &block) == 0);
    CHECK(every_give_block_request(request, sizeof request, NULL) == 0);
    block = garbage_block(every_Block_Quote);
    block.value.Quote = NULL;
    CHECK(every_give_block_request(request, sizeof request, &block) == 0);
    block = garbage_block(every_Block_Rule);
    len = every_give_block_request(request, sizeof request, &block);
    CHECK(len > 0 && len <= sizeof request);
    call_begin(&it, NULL, NULL);
    CHECK(every_give_block_cbor(ctx, call_fired, &it, request, len) == 0);
    CHECK(call_end(&it) == RET_OK);
    CHECK(every_give_block_response(two, sizeof two, &block, &arena) == EVERY_CBOR_NOT_ONE_VARIANT);
    CHECK(every_give_block_response(bare, sizeof bare, &block, &arena) == EVERY_CBOR_WRONG_TYPE);
    CHECK(every_give_block_response(unknown, sizeof unknown, &block, &arena) == EVERY_CBOR_UNKNOWN_VARIANT);
    CHECK(every_give_block_response(shorter, sizeof shorter, &block, &arena) == EVERY_CBOR_WRONG_LENGTH);
    block = garbage_block(77);
    CHECK(every_give_block_response("\xa1\x64Rule\xf6", 7, &block, &arena) == 0);
    is_rule((const char *)(const void *)&block, sizeof block, NULL);
    every_cbor_arena_free(&arena);
}

int main(void)
{
    void *ctx = host_create();
    garbage_is_not_read(ctx);
    parameters_are_lent(ctx);
    on_the_wire(ctx);
    CHECK(every_destroy(ctx) == 0);
    return host_end("variants");
}
