#include "opora/generation/register_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "opora/base/rational.hpp"
#include "opora/base/workbook_writer.hpp"
#include "opora/model/procedure.hpp"

namespace opora::generation {
namespace {

std::string type_word(model::SchoolType type) {
    switch (type) {
        case model::SchoolType::primary:
            return "НОШ";
        case model::SchoolType::basic:
            return "ООШ";
        case model::SchoolType::secondary:
            return "СОШ";
        case model::SchoolType::gymnasium:
            return "гимназия";
        case model::SchoolType::lyceum:
            return "лицей";
        case model::SchoolType::evening:
            return "вечерняя";
        case model::SchoolType::correctional:
            return "коррекционная";
        case model::SchoolType::boarding:
            return "интернат";
    }
    return "";
}

std::string settlement_word(model::SettlementType settlement) {
    switch (settlement) {
        case model::SettlementType::city:
            return "город";
        case model::SettlementType::town:
            return "посёлок";
        case model::SettlementType::village:
            return "село";
        case model::SettlementType::unknown:
            return "";
    }
    return "";
}

std::string level_word(model::TerritoryLevel level) {
    switch (level) {
        case model::TerritoryLevel::country:
            return "страна";
        case model::TerritoryLevel::region:
            return "регион";
        case model::TerritoryLevel::municipality:
            return "муниципалитет";
    }
    return "";
}

std::string education_word(model::Education education) {
    switch (education) {
        case model::Education::higher:
            return "высшее";
        case model::Education::secondary:
            return "среднее профессиональное";
        case model::Education::unknown:
            return "";
    }
    return "";
}

std::string category_word(model::QualificationCategory category) {
    switch (category) {
        case model::QualificationCategory::highest:
            return "высшая";
        case model::QualificationCategory::first:
            return "первая";
        case model::QualificationCategory::none:
            return "без категории";
        case model::QualificationCategory::unknown:
            return "";
    }
    return "";
}

std::string optional_number(const std::optional<std::int32_t>& number) {
    return number ? std::to_string(*number) : std::string{};
}

std::string decimal(const base::Fraction& value) {
    if (value.numerator % value.denominator == 0) {
        return std::to_string(value.numerator / value.denominator);
    }
    return base::to_decimal(base::exact(value), 6);
}

/// A whole number that a spreadsheet would hold as one: no code with leading zeros.
std::optional<std::int32_t> whole_number(std::string_view text) {
    std::int32_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failure == std::errc{} && end == text.data() + text.size();
    if (!whole || std::to_string(number) != text) return std::nullopt;
    return number;
}

}  // namespace

RegisterTable territories_table(std::span<const model::Territory> territories) {
    RegisterTable table{"Территории", {"territory_id", "level", "name", "parent_id", "code"}, {}};
    for (const auto& territory : territories) {
        table.rows.push_back({territory.id.value, level_word(territory.level), territory.name,
                              territory.parent.value, territory.code});
    }
    return table;
}

RegisterTable schools_table(std::span<const model::School> schools) {
    RegisterTable table{"Школы",
                        {"school_id", "name", "territory_id", "type", "login", "rcoi_code",
                         "address", "head", "settlement", "distance_km", "grade_low", "grade_high"},
                        {}};
    for (const auto& school : schools) {
        table.rows.push_back(
            {school.id.value, school.name, school.territory.value, type_word(school.type),
             school.login, school.rcoi_code, school.address, school.head,
             settlement_word(school.settlement), optional_number(school.distance_km),
             optional_number(school.grade_low), optional_number(school.grade_high)});
    }
    return table;
}

RegisterTable facts_table(std::string_view kind, std::span<const model::SchoolFact> facts,
                          Headings headings) {
    const bool russian = headings == Headings::russian;
    RegisterTable table{
        std::string{kind}, {russian ? "Код школы" : "school_id", russian ? "Год" : "year"}, {}};
    std::map<std::string_view, std::size_t> columns;
    for (const FactColumn& column : fact_columns()) {
        if (column.kind != kind) continue;
        columns[column.code] = table.headings.size();
        table.headings.emplace_back(russian ? column.title : column.code);
    }
    std::map<std::pair<std::string, int>, std::size_t> rows;
    for (const auto& fact : facts) {
        const auto column = columns.find(fact.fact);
        if (column == columns.end()) continue;
        const auto [place, added] =
            rows.try_emplace({fact.school.value, fact.year.ending}, table.rows.size());
        if (added) {
            table.rows.emplace_back(table.headings.size());
            table.rows.back()[0] = fact.school.value;
            table.rows.back()[1] = std::to_string(fact.year.ending);
        }
        table.rows[place->second][column->second] = decimal(fact.value);
    }
    return table;
}

RegisterTable teachers_table(std::span<const model::Teacher> teachers) {
    RegisterTable table{"Педагоги",
                        {"teacher_id", "school_id", "name", "education", "category", "birth_year",
                         "experience_years", "arrived_year"},
                        {}};
    for (const auto& teacher : teachers) {
        table.rows.push_back({teacher.id.value, teacher.school.value, teacher.name,
                              education_word(teacher.education), category_word(teacher.category),
                              optional_number(teacher.birth_year),
                              optional_number(teacher.experience_years),
                              optional_number(teacher.arrived_year)});
    }
    return table;
}

RegisterTable loads_table(std::span<const model::TeachingLoad> loads) {
    RegisterTable table{
        "Нагрузка", {"teacher_id", "school_id", "year", "subject", "class", "share"}, {}};
    for (const auto& load : loads) {
        table.rows.push_back({load.teacher.value, load.school.value,
                              std::to_string(load.year.ending), load.subject.value, load.class_name,
                              decimal(load.share)});
    }
    return table;
}

RegisterTable references_table(std::span<const model::ReferenceValue> references) {
    RegisterTable table{
        "Справочные значения",
        {"territory_id", "type", "subject", "grade", "year", "indicator", "value", "spread", "n"},
        {}};
    for (const auto& reference : references) {
        table.rows.push_back(
            {reference.territory.value, std::string{model::code(reference.procedure.type)},
             reference.procedure.subject.value, std::to_string(reference.procedure.grade),
             std::to_string(reference.procedure.year.ending), reference.indicator.value,
             decimal(reference.value), reference.spread ? decimal(*reference.spread) : "",
             reference.n ? std::to_string(*reference.n) : ""});
    }
    return table;
}

RegisterTable indicators_table(std::span<const model::ImportedIndicator> indicators) {
    RegisterTable table{"Показатели", {"school_id", "year", "indicator", "value", "n"}, {}};
    for (const auto& value : indicators) {
        table.rows.push_back({value.school.value, std::to_string(value.year.ending),
                              value.indicator.value, decimal(value.value),
                              value.n ? std::to_string(*value.n) : ""});
    }
    return table;
}

RegisterTable markers_table(std::span<const model::ObjectivityMarker> markers,
                            std::span<const model::School> schools, std::string_view municipality) {
    RegisterTable table{
        "Маркеры", {"Год", "Муниципалитет", "Логин", "ОО", "4 РУ", "4 МА", "5 РУ", "5 МА"}, {}};
    std::map<std::pair<std::string, int>, std::size_t> rows;
    for (const auto& marker : markers) {
        const auto school = std::ranges::find(schools, marker.school, &model::School::id);
        const auto [place, added] =
            rows.try_emplace({marker.school.value, marker.year.ending}, table.rows.size());
        if (added) {
            table.rows.push_back({std::to_string(marker.year.ending), std::string{municipality},
                                  school->login, school->name, "", "", "", ""});
        }
        const std::size_t column =
            4 + (marker.grade == 5 ? 2U : 0U) + (marker.subject.value == "mathematics" ? 1U : 0U);
        table.rows[place->second][column] = marker.marked ? "1" : "0";
    }
    return table;
}

std::string csv_heading(const RegisterTable& table) {
    RegisterTable heading{table.title, {}, {table.headings}};
    return csv_lines(heading);
}

std::string csv_lines(const RegisterTable& table) {
    std::string lines;
    for (const auto& row : table.rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            if (column > 0) lines += ',';
            lines += csv_field(row[column]);
        }
        lines += '\n';
    }
    return lines;
}

