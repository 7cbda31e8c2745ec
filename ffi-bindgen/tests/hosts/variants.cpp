// Enums with data as values, and their forms in C and CBOR, without the library.
#include "v.hpp"

using namespace v;

static int failed;

#define CHECK(...) check(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, __LINE__)

static void check(bool holds, const char *what, int line)
{
    if (!holds) {
        failed++;
        std::fprintf(stderr, "line %d: does not hold: %s\n", line, what);
    }
}

// A value in CBOR; empty where it has no form.
template <class Form>
static std::vector<std::uint8_t> written(const typename Form::type &value)
{
    std::vector<std::uint8_t> bytes(1 << 16);
    ffi::form::Writer writer = v_cbor_write(bytes.data(), bytes.size());
    Form::put(writer, value);
    bytes.resize(v_cbor_written(&writer));
    return bytes;
}

template <class Form>
static ffi::Result<typename Form::type> read(const std::vector<std::uint8_t> &bytes)
{
    return ffi::Cbor::read<Form>("it", reinterpret_cast<const char *>(bytes.data()), bytes.size());
}

// Whether both paths give the value back.
template <class Form>
static bool crosses(const typename Form::type &value)
{
    ffi::form::Lender lender;
    typename Form::c lent{};
    const bool is_lent = Form::lend(value, lent, lender);
    const auto native = ffi::Native::read<Form>("it", reinterpret_cast<const char *>(&lent), sizeof lent);
    const auto wire = read<Form>(written<Form>(value));
    return is_lent && native && *native == value && wire && *wire == value;
}

static bool is_text(const std::string &expected, const std::vector<std::uint8_t> &bytes)
{
    return expected == std::string(bytes.begin(), bytes.end());
}

template <class Form>
static bool fails(const std::string &fault, const std::string &bytes)
{
    const auto value = read<Form>({bytes.begin(), bytes.end()});
    if (!value && value.error().text != fault) {
        std::fprintf(stderr, "%s\n", value.error().text.c_str());
    }
    return !value && value.error().kind == ffi::Kind::response && value.error().text == fault;
}

using WordsForm = ffi::form::of_Words;
using BracketsForm = ffi::form::of_Brackets;
using EndlessForm = ffi::form::of_Endless;

static void values()
{
    // The first variant would hold values without end.
    CHECK(Endless().is<Endless::End>() && Other().is<Other::Back>() && Words().is<Words::Words_>());
    Words words = Words::class_{.class__ = true, .int_ = false, .std_ = true};
    const Words copy = words;
    CHECK(copy == words && copy == Words::class_{.class__ = true, .int_ = false, .std_ = true});
    words = Words::visit_{1.5f, {1, 2}};
    CHECK(copy != words && words.is<Words::visit_>() && !words.get_if<Words::std_>());
    words.get_if<Words::visit_>()->_1.push_back(3);
    const auto sum = ffi::overloaded{
        [](const Words::visit_ &it) { return it._1.size(); },
        [](const auto &) { return std::size_t{0}; },
    };
    CHECK(words.visit(sum) == 3 && copy.visit(sum) == 0);
    const auto bytes = std::move(words).visit(ffi::overloaded{
        [](Words::visit_ &&it) { return std::move(it._1); },
        [](auto &&) { return std::vector<std::uint8_t>(); },
    });
    CHECK(bytes.size() == 3);
    Endless endless = Endless::Again{Endless(Endless::End{7})};
    endless = Endless(*endless.get_if<Endless::Again>()->value);
    CHECK(endless == Endless::End{7});
}

static void forms()
{
    CHECK(crosses<WordsForm>(Words()));
    CHECK(crosses<WordsForm>(Words::value_{.value = 1, .visit = 2, .tag = 3}));
    CHECK(crosses<WordsForm>(Words::visit_{1.5f, {0, 255}}));
    CHECK(crosses<WordsForm>(Words::get_if_{}));
    CHECK(crosses<WordsForm>(Words::errno_{Holder{.list = {Words::is_{U'é'}, Words::std_{}}, .map = Brackets::One{4}, .end = Endless()}}));
    CHECK(crosses<BracketsForm>(Brackets::Maybe{.a = {}, .b = Brackets_One{7}}));
    CHECK(crosses<BracketsForm>(Brackets::MaybeValue{}));
    CHECK(crosses<EndlessForm>(Endless::Both{Endless(), Other(Other::List{{Other(), Other::Back{}}})}));
    CHECK(is_text("gNothing", written<BracketsForm>(Brackets::Nothing{})));
    CHECK(is_text("\xa1" "cOne" "\xa1" "cOne\x07", written<BracketsForm>(Brackets::One{7})));
}

