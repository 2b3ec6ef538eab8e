#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "opora/application/adapters.hpp"
#include "opora/application/import.hpp"

namespace opora::application {

struct ImportRequest {
    std::filesystem::path directory;
    std::filesystem::path file;
    std::optional<std::string> kind;
    bool preview_only = false;
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

/// Imports files one after another into one store.
class Importer {
public:
    Importer(const Adapters& adapters, ports::Store& store);

    /// Reads a file, compares it with what is stored and, unless only a preview is wanted or
    /// something objects, stores it. The error is one of the whole file: nothing of it could be
    /// understood.
    base::Result<ImportReport> import(const ImportRequest& request);

private:
    const Adapters& adapters_;
    ports::Store& store_;
    ports::RegisterRows
        known_;  ///< The register as it is; read anew only after a file has changed it.
};

}  // namespace opora::application
