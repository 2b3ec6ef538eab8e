#include "opora/wording/parameter_words.hpp"

#include <fmt/format.h>

#include <array>

#include "opora/base/russian.hpp"
#include "opora/model/procedure.hpp"
#include "opora/wording/numbers.hpp"

namespace opora::wording {

namespace {

using base::PluralForms;

struct CountedThing {
    std::string_view word;  ///< As packs write it, without the `s` of the plural.
    PluralForms forms;
};

constexpr std::array<CountedThing, 8> counted_things{{
    {"procedure", {"процедура", "процедуры", "процедур"}},
    {"participant", {"участник", "участника", "участников"}},
    {"pupil", {"ученик", "ученика", "учеников"}},
    {"school", {"школа", "школы", "школ"}},
    {"subject", {"предмет", "предмета", "предметов"}},
    {"rule", {"критерий", "критерия", "критериев"}},
    {"marker", {"признак", "признака", "признаков"}},
    {"task", {"задание", "задания", "заданий"}},
}};

constexpr PluralForms years{"год", "года", "лет"};
constexpr PluralForms points{"балл", "балла", "баллов"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> school_types{{
    {"primary", "начальные"},
    {"basic", "основные"},
    {"secondary", "средние"},
    {"gymnasium", "гимназии"},
    {"lyceum", "лицеи"},
    {"evening", "вечерние"},
    {"correctional", "коррекционные"},
    {"boarding", "интернаты"},
}};

/// Several words of a list, with the comma between them.
std::string list_words(const rules::CodeList& list,
                       const std::map<model::SubjectCode, std::string>& subjects) {
    if (list.all) return "все";
    if (list.codes.empty()) return "никакие";
    std::string text;
    for (const std::string& code : list.codes) {
        text += (text.empty() ? "" : ", ") + listed_words(code, subjects);
    }
    return text;
}

std::string number_text(const base::Fraction& value, model::Unit unit) {
    return threshold_text(model::Measurement::of(value.numerator, value.denominator, 0), unit);
}

/// «1,5 школы»: after a fraction the noun stands in the genitive of one.
std::string counted_words(const base::Fraction& value, const PluralForms& forms) {
    if (value.numerator % value.denominator == 0) {
        return base::counted(value.numerator / value.denominator, forms);
    }
    return fmt::format("{}\u00a0{}", number_text(value, model::Unit::number), forms.few);
}

}  // namespace

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

std::string listed_words(std::string_view code,
                         const std::map<model::SubjectCode, std::string>& subjects) {
    const auto subject = subjects.find(model::SubjectCode{std::string{code}});
    if (subject != subjects.end()) return inside_a_sentence(subject->second);
    if (const auto type = model::procedure_type(code)) {
        return inside_a_sentence(std::string{model::title(*type)});
    }
    for (const auto& [name, words] : school_types) {
        if (name == code) return std::string{words};
    }
    return fmt::format("«{}»", code);
}

std::string quantity_words(const rules::Quantity& quantity) {
    if (quantity.unit == model::Unit::years) return counted_words(quantity.value, years);
    if (quantity.unit == model::Unit::score) return counted_words(quantity.value, points);
    if (quantity.unit != model::Unit::count) return number_text(quantity.value, quantity.unit);
    std::string_view word = quantity.word.empty() ? "procedure" : std::string_view{quantity.word};
    if (word.ends_with('s')) word.remove_suffix(1);
    for (const CountedThing& thing : counted_things) {
        if (thing.word == word) return counted_words(quantity.value, thing.forms);
    }
    return number_text(quantity.value, quantity.unit);
}

std::string setting_words(const rules::Pack& pack, const std::string& setting,
                          const std::map<model::SubjectCode, std::string>& subjects) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos) return setting;
    const std::string name = setting.substr(0, equals);
    const auto changed = rules::with_parameter(pack, name, setting.substr(equals + 1));
    if (!changed) return setting;
    const rules::Parameter& parameter = *rules::find_parameter(*changed, name);
    return fmt::format("{}: {}", parameter.title,
                       value_words(parameter, parameter.value, subjects));
}

std::string value_words(const rules::Parameter& parameter, const rules::ParameterValue& value,
                        const std::map<model::SubjectCode, std::string>& subjects) {
    if (const auto* quantity = std::get_if<rules::Quantity>(&value)) {
        return quantity_words(*quantity);
    }
    if (const auto* list = std::get_if<rules::CodeList>(&value)) {
        return list_words(*list, subjects);
    }
    const std::string& reading = std::get<rules::Choice>(value).reading;
    const auto title = parameter.titles.find(reading);
    return title != parameter.titles.end() ? title->second : fmt::format("«{}»", reading);
}

}  // namespace opora::wording
