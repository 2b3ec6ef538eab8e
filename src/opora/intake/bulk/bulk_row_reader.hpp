#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opora/intake/bulk/bulk_complaint.hpp"
#include "opora/intake/bulk/bulk_header.hpp"
#include "opora/intake/bulk/bulk_names.hpp"
#include "opora/intake/bulk/bulk_part.hpp"
#include "opora/intake/bulk/text_table.hpp"

namespace opora::intake {

/// Checks rows of bulk protocols and appends the good ones to a part. One for each thread.
///
/// The cells of a row are put into `cells()` by their slot (see BulkHeader), then `take` is called.
/// The rules: a known school; a known subject or a numeric code; grade and programme grade 1..11;
/// year as the context allows; mark and journal mark 2..5 or blank; score 0..4000 (ЕГЭ: 0..100) or
/// blank; points of a task 0..100 or blank.
class BulkRowReader {
public:
    BulkRowReader(const BulkHeader& header, BulkNames& names, const BulkContext& context);

    /// Starts a part that will get at most so many rows.
    void begin(std::size_t rows_max);
    BulkPart end();

    std::span<std::string_view> cells() { return cells_; }

    void take(std::int64_t line);

    /// Refuses a row that could not be divided into cells; the cells found so far are shown.
    void refuse(std::int64_t line, std::string_view code, std::string_view message,
                std::string_view expected = {}, std::string_view found = {});

private:
    struct Row;
    struct ProcedureKey {
        std::uint32_t subject = UINT32_MAX;
        std::uint16_t year = 0;
        std::uint8_t type = 0;
        std::uint8_t grade = 0;
        std::uint8_t programme_grade = 0;

        friend bool operator==(const ProcedureKey&, const ProcedureKey&) = default;
    };
    struct KnownProcedure {
        ProcedureKey key;
        BulkNames::NumberedProcedure procedure;
    };

    void reserve_columns(std::size_t rows_max);
    std::string_view cell(BulkColumn column) const {
        return cells_[static_cast<std::size_t>(column)];
    }
    std::uint32_t school_of(std::string_view text);
    std::uint32_t subject_of(std::string_view text);
    std::uint32_t class_of(std::string_view text);
    model::ProcedureType type_of(std::string_view text);
    int year_of(std::string_view text);
    int number(BulkColumn column, int lowest, int highest);
    std::int16_t optional_number(BulkColumn column, int lowest, int highest);
    void read_points();
    const BulkNames::NumberedProcedure& procedure_of(const ProcedureKey& key);
    void append(std::int64_t line, const Row& row);
    void append_minimum(std::size_t place, const Row& row,
                        const BulkNames::NumberedProcedure& procedure);
    void complain(std::size_t slot);
    void complain(std::size_t slot, const BulkComplaint& complaint);
    void check_participant();
    void refuse_row(std::int64_t line);

    const BulkHeader& header_;
    BulkNames& names_;
    const BulkContext& context_;
    std::vector<std::string_view> cells_;
    BulkPart part_;

    TextTable schools_;
    TextTable subjects_;
    TextTable classes_;
    std::vector<KnownProcedure> procedures_;  ///< Direct-mapped by a hash of the key.
    KnownProcedure last_procedure_;
    std::string last_school_text_;
    std::uint32_t last_school_ = UINT32_MAX;
    std::string last_subject_text_;
    std::uint32_t last_subject_ = UINT32_MAX;
    std::string last_class_text_;
    std::uint32_t last_class_ = UINT32_MAX;

    std::size_t told_ = 0;        ///< Errors told so far, in all parts of this reader.
    bool telling_ = true;         ///< Whether the errors of this row are told: all of them or none.
    std::size_t row_errors_ = 0;  ///< Of the row that is read now.
    base::Errors reasons_;        ///< The same, while they are told.
    std::vector<std::int16_t> points_;
};

}  // namespace opora::intake
