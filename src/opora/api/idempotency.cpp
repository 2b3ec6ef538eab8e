#include "opora/api/idempotency.hpp"

#include <algorithm>
#include <filesystem>

#include "opora/api/json.hpp"
#include "opora/api/problem.hpp"
#include "opora/base/unix_time.hpp"
#include "opora/ports/storage_error.hpp"

namespace opora::api {

namespace {

std::string content_of(const Request& request) {
    std::string content = request.method + ' ' + request.path;
    for (const auto& [name, value] : request.query) content += '\n' + name + '=' + value;
    content += '\n' + request.body;
    // A file is known by its size: to hash it would take as long as to take it in.
    std::error_code ignored;
    if (!request.upload.empty())
        content += std::to_string(std::filesystem::file_size(request.upload, ignored));
    return content;
}

std::string name_of(const std::string& user, const Request& request) {
    return user + '\n' + std::string{idempotency_key(request)};
}

}  // namespace

std::string_view idempotency_key(const Request& request) {
    return header(request, "idempotency-key");
}

IdempotentAnswers::IdempotentAnswers(ports::AnswerStore& store) : store_{store} {
    store_.forget(kept_seconds, kept_max);
}

Response IdempotentAnswers::answer_of(const Entry& entry, const std::string& content) {
    if (entry.content != content) return problem("key_reused", "Обновите страницу и повторите");
    switch (entry.state) {
        case State::running:
            return problem("post_running", "Подождите и обновите страницу");
        case State::interrupted:
            return problem("post_interrupted",
                           "Программа остановилась во время этого действия. Обновите страницу: "
                           "если действие не выполнено, повторите его");
        case State::answered:
            break;
    }
    return entry.response;
}

std::string IdempotentAnswers::text_of(const Entry& entry) {
    Json json{{"content", entry.content}, {"when", entry.when}};
    if (entry.state == State::answered) {
        Json headers = Json::array();
        for (const auto& [name, value] : entry.response.headers) headers.push_back({name, value});
        json["response"] = {{"status", entry.response.status},
                            {"type", entry.response.content_type},
                            {"headers", headers},
                            {"body", entry.response.body}};
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<IdempotentAnswers::Entry> IdempotentAnswers::entry_of(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("content") || !json.contains("when"))
        return std::nullopt;
    Entry entry{.content = json["content"].get<std::string>(),
                .when = json["when"].get<std::int64_t>(),
                .state = State::interrupted,
                .response = {}};
    if (const auto found = json.find("response"); found != json.end()) {
        entry.state = State::answered;
        entry.response.status = (*found)["status"].get<int>();
        entry.response.content_type = (*found)["type"].get<std::string>();
        entry.response.body = (*found)["body"].get<std::string>();
        for (const Json& header : (*found)["headers"]) {
            entry.response.headers.emplace_back(header[0].get<std::string>(),
                                                header[1].get<std::string>());
        }
    }
    return entry;
}

std::optional<Response> IdempotentAnswers::begin(const std::string& user, const Request& request) {
    if (idempotency_key(request).size() > key_bytes_max) return problem("key_wrong");
    const std::string name = name_of(user, request);
    Entry begun{.content = store_.digest(content_of(request)),
                .when = base::unix_seconds(),
                .state = State::running,
                .response = {}};
    {
        const std::lock_guard guard{mutex_};
        forget_old(begun.when);
        const auto [entry, fresh] = entries_.try_emplace(name, begun);
        if (!fresh) return answer_of(entry->second, begun.content);
    }
    try {
        const auto kept = store_.find(name);
        const auto former = kept ? entry_of(*kept) : std::nullopt;
        if (former && begun.when - former->when <= kept_seconds) {
            const std::lock_guard guard{mutex_};
            entries_[name] = *former;
            return answer_of(*former, begun.content);
        }
        store_.put(name, text_of(begun));
    } catch (...) {
        const std::lock_guard guard{mutex_};
        entries_.erase(name);
        throw;
    }
    return std::nullopt;
}

void IdempotentAnswers::done(const std::string& user, const Request& request,
                             const Response& response) {
    const std::string name = name_of(user, request);
    std::string text;
    {
        const std::lock_guard guard{mutex_};
        const auto entry = entries_.find(name);
        if (entry == entries_.end()) return;
        entry->second.state = State::answered;
        entry->second.response = response;
        text = text_of(entry->second);
    }
    try {
        store_.put(name, text);
    } catch (const ports::StorageError&) {
        // The deed is done and will be answered so; after a restart it counts as interrupted.
    }
}

void IdempotentAnswers::failed(const std::string& user, const Request& request) {
    const std::string name = name_of(user, request);
    store_.remove(name);
    const std::lock_guard guard{mutex_};
    entries_.erase(name);
}

void IdempotentAnswers::forget_old(std::int64_t now) {
    std::erase_if(entries_,
                  [&](const auto& entry) { return now - entry.second.when > kept_seconds; });
    if (entries_.size() >= kept_max) {
        entries_.erase(std::ranges::min_element(
            entries_, {}, [](const auto& entry) { return entry.second.when; }));
    }
    constexpr std::int64_t hour = 3600;
    if (now - swept_ < hour) return;
    swept_ = now;
    store_.forget(kept_seconds, kept_max);
}

}  // namespace opora::api
