#include "opora/factors/sign_values.hpp"

#include <algorithm>

#include "opora/indicators/catalogue.hpp"

namespace opora::factors {

namespace {

using indicators::Evidence;
using indicators::SchoolNumber;
using model::FactorSign;
using model::Measurement;
using model::Missing;

Measurement of_fact(const Evidence& evidence, const FactorSign& sign, SchoolNumber school,
                    model::SchoolYear year) {
    // The catalogue of indicators knows how a ratio of facts is made.
    const indicators::YearIndicator ratio{.code = sign.code,
                                          .title = sign.title,
                                          .unit = model::Unit::number,
                                          .direction = indicators::Direction::neutral,
                                          .numerator_fact = sign.measured,
                                          .denominator_fact = sign.per};
    return indicators::measure(evidence, ratio, school, year);
}

Measurement of_procedures(const Evidence& evidence, const FactorSign& sign,
                          const indicators::ProcedureIndicator& indicator, SchoolNumber school,
                          model::SchoolYear year) {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    for (const indicators::EvidenceCell& cell : evidence.cells_of(school)) {
        const model::Procedure& procedure = evidence.procedures()[cell.procedure];
        if (procedure.year != year || procedure.period != model::Period::main) continue;
        if (std::ranges::find(sign.procedures, procedure.type) == sign.procedures.end()) continue;
        const Measurement one = indicators::measure(indicator, cell, 1);
        if (!one.known()) continue;
        numerator += one.ratio.numerator;
        denominator += one.ratio.denominator;
    }
    if (denominator == 0) return Measurement::absent(Missing::not_held);
    return Measurement::of(numerator, denominator, denominator);
}

Measurement value_of(const Evidence& evidence, const FactorSign& sign, SchoolNumber school,
                     model::SchoolYear year) {
    switch (sign.kind) {
        case FactorSign::Kind::fact:
            return of_fact(evidence, sign, school, year);
        case FactorSign::Kind::indicator: {
            const auto* indicator = indicators::find_year_indicator(sign.measured);
            if (indicator == nullptr) return Measurement::absent(Missing::no_data);
            return indicators::measure(evidence, *indicator, school, year);
        }
        case FactorSign::Kind::procedures: {
            const auto* indicator = indicators::find_procedure_indicator(sign.measured);
            if (indicator == nullptr) return Measurement::absent(Missing::no_data);
            return of_procedures(evidence, sign, *indicator, school, year);
        }
        case FactorSign::Kind::imported:
            return indicators::measure_imported(evidence, evidence.imported_number(sign.measured),
                                                school, year);
    }
    return Measurement::absent(Missing::no_data);
}

}  // namespace

SignValues values_of(const Evidence& evidence, const FactorSign& sign, model::SchoolYear year) {
    SignValues all{.unit = sign.share_of_people ? model::Unit::share : model::Unit::number};
    all.values.reserve(evidence.schools().size());
    for (SchoolNumber school = 0; school < evidence.schools().size(); ++school) {
        all.values.push_back(value_of(evidence, sign, school, year));
    }
    return all;
}

}  // namespace opora::factors
