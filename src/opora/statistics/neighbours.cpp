#include "opora/statistics/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "opora/base/expects.hpp"
#include "opora/base/parallel.hpp"

namespace opora::statistics {

namespace {

constexpr std::size_t leaf_rows = 32;

/// Rows of one pattern of known features. Nodes stand in depth-first order; a node's box is that of
/// its rows.
struct Node {
    std::size_t begin = 0;  ///< Places in `rows`.
    std::size_t end = 0;
    std::uint32_t right = 0;  ///< Node number; 0: a leaf. The left child follows its parent.
};

struct Tree {
    std::uint32_t known = 0;
    std::vector<std::uint32_t> rows;
    std::vector<Node> nodes;
    std::vector<double> boxes;              ///< By node: lows, then highs of all features.
    std::vector<double> points;             ///< By leaf: feature by feature, padded to `leaf_rows`.
    std::vector<std::size_t> points_begin;  ///< By node.
};

class TreeBuilder {
public:
    TreeBuilder(const PartialRows& rows, std::span<const double> scaled, Tree& tree)
        : rows_{rows}, scaled_{scaled}, tree_{tree} {}

    void build(std::size_t begin, std::size_t end) {
        const auto number = static_cast<std::uint32_t>(tree_.nodes.size());
        tree_.nodes.push_back({begin, end, 0});
        tree_.points_begin.push_back(tree_.points.size());
        const std::size_t split = add_box(begin, end);
        if (end - begin <= leaf_rows) {
            add_points(begin, end);
            return;
        }
        const std::size_t middle = begin + (end - begin) / 2;
        const auto at = [&](std::size_t place) {
            return tree_.rows.begin() + static_cast<std::ptrdiff_t>(place);
        };
        std::nth_element(at(begin), at(middle), at(end), [&](std::uint32_t a, std::uint32_t b) {
            const double x = value(a, split);
            const double y = value(b, split);
            return x != y ? x < y : a < b;
        });
        build(begin, middle);
        tree_.nodes[number].right = static_cast<std::uint32_t>(tree_.nodes.size());
        build(middle, end);
    }

private:
    double value(std::uint32_t row, std::size_t column) const {
        return scaled_[row * rows_.columns + column];
    }

    /// The box of these rows; the feature along which it is widest.
    std::size_t add_box(std::size_t begin, std::size_t end) {
        std::vector<double> low(rows_.columns, 0);
        std::vector<double> high(rows_.columns, 0);
        std::size_t widest = 0;
        for (std::size_t j = 0; j < rows_.columns; ++j) {
            low[j] = high[j] = value(tree_.rows[begin], j);
            for (std::size_t i = begin; i < end; ++i) {
                low[j] = std::min(low[j], value(tree_.rows[i], j));
                high[j] = std::max(high[j], value(tree_.rows[i], j));
            }
            if (high[j] - low[j] > high[widest] - low[widest]) widest = j;
        }
        tree_.boxes.insert(tree_.boxes.end(), low.begin(), low.end());
        tree_.boxes.insert(tree_.boxes.end(), high.begin(), high.end());
        return widest;
    }

    void add_points(std::size_t begin, std::size_t end) {
        for (std::size_t j = 0; j < rows_.columns; ++j) {
            for (std::size_t i = 0; i < leaf_rows; ++i) {
                const std::size_t place = std::min(begin + i, end - 1);
                tree_.points.push_back(value(tree_.rows[place], j));
            }
        }
    }

    const PartialRows& rows_;
    std::span<const double> scaled_;
    Tree& tree_;
};

struct Found {
    double squared = 0;
    std::uint32_t row = 0;
    float known_share = 0;

    friend auto operator<=>(const Found&, const Found&) = default;
};

/// Looks for the neighbours of one row after another.
class Search {
public:
    Search(const PartialRows& rows, std::span<const double> scaled, std::span<const Tree> trees,
           std::span<const double> weights, const NeighbourOptions& options)
        : rows_{rows},
          scaled_{scaled},
          trees_{trees},
          weights_{weights},
          options_{options},
          total_{std::accumulate(weights.begin(), weights.end(), 0.0)} {}

    std::vector<Neighbour> nearest(std::uint32_t row) {
        row_ = row;
        found_.clear();
        look_into(rows_.known[row]);
        for (const Tree& tree : trees_) {
            if (tree.known != rows_.known[row]) look_into(tree);
        }
        std::ranges::sort(found_);
        std::vector<Neighbour> result;
        result.reserve(found_.size());
        for (const Found& one : found_) {
            result.push_back({one.row, one.known_share, std::sqrt(one.squared)});
        }
        return result;
    }

private:
    /// Rows that know the same are most often the nearest: with them first, bounds are tight soon.
    void look_into(std::uint32_t known) {
        const auto own = std::ranges::lower_bound(trees_, known, {}, &Tree::known);
        look_into(*own);
    }

    void look_into(const Tree& tree) {
        const std::uint32_t shared = tree.known & rows_.known[row_];
        double weight = 0;
        features_.clear();
        for (std::size_t j = 0; j < rows_.columns; ++j) {
            if (((shared >> j) & 1u) == 0) continue;
            weight += weights_[j];
            features_.push_back(j);
        }
        if (features_.empty() || weight < options_.known_share_min * total_) return;
        scale_ = total_ / weight;
        share_ = static_cast<float>(weight / total_);
        descend(tree, 0, bound(tree, 0));
    }

