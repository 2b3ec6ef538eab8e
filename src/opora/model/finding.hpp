#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "opora/model/identifier.hpp"
#include "opora/model/measurement.hpp"
#include "opora/model/procedure.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

/// Three-valued logic and its fourth answer: a rule that does not concern the school is neither met
/// nor unknown.
enum class Outcome : std::uint8_t { met, not_met, unknown, not_applicable };

/// Where a tally came from: a file as its sender named it, and the span of its rows.
struct Source {
    std::string file;
    std::int32_t row_first = 0;
    std::int32_t row_last = 0;

    friend auto operator<=>(const Source&, const Source&) = default;
};

/// One node of a derivation: what was evaluated, with which result, from which parts.
struct Derivation {
    enum class Kind : std::uint8_t {
        logic,       ///< and, or, not: `outcome`
        quantifier,  ///< any, every, count …: `outcome` or `value`
        comparison,  ///< value against threshold: `outcome`; parts are both sides
        arithmetic,  ///< a computed number: `value`
        indicator,   ///< a measured number: `value`, `n`, interval, `sources`
        parameter,   ///< a named parameter of the pack: `value`
        constant,
    };
    Kind kind = Kind::constant;
    std::string text;                           ///< The sub-expression as the pack writes it.
    std::string indicator;                      ///< Catalogue code, for kind indicator.
    std::string comparison;                     ///< «>=» …, for kind comparison.
    std::optional<Procedure> procedure;         ///< Bound procedure, if any.
    std::optional<SchoolYear> year;             ///< Bound year, if any.
    Outcome outcome = Outcome::not_applicable;  ///< For kinds that are true or false.
    Measurement value;  ///< For kinds that are numbers (ratio exact when it fits).
    Unit unit = Unit::number;
    double interval_low = 0;  ///< 95 % Wilson interval of a share x/n; both 0 when there is none.
    double interval_high = 0;
    bool has_interval = false;
    std::string among;     ///< Of a comparison within a cluster: its name and its schools, Russian.
    int years_pooled = 1;  ///< More: too few results, put together with those of earlier years.
    std::vector<Source> sources;
    std::vector<Derivation> parts;
};

/// The outcome of one rule for one object.
struct Finding {
    std::string rule;    ///< Rule id in the pack.
    std::string clause;  ///< Clause of the source document.
    Outcome outcome = Outcome::unknown;
    Derivation derivation;  ///< Empty (no parts, no text) where only verdicts were asked for.
};

}  // namespace opora::model
