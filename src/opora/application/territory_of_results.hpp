#pragma once

#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "opora/application/evidence_loading.hpp"
#include "opora/statistics/random.hpp"

namespace opora::application::testing {

/// True results of a school by year, from the first year on, in standard deviations of pupils.
struct TrueResults {
    std::string school;
    std::vector<double> years;
    int pupils = 60;
};

/// Scores around 50 with a deviation of 10.
inline tally::CellCounts scores_of(double result, int pupils, statistics::Random random) {
    tally::CellCounts counts;
    for (int i = 0; i < pupils; ++i) {
        const auto score = std::llround(random.normal(50 + 10 * result, 10));
        ++counts.participants;
        ++counts.scored;
        counts.score_sum += score;
        counts.score_squares += score * score;
    }
    return counts;
}

/// Schools of one district with ВПР in Russian and mathematics of grade 5 and ОГЭ in Russian.
inline LoadedEvidence territory_of(const std::vector<TrueResults>& schools, int first_year,
                                   std::uint64_t seed = 1) {
    using model::ProcedureType;
    indicators::EvidenceInput input;
    input.territories = {{{"d"}, model::TerritoryLevel::municipality, "Район", {""}, ""}};
    for (const TrueResults& one : schools) {
        input.schools.push_back({.id = {one.school}, .name = "Школа", .territory = {"d"}});
        for (std::size_t i = 0; i < one.years.size(); ++i) {
            const int year = first_year + static_cast<int>(i);
            std::uint64_t number = 0;
            for (const auto& [type, subject, grade] :
                 {std::tuple{ProcedureType::vpr, "russian", 5},
                  std::tuple{ProcedureType::vpr, "mathematics", 5},
                  std::tuple{ProcedureType::oge, "russian", 9}}) {
                const statistics::Random random{seed, statistics::text_key(one.school),
                                                static_cast<std::uint64_t>(year), number++};
                tally::CoreCell cell{.school = 0, .procedure = 0};
                cell.counts = scores_of(one.years[i], one.pupils, random);
                input.blocks.push_back({"протокол.csv",
                                        {.schools = {{one.school}},
                                         .procedures = {{{year}, type, {subject}, grade, grade}},
                                         .cells = {cell}}});
            }
        }
    }
    return {indicators::Evidence{std::move(input)}, {}, "snapshot"};
}

}  // namespace opora::application::testing
