#pragma once

#include <optional>
#include <vector>

#include "opora/objectivity/material.hpp"

namespace opora::objectivity {

/// How the schools of a group did in one procedure: their means vary by chance (pupils) and beyond
/// it (schools), y_j ~ N(mean, between + within / n_j).
struct GroupModel {
    std::int64_t schools = 0;
    bool by_scores = true;  ///< Scores; marks where a procedure has none.
    double within = 0;      ///< Variance of pupils within a school, pooled.
    double between = 0;     ///< Variance of schools (DerSimonian and Laird).
    double mean = 0;        ///< Of schools, weighted by 1 / (between + within / n).
    double mean_variance = 0;
    double school_deviation = 0;  ///< Standard deviation of the observed school means.

    bool comparable() const { return schools >= schools_min && within > 0; }
};

/// The mean of one school in one procedure.
struct SchoolMean {
    std::int64_t n = 0;
    double mean = 0;
    double squares = 0;  ///< Sum of squared distances from the mean.
};

/// Group models of all procedures of some years.
///
/// Only schools with `participants_min` results make a model. `ordinary_only` leaves gymnasiums and
/// lyceums out of the groups.
class Standings {
public:
    struct Scope {
        model::SchoolYear first;
        model::SchoolYear last;
        bool ordinary_only = false;
        bool by_reference = false;  ///< Groups as the material asks; else regions.
    };
    Standings(const Material& material, const Scope& scope);

    const GroupModel& group(SchoolNumber school, ProcedureNumber procedure) const {
        return models_[place(school, procedure)];
    }
    /// None for a cell without the results that its group is compared by.
    static std::optional<SchoolMean> mean_of(const EvidenceCell& cell, bool by_scores);

    /// Distance of a school's mean from the group's in standard deviations of school means, and its
    /// sampling variance in that unit.
    struct Standing {
        double value = 0;
        double sampling = 0;
        std::int64_t n = 0;
    };
    /// Why there is none is in `untested`.
    struct Answer {
        std::optional<Standing> standing;
        Untested untested = Untested::none;
    };
    Answer standing(SchoolNumber school, ProcedureNumber procedure) const;

private:
    std::size_t place(SchoolNumber school, ProcedureNumber procedure) const;

    const Material& material_;
    Scope scope_;
    std::vector<GroupModel> models_;  ///< [group][procedure].
};

}  // namespace opora::objectivity
