/*
 * my_timer 0.1.0
 *
 * A timer.
 *
 * Written by cargo ffi from the built library's own schema: change the library, not this
 * file. C++20; stands beside my_timer.h, which it includes, and needs nothing else.
 *
 * What can fail gives an ffi::Result, which holds a value or an ffi::Error. Nothing here throws, but for a Result that
 * is asked for what it does not hold; without exceptions that ends the process, with a message.
 *
 *     auto created = my_timer::MyTimer<>::create(...).get();
 *     if (!created) { puts(created.error().text.c_str()); }
 *     my_timer::MyTimer<> &it = *created;          ends, and waits for its end, where it goes out of scope
 *
 * MyTimer<> takes the native path, MyTimer<ffi::Cbor> the one over CBOR; they offer the same.
 *
 * A call gives an ffi::Call, which has begun already and is asked once:
 *
 *     call.get()                waits for the answer; not within a callback, for which the answer waits
 *     call.get_for(100ms)       waits as long, then cancels the call
 *     call.future()             a std::future
 *     co_await call             goes on on the library's thread; co_await call.on(executor) where the executor says
 *     call.then(function)       calls the function on the library's thread
 *     call.cancel()             asks that the call be cancelled
 *
 * GCC up to 12 destroys a request twice that is written in place within a co_await expression: name it before.
 *
 * A Call that is dropped runs on, and its answer with it goes. What answers on the calling thread gives
 * its Result at once. An exception that leaves a callback ends the process.
 */
#ifndef MY_TIMER_HPP
#define MY_TIMER_HPP

#include "my_timer.h"

#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace my_timer::ffi {

/** A value behind a pointer, so that a type may hold its own kind. Copies with what it holds; never null. */
template <class T>
class Box {
public:
    Box() : value_(std::make_unique<T>()) {}
    /* Where another box is copied, nothing asks whether it becomes a T, which may not be whole yet. */
    Box(T value) requires(!std::is_class_v<T>) : value_(std::make_unique<T>(value)) {}
    template <class U = T>
        requires(std::is_class_v<T> && !std::is_same_v<std::remove_cvref_t<U>, Box> && std::is_convertible_v<U, T>)
    Box(U &&value) : value_(std::make_unique<T>(std::forward<U>(value)))
    {
    }
    Box(const Box &other) : value_(std::make_unique<T>(*other)) {}
    /* What was moved from must not be null either, so the value moves and the pointer stays. */
    Box(Box &&other) noexcept : value_(std::make_unique<T>(std::move(*other))) {}
    ~Box() = default;

    Box &operator=(const Box &other)
    {
        /* The old value may hold `other`. */
        auto copy = std::make_unique<T>(*other);
        value_ = std::move(copy);
        return *this;
    }

    Box &operator=(Box &&other) noexcept
    {
        /* The old value may hold `other`. */
        Box moved(std::move(other));
        value_.swap(moved.value_);
        return *this;
    }

    T &operator*() noexcept { return *value_; }
    const T &operator*() const noexcept { return *value_; }
    T *operator->() noexcept { return value_.get(); }
    const T *operator->() const noexcept { return value_.get(); }

    friend bool operator==(const Box &one, const Box &other) { return *one == *other; }

private:
    std::unique_ptr<T> value_;
};

template <class T>
Box(T) -> Box<T>;

} // namespace my_timer::ffi

/* ---- Types ---------------------------------------------------------------------------- */

namespace my_timer {

struct EchoEvent;
struct EchoRequest;
struct EchoResponse;
struct EventsDropped;
struct Job;
struct NotResponding;
struct Responding;
struct TimerConfig;

struct EchoEvent {
    std::string message = {};
    std::int64_t echoCount = {};

    bool operator==(const EchoEvent &) const = default;
};

/** What to echo, and when. */
struct EchoRequest {
    std::string message = {};
    std::uint32_t delayMs = {};

    bool operator==(const EchoRequest &) const = default;
};

struct EchoResponse {
    std::string echoed = {};
    std::optional<std::string> label = {};

    bool operator==(const EchoResponse &) const = default;
};

struct EventsDropped {
    std::uint64_t count = {};

    bool operator==(const EventsDropped &) const = default;
};

enum class JobPriority : std::int32_t {
    Low = ::my_timer_JobPriority_Low,
    High = ::my_timer_JobPriority_High,
};

struct Job {
    ::my_timer::JobPriority priority = {};
    std::vector<std::string> tags = {};
    std::vector<std::uint8_t> blob = {};

    bool operator==(const Job &) const = default;
};

struct NotResponding {
    std::uint64_t stalled_ms = {};

    bool operator==(const NotResponding &) const = default;
};

struct Responding {

    bool operator==(const Responding &) const = default;
};

struct TimerConfig {
    std::string name = {};

    bool operator==(const TimerConfig &) const = default;
};

} // namespace my_timer

/* ---- Results -------------------------------------------------------------------------- */

namespace my_timer::ffi {

/** Whose error it is. An author may write any text, so programs look at this. */
enum class Kind {
    /** The library answered so, in a way that this header does not know. */
    failed = 0,
    /** The library's function failed, and says why. */
    author = FFI_ERROR_AUTHOR,
    /** The library cannot read the request, or has not what it names. */
    bad_request = FFI_ERROR_BAD_REQUEST,
    /** The call was cancelled, or its context ended before it had an answer. */
    cancelled = FFI_ERROR_CANCELLED,
    /** The deadline that the library's author set has passed. */
    deadline = FFI_ERROR_DEADLINE_EXCEEDED,
    /** The library's code panicked, which is a bug of it. */
    panicked = FFI_ERROR_PANICKED,
    /** An earlier panic may have left the context's state broken. */
    poisoned = FFI_ERROR_POISONED,
    /** The library has no such context: it has ended. */
    bad_handle = FFI_ERROR_BAD_HANDLE,
    /** The context was closed, moved from or never made, or something blocks its end. */
    closed = FFI_ERROR_CLOSED,
    /** As many calls wait as may. */
    queue_full = FFI_ERROR_QUEUE_FULL,
    /** The library that is loaded has no function of this name. */
    not_implemented = FFI_ERROR_NOT_IMPLEMENTED,
    /** The process was forked, and the library is not usable in the child. */
    after_fork = FFI_ERROR_AFTER_FORK,
    /** There is no thread, descriptor, memory or handle left, or too little of the thread's stack. */
    no_resources = FFI_ERROR_NO_RESOURCES,
    /** The context is still being constructed. */
    constructing = FFI_ERROR_CONSTRUCTING,
    /** The call waited for a constructor that failed. */
    constructor_failed = FFI_ERROR_CONSTRUCTOR_FAILED,
    /** The function's result, or an event's payload, cannot cross. */
    bad_result = FFI_ERROR_BAD_RESULT,
    /** Events were dropped before the next one: so many as Error::dropped says. */
    dropped = FFI_ERROR_LOST,
    /** The library that is loaded is not the one that this header was written for. */
    mismatch = FFI_ERROR_MISMATCH,
    /** The time that get_for() was given has passed; the call was cancelled. */
    timeout = 256,
    /** The transport cannot carry an argument. */
    argument,
    /** An answer or an event cannot be read. */
    response,
    /** The call's answer was asked for before. */
    taken,
};

/** An error of a function's own, as its author has it; std::monostate where there is none. */
using Failure = std::variant<std::monostate>;

/** Why there is no value. */
struct Error {
    Kind kind = Kind::failed;
    /** The reason, UTF-8. */
    std::string text = {};
    /** How many events were dropped here, where that is the reason. */
    std::uint64_t dropped = 0;
    /** The error itself, where its function says more than a text. */
    Failure failure = {};

    bool operator==(const Error &) const = default;
};

#ifdef __cpp_exceptions

/** What a Result throws that was asked for what it does not hold: the value of an error, or the error of a value. */
class BadAccess : public std::exception {
public:
    explicit BadAccess(std::string text) : text_(std::make_shared<const std::string>(std::move(text))) {}

    const char *what() const noexcept override { return text_->c_str(); }

private:
    /* Shared, so that a copy cannot throw. */
    std::shared_ptr<const std::string> text_;
};

#endif

/* Ends an access to what a Result does not hold: by an exception, or where there are none by the end of the process. */
[[noreturn]] inline void bad_access(const Error *error)
{
    const std::string text = error ? "my_timer: a Result that is an error was asked for its value: " + error->text
                                   : std::string("my_timer: a Result that is a value was asked for its error");
#ifdef __cpp_exceptions
    throw BadAccess(text);
#else
    std::fprintf(stderr, "%s\n", text.c_str());
    std::abort();
#endif
}

/**
 * A value or an Error, as C++23's std::expected is. Whoever asks for the one that it does not hold gets a BadAccess;
 * where exceptions are switched off, the process ends and says why.
 */
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const noexcept { return content_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    /** The value. */
    T &operator*() & { return *held(content_); }
    const T &operator*() const & { return *held(content_); }
    T &&operator*() && { return std::move(*held(content_)); }
    const T &&operator*() const && { return std::move(*held(content_)); }
    T *operator->() { return held(content_); }
    const T *operator->() const { return held(content_); }

    /** The value too. */
    T &value() & { return *held(content_); }
    const T &value() const & { return *held(content_); }
    T &&value() && { return std::move(*held(content_)); }
    const T &&value() const && { return std::move(*held(content_)); }

    /** The value, or this one. */
    T value_or(T other) const & { return has_value() ? **this : std::move(other); }
    T value_or(T other) && { return has_value() ? std::move(**this) : std::move(other); }

    /** The error. */
    const Error &error() const
    {
        const Error *error = std::get_if<1>(&content_);
        if (!error) {
            bad_access(nullptr);
        }
        return *error;
    }

    bool operator==(const Result &) const = default;

private:
    /* Where the value is. */
    template <class Content>
    static auto held(Content &content)
    {
        auto *value = std::get_if<0>(&content);
        if (!value) {
            bad_access(std::get_if<1>(&content));
        }
        return value;
    }

    std::variant<T, Error> content_;
};

/** Nothing, or an Error. */
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool has_value() const noexcept { return !error_; }
    explicit operator bool() const noexcept { return has_value(); }

    /** Nothing, where this is no error: code for any Result asks so. */
    void operator*() const
    {
        if (error_) {
            bad_access(&*error_);
        }
    }

    void value() const { **this; }

    /** The error. */
    const Error &error() const
    {
        if (!error_) {
            bad_access(nullptr);
        }
        return *error_;
    }

    bool operator==(const Result &) const = default;

private:
    std::optional<Error> error_;
};

} // namespace my_timer::ffi

/* ---- Ways to faults ------------------------------------------------------------------- */

namespace my_timer::ffi::form {

/* Why a value cannot cross, and the way to the part at fault, seen from the whole value: `items[2].name`. */
class Faults {
public:
    /* Notes why; false, which is what every part of the way gives. */
    bool fail(const char *reason)
    {
        reason_ = reason;
        return false;
    }

    /* The fault is that of a field, seen from what has it. */
    bool at(const char *field)
    {
        path_.insert(0, is_open() ? field : std::string(field) + '.');
        return false;
    }

    /* The fault is that of a field of a variant. */
    bool at(const char *variant, const char *field)
    {
        at(field);
        return at(variant);
    }

    /* The fault is that of an element. */
    bool at(std::size_t index)
    {
        path_.insert(0, '[' + std::to_string(index) + (is_open() ? "]" : "]."));
        return false;
    }

