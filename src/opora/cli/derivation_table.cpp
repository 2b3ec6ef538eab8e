#include "opora/cli/derivation_table.hpp"

#include <fmt/format.h>

namespace opora::cli {

namespace {

using model::Derivation;
using wording::ColumnStyle;
using wording::TableCell;

std::string_view kind_code(Derivation::Kind kind) {
    switch (kind) {
        case Derivation::Kind::logic:
            return "logic";
        case Derivation::Kind::quantifier:
            return "quantifier";
        case Derivation::Kind::comparison:
            return "comparison";
        case Derivation::Kind::arithmetic:
            return "arithmetic";
        case Derivation::Kind::indicator:
            return "indicator";
        case Derivation::Kind::parameter:
            return "parameter";
        case Derivation::Kind::constant:
            return "constant";
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
        finding.rule,
        finding.clause,
        level,
        std::string{kind_code(node.kind)},
        node.text};
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

}  // namespace opora::cli
