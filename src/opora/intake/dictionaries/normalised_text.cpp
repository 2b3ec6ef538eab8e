#include "opora/intake/dictionaries/normalised_text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <utility>

#include "opora/base/expects.hpp"

namespace opora::intake {

namespace {

const icu::Normalizer2& case_folding() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
    OPORA_EXPECTS(U_SUCCESS(status) && normalizer != nullptr);
    return *normalizer;
}

constexpr char16_t io = u'\u0451';
constexpr char16_t ie = u'\u0435';

// Lower-case Cyrillic letters whose small or capital forms look like Latin ones.
constexpr std::array<std::pair<char16_t, char16_t>, 12> look_alikes{{
    {u'\u0430', u'a'},
    {u'\u0432', u'b'},
    {u'\u0441', u'c'},
    {u'\u0435', u'e'},
    {u'\u043d', u'h'},
    {u'\u043a', u'k'},
    {u'\u043c', u'm'},
    {u'\u043e', u'o'},
    {u'\u0440', u'p'},
    {u'\u0442', u't'},
    {u'\u0445', u'x'},
    {u'\u0443', u'y'},
}};

icu::UnicodeString compared(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto source = icu::UnicodeString::fromUTF8(
        icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
    const icu::UnicodeString folded = case_folding().normalize(source, status);
    OPORA_EXPECTS(U_SUCCESS(status));

    icu::UnicodeString words;
    bool gap = false;
    for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
        const UChar32 letter = folded.char32At(i);
        if (!u_isalnum(letter)) {
            gap = true;
            continue;
        }
        if (gap && !words.isEmpty()) words.append(u' ');
        gap = false;
        words.append(letter == io ? ie : letter);
    }
    return words;
}

std::string utf8(const icu::UnicodeString& text) {
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

}  // namespace

std::string normalised(std::string_view text) { return utf8(compared(text)); }

std::string heading_key(std::string_view text) {
    icu::UnicodeString words = compared(text);
    for (const auto& [cyrillic, latin] : look_alikes) {
        words.findAndReplace(icu::UnicodeString{cyrillic}, icu::UnicodeString{latin});
    }
    // A heading may be a bare percent sign.
    if (words.isEmpty() && text.find('%') != std::string_view::npos) return "%";
    return utf8(words);
}

std::string_view stripped(std::string_view text) {
    constexpr std::string_view no_break_space = "\u00a0";
    while (!text.empty()) {
        if (static_cast<unsigned char>(text.front()) <= ' ') {
            text.remove_prefix(1);
        } else if (text.starts_with(no_break_space)) {
            text.remove_prefix(no_break_space.size());
        } else {
            break;
        }
    }
    while (!text.empty()) {
        if (static_cast<unsigned char>(text.back()) <= ' ') {
            text.remove_suffix(1);
        } else if (text.ends_with(no_break_space)) {
            text.remove_suffix(no_break_space.size());
        } else {
            break;
        }
    }
    return text;
}

}  // namespace opora::intake
