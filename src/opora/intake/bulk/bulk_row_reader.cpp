#include "opora/intake/bulk/bulk_row_reader.hpp"

#include <algorithm>
#include <utility>

#include "opora/base/utf8.hpp"
#include "opora/intake/bulk/bulk_complaint.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/model/result_table.hpp"

namespace opora::intake {

namespace {

constexpr std::int16_t absent = model::ResultTable::absent;
constexpr std::uint32_t unknown = UINT32_MAX;
constexpr std::size_t procedures_kept = 4'096;
constexpr int wrong = -1;  ///< No number of a row is negative.
constexpr int score_max = 4'000;
constexpr int test_score_max = 100;
constexpr int points_max = 100;
constexpr int grade_max = 11;  // School grades; model::grade_max leaves room for evening schools.

/// Equality of short texts without a call: most rows repeat what the row before them says.
bool same_text(std::string_view left, const std::string& right) {
    if (left.size() != right.size()) return false;
    if (left.size() > 8) return left == right;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (left[i] != right[i]) return false;
    }
    return true;
}

/// Up to five digits; `wrong` for anything else.
int digits(std::string_view text) {
    if (text.empty() || text.size() > 5) return wrong;
    int number = 0;
    for (const char symbol : text) {
        const auto digit = static_cast<unsigned>(static_cast<unsigned char>(symbol)) - '0';
        if (digit > 9) return wrong;
        number = number * 10 + static_cast<int>(digit);
    }
    return number;
}

int digits_within(std::string_view text, int lowest, int highest) {
    int number = digits(text);
    if (number == wrong) number = digits(trimmed(text));
    return number >= lowest && number <= highest ? number : wrong;
}

}  // namespace

/// The values of one row that passed.
struct BulkRowReader::Row {
    std::uint32_t school = unknown;
    std::uint32_t class_name = 0;
    ProcedureKey procedure;
    std::int16_t score = absent;
    std::int16_t mark = absent;
    std::int16_t journal_mark = absent;
};

BulkRowReader::BulkRowReader(const BulkHeader& header, BulkNames& names, const BulkContext& context)
    : header_{header},
      names_{names},
      context_{context},
      cells_(header.slot_count()),
      procedures_(procedures_kept),
      points_(header.tasks) {
    begin(0);
}

void BulkRowReader::begin(std::size_t rows_max) {
    part_ = {};
    reserve_columns(rows_max);
}

void BulkRowReader::reserve_columns(std::size_t rows_max) {
    part_.school.reserve(rows_max);
    part_.procedure.reserve(rows_max);
    part_.line.reserve(rows_max);
    part_.below_minimum.reserve(rows_max);
    const bool has_ege =
        context_.type == model::ProcedureType::ege || header_.has(BulkColumn::type);
    if (header_.has(BulkColumn::class_name)) part_.class_name.reserve(rows_max);
    if (header_.has(BulkColumn::score)) part_.score.reserve(rows_max);
    if (header_.has(BulkColumn::score) && has_ege) part_.test_score.reserve(rows_max);
    if (header_.has(BulkColumn::mark)) part_.mark.reserve(rows_max);
    if (header_.has(BulkColumn::journal_mark)) part_.journal_mark.reserve(rows_max);
    if (context_.minimum_score) part_.at_minimum.reserve(rows_max);
    if (header_.has(BulkColumn::participant)) part_.participant.reserve(rows_max);
    part_.points.reserve(rows_max * header_.tasks);
}

BulkPart BulkRowReader::end() { return std::move(part_); }

void BulkRowReader::take(std::int64_t line) {
    row_errors_ = 0;
    telling_ = told_ < bulk_errors_max;
    Row row;
    row.school = school_of(cell(BulkColumn::school_id));
    row.procedure.subject = subject_of(cell(BulkColumn::subject));
    row.procedure.grade = static_cast<std::uint8_t>(number(BulkColumn::grade, 1, grade_max));
    row.procedure.year = static_cast<std::uint16_t>(year_of(cell(BulkColumn::year)));
    const model::ProcedureType type = type_of(cell(BulkColumn::type));
    row.procedure.type = static_cast<std::uint8_t>(type);
    row.procedure.programme_grade = row.procedure.grade;
    if (!cell(BulkColumn::programme_grade).empty()) {
        row.procedure.programme_grade =
            static_cast<std::uint8_t>(number(BulkColumn::programme_grade, 1, grade_max));
    }
    row.class_name = class_of(cell(BulkColumn::class_name));
    row.score = optional_number(BulkColumn::score, 0,
                                type == model::ProcedureType::ege ? test_score_max : score_max);
    row.mark = optional_number(BulkColumn::mark, 2, 5);
    row.journal_mark = optional_number(BulkColumn::journal_mark, 2, 5);
    check_participant();
    if (header_.tasks > 0) read_points();
    if (row_errors_ > 0) return refuse_row(line);
    append(line, row);
}

