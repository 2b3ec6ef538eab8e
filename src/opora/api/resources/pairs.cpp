#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "opora/api/download.hpp"
#include "opora/api/json.hpp"
#include "opora/api/list_view.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/application/pair_contract.hpp"
#include "opora/application/pairing.hpp"

namespace opora::api {

namespace {

using application::PairingQuestion;
using application::PairingReport;
using application::Permission;
using wording::ColumnStyle;
using wording::TableCell;

base::Unexpected<base::Error> wrong(std::string message) {
    return base::Unexpected{base::Error{.code = "field_wrong", .message = std::move(message)}};
}

/// «a=b,c=d»: pairs that people settled.
base::Result<std::vector<application::NamedSchools>> settled(const Call& call,
                                                             std::string_view name) {
    constexpr std::size_t pairs_max = 2000;
    std::vector<application::NamedSchools> pairs;
    std::string_view rest = query(call.request, name).value_or("");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(','), rest.size());
        const auto pair = application::named_schools(std::string{rest.substr(0, end)});
        if (!pair || pairs.size() == pairs_max) return wrong("пары указаны неверно");
        pairs.push_back(*pair);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return pairs;
}

/// A number of the query between two others; `usual` when it is not there.
base::Result<double> limit_of(const Call& call, std::string_view name, double usual, double low,
                              double high) {
    const auto text = query(call.request, name);
    if (!text || text->empty()) return usual;
    std::string point{*text};
    std::ranges::replace(point, ',', '.');
    double value = 0;
    const auto [end, trouble] = std::from_chars(point.data(), point.data() + point.size(), value);
    const bool fits = trouble == std::errc{} && end == point.data() + point.size() &&
                      low <= value && value <= high;
    if (!fits) return wrong(fmt::format("ожидалось число от {} до {}", low, high));
    return value;
}

base::Result<PairingQuestion> question_of(const Call& call, const application::View& view) {
    PairingQuestion question;
    question.year = OPORA_TRY(year_of(call, view));
    const std::string id{query(call.request, "methodology").value_or("federal-2025")};
    const auto* methodology = call.services.workspace.methodology(id);
    if (methodology == nullptr) {
        return base::Unexpected{
            base::Error{.code = "methodology_unknown", .message = "такой методики нет"}};
    }
    question.methodology = *methodology;
    question.territory = territory_of(call);
    question.limits.caliper = OPORA_TRY(limit_of(call, "caliper", 1.0, 0, 100));
    question.limits.gap_min = OPORA_TRY(limit_of(call, "gap", 0.3, 0, 100));
    question.limits.capacity =
        static_cast<std::int32_t>(OPORA_TRY(limit_of(call, "capacity", 2, 0, 1000)));
    question.pins = OPORA_TRY(settled(call, "pin"));
    question.bans = OPORA_TRY(settled(call, "ban"));
    question.scales.assign(view.scales().begin(), view.scales().end());
    return question;
}

std::string key_of(const PairingQuestion& question) {
    std::string key = fmt::format(
        "pairs/{}/{}:{}/{}/{}/{}/{}", question.year.ending, question.methodology->pack.document.id,
        question.methodology->edit, question.territory ? question.territory->value : "",
        question.limits.caliper, question.limits.gap_min, question.limits.capacity);
    for (const std::string& one : question.schools) key += "/" + one;
    for (const auto& one : question.pins) key += "/+" + one.school + "=" + one.leader;
    for (const auto& one : question.bans) key += "/-" + one.school + "=" + one.leader;
    return key;
}

/// Which schools the person sees, by id.
class Sight {
public:
    Sight(const Call& call, const application::View& view)
        : evidence_{view.evidence()}, scope_{call.user(), view.evidence()} {}

