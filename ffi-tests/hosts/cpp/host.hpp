// What the C++ test hosts have in common: checks, a coroutine that nobody waits for, a latch with patience.
#ifndef HOST_HPP
#define HOST_HPP

#include "../c/bound.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

inline std::atomic<int> host_checks = 0;
inline std::atomic<int> host_failures = 0;

#define CHECK(condition) host_check(static_cast<bool>(condition), #condition, __FILE__, __LINE__)

inline bool host_check(bool holds, const char *what, const char *file, int line)
{
    host_checks++;
    if (!holds) {
        host_failures++;
        std::fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    }
    return holds;
}

// Says how it went, in the words that the tests look for; the program's exit code.
inline int host_end(const char *name)
{
    std::printf("%s: %d checks, %d failed\n", name, host_checks.load(), host_failures.load());
    return host_failures != 0;
}

// The thread that this runs on. Never inlined: clang takes a coroutine for one thread's.
[[gnu::noinline]] inline std::thread::id here()
{
    return std::this_thread::get_id();
}

// A number that is waited for. A host that waits in vain ends.
class Count {
public:
    void add(int more = 1)
    {
        const std::lock_guard guard(lock_);
        value_ += more;
        changed_.notify_all();
    }

    void await(int least)
    {
        std::unique_lock guard(lock_);
        if (!changed_.wait_for(guard, 120s, [&] { return value_ >= least; })) {
            std::printf("waited in vain: %d of %d\n", value_, least);
            std::fflush(stdout);
            std::_Exit(3);
        }
    }

    int value()
    {
        const std::lock_guard guard(lock_);
        return value_;
    }

private:
    std::mutex lock_;
    std::condition_variable changed_;
    int value_ = 0;
};

// What was heard, in order.
template <class T>
class Heard {
public:
    void add(T value)
    {
        const std::lock_guard guard(lock_);
        values_.push_back(std::move(value));
        count_.add();
    }

    std::vector<T> await(int least)
    {
        count_.await(least);
        const std::lock_guard guard(lock_);
        return values_;
    }

private:
    std::mutex lock_;
    std::vector<T> values_;
    Count count_;
};

// A coroutine that runs until it ends.
struct Task {
    struct promise_type {
        Task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        [[noreturn]] void unhandled_exception() { std::abort(); }
    };
};

#endif
