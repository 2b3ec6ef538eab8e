#include "opora/intake/kinds/kind_tables.hpp"

namespace opora::intake {

namespace {

Kind vpr_individual() {
    Kind kind{.code = "vpr-f1",
              .title = "ВПР, форма Ф1 «Индивидуальные результаты»",
              .description =
                  "Протокол участников из личного кабинета ФИС ОКО. Над заголовками стоят строки с "
                  "предметом, "
                  "классом, годом, максимальным баллом и школой; строка прямо над заголовками "
                  "может нести "
                  "уровни сложности заданий (Б, П, В).",
              .pupils = true};
    kind.columns = {
        {"school_id", "ОО",
         "Логин или код школы; если столбца нет, школа берётся из строк над заголовками", false,
         false, "edu000107"},
        {"municipality", "Муниципалитет", "Не читается: территория школы известна из реестра",
         false, false, "Ручейковский район"},
        {"school_name", "Название ОО", "Читается, только когда логина нет", false, false,
         "Ручейковская СОШ"},
        {"participant", "Код участника", "Обезличенный код; повтор в одной школе и работе — ошибка",
         true, false, "50001"},
        {"class", "Класс", "Класс с буквой: 5А", false, false, "5А"},
        {"variant", "Вариант", "Номер варианта", false, false, "3"},
        {"task", "1 (2б)",
         "Столбец на каждое задание: номер и максимум в скобках — «1 (2б)», «9.1 (1б)», «3К1 "
         "(2б)»; К в любой "
         "раскладке. Пусто, X или «-» — балла нет",
         false, false, "2"},
        {"score", "Первичный балл", "Сумма баллов за задания", true, false, "18"},
        {"mark", "Отметка", "От 2 до 5; пусто, X или «Нет отметки» — результата нет", false, false,
         "4"},
        {"journal_mark", "Отметка по журналу", "Отметка за предыдущий период, от 2 до 5", false,
         false, "4"},
    };
    return kind;
}

Kind exam_list() {
    Kind kind{.code = "gia-list",
              .title = "Список РЦОИ: результаты ОГЭ, ЕГЭ, ГВЭ",
              .description =
                  "Список участников экзамена из РЦОИ, csv или xlsx. Первая строка: код предмета, "
                  "предмет и "
                  "дата («1 - Русский язык 06.06.2023»). Фамилии, имена и документы отбрасываются "
                  "при чтении.",
              .pupils = true};
    kind.columns = {
        {"row_number", "№", "Номер строки; не сохраняется", false, false, "1"},
        {"municipality", "Код МСУ", "Не читается", false, false, "12"},
        {"rcoi_code", "Код ОО", "Код школы в РЦОИ; подходят также код и логин школы", true, false,
         "120107"},
        {"class", "Класс", "Класс с буквой; по нему ОГЭ отличается от ЕГЭ", false, false, "9А"},
        {"exam_point", "Код ППЭ", "Не читается", false, false, "301"},
        {"room", "Аудитория", "Не читается", false, false, "0005"},
        {"short_answers", "Задания с кратким ответом",
         "Знак на каждое задание: «+» 1 балл, «-» 0, цифра — баллы", false, false, "++-2+"},
        {"extended_answers", "Задания с развёрнутым ответом",
         "Баллы и максимум каждого задания подряд: 2(2)0(3)1(4)", false, false, "2(2)0(3)1(4)"},
        {"oral_answers", "Устная часть", "Как у развёрнутых ответов", false, false, ""},
        {"written_score", "Первичный балл письменной части", "Целое число", false, false, ""},
        {"oral_score", "Первичный балл устной части", "Целое число", false, false, ""},
        {"score", "Первичный балл", "Целое число", false, false, "8"},
        {"mark", "Оценка", "От 2 до 5: ОГЭ, ГВЭ и базовая математика ЕГЭ", false, false, "3"},
        {"test_score", "Тестовый балл", "От 0 до 100: ЕГЭ", false, false, ""},
        {"result", "Балл",
         "Последний столбец без уточнения: отметка в 9 классе, тестовый балл в 11", false, false,
         ""},
    };
    return kind;
}

Kind bulk() {
    Kind kind{.code = "bulk",
              .title = "Протоколы одной таблицей",
              .description =
                  "Строка на участника и работу, по всем школам, предметам и годам сразу: csv, "
                  "xlsx или parquet. "
                  "Самый быстрый вид для региона и страны.",
              .pupils = true};
    kind.columns = {
        {"school_id", "school_id", "Код школы (текст), логин или код РЦОИ", true, false,
         "edu000107"},
        {"subject", "subject",
         "Код предмета из methodology/subjects.yaml, его название или числовой код", true, false,
         "russian"},
        {"grade", "grade", "Класс обучения, от 1 до 11", true, false, "5"},
        {"year", "year", "Год окончания учебного года", true, false, "2024"},
        {"class", "class", "Класс с буквой", false, false, "5А"},
        {"score", "score", "Первичный балл, от 0; пусто — нет", false, false, "18"},
        {"mark", "mark", "Отметка от 2 до 5; пусто — нет", false, false, "4"},
        {"type", "type",
         "Процедура: vpr, oge, ege, gve, niko, rdr, vsoko, diagnostics, annual; без столбца — vpr",
         false, false, "vpr"},
        {"programme_grade", "programme_grade", "Класс программы, если работа за прошлый класс",
         false, false, "5"},
        {"participant", "participant", "Обезличенный код участника; только с ним ищутся повторы",
         false, false, "50001"},
        {"journal_mark", "journal_mark", "Отметка по журналу", false, false, "4"},
        {"task", "t1", "Баллы за задания: столбцы t1, t2 … tn", false, false, "1"},
    };
    return kind;
}

}  // namespace

std::vector<Kind> protocol_kinds() { return {vpr_individual(), exam_list(), bulk()}; }

}  // namespace opora::intake