    bool sees(const model::SchoolId& id) const {
        const auto found = evidence_.find_school(id);
        return found && scope_.sees(*found);
    }

private:
    const indicators::Evidence& evidence_;
    application::Scope scope_;
};

wording::Table pairs_table(const Call& call, const application::View& view,
                           const PairingReport& report) {
    wording::Table table{.title = "Пары школ, " + title(report.proposal.year),
                         .columns = {{"school", ""},
                                     {"leader", ""},
                                     {"state", ""},
                                     {"school_name", "Школа"},
                                     {"leader_name", "Школа-лидер"},
                                     {"state_title", "Состояние"},
                                     {"distance", "Различие условий", ColumnStyle::number},
                                     {"gap", "Разрыв результатов", ColumnStyle::number},
                                     {"way_km", "Путь не более, км", ColumnStyle::whole},
                                     {"note", "Примечание"}},
                         .rows = {}};
    const Sight sight{call, view};
    for (const model::Pair& pair : report.proposal.pairs) {
        if (!sight.sees(pair.school)) continue;
        const bool kept = pair.bar == model::PairBar::none;
        table.rows.push_back(
            {pair.school.value, pair.leader.value, std::string{code(pair.state)},
             report.name_of(pair.school), report.name_of(pair.leader),
             std::string{title(pair.state)}, cell_of(pair.distance), cell_of(pair.gap),
             pair.way_km_max ? TableCell{std::int64_t{*pair.way_km_max}} : TableCell{},
             kept ? TableCell{}
                  : TableCell{"условия не соблюдены: " + std::string{title(pair.bar)}}});
    }
    for (const model::UnpairedSchool& one : report.proposal.unpaired) {
        if (!sight.sees(one.school)) continue;
        std::vector<TableCell> row{
            one.school.value,           TableCell{}, std::string{"unpaired"},
            report.name_of(one.school), TableCell{}, std::string{"без пары"}};
        row.resize(table.columns.size() - 1);
        row.emplace_back(std::string{title(one.reason)});
        table.rows.push_back(std::move(row));
    }
    std::ranges::stable_sort(table.rows, {},
                             [](const auto& row) { return std::get<std::string>(row[0]); });
    return table;
}

/// The leaders that the person sees: of all schools or of the own one.
Json leaders_json(const PairingReport& report, const Sight& sight) {
    Json leaders = Json::array();
    for (const model::LeaderLoad& one : report.proposal.leaders) {
        const bool seen = sight.sees(one.leader) ||
                          std::ranges::any_of(report.proposal.pairs, [&](const model::Pair& pair) {
                              return pair.leader == one.leader && sight.sees(pair.school);
                          });
        if (!seen) continue;
        leaders.push_back({{"school", one.leader.value},
                           {"school_name", report.name_of(one.leader)},
                           {"schools", one.schools},
                           {"capacity", one.capacity},
                           {"pairs_another", one.pairs_another}});
    }
    return leaders;
}

using Found = base::Result<PairingReport, base::Errors>;

/// The proposal around what people have settled. Nothing is remembered: what is settled stands in
/// the address.
Response pairs(Call& call) {
    const auto view = call.services.workspace.view();
    const auto question = question_of(call, *view);
    if (!question) return problem(question.error());
    const bool settles = !question->pins.empty() || !question->bans.empty();
    if (settles && !application::may(call.user().role, Permission::manage_lists)) {
        return problem(base::Error{.code = "forbidden",
                                   .message = "закреплять и исключать пары может тот, кто ведёт "
                                              "перечни"});
    }
    const auto found = view->kept<Found>(
        key_of(*question), [&] { return application::pair_schools(view->store(), *question); });
    if (!*found) return problem(found->error());
    const PairingReport& report = **found;
    const model::PairingProof& proof = report.proposal.proof;
    return table_answer(call, *view, pairs_table(call, *view, report),
                        {{"year", question->year.ending},
                         {"methodology", question->methodology->pack.document.id},
                         {"leaders", leaders_json(report, Sight{call, *view})},
                         {"idle_conditions", report.idle_conditions},
                         {"paired", report.proposal.pairs.size()},
                         {"unpaired", report.proposal.unpaired.size()},
                         {"optimal", proof.cost == proof.bound}});
}

/// The pair that the address names counts as settled, whatever stands in the query.
Response contract(Call& call) {
    const OpenDesk open = open_desk(call);
    const model::SchoolId school{call.value(0)};
    const Sight sight{call, *open.view};
    if (!sight.sees(school)) return problem("school_unknown");
    auto question = question_of(call, *open.view);
    if (!question) return problem(question.error());
    question->schools = {school.value};
    question->pins = {{school.value, call.value(1)}};
    question->bans.clear();
    question->territory.reset();
    const auto found = open.view->kept<Found>(key_of(*question), [&] {
        return application::pair_schools(open.view->store(), *question);
    });
    if (!*found) return problem(found->error());

    const bool names = application::may(call.user().role, Permission::read_staff_names);
    auto& workspace = call.services.workspace;
    auto request = application::contract_of(
        workspace.store(), open.desk, **found, question->methodology, school,
        [&](const model::SchoolId& id) { return names && sight.sees(id); });
    if (!request) return problem(request.error());
    request->out = request->directory / "tmp" / ("contract-" + call.request.id + ".docx");
    const auto written = workspace.adapters().write_contract(*request);
    if (!written) return problem(written.error());
    Response response = download(request->out,
                                 fmt::format("Договор, {} и {}.docx", request->pair.school.value,
                                             request->pair.leader.value),
                                 docx_type);
    response.remove_file = true;
    return response;
}

}  // namespace

std::vector<Route> pairing_routes() {
    return {
        {"GET", "/api/v1/pairs", "Школы-лидеры для школ перечня", Entry::permitted,
         Permission::read_schools, pairs},
        {"GET", "/api/v1/pairs/{school}/{leader}/contract", "Проект договора школы и школы-лидера",
         Entry::permitted, Permission::manage_lists, contract},
    };
}

}  // namespace opora::api
