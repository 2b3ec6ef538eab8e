#include "opora/objectivity/detail_table.hpp"

#include <algorithm>
#include <tuple>

#include "opora/model/class_name.hpp"

namespace opora::objectivity {

namespace {

Answers answers_of(const std::vector<tally::TaskTally>& tasks) {
    double heterogeneity = 0;
    std::int64_t answered = 0;
    std::int64_t missing = 0;
    int counted = 0;
    for (const tally::TaskTally& task : tasks) {
        std::int64_t n = 0;
        for (const std::int32_t count : task.counts) n += count;
        answered += n;
        missing += task.missing;
        if (n == 0) continue;
        double alike = 0;
        for (const std::int32_t count : task.counts) {
            const double share = static_cast<double>(count) / static_cast<double>(n);
            alike += share * share;
        }
        heterogeneity += 1 - alike;
        ++counted;
    }
    if (counted == 0) return {};
    return {
        static_cast<float>(heterogeneity / counted),
        static_cast<float>(static_cast<double>(missing) / static_cast<double>(answered + missing))};
}

ClassResult class_result(std::uint32_t name, const tally::CellCounts& counts) {
    const auto n = static_cast<double>(counts.scored);
    const double mean = static_cast<double>(counts.score_sum) / n;
    const double squares =
        static_cast<double>(counts.score_squares) - static_cast<double>(counts.score_sum) * mean;
    return {name, counts.scored, mean, std::max(0.0, squares)};
}

}  // namespace

std::uint32_t DetailTable::class_number(const std::string& name) {
    const auto next = static_cast<std::uint32_t>(class_names_.size());
    const auto [place, fresh] = class_numbers_.emplace(model::class_key(name), next);
    if (fresh) class_names_.push_back(place->first);
    return place->second;
}

void DetailTable::add(indicators::SchoolNumber school, indicators::ProcedureNumber procedure,
                      const tally::CellDetail& detail, bool histogram_wanted) {
    Entry entry{.school = school, .procedure = procedure};
    if (histogram_wanted) {
        entry.histogram = static_cast<std::uint32_t>(histograms_.size());
        entry.histogram_size = static_cast<std::uint32_t>(detail.histogram.size());
        histograms_.insert(histograms_.end(), detail.histogram.begin(), detail.histogram.end());
        if (detail.journal != JournalTable{}) {
            entry.journal = static_cast<std::uint32_t>(journals_.size());
            journals_.push_back(detail.journal);
        }
        entry.answers = answers_of(detail.tasks);
    }
    entry.classes = static_cast<std::uint32_t>(classes_.size());
    for (const tally::ClassTally& one : detail.classes) {
        if (one.counts.scored == 0) continue;
        classes_.push_back(class_result(class_number(one.class_name), one.counts));
    }
    entry.class_count = static_cast<std::uint32_t>(classes_.size()) - entry.classes;
    entries_.push_back(entry);
}

void DetailTable::sort() {
    std::ranges::sort(entries_, {}, [](const Entry& entry) {
        return std::tuple{entry.school, entry.procedure};
    });
}

const DetailTable::Entry* DetailTable::find(indicators::SchoolNumber school,
                                            indicators::ProcedureNumber procedure) const {
    const auto key = [](const Entry& entry) { return std::pair{entry.school, entry.procedure}; };
    const auto place = std::ranges::lower_bound(entries_, std::pair{school, procedure}, {}, key);
    const bool found = place != entries_.end() && key(*place) == std::pair{school, procedure};
    return found ? &*place : nullptr;
}

}  // namespace opora::objectivity
