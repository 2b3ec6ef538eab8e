#include "opora/documents/methodology_summary.hpp"

#include <fmt/format.h>

#include "opora/wording/parameter_words.hpp"

namespace opora::documents {

namespace {

std::string day(const std::chrono::year_month_day& date) {
    return fmt::format("{:02}.{:02}.{}", static_cast<unsigned>(date.day()),
                       static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

std::string in_force(const rules::Document& document) {
    if (!document.in_force_from.ok()) return "";
    std::string text = "с " + day(document.in_force_from);
    if (document.in_force_to) text += " по " + day(*document.in_force_to);
    return text;
}

using Subjects = std::map<model::SubjectCode, std::string>;

ParameterSummary summary(const rules::Parameter& parameter, const Subjects& subjects) {
    std::string other;
    for (const rules::ParameterValue& value : parameter.other) {
        other += (other.empty() ? "" : "; ") + wording::value_words(parameter, value, subjects);
    }
    return {.name = parameter.name,
            .value = wording::value_words(parameter, parameter.value, subjects),
            .clause = parameter.clause,
            .evidence = evidence_words(parameter.evidence),
            .why = parameter.why,
            .title = parameter.title,
            .other = other};
}

}  // namespace

std::string evidence_words(const std::string& mark) {
    if (mark == "C") return "есть источник";
    if (mark == "C2") return "вторичный источник";
    if (mark == "K") return "общепринято, источник не найден";
    if (mark == "U") return "в источниках не найдено";
    if (mark == "D") return "выведено расчётом";
    if (mark.starts_with('S')) return "сказано в документе";
    return mark;
}

MethodologySummary methodology_summary(const rules::Pack& pack, const Subjects& subjects) {
    MethodologySummary summary{.id = pack.document.id,
                               .version = pack.document.version,
                               .title = pack.document.title,
                               .issuer = pack.document.issuer,
                               .source = pack.document.source,
                               .in_force = in_force(pack.document),
                               .listing = pack.decision.listing_text};
    for (const rules::Rule& rule : pack.rules) {
        summary.rules.push_back({.id = rule.id,
                                 .title = rule.title,
                                 .clause = rule.clause,
                                 .expression = rule.when_text});
    }
    for (const rules::Parameter& parameter : pack.parameters) {
        summary.parameters.push_back(documents::summary(parameter, subjects));
    }
    for (const rules::Note& note : pack.notes) summary.notes.push_back({note.clause, note.what});
    return summary;
}

}  // namespace opora::documents
