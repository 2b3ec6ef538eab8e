// Pairing of 1,500 weak schools among 40,000: candidate search, assignment and proof, from schools
// in memory.
//
//   bench_pairing SCHOOLS WEAK [ARCS.csv]
//
// Schools are drawn: seven conditions with common parts as social passports have them, some
// unknown, results about half a standard deviation apart. Prints seconds and the proof; ARCS.csv
// gets the allowed pairs (school, leader, cost) for another solver.
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <string_view>

#include "opora/matching/propose.hpp"
#include "opora/statistics/random.hpp"

namespace {

using namespace opora;

constexpr std::size_t conditions = 7;

class Stopwatch {
public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

matching::PairingSchool drawn(int number, bool weak) {
    statistics::Random random{1, static_cast<std::uint64_t>(number)};
    matching::PairingSchool school{.id = {fmt::format("{:06}", number)}, .listed = weak};
    const double common = random.normal(weak ? -0.4 : 0, 1);
    for (std::size_t i = 0; i < conditions; ++i) {
        const double value = 0.6 * common + 0.8 * random.normal();
        school.conditions.push_back(random.chance(0.03) ? std::nullopt : std::optional{value});
    }
    const double result = weak ? random.uniform(-1.2, -0.7) : random.normal(0.1, 0.3);
    school.result = matching::Estimate{result, random.uniform(0.04, 0.15)};
    school.marked = random.chance(0.05);
    school.municipality = static_cast<std::uint32_t>(number / 25);
    school.distance_km = random.between(0, 60);
    return school;
}

int number_at(const char* text) {
    int number = 0;
    const std::string_view digits{text};
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

void write_arcs(matching::CandidateSearch& search, const matching::PairingRequest& request,
                const char* path) {
    std::FILE* file = std::fopen(path, "w");
    if (file == nullptr) return;
    std::fputs("school,leader,cost\n", file);
    for (const model::SchoolId& id : request.schools) {
        const auto& list = search.candidates(*search.find(id), 1);
        for (std::size_t k = 0; k < list.leaders.size(); ++k) {
            fmt::print(file, "{},{},{}\n", id.value,
                       search.schools()[list.leaders[k].point].id.value, list.costs[k]);
        }
    }
    std::fclose(file);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("bench_pairing SCHOOLS WEAK [ARCS.csv]\n", stderr);
        return 2;
    }
    const int schools = number_at(argv[1]);
    const int weak = number_at(argv[2]);
    std::vector<matching::PairingSchool> all;
    matching::PairingRequest request;
    for (int i = 0; i < schools; ++i) {
        const bool is_weak = static_cast<std::int64_t>(i) * weak % schools < weak;
        all.push_back(drawn(i, is_weak));
        if (is_weak) request.schools.push_back(all.back().id);
    }
    const Stopwatch watch;
    matching::CandidateSearch search{
        std::move(all), std::vector<double>(conditions, 1.0), {.capacity = 1}};
    const double planted = watch.seconds();
    const auto proposal = matching::propose(search, request);
    const double seconds = watch.seconds();
    fmt::print("weak: {}\ntrees: {:.5f}\nseconds: {:.5f}\npaired: {}\ncost: {}\nbound: {}\n",
               request.schools.size(), planted, seconds, proposal.proof.paired, proposal.proof.cost,
               proposal.proof.bound);
    fmt::print("greedy_paired: {}\ngreedy_cost: {}\n", proposal.proof.greedy_paired,
               proposal.proof.greedy_cost);
    if (argc > 3) write_arcs(search, request, argv[3]);
    return proposal.proof.cost == proposal.proof.bound ? 0 : 1;
}
