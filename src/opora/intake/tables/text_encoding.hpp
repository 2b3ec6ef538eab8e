#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace opora::intake {

enum class TextEncoding : std::uint8_t { utf8, windows_1251 };

std::string_view title(TextEncoding encoding);

/// The encoding of a Russian text by a sample of its bytes that begins at a character.
///
/// UTF-8 when its sequences outweigh bytes that fit none (a text of mixed encodings is UTF-8, and
/// its broken row is found on reading); nothing when the bytes suit neither (DOS text, for one).
std::optional<TextEncoding> detect_encoding(std::string_view sample);

/// Appends the text in UTF-8. False when a byte has no meaning in the encoding, or when a
/// windows-1251 text is UTF-8 in truth: such a cell was pasted from another file.
bool append_decoded(std::string& into, std::string_view raw, TextEncoding encoding);

}  // namespace opora::intake
