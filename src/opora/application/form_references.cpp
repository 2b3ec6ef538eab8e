#include "opora/application/form_references.hpp"

#include "opora/indicators/catalogue.hpp"
#include "opora/tally/field_groups.hpp"

namespace opora::application {

std::vector<model::ReferenceValue> references_of(std::span<const ports::TerritoryForm> forms) {
    std::vector<model::ReferenceValue> values;
    for (const ports::TerritoryForm& form : forms) {
        const tally::FieldGroups told = tally::groups_of(form.counts);
        for (const auto& indicator : indicators::procedure_indicators()) {
            if ((indicator.reads & told) != indicator.reads) continue;
            const model::Measurement value = indicator.measure(form.counts);
            if (!value.known()) continue;
            values.push_back({.territory = form.territory,
                              .procedure = form.procedure,
                              .indicator = {std::string{indicator.code}},
                              .value = value.ratio});
            if (form.participants_known) values.back().n = value.n;
        }
    }
    return values;
}

}  // namespace opora::application
