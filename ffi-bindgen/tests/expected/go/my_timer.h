/*
 * my_timer 0.1.0
 *
 * A timer.
 *
 * Written by cargo ffi from the built library's own schema: change the library, not this
 * file. C99 or C++11 and later.
 *
 * Each function has two entry points for one handler. The bare name takes and gives C structs.
 * Its `_cbor` twin takes a request and gives a result as CBOR (RFC 8949), which the helpers
 * below write and read:
 *
 *     uint8_t req[256];
 *     size_t len = F_request(req, sizeof req, ...);       len above 256: a larger buffer is needed
 *     F_cbor(ctx, cb, user_data, req, len);
 *
 *     in cb, where ret is RET_OK:
 *     my_timer_cbor_arena arena = {NULL};
 *     int fault = F_response(msg, len, &result, &arena);  0, or see my_timer_cbor_fault_text
 *     my_timer_cbor_arena_free(&arena);                  frees what result points to
 *
 * With RET_ERR `msg` is a text of `len` bytes, and my_timer_error_kind(msg, len) says whose error it is. With RET_FAILURE,
 * which functions give that name an error of their own, `msg` is no text: the functions below say what it is.
 *
 * Every call is answered by its callback exactly once; one with a NULL callback does nothing and
 * returns RET_MISSING_CALLBACK, a constructor NULL. `msg`, and all it points to, is valid until the
 * callback returns, and the host frees nothing that the library gives. NULL as text is the empty text.
 * A request may bring 67108864 bytes; 65536 requests may wait in a context.
 *
 * Before a native call reaches the library, the library is compared with this header, once in each source file. Where
 * it differs, the callback gets RET_ERR and the first item that differs; no listener is added, and
 * my_timer_ffi_last_error() says why.
 * The CBOR path needs no check: its requests and answers name what they hold.
 * For the check the names of the functions are macros. Define MY_TIMER_NO_ABI_CHECK before this file is included,
 * and there are no such macros, and calls compare nothing.
 *
 * A call that is still pending after 5000 ms, and again after as many, has its callback called
 * with RET_STALE_WARN, from a thread of the library; its answer waits until that call returns.
 */
#ifndef MY_TIMER_H
#define MY_TIMER_H

#include <float.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The same in the header of every such library; the first one included defines it. */
#ifndef FFI_CALLBACK_1
#define FFI_CALLBACK_1

/** The call ended well; `msg` and `len` are its result. */
#define RET_OK 0
/** The call failed; `msg` is the reason, `len` bytes of UTF-8, and after them a NUL and a byte that says whose error it is. */
#define RET_ERR 1
/** Only ever returned: the callback was NULL, so nothing was done. */
#define RET_MISSING_CALLBACK 2
/** The call still runs; `msg` is the milliseconds so far, decimal text. Another call of the callback follows. */
#define RET_STALE_WARN 3

/** Takes the answer to a call. `msg` is valid until it returns; it must not unwind or `longjmp`. */
typedef void (*FfiCallback)(int ret, const char *msg, size_t len, void *user_data);

#endif

#ifndef RET_FAILURE
/** The call failed with an error of its own, which its function names: `msg` is its text and the error, a struct of
 * `len` bytes, or CBOR. */
#define RET_FAILURE 4
#endif

#ifndef FFI_ERROR_KINDS_1
#define FFI_ERROR_KINDS_1

/*
 * Whose error it is. The texts are for people, and an author may write any of them: programs look at the kind. None
 * ever changes its meaning; a kind that is not here is an error like any other.
 */

/** The library's function failed, and says why. */
#define FFI_ERROR_AUTHOR 1
/** The request cannot be read, or names what is not there. */
#define FFI_ERROR_BAD_REQUEST 2
/** The call was cancelled, or its context ended before it had an answer. */
#define FFI_ERROR_CANCELLED 3
/** The call's deadline has passed. */
#define FFI_ERROR_DEADLINE_EXCEEDED 4
/** The library's code panicked. */
#define FFI_ERROR_PANICKED 5
/** An earlier panic may have left the context's state broken. */
#define FFI_ERROR_POISONED 6
/** No live context: NULL, destroyed or never made. */
#define FFI_ERROR_BAD_HANDLE 7
/** The context is ending and does not take the call, or something blocks its end. */
#define FFI_ERROR_CLOSED 8
/** As many calls wait as may. */
#define FFI_ERROR_QUEUE_FULL 9
/** The library has no function of this name. */
#define FFI_ERROR_NOT_IMPLEMENTED 10
/** The process was forked, and the library is not usable in the child. */
#define FFI_ERROR_AFTER_FORK 11
/** There is no thread, descriptor, memory or handle left, or too little of the thread's stack. */
#define FFI_ERROR_NO_RESOURCES 12
/** The context is still being constructed. */
#define FFI_ERROR_CONSTRUCTING 13
/** The call waited for a constructor that failed; the text is the constructor's. */
#define FFI_ERROR_CONSTRUCTOR_FAILED 14
/** The result, or an event's payload, cannot cross. */
#define FFI_ERROR_BAD_RESULT 15
/** Events were dropped before this. */
#define FFI_ERROR_LOST 17
/** The library that is loaded differs from the header. */
#define FFI_ERROR_MISMATCH 18

#endif

/** Whose error it is, an FFI_ERROR_: of what a callback was given with RET_ERR, or with its length of
 * my_timer_ffi_last_error()'s text, where 0 is no error. */
static inline int my_timer_error_kind(const char *msg, size_t len)
{
    return (unsigned char)msg[len + 1];
}

#ifdef __cplusplus
extern "C" {
#endif

/** What my_timer_ffi_abi_hash() returns in the library this header was written for. */
#define MY_TIMER_ABI_HASH UINT64_C(0x306d729395856589)

/* ---- Types ---------------------------------------------------------------------------- */

typedef int32_t my_timer_JobPriority;
enum {
    my_timer_JobPriority_Low = -1,
    my_timer_JobPriority_High = 10
};

typedef struct my_timer_bytes my_timer_bytes;
typedef struct my_timer_EchoEvent my_timer_EchoEvent;
typedef struct my_timer_EchoRequest my_timer_EchoRequest;
typedef struct my_timer_option_string my_timer_option_string;
typedef struct my_timer_EchoResponse my_timer_EchoResponse;
typedef struct my_timer_EventsDropped my_timer_EventsDropped;
typedef struct my_timer_list_string my_timer_list_string;
typedef struct my_timer_Job my_timer_Job;
typedef struct my_timer_NotResponding my_timer_NotResponding;
typedef struct my_timer_Responding my_timer_Responding;
typedef struct my_timer_TimerConfig my_timer_TimerConfig;
typedef struct my_timer_list_Job my_timer_list_Job;
typedef struct my_timer_option_u64 my_timer_option_u64;

/** `len` bytes at `ptr`; NULL and 0 where there are none. */
struct my_timer_bytes {
    uint8_t *ptr;
    size_t len;
};

struct my_timer_EchoEvent {
    const char *message;
    int64_t echoCount;
};

/** What to echo, and when. */
struct my_timer_EchoRequest {
    const char *message;
    uint32_t delayMs;
};

/** `value` counts only where `present` is not 0. */
struct my_timer_option_string {
    int present;
    const char *value;
};

struct my_timer_EchoResponse {
    const char *echoed;
    my_timer_option_string label;
};

struct my_timer_EventsDropped {
    uint64_t count;
};

/** `len` elements at `ptr`; NULL and 0 where there are none. */
struct my_timer_list_string {
    const char **ptr;
    size_t len;
};

struct my_timer_Job {
    my_timer_JobPriority priority;
    my_timer_list_string tags;
    my_timer_bytes blob;
};

struct my_timer_NotResponding {
    uint64_t stalled_ms;
};

struct my_timer_Responding {
    uint8_t empty_;
};

struct my_timer_TimerConfig {
    const char *name;
};

/** `len` elements at `ptr`; NULL and 0 where there are none. */
struct my_timer_list_Job {
    my_timer_Job *ptr;
    size_t len;
};

/** `value` counts only where `present` is not 0. */
struct my_timer_option_u64 {
    int present;
    uint64_t value;
};

/* The layouts that the library was built with. */
#if defined(__cplusplus) && __cplusplus >= 201103L
#define MY_TIMER_STATIC_ASSERT(condition, message) static_assert(condition, message)
#elif !defined(__cplusplus) && defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define MY_TIMER_STATIC_ASSERT(condition, message) _Static_assert(condition, message)
#else
#define MY_TIMER_STATIC_ASSERT(condition, message) MY_TIMER_STATIC_ASSERT_AT(condition, __LINE__)
#define MY_TIMER_STATIC_ASSERT_AT(condition, line) MY_TIMER_STATIC_ASSERT_IN(condition, line)
#define MY_TIMER_STATIC_ASSERT_IN(condition, line) typedef char my_timer_layout_differs_##line[(condition) ? 1 : -1]
#endif

MY_TIMER_STATIC_ASSERT(sizeof(void *) == 8, "my_timer: built for 64-bit pointers");
MY_TIMER_STATIC_ASSERT(sizeof(my_timer_EchoEvent) == 16, "my_timer_EchoEvent: size");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_EchoEvent, message) == 0, "my_timer_EchoEvent.message: offset");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_EchoEvent, echoCount) == 8, "my_timer_EchoEvent.echoCount: offset");
MY_TIMER_STATIC_ASSERT(sizeof(my_timer_EchoRequest) == 16, "my_timer_EchoRequest: size");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_EchoRequest, message) == 0, "my_timer_EchoRequest.message: offset");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_EchoRequest, delayMs) == 8, "my_timer_EchoRequest.delayMs: offset");
MY_TIMER_STATIC_ASSERT(sizeof(my_timer_EchoResponse) == 24, "my_timer_EchoResponse: size");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_EchoResponse, echoed) == 0, "my_timer_EchoResponse.echoed: offset");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_EchoResponse, label) == 8, "my_timer_EchoResponse.label: offset");
MY_TIMER_STATIC_ASSERT(sizeof(my_timer_EventsDropped) == 8, "my_timer_EventsDropped: size");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_EventsDropped, count) == 0, "my_timer_EventsDropped.count: offset");
MY_TIMER_STATIC_ASSERT(sizeof(my_timer_Job) == 40, "my_timer_Job: size");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_Job, priority) == 0, "my_timer_Job.priority: offset");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_Job, tags) == 8, "my_timer_Job.tags: offset");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_Job, blob) == 24, "my_timer_Job.blob: offset");
MY_TIMER_STATIC_ASSERT(sizeof(my_timer_NotResponding) == 8, "my_timer_NotResponding: size");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_NotResponding, stalled_ms) == 0, "my_timer_NotResponding.stalled_ms: offset");
MY_TIMER_STATIC_ASSERT(sizeof(my_timer_Responding) == 1, "my_timer_Responding: size");
MY_TIMER_STATIC_ASSERT(sizeof(my_timer_TimerConfig) == 8, "my_timer_TimerConfig: size");
MY_TIMER_STATIC_ASSERT(offsetof(my_timer_TimerConfig, name) == 0, "my_timer_TimerConfig.name: offset");

/* ---- Functions ------------------------------------------------------------------------ */

/**
 * @param config
 *
 * Result (native): `msg` is the handle that was returned, decimal text of `len` bytes.
 *
 * Returns a handle at once, to be ended by the destructor; calls queue behind the constructor,
 * which runs on a library thread and ends in one call of `cb`. Should it fail there is nothing
 * to end. Returns NULL where the request itself is bad; `cb` has been called then.
 */
void *my_timer_create(my_timer_TimerConfig config, FfiCallback cb, void *user_data);

/**
 * my_timer_create on the CBOR path: my_timer_create_request writes `req`, and
 * my_timer_create_response reads the result, the handle as decimal text.
 */
void *my_timer_create_cbor(const uint8_t *req, size_t req_len, FfiCallback cb, void *user_data);

/**
 * Echoes the message after a while.
 *
 * Answers in order.
 *
 * @param req - what to echo
 *
 * Result (native): `msg` is `const my_timer_EchoResponse *`, `len` is its size.
 *
 * Arguments are copied before the call returns. Returns 0 where the call was accepted: `cb` is
 * called once, on a library thread. Other returns refuse it: `cb` was called before, on this thread.
 * 30000 ms after it was accepted a call is answered RET_ERR "deadline exceeded"
 * while its handler runs on.
 */
int my_timer_echo(void *ctx, FfiCallback cb, void *user_data, my_timer_EchoRequest req);

/**
 * my_timer_echo on the CBOR path: my_timer_echo_request writes `req`, and
 * my_timer_echo_response reads the result.
 */
int my_timer_echo_cbor(void *ctx, FfiCallback cb, void *user_data, const uint8_t *req, size_t req_len);

/**
 * Result (native): `msg` is the text, `len` bytes of UTF-8 and a NUL after them.
 *
 * Arguments are copied before the call returns. Returns 0 where the call was accepted: `cb` is
 * called once, on a library thread. Other returns refuse it: `cb` was called before, on this thread.
 */
int my_timer_version(void *ctx, FfiCallback cb, void *user_data);

/**
 * my_timer_version on the CBOR path: my_timer_version_request writes `req`, and
 * my_timer_version_response reads the result.
 */
int my_timer_version_cbor(void *ctx, FfiCallback cb, void *user_data, const uint8_t *req, size_t req_len);

