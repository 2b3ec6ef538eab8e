#include "opora/main/local_store.hpp"

#include <optional>

#include "opora/application/importing.hpp"
#include "opora/storage/directory.hpp"
#include "opora/storage/methodology_folder.hpp"
#include "opora/storage/parquet_fact_store.hpp"
#include "opora/storage/sodium_secrets.hpp"
#include "opora/storage/sqlite_accounts.hpp"
#include "opora/storage/sqlite_journal.hpp"
#include "opora/storage/sqlite_lists.hpp"
#include "opora/storage/sqlite_register.hpp"

namespace opora::main {

namespace {

class LocalStore : public ports::Store {
public:
    LocalStore(storage::Directory directory, ports::OpenMode mode)
        : directory_{std::move(directory)},
          lock_{mode == ports::OpenMode::read ? std::nullopt
                                              : std::optional<storage::WriterLock>{directory_}},
          facts_{directory_},
          register_{directory_},
          lists_{directory_} {}

    const ports::RegisterReader& registers() const override { return register_; }
    const ports::FactStore& facts() const override { return facts_; }
    ports::RegisterStore& register_store() override { return register_; }
    ports::FactStore& fact_store() override { return facts_; }
    ports::ListStore& list_store() override { return lists_; }
    const std::filesystem::path& directory() const override { return directory_.root(); }

private:
    storage::Directory directory_;
    std::optional<storage::WriterLock> lock_;
    storage::ParquetFactStore facts_;
    storage::SqliteRegister register_;  // Brings the tables of all to their newest form.
    storage::SqliteLists lists_;
};

}  // namespace

std::unique_ptr<ports::Store> open_local_store(const std::filesystem::path& directory,
                                               ports::OpenMode mode) {
    auto opened = mode == ports::OpenMode::create ? storage::Directory::create(directory)
                                                  : storage::Directory::open(directory);
    auto store = std::make_unique<LocalStore>(std::move(opened), mode);
    if (mode != ports::OpenMode::read) application::undo_open_batch(*store);
    return store;
}

std::unique_ptr<ports::Journal> open_local_journal(const std::filesystem::path& directory) {
    return std::make_unique<storage::SqliteJournal>(storage::Directory::open(directory));
}

std::unique_ptr<ports::AccountStore> open_local_accounts(const std::filesystem::path& directory) {
    return std::make_unique<storage::SqliteAccounts>(storage::Directory::open(directory));
}

std::unique_ptr<ports::MethodologyStore> open_local_methodologies(
    const std::filesystem::path& directory) {
    return std::make_unique<storage::MethodologyFolder>(storage::Directory::open(directory));
}

std::unique_ptr<ports::Secrets> open_local_secrets() {
    return std::make_unique<storage::SodiumSecrets>();
}

}  // namespace opora::main
