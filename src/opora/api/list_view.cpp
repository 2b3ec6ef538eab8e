#include "opora/api/list_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "opora/api/problem.hpp"
#include "opora/rules/pack.hpp"
#include "opora/wording/list_words.hpp"
#include "opora/wording/names.hpp"
#include "opora/wording/parameter_words.hpp"
#include "opora/wording/vocabulary.hpp"

namespace opora::api {

namespace {

using application::ListDesk;
using application::ListDossier;
using application::Permission;
using model::ListStage;

/// What the person sees of a list.
class Seen {
public:
    Seen(const Call& call, const OpenDesk& open, const ListDossier& dossier)
        : call_{call}, open_{open}, dossier_{dossier} {
        for (const model::Listing& one : dossier.list.listings) {
            if (sees(one.school)) listings_.push_back(&one);
        }
    }

    Json head() const;
    Json whole() const;
    Json listing(const model::Listing& one) const;

private:
    const application::ListRights& rights() const { return open_.desk.rights(); }
    const model::ListState& state() const { return dossier_.state; }
    bool sees(const model::SchoolId& school) const { return rights().sees_school(school); }

    std::int64_t count(model::Verdict verdict) const {
        return std::ranges::count(listings_, verdict, &model::Listing::verdict);
    }
    bool is_told(const model::SchoolId& school) const {
        return std::ranges::binary_search(told_, school);
    }
    const model::Acknowledgement* acknowledgement(const model::SchoolId& school) const {
        const auto found =
            std::ranges::find(state().acknowledgements, school, &model::Acknowledgement::school);
        return found == state().acknowledgements.end() ? nullptr : &*found;
    }
    std::string school_name(const model::SchoolId& school) const {
        const auto number = open_.view->evidence().find_school(school);
        return number ? open_.view->evidence().schools()[*number].name : school.value;
    }
    std::string territory_name(const model::TerritoryId& territory) const {
        const auto all = open_.view->evidence().territories();
        const auto found = std::ranges::find(all, territory, &model::Territory::id);
        return found == all.end() ? territory.value : found->name;
    }
    const wording::Vocabulary& vocabulary() const;
    std::string actor_title(const std::string& actor) const;
    Json appeal(const model::Appeal& one) const;
    Json settings_words() const;
    Json versions() const;
    Json moves(const std::vector<lifecycle::VerdictMove>& all) const;
    Json history() const;
    Json order() const;
    Json allowed() const;