/**
 * @param jobs
 * @param at
 *
 * Result (native): `msg` is `const int64_t *`, `len` is its size.
 *
 * Arguments are copied before the call returns. Returns 0 where the call was accepted: `cb` is
 * called once, on a library thread. Other returns refuse it: `cb` was called before, on this thread.
 * 1000 ms after it was accepted a call is answered RET_ERR "deadline exceeded"
 * and its handler is dropped.
 */
int my_timer_schedule(void *ctx, FfiCallback cb, void *user_data, my_timer_list_Job jobs, my_timer_option_u64 at);

/**
 * my_timer_schedule on the CBOR path: my_timer_schedule_request writes `req`, and
 * my_timer_schedule_response reads the result.
 */
int my_timer_schedule_cbor(void *ctx, FfiCallback cb, void *user_data, const uint8_t *req, size_t req_len);

/**
 * Result (native): nothing; `msg` is not NULL, `len` is 0.
 *
 * Arguments are copied before the call returns. Returns 0 where the call was accepted: `cb` is
 * called once, on a library thread. Other returns refuse it: `cb` was called before, on this thread.
 */
int my_timer_reset(void *ctx, FfiCallback cb, void *user_data);

/**
 * my_timer_reset on the CBOR path: my_timer_reset_request writes `req`, and
 * my_timer_reset_response reads the result.
 */
int my_timer_reset_cbor(void *ctx, FfiCallback cb, void *user_data, const uint8_t *req, size_t req_len);

/**
 * Ends the context: `ctx` is stale at once, what was accepted still answers, and once this has
 * returned no callback of the context fires. From inside one of its callbacks it cannot wait
 * for that, and returns at once.
 *
 * Returns 0, or RET_ERR where `ctx` is not a context's handle or the wait took too long.
 */
int my_timer_destroy(void *ctx);

/**
 * Calls the method `function`, named without `_cbor`, on the CBOR path, or the function without
 * a context, whatever `ctx` is: for hosts that learn names at run time. A name the library lacks
 * answers RET_ERR.
 */
int my_timer_ffi_call_cbor(void *ctx, const char *function, FfiCallback cb, void *user_data,
    const uint8_t *req, size_t req_len);

/**
 * Asks that what is pending with exactly this `user_data` be cancelled, before the worker starts
 * another call: a call that waits always, one that runs only where its author allowed it. Each
 * answers RET_ERR "cancelled", once, unless its own answer comes first. Returns 0, or RET_ERR
 * where `ctx` is no live context.
 */
int my_timer_ffi_cancel(void *ctx, void *user_data);

/**
 * Ends a context as its destructor does, without waiting. `cb` is the context's last callback,
 * with RET_OK and nothing, once the state is gone. Returns 0, or not 0 where `ctx` is no live
 * context; `cb` has been called then.
 */
int my_timer_ffi_close(void *ctx, FfiCallback cb, void *user_data);

/** The library's description of itself, CBOR; `*len` becomes its size. Static memory. */
const uint8_t *my_timer_ffi_schema(size_t *len);

/** The hash over the native signatures and layouts of everything in the library. */
uint64_t my_timer_ffi_abi_hash(void);

/** Why a call of this thread failed that had no callback to tell it: text, a NUL, and a byte for
 * my_timer_error_kind. Valid until this thread's next error. */
const char *my_timer_ffi_last_error(void);

/* ---- Events --------------------------------------------------------------------------- */

/**
 * What a native listener of every event gets as `msg`: the event's name, and with `payload` and
 * `len` what a listener of that event alone gets. Valid until the listener returns.
 */
typedef struct my_timer_event {
    const char *name;
    const void *payload;
    size_t len;
} my_timer_event;

/**
 * An echo was made.
 *
 * Before its answer.
 *
 * Payload (native): `msg` is `const my_timer_EchoEvent *`, `len` is its size.
 */
#define MY_TIMER_EVENT_ON_ECHO_FIRED "on_echo_fired"

/**
 * Payload (native): `msg` is `const uint64_t *`, `len` is its size.
 */
#define MY_TIMER_EVENT_ON_TICK "on_tick"

/**
 * Payload (native): `msg` is the text, `len` bytes of UTF-8 and a NUL after them.
 */
#define MY_TIMER_EVENT_ON_NOTE "on_note"

/**
 * Payload (native): nothing; `msg` is not NULL, `len` is 0.
 */
#define MY_TIMER_EVENT_ON_IDLE "on_idle"

/**
 * Payload (native): `msg` is `const my_timer_EventsDropped *`, `len` is its size.
 */
#define MY_TIMER_EVENT_EVENTS_DROPPED "events_dropped"

/**
 * Payload (native): `msg` is `const my_timer_NotResponding *`, `len` is its size.
 */
#define MY_TIMER_EVENT_NOT_RESPONDING "not_responding"

/**
 * Payload (native): `msg` is `const my_timer_Responding *`, `len` is its size.
 */
#define MY_TIMER_EVENT_RESPONDING "responding"

/**
 * Has `cb` called with RET_OK at each firing of `event`, one of the names above; of every event
 * where it is NULL or "". What `msg` is stands at each name, and at my_timer_event for a listener
 * of every event. RET_ERR brings a text instead: a payload that C cannot hold, or how many events
 * were dropped before this.
 *
 * A listener hears what is fired from now on, each context's events in their order, on a thread of
 * the library that delivers one at a time; it may take its time, and no call waits for it. Events
 * and answers keep no order. Added inside the callback of the constructor, whose `msg` says `ctx`,
 * it hears from the first event on, also those that the constructor fired.
 * 65536 events may wait; one that finds no room has the oldest dropped,
 * and every listener of the context hears of what was dropped.
 *
 * Returns a number above 0, or 0 where my_timer_ffi_last_error() says why: `ctx` is no live context, `cb` is
 * NULL, or the library has no such event.
 */
uint64_t my_timer_ffi_add_event_listener(void *ctx, const char *event, FfiCallback cb, void *user_data);

/**
 * my_timer_ffi_add_event_listener on the CBOR path: `msg` is `{"eventType": name, "payload": value}`.
 * my_timer_event_name tells which event it is, and the my_timer_..._event of that event reads it.
 */
uint64_t my_timer_ffi_add_event_listener_cbor(void *ctx, const char *event, FfiCallback cb, void *user_data);

/**
 * Removes a listener. Once this has returned it is not running on another thread and never runs
 * again, so its `user_data` may be freed. From inside that very listener it returns at once. Two
 * listeners that remove each other while both run wait for each other: do not.
 *
 * Returns 0, or 1 where there is no such listener.
 */
int my_timer_ffi_remove_event_listener(void *ctx, uint64_t id);

/**
 * A descriptor that is readable while something is ready. From the first call on, replies and
 * events of this context are queued and run by my_timer_ffi_dispatch, on the thread that calls it;
 * refusals still come before a call returns, and ending the context runs the replies that are
 * left. The library owns the descriptor: wait for it, and neither read nor close it.
 *
 * Returns -1 where there is none; my_timer_ffi_last_error() says why.
 */
int my_timer_ffi_poll_fd(void *ctx);

/**
 * Runs up to `max` of the callbacks that are ready, on the calling thread. Returns how many ran, or
 * -1 where `ctx` is no live context.
 */
int my_timer_ffi_dispatch(void *ctx, size_t max);

/* ---- Faults of CBOR ------------------------------------------------------------------- */

/* How deep structs and lists may nest, either way. */
#define MY_TIMER_CBOR_NESTING 64

/* What can be wrong with CBOR, or with a value that is to become CBOR. */
#define MY_TIMER_CBOR_TRUNCATED 1
#define MY_TIMER_CBOR_MALFORMED 2
#define MY_TIMER_CBOR_WRONG_TYPE 3
#define MY_TIMER_CBOR_OUT_OF_RANGE 4
#define MY_TIMER_CBOR_BAD_TEXT 5
#define MY_TIMER_CBOR_UNKNOWN_VARIANT 6
#define MY_TIMER_CBOR_MISSING_KEY 7
#define MY_TIMER_CBOR_DUPLICATE_KEY 8
#define MY_TIMER_CBOR_TOO_DEEP 9
#define MY_TIMER_CBOR_TRAILING_BYTES 10
#define MY_TIMER_CBOR_OUT_OF_MEMORY 11
#define MY_TIMER_CBOR_NULL_POINTER 12
#define MY_TIMER_CBOR_OTHER_EVENT 13

/** What a fault means; static text. */
static inline const char *my_timer_cbor_fault_text(int fault)
{
    switch (fault) {
    case 0: return "no fault";
    case MY_TIMER_CBOR_TRUNCATED: return "the bytes end inside a value";
    case MY_TIMER_CBOR_MALFORMED: return "the bytes are not CBOR";
    case MY_TIMER_CBOR_WRONG_TYPE: return "a value has another type";
    case MY_TIMER_CBOR_OUT_OF_RANGE: return "a number is out of range";
    case MY_TIMER_CBOR_BAD_TEXT: return "a text is not UTF-8, holds a NUL, or is not the one character it should be";
    case MY_TIMER_CBOR_UNKNOWN_VARIANT: return "a value is no variant of its enumeration";
    case MY_TIMER_CBOR_MISSING_KEY: return "a key is missing";
    case MY_TIMER_CBOR_DUPLICATE_KEY: return "a key stands twice";
    case MY_TIMER_CBOR_TOO_DEEP: return "the value is nested too deep";
    case MY_TIMER_CBOR_TRAILING_BYTES: return "bytes follow the value";
    case MY_TIMER_CBOR_OUT_OF_MEMORY: return "there is no memory";
    case MY_TIMER_CBOR_NULL_POINTER: return "a pointer is NULL where a value must be";
    case MY_TIMER_CBOR_OTHER_EVENT: return "the message is of another event";
    default: return "an unknown fault";
    }
}

/* ---- Writing CBOR --------------------------------------------------------------------- */

/** Writes into `buf` as far as `cap` reaches, and counts what it would have needed. */
typedef struct my_timer_cbor_writer {
    uint8_t *buf;
    size_t cap;
    /** Bytes needed so far. */
    size_t len;
    unsigned depth;
    /** Not 0 once a value had no CBOR form. */
    int fault;
} my_timer_cbor_writer;

/** A writer over `cap` bytes; `buf` may be NULL where `cap` is 0. */
static inline my_timer_cbor_writer my_timer_cbor_write(uint8_t *buf, size_t cap)
{
    my_timer_cbor_writer writer;
    writer.buf = buf;
    writer.cap = cap;
    writer.len = 0;
    writer.depth = 0;
    writer.fault = 0;
    return writer;
}

/** The bytes needed, as snprintf counts; 0 where a value had no CBOR form. */
static inline size_t my_timer_cbor_written(const my_timer_cbor_writer *writer)
{
    return writer->fault ? 0 : writer->len;
}

/* Keeps the first fault. */
static inline void my_timer_cbor_fail(my_timer_cbor_writer *writer, int fault)
{
    if (!writer->fault) {
        writer->fault = fault;
    }
}

static inline void my_timer_cbor_put(my_timer_cbor_writer *writer, const void *data, size_t len)
{
    size_t room = writer->len < writer->cap ? writer->cap - writer->len : 0;
    size_t fits = len < room ? len : room;
    if (fits) {
        memcpy(writer->buf + writer->len, data, fits);
    }
    writer->len += len;
}

/* The lowest `bytes` bytes of `value`, the most significant first. */
static inline void my_timer_cbor_put_number(my_timer_cbor_writer *writer, uint64_t value, unsigned bytes)
{
    while (bytes--) {
        uint8_t byte = (uint8_t)(value >> (8 * bytes) & 0xff);
        my_timer_cbor_put(writer, &byte, 1);
    }
}

/* An item's head: its major type and its argument in the shortest form. */
static inline void my_timer_cbor_put_head(my_timer_cbor_writer *writer, unsigned major, uint64_t value)
{
    if (value < 24) {
        my_timer_cbor_put_number(writer, major << 5 | value, 1);
    } else if (value <= UINT8_MAX) {
        my_timer_cbor_put_number(writer, major << 5 | 24u, 1);
        my_timer_cbor_put_number(writer, value, 1);
    } else if (value <= UINT16_MAX) {
        my_timer_cbor_put_number(writer, major << 5 | 25u, 1);
        my_timer_cbor_put_number(writer, value, 2);
    } else if (value <= UINT32_MAX) {
        my_timer_cbor_put_number(writer, major << 5 | 26u, 1);
        my_timer_cbor_put_number(writer, value, 4);
    } else {
        my_timer_cbor_put_number(writer, major << 5 | 27u, 1);
        my_timer_cbor_put_number(writer, value, 8);
    }
}

static inline void my_timer_cbor_put_text(my_timer_cbor_writer *writer, const char *text)
{
    size_t len = strlen(text);
    my_timer_cbor_put_head(writer, 3, len);
    my_timer_cbor_put(writer, text, len);
}

static inline void my_timer_cbor_put_null(my_timer_cbor_writer *writer)
{
    my_timer_cbor_put_head(writer, 7, 22);
}

/* Opens an array (4) or a map (5) of `count`; 0 where that is not possible, or where anything failed before. */
static inline int my_timer_cbor_open(my_timer_cbor_writer *writer, unsigned major, size_t count)
{
    if (writer->depth == MY_TIMER_CBOR_NESTING) {
        my_timer_cbor_fail(writer, MY_TIMER_CBOR_TOO_DEEP);
    }
    if (writer->fault) {
        return 0;
    }
    writer->depth++;
    my_timer_cbor_put_head(writer, major, count);
    return 1;
}

static inline void my_timer_cbor_close(my_timer_cbor_writer *writer)
{
    writer->depth--;
}

