#include <charconv>

#include "opora/api/json.hpp"
#include "opora/api/list_view.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"

namespace opora::api {

namespace {

using application::ListDesk;
using application::Permission;

model::ListId list_of(const Call& call) { return {call.value(0)}; }

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

/// The edition that If-Match names.
std::optional<std::int64_t> seen_edition(const Call& call) {
    const std::string_view tag = header(call.request, "if-match");
    if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return std::nullopt;
    return number_in(tag.substr(1, tag.size() - 2));
}

Response edition_missing() {
    return problem("version_missing", "Откройте перечень заново и повторите действие");
}

/// The answer to a change: the list as it is now, or why it did not change.
Response answer(const Call& call, const OpenDesk& open, const ListDesk::Outcome& outcome,
                int status = 200) {
    if (outcome) return list_response(call, open, *outcome, status);
    if (outcome.error().code == "edition_conflict") {
        return edition_problem(open, list_of(call), seen_edition(call).value_or(0));
    }
    return problem(outcome.error());
}

Response all(Call& call) {
    const OpenDesk open = open_desk(call);
    Json lists = Json::array();
    for (const application::ListDossier& one : open.desk.all()) {
        lists.push_back(list_head_json(call, open, one));
    }
    return json_response({{"lists", lists}});
}

Response show(Call& call) {
    const OpenDesk open = open_desk(call);
    const auto dossier = open.desk.find(list_of(call));
    return dossier ? list_response(call, open, *dossier) : problem(dossier.error());
}

/// «parameter=value» of an object of texts.
std::optional<std::vector<std::string>> settings_of(const Json& form) {
    std::vector<std::string> settings;
    const auto found = form.find("settings");
    if (found == form.end()) return settings;
    if (!found->is_object()) return std::nullopt;
    for (const auto& [name, value] : found->items()) {
        if (!value.is_string()) return std::nullopt;
        settings.push_back(name + "=" + value.get<std::string>());
    }
    return settings;
}

Response not_made(Call& call, const base::Errors& errors) {
    call.stopped = errors.front().code == "cancelled";
    return problem(errors);
}

Response draft(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto name = text_field(*form, "methodology", 200);
    if (!name) return problem(name.error());
    const auto* methodology = call.services.workspace.methodology(*name);
    if (methodology == nullptr) return problem("methodology_unknown");
    const auto year = form->find("year");
    if (year == form->end() || !year->is_number_integer()) return problem("year_wrong");
    const model::SchoolYear asked{year->get<int>()};
    if (asked < model::year_min || asked > model::year_max) return problem("year_wrong");
    auto settings = settings_of(*form);
    if (!settings) return problem("setting_wrong");
    OpenDesk open = open_desk(call);
    model::TerritoryId territory = open.desk.rights().usual_territory();
    if (form->contains("territory")) {
        const auto named = text_field(*form, "territory", 200);
        if (!named) return problem(named.error());
        if (!named->empty()) territory = {*named};
    }
    open.desk.report_to(call.control);
    const auto list = open.desk.draft({.methodology = *methodology,
                                       .settings = std::move(*settings),
                                       .year = asked,
                                       .territory = territory},
                                      call.services.workspace.scales(),
                                      call.services.workspace.adapters().version);
    if (!list) return not_made(call, list.error());
    return answer(call, open, open.desk.find(*list), 201);
}

Response discard(Call& call) {
    const auto edition = seen_edition(call);
    if (!edition) return edition_missing();
    OpenDesk open = open_desk(call);
    const auto gone = open.desk.discard(list_of(call), "", edition);
    if (gone) return Response{.status = 204, .content_type = "text/plain"};
    return answer(call, open, gone);
}

Response renew(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto reason = text_field(*form, "reason", 20'000);
    if (!reason) return problem(reason.error());
    const auto edition = seen_edition(call);
    if (!edition) return edition_missing();
    OpenDesk open = open_desk(call);
    open.desk.report_to(call.control);
    const auto renewed = open.desk.renew(list_of(call), *reason, call.services.workspace.scales(),
                                         call.services.workspace.adapters().version, edition);
    if (renewed) return list_response(call, open, *renewed);
    if (renewed.error().size() > 1 || renewed.error().front().code == "cancelled")
        return not_made(call, renewed.error());
    return answer(call, open, base::Unexpected{renewed.error().front()});
}

Response publish(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto text = text_field(*form, "appeals_until", 10);
    if (!text) return problem(text.error());
    const auto until = model::date_of(*text);
    if (!until) return problem("field_wrong", "Не понят последний день приёма возражений");
    const auto edition = seen_edition(call);
    if (!edition) return edition_missing();
    OpenDesk open = open_desk(call);
    return answer(call, open, open.desk.publish(list_of(call), *until, edition));
}

Response acknowledge(Call& call) {
    OpenDesk open = open_desk(call);
    const auto own = open.desk.rights().own_school();
    if (!own) return problem("forbidden");
    return answer(call, open, open.desk.acknowledge(list_of(call), *own));
}

Response appeal(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto text = text_field(*form, "text", 20'000);
    if (!text) return problem(text.error());
    std::string teacher;
    if (form->contains("teacher")) {
        const auto named = text_field(*form, "teacher", 200);
        if (!named) return problem(named.error());
        teacher = *named;
    }
    OpenDesk open = open_desk(call);
    const auto own = open.desk.rights().own_school();
    if (!own) return problem("forbidden");
    return answer(call, open, open.desk.appeal(list_of(call), *own, {teacher}, *text), 201);
}

Response attach(Call& call) {
    const auto number = number_in(call.value(1));
    if (!number) return problem("appeal_unknown");
    const auto name = query(call.request, "name");
    if (!name || name->size() > 1000) return problem("field_missing", "Не указано имя файла");
    if (call.request.upload.empty()) return problem("field_missing", "Файл не передан");
    OpenDesk open = open_desk(call);
    return answer(call, open,
                  open.desk.attach(list_of(call), *number, call.request.upload, std::string{*name}),
                  201);
}

Response withdraw(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto number = number_in(call.value(1));
    if (!number) return problem("appeal_unknown");
    std::string reason;
    if (form->contains("reason")) {
        const auto given = text_field(*form, "reason", 20'000);
        if (!given) return problem(given.error());
        reason = *given;
    }
    OpenDesk open = open_desk(call);
    return answer(call, open, open.desk.withdraw(list_of(call), *number, reason));
}

base::Result<application::DecisionRequest> decision_of(const Json& form, std::int64_t appeal) {
    const auto granted = form.find("granted");
    if (granted == form.end() || !granted->is_boolean()) {
        return base::Unexpected{
            base::Error{.code = "field_missing", .message = "не указано решение"}};
    }
    application::DecisionRequest request{.appeal = appeal,
                                         .granted = granted->get<bool>(),
                                         .reason = OPORA_TRY(text_field(form, "reason", 20'000)),
                                         .verdict = {}};
    if (!form.contains("verdict")) return request;
    const std::string verdict = OPORA_TRY(text_field(form, "verdict", 20));
    for (const auto one : {model::Verdict::listed, model::Verdict::watch,
                           model::Verdict::not_listed, model::Verdict::unknown}) {
        if (code(one) == verdict) request.verdict = one;
    }
    if (request.verdict) return request;
    return base::Unexpected{
        base::Error{.code = "field_wrong", .message = "не понят новый вывод о школе"}};
}

Response decide(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto number = number_in(call.value(1));
    if (!number) return problem("appeal_unknown");
    const auto request = decision_of(*form, *number);
    if (!request) return problem(request.error());
    const auto edition = seen_edition(call);
    if (!edition) return edition_missing();
    OpenDesk open = open_desk(call);
    return answer(call, open, open.desk.decide(list_of(call), *request, edition));
}

/// Points as people write them: a line each; a line that begins with a dash is a sub-point of the
/// one before.
std::vector<model::OrderClause> points_of(const std::string& text) {
    std::vector<model::OrderClause> points;
    std::string_view rest{text};
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto begin = line.find_first_not_of(" \t\r");
        if (begin == std::string_view::npos) continue;
        line = line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
        const bool subpoint = line.starts_with('-') && !points.empty();
        if (subpoint) line.remove_prefix(std::min(line.find_first_not_of("- "), line.size()));
        if (subpoint) {
            points.back().subpoints.emplace_back(line);
        } else {
            points.push_back({std::string{line}, {}});
        }
    }
    return points;
}

base::Result<model::OrderRecord> order_of(const Json& form) {
    model::OrderRecord order{.number = OPORA_TRY(text_field(form, "number", 100))};
    const auto date = model::date_of(OPORA_TRY(text_field(form, "date", 10)));
    if (!date) {
        return base::Unexpected{
            base::Error{.code = "field_wrong", .message = "не понята дата приказа"}};
    }
    order.date = *date;
    const std::pair<const char*, std::string*> texts[] = {
        {"place", &order.place},       {"authority", &order.authority},
        {"title", &order.title},       {"authority_genitive", &order.authority_genitive},
        {"basis", &order.basis},       {"responsible", &order.responsible},
        {"control", &order.control},   {"executor", &order.executor},
        {"position", &order.position}, {"signatory", &order.signatory}};
    for (const auto& [name, text] : texts) {
        if (form.contains(name)) *text = OPORA_TRY(text_field(form, name, 2000));
    }
    if (form.contains("points")) {
        order.points = points_of(OPORA_TRY(text_field(form, "points", 20'000)));
    }
    return order;
}

Response approve(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto order = order_of(*form);
    if (!order) return problem(order.error());
    std::string early;
    if (form->contains("early_reason")) {
        const auto reason = text_field(*form, "early_reason", 2000);
        if (!reason) return problem(reason.error());
        early = *reason;
    }
    const auto edition = seen_edition(call);
    if (!edition) return edition_missing();
    OpenDesk open = open_desk(call);
    return answer(call, open, open.desk.approve(list_of(call), *order, early, edition));
}

}  // namespace

std::vector<Route> list_life_routes() {
    constexpr auto read = Permission::read_schools;
    constexpr auto manage = Permission::manage_lists;
    constexpr auto school = Permission::acknowledge;
    constexpr BodyPolicy form{.bytes_max = 128 * 1024};
    constexpr BodyPolicy file{.bytes_max = 20'000'000, .to_file = true};
    constexpr auto permitted = Entry::permitted;
    return {
        {"GET", "/api/v1/lists", "Перечни", permitted, read, all},
        {"POST", "/api/v1/lists", "Составить проект перечня", permitted, manage, draft, form, true},
        {"GET", "/api/v1/lists/{list}", "Перечень", permitted, read, show},
        {"DELETE", "/api/v1/lists/{list}", "Удалить проект перечня", permitted, manage, discard},
        {"POST", "/api/v1/lists/{list}/renewals", "Пересчитать по новым данным", permitted, manage,
         renew, form, true},
        {"POST", "/api/v1/lists/{list}/publication", "Опубликовать предварительный перечень",
         permitted, manage, publish, form},
        {"POST", "/api/v1/lists/{list}/acknowledgements", "Подтвердить ознакомление школы",
         permitted, school, acknowledge, form},
        {"POST", "/api/v1/lists/{list}/appeals", "Подать возражение", permitted, school, appeal,
         form},
        {"POST", "/api/v1/lists/{list}/appeals/{appeal}/files", "Приложить файл к возражению",
         permitted, school, attach, file},
        {"POST", "/api/v1/lists/{list}/appeals/{appeal}/withdrawal", "Отозвать возражение",
         permitted, school, withdraw, form},
        {"POST", "/api/v1/lists/{list}/appeals/{appeal}/decision", "Решить по возражению",
         permitted, manage, decide, form},
        {"POST", "/api/v1/lists/{list}/approval", "Утвердить перечень приказом", permitted,
         Permission::approve_lists, approve, form},
    };
}

}  // namespace opora::api
