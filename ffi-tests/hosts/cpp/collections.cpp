// Maps, sets, tuples, arrays, times, wide integers and paths: given and got, told as events, and refused.
#include "every.hpp"

#include "host.hpp"

using namespace every;
using ffi::Int128;
using ffi::Kind;
using ffi::UInt128;
using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

static Shelf shelf()
{
    Shelf it;
    it.scores = {{"a", 1}, {"bb", -2}};
    it.points[Level::Lowest] = {.x = 0.5, .y = {}};
    it.names = {{-1, {"below"}}, {1, {}}};
    it.nested[true][U'a'] = 1;
    it.by_place.emplace(std::tuple(std::int16_t{-1}, std::int16_t{0}), std::nullopt);
    it.words = {"one", "three"};
    it.numbers = {0, 255};
    it.colours = {{0, 0, 0}, {255, 0, 128}};
    it.pair = {"pair", 7};
    it.single = {0.5f};
    it.digest = {1, 2, 3, 4};
    it.axes = {"x", std::string("\0", 1)};
    it.grid = {{{1, 2}, {3, 4}, {5, 6}}};
    it.timeout = 1500ms;
    it.since = std::chrono::system_clock::now();
    it.until = Time(-1ns);
    it.signed_ = Int128(0, INT64_MIN);
    it.unsigned_ = UInt128(UINT64_MAX, UINT64_MAX);
    it.rows = 1;
    it.columns = std::uint8_t{80};
    it.path = std::filesystem::path("/shelf") / "a b";
    it.address = "127.0.0.1";
    it.peer = "[::1]:80";
    it.rest = {{.x = 1.0, .y = 2.0}};
    it.ring = {1, 2};
    return it;
}

// Whether it failed so, before the call or in the library.
template <class T>
static bool fails(const ffi::Result<T> &result, Kind kind, const std::string &text)
{
    const bool is_so = !result && result.error() == (ffi::Error{kind, text});
    if (!is_so) {
        std::fprintf(stderr, "%s\n", result ? "no error" : result.error().text.c_str());
    }
    return is_so;
}

// What has an order is a key.
template <class Transport>
static void keys(const Every<Transport> &every)
{
    const std::map<std::tuple<std::int16_t, std::int16_t>, std::optional<std::string>> places{{{1, 0}, "a"}, {{-1, 2}, {}}};
    CHECK(every.give_map_pair(places).get().value() == places);
    const std::map<std::string, std::chrono::nanoseconds> spans{{"::1", 1s}, {"127.0.0.1", 0s}};
    CHECK(every.give_map_address(spans).get().value() == spans);
    const std::map<std::filesystem::path, std::string> paths{{"/b", "::1"}, {"/a/b", "127.0.0.1"}};
    CHECK(every.give_map_path(paths).get().value() == paths);
    const std::map<std::chrono::nanoseconds, Time> dates{{1ns, Time(-1ns)}, {2ns, {}}};
    CHECK(every.give_map_duration(dates).get().value() == dates);
    const std::map<std::vector<std::uint8_t>, std::array<std::uint8_t, 2>> bytes{{{}, {0, 1}}, {{255, 0}, {2, 3}}};
    CHECK(every.give_map_bytes(bytes).get().value() == bytes);
    const std::set<std::tuple<std::uint8_t, std::string>> words{{1, "a"}, {0, "b"}};
    CHECK(every.give_set_tuple(words).get().value() == words);
    const std::set<std::string> peers{"[::1]:0", "127.0.0.1:80"};
    CHECK(every.give_set_peer(peers).get().value() == peers);
    const std::set<Time> times{{}, Time(-1ns)};
    CHECK(every.give_set_time(times).get().value() == times);
    const std::set<std::optional<std::uint16_t>> options{{}, 1};
    const std::vector<std::optional<std::uint16_t>> found = every.give_set_option({{}, 1}).get().value();
    CHECK(found.size() == 2 && std::set(found.begin(), found.end()) == options);
}

template <class Transport>
static void calls(const Every<Transport> &every)
{
    const Shelf kept = shelf();
    CHECK(every.give_shelf(kept).get().value() == kept && echo_shelf_here<Transport>(kept).value() == kept);
    CHECK((every.give_map({{"b", 2}, {"a", 1}}).get().value() == std::map<std::string, std::int32_t>{{"a", 1}, {"b", 2}}));
    CHECK(every.give_map({}).get()->empty() && every.give_set({}).get()->empty() && every.give_map_pair({}).get()->empty());
    CHECK((every.give_set_u8({255, 0}).get().value() == std::set<std::uint8_t>{0, 255}));
    const auto [number, text] = every.give_tuple({-1, "text"}).get().value();
    CHECK(number == -1 && text == "text");
    CHECK(every.give_array({1, 2, 3}).get().value()[2] == 3 && every.give_array_bytes({0, 1, 254, 255}).get().value()[3] == 255);
    const std::array<Piece, 2> pieces{Piece::Host{"::1"}, Piece::Dated{Time(1s), 2s, UInt128(0, 1)}};
    CHECK(every.give_array_piece(pieces).get().value() == pieces);
    const Piece piece = Piece::Index{{{"split", Piece::Split{pieces}}, {"pair", Piece::Pair{{1, "x"}}}}, {1, 300}};
    CHECK(every.give_piece(piece).get().value() == piece && every.give_piece({}).get()->template is<Piece::Gap>());
    CHECK((every.give_tuple_piece({piece, std::nullopt}).get().value() == std::tuple(piece, std::optional<Point>())));
    keys(every);
    const std::map<Int128, Piece> wide{{Int128(-1), piece}, {Int128(0), {}}, {Int128(0, 1), {}}};
    CHECK(every.give_map_wide(wide).get().value() == wide && wide.begin()->first == Int128(-1));
    CHECK(every.give_path("a/../b").get()->native() == "a/../b" && every.give_address("2001:DB8::1").get().value() == "2001:db8::1");
    CHECK(every.give_duration(std::chrono::hours(24)).get().value() == 24h && every.give_time(Time(-1ns)).get().value() == Time(-1ns));
    CHECK(time_of<Transport>(-1, 999999999).value() == Time(-1ns) && duration_of<Transport>(1, 1).value() == 1s + 1ns);
    CHECK(every.give_i128(-5).get().value() == Int128(-5) && every.give_u128({1, 2}).get().value() == UInt128(1, 2));
}

