#include "opora/documents/xml_text.hpp"

#include "opora/base/utf8.hpp"

namespace opora::documents {

namespace {

bool allowed_in_xml(char32_t code) {
    if (code < 0x20) return code == '\n' || code == '\t';
    return code != 0xFFFE && code != 0xFFFF;
}

}  // namespace

std::string xml_text(pugi::xml_node element) {
    std::string text;
    for (const pugi::xml_node child : element.children()) {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
            text += child.value();
        }
    }
    return text;
}

void set_xml_text(pugi::xml_node element, const std::string& text) {
    element.remove_children();
    element.append_child(pugi::node_pcdata).set_value(text.c_str());
    if (!element.attribute("xml:space")) element.append_attribute("xml:space");
    element.attribute("xml:space").set_value("preserve");
}

std::string xml_safe(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    while (!text.empty()) {
        const base::Character character = base::first_character(text);
        if (character.bytes == 0) {
            clean += "\uFFFD";
        } else if (character.code == '\r') {
            if (!text.starts_with("\r\n")) clean += '\n';
        } else if (allowed_in_xml(character.code)) {
            clean += text.substr(0, character.bytes);
        }
        text.remove_prefix(character.bytes == 0 ? 1 : character.bytes);
    }
    return clean;
}

}  // namespace opora::documents
