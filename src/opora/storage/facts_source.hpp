#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "opora/model/result_table.hpp"
#include "opora/storage/chunk_source.hpp"
#include "opora/tally/row_groups.hpp"

namespace opora::storage {

/// Groups [first, last) of a table.
struct GroupRange {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// Cuts the groups into at most `parts` ranges of about equal numbers of rows.
std::vector<GroupRange> cut_groups(const tally::RowGroups& groups, std::size_t parts);

/// The texts of a column that is written as numbers into them.
///
/// Up to 65,535 texts go to DuckDB as an enumeration: the file holds the same dictionary-coded text
/// either way, but the writer need not hash every row, which halves the time of a country's table.
/// Empty text is NULL.
class CodedTexts {
public:
    /// How DuckDB keeps the column: numbers of one or two bytes, as the size of an enumeration has
    /// it, or texts.
    enum class Coding : std::uint8_t { bytes, words, plain };

    explicit CodedTexts(std::vector<std::string> texts);

    SourceColumn column(std::string name) const;
    Coding coding() const { return coding_; }
    bool blank(std::size_t number) const { return texts_[number].empty(); }
    const duckdb_string_t& value(std::size_t number) const { return values_[number]; }

private:
    std::vector<std::string> texts_;
    std::vector<duckdb_string_t> values_;  ///< Point into `texts_`.
    Coding coding_ = Coding::plain;
};

/// The rows of a table as the columns of a fact file, in the order of their groups.
///
/// A column that the table lacks is left out of the file. Columns: school_id, procedure (see
/// procedure_text.hpp), source_row; and as far as known class, variant, participant, score,
/// test_score, mark, journal_mark, below_minimum, at_minimum, points (list by task). Missing is
/// NULL.
class FactsSource : public ChunkSource {
public:
    FactsSource(const model::ResultTable& table, const tally::RowGroups& groups, std::size_t parts);

    std::vector<SourceColumn> columns() const override;
    std::size_t rows() const override { return table_.rows(); }
    std::size_t slices() const override { return ranges_.size(); }
    std::unique_ptr<SliceReader> reader() const override;

private:
    friend class FactsReader;

    const model::ResultTable& table_;
    const tally::RowGroups& groups_;
    std::vector<GroupRange> ranges_;
    CodedTexts schools_;
    CodedTexts procedures_;
    CodedTexts classes_;
    CodedTexts variants_;
};

}  // namespace opora::storage
