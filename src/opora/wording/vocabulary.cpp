#include "opora/wording/vocabulary.hpp"

#include "opora/indicators/catalogue.hpp"

namespace opora::wording {

namespace {

/// «Математика» -> «математика»: the first Cyrillic capital becomes small, unless the word is an
/// abbreviation.
std::string inside_a_sentence(std::string title) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(title[i]); };
    const bool two_letters = title.size() >= 4 && byte(0) == 0xd0 && byte(1) >= 0x90;
    if (!two_letters || byte(1) > 0xaf) return title;
    const bool abbreviation = byte(2) == 0xd0 && byte(3) >= 0x90 && byte(3) <= 0xaf;
    if (abbreviation) return title;
    // U+0410..U+041F become U+0430..U+043F; U+0420..U+042F become U+0440..U+044F, in the next block
    // of bytes.
    if (byte(1) <= 0x9f) {
        title[1] = static_cast<char>(byte(1) + 0x20);
    } else {
        title[0] = static_cast<char>(0xd1);
        title[1] = static_cast<char>(byte(1) - 0x20);
    }
    return title;
}

}  // namespace

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
