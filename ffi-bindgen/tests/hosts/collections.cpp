// Collections, tuples, arrays and times as values, and their forms in C and CBOR, without the library.
#include "k.hpp"

using namespace k;
using namespace std::chrono_literals;
using ffi::Int128;
using ffi::UInt128;
using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

static int failed;

#define CHECK(...) check(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, __LINE__)

static void check(bool holds, const char *what, int line)
{
    if (!holds) {
        failed++;
        std::fprintf(stderr, "line %d: does not hold: %s\n", line, what);
    }
}

// A value in CBOR; empty where it has no form, and then `why` says why not.
static std::string why;

template <class Form>
static std::vector<std::uint8_t> written(const typename Form::type &value, std::size_t room = 1 << 16)
{
    std::vector<std::uint8_t> bytes(room);
    ffi::form::Writer writer = k_cbor_write(bytes.data(), bytes.size());
    why = Form::put(writer, value) ? "" : writer.told();
    bytes.resize(k_cbor_written(&writer));
    return bytes;
}

template <class Form>
static ffi::Result<typename Form::type> read(const std::vector<std::uint8_t> &bytes)
{
    return ffi::Cbor::read<Form>("it", reinterpret_cast<const char *>(bytes.data()), bytes.size());
}

// Whether both paths give the value back.
template <class F>
static bool crosses(const typename F::answer::type &value)
{
    using Form = typename F::answer;
    ffi::form::Lender lender;
    typename Form::c lent{};
    bool is_back = Form::lend(value, lent, lender);
    if constexpr (!std::is_same_v<Form, ffi::form::path>) {
        const auto native = ffi::Native::read<Form>("it", reinterpret_cast<const char *>(&lent), sizeof lent);
        is_back = is_back && native && *native == value;
    }
    const auto wire = read<Form>(written<Form>(value));
    return is_back && wire && *wire == value;
}

// Whether neither path takes the value, for this reason.
template <class F>
static bool is_refused(const std::string &reason, const typename F::answer::type &value)
{
    using Form = typename F::answer;
    ffi::form::Lender lender;
    typename Form::c lent{};
    const bool is_lent = Form::lend(value, lent, lender);
    const bool is_written = !written<Form>(value).empty();
    if (!is_lent && !is_written && lender.told() == reason && why == reason) {
        return true;
    }
    std::fprintf(stderr, "%s; %s\n", is_lent ? "lent" : lender.told().c_str(), why.c_str());
    return false;
}

template <class Form>
static bool fails(const std::string &fault, const std::string &bytes)
{
    const auto value = read<Form>({bytes.begin(), bytes.end()});
    if (!value && value.error().text != "it: " + fault) {
        std::fprintf(stderr, "%s\n", value.error().text.c_str());
    }
    return !value && value.error().kind == ffi::Kind::response && value.error().text == "it: " + fault;
}

using namespace ffi::call;

static Tree leaf(std::string name)
{
    Tree tree;
    tree.by_name.emplace(std::move(name), Tree());
    return tree;
}

static void recursion()
{
    Tree tree = leaf("a");
    tree.by_pair = {{{std::uint8_t{1}, std::uint8_t{2}}, leaf("b")}};
    tree.both = {{leaf("c"), std::uint8_t{3}}};
    tree.two = ffi::Box(std::array{leaf("d"), Tree()});
    tree.maybe = ffi::Box(std::optional(leaf("e")));
    tree.rows = {{std::uint8_t{1}, leaf("f")}};
    tree.each = {leaf("g"), Tree()};
    CHECK(crosses<of_give_tree>(Tree()) && !crosses<of_give_tree>(tree));
    // The empty one is written before the other.
    std::swap(tree.each[0], tree.each[1]);
    CHECK(crosses<of_give_tree>(tree));
    const Tree copy = tree;
    tree = (**copy.two)[0];
    CHECK(tree == leaf("d") && tree != copy);

    other inner;
    inner.list = {one()};
    const one outer{.one_ = {{-1, inner}}, .other = {{0.5, inner}}, .rows = {{inner, std::uint8_t{1}}}, .maybe = {{{inner}}},
        .nested = {{1, {{true, inner}}}}, .pair = ffi::Box(std::tuple(inner, std::optional(inner))), .three = {{{inner, inner, other()}}}};
    inner.set = {outer};
    CHECK(crosses<of_give_one>(outer) && crosses<of_give_other>(inner) && outer != one());

    CHECK(Piece().is<Piece::Gap>() && crosses<of_give_piece>({}));
    const Piece split = Piece::Split{std::array<Piece, 2>{Piece(), Piece::Pair{{-1, "x"}}}};
    CHECK(crosses<of_give_piece>(split));
    CHECK(crosses<of_give_piece>(Piece::Index{{{"a", split}}, {{{std::uint8_t{7}}, split}}}));
    const Piece parts = Piece::Parts{.one = ffi::Box(std::tuple(split)), .other = {{split, std::uint8_t{1}}},
        .keys = {Piece(), split}, .nested = {{std::int8_t{-1}, {{{split, ffi::Box(split)}, {Piece::Map{{{1, 2}}}, {}}}}}}};
    CHECK(!crosses<of_give_piece>(parts));
    CHECK(written<of_give_piece::answer>(*read<of_give_piece::answer>(written<of_give_piece::answer>(parts)))
        == written<of_give_piece::answer>(parts));
    CHECK(crosses<of_give_pieces>({split, Piece()}) && crosses<of_give_by_piece>({{split, {Piece(), split}}}));
    CHECK(crosses<of_give_single>({ffi::Box(leaf("x"))}));
}

