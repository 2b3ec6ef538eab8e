#include "opora/statistics/partial_points.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "opora/base/expects.hpp"

namespace opora::statistics {

namespace {

constexpr std::uint32_t leaf_points = 12;

double square(double x) { return x * x; }

}  // namespace

/// One question: the best points so far and the trees that may hold better ones.
class PartialPoints::Search {
public:
    Search(Coordinates from, std::size_t count, double within, const Accept& accept)
        : from_{from}, count_{count}, within_{within}, accept_{accept} {}

    void visit(const Tree& tree, std::span<const double> weights, double shared_weight) {
        fields_.clear();
        for (std::uint32_t i = 0; i < tree.fields.size(); ++i) {
            const std::uint32_t field = tree.fields[i];
            if (from_[field]) fields_.push_back({i, *from_[field], weights[field] / shared_weight});
        }
        visit(tree, 0, bound(tree, 0));
    }

    std::vector<NearPoint> found() && {
        std::ranges::sort_heap(best_);
        return std::move(best_);
    }

private:
    struct Field {
        std::uint32_t number;  ///< Within the tree's fields.
        double from;
        double weight;  ///< Its part of the shared weight.
    };

    void visit(const Tree& tree, std::uint32_t number, double lower) {
        if (!worth(lower)) return;
        const Node& node = tree.nodes[number];
        if (node.right == 0) return take(tree, node);
        const std::uint32_t left = number + 1;
        const double to_left = bound(tree, left);
        const double to_right = bound(tree, node.right);
        if (to_left <= to_right) {
            visit(tree, left, to_left);
            visit(tree, node.right, to_right);
        } else {
            visit(tree, node.right, to_right);
            visit(tree, left, to_left);
        }
    }

    /// Whether a box at that squared distance may hold a better point; equal ones may have a
    /// smaller number. The margin covers the rounding of square roots.
    bool worth(double lower) const {
        constexpr double margin = 1 - 1e-12;
        const double limit =
            best_.size() < count_ ? within_ : std::min(within_, best_.front().distance);
        return lower * margin <= square(limit);
    }

    double bound(const Tree& tree, std::uint32_t node) const {
        const std::size_t base = node * tree.fields.size();
        double sum = 0;
        for (const Field& field : fields_) {
            const double low = tree.low[base + field.number] - field.from;
            const double high = field.from - tree.high[base + field.number];
            const double outside = std::max({low, high, 0.0});
            sum += field.weight * square(outside);
        }
        return sum;
    }

    void take(const Tree& tree, const Node& node) {
        for (std::uint32_t i = node.begin; i < node.end; ++i) {
            const double* values = tree.values.data() + i * tree.fields.size();
            double sum = 0;
            for (const Field& field : fields_) {
                sum += field.weight * square(values[field.number] - field.from);
            }
            const NearPoint point{std::sqrt(sum), tree.order[i]};
            if (point.distance > within_) continue;
            if (best_.size() == count_ && !(point < best_.front())) continue;
            if (!accept_(point.point)) continue;
            if (best_.size() == count_) {
                std::ranges::pop_heap(best_);
                best_.pop_back();
            }
            best_.push_back(point);
            std::ranges::push_heap(best_);
        }
    }

