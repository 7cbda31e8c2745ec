/*
 * Reads rows `verdict read hex comes what` from the file named by the first argument, and says which of them did not
 * become what they should. A message is read where it ends, so that a sanitizer sees any step beyond.
 */
#include "all.hpp"
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using all::ffi::Cbor;

std::string fault;
/* The library's own CBOR of what was read. */
std::string own;

template <class T>
bool is_read(const all::ffi::Result<T> &result)
{
    fault = result ? "" : result.error().text;
    return result.has_value();
}

template <class Form, class T>
void write(const T &value)
{
    std::vector<std::uint8_t> bytes(1 << 16);
    all::ffi::form::Writer writer = all_cbor_write(bytes.data(), bytes.size());
    Form::put(writer, value);
    own.clear();
    for (std::size_t i = 0; i < writer.len; i++) {
        constexpr char digits[] = "0123456789abcdef";
        own += digits[bytes[i] >> 4];
        own += digits[bytes[i] & 15];
    }
}

template <class Event>
bool read(bool is_event, const char *bytes, std::size_t len)
{
    using form = typename Event::form;
    auto result = is_event ? all::ffi::read_event<Event>(Cbor{}, bytes, len) : Cbor::read<form>("give", bytes, len);
    if constexpr (std::is_same_v<form, all::ffi::form::nothing>) {
        own = "f6";
    } else if (result) {
        write<form>(*result);
    }
    return is_read(result);
}

#define EVENTS(X)                                                                                                   \
    X(nothing) X(i8) X(i16) X(i32) X(i64) X(isize) X(u8) X(u16) X(u32) X(u64) X(usize) X(f32) X(f64) X(bool)        \
        X(char) X(text) X(blob) X(mode) X(list) X(option) X(box) X(All) X(Many) X(Maybe) X(Empty) X(Tree) X(Chain) \
        X(Block) X(Held) X(map) X(map_pair) X(set) X(set_text) X(tuple) X(array) X(array_bytes) X(duration) X(time)  \
        X(i128) X(u128) X(path) X(ip_addr) X(socket_addr)

bool outcome(const std::string &name, const char *bytes, std::size_t len)
{
    own.clear();
    if (name == "any") {
        return is_read(all::ffi::read_any<Cbor>(bytes, len));
    }
    const bool is_event = name.starts_with("on_");
    const std::string of = name.substr(name.find('_') + 1);
#define READ(event)                                                                                                 \
    if (of == #event) {                                                                                             \
        return read<all::events::on_##event>(is_event, bytes, len);                                                 \
    }
    EVENTS(READ)
    std::cerr << "the host does not know " << name << '\n';
    std::abort();
}

/* Whether the error names what was read, and the place. Where any event is read, a fault may come before its name is known. */
bool is_told(const std::string &name, const std::string &place)
{
    const std::string of = name.starts_with("give_") ? "give: " : name + ": ";
    const std::string at = place == "-" ? "" : place + ": ";
    if (name != "any") {
        return fault.starts_with(of + at);
    }
    return fault.find(": " + at) != std::string::npos || fault.starts_with("an event: payload: ");
}

std::vector<char> unhex(const std::string &digits)
{
    std::vector<char> bytes;
    for (std::size_t i = 0; digits != "-" && i < digits.size(); i += 2) {
        bytes.push_back(static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    }
    bytes.shrink_to_fit();
    return bytes;
}

} // namespace

int main(int, char **argv)
{
    std::ifstream rows(argv[1]);
    int read = 0, wrong = 0;
    for (std::string row; std::getline(rows, row); read++) {
        std::istringstream parts(row);
        std::string verdict, name, digits, comes, what;
        parts >> verdict >> name >> digits >> comes;
        std::getline(parts, what);
        const std::vector<char> bytes = unhex(digits);
        const bool is_taken = outcome(name, bytes.data(), bytes.size());
        const bool is_right = is_taken ? own.empty() || own == comes : is_told(name, comes);
        if (is_taken != (verdict == "taken") || !is_right) {
            std::cout << name << ':' << what << ": not " << verdict << ": " << fault << ": " << digits.substr(0, 80) << '\n';
            wrong++;
        }
    }
    std::cout << read << " rows, " << wrong << " wrong\n";
    return read && !wrong ? 0 : 1;
}
