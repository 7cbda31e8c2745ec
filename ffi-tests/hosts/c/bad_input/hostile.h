/* Requests that are made, not written: cut at every byte, of any claimed length at any depth, nested
 * without end, and a megabyte of anything. */
#ifndef HOSTILE_H
#define HOSTILE_H

#include "wire.h"

/* A request that grows. */
typedef struct stream {
    uint8_t *bytes;
    size_t len;
    size_t room;
} stream;

static inline void put(stream *to, const void *bytes, size_t len)
{
    if (to->len + len > to->room) {
        to->room = (to->len + len) * 2;
        to->bytes = (uint8_t *)realloc(to->bytes, to->room);
    }
    memcpy(to->bytes + to->len, bytes, len);
    to->len += len;
}

static inline void put_written(stream *to, const char *written)
{
    size_t len;
    uint8_t *bytes = bytes_of(written, &len);
    put(to, bytes, len);
    free(bytes);
}

static inline void put_times(stream *to, const char *written, size_t times)
{
    size_t i, len;
    uint8_t *bytes = bytes_of(written, &len);
    for (i = 0; i < times; i++) {
        put(to, bytes, len);
    }
    free(bytes);
}

static inline void clear(stream *it)
{
    free(it->bytes);
    memset(it, 0, sizeof *it);
}

/* The struct with every type, full, cut at every byte: each time an error, and never read past. */
static void cut_at_every_byte(void *ctx)
{
    every_Everything value = sample_full();
    size_t len;
    REQUEST(whole, every_echo_request(buf, cap, value));
    for (len = 0; len < whole_len; len++) {
        uint8_t *cut = (uint8_t *)malloc(len ? len : 1);
        memcpy(cut, whole, len);
        refuse(ctx, "every_echo", every_echo_cbor, cut, len, 0);
        free(cut);
    }
    refuse(ctx, "every_echo", every_echo_cbor, whole, whole_len, 1);
    CHECK(whole_len > 1000);
    free(whole);
    good_requests(ctx);
}

/* Heads of every kind that claim more than there is, inside of nothing and of up to 70 arrays or maps, in what is
 * read and in what is ignored. */
static void claims_at_every_depth(void *ctx)
{
    static const char *const claims[] = {"ffffffffffffffff", "8000000000000000", "7fffffffffffffff", "0000000100000000"};
    static const char *const kinds[] = {"5b", "7b", "9b", "bb"};
    static const char *const wraps[] = {"81", "9f", "a1 01", "bf 01"};
    size_t depth, claim, kind, wrap;
    stream it = {NULL, 0, 0};
    for (depth = 0; depth <= 70; depth++) {
        for (claim = 0; claim < COUNT_OF(claims) * COUNT_OF(kinds); claim++) {
            kind = claim % COUNT_OF(kinds);
            wrap = (claim / COUNT_OF(kinds) + depth) % COUNT_OF(wraps);
            clear(&it);
            put_written(&it, "a2 65'value' 01 61'x'");
            put_times(&it, wraps[wrap], depth);
            put_written(&it, kinds[kind]);
            put_written(&it, claims[claim / COUNT_OF(kinds)]);
            refuse(ctx, "every_give_i32", every_give_i32_cbor, it.bytes, it.len, 0);
            clear(&it);
            put_written(&it, "a1 65'value'");
            put_times(&it, "a2 65'value' 01 68'children' 81", depth / 2);
            put_written(&it, depth % 2 ? "a2 65'value' 01 68'children'" : "");
            put_written(&it, kinds[kind]);
            put_written(&it, claims[claim / COUNT_OF(kinds)]);
            refuse(ctx, "every_give_tree", every_give_tree_cbor, it.bytes, it.len, 0);
        }
    }
    clear(&it);
    good_requests(ctx);
}

/* A hundred thousand levels, in what is read and in what is ignored. */
static void nested_without_end(void *ctx)
{
    static const char *const opens[] = {"81", "9f", "a1 01", "bf 01", "a1", "bf", "c1", "d9d9f7", "82", "5f", "7f"};
    size_t i;
    call made;
    stream it = {NULL, 0, 0};
    for (i = 0; i < COUNT_OF(opens); i++) {
        clear(&it);
        put_written(&it, "a2 65'value' 01 61'x'");
        put_times(&it, opens[i], 100000);
        refuse(ctx, "every_give_i32", every_give_i32_cbor, it.bytes, it.len, 0);
        clear(&it);
        put_written(&it, "a1 65'value'");
        put_times(&it, opens[i], 100000);
        refuse(ctx, "every_give_list_list", every_give_list_list_cbor, it.bytes, it.len, 0);
        call_begin(&made, NULL, NULL);
        CHECK(every_create_cbor(it.bytes, it.len, row_fired, &made) == NULL);
        CHECK(call_end(&made) == RET_ERR && is_worded(made.text, "every_create: *"));
    }
    clear(&it);
    put_written(&it, "a1 65'value'");
    put_times(&it, "a2 65'value' 01 68'children' 81", 100000);
    refuse(ctx, "every_give_tree", every_give_tree_cbor, it.bytes, it.len, 0);
    clear(&it);
    put_written(&it, "a1 65'value'");
    put_times(&it, "a2 65'value' 01 64'next'", 100000);
    refuse(ctx, "every_give_link", every_give_link_cbor, it.bytes, it.len, 0);
    clear(&it);
    good_requests(ctx);
}

