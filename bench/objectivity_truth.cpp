// Signs of non-objective assessment against planted truth, as the table of docs/statistics.md:
//
//   objectivity_truth SCHOOLS SEED_FIRST SEED_LAST [LEVEL_PERCENT] [INFLATED_PERCENT]
//   [DISTORTED_PERCENT]
//
// One line per territory, their sum, one line per sign and, where results were distorted in other
// ways as well, one line per way: who was found, and by which signs.
#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "truth/objectivity_counts.hpp"

namespace {

using namespace opora;

long argument(int argc, char** argv, int place, long otherwise) {
    return place < argc ? std::strtol(argv[place], nullptr, 10) : otherwise;
}

void print(const std::string& name, const testing::ObjectivityCounts& counts) {
    std::cout << fmt::format("| {} | {} | {} | {} | {} | {} | {:.1f} % |\n", name, counts.tested,
                             counts.planted, counts.found, counts.marked, counts.falsely,
                             100 * counts.false_share());
}

void print_signs(const testing::ObjectivityCounts& all) {
    std::cout << "\n| sign | honest rows | p <= 5 % | p <= 1 % | p <= 0.01 % | distorted schools | "
                 "honest schools |\n"
                 "|---|---|---|---|---|---|---|\n";
    for (std::size_t i = 0; i < all.signs.size(); ++i) {
        const auto& sign = all.signs[i];
        const double rows = std::max(1.0, static_cast<double>(sign.rows));
        std::cout << fmt::format("| {} | {} | {:.2f} % | {:.2f} % | {:.4f} % | {} | {} |\n",
                                 model::code(static_cast<model::ObjectivitySign>(i)), sign.rows,
                                 100 * static_cast<double>(sign.below_5) / rows,
                                 100 * static_cast<double>(sign.below_1) / rows,
                                 100 * static_cast<double>(sign.rare) / rows, sign.found,
                                 sign.falsely);
    }
}

void print_ways(const testing::ObjectivityCounts& all) {
    std::cout << "\n| planted | schools tested | marked |";
    for (std::size_t i = 0; i < all.signs.size(); ++i) {
        std::cout << fmt::format(" {} |", model::code(static_cast<model::ObjectivitySign>(i)));
    }
    std::cout << "\n|---|---|---|---|---|---|---|---|---|---|\n";
    for (std::size_t i = 0; i < all.ways.size(); ++i) {
        const auto& way = all.ways[i];
        std::cout << fmt::format("| {} | {} | {} |", code(static_cast<generation::Distortion>(i)),
                                 way.planted, way.found);
        for (const std::int64_t schools : way.by_sign) std::cout << fmt::format(" {} |", schools);
        std::cout << '\n';
    }
}

}  // namespace

int main(int argc, char** argv) {
    const auto schools = static_cast<std::int32_t>(argument(argc, argv, 1, 500));
    const long first = argument(argc, argv, 2, 1);
    const long last = argument(argc, argv, 3, 10);
    const double level = static_cast<double>(argument(argc, argv, 4, 5)) / 100;
    const double inflated = static_cast<double>(argument(argc, argv, 5, 5)) / 100;

    const double distorted = static_cast<double>(argument(argc, argv, 6, 0)) / 100;

    testing::ObjectivityCounts all;
    double shares = 0;  // The false-discovery rate is the expectation of the share of a territory.
    std::cout
        << "| seed | schools tested | distorted | found | marked | honest among them | share |\n"
           "|---|---|---|---|---|---|---|\n";
    for (long seed = first; seed <= last; ++seed) {
        generation::TerritorySpec spec{.schools = schools,
                                       .seed = static_cast<std::uint64_t>(seed)};
        spec.shares.inflated = inflated;
        spec.distorted = distorted;
        const auto territory = testing::generated_results(spec);
        const auto inspection = objectivity::inspect(
            {.evidence = territory.evidence, .details = territory.details, .year = spec.last},
            level);
        const auto counts = testing::count_objectivity(territory, inspection);
        print(std::to_string(seed), counts);
        testing::add_counts(counts, all);
        shares += counts.false_share();
    }
    print("all", all);
    std::cout << fmt::format("\nMean share of honest schools among the marked: {:.2f} %\n",
                             100 * shares / static_cast<double>(last - first + 1));
    print_signs(all);
    if (distorted > 0) print_ways(all);
    return 0;
}