// A value of so many levels, each in a box of the one before.
static Endless nested(int levels)
{
    Endless value = Endless::End{1};
    while (--levels > 0) {
        value = Endless(Endless::Again{std::move(value)});
    }
    return value;
}

static void levels()
{
    CHECK(crosses<EndlessForm>(nested(64)) && written<EndlessForm>(nested(65)).empty());
    const std::string open = "\xa1" "eAgain";
    std::string deep = "\xa1" "cEnd\x01";
    for (int level = 1; level < 65; level++) {
        deep = open + deep;
    }
    CHECK(read<EndlessForm>({deep.begin() + static_cast<std::ptrdiff_t>(open.size()), deep.end()}));
    const auto fault = read<EndlessForm>({deep.begin(), deep.end()});
    CHECK(!fault && fault.error().text.starts_with("it: Again.Again.") && fault.error().text.ends_with(v_cbor_fault_text(V_CBOR_TOO_DEEP)));
}

static void faults()
{
    const auto text = [](const char *path, int fault) { return std::string("it: ") + path + v_cbor_fault_text(fault); };
    CHECK(fails<BracketsForm>(text("", V_CBOR_UNKNOWN_VARIANT), "cTwo"));
    CHECK(fails<BracketsForm>(text("", V_CBOR_WRONG_TYPE), "\x07"));
    CHECK(fails<BracketsForm>(text("One: ", V_CBOR_WRONG_TYPE), "cOne"));
    CHECK(fails<BracketsForm>(text("One: ", V_CBOR_WRONG_TYPE), "\xa1" "cOne\xf6"));
    CHECK(fails<BracketsForm>(text("Nothing: ", V_CBOR_WRONG_TYPE), "\xa1" "gNothing\x01"));
    CHECK(fails<BracketsForm>(text("", V_CBOR_NOT_ONE_VARIANT), "\xa0"));
    CHECK(fails<BracketsForm>(text("", V_CBOR_NOT_ONE_VARIANT), "\xbf\xff"));
    CHECK(fails<BracketsForm>(text("", V_CBOR_NOT_ONE_VARIANT), "\xa2" "gNothing\xf6" "cOne\x01"));
    CHECK(fails<BracketsForm>(text("One.One: ", V_CBOR_MISSING_KEY), "\xa1" "cOne\xa0"));
    CHECK(fails<BracketsForm>(text("One.One: ", V_CBOR_OUT_OF_RANGE), "\xa1" "cOne\xa1" "cOne\x39\x01\x01"));
    CHECK(fails<WordsForm>(text("visit: ", V_CBOR_WRONG_LENGTH), "\xa1" "evisit\x81\x01"));
    CHECK(fails<WordsForm>(text("visit.1: ", V_CBOR_WRONG_TYPE), "\xa1" "evisit\x82\x01\x61x"));
    CHECK(fails<WordsForm>(text("errno.list[1].is: ", V_CBOR_BAD_TEXT), "\xa1" "eerrno\xa1" "dlist\x82" "cstd\xa1" "bis\x60"));
    const std::string unit = "\xbf" "gNothing\xf7\xff";
    CHECK(*read<BracketsForm>({unit.begin(), unit.end()}) == Brackets::Nothing{});
    // Natively a tag is checked, at any depth.
    v_Words words[2] = {};
    words[1].tag = 77;
    const v_list_Words list{words, 2};
    using of_list = ffi::form::list<WordsForm, ::v_list_Words>;
    const auto unknown = ffi::Native::read<of_list>("it", reinterpret_cast<const char *>(&list), sizeof list);
    CHECK(!unknown && unknown.error().text == "it: [1]: the tag is none of Words's variants");
}

int main()
{
    values();
    forms();
    levels();
    faults();
    return failed != 0;
}