void write_csv(const std::filesystem::path& path, const RegisterTable& table) {
    TextFile file{path};
    file.write(csv_heading(table));
    file.write(csv_lines(table));
    file.close();
}

void write_workbook(const std::filesystem::path& path, const RegisterTable& table) {
    base::WorkbookWriter book{path};
    book.sheet(table.title);
    book.freeze_rows(1);
    for (std::size_t column = 0; column < table.headings.size(); ++column) {
        book.text(0, static_cast<int>(column), table.headings[column], base::CellStyle::heading);
    }
    std::int64_t number = 1;
    for (const auto& row : table.rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            const int at = static_cast<int>(column);
            if (const auto whole = whole_number(row[column])) {
                book.number(number, at, *whole);
            } else if (!row[column].empty()) {
                book.text(number, at, row[column]);
            }
        }
        ++number;
    }
    book.close();
}

std::span<const FactColumn> fact_columns() {
    // clang-format off
    static constexpr std::array<FactColumn, 42> columns{{
        {"passports", "pupils", "Обучающихся всего"},
        {"passports", "families", "Семей всего"},
        {"passports", "parents_both_higher", "Обучающихся, у которых оба родителя имеют высшее образование"},
        {"passports", "parents_unemployed", "Обучающихся, у которых один или оба родителя не работают"},
        {"passports", "families_incomplete", "Обучающихся из неполных семей"},
        {"passports", "families_large", "Обучающихся из многодетных семей"},
        {"passports", "families_low_income", "Обучающихся из малообеспеченных семей"},
        {"passports", "low_ses_families", "Обучающихся из семей с низким социально-экономическим и культурным уровнем"},
        {"passports", "registered", "Обучающихся на учёте (ВШУ, ПДН, КДН)"},
        {"passports", "russian_not_native", "Обучающихся, изучающих русский язык как неродной"},
        {"passports", "weak_russian", "Обучающихся, слабо владеющих русским языком"},
        {"passports", "deviant_behaviour", "Обучающихся с девиантным поведением"},
        {"passports", "no_motivation", "Обучающихся без учебной мотивации"},
        {"passports", "disabilities_hvz", "Обучающихся с ОВЗ"},
        {"passports", "invalids", "Детей-инвалидов"},
        {"passports", "migrants", "Детей мигрантов"},
        {"passports", "transported", "Обучающихся, которых подвозят"},
        {"passports", "orphans", "Детей-сирот и детей без попечения родителей"},
        {"passports", "enrolled_grade_1", "Обучающихся в 1 классах"},
        {"passports", "enrolled_grade_2", "Обучающихся во 2 классах"},
        {"passports", "enrolled_grade_3", "Обучающихся в 3 классах"},
        {"passports", "enrolled_grade_4", "Обучающихся в 4 классах"},
        {"passports", "enrolled_grade_5", "Обучающихся в 5 классах"},
        {"passports", "enrolled_grade_6", "Обучающихся в 6 классах"},
        {"passports", "enrolled_grade_7", "Обучающихся в 7 классах"},
        {"passports", "enrolled_grade_8", "Обучающихся в 8 классах"},
        {"passports", "enrolled_grade_9", "Обучающихся в 9 классах"},
        {"passports", "enrolled_grade_10", "Обучающихся в 10 классах"},
        {"passports", "enrolled_grade_11", "Обучающихся в 11 классах"},
        {"flows", "grade9_finishers", "Окончили 9 класс"},
        {"flows", "admitted_grade10_here", "Приняты в 10 класс этой школы"},
        {"flows", "admitted_grade10_anywhere", "Приняты в 10 класс любой школы"},
        {"staff", "teachers", "Педагогов всего"},
        {"staff", "teachers_higher", "Педагогов с высшим образованием"},
        {"staff", "teachers_category_highest", "Педагогов высшей категории"},
        {"staff", "teachers_category_first", "Педагогов первой категории"},
        {"staff", "teachers_young", "Молодых педагогов"},
        {"staff", "teachers_new", "Педагогов, пришедших в школу в этом году"},
        {"staff", "teachers_under_35", "Педагогов до 35 лет"},
        {"staff", "teachers_35_55", "Педагогов от 35 до 55 лет"},
        {"staff", "teachers_over_55", "Педагогов старше 55 лет"},
        {"staff", "vacancies", "Вакансий"},
    }};
    // clang-format on
    return columns;
}

}  // namespace opora::generation
