#include "opora/storage/register_tables.hpp"

#include <fmt/format.h>

#include <array>

#include "opora/base/expects.hpp"
#include "opora/base/fraction.hpp"

namespace opora::storage {

namespace {

constexpr std::array<RegisterColumn, 5> territory_columns{{{"id", "код"},
                                                           {"level", "уровень"},
                                                           {"name", "название"},
                                                           {"parent", "входит в"},
                                                           {"code", "ОКТМО"}}};
constexpr std::array<RegisterColumn, 16> school_columns{{{"id", "код"},
                                                         {"name", "название"},
                                                         {"territory", "территория"},
                                                         {"type", "тип"},
                                                         {"login", "логин ВПР"},
                                                         {"rcoi_code", "код ОО"},
                                                         {"inn", "ИНН"},
                                                         {"address", "населённый пункт"},
                                                         {"head", "руководитель", Shown::personal},
                                                         {"settlement", "вид населённого пункта"},
                                                         {"distance_km", "расстояние, км"},
                                                         {"grade_low", "младший класс"},
                                                         {"grade_high", "старший класс"},
                                                         {"opened", "первый учебный год"},
                                                         {"closed", "последний учебный год"},
                                                         {"successor", "правопреемник"}}};
constexpr std::array<RegisterColumn, 5> fact_columns{{{"school", "школа"},
                                                      {"year", "год"},
                                                      {"fact", "показатель"},
                                                      {"numerator", "значение", Shown::fraction},
                                                      {"denominator", "", Shown::hidden}}};
constexpr std::array<RegisterColumn, 6> indicator_columns{
    {{"school", "школа"},
     {"year", "год"},
     {"indicator", "показатель"},
     {"numerator", "значение", Shown::fraction},
     {"denominator", "", Shown::hidden},
     {"n", "число наблюдений"}}};
constexpr std::array<RegisterColumn, 13> reference_columns{
    {{"territory", "территория"},
     {"year", "год"},
     {"type", "процедура"},
     {"subject", "предмет"},
     {"programme_grade", "класс программы"},
     {"grade", "класс"},
     {"period", "период"},
     {"indicator", "показатель"},
     {"numerator", "значение", Shown::fraction},
     {"denominator", "", Shown::hidden},
     {"spread_numerator", "разброс", Shown::fraction},
     {"spread_denominator", "", Shown::hidden},
     {"n", "число наблюдений"}}};
constexpr std::array<RegisterColumn, 5> marker_columns{{{"school", "школа"},
                                                        {"year", "год"},
                                                        {"subject", "предмет"},
                                                        {"grade", "класс"},
                                                        {"marked", "признак необъективности"}}};
constexpr std::array<RegisterColumn, 8> teacher_columns{
    {{"id", "код"},
     {"school", "школа"},
     {"name", "фамилия, имя, отчество", Shown::personal},
     {"education", "образование", Shown::personal},
     {"category", "категория", Shown::personal},
     {"birth_year", "год рождения", Shown::personal},
     {"experience_years", "стаж", Shown::personal},
     {"arrived_year", "год прихода", Shown::personal}}};
constexpr std::array<RegisterColumn, 7> load_columns{{{"teacher", "педагог"},
                                                      {"school", "школа"},
                                                      {"year", "год"},
                                                      {"subject", "предмет"},
                                                      {"class_name", "класс"},
                                                      {"numerator", "доля часов", Shown::fraction},
                                                      {"denominator", "", Shown::hidden}}};

constexpr std::array<RegisterColumn, 6> answer_columns{{{"school", "школа"},
                                                        {"year", "год"},
                                                        {"questionnaire", "анкета"},
                                                        {"item", "вопрос"},
                                                        {"respondents", "анкет", Shown::personal},
                                                        {"answers", "ответы", Shown::personal}}};

constexpr std::array<std::size_t, 1> territory_scope{3};
constexpr std::array<std::size_t, 1> school_scope{2};
constexpr std::array<std::size_t, 2> fact_scope{1, 2};
constexpr std::array<std::size_t, 3> reference_scope{0, 1, 7};
constexpr std::array<std::size_t, 1> marker_scope{1};
constexpr std::array<std::size_t, 1> teacher_scope{1};
constexpr std::array<std::size_t, 2> load_scope{1, 2};
constexpr std::array<std::size_t, 2> answer_scope{1, 2};

constexpr std::array<RegisterTable, 9> tables{{
    {"territories", "территория", territory_columns, 1, territory_scope},
    {"schools", "школа", school_columns, 1, school_scope},
    {"school_facts", "сведения о школе", fact_columns, 3, fact_scope},
    {"imported_indicators", "показатель школы", indicator_columns, 3, fact_scope},
    {"reference_values", "справочное значение", reference_columns, 8, reference_scope},
    {"objectivity_markers", "признак необъективности", marker_columns, 4, marker_scope},
    {"teachers", "педагог", teacher_columns, 1, teacher_scope},
    {"teaching_loads", "нагрузка педагога", load_columns, 5, load_scope},
    {"questionnaire_answers", "ответы на анкету", answer_columns, 4, answer_scope, false},
}};

std::string shown(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr || text->empty() ? "нет" : *text;
}

std::string shown(const RegisterTable& table, const Record& record, std::size_t column) {
    if (table.columns[column].shown != Shown::fraction) return shown(record[column]);
    const auto* numerator = std::get_if<std::int64_t>(&record[column]);
    const auto* denominator = std::get_if<std::int64_t>(&record[column + 1]);
    if (numerator == nullptr || denominator == nullptr) return "нет";
    return *denominator == 1 ? std::to_string(*numerator)
                             : fmt::format("{}", base::Fraction{*numerator, *denominator}.value());
}

std::string placeholders(std::size_t first, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += fmt::format("{}?{}", i == 0 ? "" : ", ", first + i);
    }
    return text;
}

std::string key_condition(const RegisterTable& table) {
    std::string text;
    for (std::size_t i = 0; i < table.keys; ++i) {
        text += fmt::format("{}{} = ?{}", i == 0 ? "" : " AND ", table.columns[i].name, i + 1);
    }
    return text;
}

}  // namespace

