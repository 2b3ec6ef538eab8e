#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "opora/model/result_table.hpp"
#include "opora/tally/cell.hpp"
#include "opora/tally/row_groups.hpp"

namespace opora::tally {

/// Counts the groups of a table one at a time into one cell whose memory is used again, so that a
/// country's million cells never stand in memory together. Several counters may work on one table
/// at the same time.
///
/// A participant is a row with a mark or a score. The score that counts is the test score of an ЕГЭ
/// row that has one, else the primary score; a cell with test scores has the score maximum 100, any
/// other the one that the file's work states. Points are counted for participants; a row that
/// brings fewer points than another says nothing of the other tasks. Rows without a class name
/// belong to no class tally.
class CellCounter {
public:
    CellCounter(const model::ResultTable& table, const RowGroups& groups);

    /// The cell of a group; valid until the next call.
    const Cell& count(std::size_t group);

private:
    struct ClassCounts {
        std::uint16_t class_name = 0;
        bool has_test_score = false;
        CellCounts counts;
    };

    void start(const RowRun& first);
    void count_row(std::size_t row);
    void count_score(std::int32_t score, CellCounts& counts);
    void count_marks(std::size_t row, std::int16_t mark, CellCounts& counts);
    void count_points(std::size_t row, std::int16_t mark);
    void finish();
    ClassCounts& class_of(std::size_t row);

    const model::ResultTable& table_;
    const RowGroups& groups_;
    std::vector<std::uint32_t> class_ranks_;
    std::vector<std::int32_t> score_max_;  ///< By procedure number; 0 when unknown.
    std::vector<std::uint16_t>
        class_slots_;  ///< By class number: its place in `classes_`, 0 when not met yet.
    std::vector<ClassCounts> classes_;  ///< The first are the rows without a class name.
    Cell cell_;
    std::int32_t work_score_max_ = 0;
    bool with_test_score_ = false;
};

}  // namespace opora::tally
