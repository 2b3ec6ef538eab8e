#include "opora/identification/listing_probability.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/parallel.hpp"
#include "opora/identification/candidate_draws.hpp"
#include "opora/rules/listing_draws.hpp"

namespace opora::identification {

namespace {

using indicators::CandidateNumber;
using Values = std::array<float*, rules::drawn_indicators>;

/// Of everybody, and at most of those whom the first draws do not agree on.
struct DrawsAlone {
    std::int64_t first;
    std::int64_t most;
};
constexpr DrawsAlone draws_of_region{64, 1024};
constexpr DrawsAlone draws_of_country{32, 256};
constexpr std::size_t country_candidates = 2000;  ///< More than a region has.
constexpr std::int64_t draws_together = 512;
constexpr std::int64_t draws_together_least = 96;
constexpr std::int64_t draws_together_of_all = 1'024'000;  ///< Draws times candidates.
constexpr std::size_t bytes_together = std::size_t{256} << 20U;

double error_of(double probability, std::int64_t draws) {
    return std::sqrt(probability * (1 - probability) / static_cast<double>(draws));
}

/// Memory for the values of one draw: by indicator asked for, `cells` of them.
struct DrawMemory {
    std::array<std::vector<float>, rules::drawn_indicators> values;

    DrawMemory(const std::array<bool, rules::drawn_indicators>& indicators, std::size_t cells) {
        for (std::size_t i = 0; i < indicators.size(); ++i) {
            if (indicators[i]) values[i].resize(cells);
        }
    }
    Values from(std::size_t cell) {
        Values places{};
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!values[i].empty()) places[i] = values[i].data() + cell;
        }
        return places;
    }
    rules::DrawnCells drawn(std::size_t first) const {
        rules::DrawnCells cells{.first = first, .values = {}};
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!values[i].empty()) cells.values[i] = values[i].data();
        }
        return cells;
    }
};

struct Counted {
    std::int64_t listed = 0;
    std::int64_t draws = 0;
};

class Simulation {
public:
    Simulation(const rules::BoundPack& pack, const TerritoryPrior& prior,
               const rules::ListingReads& reads, const std::vector<CandidateNumber>& wanted,
               unsigned threads)
        : pack_{pack},
          prior_{prior},
          reads_{reads},
          wanted_{wanted},
          threads_{threads},
          counted_(prior.evidence().candidates().size()) {}

    std::vector<Counted> alone() {
        constexpr std::size_t worth_a_thread = 16;
        base::in_parallel(
            wanted_.size(), worth_a_thread,
            [&](std::size_t begin, std::size_t end) { each_alone(begin, end); }, threads_);
        return std::move(counted_);
    }

    /// All candidates of the territory in one draw after another, some draws at a time.
    std::vector<Counted> together() {
        const auto candidates = static_cast<std::int64_t>(counted_.size());
        const std::int64_t draws =
            std::clamp(draws_together_of_all / std::max<std::int64_t>(candidates, 1),
                       draws_together_least, draws_together);
        const std::size_t cells = prior_.evidence().cells().size();
        const auto tables = static_cast<std::size_t>(std::ranges::count(reads_.indicators, true));
        const std::size_t bytes = std::max<std::size_t>(cells * tables * sizeof(float), 1);
        const auto at_once = static_cast<std::int64_t>(
            std::clamp<std::size_t>(bytes_together / bytes, 2, static_cast<std::size_t>(draws)));
        std::vector<DrawMemory> memory(static_cast<std::size_t>(at_once),
                                       DrawMemory{reads_.indicators, cells});
        for (std::int64_t first = 0; first < draws; first += at_once) {
            memory.resize(static_cast<std::size_t>(std::min(at_once, draws - first)),
                          DrawMemory{reads_.indicators, 0});
            fill(memory, first);
            judge(memory);
        }
        return std::move(counted_);
    }

private:
    void each_alone(std::size_t begin, std::size_t end) {
        CandidateDraws draws{prior_, reads_, pack_.pooled()};
        rules::DrawJudge judge{pack_};
        DrawMemory memory{reads_.indicators, 0};
        const auto& evidence = prior_.evidence();
        const DrawsAlone limits =
            counted_.size() > country_candidates ? draws_of_country : draws_of_region;
        for (std::size_t i = begin; i < end; ++i) {
            const CandidateNumber candidate = wanted_[i];
            const auto cells = evidence.cells_of(candidate);
            for (std::size_t k = 0; k < memory.values.size(); ++k) {
                if (reads_.indicators[k])
                    memory.values[k].resize(std::max<std::size_t>(cells.size(), 1));
            }
            draws.start(candidate);
            judge.start(
                memory.drawn(static_cast<std::size_t>(cells.data() - evidence.cells().data())));
            Counted& count = counted_[candidate];
            while (count.draws < limits.most) {
                draws.draw(static_cast<std::uint64_t>(count.draws), memory.from(0));
                if (judge.lists(candidate)) ++count.listed;
                ++count.draws;
                const bool agreed = count.listed == 0 || count.listed == count.draws;
                if (count.draws == limits.first && agreed) break;
            }
        }
    }