    const Call& call_;
    const OpenDesk& open_;
    const ListDossier& dossier_;
    std::vector<const model::Listing*> listings_;
    std::vector<model::SchoolId> told_ = lifecycle::told_schools(dossier_.list);
    mutable std::map<std::string, std::string> actors_;
    mutable std::optional<wording::Vocabulary> vocabulary_;
};

/// The words of the methodology as the list holds it.
const wording::Vocabulary& Seen::vocabulary() const {
    if (vocabulary_) return *vocabulary_;
    const auto methodology = dossier_.content ? application::methodology_of(*dossier_.content)
                                              : base::Unexpected{base::Errors{}};
    return vocabulary_.emplace(
        methodology ? wording::vocabulary_of(call_.services.workspace.adapters().subjects,
                                             methodology->pack)
                    : wording::Vocabulary{});
}

/// People of schools are named by what they are, officials also by their names.
std::string Seen::actor_title(const std::string& actor) const {
    constexpr std::string_view user = "user:";
    if (!actor.starts_with(user)) return "командная строка";
    if (const auto known = actors_.find(actor); known != actors_.end()) return known->second;
    const auto person = call_.services.accounts.user({actor.substr(user.size())});
    std::string title{person ? model::title(person->role) : "Прежний пользователь"};
    if (person && application::may(person->role, Permission::manage_lists)) {
        title = fmt::format("{} ({})", person->name, title);
    }
    actors_.emplace(actor, title);
    return title;
}

Json Seen::head() const {
    std::vector<model::SchoolId> told;
    std::ranges::copy_if(told_, std::back_inserter(told),
                         [&](const model::SchoolId& one) { return sees(one); });
    const auto acknowledged = std::ranges::count_if(
        told, [&](const model::SchoolId& one) { return acknowledgement(one) != nullptr; });
    const auto mine = [&](const model::Appeal& one) { return sees(one.school); };
    Json json{{"id", state().id.value},
              {"stage", code(dossier_.stage)},
              {"stage_title", title(dossier_.stage)},
              {"methodology", state().methodology.value},
              {"version", state().version},
              {"year", state().year.ending},
              {"year_title", title(state().year)},
              {"territory", state().territory.value},
              {"territory_name", territory_name(state().territory)},
              {"made", state().made},
              {"listed", count(model::Verdict::listed)},
              {"watched", count(model::Verdict::watch)},
              {"told", told.size()},
              {"acknowledged", acknowledged},
              {"appeals_count", std::ranges::count_if(state().appeals, mine)},
              {"appeals_open", std::ranges::count_if(state().appeals, [&](const auto& one) {
                   return mine(one) && one.open();
               })}};
    if (state().published) json["published"] = *state().published;
    if (state().appeals_until) json["appeals_until"] = model::iso(*state().appeals_until);
    if (state().order) {
        json["order_number"] = state().order->number;
        json["order_date"] = model::iso(state().order->date);
    }
    if (state().replaced_by) json["replaced_by"] = state().replaced_by->value;
    return json;
}

Json Seen::listing(const model::Listing& one) const {
    Json json = listing_json(one);
    json["rules_met_title"] = wording::rule_labels(one.rules_met, vocabulary());
    json["told"] = lifecycle::is_told(one);
    if (const auto* read = acknowledgement(one.school)) json["acknowledged"] = read->time;
    return json;
}

Json Seen::appeal(const model::Appeal& one) const {
    Json files = Json::array();
    for (const model::AttachedFile& file : one.files) {
        files.push_back({{"id", file.sha256}, {"name", file.name}, {"bytes", file.bytes}});
    }
    Json json{{"number", one.number},
              {"school", one.school.value},
              {"school_name", school_name(one.school)},
              {"text", one.text},
              {"time", one.time},
              {"by", actor_title(one.actor)},
              {"files", files}};
    if (!one.teacher.value.empty()) json["teacher"] = one.teacher.value;
    if (one.decision) {
        json["decision"] = {{"granted", one.decision->granted},
                            {"reason", one.decision->reason},
                            {"before_title", title(one.decision->before)},
                            {"after_title", title(one.decision->after)},
                            {"time", one.decision->time},
                            {"by", actor_title(one.decision->actor)}};
    }
    if (one.withdrawal) {
        json["withdrawal"] = {{"reason", one.withdrawal->reason},
                              {"time", one.withdrawal->time},
                              {"by", actor_title(one.withdrawal->actor)}};
    }
    return json;
}

Json Seen::moves(const std::vector<lifecycle::VerdictMove>& all) const {
    Json json = Json::array();
    for (const lifecycle::VerdictMove& one : all) {
        if (!sees(one.school)) continue;
        json.push_back({{"school", one.school.value},
                        {"school_name", one.school_name},
                        {"before_title", one.before ? title(*one.before) : "не рассматривалась"},
                        {"after_title", one.after ? title(*one.after) : "не рассматривается"},
                        {"enters", one.after == model::Verdict::listed},
                        {"leaves", one.before == model::Verdict::listed}});
    }
    return json;
}

Json Seen::versions() const {
    Json json = Json::array();
    const auto moved = open_.desk.moves_of_versions(dossier_);
    for (std::size_t i = 0; i < state().versions.size(); ++i) {
        const model::ListVersion& one = state().versions[i];
        Json version{{"number", one.number},         {"time", one.time},
                     {"by", actor_title(one.actor)}, {"reason", one.reason},
                     {"snapshot", one.snapshot},     {"moves", moves(moved[i])}};
        if (one.appeal > 0) version["appeal"] = one.appeal;
        json.push_back(std::move(version));
    }
    return json;
}

/// The school that a deed is about; nobody's when it is about the list.
std::optional<model::SchoolId> school_of(const model::ListState& state,
                                         const model::ListDeed& deed) {
    std::int64_t appeal = 0;
    if (const auto* one = std::get_if<model::Acknowledged>(&deed)) return one->school;
    if (const auto* one = std::get_if<model::Appealed>(&deed)) return one->school;
    if (const auto* one = std::get_if<model::Attached>(&deed)) appeal = one->appeal;
    if (const auto* one = std::get_if<model::Decided>(&deed)) appeal = one->appeal;
    if (const auto* one = std::get_if<model::Withdrawn>(&deed)) appeal = one->appeal;
    const auto found = std::ranges::find(state.appeals, appeal, &model::Appeal::number);
    return found == state.appeals.end() ? std::nullopt : std::optional{found->school};
}

Json Seen::history() const {
    Json json = Json::array();
    for (const model::ListAct& act : dossier_.acts) {
        const auto school = school_of(state(), act.deed);
        if (school && !sees(*school)) continue;
        const auto name = [&](const model::SchoolId& id) { return school_name(id); };
        json.push_back({{"number", act.number},
                        {"time", act.time},
                        {"by", actor_title(act.actor)},
                        {"deed", code(act.deed)},
                        {"title", title(act.deed)},
                        {"details", wording::deed_words(act.deed, name)}});
    }
    return json;
}

Json Seen::order() const {
    const model::OrderRecord& one = *state().order;
    return {{"number", one.number},     {"date", model::iso(one.date)},
            {"place", one.place},       {"authority", one.authority},
            {"position", one.position}, {"signatory", one.signatory},
            {"executor", one.executor}, {"seal", state().approval_seal}};
}

Json Seen::allowed() const {
    Json json = Json::array();
    const bool keeps = rights().keeps(state().territory);
    const bool preliminary = state().stage == ListStage::preliminary;
    const auto add = [&](bool yes, const char* what) {
        if (yes) json.push_back(what);
    };
    add(keeps && state().stage == ListStage::draft, "publish");
    add(keeps && state().stage == ListStage::draft, "discard");
    add(keeps && (preliminary || state().stage == ListStage::draft), "renew");
    add(keeps && preliminary, "decide");
    add(preliminary && rights().expect(Permission::approve_lists, state().territory).has_value(),
        "approve");
    add(rights().expect(Permission::read_lists, state().territory).has_value(), "papers");
    if (const auto own = rights().own_school()) {
        const bool open = std::ranges::any_of(state().appeals, [&](const model::Appeal& one) {
            return one.school == *own && one.open();
        });
        add((preliminary || state().stage == ListStage::approved) && is_told(*own) &&
                acknowledgement(*own) == nullptr,
            "acknowledge");
        add(dossier_.takes_appeals && !open, "appeal");
        add(preliminary && open, "attach");
        add(preliminary && open, "withdraw");
    }
    return json;
}

Json Seen::settings_words() const {
    const model::ListContent& content = *dossier_.content;
    const auto pack = rules::parse_pack(content.methodology_text, content.methodology_file);
    Json words = Json::array();
    for (const std::string& one : content.settings) {
        const auto& subjects = call_.services.workspace.adapters().subjects;
        words.push_back(pack ? wording::setting_words(*pack, one, subjects) : one);
    }
    return words;
}

Json Seen::whole() const {
    Json json = head();
    json["edition"] = state().edition;
    json["snapshot"] = dossier_.content->list.snapshot;
    json["program"] = dossier_.content->program;
    json["settings"] = dossier_.content->settings;
    json["settings_words"] = settings_words();
    json["takes_appeals"] = dossier_.takes_appeals;
    json["may"] = allowed();
    Json schools = Json::array();
    for (const model::Listing* one : listings_) schools.push_back(listing(*one));
    json["schools"] = std::move(schools);
    Json appeals = Json::array();
    for (const model::Appeal& one : state().appeals) {
        if (sees(one.school)) appeals.push_back(appeal(one));
    }
    json["appeals"] = std::move(appeals);
    json["versions"] = versions();
    json["history"] = history();
    if (state().order) json["order"] = order();
    return json;
}

}  // namespace

Json listing_json(const model::Listing& one) {
    Json json{{"school", one.school.value},
              {"school_name", one.school_name},
              {"verdict", code(one.verdict)},
              {"verdict_title", title(one.verdict)},
              {"reliability", code(one.reliability)},
              {"rules_met", one.rules_met},
              {"notes", one.notes}};
    if (!one.teacher.value.empty()) json["teacher"] = one.teacher.value;
    if (one.probability) json["probability"] = *one.probability;
    return json;
}

OpenDesk open_desk(const Call& call) {
    auto view = call.services.workspace.view();
    ListDesk desk{call.services.workspace.store(),
                  application::ListRights{call.user(), view->evidence()}};
    return {std::move(view), std::move(desk)};
}

Json list_head_json(const Call& call, const OpenDesk& open, const ListDossier& dossier) {
    return Seen{call, open, dossier}.head();
}

Json list_json(const Call& call, const OpenDesk& open, const ListDossier& dossier) {
    return Seen{call, open, dossier}.whole();
}

Json listed_school_json(const Call& call, const OpenDesk& open, const ListDossier& dossier,
                        const model::Listing& listing) {
    return Seen{call, open, dossier}.listing(listing);
}

Response list_response(const Call& call, const OpenDesk& open, const ListDossier& dossier,
                       int status) {
    Response response = json_response(list_json(call, open, dossier), status);
    response.headers.emplace_back("ETag", fmt::format("\"{}\"", dossier.state.edition));
    return response;
}

Response edition_problem(const OpenDesk& open, const model::ListId& list, std::int64_t seen) {
    base::Errors errors;
    const auto dossier = open.desk.find(list);
    if (!dossier) return problem(dossier.error());
    const auto name = [&](const model::SchoolId& id) {
        const auto number = open.view->evidence().find_school(id);
        return number ? open.view->evidence().schools()[*number].name : id.value;
    };
    for (const model::ListAct& act : dossier->acts) {
        if (act.number <= seen || std::holds_alternative<model::Acknowledged>(act.deed)) continue;
        errors.push_back({.code = std::string{code(act.deed)},
                          .message = fmt::format("{}: {}", title(act.deed),
                                                 wording::deed_words(act.deed, name))});
    }
    if (errors.empty())
        errors.push_back({.code = "edition_conflict", .message = "перечень изменён"});
    return problem("edition_conflict", errors);
}

}  // namespace opora::api
