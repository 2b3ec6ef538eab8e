#include "opora/objectivity/journal_gap.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "opora/statistics/count_tails.hpp"

namespace opora::objectivity {

namespace {

constexpr std::int32_t journaled_min = 20;
/// For counts to be near enough to a normal vector far out in its tails (Cochran 1954).
constexpr double expected_min = 5;

/// Pupils lowered, confirmed, raised.
using Kinds = std::array<double, 3>;

std::size_t kind_of(std::size_t mark, std::size_t journal) {
    return mark < journal ? 0 : mark == journal ? 1 : 2;
}

/// By mark of the work.
std::array<Kinds, 4> kinds_by_mark(const JournalTable& table) {
    std::array<Kinds, 4> kinds{};
    for (std::size_t mark = 0; mark < 4; ++mark) {
        for (std::size_t journal = 0; journal < 4; ++journal) {
            kinds[mark][kind_of(mark, journal)] += table[mark][journal];
        }
    }
    return kinds;
}

double total(const Kinds& kinds) { return kinds[0] + kinds[1] + kinds[2]; }

struct Compared {
    SchoolNumber school = 0;
    std::int32_t n = 0;
    Kinds observed{};
    Kinds expected{};
    double chi_square = 0;
    int degrees = 0;
};

/// A symmetric 3 x 3 matrix as rows.
using Matrix = std::array<Kinds, 3>;

/// (O - E)' V^-1 (O - E) over the kinds lowered and raised, or the one of them that occurs.
void test(Compared& one, const Matrix& variance) {
    const double low = one.observed[0] - one.expected[0];
    const double high = one.observed[2] - one.expected[2];
    const bool both = one.expected[0] >= expected_min && one.expected[2] >= expected_min;
    const double a = variance[0][0];
    const double b = variance[0][2];
    const double c = variance[2][2];
    const double determinant = a * c - b * b;
    if (both && determinant > 1e-9 * a * c) {
        one.degrees = 2;
        one.chi_square = (c * low * low - 2 * b * low * high + a * high * high) / determinant;
        return;
    }
    // One kind is too rare: confirmed against everything else.
    const double apart = one.observed[1] - one.expected[1];
    const double rest =
        std::accumulate(one.expected.begin(), one.expected.end(), 0.0) - one.expected[1];
    if (rest < expected_min || one.expected[1] < expected_min || variance[1][1] <= 0) return;
    one.degrees = 1;
    one.chi_square = apart * apart / variance[1][1];
}

Compared compared(SchoolNumber school, const std::array<Kinds, 4>& own,
                  const std::array<Kinds, 4>& region) {
    Compared one{.school = school};
    Matrix variance{};
    for (std::size_t mark = 0; mark < 4; ++mark) {
        const double n = total(own[mark]);
        if (n == 0) continue;
        one.n += static_cast<std::int32_t>(n);
        const double all = total(region[mark]);
        for (std::size_t i = 0; i < 3; ++i) {
            const double share = region[mark][i] / all;
            one.observed[i] += own[mark][i];
            one.expected[i] += n * share;
            for (std::size_t j = 0; j < 3; ++j) {
                variance[i][j] += n * share * ((i == j ? 1 : 0) - region[mark][j] / all);
            }
        }
    }
    test(one, variance);
    return one;
}

/// Correlation of two pupils of a school beyond chance: that of the median school.
double correlation_of(const std::vector<Compared>& schools) {
    // p of every school falls as rho falls; the median of P(X² < x / (1 + (n-1) rho)) is brought to
    // one half.
    const auto median = [&](double rho) {
        std::vector<double> below;
        for (const Compared& one : schools) {
            if (one.degrees == 0) continue;
            const double scaled = one.chi_square / (1 + (one.n - 1) * rho);
            below.push_back(1 - statistics::chi_square_tail(scaled, one.degrees));
        }
        const auto middle = below.begin() + std::ssize(below) / 2;
        std::ranges::nth_element(below, middle);
        return *middle;
    };
    if (median(0) <= 0.5) return 0;
    double low = 0;
    double high = 1;
    constexpr int halvings = 30;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2;
        (median(middle) > 0.5 ? low : high) = middle;
    }
    return high;
}

Row row_of(const Compared& one, ProcedureNumber procedure, double correlation) {
    const auto n = static_cast<double>(one.n);
    const double chi_square = one.chi_square / (1 + (n - 1) * correlation);
    return {.school = one.school,
            .sign = ObjectivitySign::journal_gap,
            .procedure = procedure,
            .n = one.n,
            .observed = static_cast<float>(one.observed[1] / n),
            .expected = static_cast<float>(one.expected[1] / n),
            .second_observed = static_cast<float>(one.observed[0] / n),
            .second_expected = static_cast<float>(one.expected[0] / n),
            .statistic = static_cast<float>(chi_square),
            .p = statistics::chi_square_tail(chi_square, one.degrees)};
}

using Entries = std::vector<const DetailTable::Entry*>;

/// Schools of one region in one work; all have a journal.
void add_rows(const Material& material, const Entries& entries, std::vector<Row>& rows) {
    std::array<Kinds, 4> region{};
    for (const auto* entry : entries) {
        const auto own = kinds_by_mark(*material.details.journal(*entry));
        for (std::size_t mark = 0; mark < 4; ++mark) {
            for (std::size_t i = 0; i < 3; ++i) region[mark][i] += own[mark][i];
        }
    }
    std::vector<Compared> schools;
    for (const auto* entry : entries) {
        const auto own = kinds_by_mark(*material.details.journal(*entry));
        Compared one = compared(entry->school, own, region);
        if (one.n < journaled_min) one.degrees = 0;
        schools.push_back(one);
    }
    const bool enough = std::ranges::count_if(schools, [](const Compared& one) {
                            return one.n >= journaled_min;
                        }) >= schools_min;
    const bool testable = std::ranges::find_if(schools, [](const Compared& one) {
                              return one.degrees > 0;
                          }) != schools.end();
    const double correlation = enough && testable ? correlation_of(schools) : 0;
    const ProcedureNumber procedure = entries.front()->procedure;
    for (const Compared& one : schools) {
        const Untested why = one.n < journaled_min ? Untested::few_participants
                             : !enough             ? Untested::few_schools
                             : one.degrees == 0    ? Untested::no_spread
                                                   : Untested::none;
        rows.push_back(why == Untested::none ? row_of(one, procedure, correlation)
                                             : untested(one.school, ObjectivitySign::journal_gap,
                                                        procedure, why, one.n));
    }
}

}  // namespace

std::vector<Row> journal_gaps(const Material& material) {
    std::map<std::pair<ProcedureNumber, std::uint32_t>, Entries> groups;
    std::vector<Row> rows;
    for (const auto& entry : material.details.entries()) {
        if (!is_vpr(material.evidence.procedures()[entry.procedure], material.year)) continue;
        if (material.details.journal(entry) == nullptr) {
            rows.push_back(untested(entry.school, ObjectivitySign::journal_gap, entry.procedure,
                                    Untested::no_journal));
            continue;
        }
        const auto region = material.evidence.territory(entry.school, indicators::Scope::region);
        groups[{entry.procedure, region}].push_back(&entry);
    }
    for (const auto& [key, entries] : groups) add_rows(material, entries, rows);
    return rows;
}

}  // namespace opora::objectivity
