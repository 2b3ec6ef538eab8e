#include "opora/identification/result_kind.hpp"

#include <algorithm>
#include <string_view>

namespace opora::identification {

namespace {

using indicators::EvidenceCell;
using statistics::Counted;

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

float indicator_value(const IndicatorFormula& formula, const KindValues& kinds,
                      const EvidenceCell& cell) {
    const float own = kinds[place(formula.kind)];
    if (formula.form == Form::itself) return own;
    if (formula.form == Form::part_of_max) {
        const bool known = own >= 0 && cell.counts.score_max > 0;
        return known ? own / static_cast<float>(cell.counts.score_max) : not_drawn;
    }
    const float first = kinds[low_is_two(cell) ? place(low) : place(two)];
    if (first < 0) return not_drawn;
    if (formula.form == Form::share_of_two) return first;
    if (formula.form == Form::success) return 1 - first;
    // A cell with twos alone has no other marks to break.
    const float second = cell.counts.marked() > cell.counts.marks[0] ? kinds[place(three)] : 1;
    if (second < 0) return not_drawn;
    const float good = (1 - first) * (1 - second);
    if (formula.form == Form::quality) return good;
    const bool has_good = cell.counts.marks[2] + cell.counts.marks[3] > 0;
    const float third = has_good ? kinds[place(four)] : 1;
    if (third < 0) return not_drawn;
    const float q3 = (1 - first) * second;
    const float q4 = good * third;
    const float q5 = good * (1 - third);
    if (formula.form == Form::mean_mark) return 2 * first + 3 * q3 + 4 * q4 + 5 * q5;
    // Pupils without a mark are counted, not sampled: they keep their 7 of 100.
    const auto marked = static_cast<float>(cell.counts.marked());
    const auto without = static_cast<float>(cell.counts.no_result);
    const float degree = q5 + 0.64F * q4 + 0.36F * q3 + 0.16F * first;
    return (degree * marked + 0.07F * without) / (marked + without);
}

}  // namespace opora::identification
