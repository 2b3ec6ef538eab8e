#include "opora/documents/list_workbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "opora/documents/sheet_writer.hpp"
#include "opora/ports/storage_error.hpp"
#include "opora/wording/compared_value.hpp"
#include "opora/wording/explain.hpp"
#include "opora/wording/expression_words.hpp"
#include "opora/wording/numbers.hpp"
#include "opora/wording/uncertainty.hpp"

namespace opora::documents {

namespace {

using base::CellStyle;

std::vector<std::string> caption(const model::SchoolList& list,
                                 const wording::Vocabulary& vocabulary, std::string title) {
    return {std::move(title), wording::methodology_sentence(wording::heading_of(list), vocabulary)};
}

bool of_teachers(const model::SchoolList& list) {
    return std::ranges::any_of(list.listings, [](const model::Listing& listing) {
        return !listing.teacher.value.empty();
    });
}

std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, "; "));
}

/// «A; B», or titles where an id is more than a letter.
std::string rules_words(const std::vector<std::string>& rules,
                        const wording::Vocabulary& vocabulary) {
    std::vector<std::string> names;
    for (const std::string& rule : rules) {
        const auto title = vocabulary.rules.find(rule);
        const bool titled = title != vocabulary.rules.end() && !wording::is_letter(rule);
        names.push_back(titled ? title->second : rule);
    }
    return joined(names);
}

void write_listings(base::WorkbookWriter& book, const model::SchoolList& list,
                    const Particulars& schools, const wording::Vocabulary& vocabulary) {
    const bool teachers = of_teachers(list);
    std::vector<SheetColumn> columns{{"№", 6},
                                     {"Код школы", 14},
                                     {"Школа", 44},
                                     {"Муниципальное образование", 36},
                                     {"Решение", 22},
                                     {"Выполненные условия", 40},
                                     {"Вероятность", 13},
                                     {"Надёжность", 22},
                                     {"Примечания", 40}};
    if (teachers) columns.insert(columns.begin() + 3, {"Код педагога", 14});
    SheetWriter sheet{
        book, "Перечень", std::move(columns),
        caption(list, vocabulary,
                fmt::format("Результаты выявления, {} учебный год", model::title(list.year)))};
    double number = 0;
    for (const model::Listing& listing : list.listings) {
        const auto particulars = schools.find(listing.school);
        sheet.next_row();
        sheet.number(++number);
        sheet.text(listing.school.value);
        sheet.text(listing.school_name);
        if (teachers) sheet.text(listing.teacher.value);
        sheet.text(particulars == schools.end() ? "" : particulars->second.municipality);
        sheet.text(model::title(listing.verdict));
        sheet.text(rules_words(listing.rules_met, vocabulary));
        sheet.number(listing.probability, CellStyle::decimal);
        sheet.text(wording::reliability_words(listing));
        sheet.text(joined(listing.notes));
    }
}

CellStyle number_style(model::Unit unit) {
    switch (unit) {
        case model::Unit::share:
            return CellStyle::percent;
        case model::Unit::points:
        case model::Unit::score:
        case model::Unit::mark:
        case model::Unit::number:
            return CellStyle::decimal;
        case model::Unit::count:
        case model::Unit::years:
            return CellStyle::plain;
    }
    return CellStyle::plain;
}

void write_value(SheetWriter& sheet, const wording::ComparedValue& value, model::SchoolYear year,
                 const wording::Vocabulary& vocabulary) {
    const bool known = value.value.known();
    const bool compared = !value.comparison.empty();
    const bool of_people =
        known && value.unit == model::Unit::share && value.value.ratio.denominator == value.value.n;
    const auto interval = [&](double bound) {
        return value.has_interval ? std::optional{bound} : std::nullopt;
    };
    sheet.text(value.procedure ? wording::procedure_title(*value.procedure, vocabulary) : "");
    sheet.text(model::title(value.procedure ? value.procedure->year : value.year.value_or(year)));
    sheet.text(value.indicator.empty() ? wording::plain_condition(value.text)
                                       : wording::indicator_title(value.indicator, vocabulary));
    sheet.number(of_people ? std::optional{static_cast<double>(value.value.ratio.numerator)}
                           : std::nullopt);
    sheet.number(value.value.n > 0 ? std::optional{static_cast<double>(value.value.n)}
                                   : std::nullopt);
    sheet.number(known ? std::optional{value.value.ratio.value()} : std::nullopt,
                 number_style(value.unit));
    sheet.number(interval(value.interval_low), CellStyle::percent);
    sheet.number(interval(value.interval_high), CellStyle::percent);
    sheet.text(
        compared ? wording::threshold_words(value.comparison, value.threshold, value.threshold_unit)
                 : "");
    sheet.text(compared ? wording::outcome_words(value.outcome) : "");
    sheet.number(value.gap ? std::optional{static_cast<double>(*value.gap)} : std::nullopt);
    sheet.text(known ? "" : wording::value_text(value.value, value.unit));
    sheet.text(wording::sources_words(wording::merged(value.sources)));
}

