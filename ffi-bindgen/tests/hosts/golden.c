/* Prints requests made from C values, one a line: `0`, or the bytes in hex. */
#include "wire.h"
#include <stdio.h>

static void print(const uint8_t *bytes, size_t len)
{
    size_t i;
    if (!len) {
        printf("0");
    }
    for (i = 0; i < len; i++) {
        printf("%02x", (unsigned)bytes[i]);
    }
    printf("\n");
}

#define PRINT(function, ...) print(buffer, function##_request(buffer, sizeof buffer, __VA_ARGS__))

static void records(void)
{
    uint8_t buffer[256];
    uint8_t blob[] = {1, 2, 3};
    wire_Config config = {WIRE_TEXT("abc")};
    wire_Config unnamed = {{NULL, 0}};
    wire_Config odd = {WIRE_TEXT("a\0c")};
    wire_Echo echo = {WIRE_TEXT("hi"), 200};
    wire_Items none = {{NULL, 0}};
    wire_Blob some = {{NULL, 3}};
    wire_Label unlabeled = {{0, WIRE_TEXT("not read")}};
    wire_Label labeled = {{-1, wire_text_of("x")}};
    some.blob.ptr = blob;
    PRINT(wire_config, config);
    PRINT(wire_config, unnamed);
    PRINT(wire_config, odd);
    PRINT(wire_echo, echo);
    PRINT(wire_items, none);
    PRINT(wire_blob, some);
    PRINT(wire_label, unlabeled);
    PRINT(wire_label, labeled);
    PRINT(wire_two, WIRE_TEXT("a"), -1);
    print(buffer, wire_none_request(buffer, sizeof buffer));
}

static void faults(void)
{
    uint8_t buffer[1024];
    wire_Tree tree[65];
    wire_Tree loop = {{NULL, 1}};
    wire_Blob nothing = {{NULL, 1}};
    wire_Items nowhere = {{NULL, 1}};
    wire_Config untold = {{NULL, 1}};
    size_t i;
    for (i = 0; i < 65; i++) {
        tree[i].children.ptr = &tree[i + 1 < 65 ? i + 1 : 0];
        tree[i].children.len = i < 31;
    }
    loop.children.ptr = &loop;
    /* 32 trees in 32 lists are 64 levels; one tree more is too many. */
    PRINT(wire_tree, tree[0]);
    tree[31].children.len = 1;
    PRINT(wire_tree, tree[0]);
    PRINT(wire_tree, loop);
    PRINT(wire_mode, 7);
    PRINT(wire_letter, 0xd800);
    PRINT(wire_letter, 0x110000);
    PRINT(wire_box, NULL);
    PRINT(wire_blob, nothing);
    PRINT(wire_items, nowhere);
    PRINT(wire_config, untold);
}

static void floats(void)
{
    uint8_t buffer[64];
    const double values[] = {0.0, -0.0, 1.5, 65504.0, 65505.0, 5.960464477539063e-8, 2.9802322387695312e-8,
        6.097555160522461e-5, 100000.0, 3.4028234663852886e38, 1.401298464324817e-45, 7.006492321624085e-46, 0.1,
        1e300, 5e-324};
    size_t i;
    for (i = 0; i < sizeof values / sizeof values[0]; i++) {
        PRINT(wire_float, values[i]);
    }
}

int main(void)
{
    records();
    faults();
    floats();
    return 0;
}
