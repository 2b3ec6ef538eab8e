#include "opora/identification/result_kind.hpp"

#include <algorithm>
#include <string_view>

namespace opora::identification {

namespace {

using indicators::EvidenceCell;
using statistics::Counted;
using statistics::Lanes;
using statistics::lanes;

using enum ResultKind;
using Form = IndicatorFormula::Form;

struct Named {
    std::string_view indicator;
    IndicatorFormula formula;
};

const std::array<Named, 16> formulas{{
    {"low_share", {Form::itself, low}},
    {"below_minimum_share", {Form::itself, low}},
    {"at_minimum_share", {Form::itself, at_minimum}},
    {"share_of_two", {Form::share_of_two, two}},
    {"success", {Form::success, two}},
    {"quality", {Form::quality, three}},
    {"learning_degree", {Form::learning_degree, four}},
    {"mean_mark", {Form::mean_mark, four}},
    {"mean_score", {Form::itself, score}},
    {"score_share", {Form::part_of_max, score}},
    {"no_result_share", {Form::itself, no_result}},
    {"lowered_share", {Form::itself, lowered}},
    {"confirmed_share", {Form::itself, confirmed}},
    {"raised_share", {Form::itself, raised}},
    {"far_apart_share", {Form::itself, far_apart}},
    {"bottom_quartile_share", {Form::itself, bottom_quartile}},
}};

std::string_view code_of(std::size_t place) {
    const auto* indicator = rules::drawn_indicator(place);
    return indicator != nullptr ? indicator->code : "bottom_quartile_share";
}

/// Shares of the marks of a cell.
struct Shares {
    float two;
    float good;
    float three;
    float four;
    float five;
};

/// The draws that break the marks of a cell: twos of all, threes of the others, fours of the good.
struct Marks {
    const Lanes& two;
    const Lanes& three_of_other;
    const Lanes& four_of_good;

    template <class Value>
    void each(const Value& value, Lanes& values) const {
        for (std::size_t i = 0; i < lanes; ++i) {
            const float good = (1 - two[i]) * (1 - three_of_other[i]);
            values[i] = value(Shares{.two = two[i],
                                     .good = good,
                                     .three = (1 - two[i]) * three_of_other[i],
                                     .four = good * four_of_good[i],
                                     .five = good * (1 - four_of_good[i])});
        }
    }
};

}  // namespace

IndicatorFormula formula_of(std::size_t indicator) {
    const auto found = std::ranges::find(formulas, code_of(indicator), &Named::indicator);
    return found != formulas.end() ? found->formula : IndicatorFormula{};
}

KindSet kinds_of(const std::array<bool, rules::drawn_indicators>& indicators) {
    KindSet kinds{};
    for (std::size_t i = 0; i < indicators.size(); ++i) {
        if (!indicators[i]) continue;
        const IndicatorFormula formula = formula_of(i);
        kinds[place(formula.kind)] = true;
        const bool of_marks = formula.form != Form::itself && formula.form != Form::part_of_max;
        if (!of_marks) continue;
        kinds[place(low)] = true;
        kinds[place(two)] = true;
        if (formula.kind == four) kinds[place(three)] = true;
    }
    return kinds;
}

bool low_is_two(const EvidenceCell& cell) {
    const auto& counts = cell.counts;
    return counts.minimum_known == counts.marked() && counts.below_minimum == counts.marks[0];
}

std::optional<Counted> counted(ResultKind kind, const EvidenceCell& cell) {
    const auto& c = cell.counts;
    const auto of = [&](double failed, double all) -> std::optional<Counted> {
        if (all <= 0) return std::nullopt;
        return Counted{failed / cell.weight, all / cell.weight};
    };
    switch (kind) {
        case low:
            return of(c.below_minimum, c.minimum_known);
        case two:
            return low_is_two(cell) ? std::nullopt : of(c.marks[0], c.marked());
        case three:
            return of(c.marks[1], c.marked() - c.marks[0]);
        case four:
            return of(c.marks[2], c.marks[2] + c.marks[3]);
        case score:
            return std::nullopt;
        case at_minimum:
            return of(c.at_minimum, c.at_minimum_known);
        case no_result:
            return of(c.no_result, c.participants + c.no_result);
        case lowered:
            return of(c.lowered, c.journaled);
        case confirmed:
            return of(c.confirmed, c.journaled);
        case raised:
            return of(c.raised, c.journaled);
        case far_apart:
            return of(c.far_apart, c.journaled);
        case bottom_quartile:
            return of(cell.bottom_quartile, cell.bottom_quartile_known);
    }
    return std::nullopt;
}

void indicator_values(const IndicatorFormula& formula, const KindLanes& kinds,
                      const EvidenceCell& cell, Lanes& values) {
    const auto drawn = [&](ResultKind kind) {
        const Lanes* all = kinds[place(kind)];
        return all != nullptr && all->front() >= 0 ? all : nullptr;
    };
    values.fill(not_drawn);
    if (formula.form == Form::itself || formula.form == Form::part_of_max) {
        const Lanes* own = drawn(formula.kind);
        const bool itself = formula.form == Form::itself;
        if (own == nullptr || (!itself && cell.counts.score_max <= 0)) return;
        const float whole = itself ? 1.0F : static_cast<float>(cell.counts.score_max);
        for (std::size_t i = 0; i < lanes; ++i) values[i] = (*own)[i] / whole;
        return;
    }
    // A cell with twos alone has no other marks to break, and one without good marks no fours.
    static constexpr Lanes all_of_them = [] {
        Lanes ones{};
        ones.fill(1);
        return ones;
    }();
    const bool has_other = cell.counts.marked() > cell.counts.marks[0];
    const bool has_good = cell.counts.marks[2] + cell.counts.marks[3] > 0;
    const bool breaks_other = formula.form != Form::share_of_two && formula.form != Form::success;
    const bool breaks_good = breaks_other && formula.form != Form::quality;
    const Lanes* first = drawn(low_is_two(cell) ? low : two);
    const Lanes* second = has_other && breaks_other ? drawn(three) : &all_of_them;
    const Lanes* third = has_good && breaks_good ? drawn(four) : &all_of_them;
    if (first == nullptr || second == nullptr || third == nullptr) return;

    const Marks marks{.two = *first, .three_of_other = *second, .four_of_good = *third};
    switch (formula.form) {
        case Form::share_of_two:
            return marks.each([](const Shares& q) { return q.two; }, values);
        case Form::success:
            return marks.each([](const Shares& q) { return 1 - q.two; }, values);
        case Form::quality:
            return marks.each([](const Shares& q) { return q.good; }, values);
        case Form::mean_mark:
            return marks.each(
                [](const Shares& q) { return 2 * q.two + 3 * q.three + 4 * q.four + 5 * q.five; },
                values);
        default:
            break;
    }
    // Pupils without a mark are counted, not sampled: they keep their 7 of 100.
    const auto marked = static_cast<float>(cell.counts.marked());
    const auto without = static_cast<float>(cell.counts.no_result);
    marks.each(
        [&](const Shares& q) {
            const float degree = q.five + 0.64F * q.four + 0.36F * q.three + 0.16F * q.two;
            return (degree * marked + 0.07F * without) / (marked + without);
        },
        values);
}

}  // namespace opora::identification
