#include "opora/statistics/k_means.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "opora/base/parallel.hpp"
#include "opora/statistics/random.hpp"

namespace opora::statistics {

namespace {

constexpr double far = std::numeric_limits<double>::max();

/// One start, over rows in canonical order.
class Start {
public:
    Start(const Rows& rows, const KMeansOptions& options, std::uint64_t number)
        : rows_{rows},
          n_{rows.count()},
          k_{options.clusters},
          iterations_max_{options.iterations_max},
          random_{options.seed, text_key("k-means"), number} {}

    KMeans run() {
        seed();
        assign_all();
        do lloyd();
        while (result_.converged && transfer());
        for (std::size_t i = 0; i < n_; ++i) {
            result_.inertia += squared_distance(rows_.row(i), centre(result_.labels[i]));
        }
        return std::move(result_);
    }

private:
    std::span<double> centre(std::size_t cluster) {
        return std::span{result_.centres}.subspan(cluster * rows_.columns, rows_.columns);
    }

    /// Every next centre is a row drawn with a probability that grows with its squared distance to
    /// the nearest of the centres before it.
    void seed() {
        result_.labels.assign(n_, 0);
        result_.centres.assign(k_ * rows_.columns, 0);
        std::vector<double> nearest(n_, far);
        auto chosen = static_cast<std::size_t>(random_.below(static_cast<std::int32_t>(n_)));
        for (std::size_t cluster = 0;; ++cluster) {
            std::ranges::copy(rows_.row(chosen), centre(cluster).begin());
            if (cluster + 1 == k_) return;
            double total = 0;
            for (std::size_t i = 0; i < n_; ++i) {
                nearest[i] = std::min(nearest[i], squared_distance(rows_.row(i), centre(cluster)));
                total += nearest[i];
            }
            double left = random_.uniform() * total;
            for (std::size_t i = 0; i < n_; ++i) {
                if (nearest[i] == 0) continue;
                chosen = i;
                left -= nearest[i];
                if (left < 0) break;
            }
        }
    }

    void lloyd() {
        move_centres();
        assign_all();
        result_.converged = false;
        while (!result_.converged && result_.iterations < iterations_max_) {
            ++result_.iterations;
            move_centres();
            if (!reassign()) result_.converged = !assign_all();
        }
        if (!result_.converged) move_centres();
    }

    /// Every row to its nearest centre, with exact bounds; whether any row moved.
    bool assign_all() {
        upper_.resize(n_);
        lower_.resize(n_);
        bool moved = false;
        for (std::size_t i = 0; i < n_; ++i) moved |= assign(i);
        return moved;
    }

    bool assign(std::size_t i) {
        double first = far;
        double second = far;
        std::uint32_t best = 0;
        for (std::uint32_t cluster = 0; cluster < k_; ++cluster) {
            const double apart = squared_distance(rows_.row(i), centre(cluster));
            if (apart < first) {
                second = first;
                first = apart;
                best = cluster;
            } else if (apart < second) {
                second = apart;
            }
        }
        upper_[i] = std::sqrt(first);
        lower_[i] = std::sqrt(second);
        const bool moved = result_.labels[i] != best;
        result_.labels[i] = best;
        return moved;
    }

    /// Centres become means; the bounds follow by how far centres went.
    void move_centres() {
        const std::vector<double> before = result_.centres;
        std::vector<std::size_t> sizes(k_, 0);
        for (const std::uint32_t label : result_.labels) ++sizes[label];
        for (std::uint32_t cluster = 0; cluster < k_; ++cluster) {
            if (sizes[cluster] == 0) fill_empty(cluster, sizes);
        }
        std::ranges::fill(result_.centres, 0.0);
        for (std::size_t i = 0; i < n_; ++i) {
            const auto row = rows_.row(i);
            const auto own = centre(result_.labels[i]);
            for (std::size_t j = 0; j < rows_.columns; ++j) own[j] += row[j];
        }
        std::vector<double> shifts(k_);
        for (std::size_t cluster = 0; cluster < k_; ++cluster) {
            for (double& value : centre(cluster)) value /= static_cast<double>(sizes[cluster]);
            const auto was = std::span{before}.subspan(cluster * rows_.columns, rows_.columns);
            shifts[cluster] = std::sqrt(squared_distance(centre(cluster), was));
        }
        const double farthest = std::ranges::max(shifts);
        for (std::size_t i = 0; i < n_; ++i) {
            upper_[i] += shifts[result_.labels[i]];
            lower_[i] -= farthest;
        }
    }