void write_rule(base::WorkbookWriter& book, const std::string& rule, const model::SchoolList& list,
                const wording::Vocabulary& vocabulary) {
    SheetWriter sheet{
        book,
        "Условие " + rule,
        {{"Код школы", 14},
         {"Школа", 36},
         {"Условие", 15},
         {"Процедура", 34},
         {"Год", 10},
         {"Показатель", 34},
         {"x", 8},
         {"n", 8},
         {"Значение", 11},
         {"ДИ 95 %, от", 10},
         {"ДИ 95 %, до", 10},
         {"Порог", 18},
         {"Порог выполнен", 15},
         {"До порога, учеников", 12},
         {"Почему нет значения", 26},
         {"Источник", 44}},
        caption(list, vocabulary, wording::capitalised(wording::rule_name(rule, vocabulary)))};
    for (const model::Listing& listing : list.listings) {
        const auto finding = std::ranges::find(listing.findings, rule, &model::Finding::rule);
        if (finding == listing.findings.end()) continue;
        const std::string school = listing.teacher.value.empty()
                                       ? listing.school_name
                                       : listing.school_name + ", педагог " + listing.teacher.value;
        const auto start = [&] {
            sheet.next_row();
            sheet.text(listing.school.value);
            sheet.text(school);
            sheet.text(wording::outcome_words(finding->outcome));
        };
        const auto values = wording::compared_values(finding->derivation);
        if (values.empty()) start();
        for (const wording::ComparedValue& value : values) {
            start();
            write_value(sheet, value, list.year, vocabulary);
        }
    }
}

/// Rules in the order of the methodology, then those that only the findings know.
std::vector<std::string> rules_of(const model::SchoolList& list,
                                  const MethodologySummary& methodology) {
    std::vector<std::string> rules;
    const auto add = [&](const std::string& rule) {
        if (std::ranges::find(rules, rule) == rules.end()) rules.push_back(rule);
    };
    for (const RuleSummary& rule : methodology.rules) add(rule.id);
    for (const model::Listing& listing : list.listings) {
        for (const model::Finding& finding : listing.findings) add(finding.rule);
    }
    return rules;
}

void write_methodology(base::WorkbookWriter& book, const model::SchoolList& list,
                       const MethodologySummary& methodology) {
    SheetWriter facts{book, "Методика", {{"Сведения", 26}, {"Значение", 90}}};
    const std::vector<std::pair<std::string_view, std::string>> rows{
        {"Методика", methodology.id.empty() ? list.methodology.value : methodology.id},
        {"Версия", methodology.version.empty() ? list.version : methodology.version},
        {"Документ", methodology.title},
        {"Кем издан", methodology.issuer},
        {"Источник", methodology.source},
        {"Действует", methodology.in_force},
        {"Решение", methodology.listing},
        {"Учебный год", model::title(list.year)},
        {"Надёжность перечня", wording::uncertainty_sentences(list)},
        {"Снимок данных (SHA-256)", list.snapshot},
        {"Журнал действий", methodology.audit_head},
        {"Дата составления", methodology.date}};
    for (const auto& [name, value] : rows) {
        if (value.empty()) continue;
        facts.next_row();
        facts.text(name);
        facts.text(value);
    }

    SheetWriter rules{
        book,
        "Условия методики",
        {{"Условие", 14}, {"Название", 40}, {"Пункт документа", 18}, {"Правило", 90}}};
    for (const RuleSummary& rule : methodology.rules) {
        rules.next_row();
        for (const std::string& text : {rule.id, rule.title, rule.clause, rule.expression}) {
            rules.text(text);
        }
    }

    SheetWriter parameters{book,
                           "Параметры",
                           {{"Параметр", 22},
                            {"Смысл", 50},
                            {"Значение", 18},
                            {"Другие прочтения", 26},
                            {"Пункт документа", 14},
                            {"Обоснованность", 24},
                            {"Пояснение", 60}}};
    for (const ParameterSummary& parameter : methodology.parameters) {
        parameters.next_row();
        for (const std::string& text :
             {parameter.name, parameter.title, parameter.value, parameter.other, parameter.clause,
              parameter.evidence, parameter.why}) {
            parameters.text(text);
        }
    }

    if (methodology.notes.empty()) return;
    SheetWriter notes{
        book, "Открытые вопросы", {{"Пункт документа", 18}, {"Что не определено", 100}}};
    for (const NoteSummary& note : methodology.notes) {
        notes.next_row();
        notes.text(note.clause);
        notes.text(note.what);
    }
}

}  // namespace

void write_list_workbook(const std::filesystem::path& path, const model::SchoolList& list,
                         const MethodologySummary& methodology, const Particulars& schools,
                         const wording::Vocabulary& vocabulary) {
    try {
        base::WorkbookWriter book{path};
        write_listings(book, list, schools, vocabulary);
        for (const std::string& rule : rules_of(list, methodology)) {
            write_rule(book, rule, list, vocabulary);
        }
        write_methodology(book, list, methodology);
        book.close();
    } catch (const std::runtime_error& error) {
        throw ports::StorageError{"io", error.what()};
    }
}

}  // namespace opora::documents
