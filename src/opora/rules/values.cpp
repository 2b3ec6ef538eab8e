// Values of parameters: their text, their reading, their change.

#include <fmt/format.h>

#include <algorithm>

#include "opora/base/expects.hpp"
#include "opora/rules/pack.hpp"
#include "opora/rules/value_checks.hpp"
#include "opora/rules/vocabulary.hpp"

namespace opora::rules {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char symbol) {
        return symbol == ' ' || symbol == '\t' || symbol == '\n';
    };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

base::Error value_error(std::string_view message, std::string_view expected,
                        std::string_view found) {
    return {"pack_value", std::string{message}, {}, std::string{expected}, std::string{found}};
}

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char symbol) {
        return (symbol >= 'a' && symbol <= 'z') || (symbol >= 'A' && symbol <= 'Z') ||
               (symbol >= '0' && symbol <= '9') || symbol == '_' ||
               static_cast<unsigned char>(symbol) >= 0x80;
    });
}

base::Result<ParameterValue> parse_list(std::string_view text) {
    CodeList list;
    text = trimmed(text);
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view code = trimmed(text.substr(0, comma));
        if (!is_code(code)) {
            return base::Unexpected{
                value_error("Список записан неверно", "[russian, mathematics]", code)};
        }
        list.codes.emplace_back(code);
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    }
    return ParameterValue{std::move(list)};
}

base::Result<ParameterValue> parse_quantity(std::string_view text) {
    const std::size_t end = text.find_first_not_of("0123456789.,-");
    const auto number = base::parse_decimal(text.substr(0, end));
    const std::string_view word =
        end == std::string_view::npos ? std::string_view{} : trimmed(text.substr(end));
    if (!number || number->denominator > 1'000'000'000) {
        return base::Unexpected{
            value_error("Число записано неверно", "30 %, 3.5 %, 3 years", text)};
    }
    const UnitWord* unit = find_unit(word);
    if (unit == nullptr) {
        return base::Unexpected{base::Error{
            "pack_unit",
            word.empty() ? "У числа нет единицы" : "Единица числа неизвестна",
            {},
            "% (проценты), pp (процентные пункты), years (годы), marks (отметки), score "
            "(баллы), procedures (процедуры), participants (участники), schools (школы) "
            "или number (просто число)",
            std::string{text}}};
    }
    Quantity quantity{*number, unit->unit, {}};
    if (unit->unit == model::Unit::count) quantity.word = word;
    quantity.value.denominator *= unit->divisor;
    return ParameterValue{quantity};
}

std::string_view unit_word(model::Unit unit) {
    switch (unit) {
        case model::Unit::share:
            return "%";
        case model::Unit::points:
            return "pp";
        case model::Unit::score:
            return "score";
        case model::Unit::mark:
            return "marks";
        case model::Unit::count:
            return "procedures";
        case model::Unit::years:
            return "years";
        case model::Unit::number:
            return "number";
    }
    return "";
}

std::string text_of(const Quantity& quantity) {
    const bool hundredth =
        quantity.unit == model::Unit::share || quantity.unit == model::Unit::points;
    base::Fraction shown = quantity.value;
    if (hundredth && shown.denominator % 100 == 0) {
        shown.denominator /= 100;
    } else if (hundredth) {
        shown.numerator *= 100;
    }
    const std::int64_t rest = shown.numerator % shown.denominator;
    std::string number = fmt::format("{}", shown.numerator / shown.denominator);
    if (rest != 0) {
        number = fmt::format("{:.9f}", shown.value());
        while (number.back() == '0') number.pop_back();
    }
    return fmt::format("{} {}", number,
                       quantity.word.empty() ? unit_word(quantity.unit) : quantity.word);
}

/// «порог низких результатов» (low_limit)
std::string named(const Parameter& parameter) {
    return parameter.title.empty() ? parameter.name
                                   : fmt::format("«{}» ({})", parameter.title, parameter.name);
}

std::string readings_of(const Parameter& parameter) {
    std::string text = to_text(parameter.value);
    for (const ParameterValue& other : parameter.other) text += ", " + to_text(other);
    return text;
}

/// «3» for a parameter in years, «35%» without a space: what people type behind --set.
base::Result<ParameterValue> parse_for(const Parameter& parameter, std::string_view text) {
    const auto* quantity = std::get_if<Quantity>(&parameter.value);
    if (quantity != nullptr && base::parse_decimal(text) && quantity->unit != model::Unit::share &&
        quantity->unit != model::Unit::points) {
        return parse_value(fmt::format(
            "{} {}", text, quantity->word.empty() ? unit_word(quantity->unit) : quantity->word));
    }
    if (std::holds_alternative<CodeList>(parameter.value) && !text.starts_with('[')) {
        if (text == "all") return ParameterValue{CodeList{true, {}}};
        if (text == "none") return ParameterValue{CodeList{}};
        return parse_list(text);
    }
    return parse_value(text);
}

}  // namespace

const Parameter* find_parameter(const Pack& pack, std::string_view name) {
    const auto found = std::ranges::find(pack.parameters, name, &Parameter::name);
    return found == pack.parameters.end() ? nullptr : &*found;
}

Quantity value_of(const Pack& pack, const Setting<Quantity>& setting) {
    if (setting.parameter.empty()) return setting.value;
    const Parameter* parameter = find_parameter(pack, setting.parameter);
    OPORA_EXPECTS(parameter != nullptr && std::holds_alternative<Quantity>(parameter->value));
    return std::get<Quantity>(parameter->value);
}

