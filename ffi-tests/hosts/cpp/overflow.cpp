// Events that listeners are too slow for, and those of the constructor, on both paths.
#include "every.hpp"

#include "host.hpp"

#include <thread>
#include <vector>

using namespace every;

static constexpr std::int64_t callers = 4, each = 25'000;

// Checks that no number is missing without a gap before it.
class Account {
public:
    void number(std::int64_t number)
    {
        auto &following = following_[static_cast<std::size_t>(number / each)];
        const auto missing = number % each - following;
        CHECK(missing >= 0 && missing <= unplaced_);
        unplaced_ -= missing;
        following = number % each + 1;
        ++told_;
    }

    void gap(std::uint64_t count)
    {
        unplaced_ += static_cast<std::int64_t>(count);
        told_ += static_cast<std::int64_t>(count);
    }

    std::int64_t told() const { return told_; }

private:
    std::array<std::int64_t, callers> following_ = {};
    std::int64_t unplaced_ = 0;
    std::atomic<std::int64_t> told_ = 0;
};

template <class Transport>
static void each_gap_is_told_where_it_is()
{
    const auto every = Every<Transport>::create({}).get().value();
    Account one, all;
    const auto take_time = [](std::int64_t number) {
        if (number % 64 == 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    };
    const auto numbers = every.on_number(
        [&](std::int64_t number) {
            one.number(number);
            take_time(number);
        },
        [&](const ffi::Error &error) {
            CHECK(error.kind == ffi::Kind::dropped);
            one.gap(error.dropped);
        });
    const auto events = every.on_any([&](const Event &event) {
        if (const auto *dropped = std::get_if<events::events_dropped>(&event)) {
            all.gap(dropped->payload.count);
        } else if (const auto *number = std::get_if<events::on_number>(&event)) {
            all.number(number->payload);
        }
    });
    CHECK(numbers && events);
    std::vector<std::thread> threads;
    for (std::int64_t caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] { CHECK(every.fire_numbers(caller * each, each).get()); });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    while (one.told() < callers * each || all.told() < callers * each) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    /* On a slow machine a gap also counts what the library itself tells: that it does not respond, and that it does. */
    const auto is_all = [](const Account &account) {
        const auto more = account.told() - callers * each;
        return more >= 0 && more <= 2 * callers;
    };
    CHECK(is_all(one) && is_all(all));
}

template <class Transport>
static void a_constructor_is_heard_from_its_first_event_on()
{
    Count heard;
    std::vector<std::int64_t> numbers, others;
    const auto listen = [&](const Every<Transport> &every) {
        every.on_number([&](std::int64_t number) { numbers.push_back(number); }).value().detach();
        every.on_number([&](std::int64_t number) { others.push_back(number), heard.add(); }).value().detach();
    };
    Config config;
    config.name = "fires 3";
    {
        const auto every = Every<Transport>::create(config, listen).get().value();
        CHECK(every.fire_numbers(3, 1).get());
        heard.await(4);
        const std::vector<std::int64_t> expected = {0, 1, 2, 3};
        CHECK(numbers == expected && others == expected);
    }
    config.failure = "as told";
    CHECK(!Every<Transport>::create(config, listen).get());
    CHECK(numbers.size() == 4);
    /* Who lets the object go before it is made ends it. */
    config.failure = {};
    static_cast<void>(Every<Transport>::create(config, [](const Every<Transport> &) {}));
}

int main()
{
    each_gap_is_told_where_it_is<ffi::Native>();
    each_gap_is_told_where_it_is<ffi::Cbor>();
    a_constructor_is_heard_from_its_first_event_on<ffi::Native>();
    a_constructor_is_heard_from_its_first_event_on<ffi::Cbor>();
    return host_end("overflow");
}