template <class Transport>
static void refusals(const Every<Transport> &every)
{
    constexpr bool is_native = std::is_same_v<Transport, ffi::Native>;
    const std::string below = "a duration is below zero";
    CHECK(fails(every.give_duration(-1ns).get(), Kind::argument, "every_give_duration: value: " + below));
    CHECK(fails(every.give_list_duration({0s, -1s}).get(), Kind::argument, "every_give_list_duration: value[1]: " + below));
    CHECK(fails(every.give_map_address({{"::", 1s}, {"::1", -1s}}).get(), Kind::argument, "every_give_map_address: value[1].value: " + below));
    Shelf late = shelf();
    late.timeout = -1s;
    CHECK(fails(echo_shelf_here<Transport>(late), Kind::argument, "every_echo_shelf_here: value.timeout: " + below));
    CHECK(fails(every.give_piece(Piece::Split{std::array<Piece, 2>{Piece(), Piece::Dated{{}, -1s, 0}}}).get(), Kind::argument,
        "every_give_piece: value.Split[1].Dated.lasts: " + below));

    // What stands twice in a list of pairs is refused by the library, or where the bytes are written.
    CHECK(fails(every.give_map_option({{U'a', 1}, {{}, 2}, {U'a', 1}}).get(), is_native ? Kind::bad_request : Kind::argument,
        is_native ? "every_give_map_option: value[2].key: the key appears twice" : "every_give_map_option: value[2].key: a key stands twice"));
    CHECK(fails(every.give_set_option({{1}, {1}}).get(), is_native ? Kind::bad_request : Kind::argument,
        is_native ? "every_give_set_option: value[1]: the value appears twice" : "every_give_set_option: value[1]: a value stands twice in a set"));
    CHECK(fails(every.give_non_zero(0).get(), Kind::bad_request, "every_give_non_zero: value: 0 where the type has no 0"));
    const auto nowhere = every.give_address("nowhere").get();
    CHECK(!nowhere && nowhere.error().kind == Kind::bad_request && nowhere.error().text.starts_with("every_give_address: value: "));

    const std::string too_long = "a duration is longer than 292 years, which std::chrono::nanoseconds cannot hold";
    const std::string too_far = "a time is not within the years 1677 to 2262, which std::chrono::nanoseconds can hold";
    CHECK(duration_of<Transport>(9223372036, 854775807).value() == std::chrono::nanoseconds::max());
    CHECK(fails(duration_of<Transport>(9223372036, 854775808), Kind::response, "every_duration_of: " + too_long));
    CHECK(time_of<Transport>(-9223372037, 145224192).value() == Time(std::chrono::nanoseconds::min()));
    CHECK(fails(time_of<Transport>(-9223372037, 145224191), Kind::response, "every_time_of: " + too_far));
    CHECK(fails(time_of<Transport>(9223372037, 0), Kind::response, "every_time_of: " + too_far));
}

template <class Transport>
static void tells(const Every<Transport> &every)
{
    Count told;
    const Shelf given = shelf();
    const auto shelves = every.on_shelf([&](const auto &it) { CHECK(it.shelf == given && it.at == Time(5s)), told.add(); });
    const auto scores = every.on_scores([&](const std::map<std::string, std::uint32_t> &it) { CHECK(it.at("b") == UINT32_MAX), told.add(); });
    CHECK(shelves && scores && every.fire_shelf(given, Time(5s), {{"a", 1}, {"b", UINT32_MAX}}).get());
    told.await(2);
}

// Many keys, which take no square of their number.
template <class Transport>
static void crowds(const Every<Transport> &every)
{
    std::map<std::string, std::int32_t> map;
    std::vector<std::pair<std::optional<char32_t>, std::uint8_t>> pairs;
    for (int number = 0; number < 20000; number++) {
        map.emplace(std::to_string(number), number);
        pairs.emplace_back(static_cast<char32_t>(number), std::uint8_t{0});
    }
    CHECK(every.give_map(map).get().value() == map);
    CHECK(every.give_map_option(pairs).get()->size() == pairs.size());
}

template <class Transport>
static void all()
{
    const auto every = Every<Transport>::create({}).get().value();
    calls(every);
    refusals(every);
    tells(every);
    crowds(every);
}

int main()
{
    all<ffi::Native>();
    all<ffi::Cbor>();
    return host_end("collections");
}
