#include <algorithm>
#include <iterator>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/kind_tables.hpp"

namespace opora::intake {

namespace {

const Column school_column{
    "school_id",
    "Код школы",
    "Код школы из реестра, её логин (edu000107) или код РЦОИ; регистр букв не важен",
    true,
    false,
    "edu000107"};
const Column school_name_column{"school_name",
                                "Наименование ОО",
                                "Название школы; читается, только когда код не заполнен",
                                false,
                                false,
                                "Ручейковская СОШ"};
const Column year_column{
    "year",
    "Учебный год",
    "Год окончания учебного года (2024) или оба года (2023/24); можно задать один на весь файл "
    "при загрузке",
    false,
    false,
    "2023/24"};

/// A kind whose columns are facts of a school and a year.
Kind facts_kind(std::string code, std::string title, std::string description,
                const Dictionaries& dictionaries) {
    Kind kind{
        .code = std::move(code), .title = std::move(title), .description = std::move(description)};
    kind.columns = {school_column, school_name_column, year_column};
    const auto add = [&kind](const SchoolFactEntry& fact) {
        std::string meaning =
            fact.whole ? "Целое число от нуля" : "Число от нуля, дробная часть через запятую";
        if (!fact.part_of.empty()) meaning += "; не больше столбца " + fact.part_of;
        if (!fact.within.empty()) meaning += " и столбца " + fact.within;
        kind.columns.push_back(
            {fact.code, fact.title, std::move(meaning), false, false, fact.whole ? "12" : "0,5"});
    };
    for (const SchoolFactEntry& fact : dictionaries.facts) {
        if (fact.kind == kind.code) add(fact);
    }
    return kind;
}

std::vector<Kind> fact_kinds(const Dictionaries& dictionaries) {
    return {
        facts_kind("passports", "Социальный паспорт школы",
                   "Число обучающихся по социальным признакам и по классам, одна строка на школу и "
                   "учебный год. "
                   "Пустая ячейка означает «нет данных», а не ноль.",
                   dictionaries),
        facts_kind("flows", "Движение выпускников 9 классов",
                   "Сколько окончили 9 класс и сколько из них приняты в 10 класс, одна строка на "
                   "школу и год.",
                   dictionaries),
        facts_kind("staff", "Кадры школы",
                   "Численность педагогов по образованию, категории и возрасту, ставки и вакансии.",
                   dictionaries),
        facts_kind("resources", "Ресурсы школы", "Оснащённость: компьютеры, кабинеты, библиотека.",
                   dictionaries)};
}

}  // namespace

std::vector<Kind> kinds(const Dictionaries& dictionaries) {
    std::vector<Kind> all = protocol_kinds();
    std::ranges::move(aggregate_kinds(), std::back_inserter(all));
    std::ranges::move(register_kinds(), std::back_inserter(all));
    std::ranges::move(fact_kinds(dictionaries), std::back_inserter(all));
    all.push_back(answers_kind(dictionaries));
    for (Kind& kind : all) {
        for (Column& column : kind.columns) {
            column.code_key = heading_key(column.code);
            column.title_key = heading_key(column.title);
        }
    }
    return all;
}

}  // namespace opora::intake
