#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "opora/base/error.hpp"
#include "opora/base/fraction.hpp"
#include "opora/model/identifier.hpp"
#include "opora/model/procedure.hpp"
#include "opora/model/questionnaire.hpp"
#include "opora/model/school_year.hpp"

namespace opora::model {

/// Whether a school can remove the cause by itself. An editable mark, not a finding: documents
/// differ in it.
enum class FactorSide : std::uint8_t { internal, external };

/// How much a factor matters in a school, in rising order.
enum class FactorLevel : std::uint8_t { low, middle, high };

/// A number of a school that speaks for a factor.
struct FactorSign {
    enum class Kind : std::uint8_t {
        fact,        ///< A fact of the school, over another one if `per` is given.
        indicator,   ///< An indicator of a school in a year.
        procedures,  ///< A share of participants pooled over the procedures of the year.
        imported,    ///< An indicator computed elsewhere.
    };
    std::string code;  ///< Unique in its factor.
    std::string title;
    Kind kind = Kind::fact;
    std::string measured;  ///< Code of the fact or indicator.
    std::string per;       ///< Denominator fact; empty for none.
    std::vector<ProcedureType> procedures;
    bool higher_is_worse = true;
    bool share_of_people = false;  ///< Numerator is a part of the denominator: it has an interval.
    /// Absolute cut-offs, both or none. Without them the school is compared with the others.
    std::optional<base::Fraction> middle_from;
    std::optional<base::Fraction> high_from;
    std::int32_t weight = 1;
    std::string evidence;  ///< Mark of what the sign and its cut-offs rest on.
    base::Place place;
};

/// A source that names the factor.
struct FactorSource {
    std::string source;  ///< «003, раздел 2».
    std::string said;    ///< In which sense, in own words.
};

struct RiskFactor {
    FactorCode code;
    std::string title;
    FactorSide side = FactorSide::internal;
    std::string side_note;  ///< Who marks it otherwise.
    std::string evidence;
    bool from_results = false;  ///< Its signs are results themselves: no association is computed.
    std::vector<FactorSource> sources;
    std::vector<FactorSign> signs;
    base::Place place;
};

/// A cut-off or condition that a user may change: shown with the mark of what it rests on.
struct FactorParameter {
    std::string name;
    base::Fraction value;
    bool percent = false;  ///< Written with «%».
    std::string evidence;
    std::string title;
};

/// The values of the parameters by name.
struct FactorCuts {
    std::int64_t respondents_min = 0;  ///< Answers of fewer people are neither used nor shown.
    base::Fraction answers_middle;     ///< Share of unfavourable answers.
    base::Fraction answers_high;
    std::int64_t schools_min = 0;     ///< Comparing a school needs so many schools.
    base::Fraction territory_middle;  ///< Among the worst … of the schools.
    base::Fraction territory_high;
    base::Fraction level_middle;  ///< Of the index 0..1 of a factor.
    base::Fraction level_high;
    std::int64_t facts_weight = 0;
    std::int64_t answers_weight = 0;
    base::Fraction coverage_min;  ///< Known weight of the signs of one sort.
    base::Fraction disagreement;  ///< Difference of indices that asks for a look.
    std::int64_t association_schools_min = 0;
    base::Fraction false_discovery;
};

/// What a source leaves open.
struct FactorNote {
    std::string what;
    std::string source;
};

/// The catalogue of factors with the questionnaires that speak for them.
struct FactorCatalogue {
    std::string id;
    std::string title;
    std::int32_t version = 1;
    SchoolYear from;
    std::vector<FactorParameter> parameters;
    FactorCuts cuts;
    std::vector<RiskFactor> factors;
    std::vector<FactorNote> notes;
    std::vector<Questionnaire> questionnaires;

    const RiskFactor* factor(const FactorCode& factor_code) const;
    const Questionnaire* questionnaire(const QuestionnaireCode& questionnaire_code) const;
};

std::string_view code(FactorSide side);    ///< `internal`, `external`
std::string_view title(FactorSide side);   ///< «внутренний», «внешний»
std::string_view code(FactorLevel level);  ///< `low`, `middle`, `high`
std::optional<FactorLevel> factor_level(std::string_view code);
std::string_view title(FactorLevel level);  ///< «низкая», «средняя», «высокая»

}  // namespace opora::model