/* A megabyte of one pattern, wherever a value may stand. */
static void megabytes(void *ctx, size_t size)
{
    static const char *const patterns[] = {
        "00", "18", "20", "40", "41", "5f", "60", "61", "7f", "80", "81", "82", "9f", "a0", "a1", "bf", "c0", "c2",
        "d8", "e0", "f4", "f6", "f7", "f8", "f9", "fb", "ff", "9f ff", "bf ff", "81 a1", "a1 81", "9f 9f ff", "bf 61'x' 01",
        "5f 40", "5f 41 00 ff", "7f 60", "7f 61'a' ff", "c1 81", "c2 40", "db", "9a 00 01 00 00", "61 80", "62 c3 28"};
    static const char *const places[] = {"", "a1 65'value'", "a2 65'value' 01 61'x'", "a1 65'value' 9f", "bf", "bf 65'value' 01"};
    static const struct {
        const char *name;
        cbor_entry entry;
    } functions[] = {{"every_give_i32", every_give_i32_cbor},
                     {"every_give_string", every_give_string_cbor},
                     {"every_give_bytes", every_give_bytes_cbor},
                     {"every_give_list_option", every_give_list_option_cbor},
                     {"every_give_list_list", every_give_list_list_cbor},
                     {"every_give_tree", every_give_tree_cbor},
                     {"every_echo_list", every_echo_list_cbor}};
    size_t pattern, place, function = 0;
    stream it = {NULL, 0, 0};
    for (pattern = 0; pattern < COUNT_OF(patterns); pattern++) {
        for (place = 0; place < COUNT_OF(places); place++) {
            size_t len;
            clear(&it);
            free(bytes_of(patterns[pattern], &len));
            put_written(&it, places[place]);
            put_times(&it, patterns[pattern], (size - it.len) / len);
            function = (function + 1) % COUNT_OF(functions);
            refuse(ctx, functions[function].name, functions[function].entry, it.bytes, it.len, 1);
        }
    }
    clear(&it);
    good_requests(ctx);
}

/* Requests whose values take more than the library's eight megabytes; what is charged is freed. */
static void over_the_budget(void *ctx)
{
    static const struct {
        const char *name;
        cbor_entry entry;
        const char *item;
        size_t count;
    } rows[] = {{"every_give_list_list", every_give_list_list_cbor, "80", 500000},
                {"every_give_list_option", every_give_list_option_cbor, "f6", 500000},
                {"every_give_list_string", every_give_list_string_cbor, "60", 500000},
                {"every_give_list_point", every_give_list_point_cbor, "a1 61'x' 00", 500000},
                {"every_give_list_list", every_give_list_list_cbor, "9f 01 ff", 400000}};
    /* Half as many bytes each where pointers are half as long. */
    const size_t times = 8 / sizeof(void *);
    stream it = {NULL, 0, 0};
    size_t row;
    for (row = 0; row < 2 * COUNT_OF(rows); row++) {
        call one;
        char text[128];
        const size_t of = row / 2;
        clear(&it);
        put_written(&it, row % 2 ? "a1 65'value' 9f" : "a1 65'value' 9a");
        if (row % 2 == 0) {
            uint8_t count[4];
            count[0] = 0;
            count[1] = (uint8_t)(times * rows[of].count >> 16);
            count[2] = (uint8_t)(times * rows[of].count >> 8);
            count[3] = (uint8_t)(times * rows[of].count);
            put(&it, count, 4);
        }
        put_times(&it, rows[of].item, times * rows[of].count);
        put_written(&it, row % 2 ? "ff" : "");
        snprintf(text, sizeof text, "%s: value*: the request decodes to more than the limit of 8388608 bytes", rows[of].name);
        call_begin(&one, NULL, NULL);
        judge(ctx, rows[of].name, rows[of].entry(ctx, row_fired, &one, it.bytes, it.len), 0, &one, text);
    }
#if UINTPTR_MAX > UINT32_MAX
    /* A type that contains itself, as wide as a request can be. */
    clear(&it);
    put_written(&it, "a1 65'value' a2 65'value' 00 68'children' 9f");
    put_times(&it, "a2 65'value' 00 68'children' 9f a2 65'value' 00 68'children' 80 ff", 110000);
    put_written(&it, "ff");
    {
        call one;
        call_begin(&one, NULL, NULL);
        judge(ctx, "a wide tree", every_give_tree_cbor(ctx, row_fired, &one, it.bytes, it.len), 0, &one,
              "every_give_tree: value.children*: the request decodes to more than the limit of 8388608 bytes");
    }
#endif
    clear(&it);
}

#endif