std::string value_of(const Pack& pack, const Setting<Choice>& setting) {
    if (setting.parameter.empty()) return setting.value.reading;
    const Parameter* parameter = find_parameter(pack, setting.parameter);
    OPORA_EXPECTS(parameter != nullptr && std::holds_alternative<Choice>(parameter->value));
    return std::get<Choice>(parameter->value).reading;
}

CodeList value_of(const Pack& pack, const Setting<CodeList>& setting) {
    if (setting.parameter.empty()) return setting.value;
    const Parameter* parameter = find_parameter(pack, setting.parameter);
    OPORA_EXPECTS(parameter != nullptr && std::holds_alternative<CodeList>(parameter->value));
    return std::get<CodeList>(parameter->value);
}

bool for_teachers(const Pack& pack) { return value_of(pack, pack.unit) == "teacher"; }

std::string to_text(const ParameterValue& value) {
    if (const auto* quantity = std::get_if<Quantity>(&value)) return text_of(*quantity);
    if (const auto* choice = std::get_if<Choice>(&value)) return choice->reading;
    const auto& list = std::get<CodeList>(value);
    return list.all ? "all" : fmt::format("[{}]", fmt::join(list.codes, ", "));
}

base::Result<ParameterValue> parse_value(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('[')) {
        if (!text.ends_with(']')) {
            return base::Unexpected{
                value_error("Список не закрыт", "[russian, mathematics]", text)};
        }
        return parse_list(text.substr(1, text.size() - 2));
    }
    if (text == "all") return ParameterValue{CodeList{true, {}}};
    if (text == "none") return ParameterValue{CodeList{}};
    if (!text.empty() && (text.front() == '-' || (text.front() >= '0' && text.front() <= '9'))) {
        return parse_quantity(text);
    }
    if (is_code(text)) return ParameterValue{Choice{std::string{text}}};
    return base::Unexpected{value_error(
        "Значение записано неверно", "число с единицей, имя варианта или список в скобках", text)};
}

std::optional<base::Error> check_value(const Parameter& parameter) {
    const auto refuse = [&](std::string_view message, std::string expected) {
        return base::Error{"pack_value",
                           fmt::format("{}: {}", named(parameter), message),
                           {},
                           std::move(expected),
                           to_text(parameter.value)};
    };
    if (const auto* quantity = std::get_if<Quantity>(&parameter.value)) {
        const double value = quantity->value.value();
        if (quantity->unit == model::Unit::share && (value < 0 || value > 10)) {
            return refuse("доля выходит за границы", "от 0 до 1000 %");
        }
        if (quantity->unit == model::Unit::years &&
            (quantity->value.denominator != 1 || value < 0 || value > 20)) {
            return refuse("число лет должно быть целым", "от 0 до 20 лет");
        }
        if (quantity->unit == model::Unit::count && value < 0) {
            return refuse("количество не бывает отрицательным", "0 и больше");
        }
    }
    for (const ParameterValue& other : parameter.other) {
        const bool unit_differs =
            std::holds_alternative<Quantity>(other) &&
            std::holds_alternative<Quantity>(parameter.value) &&
            std::get<Quantity>(other).unit != std::get<Quantity>(parameter.value).unit;
        if (other.index() != parameter.value.index() || unit_differs) {
            return refuse("другие варианты должны быть того же рода, что и значение",
                          to_text(other));
        }
    }
    return std::nullopt;
}

base::Result<Pack> with_parameter(const Pack& pack, std::string_view name, std::string_view value) {
    Pack changed = pack;
    const auto found = std::ranges::find(changed.parameters, name, &Parameter::name);
    if (found == changed.parameters.end()) {
        std::string known;
        for (const Parameter& parameter : pack.parameters) {
            known += (known.empty() ? "" : ", ") + parameter.name;
        }
        return base::Unexpected{
            base::Error{"unknown_parameter",
                        fmt::format("В методике {} нет такого параметра", pack.document.id),
                        {},
                        known,
                        std::string{name}}};
    }
    const ParameterValue parsed = OPORA_TRY(parse_for(*found, trimmed(value)));
    const auto refuse = [&](const std::string& expected) {
        return base::Unexpected{
            base::Error{"pack_value",
                        fmt::format("Параметр {} не может иметь такого значения", named(*found)),
                        {},
                        expected,
                        std::string{value}}};
    };
    const bool same_kind = parsed.index() == found->value.index();
    const auto* now = std::get_if<Quantity>(&found->value);
    const auto* next = std::get_if<Quantity>(&parsed);
    if (now != nullptr && (!same_kind || now->unit != next->unit)) {
        return refuse(fmt::format("число с единицей, например {}", to_text(found->value)));
    }
    if (!same_kind) return refuse(readings_of(*found));
    const bool listed =
        parsed == found->value || std::ranges::find(found->other, parsed) != found->other.end();
    if (std::holds_alternative<Choice>(parsed) && !listed) return refuse(readings_of(*found));

    const ParameterValue before = std::exchange(found->value, parsed);
    std::erase(found->other, parsed);
    if (before != parsed) found->other.insert(found->other.begin(), before);
    if (auto error = check_value(*found)) return base::Unexpected{*std::move(error)};
    return changed;
}

}  // namespace opora::rules