// A value of so many levels, each in a map of the one before.
static Tree nested(int levels)
{
    Tree tree;
    while (--levels > 0) {
        Tree outer;
        outer.by_name.emplace("", std::move(tree));
        tree = std::move(outer);
    }
    return tree;
}

static void levels()
{
    // Each record and each map is a level, and the innermost has an empty map.
    CHECK(crosses<of_give_tree>(nested(32)) && written<of_give_tree::answer>(nested(33)).empty());
    CHECK(why.starts_with("by_name[0].value.by_name[0].value.") && why.ends_with(": the value is nested too deep"));
    ffi::form::Lender lender;
    k_Tree lent{};
    CHECK(!of_give_tree::answer::lend(nested(129), lent, lender));
    CHECK(lender.told().ends_with(": the value is nested too deep"));
}

static void keys()
{
    const Keys keys{.i8 = {{-128, 1}, {0, 2}, {127, 3}}, .i64 = {{INT64_MIN, 1}, {-1, 2}, {24, 3}, {INT64_MAX, 4}},
        .size = {{0, 1}, {SIZE_MAX, 2}}, .letter = {{U'a', 1}, {U'\U0010ffff', 2}}, .text = {{"", 1}, {std::string("\0", 1), 2}, {"aa", 3}},
        .level = {{Level::Low, 1}, {Level::High, 2}}, .bytes = {{{}, 1}, {{0}, 2}}, .wide = {{1, 1}, {-1, 2}, {Int128(0, 1), 3}},
        .time = {{Time(), 1}}, .address = {{"::1", 1}}, .list = {{{}, 1}, {{1}, 2}}, .option = {{std::uint8_t{1}, 2}, {{}, 1}},
        .array = {{{0, 1}, 1}, {{1, 0}, 2}}, .map = {{{}, 1}, {{{1, 1}}, 2}}};
    CHECK(crosses<of_give_keys>(keys) && crosses<of_give_keys>({}));
    const std::map<Level, std::map<char32_t, std::optional<UInt128>>> by_level{{Level::High, {{U'é', UInt128(1, 2)}, {U'z', {}}}}, {Level::Low, {}}};
    CHECK(crosses<of_give_by_level>(by_level));
    CHECK(crosses<of_give_flags>({true, false}) && crosses<of_give_letters>({U'b', U'a'}) && crosses<of_give_levels>({Level::High, Level::Low}));
    CHECK(crosses<of_give_bytes>({255, 0, 24}) && crosses<of_give_spans>({1s, 2s}));
    // Numbers and texts stand in the order of their bytes, whatever order C++ has them in.
    const auto is = [](const std::vector<std::uint8_t> &bytes, const char *text, std::size_t len) { return bytes == std::vector<std::uint8_t>(text, text + len); };
    CHECK(is(written<of_give_bytes::answer>({255, 0, 24}), "\x83\x00\x18\x18\x18\xff", 6));
    using words = ffi::form::map<ffi::form::text, ffi::form::u8, ::k_map2_string_u8, std::map>;
    CHECK(is(written<words>({{"aa", 1}, {"b", 2}}), "\xa2\x61" "b\x02\x62" "aa\x01", 8));
    using pairs = of_give_by_piece::answer;
    const Piece map = Piece::Map{};
    CHECK(written<pairs>({{map, {}}, {Piece(), {}}}) == written<pairs>({{Piece(), {}}, {map, {}}}));
    // What does not fit is not sorted, and is counted.
    ffi::form::Writer writer = k_cbor_write(nullptr, 0);
    CHECK(pairs::put(writer, {{map, {}}, {Piece(), {}}}) && writer.len == written<pairs>({{map, {}}, {Piece(), {}}}).size());
}

