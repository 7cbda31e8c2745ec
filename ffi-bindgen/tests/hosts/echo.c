/*
 * Reads lines `function hex` from the file named by the first argument. Reads each hex as the
 * function's response, or for `on_...` as the event's message, and prints `fault N`, or the
 * request that the value makes; for `name` the message's event; for `room` how many bytes of memory were
 * taken for a response of `all_give_Many`.
 *
 * Buffers are exactly as large as their contents, so that a sanitizer sees any step beyond.
 */
#include <stdlib.h>

static size_t taken;

static void *counted(size_t count, size_t size)
{
    taken += count * size;
    return calloc(count, size);
}

/* What the header takes is counted. */
#define calloc counted
/* No function is called here, and names of functions are put together. */
#define ALL_NO_ABI_CHECK
#include "all.h"
#include <stdio.h>

static unsigned digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static uint8_t *bytes_of(const char *hex, size_t *len)
{
    uint8_t *bytes;
    size_t i;
    *len = strlen(hex) / 2;
    bytes = (uint8_t *)malloc(*len ? *len : 1);
    for (i = 0; i < *len; i++) {
        bytes[i] = (uint8_t)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
    }
    return bytes;
}

static void print(const uint8_t *bytes, size_t len)
{
    size_t i;
    for (i = 0; i < len; i++) {
        printf("%02x", (unsigned)bytes[i]);
    }
    printf("\n");
}

/* Every capacity below the size gives the size, and the part that fits. */
#define PRINT_REQUEST(name, value)                                          \
    do {                                                                    \
        size_t size = name##_request(NULL, 0, value);                       \
        size_t cap = size < 16 ? 0 : size - 16;                             \
        for (; cap <= size; cap++) {                                        \
            uint8_t *request = (uint8_t *)malloc(cap ? cap : 1);            \
            if (name##_request(request, cap, value) != size) {              \
                abort();                                                    \
            }                                                               \
            if (cap == size) {                                              \
                print(request, size);                                       \
            }                                                               \
            free(request);                                                  \
        }                                                                   \
    } while (0)

#define GIVE(type, c_type) GIVE_AS(type, c_type, value)

/* What is given by a pointer to it. */
#define LEND(type, c_type) GIVE_AS(type, c_type, &value)

#define GIVE_AS(type, c_type, given)                                        \
    TAKE("all_give_" #type, all_give_##type, all_give_##type##_response, c_type, given) \
    TAKE("on_" #type, all_give_##type, all_on_##type##_event, c_type, given)

#define TAKE(called, name, read, type, given)                               \
    if (!strcmp(function, called)) {                                        \
        type value;                                                         \
        all_cbor_arena arena = {NULL};                                      \
        int fault = read(bytes, len, &value, &arena);                       \
        if (fault) {                                                        \
            printf("fault %d\n", fault);                                    \
        } else {                                                            \
            PRINT_REQUEST(name, given);                                     \
        }                                                                   \
        all_cbor_arena_free(&arena);                                        \
        return;                                                             \
    }

static void echo(const char *function, const uint8_t *bytes, size_t len)
{
    GIVE(i8, int8_t)
    GIVE(i16, int16_t)
    GIVE(i32, int32_t)
    GIVE(i64, int64_t)
    GIVE(u8, uint8_t)
    GIVE(u16, uint16_t)
    GIVE(u32, uint32_t)
    GIVE(u64, uint64_t)
    GIVE(isize, ptrdiff_t)
    GIVE(usize, size_t)
    GIVE(f32, float)
    GIVE(f64, double)
    GIVE(bool, int)
    GIVE(char, uint32_t)
    GIVE(text, all_text)
    GIVE(blob, all_bytes)
    GIVE(mode, all_Mode)
    GIVE(All, all_All)
    GIVE(Many, all_Many)
    GIVE(Maybe, all_Maybe)
    GIVE(Empty, all_Empty)
    GIVE(Tree, all_Tree)
    GIVE(Chain, all_Chain)
    LEND(Block, all_Block)
    GIVE(list, all_list_option_Mode)
    GIVE(option, all_option_box_string)
    GIVE(box, const all_Chain *)
    GIVE(Held, all_Held)
    GIVE(map, all_map2_string_i8)
    GIVE(map_pair, all_map2_tuple2_i8_i8_option_bool)
    GIVE(set, all_set_u8)
    GIVE(set_text, all_set_string)
    GIVE(tuple, all_tuple2_i8_option_char)
    GIVE(array, all_array2_i8)
    GIVE(array_bytes, all_array2_u8)
    GIVE(duration, all_duration)
    GIVE(time, all_time)
    GIVE(i128, all_i128)
    GIVE(u128, all_u128)
    GIVE(path, all_text)
    GIVE(ip_addr, all_text)
    GIVE(socket_addr, all_text)
    if (!strcmp(function, "name")) {
        const char *name = all_event_name(bytes, len);
        printf("%s\n", name ? name : "none");
        return;
    }
    if (!strcmp(function, "room")) {
        all_Many value;
        all_cbor_arena arena = {NULL};
        taken = 0;
        (void)all_give_Many_response(bytes, len, &value, &arena);
        all_cbor_arena_free(&arena);
        printf("%lu\n", (unsigned long)taken);
        return;
    }
    if (!strcmp(function, "on_nothing")) {
        printf("fault %d\n", all_on_nothing_event(bytes, len));
        return;
    }
    if (!strcmp(function, "all_nothing")) {
        printf("fault %d\n", all_nothing_response(bytes, len));
        return;
    }
    abort();
}

int main(int argc, char **argv)
{
    static char line[1 << 20];
    FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;
    if (!file) {
        return 1;
    }
    while (fgets(line, sizeof line, file)) {
        char *hex = strchr(line, ' ');
        size_t len;
        uint8_t *bytes;
        line[strcspn(line, "\n")] = 0;
        *hex++ = 0;
        bytes = bytes_of(hex, &len);
        echo(line, bytes, len);
        free(bytes);
    }
    fclose(file);
    return 0;
}
