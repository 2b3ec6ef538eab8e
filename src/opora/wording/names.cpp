#include "opora/wording/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "opora/base/utf8.hpp"
#include "opora/wording/expression_words.hpp"

namespace opora::wording {

namespace {

struct KnownIndicator {
    std::string_view code;
    std::string_view title;
    std::string_view of_whom;
};

/// Verbs for the indicators that count pupils; titles serve where the caller gives none.
constexpr std::array<KnownIndicator, 14> known_indicators{{
    {"low_share", "Доля не преодолевших порог", "не преодолели порог"},
    {"below_minimum_share", "Доля не достигших минимального балла",
     "не достигли минимального балла"},
    {"at_minimum_share", "Доля набравших ровно минимальный балл", "набрали ровно минимальный балл"},
    {"share_of_two", "Доля отметок «2»", "получили отметку «2»"},
    {"quality", "Качество знаний", "получили отметки «4» и «5»"},
    {"success", "Успеваемость", "получили отметку «3» и выше"},
    {"no_result_share", "Доля без результата", "остались без результата"},
    {"lowered_share", "Доля понизивших отметку", "получили отметку ниже, чем в журнале"},
    {"confirmed_share", "Доля подтвердивших отметку", "подтвердили отметку в журнале"},
    {"raised_share", "Доля повысивших отметку", "получили отметку выше, чем в журнале"},
    {"far_apart_share", "Доля расхождений с журналом на 2 отметки и более",
     "разошлись с журналом на 2 отметки и более"},
    {"bottom_quartile_share", "Доля в нижней четверти результатов региона",
     "попали в нижнюю четверть результатов региона"},
    {"participants", "Число участников", ""},
    {"objectivity_markers", "Официальные признаки необъективности", ""},
}};

const KnownIndicator* find_known(std::string_view code) {
    const auto* found = std::ranges::find(known_indicators, code, &KnownIndicator::code);
    return found == known_indicators.end() ? nullptr : found;
}

std::string_view subject_title(const model::SubjectCode& subject, const Vocabulary& vocabulary) {
    const auto found = vocabulary.subjects.find(subject);
    return found == vocabulary.subjects.end() ? std::string_view{subject.value}
                                              : std::string_view{found->second};
}

}  // namespace

std::string procedure_title(const model::Procedure& procedure, const Vocabulary& vocabulary) {
    using model::ProcedureType;
    std::string title{model::title(procedure.type)};
    if (!procedure.subject.value.empty()) {
        title += fmt::format(", {}", subject_title(procedure.subject, vocabulary));
    }
    const bool final_exam =
        procedure.type == ProcedureType::oge || procedure.type == ProcedureType::ege;
    if (!final_exam && procedure.grade > 0) title += fmt::format(", {} класс", procedure.grade);
    if (!final_exam && procedure.programme_grade > 0 &&
        procedure.programme_grade != procedure.grade) {
        title += fmt::format(" (по программе {} класса)", procedure.programme_grade);
    }
    switch (procedure.period) {
        case model::Period::main:
            break;
        case model::Period::reserve:
            title += ", резервный срок";
            break;
        case model::Period::retake:
            title += ", пересдача";
            break;
    }
    return title;
}

std::string indicator_title(std::string_view code, const Vocabulary& vocabulary) {
    const auto found = vocabulary.indicators.find(code);
    if (found != vocabulary.indicators.end() && !found->second.title.empty()) {
        return found->second.title;
    }
    const KnownIndicator* known = find_known(code);
    return std::string{known == nullptr ? code : known->title};
}

std::string indicator_of_whom(std::string_view code, const Vocabulary& vocabulary) {
    const auto found = vocabulary.indicators.find(code);
    if (found != vocabulary.indicators.end() && !found->second.of_whom.empty()) {
        return found->second.of_whom;
    }
    const KnownIndicator* known = find_known(code);
    return std::string{known == nullptr ? std::string_view{} : known->of_whom};
}

bool is_letter(std::string_view rule) {
    return !rule.empty() && base::first_character(rule).bytes == rule.size();
}

std::string rule_name(const std::string& rule, const Vocabulary& vocabulary) {
    if (rule == "listing")
        return "решение о включении";  // The finding that joins the rules of a pack.
    const auto found = vocabulary.rules.find(rule);
    const char* kind = vocabulary.flags.contains(rule) ? "признак" : "условие";
    if (found == vocabulary.rules.end() || found->second.empty()) {
        return fmt::format("{} {}", kind, rule);
    }
    const std::string title = with_small_letter(found->second);
    return is_letter(rule) ? fmt::format("{} {} ({})", kind, rule, title)
                           : fmt::format("{} «{}»", kind, title);
}

std::string rule_label(const std::string& rule, const Vocabulary& vocabulary) {
    const auto found = vocabulary.rules.find(rule);
    const bool named = found != vocabulary.rules.end() && !found->second.empty();
    return named && !is_letter(rule) ? with_small_letter(found->second) : rule;
}

std::string rule_labels(const std::vector<std::string>& rules, const Vocabulary& vocabulary) {
    const bool letters = std::ranges::all_of(rules, is_letter);
    std::string all;
    for (const std::string& rule : rules) {
        all += (all.empty() ? "" : letters ? ", " : "; ") + rule_label(rule, vocabulary);
    }
    return all;
}

std::string_view outcome_words(model::Outcome outcome) {
    switch (outcome) {
        case model::Outcome::met:
            return "выполнено";
        case model::Outcome::not_met:
            return "не выполнено";
        case model::Outcome::unknown:
            return "неизвестно";
        case model::Outcome::not_applicable:
            return "не применяется";
    }
    return "";
}

std::string_view reliability_words(model::Reliability reliability) {
    switch (reliability) {
        case model::Reliability::none:
            return "";
        case model::Reliability::sure:
            return "выявлена уверенно";
        case model::Reliability::unsure:
            return "выявлена, ненадёжно";
        case model::Reliability::borderline:
            return "пограничная";
        case model::Reliability::no_data:
            return "нет данных";
    }
    return "";
}

std::string_view reliability_words(const model::Listing& listing) {
    const bool found_well = listing.reliability == model::Reliability::none && listing.probability;
    return found_well ? "не выявлена" : reliability_words(listing.reliability);
}

}  // namespace opora::wording
