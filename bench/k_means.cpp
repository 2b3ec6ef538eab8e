// k-means of 40 000 rows by 15 columns, ten starts, against R's kmeans (bench/k_means.R).
//
//   bench_k_means make FILE       writes the rows as little-endian doubles, column by column
//   bench_k_means fit FILE K      prints the seconds of k_means (`seconds`) and its `inertia`
#include "opora/statistics/k_means.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "opora/statistics/random.hpp"

namespace {

using namespace opora;

constexpr std::size_t rows = 40'000;
constexpr std::size_t columns = 15;
constexpr std::size_t kinds = 6;

/// Overlapping clouds, as conditions of schools are: no number of clusters is the obvious one.
void make(const std::string& path) {
    statistics::Random random{2024, statistics::text_key("bench k-means")};
    std::vector<double> centres(kinds * columns);
    for (double& value : centres) value = random.normal();
    std::vector<double> values(rows * columns);
    for (std::size_t i = 0; i < rows; ++i) {
        const auto kind = static_cast<std::size_t>(random.below(static_cast<int>(kinds)));
        for (std::size_t j = 0; j < columns; ++j) {
            values[j * rows + i] = centres[kind * columns + j] + random.normal();
        }
    }
    std::ofstream file{path, std::ios::binary};
    file.write(reinterpret_cast<const char*>(values.data()),
               static_cast<std::streamsize>(values.size() * sizeof(double)));
}

void fit(const std::string& path, std::size_t clusters) {
    std::vector<double> by_column(rows * columns);
    std::ifstream{path, std::ios::binary}.read(
        reinterpret_cast<char*>(by_column.data()),
        static_cast<std::streamsize>(by_column.size() * sizeof(double)));
    std::vector<double> values(rows * columns);
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < columns; ++j) {
            values[i * columns + j] = by_column[j * rows + i];
        }
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto found = statistics::k_means({values, columns}, {.clusters = clusters, .starts = 10});
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (!found) std::exit(1);
    std::cout << fmt::format("seconds: {:.4f}\ninertia: {:.3f}\nconverged: {}\n", took.count(),
                             found->inertia, found->converged ? 1 : 0);
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 2 && words[0] == "make") {
        make(words[1]);
        return 0;
    }
    if (words.size() == 3 && words[0] == "fit") {
        std::size_t clusters = 0;
        std::from_chars(words[2].data(), words[2].data() + words[2].size(), clusters);
        fit(words[1], clusters);
        return 0;
    }
    std::cerr << "bench_k_means make FILE | fit FILE K\n";
    return 2;
}