/* ---- The built-in types into CBOR ----------------------------------------------------- */

/*
 * Narrows the bits of an IEEE 754 number from 1 + `exp` + `man` bits to 1 + `to_exp` + `to_man`.
 * Returns 0 where that would lose anything, a NaN's payload too.
 */
static inline int my_timer_cbor_narrow(uint64_t *bits, unsigned exp, unsigned man, unsigned to_exp, unsigned to_man)
{
    uint64_t sign = *bits >> (exp + man);
    int64_t exponent = (int64_t)(*bits >> man & ((UINT64_C(1) << exp) - 1));
    uint64_t mantissa = *bits & ((UINT64_C(1) << man) - 1);
    int64_t special = (INT64_C(1) << exp) - 1;
    int64_t to_special = (INT64_C(1) << to_exp) - 1;
    unsigned drop = man - to_man;
    int64_t to_exponent = exponent - (special >> 1) + (to_special >> 1);
    if (exponent == special) {
        to_exponent = to_special;
    } else if (exponent == 0 && mantissa == 0) {
        to_exponent = 0;
    } else if (to_exponent >= to_special || to_exponent < -(int64_t)to_man) {
        return 0;
    } else if (to_exponent <= 0) {
        /* Subnormal there: the leading 1 becomes visible, and the more bits go. */
        mantissa |= UINT64_C(1) << man;
        drop += (unsigned)(1 - to_exponent);
        to_exponent = 0;
    }
    if (mantissa & ((UINT64_C(1) << drop) - 1)) {
        return 0;
    }
    *bits = sign << (to_exp + to_man) | (uint64_t)to_exponent << to_man | mantissa >> drop;
    return 1;
}

/* The shortest of half, single and double that keeps the value. */
static inline void my_timer_cbor_put_float(my_timer_cbor_writer *writer, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (!my_timer_cbor_narrow(&bits, 11, 52, 8, 23)) {
        my_timer_cbor_put_number(writer, 7u << 5 | 27u, 1);
        my_timer_cbor_put_number(writer, bits, 8);
    } else if (!my_timer_cbor_narrow(&bits, 8, 23, 5, 10)) {
        my_timer_cbor_put_number(writer, 7u << 5 | 26u, 1);
        my_timer_cbor_put_number(writer, bits, 4);
    } else {
        my_timer_cbor_put_number(writer, 7u << 5 | 25u, 1);
        my_timer_cbor_put_number(writer, bits, 2);
    }
}

/* The bytes of a Unicode scalar value in UTF-8; 0 where it is none. */
static inline size_t my_timer_cbor_utf8_of(uint32_t scalar, uint8_t utf8[4])
{
    if (scalar > 0x10ffff || (scalar >= 0xd800 && scalar <= 0xdfff)) {
        return 0;
    }
    if (scalar < 0x80) {
        utf8[0] = (uint8_t)scalar;
        return 1;
    }
    if (scalar < 0x800) {
        utf8[0] = (uint8_t)(0xc0 | scalar >> 6);
        utf8[1] = (uint8_t)(0x80 | (scalar & 0x3f));
        return 2;
    }
    if (scalar < 0x10000) {
        utf8[0] = (uint8_t)(0xe0 | scalar >> 12);
        utf8[1] = (uint8_t)(0x80 | (scalar >> 6 & 0x3f));
        utf8[2] = (uint8_t)(0x80 | (scalar & 0x3f));
        return 3;
    }
    utf8[0] = (uint8_t)(0xf0 | scalar >> 18);
    utf8[1] = (uint8_t)(0x80 | (scalar >> 12 & 0x3f));
    utf8[2] = (uint8_t)(0x80 | (scalar >> 6 & 0x3f));
    utf8[3] = (uint8_t)(0x80 | (scalar & 0x3f));
    return 4;
}

static inline void my_timer_i8_encode(my_timer_cbor_writer *writer, const int8_t *value)
{
    if (*value < 0) {
        my_timer_cbor_put_head(writer, 1, (uint64_t)(-1 - (int64_t)*value));
        return;
    }
    my_timer_cbor_put_head(writer, 0, (uint64_t)*value);
}

static inline void my_timer_i16_encode(my_timer_cbor_writer *writer, const int16_t *value)
{
    if (*value < 0) {
        my_timer_cbor_put_head(writer, 1, (uint64_t)(-1 - (int64_t)*value));
        return;
    }
    my_timer_cbor_put_head(writer, 0, (uint64_t)*value);
}

static inline void my_timer_i32_encode(my_timer_cbor_writer *writer, const int32_t *value)
{
    if (*value < 0) {
        my_timer_cbor_put_head(writer, 1, (uint64_t)(-1 - (int64_t)*value));
        return;
    }
    my_timer_cbor_put_head(writer, 0, (uint64_t)*value);
}

static inline void my_timer_i64_encode(my_timer_cbor_writer *writer, const int64_t *value)
{
    if (*value < 0) {
        my_timer_cbor_put_head(writer, 1, (uint64_t)(-1 - (int64_t)*value));
        return;
    }
    my_timer_cbor_put_head(writer, 0, (uint64_t)*value);
}

static inline void my_timer_isize_encode(my_timer_cbor_writer *writer, const ptrdiff_t *value)
{
    if (*value < 0) {
        my_timer_cbor_put_head(writer, 1, (uint64_t)(-1 - (int64_t)*value));
        return;
    }
    my_timer_cbor_put_head(writer, 0, (uint64_t)*value);
}

static inline void my_timer_u8_encode(my_timer_cbor_writer *writer, const uint8_t *value)
{
    my_timer_cbor_put_head(writer, 0, (uint64_t)*value);
}

static inline void my_timer_u16_encode(my_timer_cbor_writer *writer, const uint16_t *value)
{
    my_timer_cbor_put_head(writer, 0, (uint64_t)*value);
}

static inline void my_timer_u32_encode(my_timer_cbor_writer *writer, const uint32_t *value)
{
    my_timer_cbor_put_head(writer, 0, (uint64_t)*value);
}

static inline void my_timer_u64_encode(my_timer_cbor_writer *writer, const uint64_t *value)
{
    my_timer_cbor_put_head(writer, 0, (uint64_t)*value);
}

static inline void my_timer_usize_encode(my_timer_cbor_writer *writer, const size_t *value)
{
    my_timer_cbor_put_head(writer, 0, (uint64_t)*value);
}

static inline void my_timer_f32_encode(my_timer_cbor_writer *writer, const float *value)
{
    my_timer_cbor_put_float(writer, (double)*value);
}

static inline void my_timer_f64_encode(my_timer_cbor_writer *writer, const double *value)
{
    my_timer_cbor_put_float(writer, *value);
}

static inline void my_timer_bool_encode(my_timer_cbor_writer *writer, const int *value)
{
    my_timer_cbor_put_head(writer, 7, *value ? 21u : 20u);
}

static inline void my_timer_char_encode(my_timer_cbor_writer *writer, const uint32_t *value)
{
    uint8_t utf8[4] = {0, 0, 0, 0};
    size_t len = my_timer_cbor_utf8_of(*value, utf8);
    if (!len) {
        my_timer_cbor_fail(writer, MY_TIMER_CBOR_OUT_OF_RANGE);
    }
    my_timer_cbor_put_head(writer, 3, len);
    my_timer_cbor_put(writer, utf8, len);
}

static inline void my_timer_string_encode(my_timer_cbor_writer *writer, const char *const *value)
{
    my_timer_cbor_put_text(writer, *value ? *value : "");
}

static inline void my_timer_bytes_encode(my_timer_cbor_writer *writer, const my_timer_bytes *value)
{
    if (!value->ptr && value->len) {
        my_timer_cbor_fail(writer, MY_TIMER_CBOR_NULL_POINTER);
        return;
    }
    my_timer_cbor_put_head(writer, 2, value->len);
    my_timer_cbor_put(writer, value->ptr, value->len);
}

/* ---- Memory of what was read ---------------------------------------------------------- */

/* What precedes each piece of an arena's memory; as aligned as anything in it. */
typedef union my_timer_cbor_block {
    union my_timer_cbor_block *next;
    uint64_t integer;
    double number;
} my_timer_cbor_block;

/** Owns what decoded values point to. Begins as `{NULL}`; one may serve any number of responses. */
typedef struct my_timer_cbor_arena {
    my_timer_cbor_block *blocks;
} my_timer_cbor_arena;

