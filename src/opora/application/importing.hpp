#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "opora/application/adapters.hpp"
#include "opora/application/import.hpp"
#include "opora/application/import_scope.hpp"
#include "opora/application/works_met.hpp"

namespace opora::application {

struct ImportRequest {
    std::filesystem::path directory;
    std::filesystem::path file;
    std::optional<std::string> kind;
    std::optional<model::SchoolYear> year;  ///< Of a file that names none.
    bool preview_only = false;
    /// Where the file of refused rows goes, also after a preview; without it a stored file's goes
    /// to DIR/reports.
    std::optional<std::filesystem::path> failed_folder;
    ImportOptions options;
};

/// What happened to one file.
struct ImportReport {
    std::string kind;
    base::Errors errors;  ///< Rows that were (or would be) refused.
    base::Errors warnings;
    ImportPreview preview;
    std::optional<base::Error> objection;              ///< Why nothing was stored.
    std::optional<ports::ImportReceipt> receipt;       ///< What was stored.
    std::optional<std::filesystem::path> failed_file;  ///< The refused rows with their reasons.
};

/// Imports files one after another into one store, on behalf of a person.
class Importer {
public:
    /// A user without a territory, as by default, may load everything.
    Importer(const Adapters& adapters, ports::Store& store, model::User user = {});

    /// Reads a file, compares it with what is stored and, unless only a preview is wanted or
    /// something objects, stores it. Schools and territories of files that were previewed before it
    /// count as known; a file of the same school and work as one before it is objected to
    /// (`same_work_twice`). The error is one of the whole file: nothing of it could be understood,
    /// or it is not the person's to load (`other_territory`).
    base::Result<ImportReport> import(const ImportRequest& request);

private:
    ports::ReadRequest reading_of(const ImportRequest& request) const;

    const Adapters& adapters_;
    ports::Store& store_;
    model::User user_;
    ImportScope scope_;
    WorksMet works_met_;
};

/// Numbers of the files in the order in which they are to be imported: registers before what
/// refers to them, otherwise as they were given.
std::vector<std::size_t> import_order(const Adapters& adapters,
                                      std::span<const ImportRequest> requests);

/// Files that are stored together or not at all are marked in the register from the first to the
/// last. What a killed program left of them is undone here; to be called before anything else is
/// written. The number of imports undone.
std::int64_t undo_open_batch(ports::Store& store);
void open_batch(ports::Store& store, const std::string& batch, const std::string& actor);
void close_batch(ports::Store& store, const std::string& actor);
/// Undoes what is in force of a batch, the last one first. Error of the first that cannot be.
base::Result<std::int64_t> undo_batch(ports::Store& store, const std::string& batch,
                                      const std::string& actor);

}  // namespace opora::application
