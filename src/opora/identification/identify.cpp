#include "opora/identification/identify.hpp"

namespace opora::identification {

namespace {

model::Listing listing_of(const rules::BoundPack& pack, const indicators::Evidence& evidence,
                          indicators::CandidateNumber candidate,
                          const rules::Conclusion& conclusion) {
    const model::School& school = evidence.school_of(candidate);
    model::Listing listing{.school = school.id,
                           .school_name = school.name,
                           .teacher = evidence.candidates()[candidate].teacher,
                           .verdict = conclusion.verdict,
                           .notes = rules::notes(conclusion)};
    if (listing.verdict == model::Verdict::unknown) {
        listing.reliability = model::Reliability::no_data;
    }
    const auto& rules = pack.pack().rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        listing.findings.push_back({.rule = rules[i].id,
                                    .clause = rules[i].clause,
                                    .outcome = conclusion.outcomes[i],
                                    .derivation = {}});
        if (conclusion.outcomes[i] == model::Outcome::met) {
            listing.rules_met.push_back(rules[i].id);
        }
    }
    return listing;
}

}  // namespace

bool is_listed(const model::Listing& listing) { return listing.verdict == model::Verdict::listed; }

model::SchoolList identify(const rules::BoundPack& pack, const indicators::Evidence& evidence,
                           const ListOptions& options) {
    model::SchoolList list{.methodology = {pack.pack().document.id},
                           .version = pack.pack().document.version,
                           .year = pack.year(),
                           .snapshot = options.snapshot};
    const std::vector<rules::Conclusion> conclusions = pack.evaluate_all();
    list.listings.reserve(conclusions.size());
    for (indicators::CandidateNumber i = 0; i < conclusions.size(); ++i) {
        if (options.include && !options.include(evidence.school_of(i))) continue;
        model::Listing listing = listing_of(pack, evidence, i, conclusions[i]);
        if (options.derive && options.derive(listing)) listing.findings = pack.derive(i);
        list.listings.push_back(std::move(listing));
    }
    return list;
}

}  // namespace opora::identification
