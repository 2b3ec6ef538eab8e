#include "opora/api/idempotency.hpp"

#include <algorithm>
#include <filesystem>

#include "opora/api/problem.hpp"

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

std::pair<std::string, std::string> key_of(const std::string& user, const Request& request) {
    return {user, std::string{idempotency_key(request)}};
}

}  // namespace

std::string_view idempotency_key(const Request& request) {
    return header(request, "idempotency-key");
}

std::optional<Response> IdempotentAnswers::begin(const std::string& user, const Request& request) {
    if (idempotency_key(request).size() > key_bytes_max) return problem("key_wrong");
    const auto now = Clock::now();
    const std::lock_guard guard{mutex_};
    forget_old(now);
    const auto [entry, fresh] = entries_.try_emplace(key_of(user, request));
    if (fresh) {
        entry->second = {.content = content_of(request), .when = now, .response = {}};
        return std::nullopt;
    }
    if (entry->second.content != content_of(request)) {
        return problem("key_reused", "Обновите страницу и повторите");
    }
    if (!entry->second.response) {
        return problem("post_running", "Подождите и обновите страницу");
    }
    return entry->second.response;
}

void IdempotentAnswers::done(const std::string& user, const Request& request,
                             const Response& response) {
    const std::lock_guard guard{mutex_};
    if (const auto entry = entries_.find(key_of(user, request)); entry != entries_.end())
        entry->second.response = response;
}

void IdempotentAnswers::failed(const std::string& user, const Request& request) {
    const std::lock_guard guard{mutex_};
    entries_.erase(key_of(user, request));
}

void IdempotentAnswers::forget_old(Clock::time_point now) {
    std::erase_if(entries_, [&](const auto& entry) { return now - entry.second.when > kept; });
    if (entries_.size() < kept_max) return;
    const auto oldest =
        std::ranges::min_element(entries_, {}, [](const auto& entry) { return entry.second.when; });
    entries_.erase(oldest);
}

}  // namespace opora::api
