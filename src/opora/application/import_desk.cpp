#include "opora/application/import_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "opora/application/access.hpp"
#include "opora/application/import_desk_batch.hpp"
#include "opora/base/utf8.hpp"

namespace opora::application {

namespace {

base::Unexpected<base::Error> refusal(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

base::Result<base::Done> expect_permission(const model::User& user) {
    if (may(user.role, Permission::import_data)) return base::Done{};
    return refusal("forbidden", "загружать данные и отменять загрузки вашей роли нельзя");
}

base::Unexpected<base::Error> batch_unknown() {
    return refusal("batch_unknown",
                   "такой загрузки нет: файлы, по которым решение не принято за сутки, "
                   "удаляются; отправьте их ещё раз");
}

bool is_hidden_sign(char32_t code) {
    const bool direction = (0x200B <= code && code <= 0x200F) ||
                           (0x202A <= code && code <= 0x202E) || (0x2066 <= code && code <= 0x2069);
    return code < 0x20 || (0x7F <= code && code < 0xA0) || direction || code == 0xFEFF;
}

WaitingFile* find_file(WaitingBatch& batch, int number) {
    const auto found = std::ranges::find(batch.files, number, &WaitingFile::number);
    return found == batch.files.end() ? nullptr : &*found;
}

}  // namespace

std::string actor_of(const model::User& user) { return "user:" + user.id.value; }

std::string harmless_name(const std::string& name) {
    constexpr std::size_t bytes_max = 120;
    const auto slash = name.find_last_of("/\\");
    std::string_view rest{name};
    if (slash != std::string::npos) rest.remove_prefix(slash + 1);
    std::string harmless;
    while (!rest.empty()) {
        const base::Character next = base::first_character(rest);
        if (next.bytes == 0) {
            rest.remove_prefix(1);
            continue;
        }
        if (!is_hidden_sign(next.code)) harmless += rest.substr(0, next.bytes);
        rest.remove_prefix(next.bytes);
    }
    while (harmless.starts_with('.') || harmless.starts_with(' ')) harmless.erase(0, 1);
    // The end tells people and programs what sort of a file it is: the middle is cut.
    if (harmless.size() > bytes_max) {
        const auto dot = harmless.rfind('.');
        std::string end = dot != std::string::npos && harmless.size() - dot <= 10
                              ? harmless.substr(dot)
                              : std::string{};
        harmless.resize(bytes_max - end.size());
        harmless.resize(base::valid_utf8_prefix(harmless));
        harmless += end;
    }
    return harmless.empty() ? "файл" : harmless;
}

ImportDesk::ImportDesk(Workspace& workspace, ports::AccountStore& accounts, Jobs& jobs,
                       std::filesystem::path folder, std::function<std::int64_t()> clock_seconds)
    : workspace_{workspace},
      accounts_{accounts},
      jobs_{jobs},
      folder_{std::move(folder)},
      clock_{std::move(clock_seconds)},
      began_{clock_()} {
    std::filesystem::create_directories(folder_);
    take_up_kept();
    jobs_.each_minute([this] { sweep(); });
}

ImportDesk::~ImportDesk() {
    jobs_.stop();
    std::error_code ignored;  // Swept with the next start.
    for (const auto& [id, batch] : batches_) {
        if (batch->shown.state == BatchState::stored)
            std::filesystem::remove_all(batch->folder, ignored);
    }
}

base::Result<WaitingBatch> ImportDesk::open(const model::User& user) {
    OPORA_TRY(expect_permission(user));
    sweep();
    const std::lock_guard guard{mutex_};
    const auto held = std::ranges::count_if(batches_, [&](const auto& entry) {
        const WaitingBatch& one = entry.second->shown;
        return one.owner == user.id && one.state != BatchState::stored;
    });
    if (static_cast<std::size_t>(held) >= batches_of_user_max) {
        return refusal("too_many_batches",
                       "слишком много начатых загрузок: закончите или удалите прежние");
    }
    auto batch = std::make_shared<Batch>();
    std::string id;
    do {
        id = fmt::format("{:x}-{}", began_, ++last_batch_);
    } while (batches_.contains(id));
    batch->shown = {.id = id,
                    .owner = user.id,
                    .expires = clock_() + waiting_seconds,
                    .job = {},
                    .files = {},
                    .refusal = {}};
    batch->folder = folder_ / batch->shown.id;
    std::filesystem::create_directories(batch->folder);
    OPORA_TRY(keep(*batch));
    batches_.emplace(batch->shown.id, batch);
    return batch->shown;
}

std::vector<WaitingBatch> ImportDesk::waiting(const model::User& user) {
    sweep();
    const std::lock_guard guard{mutex_};
    std::vector<WaitingBatch> all;
    for (const auto& [id, batch] : batches_) {
        if (batch->shown.owner == user.id && batch->shown.state != BatchState::stored)
            all.push_back(batch->shown);
    }
    return all;
}

/// Called under the mutex.
base::Result<ImportDesk::BatchPtr> ImportDesk::held(const model::User& user,
                                                    const std::string& batch) {
    OPORA_TRY(expect_permission(user));
    const auto found = batches_.find(batch);
    if (found == batches_.end() || found->second->shown.owner != user.id) return batch_unknown();
    Batch& one = *found->second;
    one.shown.expires = clock_() + waiting_seconds;
    constexpr std::int64_t hour = 3600;  // Written once an hour, not with every request.
    if (one.shown.state != BatchState::stored && one.shown.expires - one.kept_expires > hour)
        OPORA_TRY(keep(one));
    return found->second;
}

base::Result<ImportDesk::BatchPtr> ImportDesk::idle(const model::User& user,
                                                    const std::string& batch) {
    BatchPtr found = OPORA_TRY(held(user, batch));
    const BatchState state = found->shown.state;
    if (state == BatchState::checking || state == BatchState::storing) {
        return refusal("batch_busy",
                       "эти файлы сейчас проверяются или загружаются; дождитесь "
                       "конца или прервите действие");
    }
    return found;
}

base::Result<WaitingBatch> ImportDesk::find(const model::User& user, const std::string& batch) {
    const std::lock_guard guard{mutex_};
    return OPORA_TRY(held(user, batch))->shown;
}

/// Called under the mutex.
std::uint64_t ImportDesk::bytes_of(const model::User& user) const {
    std::uint64_t bytes = 0;
    for (const auto& [id, batch] : batches_) {
        const WaitingBatch& one = batch->shown;
        if (one.owner != user.id || one.state == BatchState::stored) continue;
        for (const WaitingFile& file : one.files) bytes += file.bytes;
    }
    return bytes;
}

base::Result<WaitingFile> ImportDesk::add(const model::User& user, const std::string& batch,
                                          const std::string& name,
                                          const std::filesystem::path& received) {
    const std::lock_guard guard{mutex_};
    const BatchPtr found = OPORA_TRY(idle(user, batch));
    WaitingBatch& shown = found->shown;
    if (shown.state == BatchState::stored)
        return refusal("batch_stored", "эти файлы уже загружены; начните новую загрузку");
    if (shown.files.size() >= files_max) {
        return refusal("too_many_files",
                       fmt::format("за один раз загружается не больше {} файлов", files_max));
    }
    if (bytes_of(user) + std::filesystem::file_size(received) > bytes_of_user_max) {
        return refusal("too_many_files",
                       "файлы, которые ждут решения, занимают слишком много места: загрузите или "
                       "удалите прежние");
    }
    WaitingFile file{.number = shown.files.empty() ? 1 : shown.files.back().number + 1,
                     .name = harmless_name(name),
                     .bytes = std::filesystem::file_size(received),
                     .kind = {},
                     .trouble = {},
                     .report = {}};
    const auto folder = found->folder_of(file.number);
    std::filesystem::create_directories(folder);
    std::filesystem::rename(received, folder / file.name);
    shown.files.push_back(file);
    shown.state = BatchState::collecting;
    shown.refusal.reset();
    OPORA_TRY(keep(*found));
    return file;
}

base::Result<base::Done> ImportDesk::remove(const model::User& user, const std::string& batch,
                                            int file) {
    const std::lock_guard guard{mutex_};
    const BatchPtr found = OPORA_TRY(idle(user, batch));
    if (find_file(found->shown, file) == nullptr)
        return refusal("file_unknown", "такого файла нет");
    std::erase_if(found->shown.files,
                  [file](const WaitingFile& one) { return one.number == file; });
    std::filesystem::remove_all(found->folder_of(file));
    std::filesystem::remove_all(found->refused_folder_of(file));
    if (found->shown.state == BatchState::checked) found->shown.state = BatchState::collecting;
    return keep(*found);
}

base::Result<base::Done> ImportDesk::forget(const model::User& user, const std::string& batch) {
    const std::lock_guard guard{mutex_};
    const BatchPtr found = OPORA_TRY(idle(user, batch));
    std::filesystem::remove_all(found->folder);
    batches_.erase(batch);
    return base::Done{};
}

base::Result<std::filesystem::path> ImportDesk::failed_rows(const model::User& user,
                                                            const std::string& batch, int file) {
    const std::lock_guard guard{mutex_};
    const BatchPtr found = OPORA_TRY(held(user, batch));
    const WaitingFile* one = find_file(found->shown, file);
    if (one == nullptr || !one->report || !one->report->failed_file)
        return refusal("file_unknown", "строк с ошибками в этом файле нет");
    return *one->report->failed_file;
}

void ImportDesk::sweep() {
    const std::lock_guard guard{mutex_};
    const std::int64_t now = clock_();
    std::erase_if(batches_, [now](const auto& entry) {
        const WaitingBatch& one = entry.second->shown;
        const bool at_work = one.state == BatchState::checking || one.state == BatchState::storing;
        if (at_work || one.expires > now) return false;
        std::filesystem::remove_all(entry.second->folder);
        return true;
    });
}

bool ImportDesk::sees(const model::User& user, const ports::ImportReceipt& receipt,
                      std::map<std::string, bool>& known) const {
    if (user.territory.value.empty()) return true;
    const auto met = known.find(receipt.actor);
    if (met != known.end()) return met->second;
    constexpr std::string_view prefix = "user:";
    bool seen = false;
    if (receipt.actor.starts_with(prefix)) {
        const auto author = accounts_.user({receipt.actor.substr(prefix.size())});
        ports::RegisterRows rows;
        const auto& territories = workspace_.view()->evidence().territories();
        rows.territories.assign(territories.begin(), territories.end());
        seen = author && ImportScope{user, std::move(rows)}.holds(author->territory);
    }
    known.emplace(receipt.actor, seen);
    return seen;
}

base::Result<std::vector<ports::ImportReceipt>> ImportDesk::imports(const model::User& user) {
    OPORA_TRY(expect_permission(user));
    std::vector<ports::ImportReceipt> all = workspace_.store().register_store().imports();
    std::map<std::string, bool> known;
    std::erase_if(all, [&](const auto& one) { return !sees(user, one, known); });
    std::ranges::reverse(all);
    return all;
}

base::Result<base::Done> ImportDesk::take_turn() {
    const std::lock_guard guard{mutex_};
    if (writing_) {
        return refusal("busy",
                       "сейчас загружаются или отменяются другие данные; повторите, когда "
                       "это закончится");
    }
    writing_ = true;
    return base::Done{};
}

void ImportDesk::give_turn_back() {
    const std::lock_guard guard{mutex_};
    writing_ = false;
}

base::Result<base::Done> ImportDesk::undo(const model::User& user, ports::ImportNumber number) {
    const auto seen = OPORA_TRY(imports(user));
    if (std::ranges::find(seen, number, &ports::ImportReceipt::number) == seen.end())
        return refusal("import_unknown", "такой загрузки нет");
    OPORA_TRY(take_turn());
    const std::shared_ptr<void> turn{nullptr, [this](void*) { give_turn_back(); }};
    OPORA_TRY(workspace_.store().register_store().undo(number, actor_of(user)));
    workspace_.changed();
    return base::Done{};
}

base::Result<std::int64_t> ImportDesk::undo_all(const model::User& user, const std::string& batch) {
    const auto seen = OPORA_TRY(imports(user));
    if (batch.empty() || std::ranges::find(seen, batch, &ports::ImportReceipt::batch) == seen.end())
        return refusal("import_unknown", "такой загрузки нет");
    OPORA_TRY(take_turn());
    const std::shared_ptr<void> turn{nullptr, [this](void*) { give_turn_back(); }};
    const auto undone = undo_batch(workspace_.store(), batch, actor_of(user));
    workspace_.changed();
    return undone;
}

}  // namespace opora::application
