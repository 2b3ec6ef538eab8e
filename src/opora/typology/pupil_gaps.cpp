#include "opora/typology/pupil_gaps.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "opora/statistics/jackknife.hpp"

namespace opora::typology {

namespace {

using indicators::SchoolNumber;

/// A pair of imported indicators.
struct Pair {
    std::string code;  ///< Of the group: «quality@special_needs».
    std::uint32_t group = 0;
    std::uint32_t others = 0;
};

std::vector<Pair> pairs_of(const indicators::Evidence& evidence) {
    std::vector<Pair> pairs;
    for (const std::string& code : evidence.imported_codes()) {
        const std::size_t sign = code.find('@');
        if (sign == std::string::npos || code.compare(sign + 1, 4, "not_") == 0) continue;
        const std::string other = code.substr(0, sign + 1) + "not_" + code.substr(sign + 1);
        const std::uint32_t others = evidence.imported_number(other);
        if (others != indicators::nothing) {
            pairs.push_back({code, evidence.imported_number(code), others});
        }
    }
    return pairs;
}

/// Pupils and sums of values of both sides.
struct Sides {
    double n[2] = {0, 0};
    double sum[2] = {0, 0};

    std::optional<double> gap(std::int64_t pupils_min) const {
        const auto least = static_cast<double>(std::max<std::int64_t>(pupils_min, 1));
        if (n[0] < least || n[1] < least) return std::nullopt;
        return sum[0] / n[0] - sum[1] / n[1];
    }
};

/// A pair in a year, dealt into the groups of the jackknife.
struct PairYear {
    std::vector<Sides> parts;
    std::int64_t schools = 0;

    Sides whole(std::size_t left_out) const {
        Sides all;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (i == left_out) continue;
            for (std::size_t side = 0; side < 2; ++side) {
                all.n[side] += parts[i].n[side];
                all.sum[side] += parts[i].sum[side];
            }
        }
        return all;
    }
};

PairYear pair_year(const indicators::Evidence& evidence, const Pair& pair, model::SchoolYear year,
                   std::span<const std::uint8_t> included) {
    const std::size_t schools = evidence.schools().size();
    PairYear result{std::vector<Sides>(statistics::jackknife_groups(schools))};
    for (SchoolNumber school = 0; school < schools; ++school) {
        if (!included.empty() && included[school] == 0) continue;
        const auto* own = evidence.imported(school, pair.group, year);
        const auto* others = evidence.imported(school, pair.others, year);
        if (own == nullptr || others == nullptr || !own->n || !others->n) continue;
        ++result.schools;
        Sides& sides = result.parts[school % result.parts.size()];
        for (std::size_t side = 0; side < 2; ++side) {
            const auto& value = side == 0 ? *own : *others;
            const auto n = static_cast<double>(*value.n);
            sides.n[side] += n;
            sides.sum[side] += n * value.value.value();
        }
    }
    return result;
}

std::vector<std::optional<double>> without_each(const PairYear& year, std::int64_t pupils_min) {
    std::vector<std::optional<double>> gaps;
    for (std::size_t i = 0; i < year.parts.size(); ++i) {
        // A group of the jackknife without any of these schools says nothing.
        const bool empty = year.parts[i].n[0] == 0 && year.parts[i].n[1] == 0;
        gaps.push_back(empty ? std::nullopt : year.whole(i).gap(pupils_min));
    }
    return gaps;
}

void put_interval(const std::optional<statistics::Estimate>& estimate, std::optional<double>& low,
                  std::optional<double>& high) {
    if (!estimate) return;
    low = estimate->low;
    high = estimate->high;
}

}  // namespace

std::vector<model::SpreadValue> imported_gaps(const indicators::Evidence& evidence,
                                              std::span<const model::SchoolYear> years,
                                              std::span<const std::uint8_t> included,
                                              std::int64_t pupils_min) {
    std::vector<model::SpreadValue> values;
    for (const Pair& pair : pairs_of(evidence)) {
        std::optional<double> before;
        std::vector<std::optional<double>> before_without;
        for (const model::SchoolYear school_year : years) {
            const PairYear year = pair_year(evidence, pair, school_year, included);
            const Sides whole = year.whole(year.parts.size());
            model::SpreadValue value{.code = pair.code,
                                     .title = "Разрыв: " + pair.code + " минус остальные",
                                     .year = school_year};
            value.schools = year.schools;
            value.results = static_cast<std::int64_t>(whole.n[0] + whole.n[1]);
            value.value = whole.gap(pupils_min);
            const auto without = without_each(year, pupils_min);
            if (value.value) {
                put_interval(statistics::jackknife(*value.value, without), value.low, value.high);
            } else {
                value.reason =
                    "в группе или вне её меньше учеников, чем " + std::to_string(pupils_min);
            }
            if (value.value && before) {
                value.change = *value.value - *before;
                std::vector<std::optional<double>> changes;
                for (std::size_t i = 0; i < without.size(); ++i) {
                    const bool both = without[i] && before_without[i];
                    changes.push_back(both ? std::optional{*without[i] - *before_without[i]}
                                           : std::nullopt);
                }
                put_interval(statistics::jackknife(*value.change, changes), value.change_low,
                             value.change_high);
            }
            before = value.value;
            before_without = without;
            values.push_back(std::move(value));
        }
    }
    return values;
}

}  // namespace opora::typology