static void twice()
{
    using pairs = of_give_by_piece::answer;
    const Piece split = Piece::Split{std::array<Piece, 2>()};
    CHECK(written<pairs>({{split, {}}, {Piece(), {}}, {split, {}}}).empty() && why == "[2].key: a key stands twice");
    CHECK(written<pairs>({{split, {}}, {Piece(), {split, split}}}).empty() && why == "[1].value[1]: a value stands twice in a set");
    CHECK(fails<of_give_spans::answer>("[1]: a value stands twice in a set", "\x82\x82\x01\x01\x82\x01\x01"));
    CHECK(fails<of_give_flags::answer>("[1]: a value stands twice in a set", "\x82\xf5\xf5"));
    CHECK(fails<of_give_by_level::answer>("[1].key: a key stands twice", "\xa2" "cLow\xa0" "cLow\xa0"));
    CHECK(fails<of_give_by_level::answer>("[0].value[0].value: a value has another type", "\xa1" "cLow\xa1" "ax\x61" "1"));
    CHECK(fails<pairs>("[1].key: a key stands twice", "\xa2" "cGap\x80" "\xa1" "cGap\xf6\x80"));
    CHECK(fails<of_give_paths::answer>("[1].key: a key stands twice", "\xa2" "a/\x60" "\x78\x01/\x60"));
}

static void times()
{
    constexpr auto least = std::chrono::nanoseconds::min(), most = std::chrono::nanoseconds::max();
    Times times{.span = 1h, .spans = {0s, 1ns, most}, .maybe = 5ms, .named = {{"a", 1us}}, .pair = {Time(-1ns), 1s}, .fixed = {1s, 2s},
        .boxed = {3s}, .at = Time(least), .place = "/a b/é", .places = {"", "."}, .machine = "::1", .peer = "[::1]:80",
        .signed_ = Int128(0, INT64_MIN), .unsigned_ = UInt128(UINT64_MAX, UINT64_MAX)};
    CHECK(crosses<of_give_times>(times) && crosses<of_give_times>(Times()));
    for (const Time at : {Time(most), Time(least + 1ns), Time(-999999999ns), Time(-1s), Time(-1s - 1ns), Time(999999999ns)}) {
        CHECK(crosses<of_give_time>(at));
    }
    k_time before{};
    ffi::form::Lender lender;
    CHECK(ffi::form::time::lend(Time(-1ns), before, lender) && before.secs == -1 && before.nanos == 999999999);
    CHECK(ffi::form::time::lend(Time(least), before, lender) && before.secs == -9223372037 && before.nanos == 145224192);

    const std::string below = "a duration is below zero";
    CHECK(is_refused<of_give_duration>(below, -1ns));
    CHECK(is_refused<of_give_times>("spans[1]: " + below, {.spans = {1s, -1s}}));
    CHECK(is_refused<of_give_times>("maybe: " + below, {.maybe = -1s}));
    CHECK(is_refused<of_give_times>("named[1].value: " + below, {.named = {{"a", 1s}, {"b", least}}}));
    CHECK(is_refused<of_give_times>("pair.1: " + below, {.pair = {Time(), -1s}}));
    CHECK(is_refused<of_give_times>("fixed[1]: " + below, {.fixed = {1s, -1s}}));
    CHECK(is_refused<of_give_times>("boxed: " + below, {.boxed = {-1s}}));
    CHECK(is_refused<of_give_spans>("[0]: " + below, {-1s}));
    CHECK(is_refused<of_give_piece>("Split[1].At.lasts: " + below, Piece::Split{{std::array<Piece, 2>{Piece(), Piece::At{{}, -1s}}}}));

    const std::string too_long = "a duration is longer than 292 years, which std::chrono::nanoseconds cannot hold";
    const std::string too_far = "a time is not within the years 1677 to 2262, which std::chrono::nanoseconds can hold";
    const auto given = [](std::uint64_t secs, std::uint32_t nanos) {
        const k_duration value{secs, nanos};
        return ffi::Native::read<of_give_duration::answer>("it", reinterpret_cast<const char *>(&value), sizeof value);
    };
    const auto told = [](std::int64_t secs, std::uint32_t nanos) {
        const k_time value{secs, nanos};
        return ffi::Native::read<ffi::form::time>("it", reinterpret_cast<const char *>(&value), sizeof value);
    };
    CHECK(*given(9223372036, 854775807) == most && *told(-9223372037, 145224192) == Time(least) && *told(9223372036, 854775807) == Time(most));
    for (const auto &[secs, nanos] : {std::pair<std::uint64_t, std::uint32_t>{9223372036, 854775808}, {9223372037, 0}, {UINT64_MAX, 999999999}}) {
        CHECK(given(secs, nanos).error() == (ffi::Error{ffi::Kind::response, "it: " + too_long}));
    }
    for (const auto &[secs, nanos] : {std::pair<std::int64_t, std::uint32_t>{9223372036, 854775808}, {-9223372037, 145224191}, {-9223372038, 999999999}, {INT64_MIN, 0}, {INT64_MAX, 0}}) {
        CHECK(told(secs, nanos).error() == (ffi::Error{ffi::Kind::response, "it: " + too_far}));
    }
    CHECK(fails<of_give_time::answer>(too_far, "\xd9\x03\xe9\xa2\x01\x1b\x7f\xff\xff\xff\xff\xff\xff\xff\x28\x18\x01"));
    const std::string nanos(k_cbor_fault_text(K_CBOR_OUT_OF_RANGE));
    CHECK(fails<of_give_time::answer>("nanos: " + nanos, "\xd9\x03\xe9\xa2\x01\x01\x28\x1a\x3b\x9a\xca\x28"));
    CHECK(fails<of_give_spans::answer>("[0].nanos: " + nanos, "\x81\x82\x01\x1a\x3b\x9a\xca\x28"));
    CHECK(fails<of_give_spans::answer>("[0].secs: a value has another type", "\x81\x82\x61" "1\x01"));
}

