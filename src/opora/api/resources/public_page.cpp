#include "opora/application/public_page.hpp"

#include <algorithm>

#include "opora/api/json.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/wording/names.hpp"

namespace opora::api {

namespace {

using application::PublicRow;
using application::PublicTable;

Json row_json(const PublicRow& row) {
    Json cells = Json::array();
    for (const auto& count : row.by_mark) cells.push_back(count ? Json(*count) : Json());
    return {{"title", row.title}, {"pupils", row.pupils}, {"by_mark", cells}};
}

Json table_json(const PublicTable& table) {
    Json rows = Json::array();
    for (const PublicRow& row : table.rows) rows.push_back(row_json(row));
    return {{"marks", table.marks},
            {"rows", rows},
            {"whole", row_json(table.whole)},
            {"hidden", table.hidden},
            {"reason", table.reason}};
}

void add_row(wording::Table& table, const PublicRow& row) {
    std::vector<wording::TableCell> cells{row.title, row.pupils};
    for (const auto& count : row.by_mark) {
        if (count) {
            cells.emplace_back(*count);
            cells.emplace_back(row.pupils > 0 ? wording::TableCell{static_cast<double>(*count) /
                                                                   static_cast<double>(row.pupils)}
                                              : wording::TableCell{});
        } else {
            cells.insert(cells.end(), 2, wording::TableCell{std::string{"скрыто"}});
        }
    }
    table.rows.push_back(std::move(cells));
}

/// What the page shows, cell by cell; nothing else is counted for a file.
wording::Table file_table(const PublicTable& shown, const std::string& title) {
    wording::Table table{.title = title,
                         .columns = {{"territory", "Территория"},
                                     {"pupils", "Учеников", wording::ColumnStyle::whole}},
                         .rows = {}};
    for (const std::string& mark : shown.marks) {
        const std::string number = std::to_string((table.columns.size() - 2) / 2 + 1);
        table.columns.push_back(
            {"count_" + number, "Отметка " + mark, wording::ColumnStyle::whole});
        table.columns.push_back(
            {"share_" + number, "Отметка " + mark + ", доля", wording::ColumnStyle::percent});
    }
    for (const PublicRow& row : shown.rows) add_row(table, row);
    add_row(table, shown.whole);
    return table;
}

Json years_json(const application::View& view) {
    Json years = Json::array();
    for (const model::SchoolYear year : view.years()) {
        years.push_back({{"year", year.ending}, {"title", title(year)}});
    }
    return years;
}

/// Off is an answer: that there is such a page is no secret.
Response show(Call& call) {
    auto& workspace = call.services.workspace;
    if (!application::public_page_enabled(workspace.store().register_store())) {
        return json_response({{"enabled", false}});
    }
    const auto view = workspace.view();
    const auto year = year_of(call, *view);
    if (!year) return problem(year.error());
    const auto numbers = application::public_procedures(view->evidence(), *year);
    const wording::Vocabulary words{.subjects = workspace.adapters().subjects};
    Json procedures = Json::array();
    for (const auto number : numbers) {
        const model::Procedure& one = view->evidence().procedures()[number];
        procedures.push_back(
            {{"code", procedure_code(one)}, {"title", wording::procedure_title(one, words)}});
    }
    Json body{{"enabled", true},
              {"group_min", application::public_group_min},
              {"years", years_json(*view)},
              {"year", year->ending},
              {"procedures", procedures}};
    if (numbers.empty()) return json_response(body);
    const auto asked = query(call.request, "procedure");
    const auto chosen =
        !asked ? numbers.begin() : std::ranges::find(numbers, *asked, [&](auto number) {
            return procedure_code(view->evidence().procedures()[number]);
        });
    if (chosen == numbers.end()) return problem("procedure_unknown");
    const std::string code = procedure_code(view->evidence().procedures()[*chosen]);
    const auto table = view->kept<PublicTable>(
        "public/" + std::to_string(year->ending) + "/" + code,
        [&] { return application::public_table(view->evidence(), *chosen); });
    if (wants_file(call.request) && table->reason.empty()) {
        const std::string name =
            wording::procedure_title(view->evidence().procedures()[*chosen], words);
        return table_answer(call, *view,
                            file_table(*table, "Результаты, " + name + ", " + title(*year)));
    }
    body["procedure"] = code;
    body["table"] = table_json(*table);
    return json_response(body);
}

Response change(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto on = form->find("enabled");
    if (on == form->end()) return problem("field_missing", "Не указано, открыть или закрыть");
    if (!on->is_boolean()) return problem("field_wrong", "Ожидалось да или нет: enabled");
    application::switch_public_page(call.services.workspace.store().register_store(),
                                    on->get<bool>(), "user:" + call.user().id.value);
    return json_response({{"enabled", on->get<bool>()}});
}

}  // namespace

std::vector<Route> public_routes() {
    return {
        {"GET", "/api/v1/public", "Открытые результаты по территориям", Entry::anyone, {}, show},
        {"PUT",
         "/api/v1/public",
         "Открыть или закрыть публичную страницу",
         Entry::permitted,
         application::Permission::manage_users,
         change,
         {.bytes_max = 4096}},
    };
}

}  // namespace opora::api
