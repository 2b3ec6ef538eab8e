#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "opora/ports/import_batch.hpp"

namespace opora::intake {

/// A file with more refused rows than this is a wrong file: it is refused whole, and reading stops.
constexpr std::int64_t refused_rows_max = 20'000;

/// Gathers the errors and warnings of one file. A warning of the same sort in many rows becomes
/// one, with the count and the first rows.
class FileReport {
public:
    FileReport(std::string file, ports::ImportBatch& batch)
        : file_{std::move(file)}, batch_{batch} {}

    /// Refuses the whole file.
    void refuse_file(base::Error error);
    /// Adds the reasons why a row is refused; the row itself goes to the batch by the caller.
    void refuse_row(base::Errors reasons);
    void warn(base::Error warning);
    /// Counts a warning of a row; `message` says what is wrong without naming the row.
    void warn_row(std::string_view code, std::string_view message, const std::string& sheet,
                  std::int64_t row, std::string_view column = {});

    /// Writes the counted warnings. Call once, at the end of the file.
    void finish();

    std::int64_t refused_rows() const { return refused_rows_; }
    bool file_refused() const { return file_refused_; }
    const std::string& file() const { return file_; }

private:
    struct Counted {
        std::int64_t count = 0;
        std::vector<std::int64_t> rows;  ///< The first ten.
    };

    std::string file_;
    ports::ImportBatch& batch_;
    std::int64_t refused_rows_ = 0;
    bool file_refused_ = false;
    std::map<std::tuple<std::string, std::string, std::string, std::string>, Counted> counted_;
};

/// All messages of the errors in one line, for the column «Причина отказа».
std::string reason_of(const base::Errors& errors);

}  // namespace opora::intake
