#include "opora/rules/trace.hpp"

#include <cmath>
#include <limits>

#include "opora/base/expects.hpp"
#include "opora/rules/vocabulary.hpp"
#include "opora/statistics/wilson.hpp"

namespace opora::rules {

using model::Derivation;

namespace {

Derivation::Kind kind_of(const Node& node) {
    using Kind = Derivation::Kind;
    switch (node.operation) {
        case Operation::conjunction:
        case Operation::disjunction:
        case Operation::negation:
        case Operation::at_least:
        case Operation::teaches:
        case Operation::rule:
            return Kind::logic;
        case Operation::comparison:
        case Operation::in_list:
        case Operation::was_held:
        case Operation::took:
        case Operation::lowest_in:
        case Operation::highest_in:
        case Operation::significantly_below:
        case Operation::significantly_above:
            return Kind::comparison;
        case Operation::truth_quantifier:
        case Operation::number_quantifier:
            return Kind::quantifier;
        case Operation::indicator:
        case Operation::year_indicator:
        case Operation::imported:
        case Operation::fact:
        case Operation::markers:
            return Kind::indicator;
        case Operation::parameter:
            return Kind::parameter;
        case Operation::constant:
            return Kind::constant;
        default:
            return Kind::arithmetic;
    }
}

/// The ratio as it is where it fits; else rounded to nine decimals for display (verdicts never use
/// it).
base::Fraction shown(const base::Rational& number) {
    const auto top = boost::multiprecision::numerator(number);
    const auto bottom = boost::multiprecision::denominator(number);
    constexpr auto limit = std::numeric_limits<std::int64_t>::max();
    if (abs(top) <= limit && bottom <= limit) {
        return {top.convert_to<std::int64_t>(), bottom.convert_to<std::int64_t>()};
    }
    constexpr std::int64_t billion = 1'000'000'000;
    const base::Rational scaled = base::round_half_up(base::Rational{number * billion});
    return {boost::multiprecision::numerator(scaled).convert_to<std::int64_t>(), billion};
}

}  // namespace

void TreeTrace::open(const Node& node, model::SchoolYear year,
                     const std::optional<model::Procedure>& procedure) {
    Derivation derivation;
    derivation.kind = kind_of(node);
    derivation.text = node.source->text;
    derivation.unit = node.type.unit;
    derivation.year = year;
    derivation.procedure = procedure;
    if (derivation.kind == Derivation::Kind::indicator ||
        derivation.kind == Derivation::Kind::parameter) {
        derivation.indicator = node.source->name;
    }
    if (node.operation == Operation::comparison) {
        derivation.comparison = std::string{symbol(node.comparison)};
    }
    open_.push_back(std::move(derivation));
}

void TreeTrace::close(Truth truth) {
    Derivation derivation = std::move(open_.back());
    open_.pop_back();
    derivation.outcome = outcome(truth);
    finish(std::move(derivation));
}

void TreeTrace::close(const Value<base::Rational>& value) {
    Derivation derivation = std::move(open_.back());
    open_.pop_back();
    const bool measured = derivation.value.known();
    if (!value.known()) {
        derivation.value = model::Measurement::absent(value.missing, value.n);
    } else if (!measured) {
        const std::int64_t n =
            value.ranged ? shown(value.high).numerator / shown(value.high).denominator : value.n;
        derivation.value = {shown(value.low), n, model::Missing::none};
    }
    finish(std::move(derivation));
}

void TreeTrace::measured(const model::Measurement& value, std::int32_t weight) {
    Derivation& derivation = open_.back();
    derivation.value = value;
    const auto* indicator = indicators::find_procedure_indicator(derivation.indicator);
    const bool share =
        derivation.indicator == "bottom_quartile_share" ||
        (indicator != nullptr && indicator->uncertainty == indicators::Uncertainty::binomial);
    if (!value.known() || !share || value.n <= 0) return;
    // Hour shares make fractional counts; the interval takes the nearest whole number of pupils.
    const double part = value.ratio.value() * static_cast<double>(value.n);
    const auto interval =
        statistics::wilson_95(weight == 1 ? value.ratio.numerator : std::llround(part), value.n);
    derivation.interval_low = interval.low;
    derivation.interval_high = interval.high;
    derivation.has_interval = true;
}

void TreeTrace::referred(const model::Measurement& value, indicators::Scope scope) {
    Derivation& derivation = open_.back();
    derivation.value = value;
    derivation.text = std::string{name(scope)} + "(" + derivation.text + ")";
}

void TreeTrace::in_year(model::SchoolYear year) { open_.back().year = year; }

void TreeTrace::of_procedure(const model::Procedure& procedure) {
    open_.back().procedure = procedure;
    open_.back().year = procedure.year;
}

void TreeTrace::source(const model::Source& source) { open_.back().sources.push_back(source); }

void TreeTrace::pooled(std::size_t years) {
    open_.back().years_pooled = std::max(open_.back().years_pooled, static_cast<int>(years));
}

void TreeTrace::left_out(const model::Procedure& procedure, model::Missing reason, std::int64_t n) {
    Derivation member;
    member.kind = Derivation::Kind::indicator;
    member.indicator = "participants";
    member.procedure = procedure;
    member.year = procedure.year;
    member.unit = model::Unit::count;
    member.value = model::Measurement::absent(reason, n);
    open_.back().parts.push_back(std::move(member));
}

void TreeTrace::finish(Derivation derivation) {
    if (open_.empty()) {
        finished_ = std::move(derivation);
    } else {
        open_.back().parts.push_back(std::move(derivation));
    }
}

Derivation TreeTrace::take() {
    OPORA_EXPECTS(open_.empty() && finished_.has_value());
    return *std::move(finished_);
}

}  // namespace opora::rules