std::uint32_t BulkRowReader::school_of(std::string_view text) {
    if (last_school_ != unknown && same_text(text, last_school_text_)) return last_school_;
    auto number = schools_.find(text);
    if (!number) {
        number = names_.school(text).value_or(unknown);
        schools_.add(text, *number);
    }
    if (*number == unknown) {
        complain(static_cast<std::size_t>(BulkColumn::school_id));
        return unknown;
    }
    last_school_text_ = text;
    last_school_ = *number;
    return *number;
}

std::uint32_t BulkRowReader::subject_of(std::string_view text) {
    if (last_subject_ != unknown && same_text(text, last_subject_text_)) return last_subject_;
    auto number = subjects_.find(text);
    if (!number) {
        number = names_.subject(text).value_or(unknown);
        subjects_.add(text, *number);
    }
    if (*number == unknown) complain(static_cast<std::size_t>(BulkColumn::subject));
    last_subject_text_ = text;
    last_subject_ = *number;
    return *number;
}

std::uint32_t BulkRowReader::class_of(std::string_view text) {
    if (!part_.class_name.used()) return 0;
    if (last_class_ != unknown && same_text(text, last_class_text_)) return last_class_;
    auto number = classes_.find(text);
    if (!number) {
        number = names_.class_name(text).value_or(unknown);
        classes_.add(text, *number);
    }
    if (*number == unknown) complain(static_cast<std::size_t>(BulkColumn::class_name));
    last_class_text_ = text;
    last_class_ = *number;
    return *number;
}

model::ProcedureType BulkRowReader::type_of(std::string_view text) {
    if (text.empty()) return context_.type;
    auto type = model::procedure_type(text);
    if (!type) type = model::procedure_type(trimmed(text));
    if (!type && !trimmed(text).empty()) complain(static_cast<std::size_t>(BulkColumn::type));
    return type.value_or(context_.type);
}

int BulkRowReader::year_of(std::string_view text) {
    const int year = digits_within(text, model::year_min.ending, context_.year_last.ending);
    if (year == wrong || (context_.year && context_.year->ending != year))
        complain(static_cast<std::size_t>(BulkColumn::year));
    return year;
}

int BulkRowReader::number(BulkColumn column, int lowest, int highest) {
    const int value = digits_within(cell(column), lowest, highest);
    if (value == wrong) complain(static_cast<std::size_t>(column));
    return value;
}

std::int16_t BulkRowReader::optional_number(BulkColumn column, int lowest, int highest) {
    const std::string_view text = cell(column);
    if (text.empty()) return absent;
    const int value = digits_within(text, lowest, highest);
    if (value != wrong) return static_cast<std::int16_t>(value);
    if (!trimmed(text).empty()) complain(static_cast<std::size_t>(column));
    return absent;
}

void BulkRowReader::read_points() {
    for (std::size_t task = 0; task < header_.tasks; ++task) {
        const std::string_view text = cells_[bulk_columns + task];
        points_[task] = absent;
        if (text.empty()) continue;
        const int value = digits_within(text, 0, points_max);
        if (value != wrong) {
            points_[task] = static_cast<std::int16_t>(value);
        } else if (!trimmed(text).empty()) {
            complain(bulk_columns + task);
        }
    }
}

const BulkNames::NumberedProcedure& BulkRowReader::procedure_of(const ProcedureKey& key) {
    if (key == last_procedure_.key) return last_procedure_.procedure;
    const std::uint64_t packed =
        (std::uint64_t{key.subject} << 32U) ^ (std::uint64_t{key.year} << 16U) ^
        (std::uint64_t{key.type} << 8U) ^ (std::uint64_t{key.grade} << 4U) ^ key.programme_grade;
    KnownProcedure& known = procedures_[(packed * 0x9E3779B97F4A7C15U) >> 52U];
    if (known.key != key) {
        const model::Procedure procedure{.year = {key.year},
                                         .type = static_cast<model::ProcedureType>(key.type),
                                         .subject = {},
                                         .programme_grade = key.programme_grade,
                                         .grade = key.grade,
                                         .period = model::Period::main};
        known = {key, names_.procedure(key.subject, procedure)};
    }
    last_procedure_ = known;
    return last_procedure_.procedure;
}

