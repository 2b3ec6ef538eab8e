#include "opora/intake/tables/text_encoding.hpp"

#include <array>

#include "opora/base/utf8.hpp"

namespace opora::intake {

namespace {

/// Characters of the bytes 0x80..0xBF of windows-1251; 0 where there is none. 0xC0..0xFF are А..я
/// in order.
constexpr std::array<char32_t, 64> upper_half{
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409,
    0x2039, 0x040A, 0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0,      0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0,
    0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB,
    0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6,
    0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457};

char32_t character_1251(unsigned char byte) {
    if (byte < 0x80) return byte;
    if (byte >= 0xC0) return char32_t{0x410} + (byte - 0xC0U);
    return upper_half[byte - 0x80U];
}

/// How the bytes beyond ASCII divide.
struct ByteCounts {
    std::size_t in_sequences = 0;  ///< Bytes of whole UTF-8 characters.
    std::size_t sequences = 0;
    std::size_t alone = 0;         ///< Bytes that fit no UTF-8 character.
    std::size_t letters_1251 = 0;  ///< Of the lone ones, А..я, Ё, ё of windows-1251.
};

ByteCounts count_bytes(std::string_view text) {
    ByteCounts counts;
    while (true) {
        text.remove_prefix(base::ascii_prefix(text));
        if (text.empty()) return counts;
        const std::size_t length = base::first_character(text).bytes;
        const auto byte = static_cast<unsigned char>(text.front());
        if (length > 0) {
            counts.in_sequences += length;
            ++counts.sequences;
        } else {
            ++counts.alone;
            counts.letters_1251 += byte >= 0xC0 || byte == 0xA8 || byte == 0xB8 ? 1 : 0;
        }
        text.remove_prefix(length > 0 ? length : 1);
    }
}

}  // namespace

std::string_view title(TextEncoding encoding) {
    switch (encoding) {
        case TextEncoding::utf8:
            return "UTF-8";
        case TextEncoding::windows_1251:
            return "windows-1251";
    }
    return "";
}

std::optional<TextEncoding> detect_encoding(std::string_view sample) {
    const ByteCounts counts = count_bytes(sample);
    if (counts.in_sequences > counts.alone) return TextEncoding::utf8;
    if (counts.alone == 0) return TextEncoding::utf8;
    // Russian text of windows-1251 is nearly all letters; DOS and Mac text falls half outside them.
    if (counts.letters_1251 * 10 >= counts.alone * 7) return TextEncoding::windows_1251;
    return std::nullopt;
}

bool append_decoded(std::string& into, std::string_view raw, TextEncoding encoding) {
    if (base::ascii_prefix(raw) == raw.size()) {
        into += raw;
        return true;
    }
    if (encoding == TextEncoding::utf8) {
        into += raw;
        return base::valid_utf8_prefix(raw) == raw.size();
    }
    const ByteCounts counts = count_bytes(raw);
    if (counts.alone == 0 && counts.sequences >= 3) return false;
    for (const char symbol : raw) {
        const char32_t character = character_1251(static_cast<unsigned char>(symbol));
        if (character == 0 && symbol != '\0') return false;
        base::append_utf8(into, character);
    }
    return true;
}

}  // namespace opora::intake
