#pragma once

#include <optional>
#include <vector>

#include "opora/documents/template_tokens.hpp"

namespace opora::documents {

/// Nodes that a section repeats or drops: siblings, from first to last.
using SectionNodes = std::vector<pugi::xml_node>;

/// Finds what a section encloses and takes its two markers out of the document.
///
///  * Both markers in one paragraph: the runs between them.
///  * Markers in different cells of one table row: the row. In different rows of one table: these
///  rows and all between;
///    a row that held nothing but a marker goes.
///  * Otherwise both markers in the same cell, text box, header or body: the paragraphs and tables
///  from one to the
///    other; a paragraph that held nothing but a marker goes. The opening marker then starts its
///    paragraph and the closing one ends its own.
///
/// std::nullopt when the markers stand otherwise, e.g. one inside a table and one outside. The
/// nodes may be none.
std::optional<SectionNodes> enclosed(const Token& open, const Token& close);

}  // namespace opora::documents
