/* A race between the library's thread and this one: the answer is read without a lock. The
 * sanitizer must see it, or it would see no race of the library's either. */
#include "every.h"

#include <stdio.h>
#include <unistd.h>

static int answers;

static void on_answer(int ret, const char *msg, size_t len, void *user_data)
{
    (void)ret;
    (void)msg;
    (void)len;
    (void)user_data;
    answers++;
}

int main(void)
{
    every_Config config = {EVERY_TEXT("racy"), {0, {NULL, 0}}, 0};
    void *ctx = every_create(config, on_answer, NULL);
    every_nothing(ctx, on_answer, NULL);
    usleep(100000);
    printf("racy: %d answers\n", answers);
    every_destroy(ctx);
    return 0;
}
