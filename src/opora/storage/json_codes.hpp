#pragma once

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "opora/storage/record_fields.hpp"

namespace opora::storage {

using Json = nlohmann::ordered_json;

/// The words of an enumeration in the order of its values, for texts that outlive the program.
template <std::size_t size>
using Codes = std::array<std::string_view, size>;

template <class Enum, std::size_t size>
std::string_view word(Enum value, const Codes<size>& codes) {
    return codes[static_cast<std::size_t>(value)];
}

template <class Enum, std::size_t size>
Enum read_word(const Json& json, const Codes<size>& codes) {
    const std::string text = json.get<std::string>();
    const auto found = std::ranges::find(codes, text);
    if (found == codes.end()) fail_corrupt_value(text);
    return static_cast<Enum>(found - codes.begin());
}

inline constexpr Codes<5> verdict_words{"listed", "watch", "not_listed", "unknown", "excluded"};

/// Runs `read` on parsed text; what is no JSON of ours is a corrupt store.
template <class Read>
auto read_json(std::string_view text, Read read) {
    try {
        return read(Json::parse(text));
    } catch (const nlohmann::json::exception&) {
        fail_corrupt_value(text.substr(0, 40));
    }
}

}  // namespace opora::storage
