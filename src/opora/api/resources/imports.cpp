#include <algorithm>
#include <charconv>
#include <map>
#include <system_error>

#include "opora/api/download.hpp"
#include "opora/api/json.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/import_batches.hpp"
#include "opora/api/resources/resources.hpp"

namespace opora::api {

namespace {

using application::Permission;

Json kind_json(const ports::FileKind& kind) {
    Json columns = Json::array();
    for (const ports::FileColumn& column : kind.columns) {
        columns.push_back({{"title", column.title},
                           {"description", column.description},
                           {"required", column.required},
                           {"example", column.example}});
    }
    return {{"kind", kind.code},
            {"title", kind.title},
            {"description", kind.description},
            {"has_template", kind.has_template},
            {"columns", columns}};
}

Response kinds(Call& call) {
    Json all = Json::array();
    for (const auto& kind : call.services.workspace.adapters().files->kinds())
        all.push_back(kind_json(kind));
    return json_response({{"kinds", all}});
}

Response kind_template(Call& call) {
    const ports::FileReader& files = *call.services.workspace.adapters().files;
    const auto all = files.kinds();
    const auto kind = std::ranges::find(all, call.value(0), &ports::FileKind::code);
    if (kind == all.end() || !kind->has_template) return problem("kind_unknown");
    const auto& root = call.services.workspace.store().directory();
    const auto path = root / "tmp" / ("template-" + call.request.id + ".xlsx");
    const auto written = files.write_template(kind->code, path, root);
    if (!written) return problem(written.error());
    Response response = download(path, "Шаблон — " + kind->title + ".xlsx", xlsx_type);
    response.remove_file = true;
    return response;
}

/// Who imported, as people call each other; the account may be gone.
std::string actor_name(Call& call, const std::string& actor) {
    constexpr std::string_view user = "user:";
    if (!actor.starts_with(user)) return actor == "demo" ? "демонстрация" : "на сервере";
    const auto person = call.services.accounts.user({actor.substr(user.size())});
    return person ? person->name : "удалённая запись";
}

Json import_json(Call& call, const ports::ImportReceipt& one,
                 const std::map<std::string, std::string>& titles) {
    const auto title = titles.find(one.kind);
    return {{"import", one.number},
            {"kind", one.kind},
            {"kind_title", title == titles.end() ? one.kind : title->second},
            {"file", one.file},
            {"time", one.time},
            {"actor", actor_name(call, one.actor)},
            {"own", one.actor == "user:" + call.user().id.value},
            {"rows_accepted", one.rows_accepted},
            {"rows_refused", one.rows_refused},
            {"added", one.added},
            {"changed", one.changed},
            {"vanished", one.vanished},
            {"undone", one.undone},
            {"batch", one.batch}};
}

/// A page of the history; the cursor is the number of the last import shown.
Response imports(Call& call) {
    constexpr std::size_t page = 100;
    const auto all = call.services.imports.imports(call.user());
    if (!all) return problem(all.error());
    std::int64_t before = INT64_MAX;
    if (const auto cursor = query(call.request, "cursor")) {
        const auto read = std::from_chars(cursor->data(), cursor->data() + cursor->size(), before);
        if (read.ec != std::errc{}) return problem("cursor_wrong");
    }
    std::map<std::string, std::string> titles;
    for (const auto& kind : call.services.workspace.adapters().files->kinds())
        titles.emplace(kind.code, kind.title);
    Json shown = Json::array();
    std::optional<std::int64_t> next;
    for (const ports::ImportReceipt& one : *all) {
        if (one.number >= before) continue;
        if (shown.size() == page) {
            next = shown.back()["import"].get<std::int64_t>();
            break;
        }
        shown.push_back(import_json(call, one, titles));
    }
    Json body{{"imports", shown}};
    if (next) body["next"] = std::to_string(*next);
    return json_response(body);
}

Response undo(Call& call) {
    ports::ImportNumber number = 0;
    const std::string& text = call.value(0);
    std::from_chars(text.data(), text.data() + text.size(), number);
    const auto undone = call.services.imports.undo(call.user(), number);
    return undone ? json_response({{"undone", 1}}) : problem(undone.error());
}

Response undo_batch(Call& call) {
    const auto undone = call.services.imports.undo_all(call.user(), call.value(0));
    return undone ? json_response({{"undone", *undone}}) : problem(undone.error());
}

}  // namespace

std::vector<Route> import_routes() {
    constexpr auto data = Permission::import_data;
    std::vector<Route> routes{
        {"GET", "/api/v1/file-kinds", "Виды файлов и их столбцы", Entry::permitted, data, kinds},
        {"GET", "/api/v1/file-kinds/{kind}/template", "Шаблон файла", Entry::permitted, data,
         kind_template},
        {"GET", "/api/v1/imports", "История загрузок", Entry::permitted, data, imports},
        {"POST", "/api/v1/imports/{import}/undo", "Отменить загрузку файла", Entry::permitted, data,
         undo},
        {"POST", "/api/v1/import-batches/{batch}/undo", "Отменить загрузку всех файлов",
         Entry::permitted, data, undo_batch},
    };
    const auto batches = import_batch_routes();
    routes.insert(routes.end(), batches.begin(), batches.end());
    return routes;
}

}  // namespace opora::api
