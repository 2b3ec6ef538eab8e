#include "opora/model/objectivity_sign.hpp"

namespace opora::model {

std::string_view code(ObjectivitySign sign) {
    switch (sign) {
        case ObjectivitySign::border_spike:
            return "border_spike";
        case ObjectivitySign::above_group:
            return "above_group";
        case ObjectivitySign::cohort_fall:
            return "cohort_fall";
        case ObjectivitySign::journal_gap:
            return "journal_gap";
        case ObjectivitySign::examination_gap:
            return "examination_gap";
        case ObjectivitySign::homogeneous_class:
            return "homogeneous_class";
        case ObjectivitySign::passing_gain:
            return "passing_gain";
    }
    return "";
}

std::string_view title(ObjectivitySign sign) {
    switch (sign) {
        case ObjectivitySign::border_spike:
            return "пик баллов на границе отметки";
        case ObjectivitySign::above_group:
            return "результат выше группы сравнения";
        case ObjectivitySign::cohort_fall:
            return "падение при переходе в следующий класс";
        case ObjectivitySign::journal_gap:
            return "расхождение с отметками журнала";
        case ObjectivitySign::examination_gap:
            return "расхождение с государственным экзаменом";
        case ObjectivitySign::homogeneous_class:
            return "высокий и однородный результат класса";
        case ObjectivitySign::passing_gain:
            return "прирост класса, не сохранившийся через год";
    }
    return "";
}

std::string_view code(Untested reason) {
    switch (reason) {
        case Untested::none:
            return "";
        case Untested::few_participants:
            return "few_participants";
        case Untested::no_scores:
            return "no_scores";
        case Untested::no_scale:
            return "no_scale";
        case Untested::no_support:
            return "no_support";
        case Untested::few_schools:
            return "few_schools";
        case Untested::no_spread:
            return "no_spread";
        case Untested::special_school:
            return "special_school";
        case Untested::no_other_year:
            return "no_other_year";
        case Untested::no_journal:
            return "no_journal";
        case Untested::no_examination:
            return "no_examination";
    }
    return "";
}

std::string_view title(Untested reason) {
    switch (reason) {
        case Untested::none:
            return "";
        case Untested::few_participants:
            return "мало участников";
        case Untested::no_scores:
            return "нет распределения баллов";
        case Untested::no_scale:
            return "нет официальной шкалы";
        case Untested::no_support:
            return "мало баллов вдали от границ отметок";
        case Untested::few_schools:
            return "мало школ для сравнения";
        case Untested::no_spread:
            return "все результаты одинаковы, сравнивать нечего";
        case Untested::special_school:
            return "гимназии и лицеи с обычными школами не сравниваются";
        case Untested::no_other_year:
            return "нет результатов тех же учеников в соседние годы";
        case Untested::no_journal:
            return "нет отметок по журналу";
        case Untested::no_examination:
            return "нет государственного экзамена по предмету";
    }
    return "";
}

}  // namespace opora::model
