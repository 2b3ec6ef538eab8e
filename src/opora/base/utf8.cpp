#include "opora/base/utf8.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include "opora/base/expects.hpp"

namespace opora::base {

namespace {

unsigned char byte_at(std::string_view text, std::size_t place) {
    return static_cast<unsigned char>(text[place]);
}

bool surrogate(char32_t code) { return code >= 0xD800 && code < 0xE000; }

}  // namespace

Character first_character(std::string_view text) {
    OPORA_EXPECTS(!text.empty());
    const unsigned char lead = byte_at(text, 0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};

    char32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte_at(text, i) & 0xC0U) != 0x80U) return {};
        code = (code << 6U) | (byte_at(text, i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    if (code < smallest[length] || code > 0x10FFFF || surrogate(code)) return {};
    return {code, length};
}

std::size_t ascii_prefix(std::string_view text) {
    std::size_t place = 0;
    for (; place + 8 <= text.size(); place += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + place, 8);
        if ((word & 0x8080808080808080U) != 0) break;
    }
    while (place < text.size() && byte_at(text, place) < 0x80) ++place;
    return place;
}

std::size_t valid_utf8_prefix(std::string_view text) {
    std::size_t place = 0;
    while (true) {
        place += ascii_prefix(text.substr(place));
        while (place < text.size() && byte_at(text, place) >= 0x80) {
            const std::size_t length = first_character(text.substr(place)).bytes;
            if (length == 0) return place;
            place += length;
        }
        if (place == text.size()) return place;
    }
}

void append_utf8(std::string& text, char32_t code) {
    OPORA_EXPECTS(code <= 0x10FFFF && !surrogate(code));
    const auto tail = [&](unsigned shift) {
        text += static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
    };
    if (code < 0x80) {
        text += static_cast<char>(code);
    } else if (code < 0x800) {
        text += static_cast<char>(0xC0U | (code >> 6U));
        tail(0);
    } else if (code < 0x10000) {
        text += static_cast<char>(0xE0U | (code >> 12U));
        tail(6);
        tail(0);
    } else {
        text += static_cast<char>(0xF0U | (code >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace opora::base
