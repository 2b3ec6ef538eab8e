#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "opora/base/result.hpp"
#include "opora/intake/kinds/kind.hpp"
#include "opora/intake/tables/table_reader.hpp"
#include "opora/model/school.hpp"
#include "opora/model/territory.hpp"
#include "opora/ports/import_batch.hpp"

namespace opora::intake {

/// What a reader must know to understand a file. Everything named here must outlive the reading.
struct ReadContext {
    const Dictionaries* dictionaries = nullptr;  ///< Never null.
    std::span<const model::School> schools;
    std::span<const model::Territory> territories;
    std::optional<std::string> kind;        ///< Overrides the detection by content.
    std::optional<model::SchoolYear> year;  ///< A file that states another year is refused.
    model::SchoolYear year_last =
        model::year_max;  ///< Results of a later year are refused: the next school year.
};

/// Understands one file: its kind, its rows, and everything that is wrong with it at once.
///
/// The result is an error when the file as a whole cannot be read (not a table, of no known kind).
/// Errors of rows stand in the batch, which holds the good rows too. Nothing is stored, nothing is
/// kept.
base::Result<ports::ImportBatch> read_file(const std::filesystem::path& path,
                                           const ReadContext& context);

/// Bulk protocols from a table that another layer has opened (Parquet); `path` names the file in
/// errors.
base::Result<ports::ImportBatch> read_bulk_rows(TableReader& table,
                                                const std::filesystem::path& path,
                                                const ReadContext& context);

/// The kind of a file by its content; the error lists the kinds when none fits.
base::Result<std::string> detect_kind(const std::filesystem::path& path,
                                      const Dictionaries& dictionaries);

/// Writes an empty file of the kind, xlsx or csv by the extension of the path, with its headings,
/// an explanation of the columns and a fictional example. «answers-pupils» is the kind `answers`
/// for one questionnaire, with a column for each of its questions. Explanation and example are
/// lines that begin with «#», which readers skip.
base::Result<base::Done> write_template(std::string_view kind, const std::filesystem::path& path,
                                        const Dictionaries& dictionaries);

/// Writes the refused rows with their reasons as an xlsx that can be corrected and sent again.
void write_failed_rows(const ports::FailedRows& failed, const std::filesystem::path& path);

}  // namespace opora::intake
