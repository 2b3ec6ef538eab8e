#include "opora/factors/catalogue_check.hpp"

#include "opora/indicators/catalogue.hpp"

namespace opora::factors {

namespace {

using model::FactorSign;

base::Error wrong(const FactorSign& sign, std::string message, std::string expected) {
    return {.code = "factor_sign",
            .message = std::move(message),
            .place = sign.place,
            .expected = std::move(expected),
            .found = sign.measured};
}

void check_sign(const FactorSign& sign, base::Errors& errors) {
    switch (sign.kind) {
        case FactorSign::Kind::indicator:
            if (indicators::find_year_indicator(sign.measured) == nullptr) {
                errors.push_back(wrong(sign, "Такого показателя школы за год нет.",
                                       "код показателя, например teachers_higher_share"));
            }
            return;
        case FactorSign::Kind::procedures: {
            const auto* indicator = indicators::find_procedure_indicator(sign.measured);
            if (indicator == nullptr ||
                indicator->uncertainty != indicators::Uncertainty::binomial) {
                errors.push_back(wrong(sign, "По процедурам складываются только доли участников.",
                                       "low_share, far_apart_share …"));
            }
            return;
        }
        case FactorSign::Kind::fact:
        case FactorSign::Kind::imported:
            return;  // Facts are checked when the catalogue is read; imported codes are free.
    }
}

}  // namespace

base::Errors check_catalogue(const model::FactorCatalogue& catalogue) {
    base::Errors errors;
    for (const model::RiskFactor& factor : catalogue.factors) {
        for (const FactorSign& sign : factor.signs) check_sign(sign, errors);
    }
    return errors;
}

}  // namespace opora::factors
