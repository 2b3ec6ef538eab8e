#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace opora::documents {

/// The text directly inside an element, all its pieces together.
std::string xml_text(pugi::xml_node element);

/// Replaces all that is inside an element by a text whose spaces count.
void set_xml_text(pugi::xml_node element, const std::string& text);

/// The text as XML 1.0 may carry it: broken UTF-8 becomes U+FFFD, control characters vanish, CR LF
/// becomes LF.
std::string xml_safe(std::string_view text);

}  // namespace opora::documents
