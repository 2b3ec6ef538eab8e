#include "opora/indicators/evidence.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "opora/base/expects.hpp"

namespace opora::indicators {

namespace {

/// Numbers the distinct values of a sorted list of codes.
std::vector<std::string> distinct(std::vector<std::string> codes) {
    std::ranges::sort(codes);
    codes.erase(std::ranges::unique(codes).begin(), codes.end());
    return codes;
}

std::uint32_t number_of(const std::vector<std::string>& codes, std::string_view code) {
    const auto place = std::ranges::lower_bound(codes, code);
    if (place == codes.end() || *place != code) return nothing;
    return static_cast<std::uint32_t>(place - codes.begin());
}

std::uint32_t grades_taught(const model::School& school) {
    std::uint32_t mask = 0;
    for (int grade = grade_low(school); grade <= grade_high(school); ++grade) mask |= 1u << grade;
    return mask;
}

}  // namespace

Evidence::Evidence(EvidenceInput input) {
    place_schools(input);
    place_cells(input);
    place_facts(input);
    index_cells();
    add_totals();
    link_years();
    place_histograms(input);
}

Evidence Evidence::with_candidates(std::vector<Candidate> candidates,
                                   std::vector<EvidenceCell> cells) const {
    Evidence other = *this;
    other.candidates_ = std::move(candidates);
    other.cells_ = std::move(cells);
    other.index_cells();
    return other;
}

void Evidence::place_schools(EvidenceInput& input) {
    territories_ = std::move(input.territories);
    std::ranges::sort(territories_, {}, &model::Territory::id);
    schools_ = std::move(input.schools);
    std::ranges::sort(schools_, {}, &model::School::id);

    const auto find_territory = [this](const model::TerritoryId& id) {
        const auto place = std::ranges::lower_bound(territories_, id, {}, &model::Territory::id);
        const bool found = place != territories_.end() && place->id == id;
        return found ? static_cast<TerritoryNumber>(place - territories_.begin()) : nothing;
    };
    // Behind the last territory stands the whole store: the region of schools whose chain names none.
    const auto everything = static_cast<TerritoryNumber>(territories_.size());

    std::map<std::pair<model::SchoolType, model::SettlementType>, std::uint32_t> clusters;
    for (const model::School& school : schools_) clusters[{school.type, school.settlement}] = 0;
    std::uint32_t clusters_count = 0;
    for (auto& [key, number] : clusters) number = clusters_count++;

    for (SchoolNumber number = 0; number < schools_.size(); ++number) {
        const model::School& school = schools_[number];
        std::array<TerritoryNumber, 3> chain{nothing, everything, everything};
        TerritoryNumber territory = find_territory(school.territory);
        for (int steps = 0; territory != nothing && steps < 8; ++steps) {
            switch (territories_[territory].level) {
                case model::TerritoryLevel::municipality: chain[0] = territory; break;
                case model::TerritoryLevel::region: chain[1] = territory; break;
                case model::TerritoryLevel::country: break;
            }
            territory = find_territory(territories_[territory].parent);
        }
        school_territories_.push_back(chain);
        clusters_.push_back(clusters.at({school.type, school.settlement}));
        candidates_.push_back({.school = number, .grades_mask = grades_taught(school)});
    }
}

namespace {

/// One stored cell on its way to its place: which candidate it counts for, and how it ranks among its rivals.
struct Arrival {
    CandidateNumber candidate;
    ProcedureNumber procedure;
    SchoolNumber school;  ///< The school that took part, before its merger.
    bool aggregate;
    std::uint32_t block;
    std::uint32_t cell;

