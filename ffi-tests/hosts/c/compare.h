/* Compares two values field by field, whichever path they came by. */
#ifndef COMPARE_H
#define COMPARE_H

#include "host.h"

/* Bits, so that NaN equals itself and zero has a sign. */
static inline int same_f64(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static inline int same_f32(float a, float b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* `a` came back from the library, so it is somewhere and a NUL follows it; `b` was sent and need not be so. */
static inline int same_text(every_text a, every_text b)
{
    return a.ptr && a.ptr[a.len] == '\0' && a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline int same_bytes(every_bytes a, every_bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline int same_bool(int a, int b)
{
    return (a != 0) == (b != 0);
}

static inline int same_point(const every_Point *a, const every_Point *b)
{
    return same_f64(a->x, b->x) && same_bool(a->y.present, b->y.present)
        && (!a->y.present || same_f64(a->y.value, b->y.value));
}

static inline int same_money(const every_Money *a, const every_Money *b)
{
    return a->cents == b->cents && a->currency == b->currency;
}

static inline int same_keywords(const every_Keywords *a, const every_Keywords *b)
{
    return a->type == b->type && a->struct_ == b->struct_ && a->class_ == b->class_ && a->int_ == b->int_
        && a->new_ == b->new_ && a->linux_ == b->linux_ && a->errno_ == b->errno_ && a->otherName == b->otherName;
}

static inline int same_tree(const every_Tree *a, const every_Tree *b)
{
    size_t i;
    int same = a->value == b->value && a->children.len == b->children.len;
    for (i = 0; same && i < a->children.len; i++) {
        same = same_tree(&a->children.ptr[i], &b->children.ptr[i]);
    }
    return same;
}

static inline int same_link(const every_Link *a, const every_Link *b)
{
    return a->value == b->value && same_bool(a->next.present, b->next.present)
        && (!a->next.present || same_link(a->next.value, b->next.value));
}

#define IS(condition) CHECK(condition)

/* A scalar field. */
#define FIELD(name) IS(a->name == b->name)

/* A list, its elements compared by `same`, which sees them as a->name.ptr[i]. */
#define LIST(name, same)                                                                   \
    do {                                                                                   \
        size_t i;                                                                          \
        IS(a->name.len == b->name.len);                                                    \
        IS((a->name.ptr == NULL) == (a->name.len == 0));                                   \
        for (i = 0; i < a->name.len && i < b->name.len; i++) {                             \
            if (!(same)) {                                                                 \
                IS(!"an element of " #name " differs");                                    \
                break;                                                                     \
            }                                                                              \
        }                                                                                  \
    } while (0)

/* An option, its value compared by `same`. */
#define OPTION(name, same)                                                                 \
    do {                                                                                   \
        IS(a->name.present == 0 || a->name.present == 1);                                  \
        IS(same_bool(a->name.present, b->name.present));                                   \
        if (a->name.present && b->name.present) {                                          \
            IS(same);                                                                      \
        }                                                                                  \
    } while (0)

/* `a` came back from the library, `b` is what was sent. */
static inline void compare_everything(const every_Everything *a, const every_Everything *b)
{
    FIELD(byte);
    FIELD(i8);
    FIELD(i16);
    FIELD(i32);
    FIELD(i64);
    FIELD(u16);
    FIELD(u32);
    FIELD(u64);
    FIELD(isize);
    FIELD(usize);
    IS(same_f32(a->f32, b->f32));
    IS(same_f64(a->f64, b->f64));
    IS(a->bool_ == 0 || a->bool_ == 1);
    IS(same_bool(a->bool_, b->bool_));
    FIELD(char_);
    IS(same_text(a->string, b->string));
    IS(same_bytes(a->bytes, b->bytes));
    FIELD(level);
    IS(same_point(&a->point, &b->point));
    IS(a->empty.empty_ == 0);
    IS(same_money(&a->money, &b->money));
    IS(same_keywords(&a->keywords, &b->keywords));
    LIST(temperatures, same_f32(a->temperatures.ptr[i], b->temperatures.ptr[i]));
    LIST(list_i8, a->list_i8.ptr[i] == b->list_i8.ptr[i]);
    LIST(list_i64, a->list_i64.ptr[i] == b->list_i64.ptr[i]);
    LIST(list_f64, same_f64(a->list_f64.ptr[i], b->list_f64.ptr[i]));
    LIST(list_bool, same_bool(a->list_bool.ptr[i], b->list_bool.ptr[i]));
    LIST(list_char, a->list_char.ptr[i] == b->list_char.ptr[i]);
    LIST(list_string, same_text(a->list_string.ptr[i], b->list_string.ptr[i]));
    LIST(list_bytes, same_bytes(a->list_bytes.ptr[i], b->list_bytes.ptr[i]));
    LIST(list_level, a->list_level.ptr[i] == b->list_level.ptr[i]);
    LIST(list_point, same_point(&a->list_point.ptr[i], &b->list_point.ptr[i]));
    LIST(list_empty, a->list_empty.ptr[i].empty_ == 0);
    LIST(list_list, a->list_list.ptr[i].len == b->list_list.ptr[i].len
        && (a->list_list.ptr[i].len == 0
            || memcmp(a->list_list.ptr[i].ptr, b->list_list.ptr[i].ptr, a->list_list.ptr[i].len * sizeof(int32_t)) == 0));
    LIST(list_option, same_bool(a->list_option.ptr[i].present, b->list_option.ptr[i].present)
        && (!b->list_option.ptr[i].present || a->list_option.ptr[i].value == b->list_option.ptr[i].value));
    LIST(list_option_string, same_bool(a->list_option_string.ptr[i].present, b->list_option_string.ptr[i].present)
        && (!b->list_option_string.ptr[i].present
            || same_text(a->list_option_string.ptr[i].value, b->list_option_string.ptr[i].value)));
    LIST(list_box, *a->list_box.ptr[i] == *b->list_box.ptr[i]);
    OPTION(option_i64, a->option_i64.value == b->option_i64.value);
    OPTION(option_byte, a->option_byte.value == b->option_byte.value);
    OPTION(option_f64, same_f64(a->option_f64.value, b->option_f64.value));
    OPTION(option_bool, same_bool(a->option_bool.value, b->option_bool.value));
    OPTION(option_char, a->option_char.value == b->option_char.value);
    OPTION(option_string, same_text(a->option_string.value, b->option_string.value));
    OPTION(option_bytes, same_bytes(a->option_bytes.value, b->option_bytes.value));
    OPTION(option_level, a->option_level.value == b->option_level.value);
    OPTION(option_point, same_point(&a->option_point.value, &b->option_point.value));
    OPTION(option_list, a->option_list.value.len == b->option_list.value.len);
    if (b->option_list.present) {
        LIST(option_list.value, same_text(a->option_list.value.ptr[i], b->option_list.value.ptr[i]));
    }
    OPTION(option_list_option, a->option_list_option.value.len == b->option_list_option.value.len);
    if (b->option_list_option.present) {
        LIST(option_list_option.value,
             same_bool(a->option_list_option.value.ptr[i].present, b->option_list_option.value.ptr[i].present)
                 && (!b->option_list_option.value.ptr[i].present
                     || a->option_list_option.value.ptr[i].value == b->option_list_option.value.ptr[i].value));
    }
    OPTION(option_box, same_point(a->option_box.value, b->option_box.value));
    IS(*a->box_i32 == *b->box_i32);
    IS(same_text(*a->box_string, *b->box_string));
    IS(a->box_list->len == b->box_list->len);
    if (b->box_list->len) {
        IS(same_point(&a->box_list->ptr[b->box_list->len - 1], &b->box_list->ptr[b->box_list->len - 1]));
    }
    IS(same_bool(a->box_option->present, b->box_option->present));
    IS(!b->box_option->present || a->box_option->value == b->box_option->value);
    IS(**a->box_box == **b->box_box);
    IS(same_tree(&a->tree, &b->tree));
    IS(same_link(&a->link, &b->link));
}

#endif
