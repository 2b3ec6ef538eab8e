#include "opora/documents/docx_template.hpp"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <string_view>
#include <utility>

#include "opora/documents/package.hpp"
#include "opora/documents/template_filler.hpp"

namespace opora::documents {

namespace {

/// Deeper markup than this is no document; it also bounds every recursion over the tree.
constexpr int depth_max = 256;

struct StringWriter : pugi::xml_writer {
    std::string text;

    void write(const void* data, std::size_t size) override {
        text.append(static_cast<const char*>(data), size);
    }
};

bool is_shallow(pugi::xml_node root) {
    int depth = 0;
    pugi::xml_node node = root;
    while (true) {
        if (const pugi::xml_node child = node.first_child()) {
            if (++depth > depth_max) return false;
            node = child;
            continue;
        }
        while (node != root && !node.next_sibling()) {
            node = node.parent();
            --depth;
        }
        if (node == root) return true;
        node = node.next_sibling();
    }
}

/// Names that only filling itself gives to elements; in a template they would be forged.
bool has_reserved_names(pugi::xml_node root) {
    for (pugi::xml_node node = root; node; node = next_in_document(node, root)) {
        if (std::string_view{node.name()}.starts_with("opora:")) return true;
    }
    return false;
}

bool is_filled(pugi::xml_node root) {
    for (const char* name : {"w:document", "w:hdr", "w:ftr", "w:footnotes", "w:endnotes"}) {
        if (is_named(root, name)) return true;
    }
    return false;
}

pugi::xml_node last_element(pugi::xml_node node) {
    pugi::xml_node last = node.last_child();
    while (last && last.type() != pugi::node_element) last = last.previous_sibling();
    return last;
}

/// A cell ends with a paragraph, and a header holds at least one: Word repairs a document where
/// that fails.
void complete(pugi::xml_node root) {
    for (pugi::xml_node node = root; node; node = next_in_document(node, root)) {
        const bool cell = is_named(node, "w:tc");
        const bool text = is_named(node, "w:hdr") || is_named(node, "w:ftr") ||
                          is_named(node, "w:txbxContent") || is_named(node, "w:footnote") ||
                          is_named(node, "w:endnote");
        if ((cell && !is_named(last_element(node), "w:p")) || (text && !node.child("w:p"))) {
            node.append_child("w:p");
        }
    }
}

/// A table that lost all its rows is none.
void drop_empty_tables(pugi::xml_node root) {
    std::vector<pugi::xml_node> empty;
    for (pugi::xml_node node = root; node; node = next_in_document(node, root)) {
        if (is_named(node, "w:tbl") && !node.child("w:tr") && !node.child("w:sdt")) {
            empty.push_back(node);
        }
    }
    for (const pugi::xml_node table : empty) table.parent().remove_child(table);
}

base::Unexpected<base::Error> broken_part(const std::string& file, const std::string& part) {
    return base::Unexpected{base::Error{
        .code = "template_not_docx",
        .message =
            fmt::format("Часть «{}» документа повреждена. Откройте шаблон в Word и сохраните "
                        "его заново в формате «Документ Word (*.docx)»",
                        part),
        .place = {.file = file, .sheet = {}, .row = {}, .column = {}},
        .expected = {},
        .found = {}}};
}

bool may_be_filled(const std::string& name) {
    return name.starts_with("word/") && name.ends_with(".xml");
}

/// Fills a part if it holds text of the document; other parts stay as they are, byte for byte.
base::Result<base::Done> fill_part(PackagePart& part, const TemplateValues& values,
                                   const std::string& file, FillBudget& budget) {
    // Office files have no DTD; one would only be there to do harm.
    if (part.content.find("<!DOCTYPE") != std::string::npos) return broken_part(file, part.name);
    pugi::xml_document document;
    const auto parsed = document.load_buffer(part.content.data(), part.content.size(),
                                             pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed || !is_shallow(document)) return broken_part(file, part.name);
    const pugi::xml_node root = document.document_element();
    if (!is_filled(root)) return base::Done{};
    if (has_reserved_names(root)) return broken_part(file, part.name);

    TemplateFiller filler{values, file, budget};
    OPORA_TRY(filler.fill(root));
    drop_empty_tables(root);
    complete(root);
    StringWriter writer;
    writer.text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    document.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    part.content = std::move(writer.text);
    return base::Done{};
}

}  // namespace

base::Result<std::string> fill_template(std::string_view docx, const TemplateValues& values,
                                        const std::string& file) {
    Package package = OPORA_TRY(unpack(docx, file));
    FillBudget budget;
    bool body = false;
    for (PackagePart& part : package) {
        body = body || part.name == "word/document.xml";
        if (may_be_filled(part.name)) OPORA_TRY(fill_part(part, values, file, budget));
    }
    if (!body) return broken_part(file, "word/document.xml");
    return pack(package);
}

}  // namespace opora::documents
