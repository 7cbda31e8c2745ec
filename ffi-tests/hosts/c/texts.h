/* Text, bytes and nothing, which are whole results without a C form, cross and come back. */
#ifndef TEXTS_H
#define TEXTS_H

#include "compare.h"
#include "samples.h"

#include <sys/mman.h>

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
    every_text text, sent;
    every_cbor_arena arena = {NULL};
    sent.ptr = (const char *)want->ptr;
    sent.len = want->len;
    CHECK(every_give_string_response(msg, len, &text, &arena) == 0);
    CHECK(same_text(text, sent));
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

static void round_trip_text(void *ctx, every_text text)
{
    call it;
    every_bytes want;
    REQUEST(req, every_give_string_request(buf, cap, text));
    want.ptr = (uint8_t *)(uintptr_t)text.ptr;
    want.len = text.len;
    call_begin(&it, is_raw_text, &want);
    CHECK(every_give_string(ctx, call_fired, &it, text) == 0);
    CHECK(call_end(&it) == RET_OK);
    call_begin(&it, is_string_cbor, &want);
    CHECK(every_give_string_cbor(ctx, call_fired, &it, req, req_len) == 0);
    CHECK(call_end(&it) == RET_OK);
    free(req);
}

/* From where it is, and from memory of just its length. */
static void round_trip_exact(void *ctx, every_text text)
{
    char *bytes = (char *)malloc(text.len ? text.len : 1);
    every_text copy = text;
    if (text.len) {
        memcpy(bytes, text.ptr, text.len);
    }
    copy.ptr = bytes;
    round_trip_text(ctx, text);
    round_trip_text(ctx, copy);
    free(bytes);
}

static void round_trip_texts(void *ctx)
{
    every_list_string texts = sample_texts().list_string;
    size_t i;
    for (i = 0; i < texts.len; i++) {
        round_trip_exact(ctx, texts.ptr[i]);
    }
    round_trip_exact(ctx, every_text_of(NULL));
    round_trip_exact(ctx, every_text_of("until\0it ends"));
    round_trip_exact(ctx, EVERY_TEXT(""));
    round_trip_exact(ctx, EVERY_TEXT("\xf0\x9f\xa6\x80 and more"));
    round_trip_exact(ctx, sample_big().string);
    CHECK(every_text_of(NULL).len == 0 && every_text_of("until\0it ends").len == 5);
    CHECK(EVERY_TEXT("with\0it").len == 7);
}

/* A text behind which there is no memory: nobody looks for a NUL. */
static void text_at_the_end_of_memory(void *ctx)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), len;
    FILE *file = tmpfile();
    char *pages;
    CHECK(file && ftruncate(fileno(file), (off_t)(2 * page)) == 0);
    pages = (char *)mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE, fileno(file), 0);
    CHECK(pages != MAP_FAILED && mprotect(pages + page, page, PROT_NONE) == 0);
    memset(pages, 'x', page);
    for (len = 0; len <= 40; len++) {
        every_text text;
        text.ptr = pages + page - len;
        text.len = len;
        round_trip_text(ctx, text);
    }
    CHECK(munmap(pages, 2 * page) == 0);
    fclose(file);
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

static void on_error_with_a_nul(int ret, const char *msg, size_t len, void *user_data)
{
    CHECK(ret == RET_ERR && len == 7 && memcmp(msg, "why\0not", 8) == 0);
    call_fired(ret, msg, len, user_data);
}

/* And so may an error. */
static void error_with_a_nul(void *ctx)
{
    call it;
    call_begin(&it, NULL, NULL);
    CHECK(every_fail(ctx, on_error_with_a_nul, &it, EVERY_TEXT("why\0not")) == 0);
    CHECK(call_end(&it) == RET_ERR);
}

#endif
