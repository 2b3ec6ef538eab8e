#pragma once

#include <doctest/doctest.h>

#include <pugixml.hpp>
#include <string>

#include "opora/documents/package.hpp"
#include "opora/documents/xml_text.hpp"

namespace opora::testing {

inline std::string docx_part(const std::string& docx, const std::string& name) {
    const auto package = documents::unpack(docx, "test.docx");
    REQUIRE(package);
    for (const documents::PackagePart& part : *package) {
        if (part.name == name) return part.content;
    }
    return "";
}

/// The text of a node as a reader sees it: `paragraph_end` behind paragraphs, `row_end` behind
/// rows, breaks shown.
inline std::string visible_text(pugi::xml_node node, const std::string& paragraph_end,
                                const std::string& row_end) {
    const std::string name = node.name();
    if (name == "w:t") return documents::xml_text(node);
    if (name == "w:br") return "<br>";
    if (name == "w:tab") return "<tab>";
    std::string text;
    for (const pugi::xml_node child : node.children()) {
        text += visible_text(child, paragraph_end, row_end);
    }
    if (name == "w:p") text += paragraph_end;
    if (name == "w:tr") text += row_end;
    return text;
}

inline std::string docx_text(const std::string& docx, const std::string& name,
                             const std::string& paragraph_end, const std::string& row_end) {
    pugi::xml_document document;
    const std::string part = docx_part(docx, name);
    REQUIRE(document.load_buffer(part.data(), part.size(),
                                 pugi::parse_default | pugi::parse_ws_pcdata));
    return visible_text(document, paragraph_end, row_end);
}

}  // namespace opora::testing
