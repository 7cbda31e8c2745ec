// Errors that cross with what they hold: structs, enumerations, and those of which a part is a text alone.
#include "every.hpp"

#include "host.hpp"

using namespace every;
using ffi::Kind;

// Whether it is this error of the function's own, with this text.
template <class T, class E>
static bool fails(const ffi::Result<T> &result, const std::string &text, const E &error)
{
    const bool is_one = !result && result.error().kind == Kind::author && result.error().text == text;
    const E *found = is_one ? std::get_if<E>(&result.error().failure) : nullptr;
    return found && *found == error;
}

// An error with data, visited as any enum with data is.
template <class Transport>
static void misprints(const Every<Transport> &every)
{
    CHECK(fails(every.print({}).get(), "there is no paper", Misprint(Misprint::NoPaper{})));
    const Block quote = Block::Quote{};
    CHECK(fails(every.print(quote).get(), "wider than 80", Misprint(Misprint::TooLarge{.limit = 80, .block = quote})));
    CHECK(fails(every.print(Block::Signed{Sign::Plus{3}}).get(), "jammed at 7", Misprint(Misprint::Jammed{7, Sign::Plus{3}})));
    CHECK(*every.print(Block::Paragraph{"12"}).get() == 12);
    const auto told = [&](const Block &block) {
        const auto answer = every.print(block).get();
        return std::get<Misprint>(answer.error().failure).visit(ffi::overloaded{
            [](const Misprint::Lost &it) { return it.place + ": " + it.cause; },
            [](const Misprint::Unreadable &it) { return it.value; },
            [](const auto &) { return std::string("another"); },
        });
    };
    CHECK(told(Block::image{}) == "the drawer: moved");
    CHECK(told(Block::Paragraph{"text"}) == "invalid float literal");
    CHECK(told(Block::Planted{}) == "another");
}

template <class Transport>
static void failures()
{
    const auto every = Every<Transport>::create({}).get().value();
    const std::string name("a\0b", 3);
    const Missing missing{
        .lookedFor = name, .beside = {{.x = 1.5, .y = -2.0}}, .level = Level::Next, .cause = "invalid float literal"};
    CHECK(fails(every.find(name).get(), "there is no " + name, missing));
    CHECK(every.find("2.5").get()->x == 2.5);
    CHECK(fails(every.trouble_later(Trouble::Busy).get(), "busy: come back later", Trouble::Busy));
    CHECK(fails(every.trouble_later(Trouble::gone).get(), "cancelled", Trouble::gone));
    CHECK(every.trouble_later(std::nullopt).get());
    CHECK(fails(store_here<Transport>("12345"), "only 4 bytes are left", Storage::Full));
    CHECK(fails(store_here<Transport>("123456"), "it is broken", Storage::Broken));
    CHECK(fails(store_here<Transport>(""), "unknown error", Storage::Unknown));
    CHECK(*store_here<Transport>("1234") == 4);
    CHECK(fails(store_detached<Transport>("12345").get(), "only 4 bytes are left", Storage::Full));
    const auto unsaid = every.fail_typed_unspeakably().get();
    CHECK(!unsaid && unsaid.error().kind == Kind::panicked && unsaid.error().failure == ffi::Failure());
    const auto text = every.fail("as told").get();
    CHECK(!text && std::holds_alternative<std::monostate>(text.error().failure));
    misprints(every);
    // What each alternative holds is visited as any variant's.
    const bool is_trouble = std::visit(
        [](const auto &error) { return std::is_same_v<decltype(error), const Trouble &>; },
        every.trouble_later(Trouble::Busy).get().error().failure);
    CHECK(is_trouble);
}

int main()
{
    failures<ffi::Native>();
    failures<ffi::Cbor>();
    return host_end("failures");
}
