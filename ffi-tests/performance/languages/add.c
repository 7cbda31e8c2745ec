/* The cheapest foreign call: what every language's calls are compared with. */
#include <stdint.h>

int32_t add(int32_t a, int32_t b);

int32_t add(int32_t a, int32_t b)
{
    return (int32_t)((uint32_t)a + (uint32_t)b);
}