    /* The fault is that of a part of an element. */
    bool at(std::size_t index, const char *part)
    {
        at(part);
        return at(index);
    }

    /* Why; null where nothing is at fault. */
    const char *why() const { return reason_; }

    /* The way and the reason. */
    std::string told(const char *reason) const { return path_.empty() ? reason : path_ + ": " + reason; }
    std::string told() const { return told(reason_); }

private:
    bool is_open() const { return path_.empty() || path_.front() == '['; }

    const char *reason_ = nullptr;
    std::string path_;
};

/* Memory for C forms while a call is made. */
class Lender : public Faults {
public:
    /* Zeroed, as options are that hold nothing. */
    template <class C>
    C *take(std::size_t count)
    {
        blocks_.push_back(std::make_unique<std::byte[]>(count * sizeof(C)));
        return reinterpret_cast<C *>(blocks_.back().get());
    }

    /* Goes a level deeper; false where that is too deep for any library, and for the stack. */
    bool enter()
    {
        if (depth_ == 4 * MY_TIMER_CBOR_NESTING) {
            return fail("the value is nested too deep");
        }
        ++depth_;
        return true;
    }

    void leave() { --depth_; }

private:
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    unsigned depth_ = 0;
};

/* A writer that keeps the way to a fault. */
struct Writer : ::my_timer_cbor_writer, Faults {
    Writer(const ::my_timer_cbor_writer &begun) : ::my_timer_cbor_writer(begun) {}

    /* Whether nothing is at fault; notes what is. */
    bool is_well() { return !fault || fail(my_timer_cbor_fault_text(fault)); }

    /* Notes why a value has no CBOR form. */
    bool refuse(const char *reason)
    {
        my_timer_cbor_fail(this, MY_TIMER_CBOR_OUT_OF_RANGE);
        return fail(reason);
    }

    bool open(unsigned major, std::size_t count) { return my_timer_cbor_open(this, major, count) || is_well(); }
};

/* A reader that keeps the way to a fault. */
struct Reader : ::my_timer_cbor_reader, Faults {
    Reader(const ::my_timer_cbor_reader &begun) : ::my_timer_cbor_reader(begun) {}

    /* The fault of a part, seen from what has it. */
    int at(const char *field, int fault)
    {
        Faults::at(field);
        return fault;
    }

    int at(std::size_t index, int fault)
    {
        Faults::at(index);
        return fault;
    }

    int at(std::size_t index, const char *part, int fault)
    {
        Faults::at(index, part);
        return fault;
    }

    /* Notes why a value that was read has no C++ form. */
    int refuse(const char *reason)
    {
        fail(reason);
        return MY_TIMER_CBOR_OUT_OF_RANGE;
    }

    /* The way to this fault, and what it is. */
    std::string told(int fault) const { return Faults::told(why() ? why() : my_timer_cbor_fault_text(fault)); }
};

} // namespace my_timer::ffi::form

/* ---- Forms: how a type stands in C and on the wire ------------------------------------ */

namespace my_timer::ffi::form {

/*
 * A form has the C++ type, the C type `c`, and
 *   lend  writes the C form, which points into the value and into what is lent;
 *   own   copies a C form;
 *   put   writes CBOR;
 *   take  reads CBOR: 0, or a MY_TIMER_CBOR_ fault.
 * The first three give whether they could; why not, the last parameter knows. `is_plain` where both types are the same.
 */
template <class T, class C>
struct number {
    using type = T;
    using c = C;
    static constexpr bool is_plain = true;

    static bool lend(type value, c &out, Lender &)
    {
        out = value;
        return true;
    }

    static bool own(c value, type &out, Faults &)
    {
        out = value;
        return true;
    }
};

struct i8 : number<std::int8_t, int8_t> {
    static bool put(Writer &writer, type value)
    {
        my_timer_i8_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_i8_decode(&reader, &out); }
};

struct i16 : number<std::int16_t, int16_t> {
    static bool put(Writer &writer, type value)
    {
        my_timer_i16_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_i16_decode(&reader, &out); }
};

struct i32 : number<std::int32_t, int32_t> {
    static bool put(Writer &writer, type value)
    {
        my_timer_i32_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_i32_decode(&reader, &out); }
};

struct i64 : number<std::int64_t, int64_t> {
    static bool put(Writer &writer, type value)
    {
        my_timer_i64_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_i64_decode(&reader, &out); }
};

struct u8 : number<std::uint8_t, uint8_t> {
    static bool put(Writer &writer, type value)
    {
        my_timer_u8_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_u8_decode(&reader, &out); }
};

struct u16 : number<std::uint16_t, uint16_t> {
    static bool put(Writer &writer, type value)
    {
        my_timer_u16_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_u16_decode(&reader, &out); }
};

struct u32 : number<std::uint32_t, uint32_t> {
    static bool put(Writer &writer, type value)
    {
        my_timer_u32_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_u32_decode(&reader, &out); }
};

struct u64 : number<std::uint64_t, uint64_t> {
    static bool put(Writer &writer, type value)
    {
        my_timer_u64_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_u64_decode(&reader, &out); }
};

struct isize : number<std::ptrdiff_t, ptrdiff_t> {
    static bool put(Writer &writer, type value)
    {
        my_timer_isize_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_isize_decode(&reader, &out); }
};

struct usize : number<std::size_t, size_t> {
    static bool put(Writer &writer, type value)
    {
        my_timer_usize_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_usize_decode(&reader, &out); }
};

struct f32 : number<float, float> {
    static bool put(Writer &writer, type value)
    {
        my_timer_f32_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_f32_decode(&reader, &out); }
};

struct f64 : number<double, double> {
    static bool put(Writer &writer, type value)
    {
        my_timer_f64_encode(&writer, &value);
        return true;
    }

    static int take(Reader &reader, type &out) { return my_timer_f64_decode(&reader, &out); }
};

struct truth {
    using type = bool;
    using c = int;
    static constexpr bool is_plain = false;

    static bool lend(bool value, int &out, Lender &)
    {
        out = value ? 1 : 0;
        return true;
    }

    static bool own(int value, bool &out, Faults &)
    {
        out = value != 0;
        return true;
    }

    static bool put(Writer &writer, bool value)
    {
        my_timer_cbor_put_head(&writer, 7, value ? 21u : 20u);
        return true;
    }

    static int take(Reader &reader, bool &out)
    {
        int truth = 0;
        const int fault = my_timer_bool_decode(&reader, &truth);
        out = truth != 0;
        return fault;
    }
};

struct character {
    using type = char32_t;
    using c = std::uint32_t;
    static constexpr bool is_plain = false;

    static bool lend(char32_t value, std::uint32_t &out, Lender &)
    {
        out = value;
        return true;
    }

    static bool own(std::uint32_t value, char32_t &out, Faults &)
    {
        out = value;
        return true;
    }

    static bool put(Writer &writer, char32_t value)
    {
        const std::uint32_t scalar = value;
        my_timer_char_encode(&writer, &scalar);
        return writer.is_well();
    }

    static int take(Reader &reader, char32_t &out)
    {
        std::uint32_t scalar = 0;
        const int fault = my_timer_char_decode(&reader, &scalar);
        out = scalar;
        return fault;
    }
};

struct text {
    using type = std::string;
    using c = const char *;
    static constexpr bool is_plain = false;

    static bool lend(const std::string &value, const char *&out, Lender &lender)
    {
        if (value.find('\0') != std::string::npos) {
            return lender.fail("a text holds a NUL, which only CBOR can carry");
        }
        out = value.c_str();
        return true;
    }

    static bool own(const char *value, std::string &out, Faults &)
    {
        out = value ? value : "";
        return true;
    }

    static bool put(Writer &writer, const std::string &value)
    {
        my_timer_cbor_put_head(&writer, 3, value.size());
        my_timer_cbor_put(&writer, value.data(), value.size());
        return true;
    }

    static int take(Reader &reader, std::string &out)
    {
        const std::uint8_t *data = nullptr;
        std::size_t len = 0;
        const int fault = my_timer_cbor_take_text(&reader, &data, &len);
        if (!fault) {
            out.assign(reinterpret_cast<const char *>(data), len);
        }
        return fault;
    }
};

struct bytes {
    using type = std::vector<std::uint8_t>;
    using c = ::my_timer_bytes;
    static constexpr bool is_plain = false;

    /* C has no const there; the library only reads. */
    static bool lend(const type &value, c &out, Lender &)
    {
        out.ptr = value.empty() ? nullptr : const_cast<std::uint8_t *>(value.data());
        out.len = value.size();
        return true;
    }

    static bool own(const c &value, type &out, Faults &)
    {
        out.assign(value.ptr, value.ptr + value.len);
        return true;
    }

    static bool put(Writer &writer, const type &value)
    {
        my_timer_cbor_put_head(&writer, 2, value.size());
        my_timer_cbor_put(&writer, value.data(), value.size());
        return true;
    }

    static int take(Reader &reader, type &out)
    {
        c value{nullptr, 0};
        const int fault = my_timer_bytes_decode(&reader, &value);
        if (fault && value.len) {
            /* It was a list of integers, read up to this one. */
            return reader.at(value.len - 1, fault);
        }
        if (!fault) {
            out.assign(value.ptr, value.ptr + value.len);
        }
        return fault;
    }
};

template <class E, class C>
struct list {
    using type = std::vector<typename E::type>;
    using c = C;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, C &out, Lender &lender)
    {
        if (value.empty()) {
            return true;
        }
        if (!lender.enter()) {
            return false;
        }
        if constexpr (E::is_plain) {
            out.ptr = const_cast<typename E::type *>(value.data());
        } else {
            out.ptr = lender.take<typename E::c>(value.size());
            for (std::size_t i = 0; i < value.size(); i++) {
                if (!E::lend(value[i], out.ptr[i], lender)) {
                    return lender.at(i);
                }
            }
        }
        out.len = value.size();
        lender.leave();
        return true;
    }

    static bool own(const C &value, type &out, Faults &faults)
    {
        if constexpr (E::is_plain) {
            out.assign(value.ptr, value.ptr + value.len);
            return true;
        }
        out.reserve(value.len);
        for (std::size_t i = 0; i < value.len; i++) {
            typename E::type item{};
            if (!E::own(value.ptr[i], item, faults)) {
                return faults.at(i);
            }
            out.push_back(std::move(item));
        }
        return true;
    }

    static bool put(Writer &writer, const type &value)
    {
        if (!writer.open(4, value.size())) {
            return false;
        }
        for (std::size_t i = 0; i < value.size(); i++) {
            if (!E::put(writer, value[i])) {
                return writer.at(i);
            }
        }
        my_timer_cbor_close(&writer);
        return true;
    }

    static int take(Reader &reader, type &out)
    {
        my_timer_cbor_items items;
        int fault = my_timer_cbor_enter(&reader, 4, &items);
        for (std::size_t i = 0; !fault && i < items.count; i++) {
            typename E::type item{};
            fault = E::take(reader, item);
            if (fault) {
                return reader.at(i, fault);
            }
            out.push_back(std::move(item));
        }
        if (!fault) {
            my_timer_cbor_leave(&reader, &items);
        }
        return fault;
    }
};

