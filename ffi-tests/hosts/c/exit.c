/* A process may exit while contexts are alive and handlers run. */
#include "host.h"

int main(void)
{
    static call calls[3];
    void *ctx = host_create();
    void *other = host_create();
    call_begin(&calls[0], NULL, NULL);
    CHECK(every_sleep(ctx, call_fired, &calls[0], 60000) == 0);
    call_begin(&calls[1], NULL, NULL);
    CHECK(every_block(other, call_fired, &calls[1], 60000) == 0);
    call_begin(&calls[2], NULL, NULL);
    CHECK(every_nothing(other, call_fired, &calls[2]) == 0);
    return host_end("exit");
}
