#include "opora/base/error.hpp"

#include <fmt/format.h>

namespace opora::base {

std::string describe(const Place& place) {
    std::string text = place.file;
    const auto add = [&text](const std::string& part) {
        if (!text.empty()) text += ", ";
        text += part;
    };
    if (!place.sheet.empty()) add(fmt::format("лист «{}»", place.sheet));
    if (place.row) add(fmt::format("строка {}", *place.row));
    if (!place.column.empty()) add(fmt::format("столбец «{}»", place.column));
    return text;
}

std::string describe(const Error& error) {
    std::string text = describe(error.place);
    if (!text.empty()) text += ": ";
    text += error.message;
    if (!error.expected.empty() && !error.found.empty()) {
        text += fmt::format(" (ожидалось: {}; найдено: «{}»)", error.expected, error.found);
    } else if (!error.expected.empty()) {
        text += fmt::format(" (ожидалось: {})", error.expected);
    } else if (!error.found.empty()) {
        text += fmt::format(" (найдено: «{}»)", error.found);
    }
    return text;
}

}  // namespace opora::base
