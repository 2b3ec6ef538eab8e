#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "opora/generation/territory.hpp"
#include "opora/indicators/evidence.hpp"
#include "opora/objectivity/detail_table.hpp"
#include "opora/tally/cell.hpp"

namespace opora::testing {

/// A generated territory as evidence and details, without files or a store, and what was planted.
struct GeneratedResults {
    indicators::Evidence evidence;
    objectivity::DetailTable details;
    std::map<model::SchoolId, generation::Distortion> distortions;

    generation::Distortion distortion(indicators::SchoolNumber school) const {
        return distortions.at(evidence.schools()[school].id);
    }
};

inline void count_pupil(const generation::PupilRow& row, tally::CellCounts& counts) {
    if (!row.score && !row.mark) {
        ++counts.no_result;
        return;
    }
    ++counts.participants;
    if (row.score) {
        ++counts.scored;
        counts.score_sum += *row.score;
        counts.score_squares += std::int64_t{*row.score} * *row.score;
    }
    if (!row.mark) return;
    ++counts.marks[static_cast<std::size_t>(*row.mark - 2)];
}

inline tally::Cell generated_cell(const model::SchoolId& school, const generation::CellRows& rows) {
    tally::Cell cell{.school = school,
                     .procedure = generation::procedure_of(*rows.work, rows.year)};
    cell.counts.score_max = rows.work->score_max;
    std::map<std::string, tally::CellCounts> classes;
    for (const generation::PupilRow& row : rows.pupils) {
        count_pupil(row, cell.counts);
        count_pupil(row, classes[generation::class_name(rows.work->grade, row.class_number)]);
        if (row.score) {
            const auto score = static_cast<std::size_t>(*row.score);
            if (cell.detail.histogram.size() <= score) cell.detail.histogram.resize(score + 1, 0);
            ++cell.detail.histogram[score];
        }
        if (row.mark && row.journal_mark) {
            ++cell.detail.journal[static_cast<std::size_t>(*row.mark - 2)]
                                 [static_cast<std::size_t>(*row.journal_mark - 2)];
        }
    }
    for (auto& [name, counts] : classes) cell.detail.classes.push_back({name, counts});
    return cell;
}

/// Details are those of ВПР and ОГЭ, with histograms and journals of the last year.
inline GeneratedResults generated_results(const generation::TerritorySpec& spec) {
    const generation::Generator generator{spec};
    indicators::EvidenceInput input{.territories = generator.territories()};
    std::vector<tally::Cell> cells;
    std::map<model::SchoolId, generation::Distortion> distortions;
    for (std::int32_t number = 1; number <= spec.schools; ++number) {
        const generation::SchoolOutput output = generator.school(number);
        distortions[output.profile.school.id] = generation::distortion_of(output.profile);
        input.schools.push_back(output.profile.school);
        for (const generation::CellRows& rows : output.cells) {
            if (rows.work->tasks.empty()) continue;
            cells.push_back(generated_cell(output.profile.school.id, rows));
        }
    }
    indicators::CellBlock block{.file = "generated"};
    std::map<model::Procedure, std::uint32_t> procedures;
    for (const tally::Cell& cell : cells) procedures.emplace(cell.procedure, 0);
    for (auto& [procedure, number] : procedures) {
        number = static_cast<std::uint32_t>(block.cells.procedures.size());
        block.cells.procedures.push_back(procedure);
    }
    for (const tally::Cell& cell : cells) {
        auto& schools = block.cells.schools;
        if (schools.empty() || schools.back() != cell.school) schools.push_back(cell.school);
        block.cells.cells.push_back({.school = static_cast<std::uint32_t>(schools.size() - 1),
                                     .procedure = procedures.at(cell.procedure),
                                     .counts = cell.counts});
    }
    input.blocks.push_back(std::move(block));
    GeneratedResults results{indicators::Evidence{std::move(input)}, objectivity::DetailTable{},
                             std::move(distortions)};
    for (const tally::Cell& cell : cells) {
        if (cell.procedure.type == model::ProcedureType::ege) continue;
        results.details.add(*results.evidence.find_school(cell.school),
                            *results.evidence.find_procedure(cell.procedure), cell.detail,
                            cell.procedure.year == spec.last);
    }
    results.details.sort();
    return results;
}

}  // namespace opora::testing
