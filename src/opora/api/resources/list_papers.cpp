#include "opora/application/list_papers.hpp"

#include <fmt/format.h>

#include <atomic>
#include <charconv>

#include "opora/api/json.hpp"
#include "opora/api/list_view.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/application/list_verification.hpp"
#include "opora/wording/explain.hpp"
#include "opora/wording/vocabulary.hpp"

namespace opora::api {

namespace {

using application::ListDossier;
using application::Paper;
using application::Permission;

constexpr std::string_view docx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::string_view xlsx =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    std::string encoded;
    for (const char symbol : text) {
        if (plain.find(symbol) != std::string_view::npos) {
            encoded += symbol;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(symbol));
        }
    }
    return encoded;
}

/// Always a download, never shown in the page.
void name_download(Response& response, const std::string& name, std::string_view ascii) {
    response.headers.emplace_back("Content-Disposition",
                                  fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}",
                                              ascii, percent_encoded(name)));
    response.headers.emplace_back("Cache-Control", "no-store");
}

/// A name in tmp/ that no other request has.
std::filesystem::path fresh_file(const Call& call, std::string_view ending) {
    static std::atomic<std::uint64_t> count{0};
    return call.services.workspace.store().directory() / "tmp" /
           fmt::format("paper-{}.{}", ++count, ending);
}

Response paper(Call& call, const ListDossier& dossier, application::PaperRequest request,
               const std::string& title) {
    const bool book = request.paper == Paper::workbook;
    const std::string_view ending = book ? "xlsx" : "docx";
    request.out = fresh_file(call, ending);
    const auto& workspace = call.services.workspace;
    const auto written = application::write_paper(
        workspace.adapters(), request.out.parent_path().parent_path(), dossier, request);
    if (!written) return problem(written.error());
    Response response{.content_type = std::string{book ? xlsx : docx}};
    response.file = request.out;
    response.remove_file = true;
    name_download(response, fmt::format("{}.{}", title, ending),
                  fmt::format("document.{}", ending));
    return response;
}

/// The list if the person may see it whole.
base::Result<ListDossier> whole_list(const Call& call, const OpenDesk& open) {
    ListDossier dossier = OPORA_TRY(open.desk.find({call.value(0)}));
    OPORA_TRY(open.desk.rights().expect(Permission::read_lists, dossier.state.territory));
    return dossier;
}

Response order(Call& call) {
    const OpenDesk open = open_desk(call);
    const auto dossier = whole_list(call, open);
    if (!dossier) return problem(dossier.error());
    const auto& record = dossier->state.order;
    return paper(call, *dossier, {.paper = Paper::order},
                 record
                     ? fmt::format("Приказ № {} от {}", record->number, model::title(record->date))
                     : fmt::format("Проект приказа, перечень {}", dossier->state.id.value));
}

Response workbook(Call& call) {
    const OpenDesk open = open_desk(call);
    const auto dossier = whole_list(call, open);
    if (!dossier) return problem(dossier.error());
    return paper(
        call, *dossier, {.paper = Paper::workbook},
        fmt::format("Перечень {}, {}", dossier->state.id.value, model::title(dossier->state.year)));
}

/// Why the school stands where it stands, from the data of the list, whatever was loaded since.
Response explanation(Call& call) {
    const OpenDesk open = open_desk(call);
    const auto dossier = open.desk.find({call.value(0)});
    if (!dossier) return problem(dossier.error());
    const model::SchoolId school{call.value(1)};
    const auto methodology = application::methodology_of(*dossier->content);
    if (!methodology) return problem(methodology.error());
    const auto vocabulary =
        wording::vocabulary_of(call.services.workspace.adapters().subjects, methodology->pack);
    Json listings = Json::array();
    for (const model::Listing& one : dossier->list.listings) {
        if (one.school != school || !open.desk.rights().sees_school(school)) continue;
        Json json = listed_school_json(call, open, *dossier, one);
        json["text"] = wording::explain_text(one, wording::heading_of(dossier->list), vocabulary);
        listings.push_back(std::move(json));
    }
    if (listings.empty()) return problem("school_unknown");
    return json_response({{"list", dossier->state.id.value},
                          {"year_title", title(dossier->state.year)},
                          {"listings", listings}});
}

