#include "opora/application/journal.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "opora/api/json.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/wording/journal_words.hpp"

namespace opora::api {

namespace {

using application::JournalReading;

constexpr std::int64_t page_size = 50;

base::Unexpected<base::Error> wrong(std::string field, std::string message) {
    return base::Unexpected{base::Error{.code = "field_wrong",
                                        .message = std::move(message),
                                        .place = {.column = std::move(field)}}};
}

/// A day or a moment of the query: «2024-05-01», «2024-05-01T21:00:00Z».
base::Result<std::string> moment_of(const Call& call, std::string_view name) {
    const std::string_view text = query(call.request, name).value_or("");
    const auto fits = [](char c) { return ('0' <= c && c <= '9') || c == '-' || c == ':'; };
    const std::string_view digits = text.substr(0, 10);
    const std::string_view clock = text.size() > 10 ? text.substr(11) : std::string_view{};
    const bool moment = text.size() == 20 && text[10] == 'T' && text.back() == 'Z' &&
                        std::ranges::all_of(clock.substr(0, 8), fits);
    const bool day = text.size() == 10;
    if (!text.empty() && !((day || moment) && std::ranges::all_of(digits, fits))) {
        return wrong(std::string{name}, "ожидалась дата, например 2024-05-01");
    }
    return std::string{text};
}

base::Result<ports::JournalFilter> filter_of(const Call& call) {
    ports::JournalFilter filter;
    filter.from = OPORA_TRY(moment_of(call, "from"));
    filter.to = OPORA_TRY(moment_of(call, "to"));
    filter.action = query(call.request, "action").value_or("");
    if (const auto actor = query(call.request, "actor"); actor && !actor->empty()) {
        filter.actors = {std::string{*actor}};
    }
    const std::string_view cursor = query(call.request, "cursor").value_or("");
    if (!cursor.empty()) {
        const char* end = cursor.data() + cursor.size();
        const auto read = std::from_chars(cursor.data(), end, filter.before);
        if (read.ec != std::errc{} || read.ptr != end || filter.before < 1) {
            return base::Unexpected{
                base::Error{.code = "cursor_wrong", .message = "откройте журнал с начала"}};
        }
    }
    return filter;
}

Json entry_json(const JournalReading& reading, const model::JournalEntry& entry) {
    Json changes = Json::array();
    for (const model::JournalChange& one : entry.changes) {
        Json change{{"field", one.field},
                    {"title", wording::journal_field_title(one.field)},
                    {"after", wording::journal_value(one.field, one.after)}};
        if (one.before) change["before"] = wording::journal_value(one.field, *one.before);
        changes.push_back(std::move(change));
    }
    return {{"number", entry.number},
            {"time", entry.time},
            {"who", reading.title_of(entry.actor)},
            {"action", entry.action},
            {"action_title", wording::action_title(entry.action)},
            {"changes", changes},
            {"reason", entry.reason}};
}

wording::Table journal_table(const JournalReading& reading,
                             const std::vector<model::JournalEntry>& entries) {
    wording::Table table{.title = "Журнал действий",
                         .columns = {{"number", "№", wording::ColumnStyle::whole},
                                     {"time", "Когда (UTC)"},
                                     {"who", "Кто"},
                                     {"action", "Код действия"},
                                     {"action_title", "Что сделано"},
                                     {"changes", "Что было и что стало"},
                                     {"reason", "Почему"}},
                         .rows = {}};
    for (const model::JournalEntry& entry : entries) {
        table.rows.push_back({entry.number, entry.time, reading.title_of(entry.actor), entry.action,
                              std::string{wording::action_title(entry.action)},
                              cell_of(wording::journal_sentence(entry.changes)),
                              cell_of(entry.reason)});
    }
    return table;
}

Response journal(Call& call) {
    const auto filter = filter_of(call);
    if (!filter) return problem(filter.error());
    const auto view = call.services.workspace.view();
    const JournalReading reading{call.services.journal, call.services.accounts, view->evidence(),
                                 call.user()};
    if (wants_file(call.request)) {
        const auto all = reading.entries(*filter, std::numeric_limits<std::int64_t>::max());
        return table_answer(call, *view, journal_table(reading, all));
    }
    auto page = reading.entries(*filter, page_size + 1);
    const bool more = std::ssize(page) > page_size;
    if (more) page.pop_back();
    Json entries = Json::array();
    for (const model::JournalEntry& entry : page) entries.push_back(entry_json(reading, entry));
    Json people = Json::array();
    for (const auto& one : reading.actors()) {
        people.push_back({{"code", one.id}, {"title", one.title}});
    }
    Json actions = Json::array();
    for (const std::string& one : call.services.journal.actions()) {
        actions.push_back({{"code", one}, {"title", wording::action_title(one)}});
    }
    Json body{{"entries", entries}, {"people", people}, {"actions", actions}};
    if (more) body["next"] = std::to_string(page.back().number);
    return json_response(body);
}

/// A broken chain is an answer: the page says where it breaks.
Response verification(Call& call) {
    std::optional<std::string> seal;
    if (const auto known = query(call.request, "seal"); known && !known->empty()) {
        seal = std::string{*known};
    }
    const auto head = call.services.journal.verify(seal);
    if (!head) return json_response({{"whole", false}, {"reason", head.error().message}});
    return json_response({{"whole", true}, {"entries", head->entries}, {"seal", head->seal}});
}

}  // namespace

std::vector<Route> journal_routes() {
    constexpr auto read = application::Permission::read_journal;
    return {
        {"GET", "/api/v1/journal", "Журнал действий", Entry::permitted, read, journal},
        {"GET", "/api/v1/journal/verification", "Проверить целостность журнала", Entry::permitted,
         read, verification},
    };
}

}  // namespace opora::api
