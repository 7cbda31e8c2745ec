// The timer and the echo in one program, on both paths: every function, every way to be answered, and what cannot
// cross natively, since a NUL ends their text in C.
#include "echo.hpp"
#include "my_timer.hpp"

#include "host.hpp"

template <class Transport>
static Task awaits(const my_timer::MyTimer<Transport> &timer, Count &ended)
{
    const my_timer::EchoRequest request{.message = "awaited", .delayMs = 1};
    const auto response = co_await timer.echo(request);
    CHECK(response && response->echoed == "awaited");
    const auto again = co_await timer.version();
    CHECK(again && again->starts_with("my_timer v"));
    ended.add();
}

template <class Transport>
static void of_the_timer()
{
    using Timer = my_timer::MyTimer<Transport>;
    auto created = Timer::create({.name = "clock"}).get();
    if (!CHECK(created)) {
        return;
    }
    Timer &timer = *created;
    Count heard, ended;
    auto listening = timer.on_echo_fired([&](const my_timer::EchoEvent &event) {
        CHECK(event.echoCount == 1);
        heard.add();
    });
    CHECK(listening);

    const auto response = timer.echo({.message = "hello", .delayMs = 1}).get();
    CHECK(response && *response == (my_timer::EchoResponse{.echoed = "hello", .timerName = "clock"}));
    awaits(timer, ended);
    ended.await(1);
    heard.await(2);

    my_timer::ComplexRequest request{.messages = {{"a", 1}, {"b", 2}}, .tags = {"x"}, .note = "a note", .retries = 3};
    auto complex = timer.complex_(request).future().get();
    CHECK(complex && complex->summary == "received 2 messages, note=a note, retries=3");
    CHECK(complex && complex->itemCount == 2 && complex->hasNote);
    request.note.reset();
    complex = timer.complex_(request).get_for(60s);
    CHECK(complex && !complex->hasNote);

    my_timer::JobSpec job{.name = "backup", .payload = {"home"}, .priority = 1};
    const my_timer::RetryPolicy retry{.maxAttempts = 3, .backoffMs = 250, .retryOn = {"io"}};
    const my_timer::ScheduleConfig schedule{.startAtMs = 1000, .intervalMs = 15000, .jitter = 50};
    auto planned = timer.schedule(job, retry, schedule).get();
    CHECK(planned && planned->jobId == "clock:backup" && planned->willRunCount == 4 && planned->firstRunAtMs == 1050);
    job.name.clear();
    planned = timer.schedule(job, retry, schedule).get();
    CHECK(!planned && planned.error() == (my_timer::ffi::Error{my_timer::ffi::Kind::author, "job name must not be empty"}));
    CHECK(timer.close().get());
}

template <class Transport>
static void of_the_echo()
{
    auto created = echo::Echo<Transport>::create({.prefix = "loud"}).get();
    if (!CHECK(created)) {
        return;
    }
    const auto shouted = created->shout({.text = "hi"}).get();
    CHECK(shouted && *shouted == (echo::ShoutResponse{.shouted = "loud: HI", .prefix = "loud"}));
    const auto prefix = created->prefix();
    CHECK(prefix && *prefix == "loud");
    const auto upper = echo::upper<Transport>("abc");
    CHECK(upper && *upper == "ABC");
    CHECK(created->version().get()->starts_with("echo v"));
}

// Text of these libraries ends with a NUL in C, so what has one inside crosses over CBOR alone.
static void what_native_cannot_carry()
{
    using echo::ffi::Kind;
    const std::string text("a\0b", 3);
    const std::string why = "a text holds a NUL, which only CBOR can carry";
    const auto created = echo::Echo<>::create({.prefix = text}).get();
    CHECK(!created && created.error() == (echo::ffi::Error{Kind::argument, "echo_create: config.prefix: " + why}));
    const auto upper = echo::upper<echo::ffi::Native>(text);
    CHECK(!upper && upper.error() == (echo::ffi::Error{Kind::argument, "echo_upper: text: " + why}));
    CHECK(echo::upper<echo::ffi::Cbor>(text).value() == std::string("A\0B", 3));
    const auto plain = echo::Echo<>::create({.prefix = "loud"}).get();
    const auto shouted = plain->shout({.text = text}).get();
    CHECK(!shouted && shouted.error() == (echo::ffi::Error{Kind::argument, "echo_shout: req.text: " + why}));

    const auto over_cbor = echo::Echo<echo::ffi::Cbor>::create({.prefix = text}).get();
    CHECK(over_cbor && over_cbor->shout({.text = text}).get()->shouted == std::string("a\0b: A\0B", 8));
    CHECK(over_cbor->prefix().value() == text);
}

static void on_answer(int ret, const char *, std::size_t, void *user_data)
{
    CHECK(ret == RET_OK);
    static_cast<Count *>(user_data)->add();
}

// A payload that C cannot hold is an error for a native listener.
static void what_cannot_be_heard()
{
    using my_timer::ffi::Error;
    const auto timer = my_timer::MyTimer<>::create({.name = "clock"}).get();
    Heard<Error> errors;
    const auto listening = timer->on_echo_fired(
        [](const my_timer::EchoEvent &) { CHECK(!"heard"); }, [&](const Error &error) { errors.add(error); });
    const auto any = timer->on_any([](const my_timer::Event &) { CHECK(!"heard"); }, [&](const Error &error) { errors.add(error); });
    // Nobody asked what this one cannot hear.
    const auto deaf = timer->on_echo_fired([](const my_timer::EchoEvent &) {});
    CHECK(listening && any && deaf);
    static const char request[] = "\xa1\x63req\xa2\x67message\x63" "a\0b\x67" "delayMs\x00";
    Count answered;
    my_timer_echo_cbor(timer->native_handle(), on_answer, &answered, reinterpret_cast<const std::uint8_t *>(request), sizeof request - 1);
    answered.await(1);
    for (const Error &error : errors.await(2)) {
        CHECK(error == (Error{my_timer::ffi::Kind::bad_result, "on_echo_fired: message: the string has a NUL at byte 1, where C would end it"}));
    }

    const auto over_cbor = my_timer::MyTimer<my_timer::ffi::Cbor>::create({.name = "clock"}).get();
    Heard<std::string> messages;
    const auto hears = over_cbor->on_echo_fired([&](const my_timer::EchoEvent &event) { messages.add(event.message); });
    const std::string text("a\0b", 3);
    CHECK(hears && over_cbor->echo({.message = text}).get()->echoed == text);
    CHECK(messages.await(1).front() == text);
}

int main()
{
    of_the_timer<my_timer::ffi::Native>();
    of_the_timer<my_timer::ffi::Cbor>();
    of_the_echo<echo::ffi::Native>();
    of_the_echo<echo::ffi::Cbor>();
    what_native_cannot_carry();
    what_cannot_be_heard();
    CHECK(echo::is_loud(U'A') && !echo::is_loud(U'a'));
    return host_end("two_libraries");
}
