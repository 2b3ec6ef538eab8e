#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "opora/objectivity/material.hpp"
#include "opora/statistics/random.hpp"

namespace opora::objectivity::testing {

constexpr model::SchoolYear year{2024};

inline model::Procedure work(int grade = 5, const char* subject = "mathematics", int in = 2024,
                             model::ProcedureType type = model::ProcedureType::vpr) {
    return {{in}, type, {subject}, grade, grade, model::Period::main};
}

/// Pupils of one school in one work, as a test writes them.
struct Work {
    std::string school;
    model::Procedure procedure;
    std::vector<int> scores;
    std::vector<int> marks;    ///< Empty: by `borders`, if there are any.
    std::vector<int> journal;  ///< Of the journal, in the order of the scores.
    std::string class_name = "5А";
    int score_max = 38;
};

constexpr std::array<int, 3> usual_borders{14, 24, 32};

inline int mark_of(int score, const std::array<int, 3>& borders = usual_borders) {
    return score >= borders[2] ? 5 : score >= borders[1] ? 4 : score >= borders[0] ? 3 : 2;
}

/// Evidence and details put together work by work: one region, ordinary schools.
class Results {
public:
    Results() {
        input_.territories = {{{"r"}, model::TerritoryLevel::region, "Область", {""}, ""}};
    }

    model::School& school(const std::string& id,
                          model::SchoolType type = model::SchoolType::secondary) {
        model::School school;
        school.id = {id};
        school.name = "Школа " + id;
        school.territory = {"r"};
        school.type = type;
        input_.schools.push_back(school);
        return input_.schools.back();
    }

    void add(Work work) { works_.push_back(std::move(work)); }

    /// What `inspect` needs; lives as long as the results.
    Material material(std::span<const model::Scale> scales = {}) {
        build();
        return {.evidence = *evidence_, .details = details_, .scales = scales, .year = year};
    }

    std::vector<Work>& works() { return works_; }
    const indicators::Evidence& evidence() const { return *evidence_; }

private:
    static tally::Cell cell_of(const Work& work) {
        tally::Cell cell{.school = {work.school}, .procedure = work.procedure};
        cell.counts.score_max = work.score_max;
        cell.detail.histogram.assign(static_cast<std::size_t>(work.score_max) + 1, 0);
        for (std::size_t i = 0; i < work.scores.size(); ++i) {
            const int score = work.scores[i];
            const int mark = work.marks.empty() ? mark_of(score) : work.marks[i];
            ++cell.counts.participants;
            ++cell.counts.scored;
            cell.counts.score_sum += score;
            cell.counts.score_squares += std::int64_t{score} * score;
            ++cell.counts.marks[static_cast<std::size_t>(mark - 2)];
            ++cell.detail.histogram[static_cast<std::size_t>(score)];
            if (!work.journal.empty()) {
                ++cell.detail.journal[static_cast<std::size_t>(mark - 2)]
                                     [static_cast<std::size_t>(work.journal[i] - 2)];
            }
        }
        cell.detail.classes = {{work.class_name, cell.counts}};
        return cell;
    }

    void build() {
        indicators::CellBlock block{.file = "протокол"};
        for (const Work& work : works_) {
            block.cells.procedures.push_back(work.procedure);
            block.cells.schools.push_back({work.school});
        }
        const auto distinct = [](auto& all) {
            std::ranges::sort(all);
            all.erase(std::ranges::unique(all).begin(), all.end());
        };
        distinct(block.cells.procedures);
        distinct(block.cells.schools);
        const auto number = [](const auto& all, const auto& one) {
            return static_cast<std::uint32_t>(std::ranges::lower_bound(all, one) - all.begin());
        };
        for (const Work& work : works_) {
            block.cells.cells.push_back(
                {.school = number(block.cells.schools, model::SchoolId{work.school}),
                 .procedure = number(block.cells.procedures, work.procedure),
                 .counts = cell_of(work).counts});
        }
        indicators::EvidenceInput input = input_;
        input.blocks.push_back(std::move(block));
        evidence_.emplace(std::move(input));
        details_ = {};
        for (const Work& work : works_) {
            details_.add(*evidence_->find_school({work.school}),
                         *evidence_->find_procedure(work.procedure), cell_of(work).detail,
                         work.procedure.year == year);
        }
        details_.sort();
    }

    indicators::EvidenceInput input_;
    std::vector<Work> works_;
    std::optional<indicators::Evidence> evidence_;
    DetailTable details_;
};

/// Whole scores 0..38 of pupils of one school: normal, kept within the work.
inline std::vector<int> drawn(statistics::Random& random, int n, double mean = 22,
                              double deviation = 7) {
    std::vector<int> scores;
    for (int i = 0; i < n; ++i) {
        const double score = std::round(random.normal(mean, deviation));
        scores.push_back(static_cast<int>(std::clamp(score, 0.0, 38.0)));
    }
    return scores;
}

/// Schools s00, s01 … with one honest work each.
inline void honest_schools(Results& results, int schools, int pupils, std::uint64_t seed,
                           const model::Procedure& procedure = work()) {
    statistics::Random random{{seed, static_cast<std::uint64_t>(procedure.year.ending),
                               static_cast<std::uint64_t>(procedure.grade)}};
    for (int i = 0; i < schools; ++i) {
        const std::string id = (i < 10 ? "s0" : "s") + std::to_string(i);
        const double level = 22 + 2 * random.normal();
        results.add({.school = id, .procedure = procedure, .scores = drawn(random, pupils, level)});
    }
}

inline const Row* find(const std::vector<Row>& rows, const indicators::Evidence& evidence,
                       const std::string& school) {
    for (const Row& row : rows) {
        if (evidence.schools()[row.school].id.value == school) return &row;
    }
    return nullptr;
}

}  // namespace opora::objectivity::testing
