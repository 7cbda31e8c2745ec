// The timer and the echo in one program, on both paths: every function, every way to be answered.
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
    CHECK(!planned && planned.error() == (my_timer::ffi::Error{my_timer::ffi::Kind::failed, "job name must not be empty"}));
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

int main()
{
    of_the_timer<my_timer::ffi::Native>();
    of_the_timer<my_timer::ffi::Cbor>();
    of_the_echo<echo::ffi::Native>();
    of_the_echo<echo::ffi::Cbor>();
    CHECK(echo::is_loud(U'A') && !echo::is_loud(U'a'));
    return host_end("two_libraries");
}