/** Frees everything that was decoded into the arena, which then is empty. */
static inline void my_timer_cbor_arena_free(my_timer_cbor_arena *arena)
{
    while (arena->blocks) {
        my_timer_cbor_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}

/* Zeroed memory for `count` values of `size` bytes, or NULL. */
static inline void *my_timer_cbor_arena_take(my_timer_cbor_arena *arena, size_t count, size_t size)
{
    my_timer_cbor_block *block;
    if (!arena || count > (SIZE_MAX - sizeof(*block)) / size) {
        return NULL;
    }
    block = (my_timer_cbor_block *)calloc(1, sizeof(*block) + count * size);
    if (!block) {
        return NULL;
    }
    block->next = arena->blocks;
    arena->blocks = block;
    return block + 1;
}

/* How many values memory is taken for before they are read. */
#define MY_TIMER_CBOR_RESERVED 64

/* More memory for the values of a list, of which `len` of `count` were read into `from`; never more than twice of what
 * that takes, whatever was announced. NULL where there is none. */
static inline void *my_timer_cbor_arena_grow(my_timer_cbor_arena *arena, const void *from, size_t len, size_t count,
    size_t size, size_t *room)
{
    void *more;
    *room = len ? 2 * len : MY_TIMER_CBOR_RESERVED;
    if (*room > count) {
        *room = count;
    }
    more = my_timer_cbor_arena_take(arena, *room, size);
    if (more && len) {
        memcpy(more, from, len * size);
    }
    return more;
}

/* ---- Reading CBOR --------------------------------------------------------------------- */

/** Reads the `left` bytes at `at`. */
typedef struct my_timer_cbor_reader {
    const uint8_t *at;
    size_t left;
    unsigned depth;
    my_timer_cbor_arena *arena;
} my_timer_cbor_reader;

/* The head of one item. `info` is the low five bits of its first byte. */
typedef struct my_timer_cbor_head {
    unsigned major;
    unsigned info;
    uint64_t value;
    /* The tag right before it, 0 where there is none. */
    uint64_t tag;
} my_timer_cbor_head;

/* The additional information of an indefinite length, and of the break that ends it. */
#define MY_TIMER_CBOR_INDEFINITE 31

/** A reader whose values go into `arena`. */
static inline my_timer_cbor_reader my_timer_cbor_read(const void *bytes, size_t len, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader;
    reader.at = (const uint8_t *)bytes;
    reader.left = bytes ? len : 0;
    reader.depth = 0;
    reader.arena = arena;
    return reader;
}

/** 0 where every byte was read. */
static inline int my_timer_cbor_end(const my_timer_cbor_reader *reader)
{
    return reader->left ? MY_TIMER_CBOR_TRAILING_BYTES : 0;
}

static inline void my_timer_cbor_advance(my_timer_cbor_reader *reader, size_t len)
{
    reader->at += len;
    reader->left -= len;
}

/* One head as it stands, a tag's too. */
static inline int my_timer_cbor_take_any_head(my_timer_cbor_reader *reader, my_timer_cbor_head *head)
{
    size_t follow;
    head->major = 0;
    head->info = 0;
    head->value = 0;
    head->tag = 0;
    if (!reader->left) {
        return MY_TIMER_CBOR_TRUNCATED;
    }
    head->major = (unsigned)(reader->at[0] >> 5);
    head->info = reader->at[0] & 0x1fu;
    my_timer_cbor_advance(reader, 1);
    if (head->info < 24 || head->info == MY_TIMER_CBOR_INDEFINITE) {
        head->value = head->info;
        return 0;
    }
    if (head->info > 27) {
        return MY_TIMER_CBOR_MALFORMED;
    }
    follow = (size_t)1 << (head->info - 24);
    if (reader->left < follow) {
        return MY_TIMER_CBOR_TRUNCATED;
    }
    for (; follow; follow--) {
        head->value = head->value << 8 | reader->at[0];
        my_timer_cbor_advance(reader, 1);
    }
    /* RFC 8949, 3.3: a simple value below 32 has one form, of one byte. */
    return head->major == 7 && head->info == 24 && head->value < 32 ? MY_TIMER_CBOR_MALFORMED : 0;
}

/* The next value's head, past any tags. */
static inline int my_timer_cbor_take_head(my_timer_cbor_reader *reader, my_timer_cbor_head *head)
{
    uint64_t tag = 0;
    int fault = my_timer_cbor_take_any_head(reader, head);
    while (!fault && head->major == 6) {
        if (head->info == MY_TIMER_CBOR_INDEFINITE) {
            return MY_TIMER_CBOR_MALFORMED;
        }
        tag = head->value;
        fault = my_timer_cbor_take_any_head(reader, head);
    }
    head->tag = tag;
    if (!fault && head->info == MY_TIMER_CBOR_INDEFINITE && (head->major < 2 || head->major == 7)) {
        return MY_TIMER_CBOR_MALFORMED;
    }
    return fault;
}

/* One scalar value at the start of `text`: how many bytes it takes, 0 where it is not UTF-8. */
static inline size_t my_timer_cbor_scalar_at(const uint8_t *text, size_t len, uint32_t *scalar)
{
    uint8_t utf8[4] = {0, 0, 0, 0};
    size_t size = text[0] < 0x80 ? 1 : text[0] < 0xe0 ? 2 : text[0] < 0xf0 ? 3 : 4;
    size_t i;
    if (size > len) {
        return 0;
    }
    *scalar = size == 1 ? text[0] : text[0] & (0x7fu >> size);
    for (i = 1; i < size; i++) {
        *scalar = *scalar << 6 | (text[i] & 0x3fu);
    }
    /* Only the shortest form of a scalar value comes out as it went in. */
    if (my_timer_cbor_utf8_of(*scalar, utf8) != size || memcmp(text, utf8, size)) {
        return 0;
    }
    return size;
}

static inline int my_timer_cbor_is_utf8(const uint8_t *text, size_t len)
{
    uint32_t scalar = 0;
    while (len) {
        size_t size = my_timer_cbor_scalar_at(text, len, &scalar);
        if (!size) {
            return 0;
        }
        text += size;
        len -= size;
    }
    return 1;
}

static inline int my_timer_cbor_at_break(const my_timer_cbor_reader *reader)
{
    return reader->left && reader->at[0] == 0xff;
}

/* The contents of a string's chunk, or of a whole string: a text (3) must be one. */
static inline int my_timer_cbor_check_chunk(const my_timer_cbor_reader *reader, unsigned major, uint64_t len)
{
    if (len > reader->left) {
        return MY_TIMER_CBOR_TRUNCATED;
    }
    return major == 3 && !my_timer_cbor_is_utf8(reader->at, (size_t)len) ? MY_TIMER_CBOR_BAD_TEXT : 0;
}

/* The next chunk of an indefinite string: 1 where there is one, 0 at its end or a fault. Each chunk of a text is a
   text of its own (RFC 8949, 3.2.3). */
static inline int my_timer_cbor_take_chunk(my_timer_cbor_reader *reader, unsigned major, size_t *len, int *fault)
{
    my_timer_cbor_head head;
    if (my_timer_cbor_at_break(reader)) {
        my_timer_cbor_advance(reader, 1);
        return 0;
    }
    *fault = my_timer_cbor_take_any_head(reader, &head);
    if (!*fault && (head.major != major || head.info == MY_TIMER_CBOR_INDEFINITE)) {
        *fault = MY_TIMER_CBOR_MALFORMED;
    }
    if (!*fault) {
        *fault = my_timer_cbor_check_chunk(reader, major, head.value);
    }
    *len = *fault ? 0 : (size_t)head.value;
    return !*fault;
}

/* The contents of a text (3) or byte string (2) after its head; chunks are joined in the arena. */
static inline int my_timer_cbor_take_string(my_timer_cbor_reader *reader, const my_timer_cbor_head *head,
    const uint8_t **data, size_t *len)
{
    my_timer_cbor_reader ahead = *reader;
    size_t chunk = 0;
    int fault = 0;
    uint8_t *joined;
    *data = reader->at;
    *len = 0;
    if (head->info != MY_TIMER_CBOR_INDEFINITE) {
        fault = my_timer_cbor_check_chunk(reader, head->major, head->value);
        if (fault) {
            return fault;
        }
        *len = (size_t)head->value;
        my_timer_cbor_advance(reader, *len);
        return 0;
    }
    while (my_timer_cbor_take_chunk(&ahead, head->major, &chunk, &fault)) {
        my_timer_cbor_advance(&ahead, chunk);
        *len += chunk;
    }
    if (fault) {
        return fault;
    }
    joined = (uint8_t *)my_timer_cbor_arena_take(reader->arena, *len, 1);
    if (!joined) {
        return MY_TIMER_CBOR_OUT_OF_MEMORY;
    }
    *data = joined;
    while (my_timer_cbor_take_chunk(reader, head->major, &chunk, &fault)) {
        memcpy(joined, reader->at, chunk);
        joined += chunk;
        my_timer_cbor_advance(reader, chunk);
    }
    return 0;
}

/* Passes over the contents of an indefinite string. */
static inline int my_timer_cbor_skip_chunks(my_timer_cbor_reader *reader, unsigned major)
{
    size_t chunk = 0;
    int fault = 0;
    while (my_timer_cbor_take_chunk(reader, major, &chunk, &fault)) {
        my_timer_cbor_advance(reader, chunk);
    }
    return fault;
}

/* Passes over one value, in which arrays and maps nest twice as deep. */
static inline int my_timer_cbor_pass(my_timer_cbor_reader *reader)
{
    my_timer_cbor_head head;
    uint64_t items;
    int indefinite;
    int fault = my_timer_cbor_take_head(reader, &head);
    if (fault || head.major < 2 || head.major == 7) {
        return fault;
    }
    indefinite = head.info == MY_TIMER_CBOR_INDEFINITE;
    if (head.major < 4 && indefinite) {
        return my_timer_cbor_skip_chunks(reader, head.major);
    }
    fault = indefinite ? 0 : my_timer_cbor_check_chunk(reader, head.major, head.value);
    if (fault) {
        return fault;
    }
    if (head.major < 4) {
        my_timer_cbor_advance(reader, (size_t)head.value);
        return 0;
    }
    if (reader->depth == 2 * MY_TIMER_CBOR_NESTING) {
        return MY_TIMER_CBOR_TOO_DEEP;
    }
    reader->depth++;
    for (items = head.value; !fault && (indefinite ? !my_timer_cbor_at_break(reader) : items > 0); items--) {
        fault = my_timer_cbor_pass(reader);
        if (!fault && head.major == 5) {
            fault = my_timer_cbor_pass(reader);
        }
    }
    reader->depth--;
    if (!fault && indefinite) {
        my_timer_cbor_advance(reader, 1);
    }
    return fault;
}

/* Passes over one value of any type: what is one level may be two there, a variant with what it holds. */
static inline int my_timer_cbor_skip(my_timer_cbor_reader *reader)
{
    const unsigned depth = reader->depth;
    int fault;
    reader->depth = 2 * depth;
    fault = my_timer_cbor_pass(reader);
    reader->depth = depth;
    return fault;
}

/* An array or map that was entered: how many elements or pairs it has, and how it ends. */
typedef struct my_timer_cbor_items {
    size_t count;
    int indefinite;
} my_timer_cbor_items;

/* Counts the elements up to the break of an indefinite array or map. */
static inline int my_timer_cbor_count(my_timer_cbor_reader ahead, unsigned major, size_t *count)
{
    int fault = 0;
    *count = 0;
    while (!fault && !my_timer_cbor_at_break(&ahead)) {
        fault = my_timer_cbor_skip(&ahead);
        if (!fault && major == 5) {
            fault = my_timer_cbor_skip(&ahead);
        }
        ++*count;
    }
    return fault;
}

/* Enters an array (4) or a map (5). No count is believed that the bytes left could not hold. */
static inline int my_timer_cbor_enter(my_timer_cbor_reader *reader, unsigned major, my_timer_cbor_items *items)
{
    my_timer_cbor_head head;
    int fault = my_timer_cbor_take_head(reader, &head);
    items->count = 0;
    items->indefinite = head.info == MY_TIMER_CBOR_INDEFINITE;
    if (fault) {
        return fault;
    }
    if (head.major != major) {
        return MY_TIMER_CBOR_WRONG_TYPE;
    }
    if (reader->depth == MY_TIMER_CBOR_NESTING) {
        return MY_TIMER_CBOR_TOO_DEEP;
    }
    reader->depth++;
    if (items->indefinite) {
        return my_timer_cbor_count(*reader, major, &items->count);
    }
    if (head.value > reader->left) {
        return MY_TIMER_CBOR_TRUNCATED;
    }
    items->count = (size_t)head.value;
    return 0;
}

/* Leaves an array or map whose elements were all read. */
static inline void my_timer_cbor_leave(my_timer_cbor_reader *reader, const my_timer_cbor_items *items)
{
    reader->depth--;
    if (items->indefinite) {
        my_timer_cbor_advance(reader, 1);
    }
}

/* ---- The built-in types out of CBOR --------------------------------------------------- */

/* 1 where the next value is null, which then is read. */
static inline int my_timer_cbor_take_null(my_timer_cbor_reader *reader)
{
    my_timer_cbor_reader ahead = *reader;
    my_timer_cbor_head head;
    /* Encoders of JavaScript write it as undefined too. */
    if (my_timer_cbor_take_head(&ahead, &head) || head.major != 7 || (head.info != 22 && head.info != 23)) {
        return 0;
    }
    *reader = ahead;
    return 1;
}

/* A text's bytes, in the response itself or in the arena. */
static inline int my_timer_cbor_take_text(my_timer_cbor_reader *reader, const uint8_t **text, size_t *len)
{
    my_timer_cbor_head head;
    int fault = my_timer_cbor_take_head(reader, &head);
    *text = NULL;
    *len = 0;
    if (!fault && head.major != 3) {
        fault = MY_TIMER_CBOR_WRONG_TYPE;
    }
    return fault ? fault : my_timer_cbor_take_string(reader, &head, text, len);
}

static inline int my_timer_cbor_text_is(const uint8_t *text, size_t len, const char *name)
{
    return len == strlen(name) && memcmp(text, name, len) == 0;
}

/* A map's key: `*key` becomes its place in `keys`, or `count` where it is none of them. */
static inline int my_timer_cbor_take_key(my_timer_cbor_reader *reader, const char *const *keys, size_t count,
    unsigned char *seen, size_t *key)
{
    const uint8_t *text;
    size_t len;
    my_timer_cbor_reader start = *reader;
    int fault = my_timer_cbor_take_text(reader, &text, &len);
    *key = count;
    if (fault == MY_TIMER_CBOR_WRONG_TYPE) {
        *reader = start;
        return my_timer_cbor_skip(reader);
    }
    for (; !fault && *key > 0; --*key) {
        if (my_timer_cbor_text_is(text, len, keys[*key - 1])) {
            fault = seen[*key - 1] ? MY_TIMER_CBOR_DUPLICATE_KEY : 0;
            seen[--*key] = 1;
            return fault;
        }
    }
    *key = count;
    return fault;
}

/* Whether a byte string is an integer of any size (RFC 8949, 3.4.3). */
static inline int my_timer_cbor_is_bignum(const my_timer_cbor_head *head)
{
    return head->major == 2 && (head->tag == 2 || head->tag == 3);
}

/* The digits of a bignum after its head, without zeros before them. */
static inline int my_timer_cbor_take_digits(my_timer_cbor_reader *reader, const my_timer_cbor_head *head,
    const uint8_t **digits, size_t *len)
{
    int fault = my_timer_cbor_take_string(reader, head, digits, len);
    while (!fault && *len && !**digits) {
        ++*digits;
        --*len;
    }
    return fault;
}

/* An integer of 64 bits; where it is below zero, it is -1 less the value. */
static inline int my_timer_cbor_take_integer(my_timer_cbor_reader *reader, int *negative, uint64_t *value)
{
    my_timer_cbor_head head;
    const uint8_t *digits;
    size_t len;
    int fault = my_timer_cbor_take_head(reader, &head);
    *negative = head.major == 1 || head.tag == 3;
    *value = head.value;
    if (fault || head.major < 2) {
        *negative = head.major == 1;
        return fault;
    }
    if (!my_timer_cbor_is_bignum(&head)) {
        return MY_TIMER_CBOR_WRONG_TYPE;
    }
    fault = my_timer_cbor_take_digits(reader, &head, &digits, &len);
    if (!fault && len > 8) {
        fault = MY_TIMER_CBOR_OUT_OF_RANGE;
    }
    for (*value = 0; !fault && len; len--) {
        *value = *value << 8 | *digits++;
    }
    return fault;
}

static inline int my_timer_cbor_take_signed(my_timer_cbor_reader *reader, int64_t min, int64_t max, int64_t *out)
{
    int negative;
    uint64_t value;
    int fault = my_timer_cbor_take_integer(reader, &negative, &value);
    *out = 0;
    if (fault) {
        return fault;
    }
    if (value > INT64_MAX) {
        return MY_TIMER_CBOR_OUT_OF_RANGE;
    }
    *out = negative ? -1 - (int64_t)value : (int64_t)value;
    return *out < min || *out > max ? MY_TIMER_CBOR_OUT_OF_RANGE : 0;
}

static inline int my_timer_cbor_take_unsigned(my_timer_cbor_reader *reader, uint64_t max, uint64_t *out)
{
    int negative;
    int fault = my_timer_cbor_take_integer(reader, &negative, out);
    if (fault) {
        return fault;
    }
    return negative || *out > max ? MY_TIMER_CBOR_OUT_OF_RANGE : 0;
}

/* The value of a half-precision number's bits. */
static inline double my_timer_cbor_half(uint64_t bits)
{
    uint64_t exponent = bits >> 10 & 0x1f;
    uint64_t mantissa = bits & 0x3ff;
    double value = (double)mantissa / 16777216.0;
    if (exponent) {
        uint64_t wide = (exponent == 0x1f ? UINT64_C(0x7ff) : exponent + 1008) << 52 | mantissa << 42;
        memcpy(&value, &wide, sizeof value);
    }
    return bits >> 15 ? -value : value;
}

/* The number that digits are exactly, the greatest first; where it is below zero, it is -1 less that. */
static inline int my_timer_cbor_exact(const uint8_t *digits, size_t len, int negative, double *out)
{
    /* Zeros at the end, or what one more makes zeros, are no digits of the mantissa. */
    const uint8_t last = negative ? 0xff : 0;
    size_t kept = len;
    size_t i;
    uint64_t mantissa = 0;
    uint64_t odd;
    while (kept && digits[kept - 1] == last) {
        kept--;
    }
    for (i = 0; i < kept && kept <= 8; i++) {
        mantissa = mantissa << 8 | digits[i];
    }
    mantissa += negative ? 1 : 0;
    for (odd = mantissa; odd && !(odd & 1); odd >>= 1) {
    }
    *out = (double)mantissa;
    for (i = kept; i < len && *out <= DBL_MAX; i++) {
        *out *= 256;
    }
    if (kept > 8 || odd >> 53 || *out > DBL_MAX) {
        return MY_TIMER_CBOR_OUT_OF_RANGE;
    }
    *out = negative ? -*out : *out;
    return 0;
}

/* A float, or an integer that is exactly one. */
static inline int my_timer_cbor_take_number(my_timer_cbor_reader *reader, double *out, int *is_integer)
{
    my_timer_cbor_head head;
    uint8_t bytes[8];
    const uint8_t *digits = bytes;
    size_t len;
    uint32_t bits;
    float single;
    int fault = my_timer_cbor_take_head(reader, &head);
    *out = 0;
    *is_integer = 0;
    if (fault) {
        return fault;
    }
    if (head.major == 7 && head.info >= 25) {
        if (head.info == 25) {
            *out = my_timer_cbor_half(head.value);
        } else if (head.info == 26) {
            bits = (uint32_t)head.value;
            memcpy(&single, &bits, sizeof single);
            *out = (double)single;
        } else {
            memcpy(out, &head.value, sizeof *out);
        }
        return 0;
    }
    *is_integer = 1;
    if (my_timer_cbor_is_bignum(&head)) {
        fault = my_timer_cbor_take_digits(reader, &head, &digits, &len);
        return fault ? fault : my_timer_cbor_exact(digits, len, head.tag == 3, out);
    }
    for (len = 0; len < 8; len++) {
        bytes[len] = (uint8_t)(head.value >> (56 - 8 * len));
    }
    return head.major > 1 ? MY_TIMER_CBOR_WRONG_TYPE : my_timer_cbor_exact(bytes, 8, head.major == 1, out);
}

static inline int my_timer_i8_decode(my_timer_cbor_reader *reader, int8_t *out)
{
    int64_t wide;
    int fault = my_timer_cbor_take_signed(reader, INT8_MIN, INT8_MAX, &wide);
    *out = fault ? 0 : (int8_t)wide;
    return fault;
}

static inline int my_timer_i16_decode(my_timer_cbor_reader *reader, int16_t *out)
{
    int64_t wide;
    int fault = my_timer_cbor_take_signed(reader, INT16_MIN, INT16_MAX, &wide);
    *out = fault ? 0 : (int16_t)wide;
    return fault;
}

static inline int my_timer_i32_decode(my_timer_cbor_reader *reader, int32_t *out)
{
    int64_t wide;
    int fault = my_timer_cbor_take_signed(reader, INT32_MIN, INT32_MAX, &wide);
    *out = fault ? 0 : (int32_t)wide;
    return fault;
}

static inline int my_timer_i64_decode(my_timer_cbor_reader *reader, int64_t *out)
{
    int64_t wide;
    int fault = my_timer_cbor_take_signed(reader, INT64_MIN, INT64_MAX, &wide);
    *out = fault ? 0 : (int64_t)wide;
    return fault;
}

static inline int my_timer_isize_decode(my_timer_cbor_reader *reader, ptrdiff_t *out)
{
    int64_t wide;
    int fault = my_timer_cbor_take_signed(reader, PTRDIFF_MIN, PTRDIFF_MAX, &wide);
    *out = fault ? 0 : (ptrdiff_t)wide;
    return fault;
}

static inline int my_timer_u8_decode(my_timer_cbor_reader *reader, uint8_t *out)
{
    uint64_t wide;
    int fault = my_timer_cbor_take_unsigned(reader, UINT8_MAX, &wide);
    *out = fault ? 0 : (uint8_t)wide;
    return fault;
}

static inline int my_timer_u16_decode(my_timer_cbor_reader *reader, uint16_t *out)
{
    uint64_t wide;
    int fault = my_timer_cbor_take_unsigned(reader, UINT16_MAX, &wide);
    *out = fault ? 0 : (uint16_t)wide;
    return fault;
}

static inline int my_timer_u32_decode(my_timer_cbor_reader *reader, uint32_t *out)
{
    uint64_t wide;
    int fault = my_timer_cbor_take_unsigned(reader, UINT32_MAX, &wide);
    *out = fault ? 0 : (uint32_t)wide;
    return fault;
}

static inline int my_timer_u64_decode(my_timer_cbor_reader *reader, uint64_t *out)
{
    uint64_t wide;
    int fault = my_timer_cbor_take_unsigned(reader, UINT64_MAX, &wide);
    *out = fault ? 0 : (uint64_t)wide;
    return fault;
}

static inline int my_timer_usize_decode(my_timer_cbor_reader *reader, size_t *out)
{
    uint64_t wide;
    int fault = my_timer_cbor_take_unsigned(reader, SIZE_MAX, &wide);
    *out = fault ? 0 : (size_t)wide;
    return fault;
}

static inline int my_timer_f64_decode(my_timer_cbor_reader *reader, double *out)
{
    int is_integer;
    return my_timer_cbor_take_number(reader, out, &is_integer);
}

static inline int my_timer_f32_decode(my_timer_cbor_reader *reader, float *out)
{
    double wide;
    double nearest;
    int is_integer;
    int fault = my_timer_cbor_take_number(reader, &wide, &is_integer);
    *out = 0;
    if (fault) {
        return fault;
    }
    /* Infinity and NaN pass; a finite number must not become one of them. */
    if ((wide > (double)FLT_MAX || wide < -(double)FLT_MAX) && wide >= -DBL_MAX && wide <= DBL_MAX) {
        return MY_TIMER_CBOR_OUT_OF_RANGE;
    }
    *out = (float)wide;
    nearest = (double)*out;
    if (is_integer && (nearest < wide || nearest > wide)) {
        return MY_TIMER_CBOR_OUT_OF_RANGE;
    }
    /* Nor must one that is not zero become zero. */
    return (wide > 0 && !(*out > 0)) || (wide < 0 && !(*out < 0)) ? MY_TIMER_CBOR_OUT_OF_RANGE : 0;
}

static inline int my_timer_bool_decode(my_timer_cbor_reader *reader, int *out)
{
    my_timer_cbor_head head;
    int fault = my_timer_cbor_take_head(reader, &head);
    *out = 0;
    if (!fault && (head.major != 7 || (head.info != 20 && head.info != 21))) {
        fault = MY_TIMER_CBOR_WRONG_TYPE;
    }
    *out = !fault && head.info == 21;
    return fault;
}

static inline int my_timer_char_decode(my_timer_cbor_reader *reader, uint32_t *out)
{
    const uint8_t *text;
    size_t len;
    int fault = my_timer_cbor_take_text(reader, &text, &len);
    *out = 0;
    if (!fault && (!len || my_timer_cbor_scalar_at(text, len, out) != len)) {
        fault = MY_TIMER_CBOR_BAD_TEXT;
    }
    return fault;
}

static inline int my_timer_string_decode(my_timer_cbor_reader *reader, const char **out)
{
    const uint8_t *text;
    size_t len;
    char *copy;
    int fault = my_timer_cbor_take_text(reader, &text, &len);
    *out = NULL;
    if (fault) {
        return fault;
    }
    if (len && memchr(text, 0, len)) {
        return MY_TIMER_CBOR_BAD_TEXT;
    }
    copy = (char *)my_timer_cbor_arena_take(reader->arena, len + 1, 1);
    if (!copy) {
        return MY_TIMER_CBOR_OUT_OF_MEMORY;
    }
    memcpy(copy, text, len);
    *out = copy;
    return 0;
}

/* Bytes that stand in an array of integers. */
static inline int my_timer_cbor_take_listed_bytes(my_timer_cbor_reader *reader, my_timer_bytes *out)
{
    my_timer_cbor_items items;
    int fault = my_timer_cbor_enter(reader, 4, &items);
    if (fault) {
        return fault;
    }
    /* No more than there are bytes left. */
    out->ptr = items.count ? (uint8_t *)my_timer_cbor_arena_take(reader->arena, items.count, 1) : NULL;
    if (items.count && !out->ptr) {
        return MY_TIMER_CBOR_OUT_OF_MEMORY;
    }
    for (out->len = 0; !fault && out->len < items.count; out->len++) {
        fault = my_timer_u8_decode(reader, &out->ptr[out->len]);
    }
    if (!fault) {
        my_timer_cbor_leave(reader, &items);
    }
    return fault;
}

static inline int my_timer_bytes_decode(my_timer_cbor_reader *reader, my_timer_bytes *out)
{
    my_timer_cbor_head head;
    const uint8_t *data;
    size_t len;
    const my_timer_cbor_reader start = *reader;
    int fault = my_timer_cbor_take_head(reader, &head);
    out->ptr = NULL;
    out->len = 0;
    if (!fault && head.major == 4) {
        *reader = start;
        return my_timer_cbor_take_listed_bytes(reader, out);
    }
    if (!fault && head.major != 2) {
        fault = MY_TIMER_CBOR_WRONG_TYPE;
    }
    if (!fault) {
        fault = my_timer_cbor_take_string(reader, &head, &data, &len);
    }
    if (fault || !len) {
        return fault;
    }
    out->ptr = (uint8_t *)my_timer_cbor_arena_take(reader->arena, len, 1);
    if (!out->ptr) {
        return MY_TIMER_CBOR_OUT_OF_MEMORY;
    }
    memcpy(out->ptr, data, len);
    out->len = len;
    return 0;
}

/* A result that is nothing. */
static inline int my_timer_cbor_nothing_decode(my_timer_cbor_reader *reader)
{
    return my_timer_cbor_take_null(reader) ? 0 : MY_TIMER_CBOR_WRONG_TYPE;
}

/* ---- CBOR of each type ---------------------------------------------------------------- */

static inline void my_timer_EchoEvent_encode(my_timer_cbor_writer *writer, const my_timer_EchoEvent *value);
static inline int my_timer_EchoEvent_decode(my_timer_cbor_reader *reader, my_timer_EchoEvent *out);
static inline void my_timer_EchoRequest_encode(my_timer_cbor_writer *writer, const my_timer_EchoRequest *value);
static inline int my_timer_EchoRequest_decode(my_timer_cbor_reader *reader, my_timer_EchoRequest *out);
static inline void my_timer_option_string_encode(my_timer_cbor_writer *writer, const my_timer_option_string *value);
static inline int my_timer_option_string_decode(my_timer_cbor_reader *reader, my_timer_option_string *out);
static inline void my_timer_EchoResponse_encode(my_timer_cbor_writer *writer, const my_timer_EchoResponse *value);
static inline int my_timer_EchoResponse_decode(my_timer_cbor_reader *reader, my_timer_EchoResponse *out);
static inline void my_timer_EventsDropped_encode(my_timer_cbor_writer *writer, const my_timer_EventsDropped *value);
static inline int my_timer_EventsDropped_decode(my_timer_cbor_reader *reader, my_timer_EventsDropped *out);
static inline void my_timer_JobPriority_encode(my_timer_cbor_writer *writer, const my_timer_JobPriority *value);
static inline int my_timer_JobPriority_decode(my_timer_cbor_reader *reader, my_timer_JobPriority *out);
static inline void my_timer_list_string_encode(my_timer_cbor_writer *writer, const my_timer_list_string *value);
static inline int my_timer_list_string_decode(my_timer_cbor_reader *reader, my_timer_list_string *out);
static inline void my_timer_Job_encode(my_timer_cbor_writer *writer, const my_timer_Job *value);
static inline int my_timer_Job_decode(my_timer_cbor_reader *reader, my_timer_Job *out);
static inline void my_timer_NotResponding_encode(my_timer_cbor_writer *writer, const my_timer_NotResponding *value);
static inline int my_timer_NotResponding_decode(my_timer_cbor_reader *reader, my_timer_NotResponding *out);
static inline void my_timer_Responding_encode(my_timer_cbor_writer *writer, const my_timer_Responding *value);
static inline int my_timer_Responding_decode(my_timer_cbor_reader *reader, my_timer_Responding *out);
static inline void my_timer_TimerConfig_encode(my_timer_cbor_writer *writer, const my_timer_TimerConfig *value);
static inline int my_timer_TimerConfig_decode(my_timer_cbor_reader *reader, my_timer_TimerConfig *out);
static inline void my_timer_list_Job_encode(my_timer_cbor_writer *writer, const my_timer_list_Job *value);
static inline int my_timer_list_Job_decode(my_timer_cbor_reader *reader, my_timer_list_Job *out);
static inline void my_timer_option_u64_encode(my_timer_cbor_writer *writer, const my_timer_option_u64 *value);
static inline int my_timer_option_u64_decode(my_timer_cbor_reader *reader, my_timer_option_u64 *out);

static inline void my_timer_EchoEvent_encode(my_timer_cbor_writer *writer, const my_timer_EchoEvent *value)
{
    if (!my_timer_cbor_open(writer, 5, 2)) {
        return;
    }
    my_timer_cbor_put_text(writer, "message");
    my_timer_string_encode(writer, &value->message);
    my_timer_cbor_put_text(writer, "echoCount");
    my_timer_i64_encode(writer, &value->echoCount);
    my_timer_cbor_close(writer);
}

static inline int my_timer_EchoEvent_decode(my_timer_cbor_reader *reader, my_timer_EchoEvent *out)
{
    static const char *const keys[2] = {
        "message",
        "echoCount"
    };
    unsigned char seen[2];
    size_t key;
    my_timer_cbor_items items;
    size_t i;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    memset(out, 0, sizeof *out);
    memset(seen, 0, sizeof seen);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(reader, keys, 2, seen, &key);
        if (fault) {
            break;
        }
        switch (key) {
        case 0: fault = my_timer_string_decode(reader, &out->message); break;
        case 1: fault = my_timer_i64_decode(reader, &out->echoCount); break;
        default: fault = my_timer_cbor_skip(reader); break;
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(reader, &items);
    return seen[0] && seen[1] ? 0 : MY_TIMER_CBOR_MISSING_KEY;
}

static inline void my_timer_EchoRequest_encode(my_timer_cbor_writer *writer, const my_timer_EchoRequest *value)
{
    if (!my_timer_cbor_open(writer, 5, 2)) {
        return;
    }
    my_timer_cbor_put_text(writer, "message");
    my_timer_string_encode(writer, &value->message);
    my_timer_cbor_put_text(writer, "delayMs");
    my_timer_u32_encode(writer, &value->delayMs);
    my_timer_cbor_close(writer);
}

static inline int my_timer_EchoRequest_decode(my_timer_cbor_reader *reader, my_timer_EchoRequest *out)
{
    static const char *const keys[2] = {
        "message",
        "delayMs"
    };
    unsigned char seen[2];
    size_t key;
    my_timer_cbor_items items;
    size_t i;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    memset(out, 0, sizeof *out);
    memset(seen, 0, sizeof seen);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(reader, keys, 2, seen, &key);
        if (fault) {
            break;
        }
        switch (key) {
        case 0: fault = my_timer_string_decode(reader, &out->message); break;
        case 1: fault = my_timer_u32_decode(reader, &out->delayMs); break;
        default: fault = my_timer_cbor_skip(reader); break;
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(reader, &items);
    return seen[0] && seen[1] ? 0 : MY_TIMER_CBOR_MISSING_KEY;
}

static inline void my_timer_option_string_encode(my_timer_cbor_writer *writer, const my_timer_option_string *value)
{
    if (value->present) {
        my_timer_string_encode(writer, &value->value);
    } else {
        my_timer_cbor_put_null(writer);
    }
}

static inline int my_timer_option_string_decode(my_timer_cbor_reader *reader, my_timer_option_string *out)
{
    memset(out, 0, sizeof *out);
    if (my_timer_cbor_take_null(reader)) {
        return 0;
    }
    out->present = 1;
    return my_timer_string_decode(reader, &out->value);
}

static inline void my_timer_EchoResponse_encode(my_timer_cbor_writer *writer, const my_timer_EchoResponse *value)
{
    if (!my_timer_cbor_open(writer, 5, 2)) {
        return;
    }
    my_timer_cbor_put_text(writer, "echoed");
    my_timer_string_encode(writer, &value->echoed);
    my_timer_cbor_put_text(writer, "label");
    my_timer_option_string_encode(writer, &value->label);
    my_timer_cbor_close(writer);
}

static inline int my_timer_EchoResponse_decode(my_timer_cbor_reader *reader, my_timer_EchoResponse *out)
{
    static const char *const keys[2] = {
        "echoed",
        "label"
    };
    unsigned char seen[2];
    size_t key;
    my_timer_cbor_items items;
    size_t i;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    memset(out, 0, sizeof *out);
    memset(seen, 0, sizeof seen);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(reader, keys, 2, seen, &key);
        if (fault) {
            break;
        }
        switch (key) {
        case 0: fault = my_timer_string_decode(reader, &out->echoed); break;
        case 1: fault = my_timer_option_string_decode(reader, &out->label); break;
        default: fault = my_timer_cbor_skip(reader); break;
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(reader, &items);
    return seen[0] ? 0 : MY_TIMER_CBOR_MISSING_KEY;
}

static inline void my_timer_EventsDropped_encode(my_timer_cbor_writer *writer, const my_timer_EventsDropped *value)
{
    if (!my_timer_cbor_open(writer, 5, 1)) {
        return;
    }
    my_timer_cbor_put_text(writer, "count");
    my_timer_u64_encode(writer, &value->count);
    my_timer_cbor_close(writer);
}

static inline int my_timer_EventsDropped_decode(my_timer_cbor_reader *reader, my_timer_EventsDropped *out)
{
    static const char *const keys[1] = {
        "count"
    };
    unsigned char seen[1];
    size_t key;
    my_timer_cbor_items items;
    size_t i;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    memset(out, 0, sizeof *out);
    memset(seen, 0, sizeof seen);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(reader, keys, 1, seen, &key);
        if (fault) {
            break;
        }
        switch (key) {
        case 0: fault = my_timer_u64_decode(reader, &out->count); break;
        default: fault = my_timer_cbor_skip(reader); break;
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(reader, &items);
    return seen[0] ? 0 : MY_TIMER_CBOR_MISSING_KEY;
}

static inline void my_timer_JobPriority_encode(my_timer_cbor_writer *writer, const my_timer_JobPriority *value)
{
    switch (*value) {
    case my_timer_JobPriority_Low: my_timer_cbor_put_text(writer, "Low"); break;
    case my_timer_JobPriority_High: my_timer_cbor_put_text(writer, "High"); break;
    default: my_timer_cbor_fail(writer, MY_TIMER_CBOR_UNKNOWN_VARIANT); break;
    }
}

static inline int my_timer_JobPriority_decode(my_timer_cbor_reader *reader, my_timer_JobPriority *out)
{
    const uint8_t *text;
    size_t len;
    int fault = my_timer_cbor_take_text(reader, &text, &len);
    *out = 0;
    if (fault) {
        return fault;
    }
    if (my_timer_cbor_text_is(text, len, "Low")) {
        *out = my_timer_JobPriority_Low;
        return 0;
    }
    if (my_timer_cbor_text_is(text, len, "High")) {
        *out = my_timer_JobPriority_High;
        return 0;
    }
    return MY_TIMER_CBOR_UNKNOWN_VARIANT;
}

static inline void my_timer_list_string_encode(my_timer_cbor_writer *writer, const my_timer_list_string *value)
{
    size_t i;
    if (!value->ptr && value->len) {
        my_timer_cbor_fail(writer, MY_TIMER_CBOR_NULL_POINTER);
    }
    if (!my_timer_cbor_open(writer, 4, value->len)) {
        return;
    }
    for (i = 0; i < value->len; i++) {
        my_timer_string_encode(writer, &value->ptr[i]);
    }
    my_timer_cbor_close(writer);
}

static inline int my_timer_list_string_decode(my_timer_cbor_reader *reader, my_timer_list_string *out)
{
    my_timer_cbor_items items;
    size_t room = 0;
    int fault = my_timer_cbor_enter(reader, 4, &items);
    out->ptr = NULL;
    out->len = 0;
    while (!fault && out->len < items.count) {
        if (out->len == room) {
            out->ptr = (const char **)my_timer_cbor_arena_grow(
                reader->arena, out->ptr, out->len, items.count, sizeof(*out->ptr), &room);
        }
        fault = out->ptr ? my_timer_string_decode(reader, &out->ptr[out->len]) : MY_TIMER_CBOR_OUT_OF_MEMORY;
        out->len++;
    }
    if (!fault) {
        my_timer_cbor_leave(reader, &items);
    }
    return fault;
}

static inline void my_timer_Job_encode(my_timer_cbor_writer *writer, const my_timer_Job *value)
{
    if (!my_timer_cbor_open(writer, 5, 3)) {
        return;
    }
    my_timer_cbor_put_text(writer, "priority");
    my_timer_JobPriority_encode(writer, &value->priority);
    my_timer_cbor_put_text(writer, "tags");
    my_timer_list_string_encode(writer, &value->tags);
    my_timer_cbor_put_text(writer, "blob");
    my_timer_bytes_encode(writer, &value->blob);
    my_timer_cbor_close(writer);
}

static inline int my_timer_Job_decode(my_timer_cbor_reader *reader, my_timer_Job *out)
{
    static const char *const keys[3] = {
        "priority",
        "tags",
        "blob"
    };
    unsigned char seen[3];
    size_t key;
    my_timer_cbor_items items;
    size_t i;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    memset(out, 0, sizeof *out);
    memset(seen, 0, sizeof seen);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(reader, keys, 3, seen, &key);
        if (fault) {
            break;
        }
        switch (key) {
        case 0: fault = my_timer_JobPriority_decode(reader, &out->priority); break;
        case 1: fault = my_timer_list_string_decode(reader, &out->tags); break;
        case 2: fault = my_timer_bytes_decode(reader, &out->blob); break;
        default: fault = my_timer_cbor_skip(reader); break;
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(reader, &items);
    return seen[0] && seen[1] && seen[2] ? 0 : MY_TIMER_CBOR_MISSING_KEY;
}

static inline void my_timer_NotResponding_encode(my_timer_cbor_writer *writer, const my_timer_NotResponding *value)
{
    if (!my_timer_cbor_open(writer, 5, 1)) {
        return;
    }
    my_timer_cbor_put_text(writer, "stalled_ms");
    my_timer_u64_encode(writer, &value->stalled_ms);
    my_timer_cbor_close(writer);
}

static inline int my_timer_NotResponding_decode(my_timer_cbor_reader *reader, my_timer_NotResponding *out)
{
    static const char *const keys[1] = {
        "stalled_ms"
    };
    unsigned char seen[1];
    size_t key;
    my_timer_cbor_items items;
    size_t i;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    memset(out, 0, sizeof *out);
    memset(seen, 0, sizeof seen);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(reader, keys, 1, seen, &key);
        if (fault) {
            break;
        }
        switch (key) {
        case 0: fault = my_timer_u64_decode(reader, &out->stalled_ms); break;
        default: fault = my_timer_cbor_skip(reader); break;
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(reader, &items);
    return seen[0] ? 0 : MY_TIMER_CBOR_MISSING_KEY;
}

static inline void my_timer_Responding_encode(my_timer_cbor_writer *writer, const my_timer_Responding *value)
{
    if (!my_timer_cbor_open(writer, 5, 0)) {
        return;
    }
    (void)value;
    my_timer_cbor_close(writer);
}

static inline int my_timer_Responding_decode(my_timer_cbor_reader *reader, my_timer_Responding *out)
{
    my_timer_cbor_items items;
    size_t i;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    memset(out, 0, sizeof *out);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_skip(reader);
        if (!fault) {
            fault = my_timer_cbor_skip(reader);
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(reader, &items);
    return 0;
}

static inline void my_timer_TimerConfig_encode(my_timer_cbor_writer *writer, const my_timer_TimerConfig *value)
{
    if (!my_timer_cbor_open(writer, 5, 1)) {
        return;
    }
    my_timer_cbor_put_text(writer, "name");
    my_timer_string_encode(writer, &value->name);
    my_timer_cbor_close(writer);
}

static inline int my_timer_TimerConfig_decode(my_timer_cbor_reader *reader, my_timer_TimerConfig *out)
{
    static const char *const keys[1] = {
        "name"
    };
    unsigned char seen[1];
    size_t key;
    my_timer_cbor_items items;
    size_t i;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    memset(out, 0, sizeof *out);
    memset(seen, 0, sizeof seen);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(reader, keys, 1, seen, &key);
        if (fault) {
            break;
        }
        switch (key) {
        case 0: fault = my_timer_string_decode(reader, &out->name); break;
        default: fault = my_timer_cbor_skip(reader); break;
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(reader, &items);
    return seen[0] ? 0 : MY_TIMER_CBOR_MISSING_KEY;
}

static inline void my_timer_list_Job_encode(my_timer_cbor_writer *writer, const my_timer_list_Job *value)
{
    size_t i;
    if (!value->ptr && value->len) {
        my_timer_cbor_fail(writer, MY_TIMER_CBOR_NULL_POINTER);
    }
    if (!my_timer_cbor_open(writer, 4, value->len)) {
        return;
    }
    for (i = 0; i < value->len; i++) {
        my_timer_Job_encode(writer, &value->ptr[i]);
    }
    my_timer_cbor_close(writer);
}

static inline int my_timer_list_Job_decode(my_timer_cbor_reader *reader, my_timer_list_Job *out)
{
    my_timer_cbor_items items;
    size_t room = 0;
    int fault = my_timer_cbor_enter(reader, 4, &items);
    out->ptr = NULL;
    out->len = 0;
    while (!fault && out->len < items.count) {
        if (out->len == room) {
            out->ptr = (my_timer_Job *)my_timer_cbor_arena_grow(
                reader->arena, out->ptr, out->len, items.count, sizeof(*out->ptr), &room);
        }
        fault = out->ptr ? my_timer_Job_decode(reader, &out->ptr[out->len]) : MY_TIMER_CBOR_OUT_OF_MEMORY;
        out->len++;
    }
    if (!fault) {
        my_timer_cbor_leave(reader, &items);
    }
    return fault;
}

static inline void my_timer_option_u64_encode(my_timer_cbor_writer *writer, const my_timer_option_u64 *value)
{
    if (value->present) {
        my_timer_u64_encode(writer, &value->value);
    } else {
        my_timer_cbor_put_null(writer);
    }
}

static inline int my_timer_option_u64_decode(my_timer_cbor_reader *reader, my_timer_option_u64 *out)
{
    memset(out, 0, sizeof *out);
    if (my_timer_cbor_take_null(reader)) {
        return 0;
    }
    out->present = 1;
    return my_timer_u64_decode(reader, &out->value);
}

/* ---- Requests and responses ----------------------------------------------------------- */

/**
 * Writes the request of my_timer_create_cbor. Returns its size, above `cap` where only a part was
 * written; 0 where an argument has no CBOR form: a number that is no variant or no character, a
 * NULL that is not text, nesting past 64.
 */
static inline size_t my_timer_create_request(uint8_t *buf, size_t cap, my_timer_TimerConfig config)
{
    my_timer_cbor_writer writer = my_timer_cbor_write(buf, cap);
    my_timer_cbor_put_head(&writer, 5, 1);
    my_timer_cbor_put_text(&writer, "config");
    my_timer_TimerConfig_encode(&writer, &config);
    return my_timer_cbor_written(&writer);
}

/**
 * Reads the result of my_timer_create_cbor into `*out`; what it points to is the arena's. Returns
 * 0, or a MY_TIMER_CBOR_ fault; then `*out` means nothing, and the arena is to be freed all the same.
 */
static inline int my_timer_create_response(const void *bytes, size_t len, const char **out, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, arena);
    int fault = my_timer_string_decode(&reader, out);
    return fault ? fault : my_timer_cbor_end(&reader);
}

/**
 * Writes the request of my_timer_echo_cbor. Returns its size, above `cap` where only a part was
 * written; 0 where an argument has no CBOR form: a number that is no variant or no character, a
 * NULL that is not text, nesting past 64.
 */
static inline size_t my_timer_echo_request(uint8_t *buf, size_t cap, my_timer_EchoRequest req)
{
    my_timer_cbor_writer writer = my_timer_cbor_write(buf, cap);
    my_timer_cbor_put_head(&writer, 5, 1);
    my_timer_cbor_put_text(&writer, "req");
    my_timer_EchoRequest_encode(&writer, &req);
    return my_timer_cbor_written(&writer);
}

/**
 * Reads the result of my_timer_echo_cbor into `*out`; what it points to is the arena's. Returns
 * 0, or a MY_TIMER_CBOR_ fault; then `*out` means nothing, and the arena is to be freed all the same.
 */
static inline int my_timer_echo_response(const void *bytes, size_t len, my_timer_EchoResponse *out, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, arena);
    int fault = my_timer_EchoResponse_decode(&reader, out);
    return fault ? fault : my_timer_cbor_end(&reader);
}

/**
 * Writes the request of my_timer_version_cbor. Returns its size, above `cap` where only a part was
 * written; 0 where an argument has no CBOR form: a number that is no variant or no character, a
 * NULL that is not text, nesting past 64.
 */
static inline size_t my_timer_version_request(uint8_t *buf, size_t cap)
{
    my_timer_cbor_writer writer = my_timer_cbor_write(buf, cap);
    my_timer_cbor_put_head(&writer, 5, 0);
    return my_timer_cbor_written(&writer);
}

/**
 * Reads the result of my_timer_version_cbor into `*out`; what it points to is the arena's. Returns
 * 0, or a MY_TIMER_CBOR_ fault; then `*out` means nothing, and the arena is to be freed all the same.
 */
static inline int my_timer_version_response(const void *bytes, size_t len, const char **out, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, arena);
    int fault = my_timer_string_decode(&reader, out);
    return fault ? fault : my_timer_cbor_end(&reader);
}

/**
 * Writes the request of my_timer_schedule_cbor. Returns its size, above `cap` where only a part was
 * written; 0 where an argument has no CBOR form: a number that is no variant or no character, a
 * NULL that is not text, nesting past 64.
 */
static inline size_t my_timer_schedule_request(uint8_t *buf, size_t cap, my_timer_list_Job jobs, my_timer_option_u64 at)
{
    my_timer_cbor_writer writer = my_timer_cbor_write(buf, cap);
    my_timer_cbor_put_head(&writer, 5, 2);
    my_timer_cbor_put_text(&writer, "jobs");
    my_timer_list_Job_encode(&writer, &jobs);
    my_timer_cbor_put_text(&writer, "at");
    my_timer_option_u64_encode(&writer, &at);
    return my_timer_cbor_written(&writer);
}

/**
 * Reads the result of my_timer_schedule_cbor into `*out`; what it points to is the arena's. Returns
 * 0, or a MY_TIMER_CBOR_ fault; then `*out` means nothing, and the arena is to be freed all the same.
 */
static inline int my_timer_schedule_response(const void *bytes, size_t len, int64_t *out, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, arena);
    int fault = my_timer_i64_decode(&reader, out);
    return fault ? fault : my_timer_cbor_end(&reader);
}

/**
 * Writes the request of my_timer_reset_cbor. Returns its size, above `cap` where only a part was
 * written; 0 where an argument has no CBOR form: a number that is no variant or no character, a
 * NULL that is not text, nesting past 64.
 */
static inline size_t my_timer_reset_request(uint8_t *buf, size_t cap)
{
    my_timer_cbor_writer writer = my_timer_cbor_write(buf, cap);
    my_timer_cbor_put_head(&writer, 5, 0);
    return my_timer_cbor_written(&writer);
}

/** Returns 0 where the result of my_timer_reset_cbor is nothing, as it should be. */
static inline int my_timer_reset_response(const void *bytes, size_t len)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, NULL);
    int fault = my_timer_cbor_nothing_decode(&reader);
    return fault ? fault : my_timer_cbor_end(&reader);
}

/* ---- Events on the CBOR path ---------------------------------------------------------- */

/* What stands in the map of an event. */
typedef struct my_timer_cbor_event {
    const uint8_t *name;
    size_t len;
    /* At the payload, which nests as deep as any value; at nothing where none came. */
    my_timer_cbor_reader payload;
    /* The key of the map whose entry is at fault, or NULL. */
    const char *fault_at;
} my_timer_cbor_event;

/* Reads one key of an event's map with its value. */
static inline int my_timer_cbor_event_entry(my_timer_cbor_reader *reader, unsigned char *seen, my_timer_cbor_event *out)
{
    static const char *const keys[2] = {"eventType", "payload"};
    size_t key;
    int fault = my_timer_cbor_take_key(reader, keys, 2, seen, &key);
    out->fault_at = key < 2 ? keys[key] : NULL;
    if (fault) {
        return fault;
    }
    if (key == 0) {
        return my_timer_cbor_take_text(reader, &out->name, &out->len);
    }
    if (key == 2) {
        return my_timer_cbor_skip(reader);
    }
    reader->depth = 0;
    out->payload = *reader;
    fault = my_timer_cbor_skip(reader);
    reader->depth = 1;
    return fault;
}

/* Reads the map of an event, whatever its keys' order is, up to the end of the message. */
static inline int my_timer_cbor_event_read(my_timer_cbor_reader *reader, my_timer_cbor_event *out)
{
    unsigned char seen[2] = {0, 0};
    my_timer_cbor_items items;
    size_t i;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    out->name = NULL;
    out->len = 0;
    out->payload.left = 0;
    out->fault_at = NULL;
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_event_entry(reader, seen, out);
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(reader, &items);
    out->fault_at = NULL;
    fault = my_timer_cbor_end(reader);
    if (!fault && !(seen[0] && seen[1])) {
        out->fault_at = seen[0] ? "payload" : "eventType";
        fault = MY_TIMER_CBOR_MISSING_KEY;
    }
    return fault;
}

/* Reads the event `expected`, and stands at its payload then. */
static inline int my_timer_cbor_event_open(my_timer_cbor_reader *reader, const char *expected)
{
    my_timer_cbor_event event;
    int fault = my_timer_cbor_event_read(reader, &event);
    if (!fault && !my_timer_cbor_text_is(event.name, event.len, expected)) {
        fault = MY_TIMER_CBOR_OTHER_EVENT;
    }
    if (!fault) {
        *reader = event.payload;
    }
    return fault;
}

/** Which event a message of the CBOR path is: one of the names above, or NULL where it is none. */
static inline const char *my_timer_event_name(const void *bytes, size_t len)
{
    static const char *const names[8] = {
        MY_TIMER_EVENT_ON_ECHO_FIRED,
        MY_TIMER_EVENT_ON_TICK,
        MY_TIMER_EVENT_ON_NOTE,
        MY_TIMER_EVENT_ON_IDLE,
        MY_TIMER_EVENT_EVENTS_DROPPED,
        MY_TIMER_EVENT_NOT_RESPONDING,
        MY_TIMER_EVENT_RESPONDING,
        NULL
    };
    my_timer_cbor_arena arena = {NULL};
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, &arena);
    my_timer_cbor_event event;
    size_t i = 0;
    /* What is wrong behind the name, the event's own helper tells. */
    (void)my_timer_cbor_event_read(&reader, &event);
    while (names[i] && !(event.name && my_timer_cbor_text_is(event.name, event.len, names[i]))) {
        i++;
    }
    /* A name that came in pieces is the arena's until here. */
    my_timer_cbor_arena_free(&arena);
    return names[i];
}

/**
 * Reads what `on_echo_fired` tells into `*out`; what it points to is the arena's. Returns 0, or a
 * MY_TIMER_CBOR_ fault; then `*out` means nothing, and the arena is to be freed all the same.
 */
static inline int my_timer_on_echo_fired_event(const void *bytes, size_t len, my_timer_EchoEvent *out, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, arena);
    int fault = my_timer_cbor_event_open(&reader, MY_TIMER_EVENT_ON_ECHO_FIRED);
    return fault ? fault : my_timer_EchoEvent_decode(&reader, out);
}

/**
 * Reads what `on_tick` tells into `*out`; what it points to is the arena's. Returns 0, or a
 * MY_TIMER_CBOR_ fault; then `*out` means nothing, and the arena is to be freed all the same.
 */
static inline int my_timer_on_tick_event(const void *bytes, size_t len, uint64_t *out, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, arena);
    int fault = my_timer_cbor_event_open(&reader, MY_TIMER_EVENT_ON_TICK);
    return fault ? fault : my_timer_u64_decode(&reader, out);
}

