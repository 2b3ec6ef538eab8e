#include "opora/wording/vocabulary.hpp"

#include "opora/indicators/catalogue.hpp"
#include "opora/wording/parameter_words.hpp"

namespace opora::wording {

Vocabulary vocabulary_of(const std::map<model::SubjectCode, std::string>& subjects,
                         const rules::Pack& pack) {
    Vocabulary words{
        .subjects = {}, .indicators = {}, .rules = {}, .methodology = pack.document.title};
    for (const auto& [code, title] : subjects) {
        words.subjects[code] = inside_a_sentence(title);
    }
    for (const auto& indicator : indicators::procedure_indicators()) {
        words.indicators[std::string{indicator.code}] = {std::string{indicator.title},
                                                         std::string{indicator.of_whom}};
    }
    for (const auto& indicator : indicators::year_indicators()) {
        words.indicators[std::string{indicator.code}] = {std::string{indicator.title}, {}};
    }
    for (const rules::Rule& rule : pack.rules) {
        words.rules[rule.id] = inside_a_sentence(rule.title);
        if (rule.flag) words.flags.insert(rule.id);
    }
    return words;
}

}  // namespace opora::wording
