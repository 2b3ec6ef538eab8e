#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "opora/rules/drawn_values.hpp"
#include "opora/rules/evaluator.hpp"
#include "opora/rules/ranking.hpp"

namespace opora::rules {

/// Whether a node depends on drawn values of the candidate's own cells.
bool reads_draws(const Program& program, NodeNumber number);

/// Draws of everybody at once, for packs that compare: the totals of territories, and the order of
/// the values that are ranked, in every world.
///
/// Posteriors of different candidates are independent, so that any draw of a candidate may be
/// judged in any world of the others; in a territory of thousands a few worlds tell what all the
/// others are like, and many draws of one candidate need no draws of everybody. A world is a number
/// of draw: that draw of each candidate. Values of cells are not kept: only sums and orders.
class DrawnWorlds {
public:
    /// Draws of any candidate by the number of their block; good until the next call.
    using Drawer =
        std::function<const DrawnCells&(indicators::CandidateNumber, std::uint64_t block)>;

    /// `drawers` makes a drawer for a thread of its own.
    DrawnWorlds(const Program& program, const std::array<bool, drawn_indicators>& drawn,
                std::size_t blocks, std::function<Drawer()> drawers, unsigned threads);

    std::size_t worlds() const { return blocks_ * statistics::lanes; }
    const DrawnTotals& totals() const { return totals_; }

    /// The place of the value of the point's draw among those of the others in its world.
    Rank rank(const RankCache::Key& key, const DrawnPoint& point);

private:
    /// Values in one world, sorted within groups.
    struct Order {
        std::vector<std::uint32_t> begin;  ///< By group; one more.
        std::vector<double> values;
        std::vector<std::uint32_t> place;  ///< By candidate: of its own value; none: it has no.
    };
    using Orders = std::vector<Order>;  ///< By world.

    void make_totals(const std::array<bool, drawn_indicators>& drawn);
    const Orders& orders(const RankCache::Key& key);
    Orders make_orders(const RankCache::Key& key);
    Order ordered(const RankCache::Key& key, std::span<const std::optional<double>> values) const;
    static Rank rank_in(const Order& order, std::uint32_t group, double value);
    static Rank rank_at(const Order& order, std::uint32_t group, std::uint32_t place);

    const Program& program_;
    std::size_t blocks_;
    std::function<Drawer()> drawers_;
    unsigned threads_;
    DrawnTotals totals_;
    std::map<RankCache::Key, Orders> orders_;  ///< Made before anybody is judged: read by all.
    std::mutex mutex_;
    std::map<RankCache::Key, Orders> later_;  ///< Only draws ask for these.
};

/// Ranks for the evaluation of one point after another: of draws where the ranked value depends on
/// them, else as measured.
class WorldRanks : public RankSource {
public:
    /// Without worlds for packs whose ranks do not depend on draws.
    WorldRanks(const Program& program, DrawnWorlds* worlds, const DrawnPoint& point)
        : measured_{program}, program_{program}, worlds_{worlds}, point_{point} {}

    Rank rank(NodeNumber node, model::SchoolYear year,
              const std::vector<indicators::ProcedureNumber>& bound,
              indicators::CandidateNumber candidate) const override;

private:
    TerritoryRanks measured_;
    const Program& program_;
    DrawnWorlds* worlds_;
    const DrawnPoint& point_;
};

}  // namespace opora::rules
