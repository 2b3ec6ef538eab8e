// From tallies to indicators and verdicts of a whole territory, timed inside the process.
//
//   bench_verdicts DIR PACKS_FOLDER YEAR all|threshold|probabilities
//
// `all` prints the seconds of reading the store (`load`), of every indicator of every school
// (`indicators`) and of the verdicts of every methodology (`verdicts`). `threshold` prints the
// median seconds from one changed threshold to the new list (`threshold`). `probabilities` prints
// the seconds of the probabilities of all methodologies, the estimate of the prior included.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "opora/application/evidence_loading.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/identification/listing_probability.hpp"
#include "opora/main/local_store.hpp"
#include "opora/rules/evaluate.hpp"
#include "opora/rules/listing_draws.hpp"

namespace {

using namespace opora;

constexpr int rounds = 3;  ///< Of a phase; the best one counts, the first warms the memory.
constexpr int threshold_changes = 21;

[[noreturn]] void fail(const std::string& message) {
    std::cerr << message << '\n';
    std::exit(1);
}

class Stopwatch {
public:
    /// Of all threads of the process: what a busy machine does not lengthen.
    double processor_seconds() const {
        return static_cast<double>(std::clock() - processor_begin_) / CLOCKS_PER_SEC;
    }
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::clock_t processor_begin_ = std::clock();
};

std::vector<rules::Pack> read_packs(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::vector<rules::Pack> packs;
    for (const auto& path : files) {
        std::ifstream file{path};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        auto pack = rules::parse_pack(text, path.filename().string());
        if (!pack) fail(path.string() + ": " + base::describe(pack.error().front()));
        packs.push_back(std::move(pack).value());
    }
    if (packs.empty()) fail("no methodology in " + folder.string());
    return packs;
}

/// Of the rounds, the fastest: what else the machine does only adds.
template <class Work>
double best_of(const Work& work) {
    double best = 0;
    for (int round = 0; round < rounds; ++round) {
        const Stopwatch watch;
        work();
        const double seconds = watch.seconds();
        best = round == 0 ? seconds : std::min(best, seconds);
    }
    return best;
}

std::int64_t listed(const std::vector<rules::Conclusion>& conclusions) {
    return std::ranges::count(conclusions, model::Verdict::listed, &rules::Conclusion::verdict);
}

void measure_all(const indicators::Evidence& evidence, const std::vector<rules::Pack>& packs,
                 model::SchoolYear year) {
    std::int64_t values = 0;
    double sum = 0;
    const double indicators_seconds = best_of([&] {
        values = 0;
        application::visit_indicators(
            evidence, {.year = year}, [&](const application::IndicatorRow& row) {
                ++values;
                sum += row.value;  // The compiler may not leave out what is used.
            });
    });
    std::int64_t all_listed = 0;
    const double verdict_seconds = best_of([&] {
        all_listed = 0;
        for (const rules::Pack& pack : packs) {
            all_listed += listed(rules::BoundPack{pack, evidence, year}.evaluate_all());
        }
    });
    fmt::print("values: {}\nsum: {}\nlisted: {}\nindicators: {:.5f}\nverdicts: {:.5f}\n", values,
               sum, all_listed, indicators_seconds, verdict_seconds);
}

void measure_probabilities(const indicators::Evidence& evidence,
                           const std::vector<rules::Pack>& packs, model::SchoolYear year) {
    identification::TerritoryPrior prior{evidence, year};
    const Stopwatch all;
    std::size_t with = 0;
    double prior_seconds = 0;
    for (const rules::Pack& pack : packs) {
        const Stopwatch watch;
        const rules::BoundPack bound{pack, evidence, year};
        const auto conclusions = bound.evaluate_all();
        const auto judged = [&](indicators::CandidateNumber i) {
            return conclusions[i].verdict != model::Verdict::excluded &&
                   conclusions[i].verdict != model::Verdict::unknown;
        };
        const Stopwatch prior_watch;
        for (indicators::CandidateNumber i = 0; i < conclusions.size(); ++i) {
            if (!judged(i)) continue;
            prior.need(identification::kinds_of(rules::listing_reads(bound).indicators));
            break;
        }
        prior_seconds += prior_watch.processor_seconds();
        const auto probabilities = identification::listing_probabilities(bound, prior, judged);
        if (!probabilities) continue;
        ++with;
        double sum = 0;
        std::int64_t count = 0;
        for (const auto& one : probabilities->of) {
            sum += one.value_or(0);
            count += one ? 1 : 0;
        }
        fmt::print(
            "{}: {:.5f} seconds, {:.5f} of processors, {} schools, expected on the list {:.1f}, "
            "error {:.4f}\n",
            pack.document.id, watch.seconds(), watch.processor_seconds(), count, sum,
            probabilities->simulation_error);
    }
    fmt::print("methodologies: {}\nprior: {:.5f}\nprocessors: {:.5f}\nprobabilities: {:.5f}\n",
               with, prior_seconds, all.processor_seconds(), all.seconds());
}

/// The ids of the listed schools, in order.
std::vector<model::SchoolId> list_of(const rules::Pack& pack, const indicators::Evidence& evidence,
                                     model::SchoolYear year) {
    const auto conclusions = rules::BoundPack{pack, evidence, year}.evaluate_all();
    std::vector<model::SchoolId> schools;
    for (std::uint32_t i = 0; i < conclusions.size(); ++i) {
        if (conclusions[i].verdict == model::Verdict::listed) {
            schools.push_back(evidence.school_of(i).id);
        }
    }
    return schools;
}

void measure_threshold(const indicators::Evidence& evidence, const rules::Pack& pack,
                       const std::string& parameter, model::SchoolYear year) {
    std::vector<double> seconds;
    std::size_t shortest = SIZE_MAX;
    std::size_t longest = 0;
    for (int change = 0; change < threshold_changes; ++change) {
        const Stopwatch watch;
        const auto changed =
            rules::with_parameter(pack, parameter, fmt::format("{} %", 20 + change));
        if (!changed) fail(base::describe(changed.error()));
        const auto schools = list_of(*changed, evidence, year);
        seconds.push_back(watch.seconds());
        shortest = std::min(shortest, schools.size());
        longest = std::max(longest, schools.size());
    }
    if (shortest == longest) fail("the list does not depend on " + parameter);
    std::ranges::sort(seconds);
    fmt::print("listed: {} {}\nthreshold: {:.5f}\n", shortest, longest,
               seconds[seconds.size() / 2]);
}

/// The first parameter that is a share: every shipped methodology that sets a threshold has one.
const rules::Parameter* share_parameter(const rules::Pack& pack) {
    const auto found = std::ranges::find_if(pack.parameters, [](const rules::Parameter& parameter) {
        const auto* quantity = std::get_if<rules::Quantity>(&parameter.value);
        return quantity != nullptr && quantity->unit == model::Unit::share &&
               quantity->value.value() > 0;
    });
    return found == pack.parameters.end() ? nullptr : &*found;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) fail("usage: bench_verdicts DIR PACKS_FOLDER YEAR all|threshold|probabilities");
    const std::string_view number = argv[3];
    model::SchoolYear year;
    std::from_chars(number.data(), number.data() + number.size(), year.ending);
    const auto packs = read_packs(argv[2]);

    const auto store = main::open_local_store(argv[1], ports::OpenMode::read);
    const Stopwatch watch;
    const auto loaded = application::load_evidence(*store);
    fmt::print("load: {:.5f}\npacks: {}\nschools: {}\ncells: {}\n", watch.seconds(), packs.size(),
               loaded.evidence.schools().size(), loaded.evidence.cells().size());

    if (std::string_view{argv[4]} == "all") {
        measure_all(loaded.evidence, packs, year);
        return 0;
    }
    if (std::string_view{argv[4]} == "probabilities") {
        measure_probabilities(loaded.evidence, packs, year);
        return 0;
    }
    const auto federal = std::ranges::find(
        packs, "federal-2025", [](const rules::Pack& pack) { return pack.document.id; });
    if (federal == packs.end()) fail("federal-2025 is not among the methodologies");
    const rules::Parameter* parameter = share_parameter(*federal);
    if (parameter == nullptr) fail("federal-2025 has no share among its parameters");
    measure_threshold(loaded.evidence, *federal, parameter->name, year);
}
