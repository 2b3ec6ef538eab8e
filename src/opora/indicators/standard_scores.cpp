#include "opora/indicators/standard_scores.hpp"

#include <algorithm>
#include <cmath>

namespace opora::indicators {

namespace {

__extension__ using Wide = __int128;

/// Number, sum and sum of squares of whole results.
struct Moments {
    std::int64_t n = 0;
    std::int64_t sum = 0;
    std::int64_t squares = 0;

    void add(const Moments& other) {
        n += other.n;
        sum += other.sum;
        squares += other.squares;
    }
};

Moments moments_of_marks(const tally::CellCounts& counts) {
    Moments moments;
    for (std::int64_t i = 0; i < 4; ++i) {
        const std::int64_t count = counts.marks[static_cast<std::size_t>(i)];
        const std::int64_t mark = i + 2;
        moments.add({count, count * mark, count * mark * mark});
    }
    return moments;
}

ProcedureScale scale_of(const Moments& all) {
    if (all.n == 0) return {};
    const auto n = static_cast<double>(all.n);
    const double mean = static_cast<double>(all.sum) / n;
    // n Q - S² in integers: exact where the difference of two large doubles would not be.
    const Wide spread =
        static_cast<Wide>(all.n) * all.squares - static_cast<Wide>(all.sum) * all.sum;
    return {all.n, mean, std::sqrt(static_cast<double>(spread)) / n};
}

/// Results of the main period of works that the school does not mark for itself: yearly marks and
/// its own assessment compare teachers' strictness, ГВЭ and retakes compare selected pupils.
bool compares_schools(const model::Procedure& procedure) {
    using model::ProcedureType;
    return procedure.period == model::Period::main && procedure.type != ProcedureType::annual &&
           procedure.type != ProcedureType::vsoko && procedure.type != ProcedureType::gve;
}

bool by_scores(const EvidenceCell& cell) { return cell.counts.scored > 0; }

Moments moments_of(const EvidenceCell& cell) {
    const tally::CellCounts& counts = cell.counts;
    if (!by_scores(cell)) return moments_of_marks(counts);
    return {counts.scored, counts.score_sum, counts.score_squares};
}

/// Counts of teachers' classes are multiplied by a weight, which is taken back here.
StandardCell standard_cell(const EvidenceCell& cell, const Moments& own,
                           const ProcedureScale& scale) {
    const auto weight = static_cast<double>(cell.weight);
    const double n = static_cast<double>(own.n) / weight;
    const double sum = static_cast<double>(own.sum) / weight;
    const double squares = static_cast<double>(own.squares) / weight;
    const double m = scale.mean;
    return {.candidate = cell.candidate,
            .procedure = cell.procedure,
            .n = own.n / cell.weight,
            .sum = (sum - n * m) / scale.deviation,
            .squares = (squares - 2 * m * sum + n * m * m) / (scale.deviation * scale.deviation)};
}

}  // namespace

StandardScores::StandardScores(const Evidence& evidence, model::SchoolYear year)
    : StandardScores{evidence, year, evidence} {}

StandardScores::StandardScores(const Evidence& evidence, model::SchoolYear year,
                               const Evidence& schools)
    : year_{year} {
    const std::size_t procedures = evidence.procedures().size();
    std::vector<Moments> scores(procedures);
    std::vector<Moments> marks(procedures);
    const auto wanted = [&](const EvidenceCell& cell) {
        const model::Procedure& procedure = evidence.procedures()[cell.procedure];
        return procedure.year == year && compares_schools(procedure);
    };
    for (const EvidenceCell& cell : schools.cells()) {
        if (!wanted(cell)) continue;
        (by_scores(cell) ? scores : marks)[cell.procedure].add(moments_of(cell));
    }
    for (const EvidenceCell& cell : evidence.cells()) {
        if (!wanted(cell)) continue;
        const auto scale = scale_of((by_scores(cell) ? scores : marks)[cell.procedure]);
        const Moments own = moments_of(cell);
        if (scale.comparable() && own.n >= cell.weight) {
            cells_.push_back(standard_cell(cell, own, scale));
        }
    }
    begins_.assign(evidence.candidates().size() + 1, 0);
    for (const StandardCell& cell : cells_) ++begins_[cell.candidate + 1];
    for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
}

std::span<const StandardCell> StandardScores::cells_of(CandidateNumber candidate) const {
    return std::span{cells_}.subspan(begins_[candidate],
                                     begins_[candidate + 1] - begins_[candidate]);
}

std::optional<StandardVariance> standard_variance(const StandardScores& scores) {
    double within = 0;
    double between = 0;
    std::int64_t pupils_free = 0;
    std::int64_t procedures_free = 0;
    double effective =
        0;  // Sum over candidates of N - (sum n²) / N: Searle's n0 times its freedom.
    for (CandidateNumber i = 0; i < scores.candidates(); ++i) {
        const auto cells = scores.cells_of(i);
        double n = 0;
        double sum = 0;
        double n_squares = 0;
        for (const StandardCell& cell : cells) {
            const auto size = static_cast<double>(cell.n);
            within += std::max(0.0, cell.squares - cell.sum * cell.sum / size);
            pupils_free += cell.n - 1;
            n += size;
            sum += cell.sum;
            n_squares += size * size;
        }
        if (cells.size() < 2) continue;
        for (const StandardCell& cell : cells) {
            const double apart = cell.mean() - sum / n;
            between += static_cast<double>(cell.n) * apart * apart;
        }
        procedures_free += std::ssize(cells) - 1;
        effective += n - n_squares / n;
    }
    if (pupils_free == 0) return std::nullopt;
    const double pupils = within / static_cast<double>(pupils_free);
    if (procedures_free == 0) return StandardVariance{pupils, 0};
    const double excess = between - static_cast<double>(procedures_free) * pupils;
    return StandardVariance{pupils, std::max(0.0, excess / effective)};
}

std::vector<StandardResult> standard_results(const StandardScores& scores,
                                             const StandardVariance& variance) {
    std::vector<StandardResult> results;
    for (CandidateNumber i = 0; i < scores.candidates(); ++i) {
        const auto cells = scores.cells_of(i);
        if (cells.empty()) continue;
        StandardResult result{.candidate = i,
                              .procedures = static_cast<std::int32_t>(cells.size())};
        double sum = 0;
        double spread = 0;  // Sum of n² (procedures + pupils / n), to be divided by N².
        for (const StandardCell& cell : cells) {
            const auto n = static_cast<double>(cell.n);
            result.results += cell.n;
            sum += cell.sum;
            spread += n * n * variance.procedures + n * variance.pupils;
        }
        const auto everyone = static_cast<double>(result.results);
        result.value = sum / everyone;
        result.standard_error = std::sqrt(spread) / everyone;
        results.push_back(result);
    }
    return results;
}

}  // namespace opora::indicators