/// For a list of teachers `teacher` of the query says whose letter.
Response letter(Call& call) {
    const OpenDesk open = open_desk(call);
    const auto dossier = open.desk.find({call.value(0)});
    if (!dossier) return problem(dossier.error());
    const model::SchoolId school{call.value(1)};
    if (!open.desk.rights().sees_school(school)) return problem("school_unknown");
    application::PaperRequest request{.paper = Paper::letter, .school = school};
    if (const auto teacher = query(call.request, "teacher")) {
        request.teacher = {std::string{*teacher}};
    }
    return paper(call, *dossier, request, "Уведомление, " + school.value);
}

Response file(Call& call) {
    const OpenDesk open = open_desk(call);
    std::int64_t appeal = 0;
    const std::string& text = call.value(1);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), appeal);
    if (read.ec != std::errc{}) return problem("appeal_unknown");
    const auto found = open.desk.file({call.value(0)}, appeal, call.value(2));
    if (!found) return problem(found.error());
    // Whatever it is, it is given out as bytes: nothing of it runs in the page's origin.
    Response response{.content_type = "application/octet-stream"};
    response.file = found->path;
    name_download(response, found->about.name, "attachment.bin");
    return response;
}

Response verification(Call& call) {
    const OpenDesk open = open_desk(call);
    const auto dossier = whole_list(call, open);
    if (!dossier) return problem(dossier.error());
    std::optional<std::string> seal;
    if (const auto given = query(call.request, "head"); given && !given->empty()) {
        seal = std::string{*given};
    }
    auto& workspace = call.services.workspace;
    const auto checked = application::verify_list(workspace.store(), *dossier, workspace.scales(),
                                                  workspace.adapters().version, seal, call.control);
    if (checked.stopped) {
        call.stopped = true;
        return problem("cancelled");
    }
    Json checks = Json::array();
    for (const application::ListCheck& one : checked.checks) {
        checks.push_back({{"code", one.code},
                          {"title", one.title},
                          {"holds", one.holds},
                          {"remarks", one.remarks}});
    }
    Json moves = Json::array();
    for (const lifecycle::VerdictMove& one : checked.moves_today) {
        moves.push_back({{"school", one.school.value},
                         {"school_name", one.school_name},
                         {"before_title", one.before ? title(*one.before) : "не рассматривалась"},
                         {"after_title", one.after ? title(*one.after) : "не рассматривается"},
                         {"enters", one.after == model::Verdict::listed},
                         {"leaves", one.before == model::Verdict::listed}});
    }
    return json_response(
        {{"holds", checked.holds()},
         {"checks", checks},
         {"seal", checked.seal},
         {"data_changed", checked.snapshot_today != dossier->content->list.snapshot},
         {"moves_today", moves}});
}

}  // namespace

std::vector<Route> list_paper_routes() {
    constexpr auto whole = Permission::read_lists;
    constexpr auto read = Permission::read_schools;
    constexpr auto permitted = Entry::permitted;
    return {
        {"GET", "/api/v1/lists/{list}/order", "Приказ об утверждении перечня", permitted, whole,
         order},
        {"GET", "/api/v1/lists/{list}/workbook", "Перечень книгой Excel", permitted, whole,
         workbook},
        {"GET", "/api/v1/lists/{list}/schools/{school}", "Обоснование вывода в перечне", permitted,
         read, explanation},
        {"GET", "/api/v1/lists/{list}/schools/{school}/letter", "Уведомление школе", permitted,
         read, letter},
        {"GET", "/api/v1/lists/{list}/appeals/{appeal}/files/{attachment}", "Файл возражения",
         permitted, read, file},
        {"GET",
         "/api/v1/lists/{list}/verification",
         "Проверить перечень",
         permitted,
         whole,
         verification,
         {},
         true},
    };
}

}  // namespace opora::api
