// Any bytes are a csv file: it is read as a table, and as bulk protocols on both paths.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fuzz/fuzz_file.hpp"
#include "opora/base/expects.hpp"
#include "opora/base/utf8.hpp"
#include "opora/intake/bulk/read_bulk.hpp"
#include "opora/intake/tables/table_reader.hpp"

using namespace opora;

namespace {

void read_table(const std::filesystem::path& path) {
    const intake::TableLimits limits{.cell_bytes_max = 1'000, .columns_max = 50};
    auto file = intake::open_table(path, limits);
    if (!file || file->workbook) return;
    intake::TableRow row;
    std::int64_t last = 0;
    while (true) {
        const auto more = file->tables.front()->next(row);
        if (!more || !*more) return;
        OPORA_EXPECTS(row.number > last);
        last = row.number;
        OPORA_EXPECTS(!row.cells.empty() && row.cells.size() <= 50 && !row.cells.back().empty());
        for (const std::string& cell : row.cells) {
            OPORA_EXPECTS(base::valid_utf8_prefix(cell) == cell.size());
        }
    }
}

intake::BulkContext context() {
    intake::BulkContext known;
    known.school = [](std::string_view text) -> std::optional<model::SchoolId> {
        if (text.size() > 3) return std::nullopt;
        return model::SchoolId{std::string{text}};
    };
    known.subject = [](std::string_view text) -> std::optional<model::SubjectCode> {
        if (text != "russian") return std::nullopt;
        return model::SubjectCode{"russian"};
    };
    return known;
}

void check_batch(const ports::ImportBatch& batch) {
    const model::ResultTable& table = batch.results;
    for (std::size_t index = 0; index < table.rows(); ++index) {
        const model::AssessmentResult row = table.row(index);
        OPORA_EXPECTS(row.procedure.grade >= 1 && row.procedure.grade <= 11);
        OPORA_EXPECTS(row.procedure.year >= model::year_min &&
                      row.procedure.year <= model::year_max);
        OPORA_EXPECTS(!row.mark || (*row.mark >= 2 && *row.mark <= 5));
        OPORA_EXPECTS(!row.score || (*row.score >= 0 && *row.score <= 4'000));
        OPORA_EXPECTS(index == 0 || row.source_row > table.source_row[index - 1]);
        OPORA_EXPECTS(base::valid_utf8_prefix(row.class_name) == row.class_name.size());
    }
    for (const base::Error& error : batch.errors) {
        const std::string line = base::describe(error);
        OPORA_EXPECTS(base::valid_utf8_prefix(line) == line.size());
    }
}

/// Where both paths accept a file without complaint they must bring the same rows.
void compare_paths(const std::filesystem::path& path) {
    const intake::BulkContext known = context();
    const auto fast = intake::read_bulk_csv(path, known);
    if (fast) check_batch(*fast);
    auto file = intake::open_table(path);
    if (!file || file->workbook) return;
    const auto slow =
        intake::read_bulk_table(*file->tables.front(), path.filename().string(), known);
    if (slow) check_batch(*slow);
    if (!fast || !slow || !fast->errors.empty() || !slow->errors.empty()) return;
    OPORA_EXPECTS(fast->results.rows() == slow->results.rows());
    for (std::size_t index = 0; index < fast->results.rows(); ++index) {
        const auto left = fast->results.row(index);
        const auto right = slow->results.row(index);
        OPORA_EXPECTS(left.procedure == right.procedure && left.school == right.school);
        OPORA_EXPECTS(left.mark == right.mark && left.score == right.score);
        OPORA_EXPECTS(left.class_name == right.class_name && left.source_row == right.source_row);
    }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): so libFuzzer calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view content = testing::fuzz_text(bytes, size);
    if (content.starts_with("PK")) return 0;
    const auto path = testing::fuzz_file(content, ".csv");
    read_table(path);
    compare_paths(path);
    return 0;
}