    void fill_empty(std::uint32_t cluster, std::vector<std::size_t>& sizes) {
        std::size_t farthest = n_;
        double distance = -1;
        for (std::size_t i = 0; i < n_; ++i) {
            if (sizes[result_.labels[i]] < 2) continue;
            const double apart = squared_distance(rows_.row(i), centre(result_.labels[i]));
            if (apart > distance) {
                distance = apart;
                farthest = i;
            }
        }
        --sizes[result_.labels[farthest]];
        result_.labels[farthest] = cluster;
        ++sizes[cluster];
        upper_[farthest] = far;
        lower_[farthest] = 0;
    }

    /// Hamerly's pass: a row is looked at only if its bounds do not prove that it stays.
    bool reassign() {
        std::vector<double> half_gap(k_, far);
        for (std::size_t a = 0; a < k_; ++a) {
            for (std::size_t b = 0; b < k_; ++b) {
                if (a == b) continue;
                const double gap = std::sqrt(squared_distance(centre(a), centre(b))) / 2;
                half_gap[a] = std::min(half_gap[a], gap);
            }
        }
        bool moved = false;
        for (std::size_t i = 0; i < n_; ++i) {
            const double bound = std::max(half_gap[result_.labels[i]], lower_[i]);
            if (upper_[i] <= bound) continue;
            upper_[i] = std::sqrt(squared_distance(rows_.row(i), centre(result_.labels[i])));
            if (upper_[i] > bound) moved |= assign(i);
        }
        return moved;
    }

    /// Single rows move where that lowers the inertia although their own centre is the nearest;
    /// needs exact bounds. Whether any moved.
    bool transfer() {
        std::vector<double> sizes(k_, 0);
        for (const std::uint32_t label : result_.labels) sizes[label] += 1;
        double drift = 0;  // No centre has gone farther since the bounds were exact.
        bool moved = false;
        for (std::size_t i = 0; i < n_; ++i) {
            const std::uint32_t own = result_.labels[i];
            if (sizes[own] < 2) continue;
            const double leaving = sizes[own] / (sizes[own] - 1);
            const double upper = upper_[i] + drift;
            const double lower = std::max(0.0, lower_[i] - drift);
            const double smallest = std::ranges::min(sizes);
            if (upper * upper * leaving <= lower * lower * smallest / (smallest + 1)) continue;
            const double gain = leaving * squared_distance(rows_.row(i), centre(own));
            const auto [other, loss] = cheapest_other(i, sizes);
            if (!(loss < gain * (1 - 1e-12))) continue;
            drift += move(i, other, sizes);
            moved = true;
        }
        return moved;
    }

    /// The other cluster whose sum of squares grows least by taking the row, and by how much.
    std::pair<std::uint32_t, double> cheapest_other(std::size_t i, std::span<const double> sizes) {
        std::pair<std::uint32_t, double> best{0, far};
        for (std::uint32_t cluster = 0; cluster < k_; ++cluster) {
            if (cluster == result_.labels[i]) continue;
            const double loss = sizes[cluster] / (sizes[cluster] + 1) *
                                squared_distance(rows_.row(i), centre(cluster));
            if (loss < best.second) best = {cluster, loss};
        }
        return best;
    }

