#include "opora/application/pairing.hpp"

#include <algorithm>
#include <future>
#include <set>

#include "opora/application/contextual.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/application/objectivity.hpp"
#include "opora/application/school_results.hpp"
#include "opora/indicators/context_table.hpp"
#include "opora/matching/propose.hpp"

namespace opora::application {

namespace {

using indicators::Evidence;
using indicators::SchoolNumber;
using matching::PairingSchool;

/// Schools of these types pair among themselves only: their pupils and programmes are others.
std::uint8_t special_type(model::SchoolType type) {
    switch (type) {
        case model::SchoolType::primary:
        case model::SchoolType::basic:
        case model::SchoolType::secondary:
        case model::SchoolType::gymnasium:
        case model::SchoolType::lyceum:
            return 0;
        case model::SchoolType::evening:
            return 1;
        case model::SchoolType::correctional:
            return 2;
        case model::SchoolType::boarding:
            return 3;
    }
    return 0;
}

bool officially_marked(const Evidence& evidence, SchoolNumber school,
                       const PairingQuestion& question) {
    const auto recent = [&](const model::ObjectivityMarker& marker) {
        return marker.marked && marker.year <= question.year &&
               marker.year > question.year - question.marker_years;
    };
    return std::ranges::any_of(evidence.markers(school), recent);
}

/// Numbers of the conditions in the context table, in the order of the weights.
base::Result<std::vector<std::size_t>, base::Errors> numbered_conditions(
    const std::vector<std::pair<std::string, double>>& weights) {
    std::vector<std::size_t> numbers;
    base::Errors errors;
    for (const auto& [code, weight] : weights) {
        const std::size_t number = indicators::ContextTable::feature(code);
        if (number == indicators::nothing) {
            errors.push_back({.code = "pair_condition_unknown",
                              .message = "нет такого условия работы школы; коды перечислены в "
                                         "docs/commands.md",
                              .found = code});
        } else if (!(weight >= 0)) {
            errors.push_back({.code = "pair_weight_negative",
                              .message = "вес условия не может быть отрицательным",
                              .found = code});
        }
        numbers.push_back(number);
    }
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    return numbers;
}

/// Schools whose results carry signs of non-objective assessment, by number.
std::vector<bool> marked_schools(ports::Store& store, const LoadedEvidence& loaded,
                                 const PairingQuestion& question) {
    const Evidence& evidence = loaded.evidence;
    std::vector<bool> marked(evidence.schools().size());
    for (SchoolNumber number = 0; number < marked.size(); ++number) {
        marked[number] = officially_marked(evidence, number, question);
    }
    if (!question.own_signs) return marked;
    const auto found =
        find_objectivity_signs(store, loaded, question.scales, {.year = question.year});
    for (const objectivity::SchoolSigns& school : found.inspection.schools) {
        if (school.marked > 0) marked[school.school] = true;
    }
    return marked;
}

/// Results or effects by school number.
std::vector<std::optional<matching::Estimate>> estimates(const Evidence& evidence,
                                                         const PairingQuestion& question) {
    std::vector<std::optional<matching::Estimate>> all(evidence.schools().size());
    if (question.value == model::RatedValue::result) {
        const auto results = school_results(evidence, question.year);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (results[i]) {
                all[i] = matching::Estimate{results[i]->value, results[i]->standard_error};
            }
        }
        return all;
    }
    const ContextualReport report = contextual_report(evidence, {.year = question.year});
    for (std::size_t i = 0; i < report.numbers.size(); ++i) {
        const model::SchoolEffect& effect = report.schools[i].effect;
        if (effect.effect && effect.se) {
            all[report.numbers[i]] = matching::Estimate{*effect.effect, *effect.se};
        }
    }
    return all;
}

/// The weak schools and who is listed; without a methodology they are the same.
struct WeakSchools {
    std::set<model::SchoolId> listed;
    std::set<model::SchoolId> unjudged;  ///< Of whom the methodology knows too little.
    std::vector<model::SchoolId> wanted;
};

std::vector<PairingSchool> pairing_schools(ports::Store& store, const LoadedEvidence& loaded,
                                           const PairingQuestion& question,
                                           const std::vector<std::size_t>& conditions,
                                           const WeakSchools& weak) {
    const Evidence& evidence = loaded.evidence;
    const indicators::ContextTable context{evidence, question.year};
    // Looking for signs takes longest: the results are estimated beside it.
    std::future<std::vector<std::optional<matching::Estimate>>> estimated =
        std::async(std::launch::async, [&] { return estimates(evidence, question); });
    const std::vector<bool> marked = marked_schools(store, loaded, question);
    const auto results = estimated.get();
    std::vector<PairingSchool> schools;
    for (SchoolNumber number = 0; number < evidence.schools().size(); ++number) {
        const model::School& school = evidence.schools()[number];
        PairingSchool one{
            .id = school.id,
            .listed = weak.listed.contains(school.id),
            .unjudged = weak.unjudged.contains(school.id),
            .marked = marked[number],
            .closed = school.closed.has_value() && *school.closed <= question.year,
            .municipality = evidence.territory(number, indicators::Scope::municipality),
            .distance_km = school.distance_km,
            .grade_low = model::grade_low(school),
            .grade_high = model::grade_high(school),
            .special_type = special_type(school.type)};
        for (const std::size_t feature : conditions) {
            one.conditions.push_back(context.value(number, feature));
        }
        one.result = results[number];
        schools.push_back(std::move(one));
    }
    return schools;
}

/// Names resolved to ids; what is not known becomes an error.
class Names {
public:
    explicit Names(const Evidence& evidence) : evidence_{evidence} {}

