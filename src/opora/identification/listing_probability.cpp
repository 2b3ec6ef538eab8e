#include "opora/identification/listing_probability.hpp"

#include <algorithm>
#include <cmath>

#include "opora/base/parallel.hpp"
#include "opora/identification/candidate_draws.hpp"
#include "opora/rules/drawn_worlds.hpp"
#include "opora/rules/listing_draws.hpp"

namespace opora::identification {

namespace {

using indicators::CandidateNumber;
using statistics::lanes;

/// Draws of everybody, and at most of those whom the first draws do not agree on; the latter end
/// as soon as the standard error is `error`.
struct DrawLimits {
    std::size_t first;
    std::size_t most;
    double error;
};
constexpr DrawLimits limits_of_region{64, 1024, 1.0 / 64};
constexpr DrawLimits limits_of_country{32, 256, 1.0 / 32};
constexpr std::size_t country_candidates = 2000;  ///< More than a region has.
/// Worlds of a pack that compares: at least, at most, and times candidates.
constexpr std::size_t worlds_least = lanes;
constexpr std::size_t worlds_most = 512;
constexpr std::size_t worlds_of_all = 512'000;

constexpr std::size_t worth_a_thread = 16;

std::size_t blocks_of_worlds(std::size_t candidates) {
    const std::size_t worlds = worlds_of_all / std::max<std::size_t>(candidates, 1);
    return std::clamp(worlds, worlds_least, worlds_most) / lanes;
}

/// The first draws of a candidate, kept while later ones are made.
class KeptDraws {
public:
    void keep(const rules::DrawnCells& cells, std::size_t count, std::size_t block) {
        if (block == kept_.size()) kept_.emplace_back();
        Kept& kept = kept_[block];
        kept.cells = {.first = cells.first, .values = {}};
        for (std::size_t i = 0; i < kept.values.size(); ++i) {
            if (cells.values[i] == nullptr) continue;
            kept.values[i].assign(cells.values[i], cells.values[i] + count);
            kept.cells.values[i] = kept.values[i].data();
        }
    }
    const rules::DrawnCells& block(std::size_t number) const { return kept_[number].cells; }

private:
    struct Kept {
        rules::DrawnCells cells;
        std::array<std::vector<statistics::Lanes>, rules::drawn_indicators> values;
    };
    std::vector<Kept> kept_;
};

/// The chance that none of `chosen` among `all` is one of the `marked`.
double chance_of_none(std::size_t chosen, std::size_t marked, std::size_t all) {
    double chance = 1;
    for (std::size_t i = 0; i < marked && chance > 1e-12; ++i) {
        const auto left = static_cast<double>(all - i);
        chance *= std::max(left - static_cast<double>(chosen), 0.0) / left;
    }
    return chance;
}

/// How the draws of a candidate were judged: by world, or all in one.
struct Counted {
    std::vector<std::uint32_t> listed_in;
    std::size_t listed = 0;
    std::size_t draws = 0;

    void start(std::size_t worlds) {
        listed_in.assign(worlds, 0);
        listed = draws = 0;
    }
    bool agreed() const { return listed == 0 || listed == draws; }

    /// Candidates whose `first` draws agree get no more, so that the plain share of the others is
    /// drawn towards the middle and that of these to the ends: a thousand candidates with 1 % each
    /// would sum to 4 instead of 10. Unbiased is the share of the first draws that all draws lead
    /// one to expect, given that the first did not agree (Girshick, Mosteller, Savage 1946).
    double probability(std::size_t first) const {
        const double share = static_cast<double>(listed) / static_cast<double>(draws);
        if (agreed() || draws <= first) return share;
        const double none = chance_of_none(first, listed, draws);
        const double all = chance_of_none(first, draws - listed, draws);
        return (share - all) / (1 - none - all);
    }
    /// Of a probability. Draws of one world have that world in common: the spread between worlds
    /// holds both errors.
    double error(double p) const {
        const auto worlds = static_cast<double>(listed_in.size());
        if (draws <= listed_in.size() || listed_in.empty()) {
            return std::sqrt(p * (1 - p) / static_cast<double>(draws));
        }
        const double mean = static_cast<double>(listed) / static_cast<double>(draws);
        double squares = 0;
        for (const std::uint32_t one : listed_in) {
            const double apart = one * worlds / static_cast<double>(draws) - mean;
            squares += apart * apart;
        }
        return std::sqrt(squares / (worlds * (worlds - 1)));
    }
};

struct Judged {
    double probability = 0;
    double error = 0;
    std::size_t draws = 0;
};

class Simulation {
public:
    Simulation(const rules::BoundPack& pack, const TerritoryPrior& prior,
               const rules::ListingReads& reads, unsigned threads)
        : pack_{pack},
          prior_{prior},
          reads_{reads},
          threads_{threads},
          candidates_{prior.evidence().candidates().size()},
          limits_{candidates_ > country_candidates ? limits_of_country : limits_of_region} {
        if (!reads.compares) return;
        worlds_ = std::make_unique<rules::DrawnWorlds>(
            pack.program(), reads.indicators, blocks_of_worlds(candidates_),
            [this] { return drawer(); }, threads);
        limits_.first = std::max(limits_.first, worlds_->worlds());
    }

