#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/documents/template_tokens.hpp"
#include "opora/documents/template_values.hpp"

namespace opora::documents {

/// What filling may still produce over all parts of a document, so that nested sections cannot fill
/// the memory.
struct FillBudget {
    std::int64_t nodes = 2'000'000;
    std::int64_t text_bytes = 100'000'000;
};

/// Fills one part of a document in place.
class TemplateFiller {
public:
    TemplateFiller(const TemplateValues& values, std::string file, FillBudget& budget)
        : scopes_{&values}, file_{std::move(file)}, budget_{budget} {}

    base::Result<base::Done> fill(pugi::xml_node part);

private:
    const TemplateValues::Value* find(const std::string& name) const;
    base::Result<base::Done> expand(pugi::xml_node root);
    base::Result<base::Done> expand_section(const Token& open, const Token& close);
    base::Result<base::Done> repeat(const std::vector<pugi::xml_node>& nodes,
                                    const TemplateValues::List& items);
    base::Result<base::Done> write(const Token& token);
    base::Result<base::Done> spend_nodes(const std::vector<pugi::xml_node>& nodes,
                                         std::size_t times);

    base::Unexpected<base::Error> unknown(const Token& token) const;
    base::Unexpected<base::Error> wrong_kind(const Token& token) const;
    base::Unexpected<base::Error> unbalanced(const Token& token) const;
    base::Unexpected<base::Error> too_large() const;
    const std::string& paragraph(const Token& token) const { return paragraphs_[token.paragraph]; }

    std::vector<const TemplateValues*> scopes_;  ///< Outermost first.
    std::string file_;
    FillBudget& budget_;
    std::vector<std::string> paragraphs_;
};

}  // namespace opora::documents
