#include "opora/application/school_results.hpp"

namespace opora::application {

std::vector<std::optional<indicators::StandardResult>> school_results(
    const indicators::Evidence& evidence, model::SchoolYear year) {
    std::vector<std::optional<indicators::StandardResult>> results(evidence.schools().size());
    const indicators::StandardScores scores{evidence, year};
    const auto variance = indicators::standard_variance(scores);
    if (!variance) return results;
    for (const indicators::StandardResult& one : indicators::standard_results(scores, *variance)) {
        results[evidence.candidates()[one.candidate].school] = one;
    }
    return results;
}

}  // namespace opora::application