    Coordinates from_;
    std::size_t count_;
    double within_;
    const Accept& accept_;
    std::vector<Field> fields_;
    std::vector<NearPoint> best_;  ///< A heap with the worst in front.
};

PartialPoints::PartialPoints(Coordinates coordinates, std::vector<double> weights,
                             double shared_min)
    : weights_{std::move(weights)}, weight_min_{0} {
    OPORA_EXPECTS(!weights_.empty() && weights_.size() <= 64);
    OPORA_EXPECTS(coordinates.size() % weights_.size() == 0);
    weight_min_ = shared_min * weight_of(~std::uint64_t{0});
    std::map<std::uint64_t, std::vector<std::uint32_t>> patterns;
    const std::size_t points = coordinates.size() / weights_.size();
    for (std::uint32_t point = 0; point < points; ++point) {
        const auto own = coordinates.subspan(point * weights_.size(), weights_.size());
        patterns[known_of(own)].push_back(point);
    }
    for (auto& [known, members] : patterns) {
        Tree tree{.known = known, .order = std::move(members)};
        for (std::uint32_t field = 0; field < weights_.size(); ++field) {
            if ((known >> field) & 1u) tree.fields.push_back(field);
        }
        plant(tree, coordinates);
        trees_.push_back(std::move(tree));
    }
}

/// Coordinates of weight 0 are never known: they say nothing.
std::uint64_t PartialPoints::known_of(Coordinates point) const {
    std::uint64_t known = 0;
    for (std::size_t field = 0; field < weights_.size(); ++field) {
        if (point[field] && weights_[field] > 0) known |= std::uint64_t{1} << field;
    }
    return known;
}

double PartialPoints::weight_of(std::uint64_t known) const {
    double sum = 0;
    for (std::size_t field = 0; field < weights_.size(); ++field) {
        if ((known >> field) & 1u) sum += weights_[field];
    }
    return sum;
}

void PartialPoints::plant(Tree& tree, Coordinates coordinates) const {
    grow(tree, coordinates, 0, static_cast<std::uint32_t>(tree.order.size()));
    tree.values.reserve(tree.order.size() * tree.fields.size());
    for (const std::uint32_t point : tree.order) {
        for (const std::uint32_t field : tree.fields) {
            tree.values.push_back(*coordinates[point * weights_.size() + field]);
        }
    }
}

void PartialPoints::enclose(Tree& tree, Coordinates coordinates, std::uint32_t begin,
                            std::uint32_t end) const {
    for (const std::uint32_t field : tree.fields) {
        const auto value = [&](std::uint32_t i) {
            return *coordinates[tree.order[i] * weights_.size() + field];
        };
        double low = value(begin);
        double high = low;
        for (std::uint32_t i = begin + 1; i < end; ++i) {
            low = std::min(low, value(i));
            high = std::max(high, value(i));
        }
        tree.low.push_back(low);
        tree.high.push_back(high);
    }
}

/// Halves the points at the median of the coordinate in which they lie farthest apart.
std::uint32_t PartialPoints::grow(Tree& tree, Coordinates coordinates, std::uint32_t begin,
                                  std::uint32_t end) const {
    const auto number = static_cast<std::uint32_t>(tree.nodes.size());
    tree.nodes.push_back({begin, end, 0});
    enclose(tree, coordinates, begin, end);
    const std::size_t base = number * tree.fields.size();
    std::size_t widest = 0;
    double width = 0;
    for (std::size_t i = 0; i < tree.fields.size(); ++i) {
        const double own =
            weights_[tree.fields[i]] * square(tree.high[base + i] - tree.low[base + i]);
        if (own > width) {
            width = own;
            widest = i;
        }
    }
    if (end - begin <= leaf_points || width == 0) return number;
    const std::uint32_t middle = begin + (end - begin) / 2;
    const auto key = [&](std::uint32_t point) {
        return std::pair{*coordinates[point * weights_.size() + tree.fields[widest]], point};
    };
    std::ranges::nth_element(tree.order.begin() + begin, tree.order.begin() + middle,
                             tree.order.begin() + end, {}, key);
    grow(tree, coordinates, begin, middle);
    tree.nodes[number].right = grow(tree, coordinates, middle, end);
    return number;
}

std::optional<double> PartialPoints::distance(Coordinates x, Coordinates y) const {
    const std::uint64_t shared = known_of(x) & known_of(y);
    const double weight = weight_of(shared);
    if (shared == 0 || weight < weight_min_) return std::nullopt;
    double sum = 0;
    for (std::size_t field = 0; field < weights_.size(); ++field) {
        if ((shared >> field) & 1u) {
            sum += weights_[field] / weight * square(*y[field] - *x[field]);
        }
    }
    return std::sqrt(sum);
}

std::vector<NearPoint> PartialPoints::nearest(Coordinates from, std::size_t count, double within,
                                              const Accept& accept) const {
    OPORA_EXPECTS(from.size() == weights_.size());
    if (count == 0) return {};
    Search search{from, count, within, accept};
    const std::uint64_t known = known_of(from);
    for (const Tree& tree : trees_) {
        const double shared = weight_of(known & tree.known);
        if ((known & tree.known) == 0 || shared < weight_min_) continue;
        search.visit(tree, weights_, shared);
    }
    return std::move(search).found();
}

}  // namespace opora::statistics
