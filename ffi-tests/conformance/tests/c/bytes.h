/* Bytes of either path, and whether they are what they should be. */
#ifndef BYTES_H
#define BYTES_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition) check((condition) != 0, #condition, __LINE__)

static int failed;
static const char *at = "";

static void check(int holds, const char *what, int line)
{
    if (!holds) {
        failed++;
        fprintf(stderr, "%s (line %d): does not hold: %s\n", at, line, what);
    }
}

static float f32_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double f64_of(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Bytes of either path, and what came of a call. */
typedef struct bytes {
    uint8_t *data;
    size_t len;
} bytes;

static bytes bytes_of(const void *data, size_t len)
{
    bytes copy;
    copy.data = (uint8_t *)malloc(len ? len : 1);
    copy.len = len;
    memcpy(copy.data, data, len);
    return copy;
}

static bytes unhex(const char *digits)
{
    bytes out;
    size_t i;
    unsigned byte;
    out.len = strlen(digits) / 2;
    out.data = (uint8_t *)malloc(out.len ? out.len : 1);
    for (i = 0; i < out.len; i++) {
        sscanf(digits + 2 * i, "%2x", &byte);
        out.data[i] = (uint8_t)byte;
    }
    return out;
}

static int is_hex(const void *data, size_t len, const char *digits)
{
    bytes expected = unhex(digits);
    int same = len == expected.len && memcmp(data, expected.data, len) == 0;
    free(expected.data);
    return same;
}

#endif
