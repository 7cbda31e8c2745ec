/*
 * A library whose answers and events hold what a terminal would act on: a colour, a title, a cleared screen, an
 * overwritten line, a turned direction.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef void (*callback)(int ret, const char *msg, size_t len, void *user_data);

#define ACTS "\x1b[31m\x1b]0;t\x07\xc2\x9b" "2J\rover\xe2\x80\xaeturned\x7f"

void *evil_create_cbor(const uint8_t *request, size_t len, callback cb, void *user_data);
int evil_ffi_call_cbor(void *ctx, const char *name, callback cb, void *user_data, const uint8_t *request, size_t len);
uint64_t evil_ffi_add_event_listener_cbor(void *ctx, const char *event, callback cb, void *user_data);
int evil_destroy(void *ctx);

static callback listener;
static void *listeners_data;

/* Sends `start`, then the text above as one of CBOR. */
static void send(callback cb, int ret, const char *start, size_t len, void *user_data)
{
    char bytes[128];
    memcpy(bytes, start, len);
    bytes[len] = (char)(0x78);
    bytes[len + 1] = (char)(sizeof ACTS - 1);
    memcpy(bytes + len + 2, ACTS, sizeof ACTS - 1);
    cb(ret, bytes, len + 2 + sizeof ACTS - 1, user_data);
}

void *evil_create_cbor(const uint8_t *request, size_t len, callback cb, void *user_data)
{
    (void)request;
    (void)len;
    cb(0, "\x61" "1", 2, user_data);
    return (void *)&listener;
}

int evil_ffi_call_cbor(void *ctx, const char *name, callback cb, void *user_data, const uint8_t *request, size_t len)
{
    (void)ctx;
    (void)request;
    (void)len;
    if (!strcmp(name, "evil_fails")) {
        cb(1, ACTS "\0\1", sizeof ACTS - 1, user_data);
    } else if (!strcmp(name, "evil_tells")) {
        static const char told[] = "\xa2\x69" "eventType\x64told\x67payload";
        static const char unknown[] = "\xa2\x67payload\x01\x69" "eventType";
        send(listener, 0, told, sizeof told - 1, listeners_data);
        send(listener, 0, unknown, sizeof unknown - 1, listeners_data);
        listener(0, ACTS, sizeof ACTS - 1, listeners_data);
        listener(1, ACTS "\0\17", sizeof ACTS - 1, listeners_data);
        cb(0, "\xf6", 1, user_data);
    } else {
        send(cb, 0, "", 0, user_data);
    }
    return 0;
}

uint64_t evil_ffi_add_event_listener_cbor(void *ctx, const char *event, callback cb, void *user_data)
{
    (void)ctx;
    (void)event;
    listener = cb;
    listeners_data = user_data;
    return 1;
}

int evil_destroy(void *ctx)
{
    (void)ctx;
    return 0;
}
