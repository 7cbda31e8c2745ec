/* Three entry points that newer compilers call and gcc's ThreadSanitizer does not have yet. It
 * watches the functions they stand for. */
#include <string.h>

void *__tsan_memset(void *to, int byte, size_t len)
{
    return memset(to, byte, len);
}

void *__tsan_memcpy(void *to, const void *from, size_t len)
{
    return memcpy(to, from, len);
}

void *__tsan_memmove(void *to, const void *from, size_t len)
{
    return memmove(to, from, len);
}
