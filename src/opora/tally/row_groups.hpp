#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "opora/model/result_table.hpp"

namespace opora::tally {

/// Rows [begin, end) of a table.
struct RowRun {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// The rows of a table grouped by (school, procedure), groups in the order of school id (bytes) and
/// procedure.
///
/// Nothing is moved: a group is a list of runs of neighbouring rows, in the order of the table.
/// Protocols come grouped, so a group usually is one run and 33 million rows make a million runs;
/// any other order is grouped all the same.
class RowGroups {
public:
    explicit RowGroups(const model::ResultTable& table);

    std::size_t size() const { return first_runs_.size() - 1; }
    /// The runs of a group; at least one, none of them empty.
    std::span<const RowRun> runs(std::size_t group) const;
    /// Rows of all groups before this one; `rows_before(size())` is the number of rows.
    std::size_t rows_before(std::size_t group) const { return rows_before_[group]; }

private:
    std::vector<RowRun> runs_;
    std::vector<std::uint32_t> first_runs_;   ///< size() + 1 entries.
    std::vector<std::uint32_t> rows_before_;  ///< size() + 1 entries.
};

/// The place of each text of a dictionary among its texts sorted by bytes.
std::vector<std::uint32_t> text_ranks(const model::Dictionary& dictionary);

/// The place of each procedure of a list among them sorted.
std::vector<std::uint32_t> procedure_ranks(std::span<const model::Procedure> procedures);

}  // namespace opora::tally
