#include <fmt/format.h>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/headings.hpp"
#include "opora/intake/kinds/kind_tables.hpp"

namespace opora::intake {

namespace {

const Column school{"school_id", "Код школы", "Код, логин или код РЦОИ школы из реестра",
                    true,        false,       "edu000107"};
const Column school_name{"school_name",
                         "Наименование ОО",
                         "Название школы; читается, только когда код не заполнен",
                         false,
                         false,
                         "Ручейковская СОШ"};
const Column year{
    "year", "Учебный год", "2024 или 2023/24; можно задать один на весь файл при загрузке",
    false,  false,         "2023/24"};
const Column questionnaire_column{
    "questionnaire",
    "Анкета",
    "Код или название анкеты (opora questionnaires list); можно не указывать, если её видно по "
    "вопросам",
    false,
    false,
    "pupils"};
const Column group{"group",
                   "Группа опрошенных",
                   "руководитель, педагоги, обучающиеся или родители; сверяется с анкетой",
                   false,
                   false,
                   "обучающиеся"};
const Column respondent{
    "respondent",
    "Номер анкеты",
    "Порядковый номер в школе, целое число; имена не принимаются, номер не сохраняется",
    true,
    false,
    "1"};

}  // namespace

Kind answers_kind(const Dictionaries& dictionaries) {
    Kind kind{
        "answers",
        "Ответы на анкеты",
        "Одна строка на опрошенного и по столбцу на вопрос, или одна строка на ответ (столбцы "
        "«Вопрос» и «Ответ»). Файл заменяет все ответы школы на эту анкету за год. Хранится только "
        "число ответов каждого вида, кто как ответил — нет. У каждой анкеты свой шаблон.",
        {school,
         school_name,
         year,
         questionnaire_column,
         group,
         respondent,
         {std::string{pattern_column}, "p01",
          "Столбец на вопрос, в заголовке код или текст вопроса; в ячейке — ответ словами или "
          "номером; пусто — нет ответа",
          false, false, "1"},
         {"item", "Вопрос", "Код или текст вопроса, когда на ответ отводится строка", false, false,
          "p01"},
         {"answer", "Ответ", "Ответ словами, кодом или номером; пусто — нет ответа", false, false,
          "скорее да"}}};
    kind.pupils = true;
    std::size_t number = 0;
    for (const model::Questionnaire& questionnaire : dictionaries.factors.questionnaires) {
        for (const model::QuestionnaireItem& item : questionnaire.items) {
            kind.questions.emplace(heading_key(item.code.value), number);
            kind.questions.emplace(heading_key(item.text), number);
            ++number;
        }
    }
    return kind;
}

Kind questionnaire_kind(const Dictionaries& dictionaries,
                        const model::Questionnaire& questionnaire) {
    Kind kind = answers_kind(dictionaries);
    kind.title = questionnaire.title;
    kind.description = questionnaire.note.empty() ? kind.description : questionnaire.note;
    kind.columns = {school, year, questionnaire_column, respondent};
    kind.columns[2].example = questionnaire.code.value;
    for (const model::QuestionnaireItem& item : questionnaire.items) {
        std::string answers;
        for (const model::ScaleAnswer& answer : questionnaire.scale(item.scale)->answers) {
            answers += fmt::format("{}{}", answers.empty() ? "" : ", ", answer.title);
        }
        kind.columns.push_back({item.code.value, item.code.value,
                                fmt::format("{} Ответы: {}.", item.text, answers), false, false,
                                questionnaire.scale(item.scale)->answers.front().title});
    }
    return kind;
}

}  // namespace opora::intake
