#include "opora/documents/letter_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "opora/documents/issuer_values.hpp"
#include "opora/wording/compared_value.hpp"
#include "opora/wording/derivation_lines.hpp"
#include "opora/wording/expression_words.hpp"
#include "opora/wording/numbers.hpp"

namespace opora::documents {

namespace {

using model::Outcome;

/// «+2», «−1»: how many pupils more or fewer would bring the other answer.
std::string change_in_people(std::int64_t change) {
    return fmt::format("{}{}", change < 0 ? "\u2212" : "+", std::abs(change));
}

/// The indicator of all rows, named once above them; empty when they differ.
std::string common_indicator(const std::vector<wording::ComparedValue>& values) {
    if (values.empty()) return "";
    const std::string& first = values.front().indicator;
    const bool common = std::ranges::all_of(values, [&](const wording::ComparedValue& value) {
        return value.indicator == first && value.procedure.has_value();
    });
    return common ? first : "";
}

TemplateValues row(const wording::ComparedValue& value, model::SchoolYear year,
                   const wording::Vocabulary& vocabulary, bool indicator_named) {
    std::string label = wording::value_label(value, year, vocabulary);
    if (value.procedure && !value.indicator.empty() && !indicator_named) {
        label += "\n" + wording::indicator_title(value.indicator, vocabulary);
    }
    const bool compared = !value.comparison.empty();
    const bool of_people =
        value.unit == model::Unit::share && value.value.ratio.denominator == value.value.n;
    const std::string counts = of_people           ? wording::counts_text(value.value, value.unit)
                               : value.value.n > 0 ? fmt::format("{}", value.value.n)
                                                   : std::string{"—"};
    std::string counted = "—";
    if (value.outcome == Outcome::met) counted = "да";
    if (value.outcome == Outcome::not_met) counted = "нет";
    return {
        {{"label", label},
         {"counts", counts},
         {"value", wording::value_text_beside(value.value, compared ? value.threshold : value.value,
                                              value.unit)},
         {"interval", value.has_interval
                          ? wording::interval_text(value.interval_low, value.interval_high)
                          : std::string{}},
         {"threshold", compared ? wording::threshold_words(value.comparison, value.threshold,
                                                           value.threshold_unit)
                                : std::string{"—"}},
         {"counted", counted},
         {"gap", value.gap && *value.gap != 0 ? change_in_people(*value.gap) : std::string{"—"}}}};
}

/// Values that met their threshold stand first.
TemplateValues::List rows(const std::vector<wording::ComparedValue>& values, model::SchoolYear year,
                          const wording::Vocabulary& vocabulary) {
    TemplateValues::List list;
    const bool named = !common_indicator(values).empty();
    for (const bool met : {true, false}) {
        for (const wording::ComparedValue& value : values) {
            if (!value.value.known() || (value.outcome == Outcome::met) != met) continue;
            list.push_back(row(value, year, vocabulary, named));
        }
    }
    return list;
}

/// A rule with its table; of a rule that is not met a sentence is enough.
TemplateValues rule(const model::Finding& finding, model::SchoolYear year,
                    const wording::Vocabulary& vocabulary) {
    const auto values = wording::compared_values(finding.derivation);
    std::string summary;
    for (const std::string& line : wording::summary_lines(finding.derivation, year, vocabulary)) {
        summary += (summary.empty() ? "" : " ") + line;
    }
    const std::string indicator = common_indicator(values);
    if (!indicator.empty() && finding.outcome == Outcome::met) {
        const std::string title = wording::indicator_title(indicator, vocabulary);
        summary += fmt::format("{}Показатель: {}.", summary.empty() ? "" : " ",
                               wording::with_small_letter(title));
    }
    TemplateValues::List remarks;
    for (const std::string& remark : wording::missing_lines(values, year, vocabulary)) {
        remarks.push_back({{{"remark", remark}}});
    }
    const bool table = finding.outcome == Outcome::met;
    return {{{"rule", finding.rule},
             {"clause", finding.clause},
             {"sentence", wording::rule_sentence(finding, vocabulary)},
             {"summary", summary},
             {"rows", table ? rows(values, year, vocabulary) : TemplateValues::List{}},
             {"remarks", std::move(remarks)}}};
}

TemplateValues::List rules(const model::Listing& listing, model::SchoolYear year,
                           const wording::Vocabulary& vocabulary) {
    TemplateValues::List list;
    constexpr std::array<Outcome, 3> order{Outcome::met, Outcome::not_met, Outcome::unknown};
    for (const Outcome outcome : order) {
        for (const model::Finding& finding : listing.findings) {
            if (finding.outcome == outcome) list.push_back(rule(finding, year, vocabulary));
        }
    }
    return list;
}

std::string sources(const model::Listing& listing) {
    std::vector<model::Source> all;
    for (const model::Finding& finding : listing.findings) {
        const auto own = wording::sources_of(finding.derivation);
        all.insert(all.end(), own.begin(), own.end());
    }
    return wording::sources_words(wording::merged(std::move(all)));
}

std::string title(const model::Listing& listing) {
    const bool teacher = !listing.teacher.value.empty();
    switch (listing.verdict) {
        case model::Verdict::listed:
            return teacher ? "О включении в перечень педагогов, обучающиеся которых показывают "
                             "низкие результаты"
                           : "О включении в перечень школ с низкими образовательными результатами";
        case model::Verdict::watch:
            return teacher ? "О наблюдении за результатами обучающихся педагога"
                           : "О наблюдении за образовательными результатами школы";
        case model::Verdict::not_listed:
        case model::Verdict::unknown:
        case model::Verdict::excluded:
            return teacher ? "О рассмотрении результатов обучающихся педагога"
                           : "О рассмотрении образовательных результатов школы";
    }
    return "";
}

std::string opening(const model::Listing& listing, const wording::ListHeading& heading,
                    const std::string& methodology) {
    const std::string object =
        listing.teacher.value.empty()
            ? fmt::format("школе {} ({})", listing.school_name, listing.school.value)
            : fmt::format("педагогу {} ({}, {})", listing.teacher.value, listing.school_name,
                          listing.school.value);
    return fmt::format(
        "Рассмотрены результаты оценочных процедур за {} учебный год по методике {}. Сообщаем "
        "заключение по {}.",
        model::title(heading.year), methodology, object);
}

std::string acknowledgement(const model::Listing& listing, const wording::ListHeading& heading) {
    if (listing.verdict != model::Verdict::listed) return "";
    const std::string whom =
        listing.teacher.value.empty()
            ? "школ с низкими образовательными результатами"
            : fmt::format(
                  "педагогов, обучающиеся которых показывают низкие результаты, педагога {}",
                  listing.teacher.value);
    return fmt::format(
        "С включением в перечень {} по итогам {} учебного года и с его основаниями "
        "ознакомлен(а): {} ({}).",
        whom, model::title(heading.year), listing.school_name, listing.school.value);
}

}  // namespace

TemplateValues letter_values(const model::Listing& listing, const wording::ListHeading& heading,
                             const LetterDetails& details, const wording::Vocabulary& vocabulary) {
    TemplateValues values;
    add_issuer(values, details.issuer);
    add_origin(values, heading, details.issuer, vocabulary);
    auto& entries = values.entries;
    TemplateValues::List notes;
    for (const std::string& note : listing.notes) notes.push_back({{{"note", note}}});
    entries["school"] = listing.school_name;
    entries["code"] = listing.school.value;
    entries["head"] = details.head;
    entries["title"] = title(listing);
    entries["opening"] = opening(listing, heading, std::get<std::string>(entries["methodology"]));
    entries["verdict"] = wording::verdict_sentence(listing, vocabulary);
    entries["reliability"] = wording::reliability_sentence(listing);
    entries["notes"] = std::move(notes);
    entries["rules"] = rules(listing, heading.year, vocabulary);
    entries["sources"] = sources(listing);
    entries["closing"] = details.closing;
    entries["listed"] = listing.verdict == model::Verdict::listed;
    entries["acknowledgement"] = acknowledgement(listing, heading);
    return values;
}

}  // namespace opora::documents
