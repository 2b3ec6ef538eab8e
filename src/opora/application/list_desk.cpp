#include "opora/application/list_desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "opora/application/frozen_source.hpp"
#include "opora/base/utf8.hpp"
#include "opora/lifecycle/list_life.hpp"

namespace opora::application {

namespace {

base::Unexpected<base::Error> refusal(std::string code, std::string message) {
    return base::Unexpected{base::Error{.code = std::move(code), .message = std::move(message)}};
}

base::Unexpected<base::Error> unknown_list() {
    return refusal("list_unknown", "такого перечня нет или он вам не виден");
}

model::Date today(const ports::ListStore& lists) {
    const auto day = model::date_of(lists.now());
    OPORA_EXPECTS(day.has_value());
    return *day;
}

const model::Appeal* find_appeal(const model::ListState& state, std::int64_t number) {
    const auto found = std::ranges::find(state.appeals, number, &model::Appeal::number);
    return found == state.appeals.end() ? nullptr : &*found;
}

/// The verdict that a decision gives.
base::Result<model::Verdict> verdict_after(const DecisionRequest& request, model::Verdict before) {
    if (!request.granted) return before;
    if (request.verdict) return *request.verdict;
    if (before == model::Verdict::listed || before == model::Verdict::watch) {
        return model::Verdict::not_listed;
    }
    return refusal("field_missing", "укажите новый вывод о школе");
}

}  // namespace

base::Result<ListDossier> ListDesk::open(const model::ListId& id, Detail detail) const {
    ListDossier dossier{
        .state = {}, .acts = store_.list_store().acts(id), .content = {}, .list = {}};
    if (dossier.acts.empty()) return unknown_list();
    dossier.state = OPORA_TRY(lifecycle::replay(id, dossier.acts));
    const model::ListVersion& newest = lifecycle::newest(dossier.state);
    const ports::ListStore& lists = store_.list_store();
    dossier.content =
        detail == Detail::whole ? lists.content(newest.content) : lists.outline(newest.content);
    if (!rights_.sees(dossier.state, dossier.content->list)) return unknown_list();
    const model::Date day = today(store_.list_store());
    dossier.stage = lifecycle::stage_on(dossier.state, day);
    dossier.takes_appeals = lifecycle::takes_appeals(dossier.state, day);
    dossier.list = lifecycle::with_decisions(dossier.content->list, dossier.state, newest.number);
    return dossier;
}

base::Result<base::Done> ListDesk::step(const char* stage, std::int64_t done) const {
    if (control_ == nullptr) return base::Done{};
    if (control_->cancelled()) return job_cancelled();
    constexpr std::int64_t steps = 3;
    control_->tell(stage, done, steps);
    return base::Done{};
}

base::Result<ListDossier> ListDesk::find(const model::ListId& id) const {
    return open(id, Detail::whole);
}

std::vector<ListDossier> ListDesk::all() const {
    std::vector<ListDossier> all;
    for (const model::ListId& id : store_.list_store().lists()) {
        auto dossier = open(id, Detail::outline);
        if (dossier) all.push_back(std::move(*dossier));
    }
    std::ranges::reverse(all);
    return all;
}

base::Result<model::SchoolList> ListDesk::version(const ListDossier& dossier, int number) const {
    const auto found =
        std::ranges::find(dossier.state.versions, number, &model::ListVersion::number);
    if (found == dossier.state.versions.end()) {
        return refusal("version_unknown", "такой редакции у перечня нет");
    }
    return lifecycle::with_decisions(store_.list_store().content(found->content)->list,
                                     dossier.state, number);
}

std::vector<std::vector<lifecycle::VerdictMove>> ListDesk::moves_of_versions(
    const ListDossier& dossier) const {
    std::vector<std::vector<lifecycle::VerdictMove>> all(1);
    const auto& versions = dossier.state.versions;
    for (std::size_t i = 1; i < versions.size(); ++i) {
        const auto before = version(dossier, versions[i - 1].number);
        const auto after = version(dossier, versions[i].number);
        OPORA_EXPECTS(before && after);
        all.push_back(lifecycle::moves(*before, *after));
    }
    return all;
}

base::Result<model::ListId, base::Errors> ListDesk::draft(const ListRequest& request,
                                                          std::span<const model::Scale> scales,
                                                          const std::string& program) {
    const auto allowed = rights_.expect(Permission::manage_lists, request.territory);
    if (!allowed) return base::Unexpected{base::Errors{allowed.error()}};
    if (const auto go = step("Сохраняются данные перечня", 0); !go)
        return base::Unexpected{base::Errors{go.error()}};
    const ports::FrozenData data = freeze(store_);
    const FrozenSource frozen{store_, data};
    if (const auto go = step("Рассматриваются школы", 1); !go)
        return base::Unexpected{base::Errors{go.error()}};
    const model::ListContent content = OPORA_TRY(make_content(frozen, scales, request, program));
    if (const auto go = step("Записывается перечень", 2); !go)
        return base::Unexpected{base::Errors{go.error()}};
    const ports::ListEntry entry{
        .list = {},
        .acts_before = 0,
        .deed = model::Drafted{.content = store_.list_store().hash_of(content),
                               .snapshot = content.list.snapshot,
                               .methodology = content.list.methodology,
                               .version = content.list.version,
                               .year = content.list.year,
                               .territory = content.territory},
        .actor = rights_.actor()};
    const auto list = store_.list_store().append({&entry, 1}, ports::Freeze{&content, &data});
    if (!list) return base::Unexpected{base::Errors{list.error()}};
    return *list;
}

base::Result<ListDossier, base::Errors> ListDesk::renew(const model::ListId& list,
                                                        const std::string& reason,
                                                        std::span<const model::Scale> scales,
                                                        const std::string& program,
                                                        Edition edition) {
    const auto old = open(list, Detail::whole);
    if (!old) return base::Unexpected{base::Errors{old.error()}};
    const auto allowed = rights_.expect(Permission::manage_lists, old->state.territory);
    if (!allowed) return base::Unexpected{base::Errors{allowed.error()}};
    if (const auto go = step("Сохраняются данные перечня", 0); !go)
        return base::Unexpected{base::Errors{go.error()}};
    const ports::FrozenData data = freeze(store_);
    const FrozenSource frozen{store_, data};
    const ListRequest request = OPORA_TRY(request_of(*old->content));
    if (const auto go = step("Рассматриваются школы", 1); !go)
        return base::Unexpected{base::Errors{go.error()}};
    const model::ListContent content = OPORA_TRY(make_content(frozen, scales, request, program));
    if (const auto go = step("Записывается перечень", 2); !go)
        return base::Unexpected{base::Errors{go.error()}};
    const ports::Freeze kept{&content, &data};
    const auto renewed = act(
        list, edition,
        [&](const ListDossier& dossier) -> base::Result<model::ListDeed> {
            const std::string hash = store_.list_store().hash_of(content);
            // Another version of the program that finds the same has found nothing new.
            model::ListContent as_then = content;
            as_then.program = dossier.content->program;
            if (store_.list_store().hash_of(as_then) == lifecycle::newest(dossier.state).content) {
                return refusal("data_unchanged", "данные не изменились: перечень остаётся прежним");
            }
            return model::ListDeed{model::Renewed{hash, content.list.snapshot, reason}};
        },
        kept);
    if (!renewed) return base::Unexpected{base::Errors{renewed.error()}};
    return *renewed;
}

ListDesk::Outcome ListDesk::act(const model::ListId& list, Edition edition, const Deed& deed,
                                const std::optional<ports::Freeze>& freeze) {
    // Somebody may be faster; whoever did not name an edition is simply next.
    constexpr int attempts_max = 8;
    for (int attempt = 0;; ++attempt) {
        const ListDossier dossier = OPORA_TRY(find(list));
        if (edition && *edition != dossier.state.edition) {
            return refusal("edition_conflict",
                           "перечень тем временем изменился: посмотрите, что нового, и повторите");
        }
        std::vector<ports::ListEntry> entries{
            {list, dossier.state.acts, OPORA_TRY(deed(dossier)), rights_.actor()}};
        const model::ListAct next{.number = dossier.state.acts + 1,
                                  .time = store_.list_store().now(),
                                  .actor = rights_.actor(),
                                  .deed = entries.front().deed,
                                  .hash = {},
                                  .journal = {}};
        OPORA_TRY(lifecycle::after(dossier.state, next));
        if (std::holds_alternative<model::Approved>(next.deed)) {
            std::ranges::move(replacements(dossier), std::back_inserter(entries));
        }
        const auto written = store_.list_store().append(entries, freeze);
        if (written) return find(list);
        if (attempt + 1 == attempts_max) return base::Unexpected{written.error()};
    }
}

// Slips of the hand that could not be mended later. They are no rules of the life of a list: what
// was done before they were looked for stays done.

base::Result<base::Done> ListDesk::expect_near(model::Date appeals_until) const {
    constexpr std::chrono::days longest{366};
    const std::chrono::sys_days last = std::chrono::sys_days{today(store_.list_store())} + longest;
    if (std::chrono::sys_days{appeals_until} <= last) return base::Done{};
    return refusal("field_wrong",
                   fmt::format("срок подачи возражений дальше, чем через год: укажите день не "
                               "позже {}",
                               model::title(model::Date{last})));
}

base::Result<base::Done> ListDesk::expect_order_date(model::Date date,
                                                     model::SchoolYear year) const {
    const model::Date first{std::chrono::year{year.ending} / 1 / 1};
    const model::Date last{std::chrono::sys_days{today(store_.list_store())} +
                           std::chrono::days{366}};
    if (first <= date && date <= last) return base::Done{};
    return refusal(
        "field_wrong",
        fmt::format("дата приказа {} не подходит перечню за {} учебный год: укажите день "
                    "с {} по {}",
                    model::title(date), model::title(year), model::title(first),
                    model::title(last)));
}

ListDesk::Outcome ListDesk::publish(const model::ListId& list, model::Date appeals_until,
                                    Edition edition) {
    return act(list, edition, [&](const ListDossier& dossier) -> base::Result<model::ListDeed> {
        OPORA_TRY(rights_.expect(Permission::manage_lists, dossier.state.territory));
        OPORA_TRY(expect_near(appeals_until));
        return model::ListDeed{model::Published{appeals_until}};
    });
}

ListDesk::Outcome ListDesk::discard(const model::ListId& list, const std::string& reason,
                                    Edition edition) {
    return act(list, edition, [&](const ListDossier& dossier) -> base::Result<model::ListDeed> {
        OPORA_TRY(rights_.expect(Permission::manage_lists, dossier.state.territory));
        return model::ListDeed{model::Discarded{reason}};
    });
}

ListDesk::Outcome ListDesk::acknowledge(const model::ListId& list, const model::SchoolId& school) {
    return act(list, {}, [&](const ListDossier& dossier) -> base::Result<model::ListDeed> {
        OPORA_TRY(rights_.expect_of(school));
        const auto told = lifecycle::told_schools(dossier.list);
        if (!std::ranges::binary_search(told, school)) {
            return refusal("school_not_told",
                           "школы нет в перечне: подтверждать ознакомление не нужно");
        }
        return model::ListDeed{model::Acknowledged{school}};
    });
}

ListDesk::Outcome ListDesk::appeal(const model::ListId& list, const model::SchoolId& school,
                                   const model::TeacherId& teacher, const std::string& text) {
    return act(list, {}, [&](const ListDossier& dossier) -> base::Result<model::ListDeed> {
        OPORA_TRY(rights_.expect_of(school));
        if (lifecycle::find_listing(dossier.list, school, teacher) == nullptr) {
            return refusal("school_unknown",
                           "перечень не рассматривает эту школу (или этого педагога)");
        }
        return model::ListDeed{model::Appealed{.appeal = std::ssize(dossier.state.appeals) + 1,
                                               .school = school,
                                               .teacher = teacher,
                                               .text = text}};
    });
}

ListDesk::Outcome ListDesk::attach(const model::ListId& list, std::int64_t appeal,
                                   const std::filesystem::path& file, const std::string& name) {
    std::optional<model::AttachedFile> kept;
    return act(list, {}, [&](const ListDossier& dossier) -> base::Result<model::ListDeed> {
        const model::Appeal* found = find_appeal(dossier.state, appeal);
        if (found == nullptr || !rights_.sees_school(found->school)) {
            return refusal("appeal_unknown", "такого возражения нет");
        }
        OPORA_TRY(rights_.expect_of(found->school));
        if (!kept) kept = store_.list_store().keep_file(file, clean_file_name(name));
        return model::ListDeed{model::Attached{appeal, *kept}};
    });
}

ListDesk::Outcome ListDesk::withdraw(const model::ListId& list, std::int64_t appeal,
                                     const std::string& reason) {
    return act(list, {}, [&](const ListDossier& dossier) -> base::Result<model::ListDeed> {
        const model::Appeal* found = find_appeal(dossier.state, appeal);
        if (found == nullptr || !rights_.sees_school(found->school)) {
            return refusal("appeal_unknown", "такого возражения нет");
        }
        OPORA_TRY(rights_.expect_of(found->school));
        return model::ListDeed{model::Withdrawn{appeal, reason}};
    });
}

ListDesk::Outcome ListDesk::decide(const model::ListId& list, const DecisionRequest& request,
                                   Edition edition) {
    return act(list, edition, [&](const ListDossier& dossier) -> base::Result<model::ListDeed> {
        OPORA_TRY(rights_.expect(Permission::manage_lists, dossier.state.territory));
        const model::Appeal* appeal = find_appeal(dossier.state, request.appeal);
        if (appeal == nullptr) return refusal("appeal_unknown", "такого возражения нет");
        const auto* listing =
            lifecycle::find_listing(dossier.list, appeal->school, appeal->teacher);
        // A school that new data have taken off the list can only be told so.
        const model::Verdict before = listing ? listing->verdict : model::Verdict::excluded;
        const model::Verdict after = OPORA_TRY(verdict_after(request, before));
        return model::ListDeed{model::Decided{.appeal = request.appeal,
                                              .granted = request.granted,
                                              .reason = request.reason,
                                              .before = before,
                                              .after = after}};
    });
}

ListDesk::Outcome ListDesk::approve(const model::ListId& list, const model::OrderRecord& order,
                                    const std::string& early_reason, Edition edition) {
    return act(list, edition, [&](const ListDossier& dossier) -> base::Result<model::ListDeed> {
        OPORA_TRY(rights_.expect(Permission::approve_lists, dossier.state.territory));
        OPORA_TRY(expect_order_date(order.date, dossier.state.year));
        return model::ListDeed{model::Approved{order, early_reason}};
    });
}

std::vector<ports::ListEntry> ListDesk::replacements(const ListDossier& approved) const {
    std::vector<ports::ListEntry> entries;
    for (const model::ListId& id : store_.list_store().lists()) {
        if (id == approved.state.id) continue;
        const auto acts = store_.list_store().acts(id);
        const auto other = lifecycle::replay(id, acts);
        if (!other || other->stage != model::ListStage::approved) continue;
        const bool same = other->methodology == approved.state.methodology &&
                          other->territory == approved.state.territory &&
                          other->year <= approved.state.year;
        if (!same) continue;
        entries.push_back({id, other->acts, model::Replaced{approved.state.id}, rights_.actor()});
    }
    return entries;
}

base::Result<ListDesk::File> ListDesk::file(const model::ListId& list, std::int64_t appeal,
                                            const std::string& sha256) const {
    const ListDossier dossier = OPORA_TRY(open(list, Detail::outline));
    const model::Appeal* found = find_appeal(dossier.state, appeal);
    if (found == nullptr || !rights_.sees_school(found->school)) {
        return refusal("appeal_unknown", "такого возражения нет");
    }
    const auto about = std::ranges::find(found->files, sha256, &model::AttachedFile::sha256);
    if (about == found->files.end()) return refusal("file_unknown", "такого файла нет");
    const auto path = store_.list_store().file(sha256);
    if (!path) return refusal("file_unknown", "файл удалён с диска: восстановите из копии");
    return File{*about, *path};
}

std::string clean_file_name(const std::string& name) {
    constexpr std::size_t bytes_max = 120;
    std::string clean;
    std::string_view rest{name};
    if (const auto slash = rest.find_last_of("/\\"); slash != std::string_view::npos) {
        rest.remove_prefix(slash + 1);
    }
    while (!rest.empty()) {
        const base::Character one = base::first_character(rest);
        const std::size_t bytes = std::max<std::size_t>(one.bytes, 1);
        constexpr char32_t space = 0x20;
        constexpr char32_t control_last = 0x9f;
        const bool control = one.code < space || (one.code >= 0x7f && one.code <= control_last) ||
                             (one.code >= 0x200e && one.code <= 0x202e);
        const bool unsafe =
            std::string_view{"<>:\"|?*"}.find(rest.front()) != std::string_view::npos;
        if (clean.size() + bytes > bytes_max) break;
        if (one.bytes > 0 && !control && !unsafe) clean += rest.substr(0, bytes);
        rest.remove_prefix(bytes);
    }
    clean.erase(0, std::min(clean.find_first_not_of(". "), clean.size()));
    return clean.empty() ? "файл" : clean;
}

}  // namespace opora::application