std::string RegisterTable::column_names() const {
    std::string text;
    for (const RegisterColumn& column : columns) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", column.name);
    }
    return text;
}

std::string RegisterTable::select_all() const {
    std::string order;
    for (const RegisterColumn& column : columns.first(keys)) {
        order += fmt::format("{}{}", order.empty() ? "" : ", ", column.name);
    }
    return fmt::format("SELECT {} FROM {} ORDER BY {}", column_names(), name, order);
}

std::string RegisterTable::select_one() const {
    return fmt::format("SELECT {} FROM {} WHERE {}", column_names(), name, key_condition(*this));
}

std::string RegisterTable::upsert() const {
    return fmt::format("INSERT OR REPLACE INTO {} ({}) VALUES ({})", name, column_names(),
                       placeholders(1, columns.size()));
}

std::string RegisterTable::remove() const {
    return fmt::format("DELETE FROM {} WHERE {}", name, key_condition(*this));
}

std::span<const RegisterTable> register_tables() { return tables; }

std::string change_line(const RegisterTable& table, const Record* before, const Record* after) {
    OPORA_EXPECTS(before != nullptr || after != nullptr);
    const Record& any = after != nullptr ? *after : *before;
    std::string line{table.title};
    for (std::size_t i = 0; i < table.keys; ++i) line += " " + shown(any[i]);
    if (before == nullptr) return line + ": новая запись";
    if (after == nullptr) return line + ": запись удаляется";

    std::string changes;
    for (std::size_t i = table.keys; i < table.columns.size(); ++i) {
        const RegisterColumn& column = table.columns[i];
        const bool changed = (*before)[i] != (*after)[i] || (column.shown == Shown::fraction &&
                                                             (*before)[i + 1] != (*after)[i + 1]);
        if (!changed || column.shown == Shown::hidden) continue;
        changes += changes.empty() ? ": " : "; ";
        changes += column.shown == Shown::personal
                       ? fmt::format("{}: изменено", column.title)
                       : fmt::format("{}: {} -> {}", column.title, shown(table, *before, i),
                                     shown(table, *after, i));
    }
    return line + changes;
}

}  // namespace opora::storage
