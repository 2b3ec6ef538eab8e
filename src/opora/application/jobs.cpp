#include "opora/application/jobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "opora/ports/storage_error.hpp"

namespace opora::application {

namespace {

constexpr std::array<std::string_view, 5> state_codes{"waiting", "running", "done", "failed",
                                                      "cancelled"};

/// What a broken world is called for people: no path of the server is in it.
base::Error told(const ports::StorageError& error) {
    if (error.code() == "disk_full") {
        return {.code = "disk_full",
                .message = "на сервере закончилось место; обратитесь к администратору"};
    }
    return {.code = error.code(),
            .message =
                "хранилище недоступно; повторите через минуту, а если не поможет, "
                "обратитесь к администратору"};
}

}  // namespace

std::string_view code(JobState state) { return state_codes[static_cast<std::size_t>(state)]; }

bool ended(JobState state) { return state != JobState::waiting && state != JobState::running; }

base::Unexpected<base::Error> job_cancelled() {
    return base::Unexpected{base::Error{.code = "cancelled", .message = "действие прервано"}};
}

struct Jobs::Job {
    model::UserId owner;
    Work work;
    std::atomic<bool> cancelled = false;
    JobStatus status;  ///< Guarded by the mutex of Jobs.
    std::int64_t touched = 0;
};

/// The control of a work: what it tells goes into its status.
class Jobs::Running : public JobControl {
public:
    Running(Jobs& jobs, Job& job) : jobs_{jobs}, job_{job} {}
    bool cancelled() const override { return job_.cancelled; }
    void tell(std::string stage, std::int64_t steps_done, std::int64_t steps) override {
        const std::lock_guard guard{jobs_.mutex_};
        job_.status.stage = std::move(stage);
        job_.status.steps_done = steps_done;
        job_.status.steps = steps;
        ++job_.status.version;
    }

private:
    Jobs& jobs_;
    Job& job_;
};

Jobs::Jobs(std::function<std::int64_t()> clock_seconds, LogFailure log_failure)
    : clock_{std::move(clock_seconds)}, log_failure_{std::move(log_failure)}, began_{clock_()} {
    for (std::size_t i = 0; i < running_max; ++i) workers_.emplace_back([this] { serve(); });
}

void Jobs::stop() {
    {
        const std::lock_guard guard{mutex_};
        if (stopping_) return;
        stopping_ = true;
        for (const auto& [number, job] : jobs_) job->cancelled = true;
    }
    changed_.notify_all();
    for (std::thread& worker : workers_) worker.join();
}

base::Result<JobStatus> Jobs::start(const model::UserId& owner, std::string title,
                                    std::string result, Work work) {
    auto job = std::make_shared<Job>();
    job->owner = owner;
    job->work = std::move(work);
    {
        const std::lock_guard guard{mutex_};
        if (stopping_ || queue_.size() >= waiting_max || waiting_of(owner) >= waiting_of_user_max) {
            return base::Unexpected{base::Error{
                .code = "jobs_busy",
                .message = "сейчас выполняется слишком много действий; повторите через минуту"}};
        }
        forget_old();
        job->touched = clock_();
        job->status = {.id = fmt::format("{:x}-{}", began_, ++last_number_),
                       .title = std::move(title),
                       .result = std::move(result),
                       .state = JobState::waiting,
                       .stage = {},
                       .error = {}};
        jobs_.emplace(last_number_, job);
        queue_.push_back(job);
    }
    changed_.notify_one();
    const std::lock_guard guard{mutex_};
    return job->status;
}

std::size_t Jobs::waiting_of(const model::UserId& owner) const {
    const auto counted =
        std::ranges::count(queue_, owner, [](const auto& job) { return job->owner; });
    return static_cast<std::size_t>(counted);
}

std::shared_ptr<Jobs::Job> Jobs::find(const model::UserId& owner, const std::string& id) const {
    for (const auto& [number, job] : jobs_) {
        if (job->status.id == id && job->owner == owner) return job;
    }
    return nullptr;
}

std::optional<JobStatus> Jobs::status(const model::UserId& owner, const std::string& id) const {
    const std::lock_guard guard{mutex_};
    const auto job = find(owner, id);
    return job ? std::optional{job->status} : std::nullopt;
}

std::vector<JobStatus> Jobs::all(const model::UserId& owner) const {
    const std::lock_guard guard{mutex_};
    std::vector<JobStatus> statuses;
    for (const auto& [number, job] : jobs_) {
        if (job->owner == owner) statuses.push_back(job->status);
    }
    std::ranges::reverse(statuses);
    return statuses;
}

bool Jobs::cancel(const model::UserId& owner, const std::string& id) {
    const std::lock_guard guard{mutex_};
    const auto job = find(owner, id);
    if (!job) return false;
    if (!ended(job->status.state)) job->cancelled = true;
    return true;
}

void Jobs::each_minute(std::function<void()> chore) {
    const std::lock_guard guard{mutex_};
    chores_.push_back(std::move(chore));
}

void Jobs::serve() {
    std::unique_lock lock{mutex_};
    while (true) {
        changed_.wait_for(lock, std::chrono::minutes{1},
                          [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) {
            if (stopping_) return;
            lock.unlock();
            do_chores();
            lock.lock();
            continue;
        }
        const auto job = queue_.front();
        queue_.pop_front();
        job->status.state = JobState::running;
        ++job->status.version;
        lock.unlock();
        run(*job);
        lock.lock();
    }
}

void Jobs::run(Job& job) {
    std::optional<base::Error> trouble;
    try {
        Running control{*this, job};
        if (auto done = job.work(control); !done) trouble = done.error();
    } catch (const ports::StorageError& error) {
        log_failure_(job.status.id, error.code());
        trouble = told(error);
    } catch (const std::exception& error) {
        log_failure_(job.status.id, error.what());
        trouble =
            base::Error{.code = "failed",
                        .message = "сбой сервера; сообщите администратору номер " + job.status.id};
    }
    job.work = nullptr;  // What it holds is not needed any more.
    const std::lock_guard guard{mutex_};
    job.status.state = !trouble                       ? JobState::done
                       : trouble->code == "cancelled" ? JobState::cancelled
                                                      : JobState::failed;
    job.status.error = std::move(trouble);
    job.touched = clock_();
    ++job.status.version;
}

/// Called under the mutex.
void Jobs::forget_old() {
    const std::int64_t now = clock_();
    std::erase_if(jobs_, [&](const auto& entry) {
        const Job& job = *entry.second;
        return ended(job.status.state) && now - job.touched > memory_seconds;
    });
    for (auto job = jobs_.begin(); jobs_.size() >= remembered_max && job != jobs_.end();) {
        job = ended(job->second->status.state) ? jobs_.erase(job) : std::next(job);
    }
}

void Jobs::do_chores() {
    std::vector<std::function<void()>> chores;
    {
        const std::lock_guard guard{mutex_};
        const std::int64_t now = clock_();
        if (now - chores_done_ < 50) return;  // Another worker has just done them.
        chores_done_ = now;
        chores = chores_;
    }
    for (const auto& chore : chores) {
        try {
            chore();
        } catch (const std::exception& error) {
            log_failure_("chore", error.what());
        }
    }
}

}  // namespace opora::application
