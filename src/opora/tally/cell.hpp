#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "opora/model/assessment_result.hpp"
#include "opora/model/finding.hpp"
#include "opora/model/identifier.hpp"
#include "opora/model/procedure.hpp"

namespace opora::tally {

/// The counts of one school in one procedure that every common indicator needs.
///
/// A mergeable state: `merge` of the counts of two groups of pupils is the counts of both together.
/// A participant is a row with a mark or a score.
struct CellCounts {
    std::int32_t participants = 0;
    std::int32_t no_result = 0;  ///< Rows without mark and score (X, absent).
    /// Participants whose own rows were read: all of a protocol, none of an aggregate form, which
    /// tells neither who got no result nor how far a mark lies from the journal's. Not stored: it
    /// follows from the origin of the cell.
    std::int32_t listed = 0;
    std::array<std::int32_t, 4> marks{};  ///< Marks 2, 3, 4, 5.
    std::int32_t minimum_known =
        0;  ///< Participants of whom it is known whether they reached the minimum.
    std::int32_t below_minimum = 0;  ///< Of those, the ones who did not.
    std::int32_t at_minimum_known =
        0;  ///< Participants of whom it is known whether they stand exactly at it.
    std::int32_t at_minimum = 0;
    std::int32_t scored = 0;  ///< Participants with a score (test score for ЕГЭ, else primary).
    std::int64_t score_sum = 0;
    std::int64_t score_squares = 0;
    std::int32_t score_max = 0;  ///< Of the work; 0 when unknown.
    std::int32_t journaled = 0;  ///< Participants with both marks.
    std::int32_t lowered = 0;    ///< Mark below the journal mark.
    std::int32_t confirmed = 0;
    std::int32_t raised = 0;
    std::int32_t far_apart = 0;  ///< |mark - journal mark| >= 2 (ФИОКО 2026, direction 3); of
                                 ///< the listed.

    std::int32_t marked() const { return marks[0] + marks[1] + marks[2] + marks[3]; }

    friend bool operator==(const CellCounts&, const CellCounts&) = default;
};

void merge(CellCounts& into, const CellCounts& other);

/// Points of one task over a group of pupils: `counts[k]` scored k.
struct TaskTally {
    std::vector<std::int32_t> counts;
    std::int32_t missing = 0;

    friend bool operator==(const TaskTally&, const TaskTally&) = default;
};

/// One class in one procedure.
struct ClassTally {
    std::string class_name;
    CellCounts counts;

    friend bool operator==(const ClassTally&, const ClassTally&) = default;
};

/// What single analyses need beyond the counts; loaded only when asked for.
struct CellDetail {
    std::vector<std::int32_t> histogram;  ///< By score from 0; the ЕГЭ histogram is by test score.
    std::array<std::array<std::int32_t, 4>, 4> journal{};  ///< [mark-2][journal mark-2].
    std::vector<TaskTally> tasks;                          ///< In the order of the work's tasks.
    std::array<std::vector<TaskTally>, 4> tasks_by_mark;   ///< [mark-2], same order.
    std::vector<ClassTally> classes;                       ///< Sorted by class name.

    friend bool operator==(const CellDetail&, const CellDetail&) = default;
};

void merge(CellDetail& into, const CellDetail& other);

/// Where the numbers came from: rows of pupils, or an aggregate form (a protocol outranks it).
enum class Origin : std::uint8_t { protocol, aggregate };

/// All that is kept of one school in one procedure from one import.
struct Cell {
    model::SchoolId school;
    model::Procedure procedure;
    Origin origin = Origin::protocol;
    CellCounts counts;
    CellDetail detail;
    std::int32_t row_first = 0;  ///< Span of rows in the source file.
    std::int32_t row_last = 0;

    friend bool operator==(const Cell&, const Cell&) = default;
};

}  // namespace opora::tally
