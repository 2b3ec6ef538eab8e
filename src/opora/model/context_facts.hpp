#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "opora/base/fraction.hpp"
#include "opora/model/identifier.hpp"
#include "opora/model/procedure.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

/// One number of a school and a year: the common shape of social passports, staff, resource and
/// contingent facts.
///
/// `fact` is a code of methodology/school_facts.yaml (`pupils`, `incomplete_families`,
/// `grade9_finishers`, `teachers_young` …), which gives the Russian heading, the unit, and the kind
/// of file that brings it. A fact that was not given has no row: missing is not zero.
struct SchoolFact {
    SchoolId school;
    SchoolYear year;
    std::string fact;
    base::Fraction value;

    friend bool operator==(const SchoolFact&, const SchoolFact&) = default;
};

/// What a fact counts, as methodology/school_facts.yaml says it.
struct FactDefinition {
    std::string code;
    std::string title;    ///< Russian, as a column heading.
    std::string part_of;  ///< Code of the whole that it cannot exceed; empty for none.

    friend bool operator==(const FactDefinition&, const FactDefinition&) = default;
};

/// A value of an indicator computed elsewhere (kind `indicators`).
struct ImportedIndicator {
    SchoolId school;
    SchoolYear year;
    IndicatorCode indicator;
    base::Fraction value;
    std::optional<std::int64_t> n;

    friend bool operator==(const ImportedIndicator&, const ImportedIndicator&) = default;
};

/// A reference value of a territory for one procedure: the regional mean that an order compares
/// with.
struct ReferenceValue {
    TerritoryId territory;
    Procedure procedure;
    IndicatorCode indicator;               ///< e.g. `score_share`, `mean_mark`, `quality`.
    base::Fraction value;                  ///< In the indicator's unit; shares as a fraction of 1.
    std::optional<base::Fraction> spread;  ///< Standard deviation between schools.
    std::optional<std::int64_t> n;

    friend bool operator==(const ReferenceValue&, const ReferenceValue&) = default;
};

/// An official sign of non-objective results (§3.1 form): one per school, year, subject and grade.
struct ObjectivityMarker {
    SchoolId school;
    SchoolYear year;
    SubjectCode subject;
    int grade = 0;
    bool marked = false;

    friend bool operator==(const ObjectivityMarker&, const ObjectivityMarker&) = default;
};

}  // namespace opora::model
