#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "opora/matching/assignment.hpp"
#include "opora/model/pairing.hpp"
#include "opora/model/school.hpp"
#include "opora/statistics/partial_points.hpp"

namespace opora::matching {

/// A result on a scale common to all schools, with its standard error.
struct Estimate {
    double value = 0;
    double standard_error = 0;
};

/// What pairing must know of a school.
struct PairingSchool {
    model::SchoolId id;
    std::vector<std::optional<double>> conditions;  ///< In the order of the weights.
    std::optional<Estimate> result;
    bool listed = false;    ///< On the list of weak schools.
    bool unjudged = false;  ///< The methodology could not judge it: it may be weak itself.
    bool marked = false;    ///< Signs of non-objective results.
    bool closed = false;
    std::optional<std::int32_t> capacity;     ///< Its own, instead of that of the limits.
    std::uint32_t municipality = UINT32_MAX;  ///< UINT32_MAX: not known, like no other.
    std::optional<std::int32_t> distance_km;  ///< To the centre of the municipality.
    std::int32_t grade_low = 1;
    std::int32_t grade_high = 11;
    /// 0: ordinary; schools of a special type (evening, correctional …) pair within it only.
    std::uint8_t special_type = 0;
};

/// Leaders that a school may have, closest first. All that are closer than the last one are here;
/// with `complete` there are no others.
struct CandidateList {
    std::vector<statistics::NearPoint> leaders;
    std::vector<Cost> costs;  ///< Distances in millionths, rounded.
    bool complete = false;
};

/// Who may support whom.
///
/// Conditions are divided by their standard deviation over all schools; one that does not vary says
/// nothing and is left out. The way between two schools of one municipality is at most the sum of
/// their ways to its centre, which is all that is known; between municipalities it is not known.
class CandidateSearch {
public:
    /// Schools in any order: they are numbered here by their ids.
    CandidateSearch(std::vector<PairingSchool> schools, std::vector<double> weights,
                    const model::PairingLimits& limits);

    std::span<const PairingSchool> schools() const { return schools_; }  ///< Sorted by id.
    const model::PairingLimits& limits() const { return limits_; }
    std::optional<std::uint32_t> find(const model::SchoolId& id) const;
    std::int32_t capacity(std::uint32_t leader) const;

    /// The `count` closest leaders of a school. A longer list is found when it is asked for.
    const CandidateList& candidates(std::uint32_t school, std::size_t count);
    /// Finds lists of many schools at once, on all threads.
    void prepare(std::span<const std::uint32_t> schools, std::size_t count);

    /// The first thing that keeps two schools from being a pair.
    model::PairBar bar(std::uint32_t school, std::uint32_t leader) const;
    std::optional<double> distance(std::uint32_t school, std::uint32_t leader) const;
    std::optional<std::int32_t> way_km_max(std::uint32_t school, std::uint32_t leader) const;
    bool same_municipality(std::uint32_t school, std::uint32_t leader) const;
    bool may_lead(std::uint32_t leader) const;
    /// Whether enough of a school's conditions is known to be compared with a school of which all
    /// is known.
    bool conditions_known(std::uint32_t school) const;

    /// Conditions of weight that say nothing: unknown everywhere or the same everywhere.
    std::span<const std::size_t> idle_conditions() const { return idle_; }

    /// The cost of the caliper: no candidate costs more.
    Cost cost_max() const;

private:
    void standardise();
    CandidateList found(std::uint32_t school, std::size_t count) const;
    statistics::PartialPoints::Coordinates point(std::uint32_t school) const;
    model::PairBar leader_bar(std::uint32_t leader) const;
    /// Conditions on the pair beside its context.
    model::PairBar pair_bar(std::uint32_t school, std::uint32_t leader) const;
    model::PairBar place_bar(std::uint32_t school, std::uint32_t leader) const;
    bool same_kind(std::uint32_t school, std::uint32_t leader) const;
    bool much_higher(std::uint32_t school, std::uint32_t leader) const;

    std::vector<PairingSchool> schools_;
    std::vector<double> weights_;
    model::PairingLimits limits_;
    std::vector<std::size_t> idle_;
    std::vector<std::optional<double>> points_;  ///< [school][condition].
    std::vector<std::uint32_t> leaders_;         ///< Of the search tree's points.
    std::optional<statistics::PartialPoints> leader_points_;
    std::vector<std::optional<CandidateList>> lists_;  ///< By school.
};

/// Distances as costs.
constexpr double cost_units = 1e6;
Cost cost_of_distance(double distance);

}  // namespace opora::matching
