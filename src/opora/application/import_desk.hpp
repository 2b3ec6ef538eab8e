#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "opora/application/importing.hpp"
#include "opora/application/jobs.hpp"
#include "opora/application/workspace.hpp"
#include "opora/ports/account_store.hpp"

namespace opora::application {

/// A file that was sent and waits for a decision.
struct WaitingFile {
    int number = 0;    ///< Within its batch, from 1.
    std::string name;  ///< As the sender calls it, made harmless.
    std::uint64_t bytes = 0;
    std::optional<std::string> kind;     ///< Chosen by the person; otherwise by content.
    std::optional<base::Error> trouble;  ///< Nothing of the file could be understood.
    /// What the last check, or the import, found.
    std::shared_ptr<const ImportReport> report;
};

enum class BatchState : std::uint8_t {
    collecting,  ///< Files may be added and taken away.
    checking,
    checked,  ///< Every file has a report or a trouble.
    storing,
    stored,  ///< The decision is made; the files are gone from the disk.
};

/// Files that one person sent together.
struct WaitingBatch {
    std::string id;
    model::UserId owner;
    BatchState state = BatchState::collecting;
    std::int64_t expires = 0;  ///< Seconds since 1970.
    std::string job;           ///< The last one; empty before it.
    bool full = false;         ///< Registers: what the files lack is deleted.
    std::vector<WaitingFile> files;
    std::optional<base::Error> refusal;  ///< Why nothing was stored, if nothing was.
};

/// What a person decides on a batch that was checked.
struct ImportDecision {
    RowPolicy rows = RowPolicy::all_or_nothing;
    /// The changes that the check showed are as they should be, however many they are.
    bool changes_accepted = false;
};

/// What is done with data in the browser: files are sent, checked, imported; imports are seen and
/// undone. Thread-safe.
///
/// Checking and importing are jobs; one batch at a time is imported. Under all-or-nothing a batch
/// is stored with all its files or not at all; under good rows each file is stored for itself.
/// Batches are kept for `waiting_seconds` after they were last touched, also beyond the end of the
/// program: their files with what the sender chose, not what a check found, which is done again.
/// Everything needs the permission `import_data`; where, ImportScope says.
class ImportDesk {
public:
    static constexpr std::int64_t waiting_seconds = 24 * 3600;
    static constexpr std::uint64_t file_bytes_max = std::uint64_t{1} << 30;
    static constexpr std::size_t files_max = 200;
    /// Of all files of a user that wait for a decision.
    static constexpr std::uint64_t bytes_of_user_max = std::uint64_t{4} << 30;
    static constexpr std::size_t batches_of_user_max = 5;

    /// `folder` is the desk's own: batches that wait there are taken up, all else in it is deleted.
    /// All must outlive the desk.
    ImportDesk(Workspace& workspace, ports::AccountStore& accounts, Jobs& jobs,
               std::filesystem::path folder, std::function<std::int64_t()> clock_seconds);
    /// Stops all jobs: some of them work on what is of the desk.
    ~ImportDesk();

    /// Error `too_many_batches`.
    base::Result<WaitingBatch> open(const model::User& user);
    std::vector<WaitingBatch> waiting(const model::User& user);
    /// Error `batch_unknown`, also for another person's, here and below.
    base::Result<WaitingBatch> find(const model::User& user, const std::string& batch);
    /// Takes the file from where it was received. Errors `too_many_files`, `batch_busy`.
    base::Result<WaitingFile> add(const model::User& user, const std::string& batch,
                                  const std::string& name, const std::filesystem::path& received);
    base::Result<base::Done> remove(const model::User& user, const std::string& batch, int file);
    /// Forgets the batch with its files. Error `batch_busy` while a job works on it.
    base::Result<base::Done> forget(const model::User& user, const std::string& batch);

    /// Begins to check all files; kinds chosen by hand by their numbers, an empty text for «by
    /// content». Errors `batch_empty`, `batch_busy`, `batch_stored`, `jobs_busy`.
    base::Result<JobStatus> check(const model::User& user, const std::string& batch,
                                  const std::map<int, std::string>& kinds, bool full);
    /// Begins to store. Errors `batch_unchecked`, `busy` while other data are being stored.
    base::Result<JobStatus> store(const model::User& user, const std::string& batch,
                                  const ImportDecision& decision);
    /// The refused rows of a file, ready to be mended. Error `file_unknown`.
    base::Result<std::filesystem::path> failed_rows(const model::User& user,
                                                    const std::string& batch, int file);

    /// The imports that the user may see, the newest first.
    base::Result<std::vector<ports::ImportReceipt>> imports(const model::User& user);
    /// Undoes one import. Errors `import_unknown`, `already_undone`, `later_changes`, `busy`.
    base::Result<base::Done> undo(const model::User& user, ports::ImportNumber number);
    /// Undoes all that is in force of a batch; the number of imports undone.
    base::Result<std::int64_t> undo_all(const model::User& user, const std::string& batch);

    /// Forgets the batches that nobody decided on in time.
    void sweep();

private:
    struct Batch;
    struct Plan;
    using BatchPtr = std::shared_ptr<Batch>;

    void take_up_kept();
    static void take_up_files(Batch& batch);
    base::Result<base::Done> keep(Batch& batch);
    void do_not_keep(const Batch& batch);
    base::Result<BatchPtr> held(const model::User& user, const std::string& batch);
    std::uint64_t bytes_of(const model::User& user) const;
    base::Result<BatchPtr> idle(const model::User& user, const std::string& batch);
    base::Result<base::Done> take_turn();
    void give_turn_back();
    base::Result<JobStatus> begin(const BatchPtr& batch, BatchState meanwhile, std::string title,
                                  Jobs::Work work);
    Plan plan_of(const Batch& batch, const model::User& user, const ImportDecision* decision) const;
    base::Result<base::Done> check_all(const BatchPtr& batch, Plan& plan, JobControl& control);
    base::Result<base::Done> store_all(const BatchPtr& batch, Plan& plan, JobControl& control);
    base::Result<base::Done> store_together(const BatchPtr& batch, Plan& plan, JobControl& control);
    base::Result<base::Done> store_each(const BatchPtr& batch, Plan& plan, JobControl& control);
    void note(const BatchPtr& batch, const Plan& plan, std::size_t place,
              const base::Result<ImportReport>& report);
    bool sees(const model::User& user, const ports::ImportReceipt& receipt,
              std::map<std::string, bool>& known) const;

    Workspace& workspace_;
    ports::AccountStore& accounts_;
    Jobs& jobs_;
    std::filesystem::path folder_;
    std::function<std::int64_t()> clock_;
    std::int64_t began_;
    std::mutex mutex_;
    std::map<std::string, BatchPtr> batches_;
    std::uint64_t last_batch_ = 0;
    bool writing_ = false;
};

/// «..\протоколы\Ф1 МА5.xlsx» -> «Ф1 МА5.xlsx»: the last part of a path without what a file system
/// or a screen would stumble over; never empty, at most 120 bytes.
std::string harmless_name(const std::string& name);

}  // namespace opora::application
