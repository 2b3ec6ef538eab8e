#include "opora/objectivity/borders.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "opora/tally/scale.hpp"

namespace opora::objectivity {

namespace {

/// Of a hundred schools, how many have to agree with a border.
constexpr std::int64_t agreeing_of_hundred = 99;

/// How many schools agree with each score as the first one of a mark.
struct Votes {
    std::array<std::vector<std::int64_t>, 3> agreeing;
    std::array<std::int64_t, 3> below{};  ///< Pupils with lower marks, in all schools.
    std::int64_t pupils = 0;
    std::int64_t schools = 0;

    void resize(std::size_t scores) {
        for (auto& one : agreeing) {
            if (one.size() < scores) one.resize(scores, 0);
        }
    }
};

/// A cell tells of borders when its histogram and its marks are those of the same pupils.
bool tells(const EvidenceCell& cell, std::span<const std::int32_t> histogram) {
    const std::int64_t pupils =
        std::accumulate(histogram.begin(), histogram.end(), std::int64_t{0});
    return pupils > 0 && pupils == cell.counts.marked() && pupils == cell.counts.participants;
}

void vote(const EvidenceCell& cell, std::span<const std::int32_t> histogram, Votes& votes) {
    votes.resize(histogram.size() + 1);
    ++votes.schools;
    votes.pupils += cell.counts.marked();
    std::int64_t lower_marks = 0;
    for (std::size_t mark = 0; mark < 3; ++mark) {
        lower_marks += cell.counts.marks[mark];
        votes.below[mark] += lower_marks;
        std::int64_t below = 0;
        for (std::size_t score = 0; score <= histogram.size(); ++score) {
            votes.agreeing[mark][score] += below == lower_marks ? 1 : 0;
            if (score < histogram.size()) below += histogram[score];
        }
    }
}

/// Nothing when nobody stands on one of the sides: then the border could lie anywhere beyond.
std::optional<std::int32_t> elected(const Votes& votes, std::size_t mark) {
    if (votes.below[mark] == 0 || votes.below[mark] == votes.pupils) return std::nullopt;
    const auto& agreeing = votes.agreeing[mark];
    const auto best = std::ranges::max_element(agreeing);
    if (100 * *best < agreeing_of_hundred * votes.schools) return std::nullopt;
    if (std::ranges::count(agreeing, *best) != 1) return std::nullopt;
    return static_cast<std::int32_t>(best - agreeing.begin());
}

}  // namespace

BorderTable::BorderTable(const Material& material)
    : evidence_{material.evidence}, procedures_{material.evidence.procedures().size()} {
    const auto regions = evidence_.territories().size() + 1;
    borders_.resize(regions * procedures_);
    const auto wanted = [&](const DetailTable::Entry& entry) {
        return evidence_.procedures()[entry.procedure].year == material.year &&
               entry.histogram_size > 0;
    };
    std::map<std::size_t, std::size_t> longest;
    for (const auto& entry : material.details.entries()) {
        if (!wanted(entry)) continue;
        const auto region = evidence_.territory(entry.school, indicators::Scope::region);
        auto& scores = longest[place(region, entry.procedure)];
        scores = std::max<std::size_t>(scores, entry.histogram_size);
    }
    std::map<std::size_t, Votes> votes;
    std::vector<std::int32_t> histogram;
    for (const auto& entry : material.details.entries()) {
        const EvidenceCell* cell = evidence_.cell(entry.school, entry.procedure);
        if (!wanted(entry) || cell == nullptr) continue;
        const auto own = material.details.histogram(entry);
        if (!tells(*cell, own)) continue;
        const auto region = evidence_.territory(entry.school, indicators::Scope::region);
        const std::size_t slot = place(region, entry.procedure);
        histogram.assign(longest.at(slot), 0);
        std::ranges::copy(own, histogram.begin());
        vote(*cell, histogram, votes[slot]);
    }
    for (const auto& [slot, scores] : longest) {
        const auto region = static_cast<std::uint32_t>(slot / procedures_);
        const model::Procedure& procedure = evidence_.procedures()[slot % procedures_];
        const model::TerritoryId id = region < evidence_.territories().size()
                                          ? evidence_.territories()[region].id
                                          : model::TerritoryId{};
        const model::Scale* scale = tally::find_scale(material.scales, procedure, id);
        if (scale != nullptr && scale->first_scores[0]) {
            borders_[slot].first_scores = scale->first_scores;
            continue;
        }
        const auto found = votes.find(slot);
        if (found == votes.end()) continue;
        for (std::size_t mark = 0; mark < 3; ++mark) {
            borders_[slot].first_scores[mark] = elected(found->second, mark);
        }
    }
}

const Borders& BorderTable::of(SchoolNumber school, ProcedureNumber procedure) const {
    return borders_[place(evidence_.territory(school, indicators::Scope::region), procedure)];
}

}  // namespace opora::objectivity
