// Clusters of rows: k-means, Ward, silhouette, agreement, stability. Reference numbers: R 4.2.2,
// stats::kmeans (200 starts), stats::hclust «ward.D2», cluster::silhouette, on scale(USArrests).

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "opora/statistics/cluster_stability.hpp"
#include "opora/statistics/k_means.hpp"
#include "opora/statistics/partition_agreement.hpp"
#include "opora/statistics/random.hpp"
#include "opora/statistics/silhouette.hpp"
#include "opora/statistics/us_arrests.hpp"
#include "opora/statistics/ward.hpp"

namespace opora::statistics {

namespace {

using Labels = std::vector<std::uint32_t>;

std::vector<std::size_t> sizes_of(const Labels& labels) {
    std::vector<std::size_t> sizes(std::size_t{*std::ranges::max_element(labels)} + 1);
    for (const std::uint32_t label : labels) ++sizes[label];
    return sizes;
}

/// `groups` clouds of `each` rows, far apart, on two columns.
std::vector<double> clouds(std::size_t groups, std::size_t each, std::uint64_t seed) {
    Random random{seed, text_key("clouds")};
    std::vector<double> values;
    for (std::size_t i = 0; i < groups * each; ++i) {
        values.push_back(20 * static_cast<double>(i % groups) + random.normal());
        values.push_back(random.normal());
    }
    return values;
}

std::vector<double> shuffled(const std::vector<double>& values, std::size_t columns,
                             std::uint64_t seed, std::vector<std::uint32_t>& order) {
    order.resize(values.size() / columns);
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    Random random{seed};
    for (std::size_t i = order.size(); i > 1; --i) {
        std::swap(order[i - 1],
                  order[static_cast<std::size_t>(random.below(static_cast<std::int32_t>(i)))]);
    }
    return taken({values, columns}, order);
}

}  // namespace

TEST_CASE("k-means: inertia and sizes are those of R's kmeans") {
    const std::vector<double> values = testing::scaled_arrests();
    const Rows rows{values, 4};
    struct Row {
        std::size_t clusters;
        double inertia;
        std::vector<std::size_t> sizes;
    };
    for (const Row& row :
         {Row{2, 102.8624004944, {30, 20}}, Row{3, 78.3232689710, {20, 17, 13}},
          Row{4, 56.4031734583, {16, 13, 13, 8}}, Row{5, 48.9442031898, {12, 11, 10, 10, 7}}}) {
        CAPTURE(row.clusters);
        const auto found = k_means(rows, {.clusters = row.clusters, .starts = 50});
        REQUIRE(found);
        CHECK(found->converged);
        CHECK(found->inertia == doctest::Approx(row.inertia).epsilon(1e-9));
        CHECK(sizes_of(found->labels) == row.sizes);
    }
}

TEST_CASE("k-means: a fixed point of Lloyd's algorithm, whatever the bounds spared") {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
        const std::vector<double> values = clouds(4, 40, seed);
        const Rows rows{values, 2};
        const auto found = k_means(rows, {.clusters = 7, .starts = 3, .seed = seed});
        REQUIRE(found);
        CAPTURE(seed);
        for (std::size_t i = 0; i < rows.count(); ++i) {
            CHECK(nearest_centre(rows.row(i), found->centres) == found->labels[i]);
        }
    }
}

TEST_CASE("k-means: any order of rows gives the same clusters bit for bit") {
    rc::check("permuted rows", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1000000);
        const std::vector<double> values = clouds(3, 15, seed);
        std::vector<std::uint32_t> order;
        const std::vector<double> other = shuffled(values, 2, seed, order);
        const auto a = k_means({values, 2}, {.clusters = 4, .starts = 3, .seed = seed});
        const auto b = k_means({other, 2}, {.clusters = 4, .starts = 3, .seed = seed});
        RC_ASSERT(a->inertia == b->inertia);
        RC_ASSERT(a->centres == b->centres);
        for (std::size_t i = 0; i < order.size(); ++i) {
            RC_ASSERT(b->labels[i] == a->labels[order[i]]);
        }
    });
}

