/* The host's memory is read during the call and not after it: here it is overwritten and freed as
 * soon as the call returns, while the worker has not begun with it. */
#include "host.h"

#define WORDS 3
#define NUMBERS 1000

static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t released = PTHREAD_COND_INITIALIZER;
static int is_held = 1;

/* Keeps the worker from all that comes later. */
static void hold(int ret, const char *msg, size_t len, void *user_data)
{
    (void)ret, (void)msg, (void)len, (void)user_data;
    pthread_mutex_lock(&held);
    while (is_held) {
        pthread_cond_wait(&released, &held);
    }
    pthread_mutex_unlock(&held);
}

/* Where a name lies until its call returns. */
static char *name_of(const char *letters)
{
    size_t len = strlen(letters);
    char *name = (char *)malloc(len + 1);
    memcpy(name, letters, len + 1);
    return name;
}

/* Where a text lies until its call returns: in memory of just its length. */
static every_text text_of(const char *words)
{
    every_text text = every_text_of(words);
    char *bytes = (char *)malloc(text.len ? text.len : 1);
    memcpy(bytes, words, text.len);
    text.ptr = bytes;
    return text;
}

/* Written byte by byte where a compiler may not leave it out, as it would before memory is freed. */
static void scribble(void *memory, size_t len)
{
    volatile uint8_t *bytes = (volatile uint8_t *)memory;
    while (len--) {
        bytes[len] = 0x5a;
    }
    free(memory);
}

static void is_text(const char *msg, size_t len, const void *expected)
{
    CHECK(len == strlen((const char *)expected));
    CHECK(memcmp(msg, expected, len) == 0);
}

static void is_words(const char *msg, size_t len, const void *expected)
{
    const every_list_string *list = (const every_list_string *)(const void *)msg;
    const char *const *words = (const char *const *)expected;
    size_t i;
    CHECK(len == sizeof *list);
    CHECK(list->len == WORDS);
    for (i = 0; i < list->len; i++) {
        CHECK(says(list->ptr[i], words[i]));
    }
}

static void is_numbers(const char *msg, size_t len, const void *expected)
{
    const every_list_i32 *list = (const every_list_i32 *)(const void *)msg;
    size_t i;
    (void)expected;
    CHECK(len == sizeof *list);
    CHECK(list->len == NUMBERS);
    for (i = 0; i < list->len; i++) {
        CHECK(list->ptr[i] == (int32_t)i);
    }
}

static void is_point(const char *msg, size_t len, const void *expected)
{
    const every_Point *point = *(const every_Point *const *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof point);
    CHECK(point->x == 1.5 && point->y.present == 1 && point->y.value == 2.5);
}

static void is_tree(const char *msg, size_t len, const void *expected)
{
    const every_Tree *tree = (const every_Tree *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *tree);
    CHECK(tree->value == 1 && tree->children.len == 1);
    CHECK(tree->children.ptr[0].value == 2 && tree->children.ptr[0].children.len == 0);
}

static void give_words(void *ctx, call *it, const char *const *words)
{
    every_list_string list;
    size_t i;
    list.len = WORDS;
    list.ptr = (every_text *)malloc(WORDS * sizeof *list.ptr);
    for (i = 0; i < WORDS; i++) {
        list.ptr[i] = text_of(words[i]);
    }
    call_begin(it, is_words, words);
    CHECK(every_give_list_string(ctx, call_fired, it, list) == 0);
    for (i = 0; i < WORDS; i++) {
        scribble((void *)(uintptr_t)list.ptr[i].ptr, list.ptr[i].len);
    }
    scribble(list.ptr, WORDS * sizeof *list.ptr);
}

static void give_numbers(void *ctx, call *it)
{
    every_list_i32 list;
    size_t i;
    list.len = NUMBERS;
    list.ptr = (int32_t *)malloc(NUMBERS * sizeof *list.ptr);
    for (i = 0; i < NUMBERS; i++) {
        list.ptr[i] = (int32_t)i;
    }
    call_begin(it, is_numbers, NULL);
    CHECK(every_give_list_i32(ctx, call_fired, it, list) == 0);
    scribble(list.ptr, NUMBERS * sizeof *list.ptr);
}

static void give_point(void *ctx, call *it)
{
    every_Point *point = (every_Point *)calloc(1, sizeof *point);
    point->x = 1.5;
    point->y.present = 7;
    point->y.value = 2.5;
    call_begin(it, is_point, NULL);
    CHECK(every_give_box_point(ctx, call_fired, it, point) == 0);
    scribble(point, sizeof *point);
}

static void give_tree(void *ctx, call *it)
{
    every_Tree tree;
    every_Tree *leaf = (every_Tree *)calloc(1, sizeof *leaf);
    leaf->value = 2;
    tree.value = 1;
    tree.children.ptr = leaf;
    tree.children.len = 1;
    call_begin(it, is_tree, NULL);
    CHECK(every_give_tree(ctx, call_fired, it, tree) == 0);
    scribble(leaf, sizeof *leaf);
}

static void give_text_cbor(void *ctx, call *it, const char *by_name)
{
    static const char request[] = "\xa1\x65value\x6csome of text";
    uint8_t *bytes = (uint8_t *)malloc(sizeof request - 1);
    memcpy(bytes, request, sizeof request - 1);
    call_begin(it, is_text, "\x6csome of text");
    if (by_name) {
        char *name = name_of(by_name);
        CHECK(every_ffi_call_cbor(ctx, name, call_fired, it, bytes, sizeof request - 1) == 0);
        scribble(name, strlen(by_name) + 1);
    } else {
        CHECK(every_give_string_cbor(ctx, call_fired, it, bytes, sizeof request - 1) == 0);
    }
    scribble(bytes, sizeof request - 1);
}

int main(void)
{
    static const char *const words[WORDS] = {"one", "", "and a longer one that is not kept in place"};
    call calls[6];
    void *ctx = host_create();
    size_t i;
    CHECK(every_nothing(ctx, hold, NULL) == 0);
    give_words(ctx, &calls[0], words);
    give_numbers(ctx, &calls[1]);
    give_point(ctx, &calls[2]);
    give_tree(ctx, &calls[3]);
    give_text_cbor(ctx, &calls[4], NULL);
    give_text_cbor(ctx, &calls[5], "every_give_string");
    pthread_mutex_lock(&held);
    is_held = 0;
    pthread_cond_signal(&released);
    pthread_mutex_unlock(&held);
    for (i = 0; i < sizeof calls / sizeof *calls; i++) {
        CHECK(call_end(&calls[i]) == RET_OK);
    }
    CHECK(every_destroy(ctx) == 0);
    return host_end("borrowed");
}
