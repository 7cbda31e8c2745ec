/* Includes the header and calls, as a host does that knows of no check. The argument names what else to do. */
#include "my_timer.h"
#include <pthread.h>
#include <stdio.h>

/* In another file, which looks for itself. */
#ifdef __cplusplus
extern "C"
#endif
void elsewhere(FfiCallback cb, void *user_data);

static void told(int ret, const char *msg, size_t len, void *user_data)
{
    printf("%s: %d %.*s\n", (const char *)user_data, ret, (int)len, msg);
}

static void *first_calls(void *name)
{
    my_timer_version(NULL, told, name);
    return NULL;
}

int main(int argc, char **argv)
{
    static char create[] = "create", echo[] = "echo", version[] = "version", parse[] = "parse", pointer[] = "pointer",
                other[] = "elsewhere";
    my_timer_TimerConfig config = {"a timer"};
    my_timer_EchoRequest request = {"a message", 1};
    int (*called)(void *, FfiCallback, void *) = my_timer_version;
    uint64_t id;
    if (argc > 1 && !strcmp(argv[1], "twice")) {
        return my_timer_twice(1) ? 3 : 4;
    }
    if (argc > 1 && !strcmp(argv[1], "reset_all")) {
        my_timer_reset_all();
        return 3;
    }
    if (argc > 1 && !strcmp(argv[1], "threads")) {
        pthread_t threads[8];
        size_t i;
        for (i = 0; i < 8; i++) {
            pthread_create(&threads[i], NULL, first_calls, version);
        }
        for (i = 0; i < 8; i++) {
            pthread_join(threads[i], NULL);
        }
        my_timer_reset_all();
        my_timer_twice(1);
    }
    my_timer_create(config, told, create);
    my_timer_echo(NULL, told, echo, request);
    my_timer_version(NULL, told, version);
    my_timer_parse(told, parse, my_timer_JobPriority_Low);
    called(NULL, told, pointer);
    elsewhere(told, other);
    printf("no callback: %d\n", my_timer_version(NULL, NULL, NULL));
    id = my_timer_ffi_add_event_listener(NULL, MY_TIMER_EVENT_ON_TICK, told, NULL);
    printf("listener: %d %s\n", (int)id, id ? "" : my_timer_ffi_last_error());
    return 0;
}