    void fill(std::vector<DrawMemory>& memory, std::int64_t first) {
        constexpr std::size_t worth_a_thread = 16;
        const auto& evidence = prior_.evidence();
        base::in_parallel(
            counted_.size(), worth_a_thread,
            [&](std::size_t begin, std::size_t end) {
                CandidateDraws draws{prior_, reads_, pack_.pooled()};
                for (std::size_t i = begin; i < end; ++i) {
                    const auto candidate = static_cast<CandidateNumber>(i);
                    const auto cells = evidence.cells_of(candidate);
                    if (cells.empty()) continue;
                    const auto place =
                        static_cast<std::size_t>(cells.data() - evidence.cells().data());
                    draws.start(candidate);
                    for (std::size_t k = 0; k < memory.size(); ++k) {
                        draws.draw(static_cast<std::uint64_t>(first) + k, memory[k].from(place));
                    }
                }
            },
            threads_);
    }

    void judge(const std::vector<DrawMemory>& memory) {
        std::vector<std::vector<std::uint8_t>> listed(memory.size());
        base::in_parallel(
            memory.size(), 1,
            [&](std::size_t begin, std::size_t end) {
                rules::DrawJudge judge{pack_};
                for (std::size_t k = begin; k < end; ++k) {
                    judge.start(memory[k].drawn(0));
                    for (const CandidateNumber candidate : wanted_) {
                        listed[k].push_back(judge.lists(candidate) ? 1 : 0);
                    }
                }
            },
            threads_);
        for (const auto& draw : listed) {
            for (std::size_t i = 0; i < wanted_.size(); ++i) {
                counted_[wanted_[i]].listed += draw[i];
                ++counted_[wanted_[i]].draws;
            }
        }
    }

    const rules::BoundPack& pack_;
    const TerritoryPrior& prior_;
    const rules::ListingReads& reads_;
    const std::vector<CandidateNumber>& wanted_;
    unsigned threads_;
    std::vector<Counted> counted_;
};

}  // namespace

std::optional<ListingProbabilities> listing_probabilities(
    const rules::BoundPack& pack, TerritoryPrior& prior,
    const std::function<bool(CandidateNumber)>& wanted, unsigned threads) {
    const rules::ListingReads reads = rules::listing_reads(pack);
    if (!reads.any()) return std::nullopt;
    const KindSet kinds = kinds_of(reads.indicators);
    prior.need(kinds);
    std::vector<CandidateNumber> asked;
    const auto candidates = static_cast<CandidateNumber>(prior.evidence().candidates().size());
    for (CandidateNumber i = 0; i < candidates; ++i) {
        if (wanted(i)) asked.push_back(i);
    }
    Simulation simulation{pack, prior, reads, asked, threads};
    const std::vector<Counted> counted =
        reads.compares ? simulation.together() : simulation.alone();

    ListingProbabilities all{.of = std::vector<std::optional<double>>(candidates),
                             .prior = prior.source(kinds)};
    for (const CandidateNumber i : asked) {
        const double probability =
            static_cast<double>(counted[i].listed) / static_cast<double>(counted[i].draws);
        all.of[i] = probability;
        all.draws = std::max(all.draws, counted[i].draws);
        all.simulation_error =
            std::max(all.simulation_error, error_of(probability, counted[i].draws));
    }
    return all;
}

}  // namespace opora::identification
