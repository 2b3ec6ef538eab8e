#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace opora::statistics {

/// A point and how far away it is.
struct NearPoint {
    double distance = 0;
    std::uint32_t point = 0;

    friend auto operator<=>(const NearPoint&, const NearPoint&) = default;
};

/// Points some of whose coordinates are not known, and the search for the nearest ones.
///
///   d(x, y)² = sum over f of w_f (x_f - y_f)² / sum over f of w_f,  f known to both,
///
/// the mean square over the coordinates that both sides know (Gower 1971 treats unknown values so),
/// which does not grow with their number. Two points are compared only when those coordinates carry
/// at least `shared_min` of all weight; otherwise they have no distance.
///
/// Points with the same known coordinates make one k-d tree (Friedman, Bentley, Finkel 1977):
/// within it the coordinates that count are the same for all points, so that boxes bound the
/// distance exactly. The answer is that of comparing everything with everything.
class PartialPoints {
public:
    using Coordinates = std::span<const std::optional<double>>;
    using Accept = std::function<bool(std::uint32_t)>;

    /// `coordinates` row by row, `weights` >= 0 by coordinate; those of weight 0 do not count. At
    /// most 64 coordinates.
    PartialPoints(Coordinates coordinates, std::vector<double> weights, double shared_min);

    std::size_t dimensions() const { return weights_.size(); }

    /// The distance of two rows of coordinates, if they have one.
    std::optional<double> distance(Coordinates x, Coordinates y) const;

    /// The `count` nearest points no farther than `within` that are accepted, by distance and,
    /// where it is the same, by number.
    std::vector<NearPoint> nearest(Coordinates from, std::size_t count, double within,
                                   const Accept& accept) const;

private:
    struct Node {
        std::uint32_t begin = 0;  ///< Points of the subtree, in `order`.
        std::uint32_t end = 0;
        std::uint32_t right = 0;  ///< Number of the right child, the left one follows; 0: a leaf.
    };
    /// The points that know the same coordinates. Boxes and points hold the known ones only.
    struct Tree {
        std::uint64_t known = 0;
        std::vector<std::uint32_t> fields;  ///< Known coordinates of positive weight.
        std::vector<std::uint32_t> order;   ///< Point numbers, by leaves.
        std::vector<double> values;         ///< [order][field].
        std::vector<Node> nodes;
        std::vector<double> low;   ///< [node][field].
        std::vector<double> high;  ///< [node][field].
    };
    class Search;

    std::uint64_t known_of(Coordinates point) const;
    double weight_of(std::uint64_t known) const;
    void plant(Tree& tree, Coordinates coordinates) const;
    std::uint32_t grow(Tree& tree, Coordinates coordinates, std::uint32_t begin,
                       std::uint32_t end) const;
    void enclose(Tree& tree, Coordinates coordinates, std::uint32_t begin, std::uint32_t end) const;

    std::vector<double> weights_;
    double weight_min_;  ///< Of the coordinates that two points must share.
    std::vector<Tree> trees_;
};

}  // namespace opora::statistics
