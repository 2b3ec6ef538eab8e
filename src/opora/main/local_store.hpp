#pragma once

#include <filesystem>
#include <memory>

#include "opora/ports/account_store.hpp"
#include "opora/ports/journal.hpp"
#include "opora/ports/methodology_store.hpp"
#include "opora/ports/secrets.hpp"
#include "opora/ports/store.hpp"

namespace opora::main {

/// Opens a working directory with the embedded stores: SQLite register, Parquet facts.
std::unique_ptr<ports::Store> open_local_store(const std::filesystem::path& directory,
                                               ports::OpenMode mode);

/// The journal of actions of a folder, for reading.
std::unique_ptr<ports::Journal> open_local_journal(const std::filesystem::path& directory);

/// Who may come in to a folder.
std::unique_ptr<ports::AccountStore> open_local_accounts(const std::filesystem::path& directory);

/// The office's own methodologies of a folder.
std::unique_ptr<ports::MethodologyStore> open_local_methodologies(
    const std::filesystem::path& directory);

std::unique_ptr<ports::Secrets> open_local_secrets();

}  // namespace opora::main
