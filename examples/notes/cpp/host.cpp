// Keeps notes from C++, and tells the errors apart.
#include "notes.hpp"

#include <chrono>
#include <iostream>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <variant>

using namespace notes;
using namespace std::chrono_literals;

static void add(const Notes<> &all, const std::string &title, const std::string &text, std::set<std::string> tags = {})
{
    const auto added = all.add({.title = title, .text = text, .tags = std::move(tags)}).get();
    if (added) {
        std::cout << "added: " << title << " is note " << *added << '\n';
        return;
    }
    const auto *error = std::get_if<NotAdded>(&added.error().failure);
    if (const auto *taken = error ? error->get_if<NotAdded::TitleTaken>() : nullptr) {
        std::cout << "not added: " << taken->title << " is note " << taken->by << '\n';
    } else {
        std::cout << "not added: " << added.error().text << '\n';
    }
}

// The error of this type in a result that failed with one.
template <class Error, class T> static const Error &failed(const ffi::Result<T> &result)
{
    return std::get<Error>(result.error().failure);
}

int main(int, char **argv)
{
    const auto nowhere = Notes<>::open("/nowhere/at/all").get();
    const auto &unopened = failed<NotOpened>(nowhere);
    std::cout << "not opened: " << unopened.path.string() << ": " << unopened.cause << '\n';

    std::mutex lock;
    std::ostringstream changed;
    {
        const auto opened = Notes<>::open(argv[1]).get();
        const Notes<> &all = opened.value();
        const auto listener = all.on_changed([&](const Change &change) {
            const std::lock_guard hold(lock);
            changed << (changed.tellp() ? ", " : "");
            change.visit(ffi::overloaded{
                [&](const Change::Added &it) { changed << it.id << ' ' << it.title; },
                [&](const Change::Deleted &it) { changed << it.value << " deleted"; },
            });
        });
        add(all, "Boundary", "Rust calls are answered through a callback.", {"rust", "ffi"});
        add(all, "Queue", "A worker takes the calls from a queue.", {"rust"});
        add(all, "Boundary", "Once more.");
        add(all, " ", "Nameless.");

        const auto page = all.search({.words = "calls", .tag = "rust", .limit = 1, .offset = 1}).get();
        for (const Found &found : *page) {
            std::cout << "found: " << found.title << ": " << found.snippet << '\n';
        }
        const auto unread = all.search({.words = "\"calls", .tag = {}, .limit = 10, .offset = 0}).get();
        const auto &unsearched = failed<NotSearched>(unread);
        std::cout << "not searched: " << unsearched.words << ": " << unsearched.cause << '\n';

        std::string tags;
        const auto note = all.get(1).get();
        for (const std::string &tag : note->tags) {
            tags += (tags.empty() ? "" : ", ") + tag;
        }
        std::cout << "tags: " << tags << '\n';
        all.delete_(1).get().value();
        const auto again = all.delete_(1).get();
        const bool is_gone = failed<NotStored>(again) == NotStored::NoSuchNote;
        std::cout << (is_gone ? "not deleted: " : "trouble: ") << again.error().text << '\n';
        const auto gone = all.get(1).get();
        std::cout << "not found: " << failed<NotFound>(gone).id << ", of " << *failed<NotFound>(gone).among << '\n';

        const auto there = all.statistics().get();
        std::cout << "there: " << there->notes << " notes, " << there->bytes << " bytes,";
        for (const auto &[tag, count] : there->tags) {
            std::cout << ' ' << tag << ' ' << count;
        }
        const bool is_recent = there->newest && std::chrono::system_clock::now() - *there->newest < 1h;
        std::cout << (is_recent && there->open_for < 1h ? ", recently\n" : ", long ago\n");
    }
    // What was told before the end was heard before the end.
    std::cout << "changed: " << changed.str() << '\n';
}
