#include <fmt/format.h>

#include <algorithm>

#include "opora/application/import_desk.hpp"
#include "opora/application/import_desk_batch.hpp"

namespace opora::application {

namespace {

base::Unexpected<base::Error> refusal(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

/// Does a last thing when a job ends, however it ends.
class AtEnd {
public:
    explicit AtEnd(std::function<void()> act) : act_{std::move(act)} {}
    ~AtEnd() { act_(); }
    AtEnd(const AtEnd&) = delete;
    AtEnd& operator=(const AtEnd&) = delete;

private:
    std::function<void()> act_;
};

std::int64_t steps(std::size_t count) { return static_cast<std::int64_t>(count); }

std::string stage(const char* what, const ImportRequest& request) {
    return fmt::format("{}: {}", what, request.file.filename().string());
}

}  // namespace

ImportDesk::Plan ImportDesk::plan_of(const Batch& batch, const model::User& user,
                                     const ImportDecision* decision) const {
    Plan plan{.user = user, .batch = batch.shown.id, .numbers = {}, .requests = {}};
    if (decision != nullptr) plan.rows = decision->rows;
    for (const WaitingFile& file : batch.shown.files) {
        ImportRequest request{.directory = workspace_.store().directory(),
                              .file = batch.folder_of(file.number) / file.name,
                              .kind = file.kind,
                              .preview_only = decision == nullptr,
                              .failed_folder = batch.refused_folder_of(file.number),
                              .options = {}};
        request.options = {.rows = plan.rows,
                           .full = batch.shown.full,
                           .actor = actor_of(user),
                           .batch = plan.batch};
        // As many changes as the person was shown, and no more.
        if (decision != nullptr && decision->changes_accepted && file.report) {
            request.options.changes_max =
                file.report->preview.changed + file.report->preview.vanished;
        }
        plan.numbers.push_back(file.number);
        plan.requests.push_back(std::move(request));
    }
    return plan;
}

base::Result<JobStatus> ImportDesk::begin(const BatchPtr& batch, BatchState meanwhile,
                                          std::string title, Jobs::Work work) {
    const BatchState before = batch->shown.state;
    batch->shown.state = meanwhile;
    batch->shown.refusal.reset();
    auto job = jobs_.start(batch->shown.owner, std::move(title),
                           "/api/v1/import-batches/" + batch->shown.id, std::move(work));
    if (job) {
        batch->shown.job = job->id;
    } else {
        batch->shown.state = before;
    }
    return job;
}

base::Result<JobStatus> ImportDesk::check(const model::User& user, const std::string& batch,
                                          const std::map<int, std::string>& kinds, bool full) {
    const std::lock_guard guard{mutex_};
    const BatchPtr found = OPORA_TRY(idle(user, batch));
    WaitingBatch& shown = found->shown;
    if (shown.state == BatchState::stored)
        return refusal("batch_stored", "эти файлы уже загружены; начните новую загрузку");
    if (shown.files.empty()) return refusal("batch_empty", "сначала добавьте файлы");
    for (WaitingFile& file : shown.files) {
        const auto chosen = kinds.find(file.number);
        if (chosen == kinds.end()) continue;
        file.kind = chosen->second.empty() ? std::nullopt : std::optional{chosen->second};
    }
    shown.full = full;
    OPORA_TRY(keep(*found));
    return begin(found, BatchState::checking, "Проверка файлов",
                 [this, found, plan = plan_of(*found, user, nullptr)](JobControl& control) mutable {
                     const AtEnd settle{[this, found] {
                         const std::lock_guard at_end{mutex_};
                         if (found->shown.state == BatchState::checking)
                             found->shown.state = BatchState::collecting;
                     }};
                     return check_all(found, plan, control);
                 });
}

void ImportDesk::note(const BatchPtr& batch, const Plan& plan, std::size_t place,
                      const base::Result<ImportReport>& report) {
    const std::lock_guard guard{mutex_};
    const auto file =
        std::ranges::find(batch->shown.files, plan.numbers[place], &WaitingFile::number);
    OPORA_EXPECTS(file != batch->shown.files.end());  // Nobody changes a batch at work.
    if (report) {
        file->trouble.reset();
        file->report = std::make_shared<const ImportReport>(*report);
    } else {
        file->trouble = report.error();
        file->report.reset();
    }
}

base::Result<base::Done> ImportDesk::check_all(const BatchPtr& batch, Plan& plan,
                                               JobControl& control) {
    if (control.cancelled()) return job_cancelled();
    Importer importer{workspace_.adapters(), workspace_.store(), plan.user};
    std::int64_t done = 0;
    for (const std::size_t i : import_order(workspace_.adapters(), plan.requests)) {
        if (control.cancelled()) return job_cancelled();
        control.tell(stage("Проверяется", plan.requests[i]), done++, steps(plan.requests.size()));
        note(batch, plan, i, importer.import(plan.requests[i]));
    }
    const std::lock_guard guard{mutex_};
    batch->shown.state = BatchState::checked;
    return base::Done{};
}

base::Result<JobStatus> ImportDesk::store(const model::User& user, const std::string& batch,
                                          const ImportDecision& decision) {
    OPORA_TRY(take_turn());
    auto turn = std::make_shared<AtEnd>([this] { give_turn_back(); });
    std::unique_lock lock{mutex_};
    auto found = idle(user, batch);
    if (found && (*found)->shown.state != BatchState::checked) {
        found = refusal("batch_unchecked", "сначала проверьте файлы: состав загрузки изменился");
    }
    base::Result<JobStatus> job =
        found ? begin(*found, BatchState::storing, "Загрузка данных",
                      [this, held = *found, turn,
                       plan = plan_of(**found, user, &decision)](JobControl& control) mutable {
                          const AtEnd settle{[this, held] {
                              const std::lock_guard at_end{mutex_};
                              if (held->shown.state == BatchState::storing)
                                  held->shown.state = BatchState::checked;
                          }};
                          return store_all(held, plan, control);
                      })
              : base::Result<JobStatus>{base::Unexpected{found.error()}};
    lock.unlock();  // The turn, if nobody took it along, is given back under the mutex.
    return job;
}

base::Result<base::Done> ImportDesk::store_all(const BatchPtr& batch, Plan& plan,
                                               JobControl& control) {
    if (control.cancelled()) return job_cancelled();
    const bool together = plan.rows == RowPolicy::all_or_nothing && plan.requests.size() > 1;
    const auto stored =
        together ? store_together(batch, plan, control) : store_each(batch, plan, control);
    if (!stored) {
        const std::lock_guard guard{mutex_};
        if (stored.error().code != "cancelled") batch->shown.refusal = stored.error();
        return stored;
    }
    control.tell("Обновляются показатели", steps(plan.requests.size()),
                 steps(plan.requests.size()));
    workspace_.changed();
    const std::lock_guard guard{mutex_};
    batch->shown.state = BatchState::stored;
    do_not_keep(*batch);
    for (const int number : plan.numbers) std::filesystem::remove_all(batch->folder_of(number));
    return stored;
}

base::Result<base::Done> ImportDesk::store_each(const BatchPtr& batch, Plan& plan,
                                                JobControl& control) {
    Importer importer{workspace_.adapters(), workspace_.store(), plan.user};
    std::int64_t done = 0;
    std::optional<base::Error> first;
    bool any = false;
    for (const std::size_t i : import_order(workspace_.adapters(), plan.requests)) {
        if (control.cancelled() && !any) return job_cancelled();
        if (control.cancelled()) break;  // What is stored stays, each file for itself.
        control.tell(stage("Загружается", plan.requests[i]), done++, steps(plan.requests.size()));
        const auto report = importer.import(plan.requests[i]);
        note(batch, plan, i, report);
        const auto trouble = !report ? std::optional{report.error()} : report->objection;
        any |= !trouble;
        if (!first) first = trouble;
    }
    if (!any && first) return base::Unexpected{std::move(*first)};
    return base::Done{};
}

base::Result<base::Done> ImportDesk::store_together(const BatchPtr& batch, Plan& plan,
                                                    JobControl& control) {
    ports::Store& store = workspace_.store();
    const auto order = import_order(workspace_.adapters(), plan.requests);
    const std::int64_t all = 2 * steps(order.size());
    std::int64_t done = 0;
    Importer trial{workspace_.adapters(), store, plan.user};
    for (const std::size_t i : order) {
        if (control.cancelled()) return job_cancelled();
        control.tell(stage("Проверяется", plan.requests[i]), done++, all);
        ImportRequest request = plan.requests[i];
        request.preview_only = true;
        const auto report = trial.import(request);
        note(batch, plan, i, report);
        if (!report) return base::Unexpected{report.error()};
        if (report->objection) return base::Unexpected{*report->objection};
    }
    const std::string actor = actor_of(plan.user);
    open_batch(store, plan.batch, actor);
    std::optional<base::Error> trouble;
    try {
        Importer importer{workspace_.adapters(), store, plan.user};
        for (const std::size_t i : order) {
            control.tell(stage("Загружается", plan.requests[i]), done++, all);
            const auto report = importer.import(plan.requests[i]);
            note(batch, plan, i, report);
            trouble = !report ? std::optional{report.error()} : report->objection;
            if (control.cancelled()) trouble = job_cancelled().error;
            if (trouble) break;
        }
    } catch (...) {
        undo_open_batch(store);
        throw;
    }
    if (trouble) {
        undo_open_batch(store);
        return base::Unexpected{std::move(*trouble)};
    }
    close_batch(store, actor);
    return base::Done{};
}

}  // namespace opora::application
