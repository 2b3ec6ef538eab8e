#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "opora/ports/import_batch.hpp"
#include "opora/ports/store.hpp"

namespace opora::application {

enum class RowPolicy : std::uint8_t {
    all_or_nothing,  ///< One refused row refuses the file.
    good,            ///< Refused rows are left out.
};

struct ImportOptions {
    RowPolicy rows = RowPolicy::all_or_nothing;
    /// Changed and vanished rows that are accepted without asking. Without it the default applies:
    /// a file is stopped that changes more than 10 rows and more than 10 % of the rows it replaces.
    std::optional<std::int64_t> changes_max;
    bool full = false;  ///< Registers: rows that the file does not hold are deleted.
    std::string actor;
    std::string batch;  ///< Of files that come together; empty for one alone.
    /// Russian titles of subjects for messages; without them their codes stand there.
    const std::map<model::SubjectCode, std::string>* subjects = nullptr;
};

/// How the rows of a file meet what is stored, before anything is written. Results of pupils are
/// compared within each (procedure, school) that the file holds.
struct ImportPreview {
    std::int64_t rows = 0;     ///< Rows of the file that can be taken.
    std::int64_t refused = 0;  ///< Rows with errors.
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t vanished = 0;
    std::int64_t unchanged = 0;
    std::int64_t rows_before = 0;       ///< Stored rows that the file meets.
    std::int64_t cells = 0;             ///< (procedure, school) pairs of the file.
    std::vector<std::string> examples;  ///< Up to 20 lines of changes, Russian, no personal data.
    base::Errors warnings;  ///< Where protocols and aggregate forms of the same work differ.
    bool outranked =
        false;  ///< An aggregate form for which protocols are already there: stored, not used.

    bool changes_nothing() const { return added == 0 && changed == 0 && vanished == 0; }
};

ImportPreview preview_import(ports::Store& store, const ports::ImportBatch& batch,
                             const ImportOptions& options);

/// Whether so many stored rows would change or vanish that a person is asked first.
bool is_mass_change(const ImportPreview& preview);

/// Why a file must not be stored as it is (no row left, rows refused under all-or-nothing, mass
/// change); nothing if it may.
std::optional<base::Error> objection(const ports::ImportBatch& batch, const ImportPreview& preview,
                                     const ImportOptions& options);

/// What became of a file.
struct ImportOutcome {
    ImportPreview preview;
    std::optional<base::Error> objection;  ///< Nothing was stored, and why.
    std::optional<ports::ImportReceipt>
        receipt;  ///< None when the file changed nothing or was stopped.
};

/// Stores what the file brings, whole or not at all, unless something objects.
ImportOutcome store_import(ports::Store& store, ports::ImportBatch batch,
                           const ImportOptions& options);

}  // namespace opora::application
