// Several threads that call, listen and end contexts at once: crowd [THREADS [CALLS]]
#include "every.hpp"

#include "host.hpp"

#include <cstdlib>
#include <vector>

using namespace every;

static int threads = 8;
static int calls = 2'000;

template <class Work>
static void at_once(Work work)
{
    std::vector<std::thread> all;
    for (int i = 0; i < threads; i++) {
        all.emplace_back(work, i);
    }
    for (auto &thread : all) {
        thread.join();
    }
}

template <class Transport>
static Task awaits(const Every<Transport> &every, int from, int count, Count &ended)
{
    for (int i = from; i < from + count; i++) {
        const auto number = co_await every.give_i32(i);
        CHECK(number && *number == i);
    }
    ended.add();
}

template <class Transport>
static void one_context_for_all()
{
    const auto every = Every<Transport>::create({}).get().value();
    Count ended;
    at_once([&](int thread) {
        const int from = thread * calls;
        awaits(every, from, calls / 4, ended);
        for (int i = 0; i < calls / 4; i++) {
            CHECK(every.give_i32(from + i).get() == ffi::Result<std::int32_t>(from + i));
        }
        std::vector<ffi::Call<std::string>> pending;
        for (int i = 0; i < calls / 4; i++) {
            pending.push_back(every.give_string(std::to_string(from + i)));
        }
        for (int i = 0; i < calls / 4; i++) {
            CHECK(*pending[static_cast<std::size_t>(i)].get() == std::to_string(from + i));
        }
        for (int i = 0; i < calls / 4; i++) {
            auto sleeping = every.sleep_lightly(i % 3);
            sleeping.cancel();
            const auto slept = sleeping.get_for(std::chrono::microseconds(i % 7 * 100));
            CHECK(slept || slept.error().kind == ffi::Kind::cancelled || slept.error().kind == ffi::Kind::timeout);
        }
    });
    ended.await(threads);
}

// Listeners that come and go while events are fired, each with something that it must not outlive.
template <class Transport>
static void comings_and_goings()
{
    const auto every = Every<Transport>::create({}).get().value();
    std::atomic<int> busy = threads;
    at_once([&](int thread) {
        if (thread == 0) {
            while (busy > 1) {
                CHECK(every.fire_numbers(0, 50).get());
            }
            return;
        }
        for (int i = 0; i < calls / 10; i++) {
            auto held = std::make_unique<std::atomic<std::int64_t>>(0);
            const auto listening = every.on_number([it = held.get()](std::int64_t number) { *it += number; });
            CHECK(listening);
            std::this_thread::yield();
        }
        busy--;
    });
}

// A context is closed while others still call it, and each call has its answer.
template <class Transport>
static void closed_under_the_callers()
{
    for (int round = 0; round < 20; round++) {
        auto every = Every<Transport>::create({}).get().value();
        std::atomic<int> ready = 0;
        at_once([&](int thread) {
            ready++;
            if (thread == 0) {
                while (ready < threads) {
                    std::this_thread::yield();
                }
                CHECK(every.close().get());
                return;
            }
            while (every.give_i32(thread).get()) {
            }
        });
    }
}

template <class Transport>
static void many_contexts()
{
    at_once([](int) {
        for (int i = 0; i < calls / 40; i++) {
            auto every = Every<Transport>::create({}).get();
            CHECK(every && every->give_i32(i).get());
            const auto listening = every->on_number([](std::int64_t) {});
            CHECK(listening && every->fire_numbers(0, 3).get());
        }
    });
}

template <class Transport>
static void all()
{
    one_context_for_all<Transport>();
    comings_and_goings<Transport>();
    closed_under_the_callers<Transport>();
    many_contexts<Transport>();
}

int main(int argc, char **argv)
{
    threads = argc > 1 ? std::atoi(argv[1]) : threads;
    calls = argc > 2 ? std::atoi(argv[2]) : calls;
    all<ffi::Native>();
    all<ffi::Cbor>();
    std::printf("crowd: %d threads by %d calls\n", threads, calls);
    return host_end("crowd");
}
