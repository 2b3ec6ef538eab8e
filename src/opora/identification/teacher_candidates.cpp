#include "opora/identification/teacher_candidates.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "opora/model/class_name.hpp"

namespace opora::identification {

namespace {

using indicators::Candidate;
using indicators::CandidateNumber;
using indicators::Evidence;
using indicators::EvidenceCell;
using tally::CellCounts;

/// What a teacher taught in one procedure: the counts of a class and the share of its hours.
struct Portion {
    const CellCounts* counts;
    base::Fraction share;
};

/// Where the tallies of a class are found: school, year, subject, class.
using ClassKey = std::tuple<model::SchoolId, int, model::SubjectCode, std::string>;

struct ClassResults {
    indicators::ProcedureNumber procedure;
    const CellCounts* counts;
};

std::map<ClassKey, std::vector<ClassResults>> classes_by_key(const Evidence& evidence,
                                                             std::span<const tally::Cell> cells) {
    std::map<ClassKey, std::vector<ClassResults>> classes;
    for (const tally::Cell& cell : cells) {
        const auto procedure = evidence.find_procedure(cell.procedure);
        if (!procedure) continue;
        for (const tally::ClassTally& one : cell.detail.classes) {
            const ClassKey key{cell.school, cell.procedure.year.ending, cell.procedure.subject,
                               model::class_key(one.class_name)};
            classes[key].push_back({*procedure, &one.counts});
        }
    }
    return classes;
}

CellCounts multiplied(const CellCounts& counts, std::int32_t times) {
    CellCounts product;
    for (std::int32_t i = 0; i < times; ++i) merge(product, counts);
    return product;
}

EvidenceCell cell_of(CandidateNumber candidate, indicators::ProcedureNumber procedure,
                     std::span<const Portion> portions, const EvidenceCell* school_cell) {
    std::int64_t weight = 1;
    for (const Portion& portion : portions) {
        const std::int64_t common = std::gcd(portion.share.numerator, portion.share.denominator);
        weight = std::lcm(weight, portion.share.denominator / common);
    }
    EvidenceCell cell{.candidate = candidate,
                      .procedure = procedure,
                      .weight = static_cast<std::int32_t>(weight)};
    for (const Portion& portion : portions) {
        const std::int64_t times = weight * portion.share.numerator / portion.share.denominator;
        merge(cell.counts, multiplied(*portion.counts, static_cast<std::int32_t>(times)));
    }
    if (school_cell != nullptr) {
        cell.file = school_cell->file;
        cell.row_first = school_cell->row_first;
        cell.row_last = school_cell->row_last;
        cell.taken_by = school_cell->taken_by;
        cell.marks = school_cell->marks;
    }
    return cell;
}

}  // namespace

indicators::Evidence with_teachers(const Evidence& evidence,
                                   std::span<const model::Teacher> teachers,
                                   std::span<const model::TeachingLoad> loads,
                                   std::span<const tally::Cell> cells) {
    const auto classes = classes_by_key(evidence, cells);

    std::vector<Candidate> candidates;
    for (const model::Teacher& teacher : teachers) {
        const auto school = evidence.find_school(teacher.school);
        if (school) candidates.push_back({.school = *school, .teacher = teacher.id});
    }
    const auto order = [](const Candidate& one) { return std::tie(one.school, one.teacher); };
    std::ranges::sort(candidates, {}, order);

    std::map<std::pair<CandidateNumber, indicators::ProcedureNumber>, std::vector<Portion>> taught;
    for (const model::TeachingLoad& load : loads) {
        const auto school = evidence.find_school(load.school);
        if (!school) continue;
        const Candidate wanted{.school = *school, .teacher = load.teacher};
        const auto place = std::ranges::lower_bound(candidates, order(wanted), {}, order);
        if (place == candidates.end() || order(*place) != order(wanted)) continue;
        if (const auto grade = model::grade_of_class(load.class_name)) {
            place->grades_mask |= 1u << *grade;
        }
        const auto number = static_cast<CandidateNumber>(place - candidates.begin());
        const auto found = classes.find(
            {load.school, load.year.ending, load.subject, model::class_key(load.class_name)});
        if (found == classes.end()) continue;
        for (const ClassResults& one : found->second) {
            taught[{number, one.procedure}].push_back({one.counts, load.share});
        }
    }

    std::vector<EvidenceCell> teacher_cells;
    for (const auto& [key, portions] : taught) {
        const auto school = candidates[key.first].school;
        teacher_cells.push_back(
            cell_of(key.first, key.second, portions, evidence.cell(school, key.second)));
    }
    return evidence.with_candidates(std::move(candidates), std::move(teacher_cells));
}

}  // namespace opora::identification
