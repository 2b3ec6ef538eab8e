#include "opora/identification/identify.hpp"

#include "opora/identification/listing_probability.hpp"

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
    listing.reliability = model::reliability(listing.verdict, std::nullopt);
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

/// Whether a verdict was reached on data, so that it can be right or wrong.
bool is_judged(const rules::Conclusion& conclusion) {
    return conclusion.verdict != model::Verdict::excluded &&
           conclusion.verdict != model::Verdict::unknown;
}

void add_probability(model::Listing& listing, double probability,
                     model::ListUncertainty& uncertainty) {
    listing.probability = probability;
    listing.reliability = model::reliability(listing.verdict, probability);
    ++uncertainty.judged;
    if (listing.verdict == model::Verdict::listed) {
        uncertainty.expected_false += 1 - probability;
    } else {
        uncertainty.expected_missed += probability;
    }
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
    const auto included = [&](indicators::CandidateNumber i) {
        return !options.include || options.include(evidence.school_of(i));
    };
    std::optional<ListingProbabilities> probabilities;
    if (options.prior != nullptr) {
        probabilities =
            listing_probabilities(pack, *options.prior, [&](indicators::CandidateNumber i) {
                return included(i) && is_judged(conclusions[i]);
            });
    }
    if (probabilities) {
        list.uncertainty =
            model::ListUncertainty{.simulation_error = probabilities->simulation_error,
                                   .draws = probabilities->draws,
                                   .prior = probabilities->prior};
    }
    list.listings.reserve(conclusions.size());
    for (indicators::CandidateNumber i = 0; i < conclusions.size(); ++i) {
        if (!included(i)) continue;
        model::Listing listing = listing_of(pack, evidence, i, conclusions[i]);
        if (probabilities && probabilities->of[i]) {
            add_probability(listing, *probabilities->of[i], *list.uncertainty);
        }
        if (options.derive && options.derive(listing)) listing.findings = pack.derive(i);
        list.listings.push_back(std::move(listing));
    }
    return list;
}

}  // namespace opora::identification
