// Calls of the library with every type, on both paths: every way to be answered, to fail and to be cancelled.
#include "every.hpp"

#include "host.hpp"

#include <deque>

using namespace every;
using ffi::Kind;

template <class T>
static bool fails(const ffi::Result<T> &result, Kind kind, const std::string &text)
{
    if (!result && result.error().kind == kind && result.error().text == text) {
        return true;
    }
    std::fprintf(stderr, "%s\n", result ? "a value" : result.error().text.c_str());
    return false;
}

// Whether it is the error of a panic, whose place ends the text.
template <class T>
static bool panics(const ffi::Result<T> &result, const std::string &text)
{
    return !result && result.error().kind == Kind::panicked && result.error().text.rfind(text, 0) == 0;
}

template <class Transport>
static Every<Transport> made()
{
    return Every<Transport>::create({.name = "", .failure = {}, .delay_ms = 0}).get().value();
}

template <class Transport>
static void creation()
{
    const auto failed = Every<Transport>::create({.failure = "told to fail"}).get();
    CHECK(fails(failed, Kind::author, "told to fail"));
    auto slow = Every<Transport>::create({.delay_ms = 60'000}).get_for(10ms);
    CHECK(fails(slow, Kind::timeout, "no answer came in time"));
    // Nobody takes this one, so it ends by itself.
    (void)Every<Transport>::create({.name = "nobody's"});
}

// An author's error is that, whatever it says.
template <class Transport>
static void errors_of_authors(const Every<Transport> &every)
{
    const std::string texts[] = {"cancelled", "deadline exceeded", "every_fail panicked: boom", std::string("a\0\3", 3),
        "every_fail: not a live context: NULL, destroyed or never made", "events_dropped: 3 events were dropped before this"};
    for (const auto &text : texts) {
        CHECK(fails(every.fail(text).get(), Kind::author, text));
        CHECK(fails(fail_here<Transport>(text), Kind::author, text));
        CHECK(fails(Every<Transport>::create({.failure = text}).get(), Kind::author, text));
        CHECK(panics(every.panic(text).get(), "every_panic panicked: " + text));
    }
}

// The library's own are told apart.
template <class Transport>
static void errors_of_the_library()
{
    const auto every = made<Transport>();
    const auto refused = every.give_string(std::string(5 << 20, 'x')).get();
    CHECK(!refused && refused.error().kind == Kind::bad_request);
    CHECK(panics(every.panic_exclusive().get(), "every_panic_exclusive panicked: "));
    const auto poisoned = every.name().get();
    CHECK(!poisoned && poisoned.error().kind == Kind::poisoned);
    CHECK(every_destroy(every.native_handle()) == RET_OK);
    const auto gone = every.name().get();
    CHECK(!gone && gone.error().kind == Kind::bad_handle);
    const auto unheard = every.on_nothing([] {});
    CHECK(!unheard && unheard.error().kind == Kind::bad_handle);
}

template <class Transport>
static void errors(const Every<Transport> &every)
{
    errors_of_authors(every);
    errors_of_the_library<Transport>();
    CHECK(fails(every.fail("why: é").get(), Kind::author, "why: é"));
    CHECK(fails(every.fail_caused().get(), Kind::author, "outer: inner"));
    CHECK(panics(every.panic("oh").get(), "every_panic panicked: oh (ffi-tests/src/misuse.rs:"));
    CHECK(fails(every.nothing_or_error(true).get(), Kind::author, "told to fail"));
    CHECK(every.nothing_or_error(false).get());
    CHECK(fails(every.hurry_lightly(60'000).get(), Kind::deadline, "deadline exceeded"));
    CHECK(fails(fail_here<Transport>("here"), Kind::author, "here"));
    CHECK(panics(panic_detached<Transport>("away").get(), "every_panic_detached panicked: away (ffi-tests/src/here.rs:"));
    const Tree wide{.value = 1, .children = std::vector<Tree>(3)};
    CHECK(every.give_tree(wide).get() == ffi::Result<Tree>(wide));
}

// A tree that is this many levels deep.
static Tree nested(int levels)
{
    Tree tree;
    for (int i = 1; i < levels; i++) {
        Tree outer;
        outer.children.push_back(std::move(tree));
        tree = std::move(outer);
    }
    return tree;
}

// A text holds NULs anywhere, on both paths, and what lies behind it is no part of it.
template <class Transport>
static void texts_of_any_content(const Every<Transport> &every)
{
    const std::string text("a\0b", 3);
    const std::vector<std::string> texts = {"", std::string(1, '\0'), std::string("\0at", 3), text, std::string("end\0", 4), "é"};
    for (const auto &each : texts) {
        CHECK(every.give_string(each).get().value() == each);
        CHECK(every.give_option_string(each).get().value() == each);
    }
    CHECK(every.give_list_string(texts).get().value() == texts);
    CHECK(every.text_with_nul().get().value() == text);
    CHECK(every.labelled("a", "b").get()->label == text);
    CHECK(every.labelled(text, "").get()->label == std::string("a\0b\0", 4));
    Everything everything;
    everything.string = *everything.box_string = text;
    everything.list_string = texts;
    everything.option_list = texts;
    everything.list_option_string = {std::nullopt, "", text};
    CHECK(every.echo(everything).get().value() == everything);
    const auto named = Every<Transport>::create({.name = text}).get();
    CHECK(named && named->name().get().value() == text);
    CHECK(fails(every.fail(text).get(), Kind::author, text));
    CHECK(fails(fail_here<Transport>(text), Kind::author, text));
}

template <class Transport>
static void what_no_library_takes(const Every<Transport> &every)
{
    CHECK(!every.give_level(static_cast<Level>(77)).get());
    CHECK(!every.give_char(static_cast<char32_t>(0xd800)).get());
    CHECK(!every.give_string("\xff").get());
    CHECK(!every.give_tree(nested(65)).get());
    CHECK(!every.give_tree(nested(1'000)).get());
    CHECK(every.give_tree(nested(30)).get());
    CHECK(every.give_list_i32(std::vector<std::int32_t>(3'000'000)).get().error().text.find("limit") != std::string::npos);
    CHECK(every.name().get());
}

template <class Transport>
static void ways_to_be_answered(const Every<Transport> &every)
{
    Count told;
    every.add(1).then([&](ffi::Result<std::int64_t> total) {
        CHECK(total && *total == 1);
        told.add();
    });
    told.await(1);
    auto late = every.add(1);
    while (!late.is_ready()) {
        std::this_thread::yield();
    }
    late.then([&](ffi::Result<std::int64_t> total) {
        CHECK(total && *total == 2);
        told.add();
    });
    CHECK(told.value() == 2);
    CHECK(fails(late.get(), Kind::taken, "the answer was asked for before"));
    auto future = every.add(1).future();
    CHECK(future.get().value() == 3);
    auto call = every.add(1);
    call = every.add(1);
    CHECK(call.get_for(60s).value() == 5);
    CHECK(fails(call.get_for(1ms), Kind::taken, "the answer was asked for before"));
    // Nobody waits for this one.
    (void)every.add(1);
    CHECK(every.add(0).get().value() == 6);
    CHECK(every.add(-6).get().value() == 0);
}

/* A call that goes within its own function, whether the answer is there already or not. */
template <class Transport>
static void calls_that_go_within(const Every<Transport> &every)
{
    for (int i = 0; i < 200; i++) {
        auto call = std::make_unique<ffi::Call<std::int64_t>>(every.add(0));
        std::promise<void> told;
        while (i % 2 && !call->is_ready()) {
            std::this_thread::yield();
        }
        auto &it = *call;
        it.then([&, call = std::move(call)](ffi::Result<std::int64_t> total) mutable {
            CHECK(total.has_value());
            call.reset();
            told.set_value();
        });
        told.get_future().wait();
    }
}

template <class Transport>
static void cancelling(const Every<Transport> &every)
{
    auto sleeping = every.sleep_lightly(60'000);
    auto other = every.sleep_lightly(20);
    sleeping.cancel();
    CHECK(fails(sleeping.get(), Kind::cancelled, "cancelled"));
    CHECK(other.get());
    CHECK(fails(every.sleep_lightly(60'000).get_for(10ms), Kind::timeout, "no answer came in time"));
    // One that runs alone would hold back what follows, were it not cancelled.
    CHECK(fails(every.sleep_lightly_alone(600'000).get_for(10ms), Kind::timeout, "no answer came in time"));
    CHECK(every.name().get_for(60s));
    // One that may not be dropped runs on, and is waited for no longer.
    CHECK(fails(every.sleep(200).get_for(10ms), Kind::timeout, "no answer came in time"));
    CHECK(every.name().get());
}

// Runs what is posted, on the thread that asks it to.
class Loop {
public:
    void post(std::coroutine_handle<> coroutine)
    {
        const std::lock_guard guard(lock_);
        due_.push_back(coroutine);
        posted_.add();
    }

    // Until nothing is posted.
    void run()
    {
        for (int i = 1;; i++) {
            posted_.await(i);
            std::unique_lock guard(lock_);
            const auto coroutine = due_.front();
            due_.pop_front();
            guard.unlock();
            if (!coroutine) {
                return;
            }
            coroutine.resume();
        }
    }

private:
    std::mutex lock_;
    std::deque<std::coroutine_handle<>> due_;
    Count posted_;
};

template <class Transport>
static Task on_the_librarys_thread(const Every<Transport> &every, Count &ended)
{
    const auto begun = here();
    CHECK(co_await every.sleep(20));
    CHECK(here() != begun);
    for (int i = 0; i < 100; i++) {
        const auto number = co_await every.give_i32(i);
        CHECK(number && *number == i);
    }
    auto call = every.give_string("kept");
    const auto kept = co_await call;
    CHECK(kept && *kept == "kept");
    const auto taken = co_await call;
    CHECK(fails(taken, Kind::taken, "the answer was asked for before"));
    const auto failed = co_await every.fail("awaited");
    CHECK(fails(failed, Kind::author, "awaited"));
    const Everything everything;
    const auto detached = co_await echo_detached<Transport>(everything);
    CHECK(detached && *detached == everything);
    ended.add();
}

template <class Transport>
static Task on_this_thread(const Every<Transport> &every, Loop &loop)
{
    const auto home = here();
    const auto post = [&](std::coroutine_handle<> it) { loop.post(it); };
    for (int i = 0; i < 10; i++) {
        const auto number = co_await every.give_i32(i).on(post);
        CHECK(number && *number == i && here() == home);
        const auto slept = co_await every.sleep(1).on(post);
        CHECK(slept && here() == home);
    }
    loop.post({});
}

template <class Transport>
static void coroutines(const Every<Transport> &every)
{
    Count ended;
    on_the_librarys_thread(every, ended);
    ended.await(1);
    Loop loop;
    on_this_thread(every, loop);
    loop.run();
}

static void exports()
{
    CHECK(divide(7, 2) == 3);
    CHECK(divide(1, 0) == 0);
    CHECK(ffi::last_error().rfind("every_divide panicked: attempt to divide by zero (ffi-tests/src/here.rs:", 0) == 0);
    CHECK(next_level(Level::top) == Level::Lowest);
    ignore(1);
}

static void boxes()
{
    ffi::Box<Link> box(Link{.value = 1, .next = ffi::Box<Link>(Link{.value = 2})});
    const ffi::Box<Link> copy = box;
    CHECK(copy == box && &*copy != &*box);
    ffi::Box<Link> moved = std::move(box);
    CHECK(moved == copy);
    box = copy;
    CHECK(box == copy);
    // What is assigned from within itself.
    box = ffi::Box<Link>(*box->next);
    CHECK(box->value == 2 && !box->next);
    moved = *ffi::Box<Link>(moved)->next;
    CHECK(moved->value == 2);
    // What is moved out of itself: nothing of it is left behind.
    ffi::Box<Link> chain(Link{1, ffi::Box<Link>(Link{2, ffi::Box<Link>(Link{3, {}})})});
    chain = std::move(*chain->next);
    CHECK(chain->value == 2 && (*chain->next)->value == 3);
    CHECK(*ffi::Box<int>() == 0);
}

template <class Transport>
static void everything()
{
    creation<Transport>();
    const auto every = made<Transport>();
    errors(every);
    texts_of_any_content(every);
    what_no_library_takes(every);
    ways_to_be_answered(every);
    calls_that_go_within(every);
    cancelling(every);
    coroutines(every);
}

int main()
{
    everything<ffi::Native>();
    everything<ffi::Cbor>();
    exports();
    boxes();
    return host_end("calls");
}
