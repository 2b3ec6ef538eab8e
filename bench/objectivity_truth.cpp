// Signs of non-objective assessment against planted truth, as the table of docs/statistics.md:
//
//   objectivity_truth SCHOOLS SEED_FIRST SEED_LAST [LEVEL_PERCENT] [INFLATED_PERCENT]
//
// One line per territory, their sum, and one line per sign.
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

void add(testing::ObjectivityCounts& all, const testing::ObjectivityCounts& one) {
    all.planted += one.planted;
    all.found += one.found;
    all.marked += one.marked;
    all.falsely += one.falsely;
    all.tested += one.tested;
    for (std::size_t i = 0; i < all.signs.size(); ++i) {
        all.signs[i].rows += one.signs[i].rows;
        all.signs[i].below_5 += one.signs[i].below_5;
        all.signs[i].below_1 += one.signs[i].below_1;
        all.signs[i].rare += one.signs[i].rare;
        all.signs[i].found += one.signs[i].found;
        all.signs[i].falsely += one.signs[i].falsely;
    }
}

void print(const std::string& name, const testing::ObjectivityCounts& counts) {
    std::cout << fmt::format("| {} | {} | {} | {} | {} | {} | {:.1f} % |\n", name, counts.tested,
                             counts.planted, counts.found, counts.marked, counts.falsely,
                             100 * counts.false_share());
}

}  // namespace

int main(int argc, char** argv) {
    const auto schools = static_cast<std::int32_t>(argument(argc, argv, 1, 500));
    const long first = argument(argc, argv, 2, 1);
    const long last = argument(argc, argv, 3, 10);
    const double level = static_cast<double>(argument(argc, argv, 4, 5)) / 100;
    const double inflated = static_cast<double>(argument(argc, argv, 5, 5)) / 100;

    testing::ObjectivityCounts all;
    std::cout
        << "| seed | schools tested | inflated | found | marked | honest among them | share |\n"
           "|---|---|---|---|---|---|---|\n";
    for (long seed = first; seed <= last; ++seed) {
        generation::TerritorySpec spec{.schools = schools,
                                       .seed = static_cast<std::uint64_t>(seed)};
        spec.shares.inflated = inflated;
        const auto territory = testing::generated_results(spec);
        const auto inspection = objectivity::inspect(
            {.evidence = territory.evidence, .details = territory.details, .year = spec.last},
            level);
        const auto counts = testing::count_objectivity(territory, inspection);
        print(std::to_string(seed), counts);
        add(all, counts);
    }
    print("all", all);
    std::cout << "\n| sign | honest rows | p <= 5 % | p <= 1 % | p <= 0.01 % | inflated schools | "
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
    return 0;
}