static void words()
{
    static_assert(Int128(-1) == Int128(UINT64_MAX, -1) && Int128(true) == Int128(1, 0) && UInt128(UINT64_MAX) == UInt128(UINT64_MAX, 0));
    static_assert(Int128(std::int8_t{-128}) == Int128(static_cast<std::uint64_t>(-128), -1) && Int128() == 0 && UInt128() == UInt128(0, 0));
#ifdef __SIZEOF_INT128__
    using wide = Int128::native;
    using uwide = UInt128::native;
    constexpr wide least = -(static_cast<wide>(INT64_MAX) + 1) * (static_cast<wide>(1) << 64);
    static_assert(Int128(least) == Int128(0, INT64_MIN) && static_cast<wide>(Int128(0, INT64_MIN)) == least);
    static_assert(static_cast<wide>(Int128(UINT64_MAX, -1)) == -1 && static_cast<wide>(Int128(5, -1)) == -static_cast<wide>(UINT64_MAX) + 4);
    static_assert(UInt128(~static_cast<uwide>(0)) == UInt128(UINT64_MAX, UINT64_MAX) && static_cast<uwide>(UInt128(1, 2)) >> 64 == 2);
#endif
    for (const Int128 number : {Int128(), Int128(-1), Int128(0, INT64_MIN), Int128(UINT64_MAX, INT64_MAX), Int128(0, 1), Int128(UINT64_MAX, -2)}) {
        CHECK(crosses<of_give_signed>(number));
    }
    CHECK(crosses<of_give_unsigned>({0, UInt128(0, 1), UInt128(UINT64_MAX, UINT64_MAX)}));
    const std::string wide_("\xc2\x50\x80" "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 18);
    CHECK(fails<of_give_signed::answer>(k_cbor_fault_text(K_CBOR_OUT_OF_RANGE), wide_));
    CHECK(fails<of_give_unsigned::answer>(std::string("[0]: ") + k_cbor_fault_text(K_CBOR_OUT_OF_RANGE), "\x81\x20"));
}

static void parts()
{
    CHECK(crosses<of_give_twelve>({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}) && crosses<of_give_grid>({{{true, false}, {}, {}}}));
    std::array<double, 1000> numbers{};
    numbers[999] = -0.5;
    CHECK(crosses<of_give_long>(numbers) && crosses<of_give_blob>({1, 2, 3, 4, 5}) && crosses<of_give_texts>({"a", std::string("\0", 1)}));
    CHECK(crosses<of_give_path>("a/b") && crosses<of_give_paths>({{"a", "::1"}}));
    CHECK(fails<of_give_twelve::answer>("an array has another length", "\x81\x01"));
    CHECK(fails<of_give_twelve::answer>("11: a number is out of range", std::string("\x8c\1\1\1\1\1\1\1\1\1\1\1\x20")));
    CHECK(fails<of_give_blob::answer>("an array has another length", "\x44\1\1\1\1") && fails<of_give_blob::answer>("[1]: a number is out of range", "\x85\1\x20\1\1\1"));
    CHECK(fails<of_give_texts::answer>("an array has another length", "\x83\x60\x60\x60") && fails<of_give_grid::answer>("[2][1]: a value has another type", "\x83\x82\xf5\xf5\x82\xf5\xf5\x82\xf5\x01"));
}

int main()
{
    recursion();
    levels();
    keys();
    twice();
    times();
    words();
    parts();
    return failed != 0;
}
