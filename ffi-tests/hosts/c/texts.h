/* Text, bytes and nothing, which are whole results without a C form, cross and come back. */
#ifndef TEXTS_H
#define TEXTS_H

#include "compare.h"

static void is_raw(const char *msg, size_t len, const void *expected)
{
    const every_bytes *want = (const every_bytes *)expected;
    CHECK(len == want->len);
    CHECK(len == 0 || memcmp(msg, want->ptr, len) == 0);
}

static void is_raw_text(const char *msg, size_t len, const void *expected)
{
    is_raw(msg, len, expected);
    CHECK(msg[len] == '\0');
}

static void is_string_cbor(const char *msg, size_t len, const void *expected)
{
    const every_bytes *want = (const every_bytes *)expected;
    const char *text;
    every_cbor_arena arena = {NULL};
    CHECK(every_give_string_response(msg, len, &text, &arena) == 0);
    CHECK(strlen(text) == want->len && (want->len == 0 || memcmp(text, want->ptr, want->len) == 0));
    every_cbor_arena_free(&arena);
}

static void is_bytes_cbor(const char *msg, size_t len, const void *expected)
{
    every_bytes got;
    every_cbor_arena arena = {NULL};
    CHECK(every_give_bytes_response(msg, len, &got, &arena) == 0);
    CHECK(same_bytes(got, *(const every_bytes *)expected));
    every_cbor_arena_free(&arena);
}

static void round_trip_text(void *ctx, const char *text)
{
    call it;
    every_bytes want;
    REQUEST(req, every_give_string_request(buf, cap, text));
    want.ptr = (uint8_t *)(uintptr_t)text;
    want.len = text ? strlen(text) : 0;
    call_begin(&it, is_raw_text, &want);
    CHECK(every_give_string(ctx, call_fired, &it, text) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, is_string_cbor, &want);
    CHECK(every_give_string_cbor(ctx, call_fired, &it, req, req_len) == 0);
    CHECK(call_end(&it) == RET_OK);
    free(req);
}

static void round_trip_bytes(void *ctx, every_bytes want)
{
    call it;
    REQUEST(req, every_give_bytes_request(buf, cap, want));
    call_begin(&it, is_raw, &want);
    CHECK(every_give_bytes(ctx, call_fired, &it, want) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, is_bytes_cbor, &want);
    CHECK(every_give_bytes_cbor(ctx, call_fired, &it, req, req_len) == 0);
    CHECK(call_end(&it) == RET_OK);
    free(req);
}

static void is_null(const char *msg, size_t len, const void *expected)
{
    (void)expected;
    CHECK(len == 1 && (unsigned char)msg[0] == 0xf6);
}

static void round_trip_nothing(void *ctx)
{
    static const every_bytes nothing = {NULL, 0};
    static const uint8_t one_more[] = {0xa1, 0x61, 'x', 0x01};
    call it;
    call_begin(&it, is_raw, &nothing);
    CHECK(every_nothing(ctx, call_fired, &it) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, is_raw, &nothing);
    CHECK(every_nothing_or_error(ctx, call_fired, &it, 0) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, is_null, NULL);
    CHECK(every_nothing_cbor(ctx, call_fired, &it, NULL, 0) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, is_null, NULL);
    CHECK(every_nothing_cbor(ctx, call_fired, &it, one_more, sizeof one_more) == 0);
    CHECK(call_end(&it) == RET_OK);
}

/* A whole result may hold a NUL, which `len` counts. */
static void text_with_a_nul(void *ctx)
{
    static uint8_t text[] = {'a', '\0', 'b'};
    static const every_bytes want = {text, 3};
    call it;
    call_begin(&it, is_raw_text, &want);
    CHECK(every_text_with_nul(ctx, call_fired, &it) == 0);
    CHECK(call_end(&it) == RET_OK);
}

#endif
