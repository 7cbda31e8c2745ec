// Listeners on both paths: typed ones and those of every event, their removal from everywhere, payloads of any content.
#include "every.hpp"

#include "host.hpp"

#include <set>
#include <vector>

using namespace every;

template <class Transport>
static Every<Transport> made()
{
    return Every<Transport>::create({}).get().value();
}

template <class Transport>
static void each_event_has_its_type(const Every<Transport> &every)
{
    Count nothings;
    Heard<std::int64_t> numbers;
    Heard<std::string> texts;
    Heard<std::vector<Point>> points;
    Heard<Event> all;
    const auto one = every.on_nothing([&] { nothings.add(); });
    const auto two = every.on_number([&](std::int64_t number) { numbers.add(number); });
    const auto three = every.on_text([&](const std::string &text) { texts.add(text); });
    const auto four = every.on_points([&](const std::vector<Point> &list) { points.add(list); });
    const auto five = every.on_any([&](const Event &event) { all.add(event); });
    CHECK(one && two && three && four && five);
    CHECK(every.fire_nothing().get());
    CHECK(every.fire_numbers(1, 3).get());
    CHECK(every.fire_text("é").get());
    CHECK(every.fire_text_with_nul().get());
    CHECK(every.fire_points({{.x = 1, .y = 2}}).get());
    CHECK(every.fire_several(7, "seven", Point{}).get());
    nothings.await(1);
    CHECK(numbers.await(3) == (std::vector<std::int64_t>{1, 2, 3}));
    CHECK(texts.await(2) == (std::vector<std::string>{"é", std::string("a\0b", 3)}));
    CHECK(points.await(1).front().front() == (Point{.x = 1, .y = 2}));
    const std::vector<Event> expected = {
        events::on_nothing{},
        events::on_number{1},
        events::on_number{2},
        events::on_number{3},
        events::on_text{"é"},
        events::on_text{std::string("a\0b", 3)},
        events::on_points{{{.x = 1, .y = 2}}},
        events::on_several{{.whichOne = 7, .text = "seven", .class_ = Point{}}},
    };
    CHECK(all.await(static_cast<int>(expected.size())) == expected);
}

// A text in a payload is of any content.
template <class Transport>
static void a_payload_with_a_nul(const Every<Transport> &every)
{
    Heard<std::string> labels;
    Heard<Event> all;
    Count errors;
    const auto one = every.on_labelled([&](const Labelled &it) { labels.add(it.label); }, [&](const ffi::Error &) { errors.add(); });
    const auto any = every.on_any([&](const Event &event) { all.add(event); }, [&](const ffi::Error &) { errors.add(); });
    const std::string with_nul("a\0b", 3), at_its_ends("\0é\0", 4);
    CHECK(one && any);
    CHECK(every.fire_labelled_with_nul().get());
    CHECK(every.fire_labelled(at_its_ends).get());
    CHECK(labels.await(2) == (std::vector<std::string>{with_nul, at_its_ends}));
    CHECK(all.await(2) == (std::vector<Event>{events::on_labelled{{.label = with_nul}}, events::on_labelled{{.label = at_its_ends}}}));
    CHECK(errors.value() == 0);
}

template <class Transport>
static void what_was_dropped_is_told(const Every<Transport> &every)
{
    Count begun, may_go_on;
    Heard<std::uint64_t> dropped;
    Count errors;
    const auto slow = every.on_number(
        [&](std::int64_t) {
            begun.add();
            may_go_on.await(1);
        },
        [&](const ffi::Error &) { errors.add(); });
    const auto gap = every.on_events_dropped([&](const EventsDropped &it) { dropped.add(it.count); });
    CHECK(slow && gap);
    CHECK(every.fire_numbers(0, 1).get());
    begun.await(1);
    CHECK(every.fire_numbers(1, 5'000).get());
    may_go_on.add();
    CHECK(dropped.await(1).front() > 0);
}

template <class Transport>
static void removed_from_everywhere(const Every<Transport> &every)
{
    Count heard;
    {
        const auto gone = every.on_number([&](std::int64_t) { heard.add(); });
        CHECK(gone);
    }
    // From within itself, where what it holds must live until it returns.
    std::optional<ffi::Subscription> itself;
    const auto held = std::make_shared<int>(7);
    Count ready;
    itself = *every.on_number([&, held](std::int64_t) {
        ready.await(1);
        itself.reset();
        CHECK(*held == 7);
        heard.add();
    });
    ready.add();
    CHECK(every.fire_numbers(0, 10).get());
    heard.await(1);
    // From another thread, while it runs: it has returned by then.
    Count inside;
    std::atomic<bool> is_inside = false;
    auto running = every.on_number([&](std::int64_t) {
        is_inside = true;
        inside.add();
        std::this_thread::sleep_for(20ms);
        is_inside = false;
    });
    CHECK(running && every.fire_numbers(0, 100).get());
    inside.await(1);
    running->remove();
    CHECK(!is_inside);
    const int before = inside.value();
    CHECK(every.fire_numbers(0, 10).get());
    // Moved, assigned and detached.
    const auto kept = std::make_shared<Count>();
    auto first = every.on_number([&](std::int64_t) { heard.add(100); });
    auto second = every.on_number([kept](std::int64_t) { kept->add(); });
    *first = std::move(*second);
    CHECK(every.fire_numbers(0, 1).get());
    kept->await(1);
    first->detach();
    first->remove();
    CHECK(every.fire_numbers(0, 1).get());
    kept->await(2);
    CHECK(heard.value() == 1 && inside.value() == before && held.use_count() == 1 && kept.use_count() == 2);
}

template <class Transport>
static void what_outlives_its_context()
{
    const auto held = std::make_shared<int>(7);
    const auto detached = std::make_shared<int>(8);
    std::optional<ffi::Subscription> left;
    {
        const auto every = made<Transport>();
        left = *every.on_number([held](std::int64_t) {});
        every.on_number([detached](std::int64_t) {})->detach();
        CHECK(held.use_count() == 2 && detached.use_count() == 2);
    }
    // The end of the context let go of what its listeners held, but for a subscription's own share.
    CHECK(held.use_count() == 2 && detached.use_count() == 1);
    left.reset();
    CHECK(held.use_count() == 1);
}

template <class Transport>
static void all()
{
    const auto every = made<Transport>();
    each_event_has_its_type(every);
    a_payload_with_a_nul(every);
    removed_from_everywhere(every);
    what_was_dropped_is_told(every);
    what_outlives_its_context<Transport>();
}

int main()
{
    all<ffi::Native>();
    all<ffi::Cbor>();
    return host_end("listeners");
}