/**
 * Reads what `on_note` tells into `*out`; what it points to is the arena's. Returns 0, or a
 * MY_TIMER_CBOR_ fault; then `*out` means nothing, and the arena is to be freed all the same.
 */
static inline int my_timer_on_note_event(const void *bytes, size_t len, const char **out, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, arena);
    int fault = my_timer_cbor_event_open(&reader, MY_TIMER_EVENT_ON_NOTE);
    return fault ? fault : my_timer_string_decode(&reader, out);
}

/** Returns 0 where the message is `on_idle`, which tells nothing else. */
static inline int my_timer_on_idle_event(const void *bytes, size_t len)
{
    my_timer_cbor_arena arena = {NULL};
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, &arena);
    int fault = my_timer_cbor_event_open(&reader, MY_TIMER_EVENT_ON_IDLE);
    if (!fault) {
        fault = my_timer_cbor_nothing_decode(&reader);
    }
    my_timer_cbor_arena_free(&arena);
    return fault;
}

/**
 * Reads what `events_dropped` tells into `*out`; what it points to is the arena's. Returns 0, or a
 * MY_TIMER_CBOR_ fault; then `*out` means nothing, and the arena is to be freed all the same.
 */
static inline int my_timer_events_dropped_event(const void *bytes, size_t len, my_timer_EventsDropped *out, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, arena);
    int fault = my_timer_cbor_event_open(&reader, MY_TIMER_EVENT_EVENTS_DROPPED);
    return fault ? fault : my_timer_EventsDropped_decode(&reader, out);
}

