/* Rows of requests in CBOR: how they are written, and how each is tried by symbol and by name. */
#ifndef WIRE_H
#define WIRE_H

#include "rows.h"

typedef int (*cbor_entry)(void *ctx, FfiCallback cb, void *user_data, const uint8_t *req, size_t req_len);

typedef struct wire_row {
    const char *function;
    cbor_entry entry;
    const char *request;
    const char *text;
} wire_row;

#define WIRE_ENTRY(function, request, text) {#function, function##_cbor, request, text},

static inline int digit(char of)
{
    return of <= '9' ? of - '0' : of - 'a' + 10;
}

/* The bytes of a request that is written as hexadecimal with 'text' between, of exactly their size, so
 * that a sanitizer sees who reads past them. */
static inline uint8_t *bytes_of(const char *written, size_t *len)
{
    uint8_t *bytes = (uint8_t *)malloc(strlen(written) + 1), *exact;
    const char *at = written;
    *len = 0;
    while (*at) {
        if (*at == ' ') {
            at++;
        } else if (*at == '\'') {
            for (at++; *at != '\''; at++) {
                bytes[(*len)++] = (uint8_t)*at;
                if (at[1] == '\0') {
                    break;
                }
            }
            at++;
        } else {
            bytes[(*len)++] = (uint8_t)(digit(at[0]) * 16 + digit(at[1]));
            at += 2;
        }
    }
    exact = (uint8_t *)malloc(*len ? *len : 1);
    memcpy(exact, bytes, *len);
    free(bytes);
    return exact;
}

static inline void judge_wire_rows(void *ctx, const wire_row *rows, size_t count)
{
    size_t i, len;
    for (i = 0; i < count; i++) {
        uint8_t *bytes = bytes_of(rows[i].request, &len);
        char text[512], name[512];
        int by_name;
        snprintf(text, sizeof text, "%s: %s", rows[i].function, rows[i].text ? rows[i].text : "");
        snprintf(name, sizeof name, "%s(%s)", rows[i].function, rows[i].request);
        for (by_name = 0; by_name < 2; by_name++) {
            call it;
            int returned;
            call_begin(&it, NULL, NULL);
            returned = by_name ? every_ffi_call_cbor(ctx, rows[i].function, row_fired, &it, bytes, len)
                               : rows[i].entry(ctx, row_fired, &it, bytes, len);
            judge(ctx, name, returned, 0, &it, rows[i].text ? text : NULL);
        }
        free(bytes);
        rows_judged++;
    }
}

/* One request that must be answered with an error of its function, or, where `may_succeed`, with a result. */
static inline void refuse(void *ctx, const char *function, cbor_entry entry, const uint8_t *bytes, size_t len, int may_succeed)
{
    call it;
    int ret;
    char text[64];
    call_begin(&it, NULL, NULL);
    ret = entry(ctx, row_fired, &it, bytes, len);
    told(ret == 0, function, "the return value", it.text, "accepted");
    ret = call_end(&it);
    if (ret == RET_OK) {
        told(may_succeed, function, "the code", "a result", "an error");
        return;
    }
    snprintf(text, sizeof text, "%s: *", function);
    told(is_worded(it.text, text), function, "the text", it.text, text);
}

#endif
