#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace opora::intake {

enum class XmlText : std::uint8_t {
    with_references,  ///< Between tags and in attributes: «&lt;», «&#x44F;».
    literal,          ///< In a CDATA section.
};

/// Appends the text that a piece of XML stands for: references resolved, line ends as one line feed
/// (XML 1.0, 2.11 and 4.1). False for a reference to anything but one of the five named or an
/// allowed numbered character.
bool append_xml_text(std::string& into, std::string_view raw, XmlText kind);

}  // namespace opora::intake