TEST_CASE("k-means: a cluster for every different row, and refusals with their reasons") {
    const std::vector<double> values{1, 1, 1, 5, 5, 9};
    const auto all = k_means({values, 1}, {.clusters = 3});
    REQUIRE(all);
    CHECK(all->inertia == 0);
    CHECK(all->labels == Labels{0, 0, 0, 1, 1, 2});
    CHECK(k_means({values, 1}, {.clusters = 4}).error().code == "clusters_few_distinct");
    CHECK(k_means({values, 1}, {.clusters = 7}).error().code == "clusters_too_many");
    CHECK(k_means({values, 1}, {.clusters = 0}).error().code == "clusters_none");
    CHECK(k_means({{}, 1}, {.clusters = 1}).error().code == "clusters_too_many");
    const auto one = k_means({values, 1}, {.clusters = 1});
    CHECK(one->centres[0] == doctest::Approx(22.0 / 6));
}

TEST_CASE("Ward: heights and cuts are those of R's hclust with ward.D2") {
    const std::vector<double> values = testing::scaled_arrests();
    const auto tree = ward({values, 4});
    REQUIRE(tree);
    REQUIRE(tree->merges.size() == 49);
    const std::array<double, 5> first{0.2058538572, 0.3502187566, 0.4287711724, 0.4940831878,
                                      0.5353892557};
    const std::array<double, 10> last{2.2421782239, 2.7145543208, 2.9932892252, 3.0250236169,
                                      3.2107134626, 3.4960481144, 3.7341154783, 6.4618664416,
                                      7.1881893464, 13.5162423507};
    for (std::size_t i = 0; i < first.size(); ++i) {
        CHECK(tree->merges[i].height == doctest::Approx(first[i]).epsilon(1e-9));
    }
    for (std::size_t i = 0; i < last.size(); ++i) {
        CHECK(tree->merges[39 + i].height == doctest::Approx(last[i]).epsilon(1e-9));
    }
    CHECK(sizes_of(*cut(*tree, 2)) == std::vector<std::size_t>{31, 19});
    CHECK(sizes_of(*cut(*tree, 3)) == std::vector<std::size_t>{19, 19, 12});
    CHECK(sizes_of(*cut(*tree, 4)) == std::vector<std::size_t>{19, 12, 12, 7});
}

TEST_CASE("Ward: heights are the growth of the sum of squares, and any order gives the same") {
    rc::check("permuted rows, sum of squares", [] {
        const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1000000);
        const std::vector<double> values = clouds(3, 8, seed);
        std::vector<std::uint32_t> order;
        const std::vector<double> other = shuffled(values, 2, seed, order);
        const auto a = ward({values, 2});
        const auto b = ward({other, 2});
        double squares = 0;
        for (std::size_t i = 0; i < a->merges.size(); ++i) {
            RC_ASSERT(a->merges[i].height == b->merges[i].height);
            squares += a->merges[i].height * a->merges[i].height / 2;
        }
        const auto whole = k_means({values, 2}, {.clusters = 1});
        RC_ASSERT(std::fabs(squares - whole->inertia) < 1e-9 * whole->inertia);
        const auto labels_a = *cut(*a, 3);
        const auto labels_b = *cut(*b, 3);
        for (std::size_t i = 0; i < order.size(); ++i) {
            RC_ASSERT(labels_b[i] == labels_a[order[i]]);
        }
    });
}

TEST_CASE("Ward: refused above its limit, equal rows, one row") {
    const std::vector<double> many(ward_rows_max + 1, 0);
    CHECK(ward({many, 1}).error().code == "ward_too_many_rows");
    CHECK(ward({{}, 1}).error().code == "ward_no_rows");
    const std::vector<double> equal(5, 2.0);
    const auto tree = ward({equal, 1});
    REQUIRE(tree);
    CHECK(tree->merges.back().height == 0);
    CHECK(cut(*tree, 2).error().code == "clusters_few_distinct");
    CHECK(cut(*tree, 6).error().code == "clusters_too_many");
    CHECK(cut(*ward({{equal.data(), 1}, 1}), 1).value() == Labels{0});
}

