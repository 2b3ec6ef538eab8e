#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace opora::base {

/// Where trouble is, as far as it is known: a file, its sheet, its row (from 1) and its column
/// heading or letter.
struct Place {
    std::string file;
    std::string sheet;
    std::optional<std::int64_t> row;
    std::string column;

    friend auto operator<=>(const Place&, const Place&) = default;
};

/// Trouble that is expected at a border: data, a form, a lookup, a permission.
///
/// `code` is stable English snake_case (tests and programs read it); `message` is Russian and says
/// what is wrong and what to do. `expected` and `found` complete it. `found` stays empty for
/// personal and for unrecognised columns, so that no personal data reaches a message or a log.
struct Error {
    std::string code;
    std::string message;
    Place place;
    std::string expected;
    std::string found;

    friend bool operator==(const Error&, const Error&) = default;
};

using Errors = std::vector<Error>;

/// «файл, лист «…», строка 5, столбец «…»: message (ожидалось …, найдено …)». One line, without a
/// line end.
std::string describe(const Error& error);

/// «файл, лист «…», строка 5, столбец «…»»; empty for an empty place.
std::string describe(const Place& place);

}  // namespace opora::base
