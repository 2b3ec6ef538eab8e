#include "opora/intake/kinds/kind_tables.hpp"

namespace opora::intake {

namespace {

/// Columns that every aggregate form may have; what a column lacks is taken from the lines above
/// the headings.
std::vector<Column> form_columns() {
    return {
        {"year", "Год", "Учебный год; без столбца берётся из строк над заголовками", false, false,
         "2024"},
        {"grade", "Класс", "Номер класса; без столбца берётся из строк над заголовками", false,
         false, "5"},
        {"subject", "Предмет", "Предмет; без столбца берётся из строк над заголовками", false,
         false, "Математика"},
        {"municipality", "Муниципалитет",
         "Читается в строке района: когда нет ни логина, ни названия школы или группы", false,
         false, "Ручейковский район"},
        {"school_id", "Логин", "Логин или код школы", false, false, "edu000107"},
        {"school_name", "ОО", "Название школы; читается, только когда логина нет", false, false,
         "Ручейковская СОШ"},
        {"group", "Группы участников",
         "Название группы: школа с логином или по названию; страна, регион или район из реестра — "
         "их "
         "эталонные значения",
         false, false, "Ручейковская СОШ (edu000107)"},
        {"n", "Кол-во участников", "Целое число", false, false, "25"},
    };
}

Kind form(std::string code, std::string title, std::string description, std::vector<Column> own) {
    Kind kind{
        .code = std::move(code), .title = std::move(title), .description = std::move(description)};
    kind.columns = form_columns();
    kind.columns.insert(kind.columns.end(), own.begin(), own.end());
    return kind;
}

}  // namespace

std::vector<Kind> aggregate_kinds() {
    std::vector<Kind> kinds;
    kinds.push_back(form("vpr-marks", "ВПР, «Статистика по отметкам»",
                         "Сводная форма: доли отметок в процентах. Числа участников "
                         "восстанавливаются так, чтобы их сумма "
                         "равнялась числу участников.",
                         {{"task_mark_2", "2", "Процент отметок «2»", true, false, "12,0"},
                          {"task_mark_3", "3", "Процент отметок «3»", true, false, "48,0"},
                          {"task_mark_4", "4", "Процент отметок «4»", true, false, "32,0"},
                          {"task_mark_5", "5", "Процент отметок «5»", true, false, "8,0"}}));
    kinds.push_back(form(
        "vpr-journal", "ВПР, «Сравнение отметок с отметками по журналу»",
        "Сводная форма: сколько участников понизили, подтвердили и повысили отметку. Строками под "
        "школой "
        "или столбцами.",
        {{"lowered", "Понизили", "Число или процент тех, чья отметка ниже отметки по журналу",
          false, false, "20,0"},
         {"confirmed", "Подтвердили", "Число или процент тех, чьи отметки равны", false, false,
          "72,0"},
         {"raised", "Повысили", "Число или процент тех, чья отметка выше", false, false, "8,0"},
         {"value", "%", "Процент, когда группы стоят строками", false, false, ""}}));
    kinds.push_back(form(
        "vpr-scores", "ВПР, «Распределение первичных баллов»",
        "Сводная форма: процент участников на каждом первичном балле, столбцы от 0 до максимума.",
        {{"task", "0, 1, 2 …", "Столбец на каждый первичный балл: процент участников", false, false,
          "4,0"}}));
    kinds.push_back(form(
        "vpr-tasks", "ВПР, «Выполнение заданий»",
        "Сводная форма: процент выполнения каждого задания; строка «Макс балл» под заголовками.",
        {{"task", "1, 2.1, 3К1 …", "Столбец на каждое задание: процент от максимального балла",
          false, false, "64,0"}}));
    return kinds;
}

}  // namespace opora::intake