template <class E, class C>
struct option {
    using type = std::optional<typename E::type>;
    using c = C;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, C &out, Lender &lender)
    {
        out.present = value ? 1 : 0;
        return !value || E::lend(*value, out.value, lender);
    }

    static bool own(const C &value, type &out, Faults &faults)
    {
        return !value.present || E::own(value.value, out.emplace(), faults);
    }

    static bool put(Writer &writer, const type &value)
    {
        if (value) {
            return E::put(writer, *value);
        }
        my_timer_cbor_put_null(&writer);
        return true;
    }

    static int take(Reader &reader, type &out)
    {
        return my_timer_cbor_take_null(&reader) ? 0 : E::take(reader, out.emplace());
    }
};

template <class E>
struct box {
    using type = Box<typename E::type>;
    using c = const typename E::c *;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, c &out, Lender &lender)
    {
        typename E::c *boxed = lender.take<typename E::c>(1);
        out = boxed;
        return E::lend(*value, *boxed, lender);
    }

    static bool own(c value, type &out, Faults &faults) { return E::own(*value, *out, faults); }
    static bool put(Writer &writer, const type &value) { return E::put(writer, *value); }
    static int take(Reader &reader, type &out) { return E::take(reader, *out); }
};

/* What a function gives that returns nothing. */
struct nothing {
    using type = void;
};

/* A scalar in C. */
template <class F>
typename F::c give(typename F::type value)
{
    typename F::c out{};
    Lender lender;
    F::lend(value, out, lender);
    return out;
}

/* A scalar out of C. */
template <class F>
typename F::type keep(const typename F::c &value)
{
    typename F::type out{};
    Faults faults;
    F::own(value, out, faults);
    return out;
}

} // namespace my_timer::ffi::form

/* ---- The forms of this library's types ------------------------------------------------ */

namespace my_timer::ffi::form {

struct of_EchoEvent {
    using type = ::my_timer::EchoEvent;
    using c = ::my_timer_EchoEvent;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, c &out, Lender &lender);
    static bool own(const c &value, type &out, Faults &faults);
    static bool put(Writer &writer, const type &value);
    static int take(Reader &reader, type &out);
};

struct of_EchoRequest {
    using type = ::my_timer::EchoRequest;
    using c = ::my_timer_EchoRequest;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, c &out, Lender &lender);
    static bool own(const c &value, type &out, Faults &faults);
    static bool put(Writer &writer, const type &value);
    static int take(Reader &reader, type &out);
};

struct of_EchoResponse {
    using type = ::my_timer::EchoResponse;
    using c = ::my_timer_EchoResponse;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, c &out, Lender &lender);
    static bool own(const c &value, type &out, Faults &faults);
    static bool put(Writer &writer, const type &value);
    static int take(Reader &reader, type &out);
};

struct of_EventsDropped {
    using type = ::my_timer::EventsDropped;
    using c = ::my_timer_EventsDropped;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, c &out, Lender &lender);
    static bool own(const c &value, type &out, Faults &faults);
    static bool put(Writer &writer, const type &value);
    static int take(Reader &reader, type &out);
};

struct of_JobPriority {
    using type = ::my_timer::JobPriority;
    using c = ::my_timer_JobPriority;
    static constexpr bool is_plain = false;

    static bool lend(type value, c &out, Lender &)
    {
        out = static_cast<c>(value);
        return true;
    }

    static bool own(c value, type &out, Faults &)
    {
        out = static_cast<type>(value);
        return true;
    }

    static bool put(Writer &writer, type value)
    {
        const c number = static_cast<c>(value);
        my_timer_JobPriority_encode(&writer, &number);
        return writer.is_well();
    }

    static int take(Reader &reader, type &out)
    {
        c number = 0;
        const int fault = my_timer_JobPriority_decode(&reader, &number);
        out = static_cast<type>(number);
        return fault;
    }
};

struct of_Job {
    using type = ::my_timer::Job;
    using c = ::my_timer_Job;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, c &out, Lender &lender);
    static bool own(const c &value, type &out, Faults &faults);
    static bool put(Writer &writer, const type &value);
    static int take(Reader &reader, type &out);
};

struct of_NotResponding {
    using type = ::my_timer::NotResponding;
    using c = ::my_timer_NotResponding;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, c &out, Lender &lender);
    static bool own(const c &value, type &out, Faults &faults);
    static bool put(Writer &writer, const type &value);
    static int take(Reader &reader, type &out);
};

struct of_Responding {
    using type = ::my_timer::Responding;
    using c = ::my_timer_Responding;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, c &out, Lender &lender);
    static bool own(const c &value, type &out, Faults &faults);
    static bool put(Writer &writer, const type &value);
    static int take(Reader &reader, type &out);
};

struct of_TimerConfig {
    using type = ::my_timer::TimerConfig;
    using c = ::my_timer_TimerConfig;
    static constexpr bool is_plain = false;

    static bool lend(const type &value, c &out, Lender &lender);
    static bool own(const c &value, type &out, Faults &faults);
    static bool put(Writer &writer, const type &value);
    static int take(Reader &reader, type &out);
};

inline bool of_EchoEvent::lend(const type &value, c &out, Lender &lender)
{
    if (!lender.enter()) {
        return false;
    }
    if (!ffi::form::text::lend(value.message, out.message, lender)) {
        return lender.at("message");
    }
    if (!ffi::form::i64::lend(value.echoCount, out.echoCount, lender)) {
        return lender.at("echoCount");
    }
    lender.leave();
    return true;
}

inline bool of_EchoEvent::own(const c &value, type &out, Faults &faults)
{
    if (!ffi::form::text::own(value.message, out.message, faults)) {
        return faults.at("message");
    }
    if (!ffi::form::i64::own(value.echoCount, out.echoCount, faults)) {
        return faults.at("echoCount");
    }
    return true;
}

inline bool of_EchoEvent::put(Writer &writer, const type &value)
{
    if (!writer.open(5, 2)) {
        return false;
    }
    my_timer_cbor_put_text(&writer, "message");
    if (!ffi::form::text::put(writer, value.message)) {
        return writer.at("message");
    }
    my_timer_cbor_put_text(&writer, "echoCount");
    if (!ffi::form::i64::put(writer, value.echoCount)) {
        return writer.at("echoCount");
    }
    my_timer_cbor_close(&writer);
    return true;
}

