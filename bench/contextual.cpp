// Random-intercept model of a million pupils in ten thousand schools (bench/run.py, row
// contextual).
//
//   bench_contextual make FILE      writes the pupils as csv: school, y, intake, context
//   bench_contextual fit FILE       reads them, then times the pass over the rows and the fit
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "opora/statistics/random.hpp"
#include "opora/statistics/random_intercept.hpp"

using namespace opora;

namespace {

constexpr int schools = 10'000;
constexpr int rounds = 5;

[[noreturn]] void fail(const std::string& what) {
    fmt::print(stderr, "bench_contextual: {}\n", what);
    std::exit(1);
}

void make(const char* path) {
    std::FILE* file = std::fopen(path, "wb");
    if (file == nullptr) fail("cannot write");
    fmt::print(file, "school,y,intake,context\n");
    for (int school = 1; school <= schools; ++school) {
        statistics::Random random{{2024, static_cast<std::uint64_t>(school)}};
        const double context = random.normal();
        const double effect = 0.2 * context + random.normal(0, 0.3);
        const int pupils = random.between(50, 150);
        for (int pupil = 0; pupil < pupils; ++pupil) {
            const double intake = random.normal();
            fmt::print(file, "{},{:.6f},{:.6f},{:.6f}\n", school,
                       effect + 0.5 * intake + random.normal(0, 0.8), intake, context);
        }
    }
    std::fclose(file);
}

struct Pupils {
    std::vector<std::uint32_t> school;
    std::vector<double> y, intake, context;
};

double number(std::string_view& line) {
    double value = 0;
    const auto [end, wrong] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (wrong != std::errc{}) fail("not a number");
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    if (!line.empty()) line.remove_prefix(1);
    return value;
}

Pupils read(const char* path) {
    std::ifstream file{path};
    std::string text;
    if (!std::getline(file, text)) fail("cannot read");
    Pupils pupils;
    while (std::getline(file, text)) {
        std::string_view line{text};
        pupils.school.push_back(static_cast<std::uint32_t>(number(line)) - 1);
        pupils.y.push_back(number(line));
        pupils.intake.push_back(number(line));
        pupils.context.push_back(number(line));
    }
    return pupils;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void fit(const char* path) {
    const Pupils pupils = read(path);
    double pass = 1e9;
    double whole = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        statistics::GroupedSums sums{3};
        for (int school = 0; school < schools; ++school) sums.add_group();
        for (std::size_t i = 0; i < pupils.y.size(); ++i) {
            const double x[] = {1, pupils.intake[i], pupils.context[i]};
            sums.add(pupils.school[i], x, pupils.y[i]);
        }
        const double passed = seconds_since(begin);
        const auto fitted = fit_random_intercept(sums, statistics::Levels::groups);
        const double took = seconds_since(begin);
        if (!fitted) fail(fitted.error().message);
        pass = std::min(pass, passed);
        whole = std::min(whole, took);
        if (round + 1 < rounds) continue;
        fmt::print("rows: {}\npass: {:.6f}\nseconds: {:.6f}\n", fitted->rows, pass, whole);
        for (std::size_t k = 0; k < 3; ++k) {
            fmt::print("b{}: {:.12g}\nse{}: {:.12g}\n", k, fitted->fixed[k].estimate, k,
                       fitted->fixed[k].se);
        }
        double squares = 0;
        for (const auto& school : fitted->groups) squares += school->effect * school->effect;
        fmt::print("school_variance: {:.12g}\nresidual_variance: {:.12g}\nreml: {:.12g}\n",
                   fitted->group_variance, fitted->residual_variance, fitted->criterion);
        fmt::print("blup_squares: {:.12g}\n", squares);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) fail("usage: bench_contextual make|fit FILE");
    std::string_view{argv[1]} == "make" ? make(argv[2]) : fit(argv[2]);
}
