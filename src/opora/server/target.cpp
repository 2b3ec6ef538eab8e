#include "opora/server/target.hpp"

#include <algorithm>

#include "opora/base/utf8.hpp"

namespace opora::server {

namespace {

std::optional<unsigned> hex_digit(char symbol) {
    if ('0' <= symbol && symbol <= '9') return static_cast<unsigned>(symbol - '0');
    if ('a' <= symbol && symbol <= 'f') return static_cast<unsigned>(symbol - 'a' + 10);
    if ('A' <= symbol && symbol <= 'F') return static_cast<unsigned>(symbol - 'A' + 10);
    return std::nullopt;
}

bool is_control(char symbol) {
    const auto byte = static_cast<unsigned char>(symbol);
    return byte < 0x20 || byte == 0x7F;
}

enum class Plus : bool { literal, space };

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char symbol = text[i];
        if (symbol == '+' && plus == Plus::space) symbol = ' ';
        if (symbol == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const auto high = hex_digit(text[i + 1]);
            const auto low = hex_digit(text[i + 2]);
            if (!high || !low) return std::nullopt;
            symbol = static_cast<char>(*high * 16 + *low);
            i += 2;
        }
        if (is_control(symbol)) return std::nullopt;
        decoded.push_back(symbol);
    }
    if (base::valid_utf8_prefix(decoded) != decoded.size()) return std::nullopt;
    return decoded;
}

bool climbs(std::string_view path) {
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        const std::string_view segment = path.substr(0, end);
        if (segment == "." || segment == "..") return true;
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return false;
}

constexpr std::size_t query_fields_max = 64;

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/')) return std::nullopt;
    const auto mark = target.find('?');
    const auto path = percent_decoded(target.substr(0, mark), Plus::literal);
    if (!path || climbs(*path)) return std::nullopt;
    Target parsed{.path = *path, .query = {}};
    std::string_view rest = mark == std::string_view::npos ? "" : target.substr(mark + 1);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const std::string_view field = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (field.empty()) continue;
        if (parsed.query.size() == query_fields_max) return std::nullopt;
        const auto equals = std::min(field.find('='), field.size());
        const auto name = percent_decoded(field.substr(0, equals), Plus::space);
        const auto value =
            percent_decoded(field.substr(std::min(equals + 1, field.size())), Plus::space);
        if (!name || !value) return std::nullopt;
        parsed.query.emplace_back(*name, *value);
    }
    return parsed;
}

}  // namespace opora::server
