// What calls cost a program in C++, in nanoseconds: the median of many batches of each.
#include "benched.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <vector>

extern "C" std::int32_t add(std::int32_t a, std::int32_t b);

static const std::string text = "a text of 20 bytes..";
static constexpr int in_flight = 1000;

template <class Call>
static void measure(const char *what, Call call, int times, int calls_each)
{
    using namespace std::chrono;
    std::array<double, 31> batches;
    for (double &batch : batches) {
        const auto begun = steady_clock::now();
        for (int i = 0; i < times; i++) {
            call(i);
        }
        const auto passed = duration_cast<duration<double, std::nano>>(steady_clock::now() - begun);
        batch = passed.count() / times / calls_each;
    }
    std::sort(batches.begin(), batches.end());
    std::printf("%s\t%.1f\n", what, batches[batches.size() / 2]);
}

static benched::Record record()
{
    benched::Record record{.name = "a record of messages", .tags = {"urgent", "internal"}, .note = "to be read at once", .retries = 3};
    for (int i = 0; i < 10; i++) {
        record.messages.push_back({.text = "message number " + std::to_string(i), .delayMs = i * 40});
    }
    return record;
}

int main()
{
    auto created = benched::Benched<>::create().get();
    const auto &context = created.value();
    const benched::Record sent = record();
    volatile std::int32_t sum = 0;
    std::size_t seen = 0;
    measure("add", [&](int number) { sum = add(sum, number); }, 1'000'000, 1);
    measure("echo here", [&](int) { seen += benched::echo_text(text).value().size(); }, 100'000, 1);
    measure("echo", [&](int) { seen += context.give_text(text).get().value().size(); }, 1000, 1);
    measure(
        "echo pipelined",
        [&](int) {
            std::vector<benched::ffi::Call<std::string>> calls;
            for (int i = 0; i < in_flight; i++) {
                calls.push_back(context.give_text(text));
            }
            for (auto &call : calls) {
                seen += call.get().value().size();
            }
        },
        10, in_flight);
    measure("record", [&](int) { seen += benched::echo_record(sent).value().messages.size(); }, 20'000, 1);
    return seen == 0;
}
