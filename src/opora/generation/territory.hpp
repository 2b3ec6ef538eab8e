#pragma once

#include <cstdint>
#include <vector>

#include "opora/generation/profile.hpp"
#include "opora/generation/school_results.hpp"
#include "opora/generation/staff.hpp"
#include "opora/generation/territory_spec.hpp"
#include "opora/model/context_facts.hpp"
#include "opora/model/territory.hpp"

namespace opora::generation {

/// The planted truth of a school in a year: one line of truth.csv.
struct Truth {
    std::int32_t school = 0;
    model::SchoolYear year;
    SchoolKind kind = SchoolKind::plain;
    Distortion distortion = Distortion::none;
    std::optional<double> fail_share;  ///< Nothing where the school held no procedure.
    /// The procedures of the year with their true failing probabilities: lines of true_shares.csv.
    std::vector<std::pair<const WorkForm*, double>> procedures;
};

/// All that one school brings.
struct SchoolOutput {
    SchoolProfile profile;
    std::vector<CellRows> cells;  ///< By year, then in the order of works(), then annual marks.
    std::vector<Truth> truth;     ///< One per year.
    std::vector<model::SchoolFact>
        facts;  ///< Social passport and contingent flow; some are missing.
};

/// A territory, made one school at a time: 40,000 schools never lie in memory together.
///
/// `school(i)` depends on the specification and on i alone, so that any number of threads may call
/// it in any order. docs/generator.md gives the model.
class Generator {
public:
    explicit Generator(const TerritorySpec& spec);

    const TerritorySpec& spec() const { return spec_; }
    std::vector<model::Territory> territories() const;
    /// 1 <= number <= spec().schools.
    SchoolOutput school(std::int32_t number, JournalMarks journal = JournalMarks::drawn) const;
    SchoolStaff staff(std::int32_t number) const;

private:
    TerritorySpec spec_;
    double size_scale_ = 1.0;
};

}  // namespace opora::generation
