/* Two libraries in one process, their headers in one file, both under load. */
#include "bound.h"
#include "my_timer.h"
#include "echo.h"
#include "my_timer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLS = 500 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int right_echoes;
static int right_shouts;
static int answers;
static int failures;

static void expect(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        failures++;
    }
}

static void answered(int *right, int is_right)
{
    pthread_mutex_lock(&lock);
    answers++;
    *right += is_right;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
}

static void on_echo(int ret, const char *msg, size_t len, void *user_data)
{
    const my_timer_EchoResponse *echo = (const my_timer_EchoResponse *)(const void *)msg;
    (void)user_data;
    answered(&right_echoes, ret == RET_OK && len == sizeof *echo && strcmp(echo->echoed, "hi") == 0
                                && strcmp(echo->timerName, "timer") == 0);
}

static void on_shout(int ret, const char *msg, size_t len, void *user_data)
{
    const echo_ShoutResponse *shout = (const echo_ShoutResponse *)(const void *)msg;
    (void)user_data;
    answered(&right_shouts, ret == RET_OK && len == sizeof *shout && strcmp(shout->shouted, "loud: HI \xc3\xbc") == 0
                                && strcmp(shout->prefix, "loud") == 0);
}

static void on_other(int ret, const char *msg, size_t len, void *user_data)
{
    (void)msg;
    (void)len;
    *(int *)user_data = ret;
    pthread_mutex_lock(&lock);
    answers++;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
}

/* Called on this thread, before the call returns. */
static void on_here(int ret, const char *msg, size_t len, void *user_data)
{
    (void)msg;
    (void)len;
    *(int *)user_data = ret;
}

static void wait_for(int count)
{
    pthread_mutex_lock(&lock);
    while (answers < count) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
}

static int mentions(const uint8_t *bytes, size_t len, const char *name)
{
    size_t size = strlen(name);
    size_t i;
    for (i = 0; i + size <= len; i++) {
        if (memcmp(bytes + i, name, size) == 0) {
            return 1;
        }
    }
    return 0;
}

static void each_describes_itself(void)
{
    size_t len;
    const uint8_t *schema = my_timer_schema(&len);
    expect(mentions(schema, len, "my_timer_echo"), "the timer lists its function");
    expect(!mentions(schema, len, "echo_shout"), "the timer lists no function of the echo");
    schema = echo_schema(&len);
    expect(mentions(schema, len, "echo_shout"), "the echo lists its function");
    expect(!mentions(schema, len, "my_timer_"), "the echo lists no function of the timer");
    expect(my_timer_abi_hash() != echo_abi_hash(), "the hashes differ");
    expect(my_timer_abi_check() == NULL && echo_abi_check() == NULL, "the headers fit");
}

int main(void)
{
    my_timer_TimerConfig timer_config = {"timer"};
    echo_EchoConfig echo_config = {"loud"};
    my_timer_EchoRequest echo_request = {"hi", 1};
    echo_ShoutRequest shout_request = {"hi \xc3\xbc"};
    int timer_ret = -1;
    int echo_ret = -1;
    int wrong_ret = -1;
    int i;
    void *timer = my_timer_create(timer_config, on_other, &timer_ret);
    void *echo = echo_create(echo_config, on_other, &echo_ret);
    wait_for(2);
    expect(timer_ret == RET_OK && echo_ret == RET_OK, "both are made");

    int here_ret = -1;
    expect(echo_is_loud('A') == 1 && echo_is_loud('a') == 0, "an export returns directly");
    expect(echo_upper(on_here, &here_ret, "hi") == 0 && here_ret == RET_OK, "a function needs no context");
    here_ret = -1;
    expect(echo_prefix(echo, on_here, &here_ret) == 0 && here_ret == RET_OK, "an inline method answers at once");
    expect(echo_prefix(timer, on_here, &here_ret) != 0 && here_ret == RET_ERR, "but with no other's handle");
    each_describes_itself();

    for (i = 0; i < CALLS; i++) {
        my_timer_echo(timer, on_echo, NULL, echo_request);
        echo_shout(echo, on_shout, NULL, shout_request);
    }
    wait_for(2 + 2 * CALLS);
    expect(right_echoes == CALLS && right_shouts == CALLS, "every answer is right");

    expect(my_timer_version(echo, on_other, &wrong_ret) == RET_ERR, "a handle of the other library is refused");
    expect(wrong_ret == RET_ERR, "and the refusal is answered");
    expect(echo_destroy(timer) == RET_ERR, "nor is it destroyed");
    expect(strstr(echo_last_error(), "echo_destroy") != NULL, "which the echo says");
    expect(my_timer_last_error()[0] == '\0', "and the timer knows nothing of");
    expect(my_timer_destroy(timer) == RET_OK && echo_destroy(echo) == RET_OK, "both end");
    printf("two_libraries: %d failed\n", failures);
    return failures != 0;
}