/**
 * Reads what `not_responding` tells into `*out`; what it points to is the arena's. Returns 0, or a
 * MY_TIMER_CBOR_ fault; then `*out` means nothing, and the arena is to be freed all the same.
 */
static inline int my_timer_not_responding_event(const void *bytes, size_t len, my_timer_NotResponding *out, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, arena);
    int fault = my_timer_cbor_event_open(&reader, MY_TIMER_EVENT_NOT_RESPONDING);
    return fault ? fault : my_timer_NotResponding_decode(&reader, out);
}

/**
 * Reads what `responding` tells into `*out`; what it points to is the arena's. Returns 0, or a
 * MY_TIMER_CBOR_ fault; then `*out` means nothing, and the arena is to be freed all the same.
 */
static inline int my_timer_responding_event(const void *bytes, size_t len, my_timer_Responding *out, my_timer_cbor_arena *arena)
{
    my_timer_cbor_reader reader = my_timer_cbor_read(bytes, len, arena);
    int fault = my_timer_cbor_event_open(&reader, MY_TIMER_EVENT_RESPONDING);
    return fault ? fault : my_timer_Responding_decode(&reader, out);
}

/* ---- Checking a loaded library -------------------------------------------------------- */

/* One item that this header declares. */
typedef struct my_timer_abi_item {
    unsigned kind;
    const char *name;
    uint64_t fingerprint;
    /* What a host is told where the library has another one, or none. */
    const char *changed;
    const char *missing;
} my_timer_abi_item;

