#include "opora/application/attempt_limit.hpp"

#include <algorithm>

namespace opora::application {

ports::Seconds AttemptLimit::begin(const std::string& key, ports::Seconds now) {
    const std::lock_guard guard{mutex_};
    if (failures_.size() >= keys_max && !failures_.contains(key)) {
        failures_.erase(std::ranges::min_element(
            failures_, {}, [](const auto& entry) { return entry.second.last; }));
    }
    Failures& failures = failures_[key];
    if (failures.count >= free_attempts) {
        const int doublings = std::min(failures.count - free_attempts, 10);
        const ports::Seconds pause = std::min(wait_first << doublings, wait_max);
        const ports::Seconds wait = failures.last + pause - now;
        if (wait > 0) return wait;
    }
    ++failures.count;
    failures.last = now;
    return 0;
}

void AttemptLimit::succeeded(const std::string& key) {
    const std::lock_guard guard{mutex_};
    failures_.erase(key);
}

void AttemptLimit::taken_back(const std::string& key) {
    const std::lock_guard guard{mutex_};
    const auto found = failures_.find(key);
    if (found != failures_.end() && --found->second.count <= 0) failures_.erase(found);
}

ports::Seconds AttemptBucket::begin(const std::string& key, ports::Seconds now) {
    constexpr ports::Seconds whole = free_attempts * seconds_for_one;
    const std::lock_guard guard{mutex_};
    if (full_.size() >= keys_max && !full_.contains(key)) {
        full_.erase(
            std::ranges::min_element(full_, {}, [](const auto& entry) { return entry.second; }));
    }
    ports::Seconds& full = full_[key];
    const ports::Seconds after = std::max(full, now) + seconds_for_one;
    if (after > now + whole) return after - whole - now;
    full = after;
    return 0;
}

void AttemptBucket::taken_back(const std::string& key) {
    const std::lock_guard guard{mutex_};
    if (const auto found = full_.find(key); found != full_.end()) found->second -= seconds_for_one;
}

}  // namespace opora::application
