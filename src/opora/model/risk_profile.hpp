#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/base/fraction.hpp"
#include "opora/model/factor_review.hpp"
#include "opora/model/measurement.hpp"
#include "opora/model/questionnaire.hpp"
#include "opora/model/risk_factor.hpp"

namespace opora::model {

/// Levels that the ends of the intervals would give.
struct LevelRange {
    FactorLevel best = FactorLevel::low;
    FactorLevel worst = FactorLevel::low;

    friend bool operator==(const LevelRange&, const LevelRange&) = default;
};

/// One piece of evidence for a factor in a school: a number of the school, or the answers of a
/// group to a question. Texts of the catalogue are held by it alone: it must outlive the reading.
struct SignReading {
    std::string_view code;  ///< Of the sign or the question.
    std::string_view title;
    std::optional<RespondentGroup> group;  ///< For answers.
    bool official = false;                 ///< Answers of the school as an office.
    std::int32_t weight = 1;
    Measurement value;  ///< For answers: unfavourable of all answers.
    Unit unit = Unit::number;
    std::optional<double> interval_low;  ///< 95 %, of a share of people.
    std::optional<double> interval_high;
    std::optional<double> territory;  ///< The same of all compared schools pooled (or their mean).
    std::int64_t schools = 0;         ///< How many were compared, this one included.
    std::int64_t as_bad = 0;          ///< Of them, with a value at least as bad.
    std::optional<FactorLevel> level;
    LevelRange range;    ///< Only with a level.
    std::string reason;  ///< Russian: why there is no level, or why it is not higher.
};

/// What speaks for one factor in a school, and what a curator said of it.
struct FactorAssessment {
    FactorCode factor;
    std::optional<FactorLevel> computed;
    LevelRange range;      ///< Only with a computed level.
    base::Fraction index;  ///< 0..1, only with a computed level.
    std::string reason;    ///< Russian: why there is no level.
    std::int32_t signs_known = 0;
    std::int32_t signs = 0;
    std::optional<base::Fraction> facts_index;
    std::optional<base::Fraction> answers_index;
    bool sources_disagree = false;       ///< Numbers and answers say different things.
    bool groups_disagree = false;        ///< Groups of respondents do.
    std::vector<SignReading> basis;      ///< Empty where nobody asked for it.
    std::optional<FactorReview> review;  ///< The one in force.
    bool changed_since_review = false;   ///< The data now give another level than then.
    std::optional<FactorLevel> level;    ///< In force: the curator's, else the computed one.
    bool rejected = false;
};

/// The risk profile of a school: all factors of the catalogue in its order, and the school's own
/// combination of causes.
struct RiskProfile {
    SchoolId school;
    SchoolYear year;
    std::vector<FactorAssessment> factors;
    /// Numbers of the factors of middle and high significance, the heaviest first.
    std::vector<std::size_t> causes;
};

/// How a factor goes together with a result over the schools of a territory. Not a cause.
struct FactorAssociation {
    FactorCode factor;
    std::int64_t schools = 0;           ///< With both values.
    std::optional<double> correlation;  ///< Spearman's rank correlation.
    std::optional<double> low;          ///< 95 %.
    std::optional<double> high;
    std::optional<double> p_value;
    std::optional<double> adjusted;  ///< p after Benjamini and Hochberg.
    bool found = false;              ///< Adjusted p is within the false-discovery rate.
    std::string reason;              ///< Russian: why there is no number.
};

}  // namespace opora::model
