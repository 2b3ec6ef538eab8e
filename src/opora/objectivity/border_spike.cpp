#include "opora/objectivity/border_spike.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "opora/base/parallel.hpp"
#include "opora/statistics/count_tails.hpp"
#include "opora/statistics/log_linear.hpp"

namespace opora::objectivity {

namespace {

constexpr std::size_t worth_a_thread = 2000;
/// A curve whose expectation is unsure by more than this share says nothing.
constexpr double relative_error_max = 1.0;

struct Windows {
    std::vector<std::uint8_t> used;  ///< Scores that the curve is fitted to.
    std::vector<std::size_t> upper;
    std::vector<std::size_t> lower;
};

Windows windows_of(const Borders& borders, std::size_t scores) {
    constexpr std::uint8_t is_lower = 1;
    constexpr std::uint8_t is_upper = 2;
    std::vector<std::uint8_t> half(scores, 0);
    const auto add = [&](std::int32_t score, std::uint8_t which) {
        if (0 <= score && std::cmp_less(score, scores)) {
            auto& one = half[static_cast<std::size_t>(score)];
            one = static_cast<std::uint8_t>(one | which);
        }
    };
    for (const auto& border : borders.first_scores) {
        if (!border) continue;
        for (const std::int32_t below : {2, 1}) add(*border - below, is_lower);
        for (const std::int32_t above : {0, 1}) add(*border + above, is_upper);
    }
    Windows windows{std::vector<std::uint8_t>(scores, 0), {}, {}};
    for (std::size_t score = 0; score < scores; ++score) {
        if (half[score] == is_lower) windows.lower.push_back(score);
        if (half[score] == is_upper) windows.upper.push_back(score);
        const bool end = score == 0 || score + 1 == scores;
        windows.used[score] = half[score] == 0 && !end ? 1 : 0;
    }
    return windows;
}

std::int64_t counted(std::span<const std::int32_t> histogram,
                     const std::vector<std::size_t>& scores) {
    std::int64_t sum = 0;
    for (const std::size_t score : scores) sum += histogram[score];
    return sum;
}

/// Several works of one school are put together by adding up counts, expectations and variances.
struct Combined {
    std::int64_t upper = 0;
    std::int64_t lower = 0;
    double upper_expected = 0;
    double lower_expected = 0;
    double upper_variance = 0;    ///< Of the count, estimate included.
    double shifted_expected = 0;  ///< Of the upper half, given both halves together,
    double shifted_variance = 0;  ///< and its variance.

    void add(const SpikeCounts& one, double phi) {
        const double both = one.upper_expected + one.lower_expected;
        const double share = one.upper_expected / both;
        const auto total = static_cast<double>(one.upper + one.lower);
        upper += one.upper;
        lower += one.lower;
        upper_expected += one.upper_expected;
        lower_expected += one.lower_expected;
        upper_variance += phi * one.upper_expected + one.upper_variance;
        shifted_expected += total * share;
        shifted_variance += total * share * (1 - share) * phi + total * total * one.share_variance;
    }

    double z() const {
        return (static_cast<double>(upper) - upper_expected) / std::sqrt(upper_variance);
    }

    double shift_tail() const {
        const std::int64_t total = upper + lower;
        if (total < 2) return 1;
        const auto n = static_cast<double>(total);
        const double share = shifted_expected / n;
        const double plain = n * share * (1 - share);
        const double correlation = (shifted_variance / plain - 1) / (n - 1);
        return statistics::share_tail(upper, total, share, std::clamp(correlation, 0.0, 0.99));
    }