    auto order() const {
        // Among rivals the protocol comes first, then the latest import.
        return std::tuple{candidate, procedure, school, aggregate, UINT32_MAX - block};
    }
};

/// The school that counts the results of a closed one: its last successor that is in the register.
std::vector<SchoolNumber> heirs(const Evidence& evidence, bool follow_successors) {
    const auto schools = evidence.schools();
    std::vector<SchoolNumber> result(schools.size());
    for (SchoolNumber number = 0; number < schools.size(); ++number) {
        SchoolNumber heir = number;
        for (int steps = 0; follow_successors && steps < 8; ++steps) {
            if (schools[heir].successor.value.empty()) break;
            const auto next = evidence.find_school(schools[heir].successor);
            if (!next || *next == number) break;
            heir = *next;
        }
        result[number] = heir;
    }
    return result;
}

std::vector<Arrival> arrivals_of(const Evidence& evidence, const CellBlock& block,
                                 std::uint32_t number, std::span<const SchoolNumber> heir) {
    std::vector<SchoolNumber> schools;
    for (const model::SchoolId& id : block.cells.schools) {
        schools.push_back(evidence.find_school(id).value_or(nothing));
    }
    std::vector<ProcedureNumber> procedures;
    for (const model::Procedure& procedure : block.cells.procedures) {
        procedures.push_back(*evidence.find_procedure(procedure));
    }
    std::vector<Arrival> arrivals;
    arrivals.reserve(block.cells.cells.size());
    for (std::uint32_t i = 0; i < block.cells.cells.size(); ++i) {
        const tally::CoreCell& cell = block.cells.cells[i];
        const SchoolNumber school = schools[cell.school];
        if (school == nothing) continue;
        arrivals.push_back({heir[school], procedures[cell.procedure], school,
                            cell.origin == tally::Origin::aggregate, number, i});
    }
    return arrivals;
}

bool rivals(const Arrival& left, const Arrival& right) {
    return std::tie(left.candidate, left.procedure, left.school) ==
           std::tie(right.candidate, right.procedure, right.school);
}

}  // namespace

void Evidence::place_procedures(const EvidenceInput& input) {
    for (const CellBlock& block : input.blocks) {
        files_.push_back(block.file);
        procedures_.insert(procedures_.end(), block.cells.procedures.begin(),
                           block.cells.procedures.end());
    }
    std::ranges::sort(procedures_);
    procedures_.erase(std::ranges::unique(procedures_).begin(), procedures_.end());
}

void Evidence::place_cells(EvidenceInput& input) {
    place_procedures(input);
    const std::vector<SchoolNumber> heir = heirs(*this, input.follow_successors);
    std::vector<Arrival> arrivals;
    for (std::uint32_t number = 0; number < input.blocks.size(); ++number) {
        const auto some = arrivals_of(*this, input.blocks[number], number, heir);
        orphan_cells_ += std::ssize(input.blocks[number].cells.cells) - std::ssize(some);
        arrivals.insert(arrivals.end(), some.begin(), some.end());
    }
    const auto order = [](const Arrival& arrival) { return arrival.order(); };
    if (!std::ranges::is_sorted(arrivals, {}, order)) std::ranges::sort(arrivals, {}, order);

    cells_.reserve(arrivals.size());
    cells_in_force_.assign(files_.size(), 0);
    const Arrival* winner = nullptr;
    for (const Arrival& arrival : arrivals) {
        if (winner != nullptr && rivals(*winner, arrival)) {
            overruled_.emplace_back(winner->block, arrival.block);
            continue;
        }
        winner = &arrival;
        ++cells_in_force_[arrival.block];
        add_cell(arrival.candidate, arrival.procedure, arrival.block,
                 input.blocks[arrival.block].cells.cells[arrival.cell]);
    }
    std::ranges::sort(overruled_);
    overruled_.erase(std::ranges::unique(overruled_).begin(), overruled_.end());
    input.blocks.clear();
}

void Evidence::add_cell(CandidateNumber candidate, ProcedureNumber procedure, std::uint32_t file,
                        const tally::CoreCell& cell) {
    const bool merged = !cells_.empty() && cells_.back().candidate == candidate &&
                        cells_.back().procedure == procedure;
    if (merged) {
        merge(cells_.back().counts, cell.counts);
        return;
    }
    cells_.push_back({.candidate = candidate,
                      .procedure = procedure,
                      .counts = cell.counts,
                      .origin = cell.origin,
                      .file = file,
                      .row_first = cell.row_first,
                      .row_last = cell.row_last});
}