    /// How far the farther of the two centres goes.
    double move(std::size_t i, std::uint32_t to, std::vector<double>& sizes) {
        const auto row = rows_.row(i);
        const std::uint32_t from = result_.labels[i];
        const auto left = centre(from);
        const auto joined = centre(to);
        const double away = std::sqrt(squared_distance(row, left)) / (sizes[from] - 1);
        const double near = std::sqrt(squared_distance(row, joined)) / (sizes[to] + 1);
        for (std::size_t j = 0; j < row.size(); ++j) {
            left[j] += (left[j] - row[j]) / (sizes[from] - 1);
            joined[j] += (row[j] - joined[j]) / (sizes[to] + 1);
        }
        sizes[from] -= 1;
        sizes[to] += 1;
        result_.labels[i] = to;
        return std::max(away, near);
    }

    const Rows& rows_;
    std::size_t n_;
    std::size_t k_;
    int iterations_max_;
    Random random_;
    KMeans result_;
    std::vector<double> upper_;  ///< Never below the distance to the own centre.
    std::vector<double> lower_;  ///< Never above the distance to the second nearest one.
};

/// Labels and centres by the caller's rows and in canonical numbers.
KMeans in_canonical_numbers(const KMeans& found, std::span<const std::uint32_t> order,
                            std::size_t columns) {
    KMeans result = found;
    for (std::size_t place = 0; place < order.size(); ++place) {
        result.labels[order[place]] = found.labels[place];
    }
    const std::vector<std::uint32_t> raw = result.labels;
    result.labels = canonical_labels(raw, order);
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const auto centre = std::span{found.centres}.subspan(raw[i] * columns, columns);
        std::ranges::copy(centre, result.centres.begin() +
                                      static_cast<std::ptrdiff_t>(result.labels[i] * columns));
    }
    return result;
}

}  // namespace

base::Result<base::Done> check_clusters(const Rows& rows, std::span<const std::uint32_t> order,
                                        std::size_t clusters) {
    if (clusters < 1) {
        return base::Unexpected{base::Error{.code = "clusters_none",
                                            .message = "число групп должно быть не меньше одной",
                                            .found = std::to_string(clusters)}};
    }
    if (clusters > rows.count()) {
        return base::Unexpected{base::Error{.code = "clusters_too_many",
                                            .message = "групп больше, чем объектов",
                                            .expected = "не больше " + std::to_string(rows.count()),
                                            .found = std::to_string(clusters)}};
    }
    const std::size_t distinct = distinct_rows(rows, order);
    if (clusters > distinct) {
        return base::Unexpected{
            base::Error{.code = "clusters_few_distinct",
                        .message = "групп больше, чем различных объектов: остальные повторяют их",
                        .expected = "не больше " + std::to_string(distinct),
                        .found = std::to_string(clusters)}};
    }
    return base::Done{};
}

base::Result<KMeans> k_means(const Rows& rows, const KMeansOptions& options) {
    const std::vector<std::uint32_t> order = canonical_order(rows);
    OPORA_TRY(check_clusters(rows, order, options.clusters));
    const std::vector<double> sorted = taken(rows, order);
    const Rows canonical{sorted, rows.columns};

    const auto starts = static_cast<std::size_t>(std::max(1, options.starts));
    std::vector<KMeans> found(starts);
    const std::size_t worth_a_thread = rows.count() < 500 ? starts : 1;
    base::in_parallel(starts, worth_a_thread, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) found[i] = Start{canonical, options, i}.run();
    });
    const auto best = std::ranges::min_element(found, {}, &KMeans::inertia);
    return in_canonical_numbers(*best, order, rows.columns);
}

std::uint32_t nearest_centre(std::span<const double> row, std::span<const double> centres) {
    std::uint32_t best = 0;
    double nearest = far;
    for (std::uint32_t i = 0; i * row.size() < centres.size(); ++i) {
        const double apart = squared_distance(row, centres.subspan(i * row.size(), row.size()));
        if (apart < nearest) {
            nearest = apart;
            best = i;
        }
    }
    return best;
}

}  // namespace opora::statistics
