#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opora/model/identifier.hpp"
#include "opora/model/procedure.hpp"

namespace opora::model {

/// One pupil's line of a protocol. No name, passport or document of a pupil has a field here, on
/// purpose.
struct AssessmentResult {
    Procedure procedure;
    SchoolId school;
    std::string class_name;   ///< «5А»; empty when the protocol does not say.
    std::string participant;  ///< The anonymous participant code; empty when there is none.
    std::string variant;      ///< The variant of the work; empty when unknown.
    std::optional<std::int32_t> score;       ///< Primary score.
    std::optional<std::int32_t> test_score;  ///< ЕГЭ: 0..100.
    std::optional<std::int32_t>
        mark;  ///< 2..5, as the protocol states it or as the scale computes it.
    std::optional<std::int32_t> journal_mark;         ///< 2..5, the mark in the school's journal.
    std::vector<std::optional<std::int16_t>> points;  ///< Per task; missing is not zero.
    /// Below the minimum of the procedure: ЕГЭ below the certificate minimum, otherwise mark 2.
    std::optional<bool> below_minimum;
    std::optional<bool> at_minimum;  ///< Exactly at the minimum score; unknown without a scale.
    std::int32_t source_row = 0;     ///< Row of the source file, from 1.
};

/// A task of a work as its form describes it.
struct Task {
    std::string number;  ///< «9.1», «3К1» (Cyrillic К always).
    std::int32_t points_max = 1;
    char difficulty = ' ';  ///< 'b' базовый, 'p' повышенный, 'h' высокий, ' ' unknown.

    friend bool operator==(const Task&, const Task&) = default;
};

/// What is known of a whole work in one protocol file.
struct Work {
    Procedure procedure;
    std::optional<std::int32_t> score_max;
    std::vector<Task> tasks;

    friend bool operator==(const Work&, const Work&) = default;
};

}  // namespace opora::model