void BulkRowReader::append(std::int64_t line, const Row& row) {
    const std::size_t place = part_.rows++;
    const BulkNames::NumberedProcedure& procedure = procedure_of(row.procedure);
    const bool by_test = row.procedure.type == static_cast<std::uint8_t>(model::ProcedureType::ege);
    part_.school[place] = row.school;
    part_.procedure[place] = procedure.number;
    part_.line[place] = static_cast<std::uint32_t>(line);
    if (part_.class_name.used())
        part_.class_name[place] = static_cast<std::uint16_t>(row.class_name);
    if (part_.score.used()) part_.score[place] = by_test ? absent : row.score;
    if (part_.test_score.used()) part_.test_score[place] = by_test ? row.score : absent;
    if (part_.mark.used()) part_.mark[place] = row.mark;
    if (part_.journal_mark.used()) part_.journal_mark[place] = row.journal_mark;
    append_minimum(place, row, procedure);
    if (header_.has(BulkColumn::participant))
        part_.participant.emplace_back(trimmed(cell(BulkColumn::participant)));
    part_.points.insert(part_.points.end(), points_.begin(), points_.end());
}

/// Below the minimum: ЕГЭ by the certificate minimum, other procedures by mark 2, or by the score
/// when there is no mark.
void BulkRowReader::append_minimum(std::size_t place, const Row& row,
                                   const BulkNames::NumberedProcedure& procedure) {
    const bool by_test = row.procedure.type == static_cast<std::uint8_t>(model::ProcedureType::ege);
    const bool comparable = procedure.minimum_score && row.score != absent;
    std::int16_t below = absent;
    if (row.mark != absent && !(by_test && comparable)) {
        below = row.mark == 2 ? 1 : 0;
    } else if (comparable) {
        below = row.score < *procedure.minimum_score ? 1 : 0;
    }
    part_.below_minimum[place] = below;
    if (!part_.at_minimum.used()) return;
    part_.at_minimum[place] =
        comparable ? std::int16_t{row.score == *procedure.minimum_score} : absent;
}

void BulkRowReader::check_participant() {
    constexpr std::size_t bytes_max = 64;
    const auto slot = static_cast<std::size_t>(BulkColumn::participant);
    const std::string_view code = cell(BulkColumn::participant);
    if (code.size() > bytes_max || base::valid_utf8_prefix(code) != code.size()) {
        complain(slot);
    } else if (looks_like_name(code)) {
        cells_[slot] = {};  // It goes no further, not even into the file of failed rows.
        complain(slot, name_for_code);
    }
}

void BulkRowReader::complain(std::size_t slot) {
    const bool broken = cells_[slot].find('\0') != std::string_view::npos;
    complain(slot, broken ? nul_byte : complaint_about(slot));
}

void BulkRowReader::complain(std::size_t slot, const BulkComplaint& complaint) {
    ++row_errors_;
    ++part_.error_count;
    if (!telling_) return;
    ++told_;
    reasons_.push_back({.code = std::string{complaint.code},
                        .message = std::string{complaint.message},
                        .place = {header_.file, header_.sheet, std::nullopt, header_.shown[slot]},
                        .expected = std::string{complaint.expected},
                        .found = shown_value(slot, cells_[slot])});
}

void BulkRowReader::refuse(std::int64_t line, std::string_view code, std::string_view message,
                           std::string_view expected, std::string_view found) {
    ++part_.error_count;
    if (told_ < bulk_errors_max) {
        ++told_;
        reasons_.push_back({.code = std::string{code},
                            .message = std::string{message},
                            .place = {header_.file, header_.sheet, std::nullopt, {}},
                            .expected = std::string{expected},
                            .found = std::string{found}});
    }
    refuse_row(line);
}

void BulkRowReader::refuse_row(std::int64_t line) {
    ++part_.refused_rows;
    if (reasons_.empty()) return;
    ports::FailedRow failed{.sheet = header_.sheet, .row = line, .cells = {}, .reason = {}};
    for (std::size_t slot = 0; slot < header_.unread_slot(); ++slot) {
        if (!header_.present[slot]) continue;
        const bool readable = base::valid_utf8_prefix(cells_[slot]) == cells_[slot].size();
        failed.cells.emplace_back(readable ? cells_[slot] : std::string_view{});
    }
    for (base::Error& reason : reasons_) {
        reason.place.row = line;
        failed.reason += (failed.reason.empty() ? "" : "; ") + reason.place.column +
                         (reason.place.column.empty() ? "" : ": ") + reason.message;
        if (!reason.expected.empty()) failed.reason += " (ожидалось: " + reason.expected + ")";
        part_.errors.push_back(std::move(reason));
    }
    reasons_.clear();
    part_.failed.push_back(std::move(failed));
}

}  // namespace opora::intake
