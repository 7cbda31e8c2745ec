// How contexts end, on both paths: from everywhere, with calls pending and listeners running, and silence after.
#include "every.hpp"
#include "slow.hpp"

#include "host.hpp"

#include <memory>
#include <poll.h>
#include <vector>

using namespace every;
using ffi::Kind;

template <class Transport>
static Every<Transport> made()
{
    return Every<Transport>::create({}).get().value();
}

template <class Transport>
static void what_was_accepted_is_answered()
{
    std::vector<ffi::Call<std::string>> calls;
    {
        const auto every = made<Transport>();
        for (int i = 0; i < 100; i++) {
            calls.push_back(every.give_string("number " + std::to_string(i)));
        }
    }
    for (auto &call : calls) {
        CHECK(call.is_ready() && call.get());
    }
}

template <class Transport>
static void nothing_after_the_end()
{
    std::atomic<bool> has_ended = false;
    std::atomic<int> late = 0;
    Count heard;
    {
        const auto every = made<Transport>();
        const auto listening = every.on_number([&](std::int64_t) {
            late += has_ended ? 1 : 0;
            heard.add();
        });
        CHECK(listening && every.fire_numbers(0, 500).get());
        for (int i = 0; i < 100; i++) {
            every.sleep(1).then([&](ffi::Result<void>) { late += has_ended ? 1 : 0; });
        }
        heard.await(1);
    }
    has_ended = true;
    std::this_thread::sleep_for(50ms);
    CHECK(late == 0);
}

template <class Transport>
static void closed_is_closed()
{
    auto every = made<Transport>();
    auto pending = every.sleep_lightly(60'000);
    auto closing = every.close();
    CHECK(every.name().get().error().kind == Kind::closed);
    CHECK(every.on_nothing([] {}).error().kind == Kind::closed);
    CHECK(every.close().get().error().kind == Kind::closed);
    CHECK(every.native_handle() == nullptr);
    CHECK(!every.poll_fd() && !every.dispatch());
    pending.cancel();
    CHECK(closing.get());
    CHECK(!pending.get());
}

template <class Transport>
static void moved_about()
{
    auto one = made<Transport>();
    auto two = std::move(one);
    CHECK(one.name().get().error().kind == Kind::closed);
    CHECK(two.name().get());
    one = std::move(two);
    CHECK(one.name().get());
    one = made<Transport>();
    CHECK(one.name().get());
    auto &same = one;
    one = std::move(same);
    CHECK(one.name().get());
    two.on_stale([](const ffi::Stale &) {});
}

// The coroutine's end is the context's, within one of its callbacks.
template <class Transport>
static Task ends_in_its_own_callback(Count &ended)
{
    {
        const Config config{.delay_ms = 5};
        auto every = co_await Every<Transport>::create(config);
        CHECK(every);
        CHECK(co_await every->sleep(5));
    }
    ended.add();
}

template <class Transport>
static void from_inside()
{
    Count ended;
    ends_in_its_own_callback<Transport>(ended);
    ended.await(1);
    // From a listener, whose own closure the context's end takes away.
    auto held = std::make_shared<std::optional<Every<Transport>>>(made<Transport>());
    const std::weak_ptr<std::optional<Every<Transport>>> watched = held;
    auto listening = (*held)->on_number([held, &ended](std::int64_t) {
        held->reset();
        ended.add();
    });
    CHECK(listening);
    listening->detach();
    const auto fired = (*held)->fire_numbers(0, 3).get();
    held.reset();
    ended.await(2);
    for (int i = 0; i < 5'000 && !watched.expired(); i++) {
        std::this_thread::sleep_for(1ms);
    }
    CHECK(watched.expired());
}

template <class Transport>
static void two_that_end_each_other()
{
    Count ended;
    auto one = std::make_shared<std::optional<Every<Transport>>>(made<Transport>());
    auto two = std::make_shared<std::optional<Every<Transport>>>(made<Transport>());
    (*one)->sleep(5).then([two, &ended](ffi::Result<void>) {
        two->reset();
        ended.add();
    });
    (*two)->sleep(5).then([one, &ended](ffi::Result<void>) {
        one->reset();
        ended.add();
    });
    ended.await(2);
}

template <class Transport>
static void polled()
{
    const auto every = made<Transport>();
    const auto descriptor = every.poll_fd();
    if (!CHECK(descriptor)) {
        return;
    }
    const auto home = std::this_thread::get_id();
    int answered = 0;
    int heard = 0;
    const auto listening = every.on_number([&](std::int64_t) {
        CHECK(std::this_thread::get_id() == home);
        heard++;
    });
    for (int i = 0; i < 10; i++) {
        every.fire_numbers(i, 1).then([&](ffi::Result<void> it) {
            CHECK(it && std::this_thread::get_id() == home);
            answered++;
        });
    }
    while (answered < 10 || heard < 10) {
        pollfd due{*descriptor, POLLIN, 0};
        if (!CHECK(poll(&due, 1, 60'000) == 1) || !CHECK(every.dispatch())) {
            return;
        }
    }
    CHECK(answered == 10 && heard == 10);
    every.name().then([&](ffi::Result<std::string>) { answered++; });
}

// A worker that is blocked past the grace: the destructor gives up, and the call is answered all the same.
static void blocked_past_its_grace()
{
    Count answered;
    {
        const auto made = slow::Slow<>::create(0).get();
        const auto listening = made->on_beat([](std::uint64_t) {});
        CHECK(made && listening);
        made->block(2'000, 7).then([&](slow::ffi::Result<std::uint64_t> number) {
            CHECK(number && *number == 7);
            answered.add();
        });
    }
    answered.await(1);
    std::this_thread::sleep_for(200ms);
}

template <class Transport>
static void warned()
{
    const auto made = slow::Slow<Transport>::create(0).get();
    CHECK(made);
    Count warnings;
    auto before = made->sleep(120, 1);
    made->on_stale([&](const slow::ffi::Stale &stale) {
        CHECK(stale.function == "slow_sleep" && stale.elapsed >= 50ms);
        warnings.add();
    });
    CHECK(before.get() && warnings.value() == 0);
    CHECK(made->sleep(300, 7).get().value() == 7);
    CHECK(warnings.value() > 0);
    made->on_stale({});
    CHECK(made->sleep(120, 7).get());
}

template <class Transport>
static void all()
{
    what_was_accepted_is_answered<Transport>();
    nothing_after_the_end<Transport>();
    closed_is_closed<Transport>();
    moved_about<Transport>();
    from_inside<Transport>();
    two_that_end_each_other<Transport>();
    polled<Transport>();
}

int main()
{
    all<ffi::Native>();
    all<ffi::Cbor>();
    warned<slow::ffi::Native>();
    warned<slow::ffi::Cbor>();
    blocked_past_its_grace();
    return host_end("ends");
}
