#include "opora/documents/issuer_values.hpp"

#include <fmt/format.h>

namespace opora::documents {

std::string or_blank(const std::string& text, std::size_t underscores) {
    return text.empty() ? std::string(underscores, '_') : text;
}

void add_issuer(TemplateValues& values, const Issuer& issuer) {
    auto& entries = values.entries;
    entries["authority"] = or_blank(issuer.authority, 30);
    entries["authority_short"] =
        issuer.authority_short.empty() ? or_blank(issuer.authority, 25) : issuer.authority_short;
    entries["place"] = issuer.place;
    entries["date"] =
        issuer.date.empty() ? std::string{"«__» __________ 20__ г."} : "от " + issuer.date;
    entries["number"] = or_blank(issuer.number, 5);
    entries["draft"] = issuer.number.empty() || issuer.date.empty();
    entries["signatory_position"] = or_blank(issuer.signatory_position, 24);
    entries["signatory_name"] = or_blank(issuer.signatory_name, 14);
    entries["executor"] = issuer.executor;
}

void add_origin(TemplateValues& values, const wording::ListHeading& heading, const Issuer& issuer,
                const wording::Vocabulary& vocabulary) {
    std::string methodology = heading.methodology;
    if (!vocabulary.methodology.empty())
        methodology += fmt::format(" («{}»)", vocabulary.methodology);
    if (!heading.version.empty()) methodology += fmt::format(", версия {}", heading.version);
    auto& entries = values.entries;
    entries["methodology"] = methodology;
    entries["snapshot"] = heading.snapshot.empty() ? std::string{"не указан"} : heading.snapshot;
    entries["audit_head"] = issuer.audit_head;
    entries["year"] = model::title(heading.year);
}

}  // namespace opora::documents
