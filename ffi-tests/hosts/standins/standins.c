/* Files that are not what `load` wants: built with -DNAME=newer and a schema of its bytes, or without. */
#include <stddef.h>
#include <stdint.h>

#define JOIN(a, b) a##b
#define SYMBOL(name, rest) JOIN(name, rest)

int32_t add(int32_t a, int32_t b)
{
    return a + b;
}

#ifdef NAME
static const uint8_t bytes[] = {SCHEMA};

const uint8_t *SYMBOL(NAME, _ffi_schema)(size_t *len)
{
    *len = sizeof bytes;
    return bytes;
}

uint64_t SYMBOL(NAME, _ffi_abi_hash)(void)
{
    return 0;
}

const char *SYMBOL(NAME, _ffi_last_error)(void)
{
    return "\0";
}

int SYMBOL(NAME, _ffi_call_cbor)(void)
{
    return 1;
}
#endif
