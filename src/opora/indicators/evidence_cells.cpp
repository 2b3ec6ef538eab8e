#include <algorithm>
#include <tuple>

#include "opora/indicators/evidence.hpp"

namespace opora::indicators {

/// One stored cell on its way to its place: which candidate it counts for, and how it ranks among
/// its rivals.
struct Evidence::Arrival {
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
    bool rivals(const Arrival& other) const {
        return std::tie(candidate, procedure, school) ==
               std::tie(other.candidate, other.procedure, other.school);
    }
};

namespace {

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

}  // namespace

std::vector<Evidence::Arrival> Evidence::arrivals_of(const CellBlock& block,
                                                     std::uint32_t number) const {
    std::vector<SchoolNumber> schools;
    for (const model::SchoolId& id : block.cells.schools) {
        schools.push_back(find_school(id).value_or(nothing));
    }
    std::vector<ProcedureNumber> procedures;
    for (const model::Procedure& procedure : block.cells.procedures) {
        procedures.push_back(*find_procedure(procedure));
    }
    std::vector<Arrival> arrivals;
    arrivals.reserve(block.cells.cells.size());
    for (std::uint32_t i = 0; i < block.cells.cells.size(); ++i) {
        const tally::CoreCell& cell = block.cells.cells[i];
        const SchoolNumber school = schools[cell.school];
        if (school == nothing) continue;
        arrivals.push_back({heirs_[school], procedures[cell.procedure], school,
                            cell.origin == tally::Origin::aggregate, number, i});
    }
    return arrivals;
}

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
    heirs_ = heirs(*this, input.follow_successors);
    std::vector<Arrival> arrivals;
    for (std::uint32_t number = 0; number < input.blocks.size(); ++number) {
        const auto some = arrivals_of(input.blocks[number], number);
        orphan_cells_ += std::ssize(input.blocks[number].cells.cells) - std::ssize(some);
        arrivals.insert(arrivals.end(), some.begin(), some.end());
    }
    const auto order = [](const Arrival& arrival) { return arrival.order(); };
    if (!std::ranges::is_sorted(arrivals, {}, order)) std::ranges::sort(arrivals, {}, order);

    cells_.reserve(arrivals.size());
    cells_in_force_.assign(files_.size(), 0);
    for (std::size_t begin = 0; begin < arrivals.size();) {
        std::size_t end = begin + 1;
        while (end < arrivals.size() && arrivals[begin].rivals(arrivals[end])) ++end;
        const std::span rivals{arrivals.data() + begin, end - begin};
        if (rivals.front().aggregate) {
            place_forms(rivals, input.blocks);
        } else {
            place_protocol(rivals, input.blocks);
        }
        begin = end;
    }
    std::ranges::sort(overruled_);
    overruled_.erase(std::ranges::unique(overruled_).begin(), overruled_.end());
    std::ranges::sort(more_sources_, {}, &CellSource::order);
    input.blocks.clear();
}

void Evidence::place_protocol(std::span<const Arrival> rivals, std::span<const CellBlock> blocks) {
    const Arrival& winner = rivals.front();
    for (const Arrival& loser : rivals.subspan(1)) {
        overruled_.emplace_back(winner.block, loser.block);
    }
    ++cells_in_force_[winner.block];
    const tally::CoreCell& cell = blocks[winner.block].cells.cells[winner.cell];
    add_cell({.school = winner.candidate,
              .procedure = winner.procedure,
              .taken_by = winner.school,
              .file = winner.block,
              .row_first = cell.row_first,
              .row_last = cell.row_last,
              .groups = tally::all_groups},
             cell.counts, tally::Origin::protocol);
}

/// Forms complete each other: each group of fields comes from the latest form that has it.
void Evidence::place_forms(std::span<const Arrival> rivals, std::span<const CellBlock> blocks) {
    tally::CellCounts counts;
    std::vector<CellSource> sources;
    tally::FieldGroups known = tally::no_groups;
    for (const Arrival& form : rivals) {
        const tally::CoreCell& cell = blocks[form.block].cells.cells[form.cell];
        const tally::FieldGroups own = tally::groups_of(cell.counts);
        const auto fresh = static_cast<tally::FieldGroups>(own & ~known);
        for (const CellSource& source : sources) {
            if ((source.groups & own) != 0) overruled_.emplace_back(source.file, form.block);
        }
        if (fresh == tally::no_groups) continue;
        known |= fresh;
        take(counts, cell.counts, fresh);
        ++cells_in_force_[form.block];
        sources.push_back({form.candidate, form.procedure, form.school, form.block, cell.row_first,
                           cell.row_last, fresh});
        if (tally::holds(fresh, tally::leading_group(known))) {
            counts.participants = cell.counts.participants;
            counts.no_result = cell.counts.no_result;
        }
    }
    // The order of imports that do not overlap leaves no trace.
    std::ranges::sort(sources, {}, [](const CellSource& source) {
        return static_cast<int>(tally::leading_group(source.groups));
    });
    const CellSource leading = sources.front();
    more_sources_.insert(more_sources_.end(), sources.begin() + 1, sources.end());
    add_cell(leading, counts, tally::Origin::aggregate);
}

void Evidence::add_cell(const CellSource& source, const tally::CellCounts& counts,
                        tally::Origin origin) {
    const bool merged = !cells_.empty() && cells_.back().candidate == source.school &&
                        cells_.back().procedure == source.procedure;
    if (merged) {
        merge(cells_.back().counts, counts);
        more_sources_.push_back(source);
        return;
    }
    cells_.push_back({.candidate = source.school,
                      .procedure = source.procedure,
                      .counts = counts,
                      .origin = origin,
                      .groups = source.groups,
                      .file = source.file,
                      .row_first = source.row_first,
                      .row_last = source.row_last,
                      .taken_by = source.taken_by});
}

std::span<const CellSource> Evidence::more_sources(SchoolNumber school,
                                                   ProcedureNumber procedure) const {
    const CellSource wanted{.school = school, .procedure = procedure};
    const auto same =
        std::ranges::equal_range(more_sources_, wanted.place(), {}, &CellSource::place);
    return {same.begin(), same.end()};
}

std::vector<model::Source> Evidence::sources(const EvidenceCell& cell,
                                             tally::FieldGroups groups) const {
    std::vector<model::Source> all;
    const auto add = [&](const auto& source) {
        if ((source.groups & groups) == 0) return;
        all.push_back({files_[source.file], source.row_first, source.row_last});
    };
    add(cell);
    for (const CellSource& source :
         more_sources(candidates_[cell.candidate].school, cell.procedure)) {
        add(source);
    }
    return all;
}

tally::FieldGroups Evidence::given_by(std::uint32_t file, const model::SchoolId& school,
                                      const model::Procedure& procedure) const {
    const auto number = find_school(school);
    const auto work = find_procedure(procedure);
    if (!number || !work) return tally::no_groups;
    const SchoolNumber heir = heirs_[*number];
    const auto own = [&](const auto& source) {
        return source.file == file && source.taken_by == *number;
    };
    const EvidenceCell* placed = cell(heir, *work);
    if (placed != nullptr && own(*placed)) return placed->groups;
    for (const CellSource& source : more_sources(heir, *work)) {
        if (own(source)) return source.groups;
    }
    return tally::no_groups;
}

}  // namespace opora::indicators