/* What an item is. */
#define MY_TIMER_ABI_FUNCTION 0
#define MY_TIMER_ABI_TYPE 1
#define MY_TIMER_ABI_EVENT 2

/* How every text begins that tells a host of another library. */
#define MY_TIMER_ABI_DIFFERS "my_timer: the loaded library differs from its header: "

/* The kind of these errors, behind the NUL of each text: FFI_ERROR_MISMATCH. */
#define MY_TIMER_ABI_KIND "\0\022"

/* What is known of one item so far. */
#define MY_TIMER_ABI_MISSING 0
#define MY_TIMER_ABI_SAME 1
#define MY_TIMER_ABI_CHANGED 2

/* Reads the native fingerprint out of `{"native": n, ...}`. */
static inline int my_timer_abi_take_fingerprint(my_timer_cbor_reader *reader, uint64_t *fingerprint)
{
    static const char *const keys[1] = {"native"};
    unsigned char seen[1] = {0};
    my_timer_cbor_items items;
    size_t i;
    size_t key;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(reader, keys, 1, seen, &key);
        if (!fault) {
            fault = key == 0 ? my_timer_u64_decode(reader, fingerprint) : my_timer_cbor_skip(reader);
        }
    }
    if (!fault) {
        my_timer_cbor_leave(reader, &items);
    }
    return !fault && !seen[0] ? MY_TIMER_CBOR_MISSING_KEY : fault;
}

