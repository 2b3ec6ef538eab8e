#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "opora/indicators/evidence.hpp"
#include "opora/model/measurement.hpp"

namespace opora::indicators {

enum class Direction : std::uint8_t { higher_is_better, lower_is_better, neutral };

/// How the value varies by chance: a share of pupils, a mean over pupils, or nothing that is
/// modelled.
enum class Uncertainty : std::uint8_t { binomial, mean, none };

/// An indicator of one school in one procedure: `quality`, `low_share` …
///
/// `measure` reads the counts alone, so that the same definition serves a school, a teacher and a
/// whole region.
struct ProcedureIndicator {
    std::string_view code;
    std::string_view title;  ///< Russian, as a column heading.
    model::Unit unit;
    Direction direction;
    std::string_view numerator;  ///< Both halves of the ratio, in Russian.
    std::string_view denominator;
    Uncertainty uncertainty;
    model::Measurement (*measure)(const tally::CellCounts&);
    /// What the counted participants did, for sentences: «не преодолели порог»; empty for means.
    std::string_view of_whom = {};
    /// Which fields of a cell it reads: the files that gave them are its sources.
    tally::FieldGroups reads = tally::all_groups;
};

/// An indicator of a school in a year, from facts: a ratio of two of them.
struct YearIndicator {
    std::string_view code;
    std::string_view title;
    model::Unit unit;
    Direction direction;
    std::string_view numerator_fact;
    std::string_view denominator_fact;  ///< Empty: the fact itself is the value.
};

std::span<const ProcedureIndicator> procedure_indicators();
std::span<const YearIndicator> year_indicators();
const ProcedureIndicator* find_procedure_indicator(std::string_view code);
const YearIndicator* find_year_indicator(std::string_view code);

/// Whether the indicator is read off marks alone, so that a procedure without marks (ЕГЭ) has none.
bool is_of_marks(const ProcedureIndicator& indicator);

/// The value in a cell. Counts below `n_min` participants give Missing::too_few_results (with n);
/// weights of shared classes are taken back in n.
model::Measurement measure(const ProcedureIndicator& indicator, const EvidenceCell& cell,
                           std::int64_t n_min);

/// The share in the region's lowest quarter of scores has its counts in the cell itself, not in
/// CellCounts.
model::Measurement bottom_quartile_share(const EvidenceCell& cell);

/// A year indicator with its facts looked up: what is measured for many schools.
struct FactRatio {
    std::uint32_t numerator = nothing;
    std::uint32_t denominator = nothing;
    bool whole = false;  ///< The numerator itself is the value.
};

/// Nothing where no school has one of the facts.
std::optional<FactRatio> ratio_of(const Evidence& evidence, const YearIndicator& indicator);

model::Measurement measure(const Evidence& evidence, const FactRatio& ratio, SchoolNumber school,
                           model::SchoolYear year);
model::Measurement measure(const Evidence& evidence, const YearIndicator& indicator,
                           SchoolNumber school, model::SchoolYear year);

/// An imported value as a measurement (unit number).
model::Measurement measure_imported(const Evidence& evidence, std::uint32_t indicator,
                                    SchoolNumber school, model::SchoolYear year);

}  // namespace opora::indicators