    double own(std::size_t feature) const { return scaled_[row_ * rows_.columns + feature]; }

    double worst() const {
        return found_.size() < options_.count ? std::numeric_limits<double>::max()
                                              : found_.front().squared;
    }

    double bound(const Tree& tree, std::uint32_t node) const {
        const double* low = tree.boxes.data() + std::size_t{2} * node * rows_.columns;
        const double* high = low + rows_.columns;
        double sum = 0;
        for (const std::size_t j : features_) {
            const double x = own(j);
            const double out = std::max({low[j] - x, x - high[j], 0.0});
            sum += out * out;
        }
        return sum * scale_;
    }

    void descend(const Tree& tree, std::uint32_t number, double nearest) {
        // The margin keeps equally near rows, whose order is that of their numbers.
        if (nearest > worst() * (1 + 1e-12)) return;
        const Node& node = tree.nodes[number];
        if (node.right == 0) {
            look_at(tree, number);
            return;
        }
        const std::uint32_t left = number + 1;
        const double to_left = bound(tree, left);
        const double to_right = bound(tree, node.right);
        if (to_left <= to_right) {
            descend(tree, left, to_left);
            descend(tree, node.right, to_right);
        } else {
            descend(tree, node.right, to_right);
            descend(tree, left, to_left);
        }
    }

    void look_at(const Tree& tree, std::uint32_t number) {
        double sums[leaf_rows] = {};
        const double* points = tree.points.data() + tree.points_begin[number];
        for (const std::size_t j : features_) {
            const double x = own(j);
            const double* values = points + j * leaf_rows;
            for (std::size_t i = 0; i < leaf_rows; ++i) {
                sums[i] += (values[i] - x) * (values[i] - x);
            }
        }
        const Node& node = tree.nodes[number];
        for (std::size_t i = node.begin; i < node.end; ++i) {
            if (tree.rows[i] == row_) continue;
            offer({sums[i - node.begin] * scale_, tree.rows[i], share_});
        }
    }

    /// `found_` is a heap with the farthest first.
    void offer(const Found& one) {
        if (found_.size() < options_.count) {
            found_.push_back(one);
            std::ranges::push_heap(found_);
        } else if (one < found_.front()) {
            std::ranges::pop_heap(found_);
            found_.back() = one;
            std::ranges::push_heap(found_);
        }
    }

    const PartialRows& rows_;
    std::span<const double> scaled_;
    std::span<const Tree> trees_;
    std::span<const double> weights_;
    NeighbourOptions options_;
    double total_;
    std::uint32_t row_ = 0;
    double scale_ = 1;
    float share_ = 0;
    std::vector<std::size_t> features_;
    std::vector<Found> found_;
};

/// Values times the roots of the weights: the weighted distance becomes an ordinary one.
std::vector<double> scaled_values(const PartialRows& rows, std::span<const double> weights) {
    std::vector<double> scaled(rows.values.size(), 0);
    for (std::size_t i = 0; i < rows.count(); ++i) {
        for (std::size_t j = 0; j < rows.columns; ++j) {
            if (rows.knows(i, j)) {
                scaled[i * rows.columns + j] = rows.value(i, j) * std::sqrt(weights[j]);
            }
        }
    }
    return scaled;
}

std::vector<Tree> trees_of(const PartialRows& rows, std::span<const double> scaled) {
    std::map<std::uint32_t, std::vector<std::uint32_t>> patterns;
    for (std::uint32_t i = 0; i < rows.count(); ++i) patterns[rows.known[i]].push_back(i);
    std::vector<Tree> trees;
    for (auto& [known, numbers] : patterns) {
        Tree& tree = trees.emplace_back();
        tree.known = known;
        tree.rows = std::move(numbers);
        TreeBuilder{rows, scaled, tree}.build(0, tree.rows.size());
    }
    return trees;
}

}  // namespace

std::optional<Neighbour> partial_distance(const PartialRows& rows, std::span<const double> weights,
                                          std::uint32_t a, std::uint32_t b,
                                          double known_share_min) {
    const std::uint32_t shared = rows.known[a] & rows.known[b];
    double total = 0;
    double weight = 0;
    double sum = 0;
    for (std::size_t j = 0; j < rows.columns; ++j) {
        total += weights[j];
        if (((shared >> j) & 1u) == 0) continue;
        const double apart = rows.value(a, j) - rows.value(b, j);
        weight += weights[j];
        sum += weights[j] * apart * apart;
    }
    if (shared == 0 || weight < known_share_min * total) return std::nullopt;
    return Neighbour{b, static_cast<float>(weight / total), std::sqrt(sum * total / weight)};
}

std::vector<std::vector<Neighbour>> nearest_neighbours(const PartialRows& rows,
                                                       std::span<const double> weights,
                                                       const NeighbourOptions& options) {
    OPORA_EXPECTS(rows.columns <= 32 && weights.size() == rows.columns);
    std::vector<std::vector<Neighbour>> result(rows.count());
    if (options.count == 0) return result;
    const std::vector<double> scaled = scaled_values(rows, weights);
    const std::vector<Tree> trees = trees_of(rows, scaled);
    base::in_parallel(rows.count(), 300, [&](std::size_t begin, std::size_t end) {
        Search search{rows, scaled, trees, weights, options};
        for (std::size_t i = begin; i < end; ++i) {
            result[i] = search.nearest(static_cast<std::uint32_t>(i));
        }
    });
    return result;
}

}  // namespace opora::statistics
