#include "opora/api/late_answers.hpp"

#include <algorithm>

namespace opora::api {

void LateAnswers::add(const std::string& job, Slot slot) {
    const std::lock_guard guard{mutex_};
    if (slots_.size() == kept_max) slots_.pop_front();
    slots_.emplace_back(job, std::move(slot));
}

std::optional<Response> LateAnswers::find(const std::string& job) const {
    const std::lock_guard guard{mutex_};
    const auto found = std::ranges::find(slots_, job, [](const auto& one) { return one.first; });
    return found == slots_.end() ? std::nullopt : *found->second;
}

bool prefers_late(const Request& request) {
    return header(request, "prefer").find("respond-async") != std::string_view::npos;
}

}  // namespace opora::api