    double p() const {
        const double peak = statistics::count_tail(upper, upper_expected, upper_variance);
        return std::min(1.0, 2 * std::min(peak, shift_tail()));
    }
};

Row row_of(SchoolNumber school, ProcedureNumber procedure, const Combined& counts, std::int32_t n) {
    return {.school = school,
            .sign = ObjectivitySign::border_spike,
            .approximate = n < spike_participants_good,
            .procedure = procedure,
            .n = n,
            .observed = static_cast<float>(counts.upper),
            .expected = static_cast<float>(counts.upper_expected),
            .second_observed = static_cast<float>(counts.lower),
            .second_expected = static_cast<float>(counts.lower_expected),
            .statistic = static_cast<float>(counts.z()),
            .p = counts.p()};
}

bool has_scores(const model::Procedure& procedure, model::SchoolYear year) {
    using enum model::ProcedureType;
    return procedure.year == year && procedure.period == model::Period::main &&
           (procedure.type == vpr || procedure.type == oge);
}

/// A work on its way to a row.
struct Fitted {
    const DetailTable::Entry* entry = nullptr;
    std::int32_t n = 0;
    Untested untested = Untested::none;
    SpikeCounts counts;
};

Fitted fitted(const Material& material, const BorderTable& table, const DetailTable::Entry& entry) {
    Fitted one{.entry = &entry};
    const auto histogram = material.details.histogram(entry);
    one.n = std::accumulate(histogram.begin(), histogram.end(), std::int32_t{0});
    const Borders& borders = table.of(entry.school, entry.procedure);
    const EvidenceCell* cell = material.evidence.cell(entry.school, entry.procedure);
    if (one.n == 0 || cell == nullptr) {
        one.untested = Untested::no_scores;
    } else if (!borders.known()) {
        one.untested = Untested::no_scale;
    } else if (one.n < spike_participants_min) {
        one.untested = Untested::few_participants;
    } else if (const auto counts = count_spike(histogram, borders, cell->counts.score_max)) {
        one.counts = *counts;
    } else {
        one.untested = Untested::no_support;
    }
    return one;
}

/// How much wider than Poisson's the scores of a work scatter, by (group, procedure).
std::vector<double> dispersions(const Material& material, const std::vector<Fitted>& works) {
    const std::size_t procedures = material.evidence.procedures().size();
    const std::size_t regions = material.evidence.territories().size() + 1;
    std::vector<double> pearson(regions * procedures, 0);
    std::vector<double> freedom(regions * procedures, 0);
    const auto place = [&](const Fitted& work) {
        const auto region =
            material.evidence.territory(work.entry->school, indicators::Scope::region);
        return region * procedures + work.entry->procedure;
    };
    for (const Fitted& work : works) {
        if (work.untested != Untested::none) continue;
        pearson[place(work)] += work.counts.pearson;
        freedom[place(work)] += work.counts.freedom;
    }
    std::vector<double> phi;
    for (const Fitted& work : works) {
        const double free = freedom[place(work)];
        phi.push_back(free > 0 ? std::max(1.0, pearson[place(work)] / free) : 1.0);
    }
    return phi;
}

}  // namespace

std::optional<SpikeCounts> count_spike(std::span<const std::int32_t> histogram,
                                       const Borders& borders, std::int32_t score_max) {
    const auto scores = std::max(histogram.size(), static_cast<std::size_t>(score_max) + 1);
    std::vector<std::int32_t> counts(scores, 0);
    std::ranges::copy(histogram, counts.begin());
    const Windows windows = windows_of(borders, scores);
    if (windows.upper.empty() || windows.lower.empty()) return std::nullopt;
    const std::int32_t n = std::accumulate(counts.begin(), counts.end(), std::int32_t{0});
    const int degree = n < spike_participants_good ? 2 : 3;
    const auto curve = statistics::LogLinearCurve::fit(counts, windows.used, degree);
    if (!curve) return std::nullopt;
    const auto expected = curve->expected(windows.upper, windows.lower);
    SpikeCounts result{.upper = counted(counts, windows.upper),
                       .lower = counted(counts, windows.lower),
                       .upper_expected = expected.first,
                       .lower_expected = expected.second,
                       .upper_variance = expected.variance_first,
                       .pearson = curve->pearson(),
                       .freedom = curve->freedom()};
    const double u = expected.first;
    const double l = expected.second;
    const bool sure = u > 0 && l > 0 &&
                      std::sqrt(expected.variance_first) <= relative_error_max * u &&
                      std::sqrt(expected.variance_second) <= relative_error_max * l;
    if (!sure) return std::nullopt;
    // Delta method: d share = share (1 - share) (dU / U - dL / L).
    const double share = u / (u + l);
    const double logit = expected.variance_first / (u * u) + expected.variance_second / (l * l) -
                         2 * expected.covariance / (u * l);
    result.share_variance = share * share * (1 - share) * (1 - share) * std::max(0.0, logit);
    return result;
}

std::vector<Row> border_spikes(const Material& material) {
    const BorderTable borders{material};
    std::vector<const DetailTable::Entry*> entries;
    for (const auto& entry : material.details.entries()) {
        if (has_scores(material.evidence.procedures()[entry.procedure], material.year)) {
            entries.push_back(&entry);
        }
    }
    std::vector<Fitted> works(entries.size());
    base::in_parallel(works.size(), worth_a_thread, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) works[i] = fitted(material, borders, *entries[i]);
    });
    const std::vector<double> phi = dispersions(material, works);

    std::vector<Row> rows;
    for (std::size_t begin = 0; begin < works.size();) {
        const SchoolNumber school = works[begin].entry->school;
        Combined together;
        std::int32_t n = 0;
        int tested = 0;
        std::size_t i = begin;
        for (; i < works.size() && works[i].entry->school == school; ++i) {
            const Fitted& work = works[i];
            const ProcedureNumber procedure = work.entry->procedure;
            if (work.untested != Untested::none) {
                rows.push_back(untested(school, ObjectivitySign::border_spike, procedure,
                                        work.untested, work.n));
                continue;
            }
            Combined alone;
            alone.add(work.counts, phi[i]);
            together.add(work.counts, phi[i]);
            rows.push_back(row_of(school, procedure, alone, work.n));
            n += work.n;
            ++tested;
        }
        if (tested > 1) rows.push_back(row_of(school, indicators::nothing, together, n));
        begin = i;
    }
    return rows;
}

}  // namespace opora::objectivity
