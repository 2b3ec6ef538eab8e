#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "opora/rules/expression.hpp"

namespace opora::rules {

/// A function of numbers: `abs(x)`, `max(a, b, …)`.
struct Function {
    std::string_view name;
    Operation operation;
    int arguments_min;
    int arguments_max;
};

const Function* find_function(std::string_view name);
std::optional<Aggregate> find_aggregate(std::string_view name);
std::string_view name(Aggregate aggregate);
/// `region`, `district`, `country`, `cluster`.
std::optional<indicators::Scope> find_scope(std::string_view name);
std::string_view name(indicators::Scope scope);
std::string_view symbol(Comparison comparison);

/// Words that a pack cannot take as names of its own.
bool is_reserved(std::string_view word);

/// A unit behind a number in an expression or a parameter: `%`, `pp`, `years`, `procedures` …, and
/// the divisor that turns the written number into the stored one (100 for percents).
struct UnitWord {
    std::string_view word;
    model::Unit unit;
    std::int64_t divisor;
    bool only_parameters;  ///< In expressions a bare number serves.
};
const UnitWord* find_unit(std::string_view word);

/// «доля», «процентные пункты», «количество» …, for messages.
std::string_view russian(model::Unit unit);
std::string russian(const Type& type);

/// The known name that is nearest to a mistyped one, if any is near.
std::optional<std::string_view> nearest(std::string_view word,
                                        std::span<const std::string_view> known);

}  // namespace opora::rules
