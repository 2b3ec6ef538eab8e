#include "opora/documents/order_document.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/documents/issuer_values.hpp"
#include "opora/wording/compared_value.hpp"
#include "opora/wording/derivation_lines.hpp"
#include "opora/wording/explain.hpp"
#include "opora/wording/expression_words.hpp"
#include "opora/wording/numbers.hpp"

namespace opora::documents {

namespace {

using model::Verdict;

constexpr std::size_t values_shown_max =
    3;  // An annex is read at a glance; the letter has them all.

/// «ВПР, математика, 5 класс — 8 из 25 (32,0 %)», for the first values that met their threshold,
/// and how many more.
std::string met_values(const model::Finding& finding, model::SchoolYear year,
                       const wording::Vocabulary& vocabulary) {
    std::string text;
    std::size_t count = 0;
    for (const wording::ComparedValue& value : wording::values_met(finding.derivation)) {
        if (++count > values_shown_max) continue;
        const std::string number =
            wording::value_text_beside(value.value, value.threshold, value.unit);
        const std::string counted = wording::counts_text(value.value, value.unit);
        text += fmt::format("{}{} — {}", text.empty() ? "" : "; ",
                            wording::value_label(value, year, vocabulary),
                            value.gap ? fmt::format("{} ({})", counted, number) : number);
    }
    if (count > values_shown_max) text += fmt::format("; и ещё {}", count - values_shown_max);
    return text;
}

/// One line per rule that was met, then the notes.
std::string reason(const model::Listing& listing, model::SchoolYear year,
                   const wording::Vocabulary& vocabulary) {
    std::string text;
    const auto add_line = [&](const std::string& line) {
        text += (text.empty() ? "" : "\n") + line;
    };
    for (const std::string& rule : listing.rules_met) {
        const auto finding = std::ranges::find(listing.findings, rule, &model::Finding::rule);
        std::string line = wording::capitalised(wording::rule_name(rule, vocabulary));
        if (finding != listing.findings.end()) {
            if (!finding->clause.empty()) line += ", " + wording::clause_words(finding->clause);
            const std::string values = met_values(*finding, year, vocabulary);
            if (!values.empty()) line += ": " + values;
        }
        add_line(line + ".");
    }
    for (const std::string& note : listing.notes) add_line(wording::capitalised(note) + ".");
    return text;
}

TemplateValues::List schools_with(const model::SchoolList& list, Verdict verdict,
                                  const OrderDetails& details,
                                  const wording::Vocabulary& vocabulary) {
    TemplateValues::List rows;
    for (const model::Listing& listing : list.listings) {
        if (listing.verdict != verdict) continue;
        const auto particulars = details.schools.find(listing.school);
        std::string code = listing.school.value;
        if (!listing.teacher.value.empty()) code += ", педагог " + listing.teacher.value;
        rows.push_back({{{"number", fmt::format("{}", rows.size() + 1)},
                         {"school", listing.school_name},
                         {"code", code},
                         {"municipality", particulars == details.schools.end()
                                              ? std::string{}
                                              : particulars->second.municipality},
                         {"reason", reason(listing, list.year, vocabulary)}}});
    }
    return rows;
}

TemplateValues::List numbered(const std::vector<OrderPoint>& points) {
    TemplateValues::List list;
    for (std::size_t i = 0; i < points.size(); ++i) {
        TemplateValues::List subpoints;
        for (std::size_t k = 0; k < points[i].subpoints.size(); ++k) {
            subpoints.push_back({{{"number", fmt::format("{}.{}", i + 1, k + 1)},
                                  {"text", points[i].subpoints[k]}}});
        }
        list.push_back({{{"number", fmt::format("{}", i + 1)},
                         {"text", points[i].text},
                         {"subpoints", std::move(subpoints)}}});
    }
    return list;
}

std::string count_of(const model::SchoolList& list, Verdict verdict) {
    return fmt::format("{}", std::ranges::count(list.listings, verdict, &model::Listing::verdict));
}

Listed listed_of(const model::SchoolList& list) {
    const bool teachers = std::ranges::any_of(list.listings, [](const model::Listing& listing) {
        return !listing.teacher.value.empty();
    });
    return teachers ? Listed::teachers : Listed::schools;
}

}  // namespace

std::vector<OrderPoint> default_order_points(const OrderDetails& details, Listed listed) {
    const bool teachers = listed == Listed::teachers;
    const std::string responsible = details.responsible.empty()
                                        ? "Ответственному исполнителю ______________"
                                        : details.responsible;
    const std::string schools_named =
        teachers ? "педагоги которых включены в перечень" : "включённых в перечень";
    const std::string control = details.control.empty() ? std::string{"оставляю за собой"}
                                                        : "возложить на " + details.control;
    return {
        {"Утвердить прилагаемый перечень.", {}},
        {responsible + ":",
         {fmt::format("Уведомить под подпись руководителей школ, {}, о включении и его "
                      "основаниях в срок до ______________.",
                      schools_named),
          teachers ? "Организовать адресную методическую помощь этим педагогам."
                   : "Организовать адресную методическую помощь этим школам и сопровождение их "
                     "программ улучшения результатов."}},
        {fmt::format("Руководителям школ, {}:", schools_named),
         {teachers ? "Ознакомить педагогов с основаниями включения."
                   : "Рассмотреть основания включения на заседании педагогического совета.",
          teachers ? "Составить с каждым педагогом план методической помощи и представить его в "
                     "срок до ______________."
                   : "Разработать программу улучшения образовательных результатов и "
                     "представить её в срок до ______________."}},
        {"Контроль за исполнением приказа " + control + ".", {}}};
}

TemplateValues order_values(const model::SchoolList& list, const OrderDetails& details,
                            const wording::Vocabulary& vocabulary) {
    const std::string year = model::title(list.year);
    const Listed listed = listed_of(list);
    const bool teachers = listed == Listed::teachers;
    const std::string of_whom = teachers
                                    ? "педагогов, обучающиеся которых показывают низкие результаты"
                                    : "школ с низкими образовательными результатами";
    const std::string list_title = fmt::format("{} по итогам {} учебного года", of_whom, year);

    TemplateValues values;
    add_issuer(values, details.issuer);
    add_origin(values, wording::heading_of(list), details.issuer, vocabulary);
    auto& entries = values.entries;
    entries["list_title"] = list_title;
    entries["title"] =
        details.title.empty() ? "Об утверждении перечня " + list_title : details.title;
    entries["basis"] = details.basis.empty()
                           ? fmt::format(
                                 "По результатам анализа оценочных процедур за {} учебный год, "
                                 "выполненного по методике {}, в целях адресной поддержки {}",
                                 year, std::get<std::string>(entries["methodology"]),
                                 teachers ? "педагогов" : "школ")
                           : details.basis;
    entries["points"] =
        numbered(details.points.empty() ? default_order_points(details, listed) : details.points);
    entries["schools"] = schools_with(list, Verdict::listed, details, vocabulary);
    entries["watched"] = schools_with(list, Verdict::watch, details, vocabulary);
    entries["considered"] =
        fmt::format("{}", list.listings.size() -
                              static_cast<std::size_t>(std::ranges::count(
                                  list.listings, Verdict::excluded, &model::Listing::verdict)));
    entries["considered_title"] = teachers ? "Рассмотрено педагогов" : "Рассмотрено школ";
    entries["none_found"] = fmt::format("{}, отвечающих условиям методики, не выявлено.",
                                        teachers ? "Педагогов" : "Школ");
    entries["watched_title"] = teachers ? "Педагоги под наблюдением" : "Школы под наблюдением";
    entries["listed_count"] = count_of(list, Verdict::listed);
    entries["watched_count"] = count_of(list, Verdict::watch);
    entries["unknown_count"] = count_of(list, Verdict::unknown);
    return values;
}

}  // namespace opora::documents
