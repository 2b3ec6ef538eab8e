#include "opora/intake/tables/xml_text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "opora/base/utf8.hpp"

namespace opora::intake {

namespace {

std::optional<char32_t> named_character(std::string_view name) {
    if (name == "lt") return U'<';
    if (name == "gt") return U'>';
    if (name == "amp") return U'&';
    if (name == "quot") return U'"';
    if (name == "apos") return U'\'';
    return std::nullopt;
}

bool allowed(std::uint32_t code) {
    if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
    return code < 0xD800 || (code >= 0xE000 && code < 0xFFFE) ||
           (code >= 0x10000 && code <= 0x10FFFF);
}

/// The character of `amp`, `#1103`, `#x44F`.
std::optional<char32_t> referenced_character(std::string_view reference) {
    if (!reference.starts_with('#')) return named_character(reference);
    reference.remove_prefix(1);
    const bool hexadecimal = reference.starts_with('x');
    if (hexadecimal) reference.remove_prefix(1);
    std::uint32_t code = 0;
    const auto [stop, problem] = std::from_chars(
        reference.data(), reference.data() + reference.size(), code, hexadecimal ? 16 : 10);
    const bool whole = problem == std::errc{} && stop == reference.data() + reference.size();
    return whole && allowed(code) ? std::optional<char32_t>{code} : std::nullopt;
}

}  // namespace

bool append_xml_text(std::string& into, std::string_view raw, XmlText kind) {
    const std::string_view special = kind == XmlText::with_references ? "&\r" : "\r";
    while (true) {
        const auto place = std::min(raw.find_first_of(special), raw.size());
        into += raw.substr(0, place);
        raw.remove_prefix(place);
        if (raw.empty()) return true;
        if (raw.front() == '\r') {
            if (!raw.starts_with("\r\n")) into += '\n';
            raw.remove_prefix(1);
            continue;
        }
        const auto semicolon = raw.find(';');
        const auto character = semicolon == std::string_view::npos
                                   ? std::nullopt
                                   : referenced_character(raw.substr(1, semicolon - 1));
        if (!character) return false;
        base::append_utf8(into, *character);
        raw.remove_prefix(semicolon + 1);
    }
}

}  // namespace opora::intake
