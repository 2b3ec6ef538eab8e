#include "opora/wording/text_width.hpp"

#include <algorithm>
#include <array>

#include "opora/base/utf8.hpp"

namespace opora::wording {

namespace {

struct Span {
    char32_t first;
    char32_t last;
};

/// Combining marks and invisible characters (Unicode 15, the blocks that Russian texts can meet).
constexpr std::array<Span, 8> without_width{{
    {0x0300, 0x036F},
    {0x0483, 0x0489},
    {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF},
    {0x200B, 0x200F},
    {0x2060, 0x2064},
    {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F},
}};

/// East Asian wide and fullwidth blocks, and emoji.
constexpr std::array<Span, 9> wide{{
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD},
}};

template <std::size_t Size>
bool within(char32_t code, const std::array<Span, Size>& spans) {
    return std::ranges::any_of(
        spans, [&](const Span& span) { return span.first <= code && code <= span.last; });
}

}  // namespace

std::size_t text_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const base::Character character = base::first_character(text);
        if (character.bytes == 0 || !within(character.code, without_width)) {
            width += character.bytes != 0 && within(character.code, wide) ? 2 : 1;
        }
        text.remove_prefix(std::max<std::size_t>(character.bytes, 1));
    }
    return width;
}

std::string padded(std::string_view text, std::size_t width) {
    const std::size_t own = text_width(text);
    return std::string{text} + std::string(own < width ? width - own : 0, ' ');
}

}  // namespace opora::wording
