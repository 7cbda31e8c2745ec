/* What rows give: pointers that are off, and text, trees and links of any length. */
#ifndef VALUES_H
#define VALUES_H

#include "rows.h"

/* The empty text without an address, which is one as good as any. */
#define NO_TEXT ((every_text){NULL, 0})

/* A pointer that is off every alignment of two or more by so many bytes. */
static void *off(size_t bytes)
{
    static union {
        double align;
        char bytes[64];
    } memory;
    return memory.bytes + bytes;
}

/* A text of this length, with nothing behind it; the one before is no more. */
static every_text text_of(size_t len)
{
    static char *bytes;
    every_text text;
    free(bytes);
    bytes = (char *)malloc(len ? len : 1);
    memset(bytes, 'x', len);
    text.ptr = bytes;
    text.len = len;
    return text;
}

/* The same as bytes. */
static every_bytes bytes_of_length(size_t len)
{
    every_bytes bytes;
    bytes.ptr = (uint8_t *)(uintptr_t)text_of(len).ptr;
    bytes.len = len;
    return bytes;
}

/* A tree of so many trees, each but the last with one child: two levels a tree. */
static every_Tree trees_of(size_t count)
{
    static every_Tree chain[100000];
    size_t i;
    memset(chain, 0, sizeof chain);
    for (i = 0; i + 1 < count; i++) {
        chain[i].children.ptr = &chain[i + 1];
        chain[i].children.len = 1;
    }
    return chain[0];
}

/* A rule in so many variants less one, each of them a level. */
static const every_Block *quotes_of(size_t levels)
{
    static every_Block chain[100];
    size_t i;
    memset(chain, 0, sizeof chain);
    for (i = 0; i + 1 < levels; i++) {
        chain[i].tag = every_Block_Quote;
        chain[i].value.Quote = &chain[i + 1];
    }
    return chain;
}

/* A quote of itself. */
static const every_Block *quotes_in_a_ring(void)
{
    static every_Block ring;
    ring.tag = every_Block_Quote;
    ring.value.Quote = &ring;
    return &ring;
}

/* So many headings, the last without children: two levels each, the variant and the list. */
static const every_Block *headings_of(size_t count)
{
    static every_Block chain[100];
    size_t i;
    memset(chain, 0, sizeof chain);
    for (i = 0; i < count; i++) {
        chain[i].tag = every_Block_Heading;
        chain[i].value.Heading.children.ptr = &chain[i + 1];
        chain[i].value.Heading.children.len = i + 1 < count ? 1 : 0;
    }
    return chain;
}

static every_Link links_of(size_t count)
{
    static every_Link chain[100000];
    size_t i;
    memset(chain, 0, sizeof chain);
    for (i = 0; i + 1 < count; i++) {
        SOME(chain[i].next, &chain[i + 1]);
    }
    return chain[0];
}

#endif
