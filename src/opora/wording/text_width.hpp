#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace opora::wording {

/// How many columns of a terminal a text takes: one per character, two for East Asian wide ones and
/// emoji, none for combining marks.
std::size_t text_width(std::string_view text);

/// The text with spaces behind it up to a width.
std::string padded(std::string_view text, std::size_t width);

}  // namespace opora::wording
