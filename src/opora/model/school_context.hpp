#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "opora/model/identifier.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

/// How the index of social well-being weighs its shares (docs/statistics/social-index.md).
enum class IndexMethod : std::uint8_t { equal, expert, component, regression };

/// The index is described twice in the source: by one share of a passport, and by four.
enum class IndexReading : std::uint8_t { four_shares, one_share };

/// What the results of a school are grouped by below the school. Pupils of a cohort write several
/// works, so that their results vary together (docs/decisions/0020-cohorts-in-the-model.md).
enum class ResultGrouping : std::uint8_t {
    cohort,     ///< Pupils who reach the same grade in the same year.
    procedure,  ///< One work of one year.
};

/// The result of a school against what its conditions let expect.
enum class ContextBand : std::uint8_t {
    unknown,   ///< Not judged; the reason is told.
    above,     ///< The whole 95 % interval of the school's effect lies above 0.
    expected,  ///< The interval holds 0.
    below,
};

/// Index of social well-being of a school: higher is more favourable.
struct SchoolIndex {
    std::optional<double> z;           ///< Standard deviations from the mean of reference schools.
    std::optional<double> percentile;  ///< 0..100 among the reference schools.
    double weight_known = 0;           ///< Share of the weights whose components are known.
    bool incomplete = false;           ///< Less than three quarters of the weight are known.
    std::string reason;                ///< Why there is no index; empty when there is one.

    friend bool operator==(const SchoolIndex&, const SchoolIndex&) = default;
};

/// Effect of a school in the contextual model, in standard deviations of pupils' results.
struct SchoolEffect {
    std::int64_t results = 0;  ///< Pupils' results, over all procedures.
    std::int32_t procedures = 0;
    std::optional<double> result;    ///< Mean standard score.
    std::optional<double> expected;  ///< What schools of such conditions have on average.
    std::optional<double> effect;    ///< Shrunken difference (BLUP).
    std::optional<double> se;
    std::optional<double> low;  ///< 95 % interval of the effect.
    std::optional<double> high;
    ContextBand band = ContextBand::unknown;
    std::string reason;  ///< Why there is no effect, or what it rests on; may be empty.

    friend bool operator==(const SchoolEffect&, const SchoolEffect&) = default;
};

/// All that is said of a school in its social context.
struct SchoolContext {
    SchoolId school;
    SchoolYear year;
    SchoolIndex index;
    SchoolEffect effect;

    friend bool operator==(const SchoolContext&, const SchoolContext&) = default;
};

/// `equal`, `expert`, `component`, `regression`.
std::string_view code(IndexMethod method);
std::string_view title(IndexMethod method);
std::optional<IndexMethod> index_method(std::string_view code);

/// `four`, `one`.
std::string_view code(IndexReading reading);
std::string_view title(IndexReading reading);
std::optional<IndexReading> index_reading(std::string_view code);

/// `cohort`, `procedure`.
std::string_view code(ResultGrouping grouping);
std::optional<ResultGrouping> result_grouping(std::string_view code);

/// `above`, `expected`, `below`, `unknown`.
std::string_view code(ContextBand band);
/// «значимо выше ожидаемого» …
std::string_view title(ContextBand band);

}  // namespace opora::model
