#include "opora/api/resources/import_batches.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "opora/api/download.hpp"
#include "opora/api/json.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/job_json.hpp"

namespace opora::api {

namespace {

using application::ImportReport;
using application::Permission;
using application::WaitingBatch;
using application::WaitingFile;

constexpr std::array<std::string_view, 5> state_codes{"collecting", "checking", "checked",
                                                      "storing", "stored"};
constexpr std::size_t warnings_shown_max = 100;
constexpr std::size_t errors_page = 200;

Json report_json(const ImportReport& report) {
    const application::ImportPreview& preview = report.preview;
    Json warnings = Json::array();
    for (std::size_t i = 0; i < report.warnings.size() && i < warnings_shown_max; ++i)
        warnings.push_back(error_json(report.warnings[i]));
    Json json{{"kind", report.kind},
              {"rows", preview.rows},
              {"refused", preview.refused},
              {"added", preview.added},
              {"changed", preview.changed},
              {"vanished", preview.vanished},
              {"unchanged", preview.unchanged},
              {"rows_before", preview.rows_before},
              {"mass_change", application::is_mass_change(preview)},
              {"outranked", preview.outranked},
              {"examples", preview.examples},
              {"errors", report.errors.size()},
              {"warnings", warnings},
              {"warnings_count", report.warnings.size()},
              {"failed_rows", report.failed_file.has_value()}};
    if (report.objection) json["objection"] = error_json(*report.objection);
    if (report.receipt) json["import"] = report.receipt->number;
    return json;
}

Json file_json(const WaitingFile& file) {
    Json json{{"number", file.number}, {"name", file.name}, {"bytes", file.bytes}};
    if (file.kind) json["chosen_kind"] = *file.kind;
    if (file.trouble) json["trouble"] = error_json(*file.trouble);
    if (file.report) json["report"] = report_json(*file.report);
    return json;
}

Json batch_json(const WaitingBatch& batch) {
    Json files = Json::array();
    for (const WaitingFile& file : batch.files) files.push_back(file_json(file));
    Json json{{"id", batch.id},
              {"state", state_codes[static_cast<std::size_t>(batch.state)]},
              {"expires", batch.expires},
              {"full", batch.full},
              {"files", files}};
    if (!batch.job.empty()) json["job"] = batch.job;
    if (batch.refusal) json["refusal"] = error_json(*batch.refusal);
    return json;
}

/// 0 for what is no number of a file.
int file_number(const std::string& text) {
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? number : 0;
}

Response gone() { return Response{.status = 204, .content_type = "text/plain"}; }

Response all(Call& call) {
    Json batches = Json::array();
    for (const WaitingBatch& batch : call.services.imports.waiting(call.user()))
        batches.push_back(batch_json(batch));
    return json_response({{"batches", batches}});
}

Response open(Call& call) {
    const auto batch = call.services.imports.open(call.user());
    return batch ? json_response(batch_json(*batch), 201) : problem(batch.error());
}

Response show(Call& call) {
    const auto batch = call.services.imports.find(call.user(), call.value(0));
    return batch ? json_response(batch_json(*batch)) : problem(batch.error());
}

Response forget(Call& call) {
    const auto done = call.services.imports.forget(call.user(), call.value(0));
    return done ? gone() : problem(done.error());
}

Response add_file(Call& call) {
    const auto name = query(call.request, "name");
    if (!name || name->empty()) return problem("name_missing");
    if (call.request.upload.empty()) return problem("file_empty");
    const auto file = call.services.imports.add(call.user(), call.value(0), std::string{*name},
                                                call.request.upload);
    return file ? json_response(file_json(*file), 201) : problem(file.error());
}

Response remove_file(Call& call) {
    const auto done =
        call.services.imports.remove(call.user(), call.value(0), file_number(call.value(1)));
    return done ? gone() : problem(done.error());
}

base::Unexpected<base::Error> wrong(const char* field, const char* expected) {
    return base::Unexpected{base::Error{.code = "field_wrong",
                                        .message = "поле заполнено неверно",
                                        .place = {.column = field},
                                        .expected = expected}};
}

base::Result<bool> flag(const Json& form, const char* name) {
    const auto found = form.find(name);
    if (found == form.end()) return false;
    if (!found->is_boolean()) return wrong(name, "да или нет");
    return found->get<bool>();
}

base::Result<std::map<int, std::string>> chosen_kinds(const Json& form,
                                                      const ports::FileReader& files) {
    std::map<int, std::string> kinds;
    const auto found = form.find("kinds");
    if (found == form.end()) return kinds;
    if (!found->is_object()) return wrong("kinds", "виды файлов по их номерам");
    const auto known = files.kinds();
    for (const auto& [number, kind] : found->items()) {
        const std::string chosen = kind.is_string() ? kind.get<std::string>() : "?";
        const bool fits = chosen.empty() ||
                          std::ranges::find(known, chosen, &ports::FileKind::code) != known.end();
        if (!fits) return wrong("kinds", "вид файла из списка");
        kinds[file_number(number)] = chosen;
    }
    return kinds;
}

Response check(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto kinds = chosen_kinds(*form, *call.services.workspace.adapters().files);
    if (!kinds) return problem(kinds.error());
    const auto full = flag(*form, "full");
    if (!full) return problem(full.error());
    const auto job = call.services.imports.check(call.user(), call.value(0), *kinds, *full);
    return job ? job_accepted(*job) : problem(job.error());
}

Response store(Call& call) {
    const auto form = read_object(call.request);
    if (!form) return problem(form.error());
    const auto rows = text_field(*form, "rows", 20);
    if (!rows) return problem(rows.error());
    if (*rows != "good" && *rows != "all_or_nothing")
        return problem(wrong("rows", "all_or_nothing или good").error);
    const auto accepted = flag(*form, "changes_accepted");
    if (!accepted) return problem(accepted.error());
    const application::ImportDecision decision{.rows = *rows == "good"
                                                           ? application::RowPolicy::good
                                                           : application::RowPolicy::all_or_nothing,
                                               .changes_accepted = *accepted};
    const auto job = call.services.imports.store(call.user(), call.value(0), decision);
    return job ? job_accepted(*job) : problem(job.error());
}

/// How many errors there are of each sort, so that a person can choose one to look at.
Json sorts_of(const base::Errors& errors) {
    std::map<std::pair<std::string, std::string>, std::int64_t> counts;
    for (const base::Error& error : errors) ++counts[{error.code, error.place.column}];
    Json sorts = Json::array();
    for (const auto& [sort, count] : counts) {
        const auto first = std::ranges::find_if(errors, [&](const base::Error& error) {
            return error.code == sort.first && error.place.column == sort.second;
        });
        sorts.push_back({{"code", sort.first},
                         {"column", sort.second},
                         {"message", first->message},
                         {"count", count}});
    }
    return sorts;
}

/// Errors of a file, those of the whole file first; the cursor is how many were passed over.
Response file_errors(Call& call) {
    const auto batch = call.services.imports.find(call.user(), call.value(0));
    if (!batch) return problem(batch.error());
    const auto file =
        std::ranges::find(batch->files, file_number(call.value(1)), &WaitingFile::number);
    if (file == batch->files.end() || !file->report) return problem("file_unknown");
    std::size_t passed = 0;
    if (const auto cursor = query(call.request, "cursor"))
        std::from_chars(cursor->data(), cursor->data() + cursor->size(), passed);
    const auto code = query(call.request, "code");
    const auto column = query(call.request, "column");
    Json shown = Json::array();
    std::size_t met = 0;
    for (const bool of_rows : {false, true}) {
        for (const base::Error& error : file->report->errors) {
            if (error.place.row.has_value() != of_rows) continue;
            if ((code && error.code != *code) || (column && error.place.column != *column))
                continue;
            ++met;
            if (met > passed && shown.size() < errors_page) shown.push_back(error_json(error));
        }
    }
    Json body{{"errors", shown}, {"count", met}, {"sorts", sorts_of(file->report->errors)}};
    if (passed + shown.size() < met) body["next"] = std::to_string(passed + shown.size());
    return json_response(body);
}

Response failed_rows(Call& call) {
    const auto path =
        call.services.imports.failed_rows(call.user(), call.value(0), file_number(call.value(1)));
    if (!path) return problem(path.error());
    std::string name = path->stem().stem().string() + " — строки с ошибками.xlsx";
    return download(*path, name, xlsx_type);
}

}  // namespace

std::vector<Route> import_batch_routes() {
    constexpr BodyPolicy form{.bytes_max = 64 * 1024};
    constexpr BodyPolicy file{.bytes_max = application::ImportDesk::file_bytes_max,
                              .to_file = true};
    constexpr auto data = Permission::import_data;
    return {
        {"GET", "/api/v1/import-batches", "Начатые загрузки", Entry::permitted, data, all},
        {"POST", "/api/v1/import-batches", "Начать загрузку", Entry::permitted, data, open},
        {"GET", "/api/v1/import-batches/{batch}", "Загрузка: файлы и что в них найдено",
         Entry::permitted, data, show},
        {"DELETE", "/api/v1/import-batches/{batch}", "Удалить начатую загрузку", Entry::permitted,
         data, forget},
        {"POST", "/api/v1/import-batches/{batch}/files", "Отправить файл", Entry::permitted, data,
         add_file, file},
        {"DELETE", "/api/v1/import-batches/{batch}/files/{file}", "Убрать файл", Entry::permitted,
         data, remove_file},
        {"GET", "/api/v1/import-batches/{batch}/files/{file}/errors", "Ошибки файла",
         Entry::permitted, data, file_errors},
        {"GET", "/api/v1/import-batches/{batch}/files/{file}/failed-rows",
         "Строки с ошибками в xlsx", Entry::permitted, data, failed_rows},
        {"POST", "/api/v1/import-batches/{batch}/checks", "Проверить файлы", Entry::permitted, data,
         check, form},
        {"POST", "/api/v1/import-batches/{batch}/commits", "Загрузить проверенные файлы",
         Entry::permitted, data, store, form},
    };
}

}  // namespace opora::api
