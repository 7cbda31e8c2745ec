/*
 * Reads lines `function hex` from the file named by the first argument. Reads each hex as the
 * function's response and prints `fault N`, or the request that the value makes.
 *
 * Buffers are exactly as large as their contents, so that a sanitizer sees any step beyond.
 */
#include "all.h"
#include <stdio.h>

static uint8_t *bytes_of(const char *hex, size_t *len)
{
    uint8_t *bytes;
    size_t i;
    unsigned byte = 0;
    *len = strlen(hex) / 2;
    bytes = (uint8_t *)malloc(*len ? *len : 1);
    for (i = 0; i < *len; i++) {
        if (sscanf(hex + 2 * i, "%2x", &byte) != 1) {
            abort();
        }
        bytes[i] = (uint8_t)byte;
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

#define GIVE(name, type)                                                    \
    if (!strcmp(function, #name)) {                                         \
        type value;                                                         \
        all_cbor_arena arena = {NULL};                                      \
        int fault = name##_response(bytes, len, &value, &arena);            \
        if (fault) {                                                        \
            printf("fault %d\n", fault);                                    \
        } else {                                                            \
            PRINT_REQUEST(name, value);                                     \
        }                                                                   \
        all_cbor_arena_free(&arena);                                        \
        return;                                                             \
    }

static void echo(const char *function, const uint8_t *bytes, size_t len)
{
    GIVE(all_give_i8, int8_t)
    GIVE(all_give_i16, int16_t)
    GIVE(all_give_i32, int32_t)
    GIVE(all_give_i64, int64_t)
    GIVE(all_give_u8, uint8_t)
    GIVE(all_give_u16, uint16_t)
    GIVE(all_give_u32, uint32_t)
    GIVE(all_give_u64, uint64_t)
    GIVE(all_give_isize, ptrdiff_t)
    GIVE(all_give_usize, size_t)
    GIVE(all_give_f32, float)
    GIVE(all_give_f64, double)
    GIVE(all_give_bool, int)
    GIVE(all_give_char, uint32_t)
    GIVE(all_give_text, const char *)
    GIVE(all_give_blob, all_bytes)
    GIVE(all_give_mode, all_Mode)
    GIVE(all_give_All, all_All)
    GIVE(all_give_Many, all_Many)
    GIVE(all_give_Maybe, all_Maybe)
    GIVE(all_give_Empty, all_Empty)
    GIVE(all_give_Tree, all_Tree)
    GIVE(all_give_Chain, all_Chain)
    GIVE(all_give_list, all_list_option_Mode)
    GIVE(all_give_option, all_option_box_string)
    GIVE(all_give_box, const all_Chain *)
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
