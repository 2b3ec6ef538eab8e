#include "opora/cli/derivation_table.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace opora::cli {

namespace {

using Json = nlohmann::ordered_json;
using model::Derivation;
using wording::ColumnStyle;
using wording::TableCell;

std::string_view kind_code(Derivation::Kind kind) {
    switch (kind) {
        case Derivation::Kind::logic: return "logic";
        case Derivation::Kind::quantifier: return "quantifier";
        case Derivation::Kind::comparison: return "comparison";
        case Derivation::Kind::arithmetic: return "arithmetic";
        case Derivation::Kind::indicator: return "indicator";
        case Derivation::Kind::parameter: return "parameter";
        case Derivation::Kind::constant: return "constant";
    }
    return "";
}

bool has_outcome(const Derivation& node) {
    return node.kind == Derivation::Kind::logic || node.kind == Derivation::Kind::comparison ||
           (node.kind == Derivation::Kind::quantifier && !node.value.known());
}

std::string sources_text(const Derivation& node) {
    std::string text;
    for (const model::Source& source : node.sources) {
        if (!text.empty()) text += "; ";
        text += fmt::format("{}:{}-{}", source.file, source.row_first, source.row_last);
    }
    return text;
}

void add_rows(wording::Table& table, const model::Listing& listing, const model::Finding& finding,
              const Derivation& node, std::int64_t level) {
    std::vector<TableCell> row{
        listing.school.value,
        listing.teacher.value.empty() ? TableCell{} : TableCell{listing.teacher.value},
        finding.rule, finding.clause, level, std::string{kind_code(node.kind)}, node.text};
    const auto add = [&row](bool present, TableCell cell) {
        row.push_back(present ? std::move(cell) : TableCell{});
    };
    const bool known = node.value.known();
    add(!node.indicator.empty(), node.indicator);
    add(node.procedure.has_value(),
        node.procedure ? std::string{model::code(node.procedure->type)} : std::string{});
    add(node.procedure.has_value(), node.procedure ? node.procedure->subject.value : std::string{});
    add(node.procedure.has_value(), std::int64_t{node.procedure ? node.procedure->grade : 0});
    add(node.year.has_value(), std::int64_t{node.year ? node.year->ending : 0});
    add(has_outcome(node), std::string{model::code(node.outcome)});
    add(known, node.value.ratio.value());
    add(known && node.kind == Derivation::Kind::indicator, node.value.ratio.numerator);
    add(known && node.value.n > 0, node.value.n);
    add(node.has_interval, node.interval_low);
    add(node.has_interval, node.interval_high);
    add(!node.sources.empty(), sources_text(node));
    table.rows.push_back(std::move(row));
    for (const Derivation& part : node.parts) add_rows(table, listing, finding, part, level + 1);
}

Json node_json(const Derivation& node) {
    Json json{{"kind", kind_code(node.kind)}, {"text", node.text}};
    if (!node.indicator.empty()) json["indicator"] = node.indicator;
    if (!node.comparison.empty()) json["comparison"] = node.comparison;
    if (node.procedure) {
        json["procedure"] = {{"type", model::code(node.procedure->type)},
                             {"subject", node.procedure->subject.value},
                             {"grade", node.procedure->grade},
                             {"programme_grade", node.procedure->programme_grade},
                             {"year", node.procedure->year.ending}};
    }
    if (node.year) json["year"] = node.year->ending;
    if (has_outcome(node)) json["outcome"] = model::code(node.outcome);
    if (node.value.known()) {
        json["value"] = node.value.ratio.value();
        json["numerator"] = node.value.ratio.numerator;
        json["denominator"] = node.value.ratio.denominator;
        json["n"] = node.value.n;
        json["unit"] = model::code(node.unit);
    } else if (!has_outcome(node)) {
        json["missing"] = model::title(node.value.missing);
    }
    if (node.has_interval) json["interval"] = {node.interval_low, node.interval_high};
    for (const model::Source& source : node.sources) {
        json["sources"].push_back({{"file", source.file},
                                   {"row_first", source.row_first},
                                   {"row_last", source.row_last}});
    }
    for (const Derivation& part : node.parts) json["parts"].push_back(node_json(part));
    return json;
}

}  // namespace

wording::Table derivation_table(const model::SchoolList& list) {
    wording::Table table{.title = "Обоснование",
                         .columns = {{"school_id", "Код школы"},
                                     {"teacher_id", "Педагог"},
                                     {"rule", "Правило"},
                                     {"clause", "Пункт"},
                                     {"level", "Уровень", ColumnStyle::whole},
                                     {"kind", "Вид"},
                                     {"text", "Выражение"},
                                     {"indicator", "Показатель"},
                                     {"type", "Процедура"},
                                     {"subject", "Предмет"},
                                     {"grade", "Класс"},
                                     {"year", "Год"},
                                     {"outcome", "Вывод"},
                                     {"value", "Значение", ColumnStyle::number},
                                     {"numerator", "Числитель", ColumnStyle::whole},
                                     {"n", "n", ColumnStyle::whole},
                                     {"ci_low", "ДИ 95 % от", ColumnStyle::number},
                                     {"ci_high", "ДИ 95 % до", ColumnStyle::number},
                                     {"sources", "Источник"}}};
    for (const model::Listing& listing : list.listings) {
        for (const model::Finding& finding : listing.findings) {
            add_rows(table, listing, finding, finding.derivation, 0);
        }
    }
    return table;
}

std::string derivation_json(const model::SchoolList& list) {
    Json all = Json::array();
    for (const model::Listing& listing : list.listings) {
        Json one{{"school_id", listing.school.value},
                 {"school_name", listing.school_name},
                 {"outcome", model::code(listing.verdict)},
                 {"rules_met", listing.rules_met},
                 {"notes", listing.notes},
                 {"year", list.year.ending},
                 {"methodology", list.methodology.value},
                 {"version", list.version},
                 {"snapshot", list.snapshot}};
        if (!listing.teacher.value.empty()) one["teacher_id"] = listing.teacher.value;
        for (const model::Finding& finding : listing.findings) {
            one["findings"].push_back({{"rule", finding.rule},
                                       {"clause", finding.clause},
                                       {"outcome", model::code(finding.outcome)},
                                       {"derivation", node_json(finding.derivation)}});
        }
        all.push_back(std::move(one));
    }
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace opora::cli
