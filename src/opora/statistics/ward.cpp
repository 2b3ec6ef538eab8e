#include "opora/statistics/ward.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

namespace opora::statistics {

namespace {

/// Clusters by their number: that of one of their rows in canonical order.
class Chain {
public:
    explicit Chain(const Rows& rows)
        : n_{rows.count()}, sizes_(n_, 1), alive_(n_), distances_(n_ * n_, 0) {
        std::iota(alive_.begin(), alive_.end(), std::uint32_t{0});
        for (std::size_t i = 0; i < n_; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const double apart = squared_distance(rows.row(i), rows.row(j));
                distances_[i * n_ + j] = distances_[j * n_ + i] = apart;
            }
        }
    }

    std::vector<WardMerge> run() {
        std::vector<std::uint32_t> chain;
        while (alive_.size() > 1) {
            if (chain.empty()) chain.push_back(alive_.front());
            const std::uint32_t top = chain.back();
            const bool has_before = chain.size() > 1;
            const std::uint32_t before = has_before ? chain[chain.size() - 2] : top;
            const std::uint32_t next = nearest(top, before);
            if (has_before && next == before) {
                chain.resize(chain.size() - 2);
                merge(std::min(top, before), std::max(top, before));
            } else {
                chain.push_back(next);
            }
        }
        std::ranges::stable_sort(merges_, {}, &WardMerge::height);
        return std::move(merges_);
    }

private:
    double& between(std::size_t a, std::size_t b) { return distances_[a * n_ + b]; }

    /// The cluster before it in the chain, if none is nearer: otherwise a tie would go on forever.
    std::uint32_t nearest(std::uint32_t top, std::uint32_t before) {
        std::uint32_t best = before;
        double least = best == top ? std::numeric_limits<double>::max() : between(top, before);
        for (const std::uint32_t other : alive_) {
            if (other != top && between(top, other) < least) {
                least = between(top, other);
                best = other;
            }
        }
        return best;
    }

    void merge(std::uint32_t kept, std::uint32_t gone) {
        const double apart = between(kept, gone);
        merges_.push_back({kept, gone, std::sqrt(apart)});
        alive_.erase(std::ranges::lower_bound(alive_, gone));
        for (const std::uint32_t other : alive_) {
            if (other == kept) continue;
            const double all = sizes_[kept] + sizes_[gone] + sizes_[other];
            const double sum = (sizes_[kept] + sizes_[other]) * between(kept, other) +
                               (sizes_[gone] + sizes_[other]) * between(gone, other) -
                               sizes_[other] * apart;
            between(kept, other) = between(other, kept) = sum / all;
        }
        sizes_[kept] += sizes_[gone];
    }

    std::size_t n_;
    std::vector<double> sizes_;
    std::vector<std::uint32_t> alive_;  ///< Ascending.
    std::vector<double> distances_;     ///< Squared, times 2 a b / (a + b) of their sizes.
    std::vector<WardMerge> merges_;
};

base::Unexpected<base::Error> refused(const char* code, const char* message, std::size_t limit,
                                      std::size_t found) {
    return base::Unexpected{base::Error{.code = code,
                                        .message = message,
                                        .expected = "не больше " + std::to_string(limit),
                                        .found = std::to_string(found)}};
}

}  // namespace

base::Result<WardTree> ward(const Rows& rows) {
    if (rows.count() == 0) {
        return base::Unexpected{
            base::Error{.code = "ward_no_rows", .message = "нет ни одного объекта"}};
    }
    if (rows.count() > ward_rows_max) {
        return refused("ward_too_many_rows",
                       "метод Уорда хранит расстояния между всеми парами; для такого числа "
                       "объектов выберите метод k-средних",
                       ward_rows_max, rows.count());
    }
    WardTree tree{.rows = rows.count(), .merges = {}, .order = canonical_order(rows)};
    tree.distinct = distinct_rows(rows, tree.order);
    const std::vector<double> sorted = taken(rows, tree.order);
    tree.merges = Chain{{sorted, rows.columns}}.run();
    for (WardMerge& merge : tree.merges) {
        merge.left = tree.order[merge.left];
        merge.right = tree.order[merge.right];
    }
    return tree;
}

base::Result<std::vector<std::uint32_t>> cut(const WardTree& tree, std::size_t clusters) {
    if (clusters < 1) {
        return base::Unexpected{base::Error{.code = "clusters_none",
                                            .message = "число групп должно быть не меньше одной",
                                            .found = std::to_string(clusters)}};
    }
    if (clusters > tree.rows) {
        return refused("clusters_too_many", "групп больше, чем объектов", tree.rows, clusters);
    }
    if (clusters > tree.distinct) {
        return refused("clusters_few_distinct",
                       "групп больше, чем различных объектов: остальные повторяют их",
                       tree.distinct, clusters);
    }
    std::vector<std::uint32_t> root(tree.rows);
    std::iota(root.begin(), root.end(), std::uint32_t{0});
    const auto root_of = [&](std::uint32_t row) {
        while (root[row] != row) row = root[row] = root[root[row]];
        return row;
    };
    for (std::size_t i = 0; i + clusters < tree.rows; ++i) {
        root[root_of(tree.merges[i].right)] = root_of(tree.merges[i].left);
    }
    std::vector<std::uint32_t> labels(tree.rows);
    std::vector<std::uint32_t> number(tree.rows, UINT32_MAX);
    std::uint32_t count = 0;
    for (std::uint32_t row = 0; row < tree.rows; ++row) {
        std::uint32_t& own = number[root_of(row)];
        if (own == UINT32_MAX) own = count++;
        labels[row] = own;
    }
    return canonical_labels(labels, tree.order);
}

std::vector<double> cluster_means(const Rows& rows, const std::vector<std::uint32_t>& labels) {
    const std::size_t count =
        labels.empty() ? 0 : std::size_t{*std::ranges::max_element(labels)} + 1;
    std::vector<double> means(count * rows.columns, 0);
    std::vector<double> sizes(count, 0);
    for (const std::uint32_t i : canonical_order(rows)) {
        sizes[labels[i]] += 1;
        const auto row = rows.row(i);
        for (std::size_t j = 0; j < rows.columns; ++j) {
            means[labels[i] * rows.columns + j] += row[j];
        }
    }
    for (std::size_t i = 0; i < means.size(); ++i) means[i] /= sizes[i / rows.columns];
    return means;
}

}  // namespace opora::statistics
