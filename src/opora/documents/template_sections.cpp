#include "opora/documents/template_sections.hpp"

#include <algorithm>

namespace opora::documents {

namespace {

/// The node itself first, the root of the document last.
std::vector<pugi::xml_node> line_of(pugi::xml_node node) {
    std::vector<pugi::xml_node> line;
    for (; node; node = node.parent()) line.push_back(node);
    return line;
}

/// Where the lines of two nodes meet, and the children of that node through which they come.
struct Meeting {
    pugi::xml_node node;
    pugi::xml_node first;
    pugi::xml_node last;
};

Meeting meeting(pugi::xml_node left, pugi::xml_node right) {
    const auto left_line = line_of(left);
    const auto right_line = line_of(right);
    auto from_left = left_line.rbegin();
    auto from_right = right_line.rbegin();
    Meeting found;
    while (from_left != left_line.rend() && from_right != right_line.rend() &&
           *from_left == *from_right) {
        found.node = *from_left;
        ++from_left;
        ++from_right;
    }
    if (from_left != left_line.rend()) found.first = *from_left;
    if (from_right != right_line.rend()) found.last = *from_right;
    return found;
}

pugi::xml_node nearest(pugi::xml_node node, const char* name) {
    while (node && !is_named(node, name)) node = node.parent();
    return node;
}

SectionNodes siblings(pugi::xml_node first, pugi::xml_node last) {
    SectionNodes nodes;
    for (pugi::xml_node node = first; node; node = node.next_sibling()) {
        nodes.push_back(node);
        if (node == last) break;
    }
    return nodes;
}

void remove_marker(const Token& marker) {
    const pugi::xml_node run = marker.node.parent();
    run.parent().remove_child(run);
}

/// A paragraph that carries a section's page layout stays, or the layout would be lost.
bool is_spent(pugi::xml_node paragraph) {
    return !has_content(paragraph) && !paragraph.child("w:pPr").child("w:sectPr");
}

bool is_blank_row(pugi::xml_node row) {
    for (const pugi::xml_node cell : row.children("w:tc")) {
        for (const pugi::xml_node block : cell.children()) {
            if (is_named(block, "w:p") ? has_content(block) : is_named(block, "w:tbl"))
                return false;
        }
    }
    return true;
}

bool content_before(pugi::xml_node run) {
    for (pugi::xml_node node = run.previous_sibling(); node; node = node.previous_sibling()) {
        if (is_named(node, "w:r") ? has_content(node) || node.child("w:t") : node.child("w:r")) {
            return true;
        }
    }
    return false;
}

bool content_after(pugi::xml_node run) {
    for (pugi::xml_node node = run.next_sibling(); node; node = node.next_sibling()) {
        if (is_named(node, "w:r") ? has_content(node) || node.child("w:t") : node.child("w:r")) {
            return true;
        }
    }
    return false;
}

std::optional<SectionNodes> inline_section(const Token& open, const Token& close) {
    const pugi::xml_node first = open.node.parent();
    const pugi::xml_node last = close.node.parent();
    if (first.parent() != last.parent()) return std::nullopt;
    SectionNodes nodes = siblings(first, last);
    nodes.erase(nodes.begin());
    nodes.pop_back();
    remove_marker(open);
    remove_marker(close);
    return nodes;
}

/// The marker goes, and so does its paragraph if it held nothing else and is not the only block of
/// its cell.
void remove_marker_in_row(const Token& marker) {
    const pugi::xml_node paragraph = nearest(marker.node, "w:p");
    remove_marker(marker);
    pugi::xml_node cell = paragraph.parent();
    const bool alone = !paragraph.next_sibling("w:p") && !paragraph.previous_sibling("w:p");
    if (is_spent(paragraph) && !alone) cell.remove_child(paragraph);
}

SectionNodes row_section(const Token& open, const Token& close, SectionNodes rows) {
    remove_marker_in_row(open);
    remove_marker_in_row(close);
    if (rows.size() == 1) return rows;
    for (const pugi::xml_node row : {rows.front(), rows.back()}) {
        if (!is_blank_row(row)) continue;
        std::erase(rows, row);
        row.parent().remove_child(row);
    }
    return rows;
}

std::optional<SectionNodes> block_section(const Token& open, const Token& close,
                                          SectionNodes blocks) {
    const pugi::xml_node first = blocks.front();
    const pugi::xml_node last = blocks.back();
    if (!is_named(first, "w:p") || !is_named(last, "w:p")) return std::nullopt;
    if (content_before(open.node.parent()) || content_after(close.node.parent())) {
        return std::nullopt;
    }
    remove_marker(open);
    remove_marker(close);
    for (const pugi::xml_node paragraph : {first, last}) {
        if (!is_spent(paragraph)) continue;
        std::erase(blocks, paragraph);
        paragraph.parent().remove_child(paragraph);
    }
    return blocks;
}

}  // namespace

std::optional<SectionNodes> enclosed(const Token& open, const Token& close) {
    if (nearest(open.node, "w:p") == nearest(close.node, "w:p")) return inline_section(open, close);
    const Meeting met = meeting(open.node, close.node);
    if (is_named(met.node, "w:tr")) return row_section(open, close, {met.node});
    if (!met.first || !met.last) return std::nullopt;
    if (is_named(met.first, "w:tr") && is_named(met.last, "w:tr")) {
        return row_section(open, close, siblings(met.first, met.last));
    }
    return block_section(open, close, siblings(met.first, met.last));
}

}  // namespace opora::documents
