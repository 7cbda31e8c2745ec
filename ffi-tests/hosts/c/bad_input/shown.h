/* What results with text in them are to be: their length says where they end, and a NUL is behind them. */
#ifndef SHOWN_H
#define SHOWN_H

#include "rows.h"

/* The literal's bytes, each NUL among them and the one behind them. */
#define IS_TEXT(got, got_len, literal) \
    ((got) != NULL && (got_len) == sizeof(literal) - 1 && memcmp((got), (literal), sizeof(literal)) == 0)

static void is_fine(const char *msg, size_t len, const void *expected)
{
    (void)expected;
    CHECK(IS_TEXT(msg, len, "fine"));
}

static void is_fine_with_a_nul(const char *msg, size_t len, const void *expected)
{
    (void)expected;
    CHECK(IS_TEXT(msg, len, "fine\0"));
}

static void is_empty(const char *msg, size_t len, const void *expected)
{
    (void)expected;
    CHECK(IS_TEXT(msg, len, ""));
}

static void is_text_with_a_nul(const char *msg, size_t len, const void *expected)
{
    (void)expected;
    CHECK(IS_TEXT(msg, len, "a\0" "b"));
}

static void is_texts_with_nuls(const char *msg, size_t len, const void *expected)
{
    const every_list_string *list = (const every_list_string *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *list && list->len == 4);
    CHECK(IS_TEXT(list->ptr[0].ptr, list->ptr[0].len, "\0"));
    CHECK(IS_TEXT(list->ptr[1].ptr, list->ptr[1].len, ""));
    CHECK(IS_TEXT(list->ptr[2].ptr, list->ptr[2].len, ""));
    CHECK(IS_TEXT(list->ptr[3].ptr, list->ptr[3].len, "a\0" "b"));
}

static void is_option_with_a_nul(const char *msg, size_t len, const void *expected)
{
    const every_option_string *option = (const every_option_string *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *option && option->present == 1);
    CHECK(IS_TEXT(option->value.ptr, option->value.len, "ab\0c"));
}

static void is_label_with_a_nul(const char *msg, size_t len, const void *expected)
{
    const every_Labelled *labelled = (const every_Labelled *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *labelled && IS_TEXT(labelled->label.ptr, labelled->label.len, "ab\0c"));
}

static void is_label_of_a_nul(const char *msg, size_t len, const void *expected)
{
    const every_Labelled *labelled = (const every_Labelled *)(const void *)msg;
    (void)expected;
    CHECK(len == sizeof *labelled && IS_TEXT(labelled->label.ptr, labelled->label.len, "\0"));
}

#endif
