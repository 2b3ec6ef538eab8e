#include "opora/application/list_verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "opora/application/evidence_loading.hpp"
#include "opora/application/frozen_source.hpp"

namespace opora::application {

namespace {

constexpr std::size_t remarks_max = 20;

void add_remark(ListCheck& check, std::string remark) {
    if (check.remarks.size() < remarks_max) check.remarks.push_back(std::move(remark));
}

ListCheck check_journal(const ports::ListStore& lists, const std::optional<std::string>& known_seal,
                        std::string& seal) {
    ListCheck check{.code = "journal",
                    .title = known_seal ? "Журнал действий цел, контрольная запись в нём есть"
                                        : "Журнал действий цел"};
    const auto newest = lists.check_journal(known_seal);
    check.holds = newest.has_value();
    if (newest) {
        seal = *newest;
    } else {
        add_remark(check, newest.error().message);
    }
    return check;
}

ListCheck check_chain(const ports::ListStore& lists, const model::ListId& id) {
    ListCheck check{.code = "chain",
                    .title = "Записи о перечне и сам перечень не менялись после внесения"};
    const base::Errors errors = lists.check_chain(id);
    check.holds = errors.empty();
    for (const base::Error& error : errors) add_remark(check, error.message);
    return check;
}

/// Snapshot and content of every computed version, each once, in their order.
std::vector<const model::ListVersion*> computed_versions(const model::ListState& state) {
    std::vector<const model::ListVersion*> versions;
    std::set<std::string> seen;
    for (const model::ListVersion& one : state.versions) {
        if (seen.insert(one.content).second) versions.push_back(&one);
    }
    return versions;
}

ListCheck check_facts(ports::Store& store, const model::ListState& state) {
    ListCheck check{.code = "facts",
                    .title = "Результаты, по которым составлен перечень, не менялись",
                    .holds = true};
    std::set<model::FactIdentity> seen;
    for (const model::ListVersion* version : computed_versions(state)) {
        const auto imports = store.list_store().frozen(version->snapshot).imports;
        for (const FactInForce& fact : facts_in_force(imports)) {
            if (!seen.insert(fact.identity).second) continue;
            if (store.fact_store().verify(fact.identity)) continue;
            check.holds = false;
            add_remark(check, fmt::format("изменены результаты из файла «{}»", fact.file));
        }
    }
    return check;
}

std::string verdict_words(const std::optional<model::Verdict>& verdict) {
    return verdict ? std::string{title(*verdict)} : "не рассматривалась";
}

/// What differs between the stored list and the one made anew.
void compare(const model::ListContent& stored, const model::ListContent& anew,
             const std::string& program, ListCheck& check) {
    if (stored.list.snapshot != anew.list.snapshot) {
        add_remark(check, fmt::format("снимок данных другой: {} вместо {}",
                                      anew.list.snapshot.substr(0, 12),
                                      stored.list.snapshot.substr(0, 12)));
    }
    const auto moved = lifecycle::moves(stored.list, anew.list);
    for (const lifecycle::VerdictMove& move : moved) {
        add_remark(check, fmt::format("{} ({}): в перечне «{}», по данным «{}»", move.school_name,
                                      move.school.value, verdict_words(move.before),
                                      verdict_words(move.after)));
    }
    if (stored.program != program) {
        add_remark(check,
                   fmt::format("перечень составлен программой версии {}, проверен версией {}",
                               stored.program, program));
    }
    if (check.remarks.empty()) {
        add_remark(check, "выводы те же, но отличаются вероятности или обоснования");
    }
}

/// The borders of marks as the list saw them; a list that did not keep them is made by today's.
std::span<const model::Scale> scales_then(const model::ListContent& stored,
                                          std::span<const model::Scale> today) {
    return stored.scales ? std::span<const model::Scale>{*stored.scales} : today;
}

ListCheck check_derivation(ports::Store& store, const ListDossier& dossier,
                           std::span<const model::Scale> scales, const std::string& program) {
    ListCheck check{.code = "rederived",
                    .title = "Перечень заново получен из сохранённых данных и методики",
                    .holds = true};
    for (const model::ListVersion* version : computed_versions(dossier.state)) {
        const auto stored = store.list_store().content(version->content);
        const FrozenSource frozen{store, store.list_store().frozen(version->snapshot)};
        const auto request = request_of(*stored);
        // The version of the program is part of the content: it is compared by its results.
        const auto anew =
            request
                ? make_content(frozen, scales_then(*stored, scales), *request, stored->program)
                : base::Result<model::ListContent, base::Errors>{base::Unexpected{request.error()}};
        if (!anew) {
            check.holds = false;
            add_remark(check, base::describe(anew.error().front()));
            continue;
        }
        if (store.list_store().hash_of(*anew) == version->content) continue;
        check.holds = false;
        compare(*stored, *anew, program, check);
    }
    return check;
}

void look_at_today(ports::Store& store, const ListDossier& dossier,
                   std::span<const model::Scale> scales, ListVerification& result) {
    const auto request = request_of(*dossier.content);
    if (!request) return;
    const FrozenSource frozen{store, freeze(store)};
    const auto today = make_content(frozen, scales, *request, dossier.content->program);
    if (!today) return;
    result.snapshot_today = today->list.snapshot;
    result.moves_today = lifecycle::moves(dossier.content->list, today->list);
}

}  // namespace

bool ListVerification::holds() const {
    return !stopped && std::ranges::all_of(checks, &ListCheck::holds);
}

ListVerification verify_list(ports::Store& store, const ListDossier& dossier,
                             std::span<const model::Scale> scales, const std::string& program,
                             const std::optional<std::string>& known_seal, JobControl* control) {
    ListVerification result;
    const auto goes_on = [&](const char* stage, std::int64_t done) {
        constexpr std::int64_t steps = 4;
        if (control == nullptr) return true;
        if (control->cancelled()) result.stopped = true;
        if (!result.stopped) control->tell(stage, done, steps);
        return !result.stopped;
    };
    const ports::ListStore& lists = store.list_store();
    if (!goes_on("Проверяется журнал", 0)) return result;
    result.checks.push_back(check_journal(lists, known_seal, result.seal));
    result.checks.push_back(check_chain(lists, dossier.state.id));
    if (!goes_on("Проверяются исходные результаты", 1)) return result;
    result.checks.push_back(check_facts(store, dossier.state));
    if (!goes_on("Перечень составляется заново", 2)) return result;
    result.checks.push_back(check_derivation(store, dossier, scales, program));
    if (!goes_on("Сравнение с сегодняшними данными", 3)) return result;
    look_at_today(store, dossier, scales, result);
    return result;
}

}  // namespace opora::application
