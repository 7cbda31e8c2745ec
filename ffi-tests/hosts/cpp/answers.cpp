// What answers are given to: functions of every shape, and accessors of what a Result does not hold.
#include "every.hpp"

#include "host.hpp"

using namespace every;
using ffi::Kind;

// Takes the answer of any call: a template, and no lambda.
struct Generic {
    Count *told;

    template <class T>
    void operator()(ffi::Result<T> result) const
    {
        CHECK(result.has_value());
        told->add();
    }
};

static Count by_pointer;

static void pointed_to(ffi::Result<void> result)
{
    CHECK(result.has_value());
    by_pointer.add();
}

// Gives the call of `begin` to functions that take its answer, a Result of any type, in every way.
template <class Begin>
static void every_function(Begin begin)
{
    Count told;
    const auto hear = [&](const auto &result) {
        CHECK(result || result.error().text.empty());
        told.add();
    };
    begin().then([&](auto result) { hear(result); });
    begin().then([&](auto &&result) { hear(result); });
    begin().then([&](const auto &result) { hear(result); });
    begin().then([&](auto &result) { hear(result); });
    begin().then([&, own = std::make_unique<int>(7)](auto result) { hear(result), CHECK(*own == 7); });
    begin().then([&, count = 0](auto result) mutable {
        hear(result);
        CHECK(++count == 1);
        return result.has_value();
    });
    begin().then(Generic{&told});
    std::function<void(decltype(begin().get()))> held = Generic{&told};
    begin().then(held);
    begin().then(std::ref(held));
    // What a Result is asked for in code that does not know its type.
    begin().then([&](auto result) {
        static_cast<void>(*result), static_cast<void>(result.value());
        static_cast<void>(*std::move(result));
        told.add();
    });
    told.await(10);
}

// The answer that was asked for before is a Result too.
template <class Call>
static void taken(Call call)
{
    CHECK(call.get());
    int told = 0;
    call.then([&](auto result) { told += !result && result.error().kind == Kind::taken; });
    call.then([&](auto &&result) { told += !result && result.error().kind == Kind::taken; });
    call.then([&](auto &result) { told += !result && result.error().kind == Kind::taken; });
    CHECK(told == 3);
}

template <class Transport>
static void functions()
{
    using Class = Every<Transport>;
    const auto make = [] { return Class::create({.name = "", .failure = {}, .delay_ms = 0}); };
    auto every = make().get().value();
    every_function([&] { return every.add(0); });
    every_function([&] { return every.sleep(0); });
    every_function([&] { return every.name(); });
    every_function(make);
    every_function([&] { return make().get().value().close(); });
    every.sleep(0).then(pointed_to);
    by_pointer.await(std::is_same_v<Transport, ffi::Native> ? 1 : 2);
    taken(every.add(0));
    taken(every.sleep(0));
    taken(make());
    Count told;
    Class::create({.name = "", .failure = "no", .delay_ms = 0}).then([&](auto result) {
        CHECK(!result && !result.error().text.empty());
        told.add();
    });
    every.close().then([&](auto) { told.add(); });
    every.close().then([&](const auto &result) {
        CHECK(result.error().kind == Kind::closed);
        told.add();
    });
    every.add(0).then([&](auto result) {
        CHECK(result.error().kind == Kind::closed);
        told.add();
    });
    told.await(4);
}

// Whether the access throws, and says what it was asked for.
template <class Access>
static bool throws(const std::string &text, Access access)
{
    try {
        access();
    } catch (const ffi::BadAccess &fault) {
        return fault.what() == text;
    }
    return false;
}

static void accessors()
{
    const std::string of_error = "every: a Result that is an error was asked for its value: no";
    const std::string of_value = "every: a Result that is a value was asked for its error";
    ffi::Result<std::string> error = ffi::Error{Kind::failed, "no"};
    const auto &constant = error;
    const auto drop = [](auto &&...) {};
    CHECK(throws(of_error, [&] { drop(*error); }));
    CHECK(throws(of_error, [&] { drop(*constant); }));
    CHECK(throws(of_error, [&] { drop(*std::move(error)); }));
    CHECK(throws(of_error, [&] { drop(*std::move(constant)); }));
    CHECK(throws(of_error, [&] { drop(error->size()); }));
    CHECK(throws(of_error, [&] { drop(constant->size()); }));
    CHECK(throws(of_error, [&] { drop(error.value()); }));
    CHECK(throws(of_error, [&] { drop(constant.value()); }));
    CHECK(throws(of_error, [&] { drop(std::move(error).value()); }));
    CHECK(throws(of_error, [&] { drop(std::move(constant).value()); }));
    CHECK(constant.error().text == "no" && constant.value_or("other") == "other");
    const ffi::Result<void> nothing, failed = ffi::Error{Kind::failed, "no"};
    CHECK(throws(of_error, [&] { *failed; }));
    CHECK(throws(of_error, [&] { failed.value(); }));
    CHECK(throws(of_value, [&] { drop(nothing.error()); }));
    *nothing, nothing.value();
    ffi::Result<std::string> value = std::string("yes");
    CHECK(throws(of_value, [&] { drop(value.error()); }));
    CHECK(*value == "yes" && value->size() == 3 && value.value() == "yes" && *std::move(value) == "yes");
}

int main()
{
    functions<ffi::Native>();
    functions<ffi::Cbor>();
    accessors();
    return host_end("answers");
}
