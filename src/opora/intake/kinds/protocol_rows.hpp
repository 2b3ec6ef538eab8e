#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "opora/intake/kinds/session.hpp"
#include "opora/model/assessment_result.hpp"

namespace opora::intake {

/// Participants of a file: a code may stand once in a school and procedure.
class Participants {
public:
    /// The row in which the code stood first; nothing if it is new.
    std::optional<std::int64_t> earlier(const model::AssessmentResult& result,
                                        std::uint32_t procedure, std::int64_t row);

private:
    std::unordered_map<std::string, std::int64_t> rows_;
};

/// Watches for a mark column that holds scores while the score column holds marks.
struct SwapWatch {
    std::int64_t marks = 0;          ///< Rows with a number where the mark should be.
    std::int64_t no_marks = 0;       ///< Of them, numbers that are no mark.
    std::int64_t score_is_mark = 0;  ///< Of those, rows whose score would be one.

    /// All marks are wrong, or at least three and half of them, and their scores look like marks.
    bool swapped() const {
        const bool most = no_marks == marks || (no_marks >= 3 && 2 * no_marks >= marks);
        return no_marks > 0 && most && 10 * score_is_mark >= 8 * no_marks;
    }
};

/// The rows of one sheet of a protocol: reading cells, collecting the reasons against a row,
/// refusing it.
class ProtocolRows {
public:
    ProtocolRows(Session& session, std::string sheet, const Headings& headings,
                 std::int64_t heading_row);

    /// Begins a row: personal cells are emptied before anything else looks at them.
    void begin(TableRow& row);

    std::string_view cell(std::size_t column) const { return headings_.cell(*row_, column); }
    /// A whole number of the range; a sign of a missing value gives nothing, anything else a
    /// reason.
    std::optional<std::int32_t> whole(std::size_t column, std::int32_t lowest,
                                      std::int32_t highest);
    /// A mark 2..5, watched against swapped columns.
    std::optional<std::int32_t> mark(std::size_t column, std::string_view score_cell);

    /// A class or variant is a short word of a short list; anything else in its column is a mistake
    /// and must not swell the dictionaries of the results.
    void check_word(std::size_t column, const std::string& word, const model::Dictionary& known);

    void fail(std::size_t column, std::string code, std::string message, std::string expected);
    void fail_at(std::size_t place, std::string code, std::string message, std::string expected);
    void fail(base::Error reason) { reasons_.push_back(std::move(reason)); }
    void warn(std::string_view code, std::string_view message, std::string_view column = {});
    base::Place place(std::size_t column) const;

    bool good() const { return reasons_.empty(); }
    std::int64_t row_number() const { return row_->number; }

    /// Refuses the row; its whole school will stand in the file of failed rows, under these lines.
    void refuse(const std::vector<std::vector<std::string>>& preamble,
                const std::vector<std::size_t>& school_columns);

    /// At the end of the sheet: swapped columns refuse the file.
    void finish(std::size_t score_column, std::size_t mark_column);

private:
    std::string heading(std::size_t column) const;

    Session& session_;
    std::string sheet_;
    const Headings& headings_;
    std::int64_t heading_row_;
    std::vector<std::size_t> personal_places_;
    TableRow* row_ = nullptr;
    base::Errors reasons_;
    SwapWatch swap_;
    bool affected_ = false;
};

/// Notes where the headings stand and warns of every column that was not understood.
void warn_unknown_columns(Session& session, const std::string& sheet, const Headings& headings,
                          std::int64_t row);

}  // namespace opora::intake