inline int of_EchoEvent::take(Reader &reader, type &out)
{
    static constexpr const char *keys[] = {
        "message",
        "echoCount",
    };
    unsigned char seen[2] = {};
    std::size_t key = 0;
    my_timer_cbor_items items;
    int fault = my_timer_cbor_enter(&reader, 5, &items);
    for (std::size_t i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(&reader, keys, 2, seen, &key);
        if (fault) {
            return key < 2 ? reader.at(keys[key], fault) : fault;
        }
        switch (key) {
        case 0: fault = ffi::form::text::take(reader, out.message); break;
        case 1: fault = ffi::form::i64::take(reader, out.echoCount); break;
        default: fault = my_timer_cbor_skip(&reader); break;
        }
        if (fault && key < 2) {
            return reader.at(keys[key], fault);
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(&reader, &items);
    if (!seen[0]) {
        return reader.at(keys[0], MY_TIMER_CBOR_MISSING_KEY);
    }
    if (!seen[1]) {
        return reader.at(keys[1], MY_TIMER_CBOR_MISSING_KEY);
    }
    return 0;
}

inline bool of_EchoRequest::lend(const type &value, c &out, Lender &lender)
{
    if (!lender.enter()) {
        return false;
    }
    if (!ffi::form::text::lend(value.message, out.message, lender)) {
        return lender.at("message");
    }
    if (!ffi::form::u32::lend(value.delayMs, out.delayMs, lender)) {
        return lender.at("delayMs");
    }
    lender.leave();
    return true;
}

inline bool of_EchoRequest::own(const c &value, type &out, Faults &faults)
{
    if (!ffi::form::text::own(value.message, out.message, faults)) {
        return faults.at("message");
    }
    if (!ffi::form::u32::own(value.delayMs, out.delayMs, faults)) {
        return faults.at("delayMs");
    }
    return true;
}

inline bool of_EchoRequest::put(Writer &writer, const type &value)
{
    if (!writer.open(5, 2)) {
        return false;
    }
    my_timer_cbor_put_text(&writer, "message");
    if (!ffi::form::text::put(writer, value.message)) {
        return writer.at("message");
    }
    my_timer_cbor_put_text(&writer, "delayMs");
    if (!ffi::form::u32::put(writer, value.delayMs)) {
        return writer.at("delayMs");
    }
    my_timer_cbor_close(&writer);
    return true;
}

inline int of_EchoRequest::take(Reader &reader, type &out)
{
    static constexpr const char *keys[] = {
        "message",
        "delayMs",
    };
    unsigned char seen[2] = {};
    std::size_t key = 0;
    my_timer_cbor_items items;
    int fault = my_timer_cbor_enter(&reader, 5, &items);
    for (std::size_t i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(&reader, keys, 2, seen, &key);
        if (fault) {
            return key < 2 ? reader.at(keys[key], fault) : fault;
        }
        switch (key) {
        case 0: fault = ffi::form::text::take(reader, out.message); break;
        case 1: fault = ffi::form::u32::take(reader, out.delayMs); break;
        default: fault = my_timer_cbor_skip(&reader); break;
        }
        if (fault && key < 2) {
            return reader.at(keys[key], fault);
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(&reader, &items);
    if (!seen[0]) {
        return reader.at(keys[0], MY_TIMER_CBOR_MISSING_KEY);
    }
    if (!seen[1]) {
        return reader.at(keys[1], MY_TIMER_CBOR_MISSING_KEY);
    }
    return 0;
}

inline bool of_EchoResponse::lend(const type &value, c &out, Lender &lender)
{
    if (!lender.enter()) {
        return false;
    }
    if (!ffi::form::text::lend(value.echoed, out.echoed, lender)) {
        return lender.at("echoed");
    }
    if (!ffi::form::option<ffi::form::text, ::my_timer_option_string>::lend(value.label, out.label, lender)) {
        return lender.at("label");
    }
    lender.leave();
    return true;
}

inline bool of_EchoResponse::own(const c &value, type &out, Faults &faults)
{
    if (!ffi::form::text::own(value.echoed, out.echoed, faults)) {
        return faults.at("echoed");
    }
    if (!ffi::form::option<ffi::form::text, ::my_timer_option_string>::own(value.label, out.label, faults)) {
        return faults.at("label");
    }
    return true;
}

inline bool of_EchoResponse::put(Writer &writer, const type &value)
{
    if (!writer.open(5, 2)) {
        return false;
    }
    my_timer_cbor_put_text(&writer, "echoed");
    if (!ffi::form::text::put(writer, value.echoed)) {
        return writer.at("echoed");
    }
    my_timer_cbor_put_text(&writer, "label");
    if (!ffi::form::option<ffi::form::text, ::my_timer_option_string>::put(writer, value.label)) {
        return writer.at("label");
    }
    my_timer_cbor_close(&writer);
    return true;
}

inline int of_EchoResponse::take(Reader &reader, type &out)
{
    static constexpr const char *keys[] = {
        "echoed",
        "label",
    };
    unsigned char seen[2] = {};
    std::size_t key = 0;
    my_timer_cbor_items items;
    int fault = my_timer_cbor_enter(&reader, 5, &items);
    for (std::size_t i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(&reader, keys, 2, seen, &key);
        if (fault) {
            return key < 2 ? reader.at(keys[key], fault) : fault;
        }
        switch (key) {
        case 0: fault = ffi::form::text::take(reader, out.echoed); break;
        case 1: fault = ffi::form::option<ffi::form::text, ::my_timer_option_string>::take(reader, out.label); break;
        default: fault = my_timer_cbor_skip(&reader); break;
        }
        if (fault && key < 2) {
            return reader.at(keys[key], fault);
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(&reader, &items);
    if (!seen[0]) {
        return reader.at(keys[0], MY_TIMER_CBOR_MISSING_KEY);
    }
    return 0;
}

inline bool of_EventsDropped::lend(const type &value, c &out, Lender &lender)
{
    if (!lender.enter()) {
        return false;
    }
    if (!ffi::form::u64::lend(value.count, out.count, lender)) {
        return lender.at("count");
    }
    lender.leave();
    return true;
}

inline bool of_EventsDropped::own(const c &value, type &out, Faults &faults)
{
    if (!ffi::form::u64::own(value.count, out.count, faults)) {
        return faults.at("count");
    }
    return true;
}

inline bool of_EventsDropped::put(Writer &writer, const type &value)
{
    if (!writer.open(5, 1)) {
        return false;
    }
    my_timer_cbor_put_text(&writer, "count");
    if (!ffi::form::u64::put(writer, value.count)) {
        return writer.at("count");
    }
    my_timer_cbor_close(&writer);
    return true;
}

inline int of_EventsDropped::take(Reader &reader, type &out)
{
    static constexpr const char *keys[] = {
        "count",
    };
    unsigned char seen[1] = {};
    std::size_t key = 0;
    my_timer_cbor_items items;
    int fault = my_timer_cbor_enter(&reader, 5, &items);
    for (std::size_t i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(&reader, keys, 1, seen, &key);
        if (fault) {
            return key < 1 ? reader.at(keys[key], fault) : fault;
        }
        switch (key) {
        case 0: fault = ffi::form::u64::take(reader, out.count); break;
        default: fault = my_timer_cbor_skip(&reader); break;
        }
        if (fault && key < 1) {
            return reader.at(keys[key], fault);
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(&reader, &items);
    if (!seen[0]) {
        return reader.at(keys[0], MY_TIMER_CBOR_MISSING_KEY);
    }
    return 0;
}

inline bool of_Job::lend(const type &value, c &out, Lender &lender)
{
    if (!lender.enter()) {
        return false;
    }
    if (!ffi::form::of_JobPriority::lend(value.priority, out.priority, lender)) {
        return lender.at("priority");
    }
    if (!ffi::form::list<ffi::form::text, ::my_timer_list_string>::lend(value.tags, out.tags, lender)) {
        return lender.at("tags");
    }
    if (!ffi::form::bytes::lend(value.blob, out.blob, lender)) {
        return lender.at("blob");
    }
    lender.leave();
    return true;
}

inline bool of_Job::own(const c &value, type &out, Faults &faults)
{
    if (!ffi::form::of_JobPriority::own(value.priority, out.priority, faults)) {
        return faults.at("priority");
    }
    if (!ffi::form::list<ffi::form::text, ::my_timer_list_string>::own(value.tags, out.tags, faults)) {
        return faults.at("tags");
    }
    if (!ffi::form::bytes::own(value.blob, out.blob, faults)) {
        return faults.at("blob");
    }
    return true;
}

inline bool of_Job::put(Writer &writer, const type &value)
{
    if (!writer.open(5, 3)) {
        return false;
    }
    my_timer_cbor_put_text(&writer, "priority");
    if (!ffi::form::of_JobPriority::put(writer, value.priority)) {
        return writer.at("priority");
    }
    my_timer_cbor_put_text(&writer, "tags");
    if (!ffi::form::list<ffi::form::text, ::my_timer_list_string>::put(writer, value.tags)) {
        return writer.at("tags");
    }
    my_timer_cbor_put_text(&writer, "blob");
    if (!ffi::form::bytes::put(writer, value.blob)) {
        return writer.at("blob");
    }
    my_timer_cbor_close(&writer);
    return true;
}

inline int of_Job::take(Reader &reader, type &out)
{
    static constexpr const char *keys[] = {
        "priority",
        "tags",
        "blob",
    };
    unsigned char seen[3] = {};
    std::size_t key = 0;
    my_timer_cbor_items items;
    int fault = my_timer_cbor_enter(&reader, 5, &items);
    for (std::size_t i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(&reader, keys, 3, seen, &key);
        if (fault) {
            return key < 3 ? reader.at(keys[key], fault) : fault;
        }
        switch (key) {
        case 0: fault = ffi::form::of_JobPriority::take(reader, out.priority); break;
        case 1: fault = ffi::form::list<ffi::form::text, ::my_timer_list_string>::take(reader, out.tags); break;
        case 2: fault = ffi::form::bytes::take(reader, out.blob); break;
        default: fault = my_timer_cbor_skip(&reader); break;
        }
        if (fault && key < 3) {
            return reader.at(keys[key], fault);
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(&reader, &items);
    if (!seen[0]) {
        return reader.at(keys[0], MY_TIMER_CBOR_MISSING_KEY);
    }
    if (!seen[1]) {
        return reader.at(keys[1], MY_TIMER_CBOR_MISSING_KEY);
    }
    if (!seen[2]) {
        return reader.at(keys[2], MY_TIMER_CBOR_MISSING_KEY);
    }
    return 0;
}

inline bool of_NotResponding::lend(const type &value, c &out, Lender &lender)
{
    if (!lender.enter()) {
        return false;
    }
    if (!ffi::form::u64::lend(value.stalled_ms, out.stalled_ms, lender)) {
        return lender.at("stalled_ms");
    }
    lender.leave();
    return true;
}

inline bool of_NotResponding::own(const c &value, type &out, Faults &faults)
{
    if (!ffi::form::u64::own(value.stalled_ms, out.stalled_ms, faults)) {
        return faults.at("stalled_ms");
    }
    return true;
}

inline bool of_NotResponding::put(Writer &writer, const type &value)
{
    if (!writer.open(5, 1)) {
        return false;
    }
    my_timer_cbor_put_text(&writer, "stalled_ms");
    if (!ffi::form::u64::put(writer, value.stalled_ms)) {
        return writer.at("stalled_ms");
    }
    my_timer_cbor_close(&writer);
    return true;
}

inline int of_NotResponding::take(Reader &reader, type &out)
{
    static constexpr const char *keys[] = {
        "stalled_ms",
    };
    unsigned char seen[1] = {};
    std::size_t key = 0;
    my_timer_cbor_items items;
    int fault = my_timer_cbor_enter(&reader, 5, &items);
    for (std::size_t i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(&reader, keys, 1, seen, &key);
        if (fault) {
            return key < 1 ? reader.at(keys[key], fault) : fault;
        }
        switch (key) {
        case 0: fault = ffi::form::u64::take(reader, out.stalled_ms); break;
        default: fault = my_timer_cbor_skip(&reader); break;
        }
        if (fault && key < 1) {
            return reader.at(keys[key], fault);
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(&reader, &items);
    if (!seen[0]) {
        return reader.at(keys[0], MY_TIMER_CBOR_MISSING_KEY);
    }
    return 0;
}

inline bool of_Responding::lend(const type &, c &, Lender &)
{
    return true;
}

inline bool of_Responding::own(const c &, type &, Faults &)
{
    return true;
}

inline bool of_Responding::put(Writer &writer, const type &)
{
    if (!writer.open(5, 0)) {
        return false;
    }
    my_timer_cbor_close(&writer);
    return true;
}

inline int of_Responding::take(Reader &reader, type &)
{
    my_timer_cbor_items items;
    int fault = my_timer_cbor_enter(&reader, 5, &items);
    for (std::size_t i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_skip(&reader);
        if (!fault) {
            fault = my_timer_cbor_skip(&reader);
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(&reader, &items);
    return 0;
}

inline bool of_TimerConfig::lend(const type &value, c &out, Lender &lender)
{
    if (!lender.enter()) {
        return false;
    }
    if (!ffi::form::text::lend(value.name, out.name, lender)) {
        return lender.at("name");
    }
    lender.leave();
    return true;
}

inline bool of_TimerConfig::own(const c &value, type &out, Faults &faults)
{
    if (!ffi::form::text::own(value.name, out.name, faults)) {
        return faults.at("name");
    }
    return true;
}

inline bool of_TimerConfig::put(Writer &writer, const type &value)
{
    if (!writer.open(5, 1)) {
        return false;
    }
    my_timer_cbor_put_text(&writer, "name");
    if (!ffi::form::text::put(writer, value.name)) {
        return writer.at("name");
    }
    my_timer_cbor_close(&writer);
    return true;
}

inline int of_TimerConfig::take(Reader &reader, type &out)
{
    static constexpr const char *keys[] = {
        "name",
    };
    unsigned char seen[1] = {};
    std::size_t key = 0;
    my_timer_cbor_items items;
    int fault = my_timer_cbor_enter(&reader, 5, &items);
    for (std::size_t i = 0; !fault && i < items.count; i++) {
        fault = my_timer_cbor_take_key(&reader, keys, 1, seen, &key);
        if (fault) {
            return key < 1 ? reader.at(keys[key], fault) : fault;
        }
        switch (key) {
        case 0: fault = ffi::form::text::take(reader, out.name); break;
        default: fault = my_timer_cbor_skip(&reader); break;
        }
        if (fault && key < 1) {
            return reader.at(keys[key], fault);
        }
    }
    if (fault) {
        return fault;
    }
    my_timer_cbor_leave(&reader, &items);
    if (!seen[0]) {
        return reader.at(keys[0], MY_TIMER_CBOR_MISSING_KEY);
    }
    return 0;
}

} // namespace my_timer::ffi::form

/* ---- Calls ---------------------------------------------------------------------------- */

namespace my_timer::ffi {

/** Why the library that is loaded is not the one that this header was written for; null where it is. */
inline const char *differs()
{
    static const char *const fault = my_timer_abi_check();
    return fault;
}

/* The kind behind the text of an error; Kind::failed where this header has none for it. */
inline Kind kind_of(const char *msg, std::size_t len)
{
    const int kind = my_timer_error_kind(msg, len);
    const bool is_known = (kind >= FFI_ERROR_AUTHOR && kind <= FFI_ERROR_BAD_RESULT) || kind == FFI_ERROR_LOST ||
        kind == FFI_ERROR_MISMATCH;
    return is_known ? static_cast<Kind>(kind) : Kind::failed;
}

/* What the library answered instead of RET_OK. */
inline Error answered_error(int ret, const char *msg, std::size_t len)
{
    if (ret == RET_FAILURE) {
        return {Kind::failed, "an error of a newer library"};
    }
    return {ret == RET_ERR ? kind_of(msg, len) : Kind::failed, std::string(msg, len)};
}

inline Error mismatch()
{
    return {Kind::mismatch, std::string("my_timer: the loaded library differs from its header: ") + differs()};
}

/** Why the last export of this thread failed; empty where none has. */
inline std::string last_error()
{
    if (differs()) {
        return mismatch().text;
    }
    const char *text = my_timer_ffi_last_error();
    return text ? text : "";
}

/* The same, as an error. */
inline Error last_failure()
{
    if (differs()) {
        return mismatch();
    }
    const char *text = my_timer_ffi_last_error();
    return answered_error(RET_ERR, text, std::strlen(text));
}

/** A call that takes long and still runs. */
struct Stale {
    /** The function's symbol. */
    std::string_view function;
    std::chrono::milliseconds elapsed;
};

/* The context whose callback this thread is in, and those around it: there nothing waits for its end. */
class Frame {
public:
    explicit Frame(void *ctx) noexcept : ctx_(ctx), outer_(std::exchange(innermost, this)) {}
    ~Frame() { innermost = outer_; }
    Frame(const Frame &) = delete;
    Frame &operator=(const Frame &) = delete;

    /* Never inlined: clang takes a coroutine for one thread's, and keeps addresses of thread_locals across co_await. */
    [[gnu::noinline]] static bool is_inside(void *ctx) noexcept
    {
        const Frame *frame = innermost;
        while (frame && frame->ctx_ != ctx) {
            frame = frame->outer_;
        }
        return frame != nullptr;
    }

private:
    static inline thread_local const Frame *innermost = nullptr;

    void *ctx_;
    const Frame *outer_;
};

/* A listener as the library knows it. */
class Listener : public std::enable_shared_from_this<Listener> {
public:
    explicit Listener(void *ctx) : ctx_(ctx) {}
    virtual ~Listener() = default;
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    void silence() noexcept { is_silent_ = true; }

    static void heard(int ret, const char *msg, std::size_t len, void *user_data) noexcept
    {
        auto *listener = static_cast<Listener *>(user_data);
        const Frame frame(listener->ctx_);
        /* It may be removed from within. */
        const auto kept = listener->shared_from_this();
        if (!listener->is_silent_) {
            listener->hear(ret, msg, len);
        }
    }

private:
    virtual void hear(int ret, const char *msg, std::size_t len) = 0;

    void *ctx_;
    std::atomic<bool> is_silent_ = false;
};

/* What a context, its listeners and its pending calls share. Listeners are kept until they are removed or
 * the context has ended. */
class Shared {
public:
    void keep(std::uint64_t id, std::shared_ptr<Listener> listener)
    {
        const std::lock_guard guard(lock_);
        listeners_.emplace(id, std::move(listener));
    }

    void forget(std::uint64_t id)
    {
        std::unique_lock guard(lock_);
        const auto removed = listeners_.extract(id);
        guard.unlock();
    }

    void forget_all()
    {
        std::unique_lock guard(lock_);
        const auto removed = std::exchange(listeners_, {});
        guard.unlock();
    }

    void on_stale(std::function<void(const Stale &)> handler)
    {
        auto kept = std::make_shared<const std::function<void(const Stale &)>>(std::move(handler));
        const std::lock_guard guard(lock_);
        warned_.swap(kept);
        is_warned_ = true;
    }

    /* Who is called with the new object, once, before its constructor's answer. */
    void on_open(std::function<void(const void *)> listen) { opened_ = std::move(listen); }

    void open(const void *made)
    {
        if (const auto listen = std::exchange(opened_, nullptr)) {
            listen(made);
        }
    }

    bool is_warned() const noexcept { return is_warned_.load(std::memory_order_relaxed); }

    void warn(const Stale &stale)
    {
        std::unique_lock guard(lock_);
        const auto handler = warned_;
        guard.unlock();
        if (*handler) {
            (*handler)(stale);
        }
    }

private:
    std::mutex lock_;
    std::map<std::uint64_t, std::shared_ptr<Listener>> listeners_;
    std::shared_ptr<const std::function<void(const Stale &)>> warned_;
    std::atomic<bool> is_warned_ = false;
    /* Written before the constructor is called, taken by its answer. */
    std::function<void(const void *)> opened_;
};

/* Who is told of an answer in place of one who waits for it. */
template <class T>
class Waiter {
public:
    virtual void ready(Result<T> answer) = 0;

protected:
    ~Waiter() = default;
};

/* One call: the library's until the answer, and its Call's. */
template <class T>
class State {
public:
    /* `shared` where somebody wants to be warned of calls that take long. */
    State(void *ctx, std::shared_ptr<Shared> shared) : ctx_(ctx), shared_(std::move(shared)) {}

    void *ctx() const noexcept { return ctx_; }
    const std::shared_ptr<Shared> &shared() const noexcept { return shared_; }

    void warn(const char *function, const char *msg, std::size_t len)
    {
        if (shared_) {
            std::int64_t elapsed = 0;
            std::from_chars(msg, msg + len, elapsed);
            shared_->warn({function, std::chrono::milliseconds(elapsed)});
        }
    }

    /* Takes the answer, and gives up the library's share. */
    void complete(Result<T> answer)
    {
        std::unique_lock guard(lock_);
        if (Waiter<T> *waiter = waiter_) {
            guard.unlock();
            waiter->ready(std::move(answer));
        } else {
            answer_.emplace(std::move(answer));
            guard.unlock();
            answered_.notify_all();
        }
        release();
    }

    bool is_ready()
    {
        const std::lock_guard guard(lock_);
        return answer_.has_value();
    }

    Result<T> get()
    {
        std::unique_lock guard(lock_);
        answered_.wait(guard, [this] { return answer_.has_value(); });
        return std::move(*answer_);
    }

    template <class Rep, class Period>
    std::optional<Result<T>> get_for(std::chrono::duration<Rep, Period> timeout)
    {
        std::unique_lock guard(lock_);
        answered_.wait_for(guard, timeout, [this] { return answer_.has_value(); });
        return std::move(answer_);
    }

    /* Has the waiter told, unless the answer is there already: then gives that. */
    std::optional<Result<T>> tell(Waiter<T> &waiter)
    {
        const std::lock_guard guard(lock_);
        if (!answer_) {
            waiter_ = &waiter;
        }
        return std::move(answer_);
    }

    void release() noexcept
    {
        if (shares_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
            delete this;
        }
    }

private:
    ~State() = default;

    void *ctx_;
    std::shared_ptr<Shared> shared_;
    std::mutex lock_;
    std::condition_variable answered_;
    std::optional<Result<T>> answer_;
    Waiter<T> *waiter_ = nullptr;
    std::atomic<int> shares_ = 2;
};

/** Goes on where it is: on the library's thread. */
struct InPlace {
    void operator()(std::coroutine_handle<> coroutine) const { coroutine.resume(); }
};

/** A call that has begun. Its answer is asked for once, in one of the ways below. */
template <class T>
class [[nodiscard]] Call {
public:
    /* Takes over one share of the state. */
    Call(State<T> *state, void *ctx) noexcept : state_(state), ctx_(ctx) {}
    Call(Call &&other) noexcept : state_(std::exchange(other.state_, nullptr)), ctx_(other.ctx_) {}
    ~Call() { drop(); }

    Call &operator=(Call &&other) noexcept
    {
        if (this != &other) {
            drop();
            state_ = std::exchange(other.state_, nullptr);
            ctx_ = other.ctx_;
        }
        return *this;
    }

    /** Whether the answer is there, and was not asked for. */
    bool is_ready() const { return state_ && state_->is_ready(); }

    /** Asks that the call be cancelled: one that waits always is, one that runs where its author allowed it. */
    void cancel() const
    {
        if (state_) {
            cancel(ctx_, state_);
        }
    }

    /** Waits for the answer. Within a callback of the same context it would wait for ever. */
    Result<T> get()
    {
        if (!state_) {
            return taken();
        }
        Result<T> answer = state_->get();
        drop();
        return answer;
    }

    /** Waits for the answer as long; then cancels the call, and the error is of Kind::timeout. */
    template <class Rep, class Period>
    Result<T> get_for(std::chrono::duration<Rep, Period> timeout)
    {
        if (!state_) {
            return taken();
        }
        std::optional<Result<T>> answer = state_->get_for(timeout);
        if (!answer) {
            cancel();
            answer.emplace(Error{Kind::timeout, "no answer came in time"});
        }
        drop();
        return std::move(*answer);
    }

    /**
     * Has the function called once, with the answer as a Result<T>: on the library's thread, or here if it is there.
     * It may be generic, and may take the Result by value or by any reference.
     */
    template <class F>
    void then(F function)
    {
        /* Lives until it is told, and ends itself then. */
        struct Once final : Waiter<T> {
            explicit Once(F kept) : function(std::move(kept)) {}

            void ready(Result<T> answer) override
            {
                give(function, std::move(answer));
                delete this;
            }

            F function;
        };
        if (!state_) {
            give(function, Result<T>(taken()));
            return;
        }
        auto *once = new Once(std::move(function));
        /* The function may end this Call. */
        State<T> *const state = std::exchange(state_, nullptr);
        if (std::optional<Result<T>> answer = state->tell(*once)) {
            once->ready(std::move(*answer));
        }
        state->release();
    }

    /** The answer as a std::future. */
    std::future<Result<T>> future()
    {
        std::promise<Result<T>> promise;
        std::future<Result<T>> future = promise.get_future();
        then([promise = std::move(promise)](Result<T> answer) mutable { promise.set_value(std::move(answer)); });
        return future;
    }

    /** What `co_await` waits for. */
    template <class Executor>
    class Awaiter final : Waiter<T> {
    public:
        Awaiter(Call call, Executor executor) : call_(std::move(call)), executor_(std::move(executor)) {}

        bool await_ready()
        {
            if (!call_.state_) {
                answer_.emplace(taken());
            }
            return answer_.has_value();
        }

        /* From `tell` on the coroutine may be running elsewhere, and this be gone. */
        bool await_suspend(std::coroutine_handle<> coroutine)
        {
            coroutine_ = coroutine;
            if (std::optional<Result<T>> answer = call_.state_->tell(*this)) {
                answer_ = std::move(answer);
                return false;
            }
            return true;
        }

        Result<T> await_resume() { return std::move(*answer_); }

    private:
        void ready(Result<T> answer) override
        {
            answer_.emplace(std::move(answer));
            /* Resuming may end the coroutine, and this with it. */
            Executor executor = std::move(executor_);
            executor(coroutine_);
        }

        Call call_;
        Executor executor_;
        std::coroutine_handle<> coroutine_;
        std::optional<Result<T>> answer_;
    };

    /** For `co_await`: the coroutine goes on on the library's thread. */
    Awaiter<InPlace> operator co_await() && { return {std::move(*this), InPlace{}}; }
    Awaiter<InPlace> operator co_await() & { return {std::move(*this), InPlace{}}; }

    /** For `co_await`: the executor is called with a std::coroutine_handle<>, on the library's thread, and has it
     * resumed where it likes. */
    template <class Executor>
    Awaiter<Executor> on(Executor executor)
    {
        return {std::move(*this), std::move(executor)};
    }

private:
    template <class F>
    static void give(F &function, Result<T> answer)
    {
        if constexpr (std::is_invocable_v<F &, Result<T>>) {
            static_cast<void>(std::invoke(function, std::move(answer)));
        } else {
            static_cast<void>(std::invoke(function, answer));
        }
    }

    static Error taken() { return {Kind::taken, "the answer was asked for before"}; }

    static void cancel(void *ctx, void *user_data)
    {
        if (ctx) {
            my_timer_ffi_cancel(ctx, user_data);
        }
    }

    void drop() noexcept
    {
        if (state_) {
            std::exchange(state_, nullptr)->release();
        }
    }

    State<T> *state_;
    void *ctx_;
};

/* A call that failed before it began. */
template <class T>
Call<T> refused(Error error)
{
    auto *state = new State<T>(nullptr, nullptr);
    state->complete(std::move(error));
    return {state, nullptr};
}

} // namespace my_timer::ffi

/* ---- Transports ----------------------------------------------------------------------- */

namespace my_timer::ffi {

/* Several forms, those of a function's parameters. */
template <class... P>
struct Forms {};

/* What a function `of` answered, or an event `of`, whose bytes are read by `read`, which gives a MY_TIMER_CBOR_ fault. */
template <class T, class Read>
Result<T> read_cbor(const char *of, const char *msg, std::size_t len, Read read)
{
    my_timer_cbor_arena arena{nullptr};
    form::Reader reader = my_timer_cbor_read(msg, len, &arena);
    T out{};
    const int fault = read(reader, out);
    my_timer_cbor_arena_free(&arena);
    if (fault) {
        return Error{Kind::response, of + (": " + reader.told(fault))};
    }
    return out;
}

/** The native path: C structs, nothing is serialized. A text with a NUL inside is an error of Kind::argument. */
struct Native {
    /* Makes the call, or says why its arguments have no C form. */
    template <class F, class... P, class... A>
    static std::string send(void *&ctx, FfiCallback callback, void *user_data, Forms<P...>, const A &...arguments)
    {
        form::Lender lender;
        std::tuple<typename P::c...> lent{};
        [[maybe_unused]] std::size_t at = 0;
        const auto lend = [&](auto &...places) {
            return ((P::lend(arguments, places, lender) ? ++at != 0 : lender.at(F::keys[at])) && ...);
        };
        if (!std::apply(lend, lent)) {
            return lender.told();
        }
        std::apply([&](auto... places) { F::native(ctx, callback, user_data, places...); }, lent);
        return {};
    }

    template <class Form>
    static Result<typename Form::type> read(const char *of, const char *msg, std::size_t len)
    {
        if constexpr (std::is_same_v<Form, form::nothing>) {
            return {};
        } else if constexpr (std::is_same_v<Form, form::text>) {
            return std::string(msg, len);
        } else if constexpr (std::is_same_v<Form, form::bytes>) {
            const auto *data = reinterpret_cast<const std::uint8_t *>(msg);
            return std::vector<std::uint8_t>(data, data + len);
        } else {
            typename Form::type out{};
            form::Faults faults;
            if (!Form::own(*reinterpret_cast<const typename Form::c *>(msg), out, faults)) {
                return Error{Kind::response, of + (": " + faults.told())};
            }
            return out;
        }
    }
};

/** The path over CBOR, which carries every text. */
struct Cbor {
    template <class F, class... P, class... A>
    static std::string send(void *&ctx, FfiCallback callback, void *user_data, Forms<P...>, const A &...arguments)
    {
        /* Most requests fit; one that does not is written again, into memory of its size. */
        std::array<std::uint8_t, 512> small;
        form::Writer writer = write<F, P...>(small.data(), small.size(), arguments...);
        std::vector<std::uint8_t> large;
        if (!writer.why() && writer.len > small.size()) {
            large.resize(writer.len);
            writer = write<F, P...>(large.data(), large.size(), arguments...);
        }
        if (writer.why()) {
            return writer.told();
        }
        F::cbor(ctx, callback, user_data, writer.buf, writer.len);
        return {};
    }

    template <class Form>
    static Result<typename Form::type> read(const char *of, const char *msg, std::size_t len)
    {
        if constexpr (std::is_same_v<Form, form::nothing>) {
            const auto nothing = [](auto &reader, std::monostate &) {
                const int fault = my_timer_cbor_nothing_decode(&reader);
                return fault ? fault : my_timer_cbor_end(&reader);
            };
            const Result<std::monostate> read = read_cbor<std::monostate>(of, msg, len, nothing);
            return read ? Result<void>() : Result<void>(read.error());
        } else {
            return read_cbor<typename Form::type>(of, msg, len, [](auto &reader, auto &out) {
                const int fault = Form::take(reader, out);
                return fault ? fault : my_timer_cbor_end(&reader);
            });
        }
    }

    /* The request of a function. */
    template <class F, class... P, class... A>
    static form::Writer write(std::uint8_t *buf, std::size_t cap, const A &...arguments)
    {
        form::Writer writer = my_timer_cbor_write(buf, cap);
        my_timer_cbor_put_head(&writer, 5, sizeof...(P));
        [[maybe_unused]] std::size_t at = 0;
        [[maybe_unused]] const auto put = [&](auto of, const auto &argument) {
            my_timer_cbor_put_text(&writer, F::keys[at]);
            return decltype(of)::put(writer, argument) ? ++at != 0 : writer.at(F::keys[at]);
        };
        (void)(put(P{}, arguments) && ...);
        return writer;
    }
};

/* Why the arguments of a function cannot be sent. */
inline Error unsendable(const char *function, const std::string &fault)
{
    return {Kind::argument, function + (": " + fault)};
}

/* What a call of F answered instead of RET_OK. */
template <class F, class Transport>
Error failed(int ret, const char *msg, std::size_t len)
{
    if constexpr (!std::is_same_v<typename F::failure, form::nothing>) {
        if (ret == RET_FAILURE) {
            auto failure = Transport::template read<typename F::failure>(F::name, msg, len);
            return failure ? Error{Kind::author, std::move(failure->message), 0, std::move(failure->error)} : failure.error();
        }
    }
    return answered_error(ret, msg, len);
}

/* The answer to a call of F, for its state. */
template <class F, class Transport>
void answered(int ret, const char *msg, std::size_t len, void *user_data) noexcept
{
    auto *state = static_cast<State<typename F::answer::type> *>(user_data);
    const Frame frame(state->ctx());
    if (ret == RET_STALE_WARN) {
        state->warn(F::name, msg, len);
    } else if (ret != RET_OK) {
        state->complete(failed<F, Transport>(ret, msg, len));
    } else {
        state->complete(Transport::template read<typename F::answer>(F::name, msg, len));
    }
}

/* Begins a call of F. */
template <class F, class Transport, class... A>
Call<typename F::answer::type> begin(void *ctx, std::shared_ptr<Shared> shared, const A &...arguments)
{
    using T = typename F::answer::type;
    if (differs()) {
        return refused<T>(mismatch());
    }
    auto *state = new State<T>(ctx, std::move(shared));
    const std::string fault =
        Transport::template send<F>(ctx, answered<F, Transport>, state, typename F::params{}, arguments...);
    if (!fault.empty()) {
        state->complete(unsendable(F::name, fault));
    }
    return {state, ctx};
}

/* Makes a call of F that answers before it returns. */
template <class F, class Transport, class... A>
Result<typename F::answer::type> at_once(void *ctx, const A &...arguments)
{
    using T = typename F::answer::type;
    if (differs()) {
        return mismatch();
    }
    Result<T> answer = Error{Kind::failed, "not answered"};
    const FfiCallback callback = [](int ret, const char *msg, std::size_t len, void *user_data) noexcept {
        auto &place = *static_cast<Result<T> *>(user_data);
        if (ret == RET_OK) {
            place = Transport::template read<typename F::answer>(F::name, msg, len);
        } else if (ret != RET_STALE_WARN) {
            place = failed<F, Transport>(ret, msg, len);
        }
    };
    const std::string fault = Transport::template send<F>(ctx, callback, &answer, typename F::params{}, arguments...);
    if (!fault.empty()) {
        return unsendable(F::name, fault);
    }
    return answer;
}

} // namespace my_timer::ffi

/* ---- Functions ------------------------------------------------------------------------ */

namespace my_timer::ffi::call {

struct of_create {
    static constexpr const char *name = "my_timer_create";
    static constexpr std::array<const char *, 1> keys{"config"};
    using answer = ffi::form::nothing;
    using failure = ffi::form::nothing;
    using params = Forms<ffi::form::of_TimerConfig>;

    static void native(void *&ctx, FfiCallback callback, void *user_data, ffi::form::of_TimerConfig::c a1)
    {
        ctx = ::my_timer_create(a1, callback, user_data);
    }

    static void cbor(void *&ctx, FfiCallback callback, void *user_data, const std::uint8_t *req, std::size_t len)
    {
        ctx = ::my_timer_create_cbor(req, len, callback, user_data);
    }
};

struct of_echo {
    static constexpr const char *name = "my_timer_echo";
    static constexpr std::array<const char *, 1> keys{"req"};
    using answer = ffi::form::of_EchoResponse;
    using failure = ffi::form::nothing;
    using params = Forms<ffi::form::of_EchoRequest>;

    static void native(void *&ctx, FfiCallback callback, void *user_data, ffi::form::of_EchoRequest::c a1)
    {
        ::my_timer_echo(ctx, callback, user_data, a1);
    }

    static void cbor(void *&ctx, FfiCallback callback, void *user_data, const std::uint8_t *req, std::size_t len)
    {
        ::my_timer_echo_cbor(ctx, callback, user_data, req, len);
    }
};

struct of_version {
    static constexpr const char *name = "my_timer_version";
    static constexpr std::array<const char *, 0> keys{};
    using answer = ffi::form::text;
    using failure = ffi::form::nothing;
    using params = Forms<>;

    static void native(void *&ctx, FfiCallback callback, void *user_data)
    {
        ::my_timer_version(ctx, callback, user_data);
    }

    static void cbor(void *&ctx, FfiCallback callback, void *user_data, const std::uint8_t *req, std::size_t len)
    {
        ::my_timer_version_cbor(ctx, callback, user_data, req, len);
    }
};

struct of_schedule {
    static constexpr const char *name = "my_timer_schedule";
    static constexpr std::array<const char *, 2> keys{"jobs", "at"};
    using answer = ffi::form::i64;
    using failure = ffi::form::nothing;
    using params = Forms<ffi::form::list<ffi::form::of_Job, ::my_timer_list_Job>, ffi::form::option<ffi::form::u64, ::my_timer_option_u64>>;

    static void native(void *&ctx, FfiCallback callback, void *user_data, ffi::form::list<ffi::form::of_Job, ::my_timer_list_Job>::c a1, ffi::form::option<ffi::form::u64, ::my_timer_option_u64>::c a2)
    {
        ::my_timer_schedule(ctx, callback, user_data, a1, a2);
    }

    static void cbor(void *&ctx, FfiCallback callback, void *user_data, const std::uint8_t *req, std::size_t len)
    {
        ::my_timer_schedule_cbor(ctx, callback, user_data, req, len);
    }
};

struct of_reset {
    static constexpr const char *name = "my_timer_reset";
    static constexpr std::array<const char *, 0> keys{};
    using answer = ffi::form::nothing;
    using failure = ffi::form::nothing;
    using params = Forms<>;

    static void native(void *&ctx, FfiCallback callback, void *user_data)
    {
        ::my_timer_reset(ctx, callback, user_data);
    }

    static void cbor(void *&ctx, FfiCallback callback, void *user_data, const std::uint8_t *req, std::size_t len)
    {
        ::my_timer_reset_cbor(ctx, callback, user_data, req, len);
    }
};

} // namespace my_timer::ffi::call

namespace my_timer {

} // namespace my_timer

/* ---- Events --------------------------------------------------------------------------- */

/** What a context tells of. */
namespace my_timer::events {

/**
 * An echo was made.
 *
 * Before its answer.
 */
struct on_echo_fired {
    static constexpr const char *name = "on_echo_fired";
    using form = ffi::form::of_EchoEvent;

    ::my_timer::EchoEvent payload = {};

    bool operator==(const on_echo_fired &) const = default;
};

struct on_tick {
    static constexpr const char *name = "on_tick";
    using form = ffi::form::u64;

    std::uint64_t payload = {};

    bool operator==(const on_tick &) const = default;
};

struct on_note {
    static constexpr const char *name = "on_note";
    using form = ffi::form::text;

    std::string payload = {};

    bool operator==(const on_note &) const = default;
};

struct on_idle {
    static constexpr const char *name = "on_idle";
    using form = ffi::form::nothing;

    bool operator==(const on_idle &) const = default;
};

struct events_dropped {
    static constexpr const char *name = "events_dropped";
    using form = ffi::form::of_EventsDropped;

    ::my_timer::EventsDropped payload = {};

    bool operator==(const events_dropped &) const = default;
};

struct not_responding {
    static constexpr const char *name = "not_responding";
    using form = ffi::form::of_NotResponding;

    ::my_timer::NotResponding payload = {};

    bool operator==(const not_responding &) const = default;
};

struct responding {
    static constexpr const char *name = "responding";
    using form = ffi::form::of_Responding;

    ::my_timer::Responding payload = {};

    bool operator==(const responding &) const = default;
};

/** An event of a newer library, which this header does not know. */
struct unknown {
    std::string name = {};

    bool operator==(const unknown &) const = default;
};

} // namespace my_timer::events

namespace my_timer {

/** Any event. */
using Event = std::variant<events::on_echo_fired, events::on_tick, events::on_note, events::on_idle, events::events_dropped, events::not_responding, events::responding, events::unknown>;

} // namespace my_timer

/* ---- Listeners ------------------------------------------------------------------------ */

namespace my_timer::ffi {

/** Whom a listener tells what it could not hear: events that were dropped, a payload that cannot be read. */
using OnError = std::function<void(const Error &)>;

/* How a listener of one event is called. */
template <class T>
struct HandlerOf {
    using type = std::function<void(const T &)>;
};

template <>
struct HandlerOf<void> {
    using type = std::function<void()>;
};

template <class E>
using Handler = typename HandlerOf<typename E::form::type>::type;

/* The event E out of what a listener of the transport was given. */
template <class E>
Result<typename E::form::type> read_event(Native, const char *msg, std::size_t len)
{
    return Native::read<typename E::form>(E::name, msg, len);
}

template <class E>
Result<typename E::form::type> read_event(Cbor, const char *msg, std::size_t len)
{
    constexpr bool is_nothing = std::is_same_v<typename E::form, form::nothing>;
    using T = std::conditional_t<is_nothing, std::monostate, typename E::form::type>;
    Result<T> payload = read_cbor<T>(E::name, msg, len, [](auto &reader, [[maybe_unused]] auto &out) {
        const auto take = [&] {
            if constexpr (is_nothing) {
                return my_timer_cbor_nothing_decode(&reader);
            } else {
                return E::form::take(reader, out);
            }
        };
        my_timer_cbor_event event;
        const int fault = my_timer_cbor_event_read(&reader, &event);
        const bool is_it = event.name && my_timer_cbor_text_is(event.name, event.len, E::name);
        if (!fault && !is_it) {
            return reader.at("eventType", MY_TIMER_CBOR_OTHER_EVENT);
        }
        if (!fault || (is_it && event.payload.left)) {
            static_cast<::my_timer_cbor_reader &>(reader) = event.payload;
            /* What is wrong inside of the payload has its place there. */
            const int inside = take();
            if (!fault || inside) {
                return inside;
            }
        }
        return event.fault_at ? reader.at(event.fault_at, fault) : fault;
    });
    if constexpr (is_nothing) {
        return payload ? Result<void>() : Result<void>(payload.error());
    } else {
        return payload;
    }
}

/* What a listener of every event was given: the name, and the message that a listener of that event gets. */
struct Message {
    /* Its own: a name that came in pieces was put together in memory that is gone. */
    std::string name;
    const char *msg;
    std::size_t len;
};

inline Result<Message> message(Native, const char *msg, std::size_t)
{
    const auto &event = *reinterpret_cast<const ::my_timer_event *>(msg);
    return Message{event.name, static_cast<const char *>(event.payload), event.len};
}

inline Result<Message> message(Cbor, const char *msg, std::size_t len)
{
    Result<std::string> name = read_cbor<std::string>("an event", msg, len, [](auto &reader, std::string &out) {
        my_timer_cbor_event event;
        const int fault = my_timer_cbor_event_read(&reader, &event);
        if (!fault) {
            out.assign(reinterpret_cast<const char *>(event.name), event.len);
        }
        return event.fault_at && fault ? reader.at(event.fault_at, fault) : fault;
    });
    if (!name) {
        return name.error();
    }
    return Message{std::move(*name), msg, len};
}

/* An event that this header does not know, which is an event all the same. */
inline Result<Event> read_unknown(Native, const Message &message)
{
    return Event(events::unknown{message.name});
}

inline Result<Event> read_unknown(Cbor, const Message &message)
{
    /* Its whole message was read for its name. */
    return Event(events::unknown{message.name});
}

/* Reads the event where it is E. */
template <class E, class Transport>
bool read_if(const Message &message, std::optional<Result<Event>> &out)
{
    if (message.name != E::name) {
        return false;
    }
    auto payload = read_event<E>(Transport{}, message.msg, message.len);
    if (!payload) {
        out.emplace(payload.error());
    } else if constexpr (std::is_same_v<typename E::form, form::nothing>) {
        out.emplace(Event(E{}));
    } else {
        out.emplace(Event(E{std::move(*payload)}));
    }
    return true;
}

template <class Transport>
Result<Event> read_any(const char *msg, std::size_t len)
{
    const Result<Message> given = message(Transport{}, msg, len);
    if (!given) {
        return given.error();
    }
    std::optional<Result<Event>> event;
    const bool is_known = false
        || read_if<events::on_echo_fired, Transport>(*given, event)
        || read_if<events::on_tick, Transport>(*given, event)
        || read_if<events::on_note, Transport>(*given, event)
        || read_if<events::on_idle, Transport>(*given, event)
        || read_if<events::events_dropped, Transport>(*given, event)
        || read_if<events::not_responding, Transport>(*given, event)
        || read_if<events::responding, Transport>(*given, event);
    return is_known ? std::move(*event) : read_unknown(Transport{}, *given);
}

/* Why a listener of one event was told an error: for a gap with its count. */
inline Error unheard(int ret, const char *msg, std::size_t len)
{
    constexpr std::string_view gap = "events_dropped: ";
    Error error = answered_error(ret, msg, len);
    if (error.kind == Kind::dropped && error.text.starts_with(gap)) {
        std::from_chars(error.text.data() + gap.size(), error.text.data() + error.text.size(), error.dropped);
    }
    return error;
}

/* A listener that calls a function with what `Read` makes of the message. */
template <class Function, class Read>
class Telling final : public Listener {
public:
    Telling(void *ctx, Function function, OnError on_error, Read read)
        : Listener(ctx), function_(std::move(function)), on_error_(std::move(on_error)), read_(read)
    {
    }

private:
    void hear(int ret, const char *msg, std::size_t len) override
    {
        if (ret != RET_OK) {
            fail(unheard(ret, msg, len));
            return;
        }
        const auto heard = read_(msg, len);
        if (!heard) {
            fail(heard.error());
        } else if constexpr (std::is_same_v<decltype(heard), const Result<void>>) {
            function_();
        } else {
            function_(*heard);
        }
    }

    void fail(const Error &error) const
    {
        if (on_error_) {
            on_error_(error);
        }
    }

    Function function_;
    OnError on_error_;
    Read read_;
};

/**
 * A listener that is there as long as this is. Once removed it does not run again, and where it was running on another
 * thread it has returned; it may remove itself. The end of its context removes it too; while a context closes,
 * a listener that runs is not waited for.
 */
class [[nodiscard]] Subscription {
public:
    Subscription(std::shared_ptr<Shared> shared, std::shared_ptr<Listener> listener, void *ctx, std::uint64_t id)
        : shared_(std::move(shared)), listener_(std::move(listener)), ctx_(ctx), id_(id)
    {
    }

    Subscription(Subscription &&other) noexcept = default;
    ~Subscription() { remove(); }

    Subscription &operator=(Subscription &&other) noexcept
    {
        if (this != &other) {
            remove();
            shared_ = std::move(other.shared_);
            listener_ = std::move(other.listener_);
            ctx_ = other.ctx_;
            id_ = other.id_;
        }
        return *this;
    }

    /** Removes the listener now. */
    void remove() noexcept
    {
        const auto listener = std::exchange(listener_, nullptr);
        if (!listener) {
            return;
        }
        listener->silence();
        if (my_timer_ffi_remove_event_listener(ctx_, id_) == 0) {
            shared_->forget(id_);
        }
    }

    /** Leaves the listener where it is until its context ends. */
    void detach() noexcept { listener_.reset(); }

private:
    std::shared_ptr<Shared> shared_;
    std::shared_ptr<Listener> listener_;
    void *ctx_;
    std::uint64_t id_;
};

/* Adds a listener of the event, or of every event where that is null. */
template <class Transport, class Function, class Read>
Result<Subscription> listen(
    void *ctx, const std::shared_ptr<Shared> &shared, const char *event, Function function, OnError on_error, Read read)
{
    auto listener = std::make_shared<Telling<Function, Read>>(ctx, std::move(function), std::move(on_error), read);
    std::uint64_t id = 0;
    if constexpr (std::is_same_v<Transport, Cbor>) {
        id = my_timer_ffi_add_event_listener_cbor(ctx, event, Listener::heard, static_cast<Listener *>(listener.get()));
    } else {
        id = my_timer_ffi_add_event_listener(ctx, event, Listener::heard, static_cast<Listener *>(listener.get()));
    }
    if (id == 0) {
        return last_failure();
    }
    shared->keep(id, listener);
    return Subscription(shared, std::move(listener), ctx, id);
}

/* Keeps the listeners of a context that could not be waited for: what blocks it may call them yet, and nothing
 * tells when it has. */
inline void keep_for_ever(std::shared_ptr<Shared> shared)
{
    static std::mutex lock;
    static auto *const kept = new std::vector<std::shared_ptr<Shared>>;
    const std::lock_guard guard(lock);
    kept->push_back(std::move(shared));
}

/* The end of a context that nobody waits for, and who is told of it. */
struct Ending {
    void *ctx;
    std::shared_ptr<Shared> shared;
    State<void> *state;

    /* The context's last callback. */
    static void ended(int ret, const char *msg, std::size_t len, void *user_data) noexcept
    {
        if (ret == RET_STALE_WARN) {
            return;
        }
        auto *ending = static_cast<Ending *>(user_data);
        const Frame frame(ending->ctx);
        ending->shared->forget_all();
        if (ending->state) {
            ending->state->complete(ret == RET_OK ? Result<void>() : Result<void>(answered_error(ret, msg, len)));
        }
        delete ending;
    }
};

} // namespace my_timer::ffi

/* ---- The context ---------------------------------------------------------------------- */

namespace my_timer {

/**
 * A timer.
 *
 * A context of the library. It ends, and waits for its end, where it goes out of scope: from then on none
 * of its callbacks runs. Its const methods may be called from any thread; MyTimer<ffi::Cbor> is the same over CBOR.
 */
template <class Transport = ffi::Native>
class MyTimer {
public:
    /** Makes a context, which is the answer. */
    static ffi::Call<MyTimer> create(const ::my_timer::TimerConfig &config)
    {
        return create_<ffi::call::of_create>(nullptr, config);
    }

    /**
     * The same, and calls a function with the new object before any event of it is delivered: the listeners that it
     * adds hear from the first event on, also those that the constructor fires. It runs on a thread of the library, and
     * not where there is no object.
     */
    static ffi::Call<MyTimer> create(const ::my_timer::TimerConfig &config, std::function<void(const MyTimer &)> listen)
    {
        return create_<ffi::call::of_create>(std::move(listen), config);
    }

    MyTimer(MyTimer &&other) noexcept : ctx_(other.ctx_.exchange(nullptr)), shared_(std::move(other.shared_)) {}

    /** Ends the context, and waits for that. From inside one of its callbacks it does not wait. */
    ~MyTimer() { end_(); }

    MyTimer &operator=(MyTimer &&other) noexcept
    {
        if (this != &other) {
            end_();
            ctx_ = other.ctx_.exchange(nullptr);
            shared_ = std::move(other.shared_);
        }
        return *this;
    }

    /** Ends the context without waiting. No callback of the context fires after this call's answer. */
    ffi::Call<void> close()
    {
        void *const ctx = ctx_.exchange(nullptr);
        if (!ctx) {
            return ffi::refused<void>(closed_());
        }
        auto *state = new ffi::State<void>(ctx, nullptr);
        my_timer_ffi_close(ctx, ffi::Ending::ended, new ffi::Ending{ctx, shared_, state});
        return {state, ctx};
    }

    /**
     * Echoes the message after a while.
     *
     * Answers in order.
     *
     * @param req what to echo
     *
     * Answers within 30000 ms, or with Kind::deadline.
     */
    ffi::Call<::my_timer::EchoResponse> echo(const ::my_timer::EchoRequest &req) const
    {
        return begin_<ffi::call::of_echo>(req);
    }

    /**
     */
    ffi::Call<std::string> version() const
    {
        return begin_<ffi::call::of_version>();
    }

    /** Answers within 1000 ms, or with Kind::deadline. */
    ffi::Call<std::int64_t> schedule(const std::vector<::my_timer::Job> &jobs, const std::optional<std::uint64_t> &at) const
    {
        return begin_<ffi::call::of_schedule>(jobs, at);
    }

    /**
     */
    ffi::Call<void> reset() const
    {
        return begin_<ffi::call::of_reset>();
    }

    /**
     * An echo was made.
     *
     * Before its answer.
     *
     * Has the handler called, on a thread of the library, at each firing from now on; the second function
     * with what it could not hear: how many events were dropped, or a payload that cannot be read.
     */
    ffi::Result<ffi::Subscription> on_echo_fired(ffi::Handler<events::on_echo_fired> handler, ffi::OnError on_error = {}) const
    {
        return listen_(events::on_echo_fired::name, std::move(handler), std::move(on_error), [](const char *msg, std::size_t len) {
            return ffi::read_event<events::on_echo_fired>(Transport{}, msg, len);
        });
    }

    /**
     * Has the handler called, on a thread of the library, at each firing from now on; the second function
     * with what it could not hear: how many events were dropped, or a payload that cannot be read.
     */
    ffi::Result<ffi::Subscription> on_tick(ffi::Handler<events::on_tick> handler, ffi::OnError on_error = {}) const
    {
        return listen_(events::on_tick::name, std::move(handler), std::move(on_error), [](const char *msg, std::size_t len) {
            return ffi::read_event<events::on_tick>(Transport{}, msg, len);
        });
    }

    /**
     * Has the handler called, on a thread of the library, at each firing from now on; the second function
     * with what it could not hear: how many events were dropped, or a payload that cannot be read.
     */
    ffi::Result<ffi::Subscription> on_note(ffi::Handler<events::on_note> handler, ffi::OnError on_error = {}) const
    {
        return listen_(events::on_note::name, std::move(handler), std::move(on_error), [](const char *msg, std::size_t len) {
            return ffi::read_event<events::on_note>(Transport{}, msg, len);
        });
    }

    /**
     * Has the handler called, on a thread of the library, at each firing from now on; the second function
     * with what it could not hear: how many events were dropped, or a payload that cannot be read.
     */
    ffi::Result<ffi::Subscription> on_idle(ffi::Handler<events::on_idle> handler, ffi::OnError on_error = {}) const
    {
        return listen_(events::on_idle::name, std::move(handler), std::move(on_error), [](const char *msg, std::size_t len) {
            return ffi::read_event<events::on_idle>(Transport{}, msg, len);
        });
    }

    /**
     * Has the handler called, on a thread of the library, at each firing from now on; the second function
     * with what it could not hear: how many events were dropped, or a payload that cannot be read.
     */
    ffi::Result<ffi::Subscription> on_events_dropped(ffi::Handler<events::events_dropped> handler, ffi::OnError on_error = {}) const
    {
        return listen_(events::events_dropped::name, std::move(handler), std::move(on_error), [](const char *msg, std::size_t len) {
            return ffi::read_event<events::events_dropped>(Transport{}, msg, len);
        });
    }

    /**
     * Has the handler called, on a thread of the library, at each firing from now on; the second function
     * with what it could not hear: how many events were dropped, or a payload that cannot be read.
     */
    ffi::Result<ffi::Subscription> on_not_responding(ffi::Handler<events::not_responding> handler, ffi::OnError on_error = {}) const
    {
        return listen_(events::not_responding::name, std::move(handler), std::move(on_error), [](const char *msg, std::size_t len) {
            return ffi::read_event<events::not_responding>(Transport{}, msg, len);
        });
    }

    /**
     * Has the handler called, on a thread of the library, at each firing from now on; the second function
     * with what it could not hear: how many events were dropped, or a payload that cannot be read.
     */
    ffi::Result<ffi::Subscription> on_responding(ffi::Handler<events::responding> handler, ffi::OnError on_error = {}) const
    {
        return listen_(events::responding::name, std::move(handler), std::move(on_error), [](const char *msg, std::size_t len) {
            return ffi::read_event<events::responding>(Transport{}, msg, len);
        });
    }

    /** Has the handler called with every event. The second function hears as those of the single events do. */
    ffi::Result<ffi::Subscription> on_any(std::function<void(const ::my_timer::Event &)> handler, ffi::OnError on_error = {}) const
    {
        return listen_(nullptr, std::move(handler), std::move(on_error), ffi::read_any<Transport>);
    }

    /**
     * Has the handler called, on a thread of the library, for a call that was begun after this and takes long
     *.
     */
    void on_stale(std::function<void(const ffi::Stale &)> handler) const
    {
        if (shared_) {
            shared_->on_stale(std::move(handler));
        }
    }

    /**
     * A descriptor that is readable while something is ready. From the first call on, answers and events of this
     * context wait for dispatch(), which runs them on its caller; so get() needs another thread that does. The
     * library owns the descriptor: wait for it, and neither read nor close it.
     */
    ffi::Result<int> poll_fd() const
    {
        const int fd = my_timer_ffi_poll_fd(ctx_);
        return fd < 0 ? ffi::Result<int>(ffi::last_failure()) : ffi::Result<int>(fd);
    }

    /** Runs up to `max` of the callbacks that are ready, here. Gives how many ran. */
    ffi::Result<std::size_t> dispatch(std::size_t max = SIZE_MAX) const
    {
        const int ran = my_timer_ffi_dispatch(ctx_, max);
        if (ran < 0) {
            return ffi::last_failure();
        }
        return static_cast<std::size_t>(ran);
    }

    /** The handle for the functions of my_timer.h; null once closed. */
    void *native_handle() const noexcept { return ctx_; }

private:
    MyTimer(void *ctx, std::shared_ptr<ffi::Shared> shared) noexcept : ctx_(ctx), shared_(std::move(shared)) {}

    static ffi::Error closed_() { return {ffi::Kind::closed, "my_timer: the context is closed"}; }

    /* The constructor's answer is the handle, in decimal. */
    template <class F>
    static void created_(int ret, const char *msg, std::size_t len, void *user_data) noexcept
    {
        auto *state = static_cast<ffi::State<MyTimer> *>(user_data);
        if (ret == RET_STALE_WARN) {
            return;
        }
        if (ret != RET_OK) {
            state->complete(ffi::failed<F, Transport>(ret, msg, len));
            return;
        }
        const ffi::Result<std::string> text = Transport::template read<ffi::form::text>(F::name, msg, len);
        std::uintptr_t handle = 0;
        if (text) {
            std::from_chars(text->data(), text->data() + text->size(), handle);
        }
        void *const ctx = reinterpret_cast<void *>(handle);
        const ffi::Frame frame(ctx);
        MyTimer made(ctx, state->shared());
        /* The library holds its events back until this returns. */
        made.shared_->open(&made);
        state->complete(std::move(made));
    }

    template <class F, class... A>
    static ffi::Call<MyTimer> create_(std::function<void(const MyTimer &)> listen, const A &...arguments)
    {
        if (ffi::differs()) {
            return ffi::refused<MyTimer>(ffi::mismatch());
        }
        auto shared = std::make_shared<ffi::Shared>();
        if (listen) {
            shared->on_open([listen = std::move(listen)](const void *made) { listen(*static_cast<const MyTimer *>(made)); });
        }
        auto *state = new ffi::State<MyTimer>(nullptr, std::move(shared));
        void *ctx = nullptr;
        const std::string fault =
            Transport::template send<F>(ctx, created_<F>, state, typename F::params{}, arguments...);
        if (!fault.empty()) {
            state->complete(ffi::unsendable(F::name, fault));
        }
        return {state, ctx};
    }

    template <class F, class... A>
    ffi::Call<typename F::answer::type> begin_(const A &...arguments) const
    {
        void *const ctx = ctx_;
        if (!ctx) {
            return ffi::refused<typename F::answer::type>(closed_());
        }
        return ffi::begin<F, Transport>(ctx, shared_->is_warned() ? shared_ : nullptr, arguments...);
    }

    template <class F, class... A>
    ffi::Result<typename F::answer::type> at_once_(const A &...arguments) const
    {
        void *const ctx = ctx_;
        if (!ctx) {
            return closed_();
        }
        return ffi::at_once<F, Transport>(ctx, arguments...);
    }

    template <class Function, class Read>
    ffi::Result<ffi::Subscription> listen_(const char *event, Function function, ffi::OnError on_error, Read read) const
    {
        void *const ctx = ctx_;
        if (!ctx) {
            return closed_();
        }
        return ffi::listen<Transport>(ctx, shared_, event, std::move(function), std::move(on_error), read);
    }

    void end_() noexcept
    {
        void *const ctx = ctx_.exchange(nullptr);
        if (!ctx) {
            return;
        }
        if (ffi::Frame::is_inside(ctx)) {
            my_timer_ffi_close(ctx, ffi::Ending::ended, new ffi::Ending{ctx, shared_, nullptr});
        } else if (my_timer_destroy(ctx) == 0) {
            shared_->forget_all();
        } else {
            ffi::keep_for_ever(shared_);
        }
    }

    std::atomic<void *> ctx_;
    std::shared_ptr<ffi::Shared> shared_;
};

} // namespace my_timer

#endif
