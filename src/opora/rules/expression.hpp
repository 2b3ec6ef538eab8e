#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/base/fraction.hpp"
#include "opora/indicators/evidence.hpp"
#include "opora/model/measurement.hpp"
#include "opora/model/procedure.hpp"

namespace opora::rules {

/// What an expression is: true or false, or a number with a unit. A number written without a unit
/// («2») is bare: it takes the unit of what it is compared with or added to, but never becomes a
/// share, a difference of shares or a span of years.
struct Type {
    enum class Kind : std::uint8_t { truth, number };
    Kind kind = Kind::number;
    model::Unit unit = model::Unit::number;
    bool bare = false;

    friend bool operator==(const Type&, const Type&) = default;
};

enum class Operation : std::uint8_t {
    // True or false.
    conjunction,
    disjunction,
    negation,
    comparison,
    at_least,
    truth_quantifier,
    teaches,
    in_list,
    was_held,
    took,
    lowest_in,
    highest_in,
    significantly_below,
    significantly_above,
    rule,
    // Numbers.
    constant,
    parameter,
    sum,
    difference,
    product,
    quotient,
    share_of,
    negative,
    minimum,
    maximum,
    absolute,
    round_half_up,
    floor,
    ceiling,
    indicator,
    year_indicator,
    imported,
    fact,
    markers,
    percent_rank,
    number_quantifier,
    reference,
    // Resolved while a pack is checked and bound: a choice by a parameter, a name, a call of a
    // definition.
    choose,
    name,
    call,
};

enum class Comparison : std::uint8_t { less, less_equal, greater, greater_equal, equal };

enum class Aggregate : std::uint8_t {
    any,
    every,
    count,
    sum,
    mean,
    minimum,
    maximum,
    slope,
    pooled
};

/// A list of names: as written, or by the name of a parameter that holds it.
struct NameList {
    std::vector<std::string> names;
    std::string parameter;

    friend bool operator==(const NameList&, const NameList&) = default;
};

/// Which procedures are meant: `held(ВПР, programme grade 4, [russian, mathematics])`. Empty lists
/// mean all.
struct ProcedureFilter {
    NameList types;  ///< Codes of procedure types.
    NameList subjects;
    int grade_first = 0;  ///< 0: every grade.
    int grade_last = 0;
    bool programme_grade = false;  ///< Grades of the programme, not of the participants.

    friend bool operator==(const ProcedureFilter&, const ProcedureFilter&) = default;
};

/// Which years are meant: `last(3 years)`, `previous(window_years)`, or the name of a window of the
/// pack.
struct WindowReference {
    enum class Kind : std::uint8_t { none, last, previous, named };
    Kind kind = Kind::none;
    int years = 0;
    std::string name;  ///< Of the parameter (last, previous) or of the window.

    friend bool operator==(const WindowReference&, const WindowReference&) = default;
};

/// One node of an expression: the tree that the parser makes and the checker completes.
///
/// Which fields have a meaning follows from `operation`; the others keep their empty values.
struct Expression {
    Operation operation = Operation::constant;
    Type type;               ///< Known after the check.
    std::string text;        ///< As it was written, for derivations.
    std::size_t offset = 0;  ///< Of its first byte in the text of its rule.
    std::string name;        ///< Parameter, indicator, imported code, variable, definition, rule.
    std::string argument;    ///< Variable of an indicator: `p` in `low_share(p)`.
    base::Fraction number;   ///< Of a constant; percents as a fraction of 1.
    Comparison comparison = Comparison::less;
    Aggregate aggregate = Aggregate::any;
    std::optional<ProcedureFilter>
        procedures;  ///< Of a quantifier, or of an indicator pooled over procedures.
    WindowReference window;
    indicators::Scope scope = indicators::Scope::region;
    int years_before = 0;  ///< `year before` is 1.
    int grade_first = 0;   ///< `teaches grades 5..9`.
    int grade_last = 0;
    std::vector<std::string> readings;  ///< Of choose, one per part.
    std::vector<Expression> parts;

    friend bool operator==(const Expression&, const Expression&) = default;
};

constexpr std::size_t expression_bytes_max = 65536;
constexpr int expression_depth_max = 64;    ///< Of brackets in the text.
constexpr int expression_height_max = 160;  ///< Of the tree, chains included.

/// A mistake in an expression, with its place in the text.
struct ExpressionError {
    std::string code;
    std::string message;
    std::size_t offset = 0;
    std::string expected;
    std::string found;
};

}  // namespace opora::rules
