#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/model/finding.hpp"

namespace opora::wording {

/// A measured value with the threshold that it was held against: one row of a table of reasons.
struct ComparedValue {
    std::string indicator;  ///< Catalogue code; empty for a computed number.
    std::string text;       ///< The expression of the value as the pack writes it.
    std::optional<model::Procedure> procedure;
    std::optional<model::SchoolYear> year;
    model::Measurement value;
    model::Unit unit = model::Unit::number;
    bool has_interval = false;
    double interval_low = 0;
    double interval_high = 0;
    std::string comparison;  ///< From the side of the value; empty when it only was a part of a
                             ///< computed number.
    model::Measurement threshold;
    model::Unit threshold_unit = model::Unit::number;
    std::string threshold_text;  ///< The expression of the threshold.
    model::Outcome outcome = model::Outcome::not_applicable;
    std::optional<std::int64_t> gap;  ///< See gap_in_people.
    int years_pooled = 1;
    std::vector<model::Source> sources;
};

/// What a comparison node compares: the measured side with the other. std::nullopt for any other
/// node.
std::optional<ComparedValue> compared_value(const model::Derivation& comparison);

/// All measured values of a derivation in its order, each once: compared ones, and those that are
/// parts of a computed number.
std::vector<ComparedValue> compared_values(const model::Derivation& tree);

/// Of them, those by which the whole is met: known values that meet their threshold, in procedures
/// and alternatives that meet their whole condition.
std::vector<ComparedValue> values_met(const model::Derivation& tree);

/// Spans of rows sorted by file and row, overlapping and adjacent ones joined.
std::vector<model::Source> merged(std::vector<model::Source> sources);

/// The files and rows under a derivation, merged.
std::vector<model::Source> sources_of(const model::Derivation& tree);

}  // namespace opora::wording
