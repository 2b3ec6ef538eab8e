#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "opora/indicators/catalogue.hpp"
#include "opora/indicators/evidence.hpp"
#include "opora/rules/enrolment.hpp"
#include "opora/rules/number.hpp"
#include "opora/rules/pack.hpp"
#include "opora/rules/pooled_years.hpp"

namespace opora::rules {

using NodeNumber = std::uint32_t;
constexpr std::uint32_t none = UINT32_MAX;

/// Years are counted from here in tables: the earliest year that a window of the earliest year
/// could reach.
constexpr int table_year_first = 1950;
constexpr std::size_t table_years = 160;

inline std::size_t year_index(model::SchoolYear year) {
    return static_cast<std::size_t>(year.ending - table_year_first);
}

/// A filter of procedures against one evidence.
struct BoundSet {
    std::vector<std::uint8_t> member;  ///< By procedure.
    std::uint32_t grades =
        0;  ///< Bit g: grade g can take part; a school without any is not concerned.
    std::array<std::vector<indicators::ProcedureNumber>, table_years>
        expected;  ///< Sorted, by year.
    std::array<std::vector<indicators::ProcedureNumber>, table_years>
        members;  ///< Sorted, by year.
};

/// A span of years, its parameters resolved.
struct BoundWindow {
    int years = 1;
    int end_before = 0;  ///< 1: ends with the year before.
    YearWithoutProcedure without = YearWithoutProcedure::unknown;
    std::array<std::uint8_t, table_years> held{};  ///< Whether anybody held what the body asks for.
    std::vector<std::uint32_t> slots;  ///< Procedures bound outside, which must have been held too.
};

/// Values of territories for one indicator: imported ones outrank totals.
struct ReferenceTable {
    const indicators::ProcedureIndicator* indicator = nullptr;
    indicators::Scope scope = indicators::Scope::region;
    std::vector<std::uint32_t> row_of_school;  ///< none: the school has no such territory.
    std::size_t procedures = 0;
    std::vector<model::Measurement> values;  ///< [row * procedures + procedure].
    std::vector<std::uint8_t> computed;  ///< The same places: summed over schools, not imported.

    const model::Measurement* find(indicators::SchoolNumber school,
                                   indicators::ProcedureNumber procedure) const {
        const std::uint32_t row = row_of_school[school];
        return row == none ? nullptr : &values[row * procedures + procedure];
    }
};

/// One node of an expression with every name replaced by a number or a pointer.
struct Node {
    Operation operation = Operation::constant;
    Comparison comparison = Comparison::less;
    Aggregate aggregate = Aggregate::any;
    Type type;
    std::uint32_t parts = 0;  ///< First of its parts in Program::parts.
    std::uint32_t part_count = 0;
    std::uint32_t set = none;
    std::uint32_t slot = none;  ///< Bound procedure.
    std::uint32_t window = none;
    std::uint32_t reference = none;  ///< Indicators inside region(…).
    std::uint32_t code = none;       ///< Imported indicator or fact; rule number.
    std::uint32_t constant = none;
    /// A comparison of one measured ratio with one constant is decided in integers, without any
    /// rounding.
    bool ratio_with_constant = false;
    const indicators::ProcedureIndicator* indicator = nullptr;  ///< nullptr: bottom_quartile_share.
    const indicators::YearIndicator* year_indicator = nullptr;
    indicators::Scope scope = indicators::Scope::region;
    int years_before = 0;
    std::uint32_t grades = 0;                                     ///< Of `teaches`.
    std::array<std::uint8_t, table_years>* list_years = nullptr;  ///< in_list: years with a list.
    const Expression* source = nullptr;
};

/// The place of an object's value among those of its group.
struct Rank {
    bool known = false;
    std::uint32_t less = 0;
    std::uint32_t equal = 0;  ///< Itself included.
    std::uint32_t group = 0;  ///< Known values in the group.
};

/// Ranks are computed for everybody at once, when the first object asks.
struct RankCache {
    using Key = std::tuple<NodeNumber, int, std::vector<indicators::ProcedureNumber>>;
    std::recursive_mutex mutex;  ///< A ranked value may itself ask for a rank.
    std::map<Key, std::vector<Rank>> ranks;
};

/// All expressions of a pack bound to one evidence and year: what the evaluators walk over.
struct Program {
    const indicators::Evidence* evidence = nullptr;
    model::SchoolYear year;
    std::vector<Node> nodes;
    std::vector<NodeNumber> parts;
    std::vector<Approximate> constants;
    std::vector<base::Rational> exact_constants;
    std::vector<std::unique_ptr<BoundSet>> sets;
    std::vector<std::unique_ptr<BoundWindow>> windows;
    std::vector<ReferenceTable> references;
    std::vector<std::unique_ptr<std::array<std::uint8_t, table_years>>> lists;
    /// [year][procedure]: the same work in that year; filled for the years of the evidence.
    std::array<std::vector<indicators::ProcedureNumber>, table_years> same_work;
    /// [year]: numbers of the first procedure of the year and of the first behind it.
    std::array<std::pair<indicators::ProcedureNumber, indicators::ProcedureNumber>, table_years>
        procedures_of_year{};
    std::int64_t n_min = 1;
    SmallNumbers small = SmallNumbers::not_counted;
    MissingMembers missing_members = MissingMembers::unknown;
    unsigned marks_excluded = 0;      ///< indicators::Marks: results that carry one are unknown.
    std::vector<NodeNumber> applies;  ///< By rule; none: to everyone.
    std::vector<NodeNumber> rules;
    NodeNumber listing = none;
    /// A list that only data of earlier years could decide is decided without them: nobody.
    bool one_year_lists_nobody = false;
    NodeNumber watch = none;
    NodeNumber exit = none;
    std::uint32_t excluded_types = 0;  ///< A bit for every model::SchoolType that is left out.
    EnrolledPupils enrolled;
    std::vector<std::uint8_t> ranked;  ///< By candidate: takes part in comparisons of its group.
    std::unique_ptr<RankCache> rank_cache;
    const PooledYears* pooled = nullptr;  ///< What `evidence` was made of, where years are pooled.
};

/// Replaces names by numbers for one evidence and year. The pack outlives the program.
Program bind(const Pack& pack, const indicators::Evidence& evidence, model::SchoolYear year);

}  // namespace opora::rules