    model::SchoolId id(const std::string& text) {
        if (auto found = resolve_school(evidence_, text)) return *found;
        errors_.push_back({.code = "school_unknown",
                           .message = "такой школы нет в реестре",
                           .expected = "код школы, логин ВПР или код РЦОИ",
                           .found = text});
        return {text};
    }
    std::vector<matching::NamedPair> pairs(const std::vector<NamedSchools>& named) {
        std::vector<matching::NamedPair> result;
        for (const auto& [school, leader] : named) result.push_back({id(school), id(leader)});
        return result;
    }
    base::Errors& errors() { return errors_; }

private:
    const Evidence& evidence_;
    base::Errors errors_;
};

WeakSchools weak_schools(const Evidence& evidence, const PairingQuestion& question,
                         const std::optional<model::SchoolList>& list, Names& names) {
    WeakSchools weak;
    std::set<model::SchoolId> named;
    for (const std::string& text : question.schools) named.insert(names.id(text));
    if (list) {
        for (const model::Listing& one : list->listings) {
            if (one.verdict == model::Verdict::listed) weak.listed.insert(one.school);
            if (one.verdict == model::Verdict::unknown) weak.unjudged.insert(one.school);
        }
    } else {
        weak.listed = named;
    }
    const auto wanted = [&](const model::SchoolId& id) {
        if (!named.empty() && !named.contains(id)) return false;
        const auto number = evidence.find_school(id);
        return number && (!question.territory ||
                          lies_in(evidence, evidence.schools()[*number], *question.territory));
    };
    std::ranges::copy_if(weak.listed, std::back_inserter(weak.wanted), wanted);
    if (list) {
        // A school that people name gets a leader though the methodology does not list it.
        for (const model::SchoolId& id : named) {
            if (weak.listed.insert(id).second && wanted(id)) weak.wanted.push_back(id);
        }
    }
    return weak;
}

base::Errors objections(const PairingQuestion& question) {
    if (question.methodology && rules::for_teachers(question.methodology->pack)) {
        return {{.code = "pair_teachers",
                 .message = "методика оценивает педагогов, а пары составляются для школ: выберите "
                            "другую методику или назовите школы"}};
    }
    if (!question.methodology && question.schools.empty()) {
        return {{.code = "pair_nobody",
                 .message = "не сказано, каким школам нужен лидер: укажите методику или школы"}};
    }
    return {};
}

/// A methodology that may judge schools as well as teachers judges schools here.
PairingQuestion judging_schools(PairingQuestion question) {
    if (!question.methodology) return question;
    rules::Pack& pack = question.methodology->pack;
    if (!rules::for_teachers(pack) || pack.unit.parameter.empty()) return question;
    if (auto schools = rules::with_parameter(pack, pack.unit.parameter, "school")) {
        pack = std::move(*schools);
    }
    return question;
}

std::vector<std::string> titles_of(std::span<const std::size_t> idle,
                                   const std::vector<std::size_t>& conditions) {
    std::vector<std::string> titles;
    for (const std::size_t one : idle) {
        titles.emplace_back(indicators::ContextTable::features()[conditions[one]].title);
    }
    return titles;
}

base::Result<PairingReport, base::Errors> report_of(ports::Store& store,
                                                    const LoadedEvidence& loaded,
                                                    const std::optional<model::SchoolList>& list,
                                                    const PairingQuestion& question) {
    const Evidence& evidence = loaded.evidence;
    PairingReport report{.weights = question.weights};
    if (report.weights.empty()) report.weights = usual_condition_weights();
    const auto conditions = OPORA_TRY(numbered_conditions(report.weights));

    Names names{evidence};
    const WeakSchools weak = weak_schools(evidence, question, list, names);
    matching::PairingRequest request{.schools = weak.wanted,
                                     .pins = names.pairs(question.pins),
                                     .bans = names.pairs(question.bans)};
    for (const std::string& text : question.withdrawn) request.withdrawn.push_back(names.id(text));
    if (!names.errors().empty()) return base::Unexpected{std::move(names.errors())};

    std::vector<double> weights;
    for (const auto& [code, weight] : report.weights) weights.push_back(weight);
    matching::CandidateSearch search{pairing_schools(store, loaded, question, conditions, weak),
                                     weights, question.limits};
    auto troubles = matching::troubles(search, request);
    if (!troubles.empty()) return base::Unexpected{std::move(troubles)};

    report.proposal = matching::propose(search, request);
    report.proposal.year = question.year;
    if (question.stability) {
        report.effects = matching::withdrawal_effects(search, request, report.proposal);
    }
    if (!request.withdrawn.empty()) {
        request.withdrawn.clear();
        report.before = matching::propose(search, request);
    }
    report.idle_conditions = titles_of(search.idle_conditions(), conditions);
    report.schools.assign(evidence.schools().begin(), evidence.schools().end());
    report.snapshot = loaded.snapshot;
    return report;
}

}  // namespace

