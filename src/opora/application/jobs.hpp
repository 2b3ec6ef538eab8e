#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/model/user.hpp"

namespace opora::application {

enum class JobState : std::uint8_t { waiting, running, done, failed, cancelled };

/// `waiting`, `running` …
std::string_view code(JobState state);
bool ended(JobState state);

/// A long work as the person who began it sees it.
struct JobStatus {
    std::string id;
    std::string title;   ///< «Проверка файлов», Russian.
    std::string result;  ///< Address of what the work is about.
    JobState state = JobState::waiting;
    std::string stage;  ///< «Чтение: Ф1 МА5.xlsx», Russian.
    std::int64_t steps_done = 0;
    std::int64_t steps = 0;            ///< 0: not known yet.
    std::optional<base::Error> error;  ///< Why it failed.
    std::uint64_t version = 0;         ///< Grows with every change of the others.
};

/// What a work tells of itself, and is told, while it runs.
class JobControl {
public:
    virtual ~JobControl() = default;
    /// Whether the work should end without result at its next convenience.
    virtual bool cancelled() const = 0;
    virtual void tell(std::string stage, std::int64_t steps_done, std::int64_t steps) = 0;
};

/// Long works, a bounded number of them at a time, each belonging to a user; others do not see it.
/// Thread-safe.
///
/// A work that was cancelled before its turn is called all the same, with `cancelled()` true, so
/// that it can give back what it has taken. Its error of the code `cancelled` makes the state
/// `cancelled`. What it throws makes it `failed` with a message that names no file of the server.
/// Ended works are remembered for `memory`.
class Jobs {
public:
    static constexpr std::size_t running_max = 2;
    static constexpr std::size_t waiting_max = 50;
    static constexpr std::size_t waiting_of_user_max = 4;
    static constexpr std::int64_t memory_seconds = 24 * 3600;
    static constexpr std::size_t remembered_max = 1'000;

    using Work = std::function<base::Result<base::Done>(JobControl&)>;
    /// What a failure is called in the log: the id of the work and what was thrown.
    using LogFailure = std::function<void(std::string_view, std::string_view)>;

    Jobs(std::function<std::int64_t()> clock_seconds, LogFailure log_failure);
    ~Jobs() { stop(); }
    /// Cancels all works and waits until they have ended; nothing is started any more.
    void stop();

    /// Error `jobs_busy` when too many works wait, of all or of the user.
    base::Result<JobStatus> start(const model::UserId& owner, std::string title, std::string result,
                                  Work work);
    std::optional<JobStatus> status(const model::UserId& owner, const std::string& id) const;
    /// The works of a user that are remembered, the newest first.
    std::vector<JobStatus> all(const model::UserId& owner) const;
    /// False for an unknown job. One that has ended stays as it is.
    bool cancel(const model::UserId& owner, const std::string& id);

    /// Called by the workers about once a minute.
    void each_minute(std::function<void()> chore);

private:
    class Running;
    struct Job;

    void serve();
    void run(Job& job);
    void forget_old();
    void do_chores();
    std::shared_ptr<Job> find(const model::UserId& owner, const std::string& id) const;
    std::size_t waiting_of(const model::UserId& owner) const;

    std::function<std::int64_t()> clock_;
    LogFailure log_failure_;
    std::int64_t began_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::uint64_t, std::shared_ptr<Job>> jobs_;
    std::deque<std::shared_ptr<Job>> queue_;
    std::vector<std::function<void()>> chores_;
    std::int64_t chores_done_ = 0;
    std::uint64_t last_number_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> workers_;
};

/// The error of a work that ended because it was cancelled.
base::Unexpected<base::Error> job_cancelled();

}  // namespace opora::application