    std::vector<Judged> judged(const std::vector<CandidateNumber>& wanted) {
        std::vector<Judged> all(wanted.size());
        base::in_parallel(
            wanted.size(), worth_a_thread,
            [&](std::size_t begin, std::size_t end) {
                CandidateDraws draws{prior_, reads_, pack_.pooled()};
                rules::DrawJudge judge{pack_, worlds_.get()};
                KeptDraws kept;
                Counted count;
                for (std::size_t i = begin; i < end; ++i) {
                    draws.start(wanted[i]);
                    count.start(worlds_ ? worlds_->worlds() : 0);
                    do {
                        judge_block(wanted[i], draws, judge, kept, count);
                    } while (!enough(count));
                    const double probability = count.probability(limits_.first);
                    all[i] = {probability, count.error(probability), count.draws};
                }
            },
            threads_);
        return all;
    }

private:
    rules::DrawnWorlds::Drawer drawer() const {
        const auto draws = std::make_shared<CandidateDraws>(prior_, reads_, pack_.pooled());
        std::optional<CandidateNumber> started;
        return [draws, started](CandidateNumber candidate,
                                std::uint64_t block) mutable -> const rules::DrawnCells& {
            if (started != candidate) draws->start(candidate);
            started = candidate;
            return draws->draw(block);
        };
    }

    /// Whole rounds of worlds, so that each has the same number of draws.
    bool enough(const Counted& count) const {
        if (count.draws < limits_.first) return false;
        if (worlds_ && count.draws % worlds_->worlds() != 0) return false;
        if (count.agreed() || count.draws >= limits_.most) return true;
        // As if one draw more had said yes and one no: a few draws that nearly agree are not sure.
        const auto draws = static_cast<double>(count.draws);
        const double p = (static_cast<double>(count.listed) + 1) / (draws + 2);
        return std::max(std::sqrt(p * (1 - p) / draws), count.error(p)) <= limits_.error;
    }

    void judge_block(CandidateNumber candidate, CandidateDraws& draws, rules::DrawJudge& judge,
                     KeptDraws& kept, Counted& count) const {
        const std::size_t block = count.draws / lanes;
        const rules::DrawnCells& cells = draws.draw(block);
        const std::size_t in_world = worlds_ ? block % (worlds_->worlds() / lanes) : 0;
        if (worlds_ && block == in_world) {
            kept.keep(cells, prior_.evidence().cells_of(candidate).size(), block);
        }
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            bool listed = false;
            if (worlds_) {
                const std::size_t world = in_world * lanes + lane;
                const rules::DrawnLane own{&kept.block(in_world), lane};
                const rules::DrawnLane now =
                    block == in_world ? own : rules::DrawnLane{&cells, lane};
                listed = judge.lists(candidate, now, own, world);
                count.listed_in[world] += listed ? 1 : 0;
            } else {
                listed = judge.lists(candidate, {&cells, lane});
            }
            count.listed += listed ? 1 : 0;
        }
        count.draws += lanes;
    }

    const rules::BoundPack& pack_;
    const TerritoryPrior& prior_;
    const rules::ListingReads& reads_;
    unsigned threads_;
    std::size_t candidates_;
    DrawLimits limits_;
    std::unique_ptr<rules::DrawnWorlds> worlds_;
};

}  // namespace

std::optional<ListingProbabilities> listing_probabilities(
    const rules::BoundPack& pack, TerritoryPrior& prior,
    const std::function<bool(CandidateNumber)>& wanted, unsigned threads) {
    const rules::ListingReads reads = rules::listing_reads(pack);
    if (!reads.any()) return std::nullopt;
    std::vector<CandidateNumber> asked;
    const auto candidates = static_cast<CandidateNumber>(prior.evidence().candidates().size());
    for (CandidateNumber i = 0; i < candidates; ++i) {
        if (wanted(i)) asked.push_back(i);
    }
    ListingProbabilities all{.of = std::vector<std::optional<double>>(candidates)};
    if (asked.empty()) return all;

    const KindSet kinds = kinds_of(reads.indicators);
    prior.need(kinds);
    all.prior = prior.source(kinds);
    const auto judged = Simulation{pack, prior, reads, threads}.judged(asked);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        all.of[asked[i]] = judged[i].probability;
        all.draws = std::max(all.draws, static_cast<std::int64_t>(judged[i].draws));
        all.simulation_error = std::max(all.simulation_error, judged[i].error);
    }
    return all;
}

}  // namespace opora::identification
