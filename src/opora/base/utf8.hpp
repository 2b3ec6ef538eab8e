#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace opora::base {

/// One character of a UTF-8 text; `bytes` is 0 for bytes that are not UTF-8.
struct Character {
    char32_t code = 0;
    std::size_t bytes = 0;
};

/// The first character of a text that is not empty. Overlong forms and surrogates are not UTF-8.
Character first_character(std::string_view text);

/// How many bytes from the beginning are whole valid characters; fast over ASCII.
std::size_t valid_utf8_prefix(std::string_view text);

/// How many bytes from the beginning are ASCII.
std::size_t ascii_prefix(std::string_view text);

/// Appends a character; `code` must be a Unicode scalar value.
void append_utf8(std::string& text, char32_t code);

}  // namespace opora::base
