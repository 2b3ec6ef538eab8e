#include "opora/wording/gap.hpp"

#include <fmt/format.h>

#include <array>

#include "opora/base/expects.hpp"
#include "opora/base/rational.hpp"
#include "opora/base/russian.hpp"

namespace opora::wording {

namespace {

constexpr base::PluralForms pupils{"ученика", "ученика", "учеников"};
constexpr std::array<std::string_view, 5> small_numbers{"", "одного ученика", "двух учеников",
                                                        "трёх учеников", "четырёх учеников"};

}  // namespace

std::optional<std::int64_t> gap_in_people(const model::Measurement& share, model::Unit unit,
                                          std::string_view comparison,
                                          const model::Measurement& threshold) {
    if (unit != model::Unit::share || !share.known() || !threshold.known()) return std::nullopt;
    if (share.n <= 0 || share.ratio.denominator != share.n) return std::nullopt;

    const std::int64_t counted = share.ratio.numerator;
    const base::Rational limit = base::exact(threshold.ratio) * share.n;
    // The first whole number on the upper side of the comparison; the one below it is the last of
    // the lower side.
    const bool limit_is_above = comparison == ">=" || comparison == "<";
    if (!limit_is_above && comparison != ">" && comparison != "<=") return std::nullopt;
    const base::Rational upper =
        limit_is_above ? base::ceiling(limit) : base::Rational{base::floor(limit) + 1};
    const base::Rational turned = upper <= counted ? base::Rational{upper - 1} : upper;
    if (turned < 0 || turned > share.n) return std::nullopt;
    return boost::multiprecision::numerator(turned).convert_to<std::int64_t>() - counted;
}

std::string gap_words(std::int64_t change) {
    OPORA_EXPECTS(change != 0);
    const std::int64_t people = change < 0 ? -change : change;
    const std::string_view direction = change < 0 ? "меньше" : "больше";
    if (people < static_cast<std::int64_t>(small_numbers.size())) {
        return fmt::format("на {} {}", small_numbers[static_cast<std::size_t>(people)], direction);
    }
    return fmt::format("на {} {}", base::counted(people, pupils), direction);
}

std::string people_words(std::int64_t change) {
    return base::counted(change < 0 ? -change : change, {"ученик", "ученика", "учеников"});
}

}  // namespace opora::wording
