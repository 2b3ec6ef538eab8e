#include "opora/application/pair_contract.hpp"

#include <algorithm>

#include "opora/base/expects.hpp"

namespace opora::application {

namespace {

ContractSide side_of(const PairingReport& report, const std::vector<model::Territory>& territories,
                     const model::SchoolId& id, const SeesNames& sees) {
    const auto school = std::ranges::lower_bound(report.schools, id, {}, &model::School::id);
    OPORA_EXPECTS(school != report.schools.end() && school->id == id);
    ContractSide side{.school = *school, .municipality = {}};
    if (!sees(id)) side.school.head.clear();
    const auto territory = std::ranges::find(territories, school->territory, &model::Territory::id);
    if (territory != territories.end()) side.municipality = territory->name;
    return side;
}

/// The order of the newest approved list of the methodology and the year that holds the school.
std::optional<model::OrderRecord> order_with(const ListDesk& desk, const Methodology& methodology,
                                             model::SchoolYear year,
                                             const model::SchoolId& school) {
    for (const ListDossier& one : desk.all()) {
        const bool fits = one.stage == model::ListStage::approved && one.state.order &&
                          one.state.methodology.value == methodology.pack.document.id &&
                          one.state.year == year;
        if (!fits) continue;
        const auto* listing = lifecycle::find_listing(one.list, school, {});
        if (listing != nullptr && listing->verdict == model::Verdict::listed)
            return one.state.order;
    }
    return {};
}

}  // namespace

base::Result<ContractRequest> contract_of(ports::Store& store, const ListDesk& desk,
                                          const PairingReport& report,
                                          const std::optional<Methodology>& methodology,
                                          const model::SchoolId& school, const SeesNames& sees) {
    const auto& pairs = report.proposal.pairs;
    const auto pair = std::ranges::lower_bound(pairs, school, {}, &model::Pair::school);
    if (pair == pairs.end() || pair->school != school) {
        return base::Unexpected{base::Error{.code = "pair_unknown",
                                            .message = "такой пары в предложении нет",
                                            .found = school.value}};
    }
    if (pair->state != model::PairState::pinned) {
        return base::Unexpected{
            base::Error{.code = "pair_not_settled",
                        .message = "договор составляется для закреплённой пары: сначала закрепите "
                                   "школу-лидера",
                        .found = school.value}};
    }
    const auto territories = store.register_store().rows().territories;
    ContractRequest contract{.pair = *pair,
                             .school = side_of(report, territories, pair->school, sees),
                             .leader = side_of(report, territories, pair->leader, sees),
                             .year = report.proposal.year,
                             .methodology = methodology,
                             .order = {},
                             .snapshot = report.snapshot,
                             .directory = store.directory(),
                             .out = {}};
    if (methodology) contract.order = order_with(desk, *methodology, contract.year, school);
    return contract;
}

}  // namespace opora::application