std::string PairingReport::name_of(const model::SchoolId& id) const {
    const auto place = std::ranges::lower_bound(schools, id, {}, &model::School::id);
    return place == schools.end() || place->id != id ? std::string{} : place->name;
}

std::vector<std::pair<std::string, double>> usual_condition_weights() {
    return {{"parents_both_higher_share", 1},
            {"families_incomplete_share", 1},
            {"registered_share", 1},
            {"russian_not_native_share", 1},
            {"log_pupils", 1},
            {"settlement", 1},
            {"log_distance", 1}};
}

base::Result<PairingReport, base::Errors> pair_schools(ports::Store& store,
                                                       const PairingQuestion& asked) {
    const PairingQuestion question = judging_schools(asked);
    if (auto errors = objections(question); !errors.empty()) {
        return base::Unexpected{std::move(errors)};
    }
    if (!question.methodology)
        return report_of(store, load_evidence(store), std::nullopt, question);
    Basis basis{store, question.scales};
    // Who is on the list does not depend on how probable that is.
    const auto list =
        identify(basis, *question.methodology,
                 {.year = question.year, .territory = {}, .probabilities = false, .derive = {}});
    return report_of(store, basis.schools(question.methodology->pack), list, question);
}

std::optional<NamedSchools> named_schools(const std::string& text) {
    const auto sign = text.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == text.size()) return std::nullopt;
    return NamedSchools{text.substr(0, sign), text.substr(sign + 1)};
}

}  // namespace opora::application
