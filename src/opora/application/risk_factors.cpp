#include "opora/application/risk_factors.hpp"

#include <algorithm>

#include "opora/application/evidence_loading.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/factors/catalogue_check.hpp"
#include "opora/factors/profile.hpp"

namespace opora::application {

namespace {

base::Unexpected<base::Errors> refusal(std::string code, std::string message,
                                       std::string found = {}) {
    return base::Unexpected{base::Errors{base::Error{
        .code = std::move(code), .message = std::move(message), .found = std::move(found)}}};
}

base::Unexpected<base::Errors> unknown_school(const model::SchoolId& school) {
    return refusal("school_unknown", "такой школы нет в реестре", school.value);
}

/// All profiles of the store for one year.
std::vector<model::RiskProfile> all_profiles(const indicators::Evidence& evidence,
                                             const model::FactorCatalogue& catalogue,
                                             ports::Store& store, const ProfileRequest& request) {
    const auto answers = store.register_store().answers(request.year);
    const auto reviews = store.register_store().reviews(request.year);
    return factors::risk_profiles({.evidence = &evidence,
                                   .catalogue = &catalogue,
                                   .year = request.year,
                                   .with_basis = request.with_basis,
                                   .answers = answers,
                                   .reviews = reviews});
}

bool wanted(const indicators::Evidence& evidence, const model::School& school,
            const ProfileRequest& request) {
    if (request.school && school.id != *request.school) return false;
    return !request.territory || lies_in(evidence, school, *request.territory);
}

/// Why a decision cannot be kept.
std::optional<base::Error> objection(const ReviewRequest& request,
                                     const model::FactorAssessment& factor) {
    using model::ReviewDecision;
    if (request.decision == ReviewDecision::confirmed && !factor.computed) {
        return base::Error{.code = "nothing_to_confirm",
                           .message =
                               "уровень фактора не рассчитан, подтверждать нечего; если "
                               "значимость известна, укажите её: --decision level=…",
                           .found = factor.reason};
    }
    if (request.decision == ReviewDecision::withdrawn && !factor.review) {
        return base::Error{.code = "nothing_to_withdraw",
                           .message = "решения по этому фактору нет, отзывать нечего"};
    }
    const bool disagrees =
        request.decision == ReviewDecision::rejected || request.decision == ReviewDecision::changed;
    if (disagrees && request.note.empty()) {
        return base::Error{.code = "note_missing",
                           .message = "если решение расходится с расчётом, нужна причина: --note"};
    }
    return std::nullopt;
}

model::FactorReview review_of(const ReviewRequest& request, const model::FactorAssessment& factor,
                              const std::string& curator) {
    model::FactorReview review{.school = request.school,
                               .year = request.year,
                               .factor = request.factor,
                               .decision = request.decision,
                               .computed = factor.computed,
                               .note = request.note,
                               .curator = curator};
    if (request.decision == model::ReviewDecision::confirmed) review.level = factor.computed;
    if (request.decision == model::ReviewDecision::changed) review.level = request.level;
    return review;
}

}  // namespace

base::Result<model::FactorCatalogue, base::Errors> factor_catalogue(
    const Adapters& adapters, const std::optional<std::filesystem::path>& directory) {
    model::FactorCatalogue catalogue = OPORA_TRY(adapters.factors(directory));
    base::Errors errors = factors::check_catalogue(catalogue);
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    return catalogue;
}

base::Result<ProfileReport, base::Errors> risk_profiles(const Adapters& adapters,
                                                        ports::Store& store,
                                                        const ProfileRequest& request) {
    return risk_profiles(adapters, store, load_evidence(store).evidence, request);
}

base::Result<ProfileReport, base::Errors> risk_profiles(const Adapters& adapters,
                                                        ports::Store& store,
                                                        const indicators::Evidence& evidence,
                                                        const ProfileRequest& request) {
    ProfileReport report;
    report.catalogue = std::make_shared<const model::FactorCatalogue>(
        OPORA_TRY(factor_catalogue(adapters, request.directory)));
    if (request.school && !evidence.find_school(*request.school))
        return unknown_school(*request.school);
    if (request.territory &&
        std::ranges::find(evidence.territories(), *request.territory, &model::Territory::id) ==
            evidence.territories().end()) {
        return refusal("territory_unknown", "такой территории нет в реестре",
                       request.territory->value);
    }
    auto all = all_profiles(evidence, *report.catalogue, store, request);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const model::School& school = evidence.schools()[i];
        if (!wanted(evidence, school, request)) continue;
        report.schools.push_back(school);
        report.profiles.push_back(std::move(all[i]));
    }
    return report;
}

base::Result<model::FactorReview, base::Errors> review_factor(const Adapters& adapters,
                                                              ports::Store& store,
                                                              const ReviewRequest& request) {
    OPORA_EXPECTS((request.decision == model::ReviewDecision::changed) ==
                  request.level.has_value());
    const ProfileReport report = OPORA_TRY(risk_profiles(
        adapters, store,
        {.directory = request.directory, .year = request.year, .school = request.school}));
    const auto& factors = report.profiles.front().factors;
    const auto factor =
        std::ranges::find(factors, request.factor, &model::FactorAssessment::factor);
    if (factor == factors.end()) {
        return refusal("factor_unknown",
                       "такого фактора нет в каталоге; коды показывает opora factors catalogue",
                       request.factor.value);
    }
    if (auto reason = objection(request, *factor))
        return base::Unexpected{base::Errors{std::move(*reason)}};
    return store.register_store().add_review(review_of(request, *factor, adapters.actor));
}

}  // namespace opora::application
