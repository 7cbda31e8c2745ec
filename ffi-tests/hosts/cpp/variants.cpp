// Enums with data: made from their variants, visited, and told as events and errors.
#include "every.hpp"

#include "host.hpp"

using namespace every;
using ffi::Kind;
using ffi::overloaded;

// How many characters a block has, and all below it.
static std::size_t characters(const Block &block)
{
    return block.visit(overloaded{
        [](const Block::Paragraph &it) { return it.value.size(); },
        [](const Block::Quote &it) { return characters(*it.value); },
        [](const Block::Heading &it) {
            std::size_t sum = 0;
            for (const Block &child : it.children) {
                sum += characters(child);
            }
            return sum;
        },
        [](const Block::Styled &it) { return it.inner ? characters(**it.inner) : 0; },
        [](const auto &) { return std::size_t{0}; },
    });
}

static Block heading()
{
    return Block::Heading{
        .levelOf = 1,
        .inBold = true,
        .children = {Block::Rule{}, Block::Paragraph{"four"}, Block::Quote{Block(Block::Paragraph{"fifth"})}}};
}

static void values()
{
    CHECK(Block().is<Block::Rule>() && Sign() == Sign::Without{} && Page().first == Block::Rule{});
    Block block = heading();
    const Block copy = block;
    CHECK(copy == block && characters(block) == 9);
    // A block may become a part of itself.
    block = *block.get_if<Block::Heading>()->children[2].get_if<Block::Quote>()->value;
    CHECK(block == Block::Paragraph{"fifth"} && block != copy && characters(copy) == 9);
    block.get_if<Block::Paragraph>()->value += "!";
    CHECK(characters(block) == 6 && !block.get_if<Block::Rule>());
    const std::string text = std::move(block).visit(overloaded{
        [](Block::Paragraph &&it) { return std::move(it.value); },
        [](auto &&) { return std::string(); },
    });
    CHECK(text == "fifth!");
}

template <class Transport>
static void calls()
{
    const auto every = Every<Transport>::create({}).get().value();
    CHECK(every.give_block(heading()).get().value() == heading());
    CHECK(every.give_block({}).get()->template is<Block::Rule>());
    const Block measure = Block::Measure{-0.5, U'é'};
    CHECK(every.give_block(measure).get().value() == measure);
    const Block styled = Block::Styled{.type = Level::top, .at = {.x = 1.0, .y = {}}, .inner = {heading()}};
    CHECK(every.give_option_block(styled).get().value() == styled);
    CHECK(every.give_option_block({}).get().value() == std::nullopt);
    CHECK(every.give_box_block(styled).get().value() == styled);
    const std::vector<Sign> signs{Sign::Plus{1}, Sign::Minus{-2}, {}};
    CHECK(every.give_list_sign(signs).get().value() == signs);
    const Page page{.title = "A page", .first = styled, .others = {heading(), {}}, .sign = Sign::Between{-1, 1}};
    CHECK(echo_page_here<Transport>(page).value() == page);
    CHECK((sign_between<Transport>(-7, {}, 7).value() == Sign::Between{-7, 7}));
    // What is nested past the limit is refused, and nothing overflows on the way.
    Block deep;
    for (int level = 1; level < 64; level++) {
        deep = Block::Quote{std::move(deep)};
    }
    CHECK(every.give_block(deep).get().value() == deep);
    for (int level = 0; level < 1000; level++) {
        const auto refused = every.give_block(deep = Block::Quote{std::move(deep)}).get();
        CHECK(!refused && (refused.error().kind == Kind::bad_request || refused.error().kind == Kind::argument));
    }
}

template <class Transport>
static void tells()
{
    const auto every = Every<Transport>::create({}).get().value();
    Count told;
    const auto blocks = every.on_block([&](const Block &block) { CHECK(block == heading()), told.add(); });
    const auto pages = every.on_any([&](const Event &event) {
        if (const auto *it = std::get_if<events::on_page>(&event)) {
            CHECK(it->payload.page.first.template is<Block::Planted>() && it->payload.sign == Sign::Plus{2});
            told.add();
        }
    });
    CHECK(blocks && pages && every.fire_block(heading()).get());
    CHECK(every.fire_page(Page{.title = {}, .first = Block::Planted{}, .others = {}, .sign = {}}, Sign::Plus{2}).get());
    told.await(2);
}

int main()
{
    values();
    calls<ffi::Native>();
    calls<ffi::Cbor>();
    tells<ffi::Native>();
    tells<ffi::Cbor>();
    return host_end("variants");
}