TEST_CASE("silhouette: that of R's package cluster, exact and sampled") {
    const std::vector<double> values = testing::scaled_arrests();
    const Rows rows{values, 4};
    const SilhouetteDistances distances{rows};
    struct Row {
        std::size_t clusters;
        double mean;
        double largest;  ///< Of the largest cluster.
    };
    for (const Row& row : {Row{2, 0.4084890326, 0.43354173}, Row{3, 0.3094312474, 0.26063191},
                           Row{4, 0.3396889143, 0.34331211}}) {
        const auto found = k_means(rows, {.clusters = row.clusters, .starts = 50});
        const auto width = distances.of(found->labels);
        REQUIRE(width);
        CHECK(width->mean == doctest::Approx(row.mean).epsilon(1e-9));
        CHECK(width->by_cluster[0] == doctest::Approx(row.largest).epsilon(1e-7));
        CHECK_FALSE(width->sampled);
    }
    CHECK_FALSE(distances.of(Labels(50, 0)));

    const std::vector<double> far_apart = clouds(3, 200, 1);
    const SilhouetteDistances sample{{far_apart, 2}, 100};
    const auto labels = k_means({far_apart, 2}, {.clusters = 3})->labels;
    const auto width = sample.of(labels);
    CHECK(width->sampled);
    CHECK(width->rows == 100);
    const double exact = SilhouetteDistances{{far_apart, 2}}.of(labels)->mean;
    CHECK(std::fabs(width->mean - exact) < 0.03);
}

TEST_CASE("adjusted Rand index: worked by hand, identity, renumbering") {
    // Pairs together in a: 6 + 1, in b: 1 + 6, in both: 1 + 1 + 1, of 15 pairs in all.
    const Labels a{0, 0, 0, 0, 1, 1};
    const Labels b{0, 0, 1, 1, 1, 1};
    const double together = 3;
    const double expected = 7.0 * 7.0 / 15;
    CHECK(*adjusted_rand(a, b) == doctest::Approx((together - expected) / (7 - expected)));
    CHECK(*adjusted_rand(a, a) == doctest::Approx(1));
    CHECK(*adjusted_rand(a, Labels{1, 1, 1, 1, 0, 0}) == doctest::Approx(1));
    CHECK_FALSE(adjusted_rand(Labels{0}, Labels{0}));
    CHECK_FALSE(adjusted_rand(Labels{0, 0}, Labels{0, 0}));
    CHECK(best_jaccard(a, b)[0] == doctest::Approx(0.5));
    CHECK(best_jaccard(a, b)[1] == doctest::Approx(0.5));
}

TEST_CASE("stability: high for the true number of clouds, lower for more") {
    const std::vector<double> values = clouds(3, 30, 7);
    const Rows rows{values, 2};
    const auto partition = [](const Rows& some, std::uint64_t draw) {
        std::vector<Labels> all;
        for (const std::size_t clusters : {3U, 6U}) {
            const auto found = k_means(some, {.clusters = clusters, .starts = 3, .seed = draw + 1});
            all.push_back(found ? found->labels : Labels{});
        }
        return all;
    };
    const auto whole = partition(rows, 0);
    const auto found = stability(rows, whole, partition, {.resamples = 10});
    CHECK(found[0].agreement == doctest::Approx(1));
    CHECK(found[0].resamples == 10);
    CHECK(found[1].agreement < 0.9);
    for (const double cluster : found[0].by_cluster) CHECK(cluster == doctest::Approx(1));
    const auto again = stability(rows, whole, partition, {.resamples = 10});
    CHECK(again[1].agreement == found[1].agreement);
}

}  // namespace opora::statistics
