#pragma once

#include <string>
#include <string_view>

#include "opora/wording/table.hpp"

namespace opora::api {

/// The text with small letters and «е» for «ё», in which texts are looked for and ordered; Latin
/// and Cyrillic letters only.
std::string folded(std::string_view text);

/// A name that every file system takes: without /\:*?"<>| and control characters, 120 characters
/// at most.
std::string file_name(std::string_view text);

/// For `filename*` (RFC 8187): everything but letters, digits and -._~ as %XX.
std::string percent_encoded(std::string_view text);

/// `text`, `whole`, `number`, `percent`.
std::string_view style_code(wording::ColumnStyle style);

}  // namespace opora::api
