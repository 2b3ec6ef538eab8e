#include "opora/wording/trend.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/base/rational.hpp"
#include "opora/base/russian.hpp"

namespace opora::wording {

namespace {

constexpr const char* no_break_space = "\u00a0";

bool in_percent(model::Unit unit) {
    return unit == model::Unit::share || unit == model::Unit::points;
}

/// Decimals of a unit; counts and years are whole unless a value is not.
int digits_of(const YearValues& values, model::Unit unit) {
    if (in_percent(unit)) return 1;
    if (unit == model::Unit::score || unit == model::Unit::mark) return 2;
    const bool whole = std::ranges::all_of(values, [](const auto& one) {
        return !one.second.known() ||
               one.second.ratio.numerator % one.second.ratio.denominator == 0;
    });
    return whole ? 0 : 2;
}

/// The value as it is printed, as a whole number of its last decimal.
std::int64_t printed(const model::Measurement& value, model::Unit unit, int digits) {
    base::Rational number = base::exact(value.ratio);
    if (in_percent(unit)) number *= 100;
    for (int i = 0; i < digits; ++i) number *= 10;
    const base::Rational rounded =
        number < 0 ? base::Rational{-base::round_half_up(-number)} : base::round_half_up(number);
    return boost::multiprecision::numerator(rounded).convert_to<std::int64_t>();
}

std::string number_text(std::int64_t printed, int digits) {
    std::int64_t scale = 1;
    for (int i = 0; i < digits; ++i) scale *= 10;
    if (digits == 0) return base::grouped(printed);
    return base::decimal_comma(base::Fraction{printed, scale}, digits);
}

struct Step {
    model::SchoolYear year;
    std::int64_t change = 0;
};

class Trend {
public:
    Trend(const YearValues& values, model::Unit unit)
        : unit_{unit}, digits_{digits_of(values, unit)} {
        for (const auto& [year, value] : values) {
            if (!value.known()) {
                gaps_ = true;
                continue;
            }
            const std::int64_t now = printed(value, unit, digits_);
            if (known_++ > 0) steps_.push_back({year, now - last_});
            last_ = now;
        }
        for (const Step& step : steps_) total_ += step.change;
    }

    /// «п.п.» ends with a point of its own.
    std::string sentence() const {
        const std::string text = words();
        return text.empty() || text.ends_with('.') ? text : text + ".";
    }

private:
    std::string words() const {
        if (steps_.empty()) return "";
        const auto moves = [this](int sign) {
            return std::ranges::count_if(
                steps_, [sign](const Step& step) { return step.change * sign > 0; });
        };
        if (moves(1) + moves(-1) == 0) return "За период не изменилось";
        const int direction = total_ < 0 ? -1 : 1;
        if (total_ == 0) return fmt::format("За период не изменилось: {}", exceptions(0));
        const char* word = direction < 0 ? "ниже" : "выше";
        if (steps_.size() == 1) return fmt::format("За период {} на {}", word, amount(total_));
        if (moves(direction) == std::ssize(steps_) && !gaps_) {
            return fmt::format("{} каждый год, за период на {}",
                               direction < 0 ? "Снижается" : "Растёт", amount(total_));
        }
        const std::string others = exceptions(direction);
        if (others.empty()) return fmt::format("За период {} на {}", word, amount(total_));
        return fmt::format("За период {} на {}, но не каждый год: {}", word, amount(total_),
                           others);
    }

    std::string amount(std::int64_t change) const {
        std::string text = number_text(change < 0 ? -change : change, digits_);
        if (in_percent(unit_)) text += std::string{no_break_space} + "п.п.";
        return text;
    }

    /// The steps that go another way than `direction` (0: all), in the order of years.
    std::string exceptions(int direction) const {
        std::string text;
        for (const Step& step : steps_) {
            const int sign = (step.change > 0) - (step.change < 0);
            if (sign == direction && direction != 0) continue;
            if (!text.empty()) text += ", ";
            text += fmt::format("в {} году ", step.year.ending);
            text += sign == 0 ? "без изменений"
                              : fmt::format("{} на {}", sign > 0 ? "рост" : "снижение",
                                            amount(step.change));
        }
        return text;
    }

    model::Unit unit_;
    int digits_;
    bool gaps_ = false;
    int known_ = 0;
    std::int64_t last_ = 0;
    std::int64_t total_ = 0;
    std::vector<Step> steps_;
};

}  // namespace

std::string values_by_year(const YearValues& values, model::Unit unit) {
    if (values.empty()) return "";
    const int digits = digits_of(values, unit);
    const int first = values.front().first.ending;
    const int last = values.back().first.ending;
    std::string text =
        first == last ? fmt::format("{}: ", first) : fmt::format("{}–{}: ", first, last);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const model::Measurement& value = values[i].second;
        if (i > 0) text += "; ";
        text += value.known() ? number_text(printed(value, unit, digits), digits)
                              : std::string{model::title(value.missing)};
    }
    if (in_percent(unit)) text += std::string{no_break_space} + "%";
    return text;
}

std::string trend_sentence(const YearValues& values, model::Unit unit) {
    return Trend{values, unit}.sentence();
}

}  // namespace opora::wording