/* Compares one function, type or event of the library with what the header declares of it. */
static inline int my_timer_abi_take_item(my_timer_cbor_reader *reader, unsigned kind,
    const my_timer_abi_item *table, size_t count, unsigned char *states)
{
    static const char *const keys[2] = {"name", "fingerprint"};
    unsigned char seen[2] = {0, 0};
    const uint8_t *name = NULL;
    size_t len = 0;
    uint64_t fingerprint = 0;
    my_timer_cbor_items items;
    size_t i;
    size_t key;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(reader, keys, 2, seen, &key);
        if (!fault) {
            fault = key == 0 ? my_timer_cbor_take_text(reader, &name, &len)
                : key == 1 ? my_timer_abi_take_fingerprint(reader, &fingerprint)
                : my_timer_cbor_skip(reader);
        }
    }
    if (fault || !seen[0] || !seen[1]) {
        return fault ? fault : MY_TIMER_CBOR_MISSING_KEY;
    }
    my_timer_cbor_leave(reader, &items);
    for (i = 0; i < count; i++) {
        if (table[i].kind == kind && my_timer_cbor_text_is(name, len, table[i].name)) {
            states[i] = table[i].fingerprint == fingerprint ? MY_TIMER_ABI_SAME : MY_TIMER_ABI_CHANGED;
        }
    }
    return 0;
}

/* Compares every item of one kind. */
static inline int my_timer_abi_take_items(my_timer_cbor_reader *reader, unsigned kind,
    const my_timer_abi_item *table, size_t count, unsigned char *states)
{
    my_timer_cbor_items items;
    size_t i;
    int fault = my_timer_cbor_enter(reader, 4, &items);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_abi_take_item(reader, kind, table, count, states);
    }
    if (!fault) {
        my_timer_cbor_leave(reader, &items);
    }
    return fault;
}

/* Reads a whole schema. A newer format is one this header cannot read. */
static inline int my_timer_abi_take_schema(my_timer_cbor_reader *reader, const my_timer_abi_item *table,
    size_t count, unsigned char *states)
{
    /* Those of items stand at the number of their kind. */
    static const char *const keys[4] = {"functions", "types", "events", "format"};
    unsigned char seen[4] = {0, 0, 0, 0};
    uint32_t format = 0;
    my_timer_cbor_items items;
    size_t i;
    size_t key;
    int fault = my_timer_cbor_enter(reader, 5, &items);
    for (i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(reader, keys, 4, seen, &key);
        if (!fault) {
            fault = key < 3 ? my_timer_abi_take_items(reader, (unsigned)key, table, count, states)
                : key == 3 ? my_timer_u32_decode(reader, &format)
                : my_timer_cbor_skip(reader);
        }
    }
    return !fault && (!seen[3] || format > 2) ? MY_TIMER_CBOR_OUT_OF_RANGE : fault;
}

/* What the library that is loaded differs in, after MY_TIMER_ABI_DIFFERS; NULL where it fits. */
static inline const char *my_timer_abi_difference(void)
{
    static const my_timer_abi_item table[23] = {
        {MY_TIMER_ABI_TYPE, "EchoEvent", UINT64_C(0x516f70111c9aeae9),
            MY_TIMER_ABI_DIFFERS "type EchoEvent" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing type EchoEvent" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_TYPE, "EchoRequest", UINT64_C(0xe173f25787e8a557),
            MY_TIMER_ABI_DIFFERS "type EchoRequest" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing type EchoRequest" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_TYPE, "EchoResponse", UINT64_C(0x6cd3f9e68e399a02),
            MY_TIMER_ABI_DIFFERS "type EchoResponse" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing type EchoResponse" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_TYPE, "EventsDropped", UINT64_C(0x91e41aac999de33d),
            MY_TIMER_ABI_DIFFERS "type EventsDropped" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing type EventsDropped" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_TYPE, "JobPriority", UINT64_C(0xcad3a7a3c3dbee6c),
            MY_TIMER_ABI_DIFFERS "type JobPriority" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing type JobPriority" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_TYPE, "Job", UINT64_C(0xea05578dda3c0b86),
            MY_TIMER_ABI_DIFFERS "type Job" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing type Job" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_TYPE, "NotResponding", UINT64_C(0xe2a561ec8342036c),
            MY_TIMER_ABI_DIFFERS "type NotResponding" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing type NotResponding" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_TYPE, "Responding", UINT64_C(0x0e39eb0cbfcd5e85),
            MY_TIMER_ABI_DIFFERS "type Responding" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing type Responding" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_TYPE, "TimerConfig", UINT64_C(0xe55a11820fe6b8fb),
            MY_TIMER_ABI_DIFFERS "type TimerConfig" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing type TimerConfig" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_FUNCTION, "my_timer_create", UINT64_C(0xb811b5103deb7fcd),
            MY_TIMER_ABI_DIFFERS "function my_timer_create" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing function my_timer_create" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_FUNCTION, "my_timer_echo", UINT64_C(0x21dff69b66ea3207),
            MY_TIMER_ABI_DIFFERS "function my_timer_echo" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing function my_timer_echo" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_FUNCTION, "my_timer_version", UINT64_C(0xd1b0718a8268d192),
            MY_TIMER_ABI_DIFFERS "function my_timer_version" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing function my_timer_version" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_FUNCTION, "my_timer_schedule", UINT64_C(0x92280319d875fb73),
            MY_TIMER_ABI_DIFFERS "function my_timer_schedule" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing function my_timer_schedule" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_FUNCTION, "my_timer_reset", UINT64_C(0xd0c6aff346d6c741),
            MY_TIMER_ABI_DIFFERS "function my_timer_reset" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing function my_timer_reset" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_FUNCTION, "my_timer_destroy", UINT64_C(0x8a935d92f5c07684),
            MY_TIMER_ABI_DIFFERS "function my_timer_destroy" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing function my_timer_destroy" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_EVENT, "on_echo_fired", UINT64_C(0x6efa6c893fc559cc),
            MY_TIMER_ABI_DIFFERS "event on_echo_fired" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing event on_echo_fired" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_EVENT, "on_tick", UINT64_C(0x13a4f528d9f43796),
            MY_TIMER_ABI_DIFFERS "event on_tick" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing event on_tick" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_EVENT, "on_note", UINT64_C(0xa6479b0ae0c4a959),
            MY_TIMER_ABI_DIFFERS "event on_note" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing event on_note" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_EVENT, "on_idle", UINT64_C(0xdd76b744dc7b57b5),
            MY_TIMER_ABI_DIFFERS "event on_idle" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing event on_idle" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_EVENT, "events_dropped", UINT64_C(0xd171b5a868eb0c18),
            MY_TIMER_ABI_DIFFERS "event events_dropped" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing event events_dropped" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_EVENT, "not_responding", UINT64_C(0xc0fdec84e0100168),
            MY_TIMER_ABI_DIFFERS "event not_responding" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing event not_responding" MY_TIMER_ABI_KIND},
        {MY_TIMER_ABI_EVENT, "responding", UINT64_C(0xa11610d1daef915f),
            MY_TIMER_ABI_DIFFERS "event responding" MY_TIMER_ABI_KIND,
            MY_TIMER_ABI_DIFFERS "missing event responding" MY_TIMER_ABI_KIND},
        {0, NULL, 0, NULL, NULL}
    };
    const size_t count = 22;
    unsigned char states[23];
    my_timer_cbor_arena arena = {NULL};
    my_timer_cbor_reader reader;
    const uint8_t *schema;
    size_t len = 0;
    size_t i;
    int fault;
    if (my_timer_ffi_abi_hash() == MY_TIMER_ABI_HASH) {
        return NULL;
    }
    schema = my_timer_ffi_schema(&len);
    reader = my_timer_cbor_read(schema, len, &arena);
    memset(states, MY_TIMER_ABI_MISSING, sizeof states);
    fault = my_timer_abi_take_schema(&reader, table, count, states);
    my_timer_cbor_arena_free(&arena);
    if (fault) {
        return MY_TIMER_ABI_DIFFERS "schema" MY_TIMER_ABI_KIND;
    }
    for (i = 0; i < count; i++) {
        if (states[i] != MY_TIMER_ABI_SAME) {
            return states[i] == MY_TIMER_ABI_CHANGED ? table[i].changed : table[i].missing;
        }
    }
    return NULL;
}

/**
 * Whether the library that is loaded has everything this header declares, unchanged. Native calls ask by themselves;
 * see the top.
 *
 * Returns NULL where it has; what it has beyond that does no harm. Otherwise a static text
 * naming the first item that differs: "type T", "function F", "event E", "missing function F"; "schema"
 * where the library's description cannot be read.
 */
static inline const char *my_timer_abi_check(void)
{
    const char *text = my_timer_abi_difference();
    return text ? text + sizeof MY_TIMER_ABI_DIFFERS - 1 : NULL;
}

#ifndef MY_TIMER_NO_ABI_CHECK
/* ---- Calls that check the library first ----------------------------------------------- */

/* A flag that any thread may read and set; what it stands for is found alike by all of them. */
#ifdef __GNUC__
#define MY_TIMER_ABI_GET(flag) __atomic_load_n(&(flag), __ATOMIC_RELAXED)
#define MY_TIMER_ABI_SET(flag) __atomic_store_n(&(flag), 1, __ATOMIC_RELAXED)
#else
#define MY_TIMER_ABI_GET(flag) (flag)
#define MY_TIMER_ABI_SET(flag) ((flag) = 1)
#endif

/* Why native calls are refused, or NULL. Each file that includes this looks for itself: another may have been
 * compiled with another header. */
static inline const char *my_timer_abi_differs(void)
{
    static volatile int fits = 0;
    const char *differs;
    if (MY_TIMER_ABI_GET(fits)) {
        return NULL;
    }
    differs = my_timer_abi_difference();
    if (!differs) {
        MY_TIMER_ABI_SET(fits);
    }
    return differs;
}

/* Whether a call may reach the library. Where not, the callback has been told. */
static inline int my_timer_abi_fits(FfiCallback cb, void *user_data)
{
    const char *differs = my_timer_abi_differs();
    if (differs && cb) {
        cb(RET_ERR, differs, strlen(differs), user_data);
    }
    return !differs;
}

static inline const char *ffi_checked_my_timer_last_error(void)
{
    const char *differs = my_timer_abi_differs();
    return differs ? differs : my_timer_ffi_last_error();
}
#define my_timer_ffi_last_error ffi_checked_my_timer_last_error

static inline uint64_t ffi_checked_my_timer_add_event_listener(void *ctx, const char *event, FfiCallback cb, void *user_data)
{
    return my_timer_abi_differs() ? 0 : my_timer_ffi_add_event_listener(ctx, event, cb, user_data);
}
#define my_timer_ffi_add_event_listener ffi_checked_my_timer_add_event_listener

static inline void *ffi_checked_my_timer_create(my_timer_TimerConfig config, FfiCallback cb, void *user_data)
{
    return my_timer_abi_fits(cb, user_data) ? my_timer_create(config, cb, user_data) : NULL;
}
#define my_timer_create ffi_checked_my_timer_create

static inline int ffi_checked_my_timer_echo(void *ctx, FfiCallback cb, void *user_data, my_timer_EchoRequest req)
{
    if (!my_timer_abi_fits(cb, user_data)) {
        return cb ? RET_ERR : RET_MISSING_CALLBACK;
    }
    return my_timer_echo(ctx, cb, user_data, req);
}
#define my_timer_echo ffi_checked_my_timer_echo

static inline int ffi_checked_my_timer_version(void *ctx, FfiCallback cb, void *user_data)
{
    if (!my_timer_abi_fits(cb, user_data)) {
        return cb ? RET_ERR : RET_MISSING_CALLBACK;
    }
    return my_timer_version(ctx, cb, user_data);
}
#define my_timer_version ffi_checked_my_timer_version

static inline int ffi_checked_my_timer_schedule(void *ctx, FfiCallback cb, void *user_data, my_timer_list_Job jobs, my_timer_option_u64 at)
{
    if (!my_timer_abi_fits(cb, user_data)) {
        return cb ? RET_ERR : RET_MISSING_CALLBACK;
    }
    return my_timer_schedule(ctx, cb, user_data, jobs, at);
}
#define my_timer_schedule ffi_checked_my_timer_schedule

static inline int ffi_checked_my_timer_reset(void *ctx, FfiCallback cb, void *user_data)
{
    if (!my_timer_abi_fits(cb, user_data)) {
        return cb ? RET_ERR : RET_MISSING_CALLBACK;
    }
    return my_timer_reset(ctx, cb, user_data);
}
#define my_timer_reset ffi_checked_my_timer_reset
#endif

#ifdef __cplusplus
}
#endif

#endif
