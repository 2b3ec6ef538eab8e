#include "opora/indicators/evidence.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "opora/base/expects.hpp"

namespace opora::indicators {

namespace {

/// Numbers the distinct codes of many rows in their order. The texts must outlive it.
class CodeNumbers {
public:
    void add(std::string_view code) { numbers_.try_emplace(code, nothing); }

    /// Once all are known: the codes by their numbers.
    std::vector<std::string> numbered() {
        std::vector<std::string> codes;
        for (const auto& [code, number] : numbers_) codes.emplace_back(code);
        std::ranges::sort(codes);
        for (std::uint32_t i = 0; i < codes.size(); ++i) numbers_.at(codes[i]) = i;
        return codes;
    }
    std::uint32_t of(std::string_view code) const { return numbers_.at(code); }

private:
    std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

std::uint32_t number_of(const std::vector<std::string>& codes, std::string_view code) {
    const auto place = std::ranges::lower_bound(codes, code);
    if (place == codes.end() || *place != code) return nothing;
    return static_cast<std::uint32_t>(place - codes.begin());
}

std::uint32_t grades_taught(const model::School& school) {
    std::uint32_t mask = 0;
    for (int grade = grade_low(school); grade <= grade_high(school); ++grade) mask |= 1u << grade;
    return mask;
}

Clustering by_type_and_settlement(std::span<const model::School> schools) {
    std::map<std::pair<model::SchoolType, model::SettlementType>, std::uint32_t> numbers;
    for (const model::School& school : schools) numbers[{school.type, school.settlement}] = 0;
    Clustering clustering{.how = "по типу школы и виду населённого пункта"};
    for (auto& [key, number] : numbers) {
        number = static_cast<std::uint32_t>(clustering.names.size());
        clustering.names.emplace_back("школы того же типа в таком же населённом пункте");
    }
    for (const model::School& school : schools) {
        clustering.of_school.push_back(numbers.at({school.type, school.settlement}));
    }
    return clustering;
}

}  // namespace

Evidence::Evidence(EvidenceInput input) {
    place_schools(input);
    place_cells(input);
    place_facts(input);
    index_cells();
    add_totals();
    link_years();
    place_histograms(input.histograms);
    place_official_marks();
}

Evidence Evidence::with_candidates(std::vector<Candidate> candidates,
                                   std::vector<EvidenceCell> cells) const {
    Evidence other = *this;
    other.candidates_ = std::move(candidates);
    other.cells_ = std::move(cells);
    other.index_cells();
    return other;
}

Evidence Evidence::with_clusters(Clustering clustering) const {
    OPORA_EXPECTS(clustering.of_school.size() == schools_.size());
    Evidence other = *this;
    other.clustering_ = std::move(clustering);
    other.add_cluster_totals();
    return other;
}

void Evidence::place_schools(EvidenceInput& input) {
    territories_ = std::move(input.territories);
    std::ranges::sort(territories_, {}, &model::Territory::id);
    schools_ = std::move(input.schools);
    std::ranges::sort(schools_, {}, &model::School::id);

    const auto find_territory = [this](const model::TerritoryId& id) {
        const auto place = std::ranges::lower_bound(territories_, id, {}, &model::Territory::id);
        const bool found = place != territories_.end() && place->id == id;
        return found ? static_cast<TerritoryNumber>(place - territories_.begin()) : nothing;
    };
    // Behind the last territory stands the whole store: the region of schools whose chain names
    // none.
    const auto everything = static_cast<TerritoryNumber>(territories_.size());

    clustering_ = by_type_and_settlement(schools_);
    for (SchoolNumber number = 0; number < schools_.size(); ++number) {
        const model::School& school = schools_[number];
        std::array<TerritoryNumber, 3> chain{nothing, everything, everything};
        TerritoryNumber territory = find_territory(school.territory);
        for (int steps = 0; territory != nothing && steps < 8; ++steps) {
            switch (territories_[territory].level) {
                case model::TerritoryLevel::municipality:
                    chain[0] = territory;
                    break;
                case model::TerritoryLevel::region:
                    chain[1] = territory;
                    break;
                case model::TerritoryLevel::country:
                    break;
            }
            territory = find_territory(territories_[territory].parent);
        }
        school_territories_.push_back(chain);
        candidates_.push_back({.school = number, .grades_mask = grades_taught(school)});
    }
}

void Evidence::place_facts(EvidenceInput& input) {
    CodeNumbers codes;
    for (const model::SchoolFact& fact : input.facts) codes.add(fact.fact);
    fact_codes_ = codes.numbered();
    struct Placed {
        SchoolNumber school;
        FactKey key;
        base::Fraction value;
    };
    std::vector<Placed> placed;
    placed.reserve(input.facts.size());
    const model::SchoolFact* before = nullptr;  // The facts of a school stand together.
    std::optional<SchoolNumber> school;
    for (const model::SchoolFact& fact : input.facts) {
        if (before == nullptr || before->school != fact.school) school = find_school(fact.school);
        before = &fact;
        if (school) placed.push_back({*school, {codes.of(fact.fact), fact.year}, fact.value});
    }
    std::ranges::sort(placed, {}, [](const Placed& one) { return std::tie(one.school, one.key); });
    facts_begin_.assign(schools_.size() + 1, 0);
    for (const Placed& one : placed) {
        ++facts_begin_[one.school + 1];
        fact_keys_.push_back(one.key);
        fact_values_.push_back(one.value);
    }
    std::partial_sum(facts_begin_.begin(), facts_begin_.end(), facts_begin_.begin());
    place_imported(input);

    references_ = std::move(input.references);
    std::ranges::sort(references_, {}, [](const model::ReferenceValue& value) {
        return std::tie(value.procedure, value.territory, value.indicator);
    });
    markers_ = std::move(input.markers);
    std::ranges::sort(markers_, {}, [](const model::ObjectivityMarker& marker) {
        return std::tie(marker.school, marker.year, marker.subject, marker.grade);
    });
}

void Evidence::place_imported(EvidenceInput& input) {
    CodeNumbers codes;
    for (const auto& value : input.imported) codes.add(value.indicator.value);
    imported_codes_ = codes.numbered();
    for (const auto& value : input.imported) {
        const auto school = find_school(value.school);
        if (school) imported_.push_back({*school, codes.of(value.indicator.value), value});
    }
    std::ranges::sort(imported_, {}, [](const ImportedEntry& entry) {
        return std::tuple{entry.school, entry.indicator, entry.value.year};
    });
}

void Evidence::index_cells() {
    cells_begin_.assign(candidates_.size() + 1, 0);
    for (const EvidenceCell& cell : cells_) ++cells_begin_[cell.candidate + 1];
    for (std::size_t i = 1; i < cells_begin_.size(); ++i) cells_begin_[i] += cells_begin_[i - 1];
}

void Evidence::add_totals() {
    totals_.resize(territories_.size() + 1);
    const auto add = [this](std::size_t slot, const EvidenceCell& cell) {
        auto& row = totals_[slot];
        if (row.empty()) row.resize(procedures_.size());
        merge(row[cell.procedure], cell.counts);
    };
    for (const EvidenceCell& cell : cells_) {
        const auto& chain = school_territories_[candidates_[cell.candidate].school];
        add(territories_.size(), cell);
        if (chain[0] != nothing) add(chain[0], cell);
        if (chain[1] != territories_.size()) add(chain[1], cell);
    }
    add_cluster_totals();
}

void Evidence::add_cluster_totals() {
    const std::size_t begin = territories_.size() + 1;
    totals_.resize(begin);
    totals_.resize(begin + clustering_.names.size());
    for (const EvidenceCell& cell : cells_) {
        const std::uint32_t cluster = this->cluster(candidates_[cell.candidate].school);
        if (cluster == nothing) continue;
        auto& row = totals_[begin + cluster];
        if (row.empty()) row.resize(procedures_.size());
        merge(row[cell.procedure], cell.counts);
    }
}

void Evidence::link_years() {
    std::vector<ProcedureNumber> order(procedures_.size());
    for (ProcedureNumber i = 0; i < order.size(); ++i) order[i] = i;
    const auto key = [this](ProcedureNumber number) {
        const model::Procedure& procedure = procedures_[number];
        return std::tie(procedure.type, procedure.subject, procedure.programme_grade,
                        procedure.period);
    };
    std::ranges::stable_sort(order, {}, key);
    series_.assign(procedures_.size(), 0);
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == 0 || key(order[i - 1]) != key(order[i])) series_members_.emplace_back();
        series_members_.back().push_back(order[i]);
        series_[order[i]] = static_cast<std::uint32_t>(series_members_.size() - 1);
    }
}

std::optional<SchoolNumber> Evidence::find_school(const model::SchoolId& id) const {
    const auto place = std::ranges::lower_bound(schools_, id, {}, &model::School::id);
    if (place == schools_.end() || place->id != id) return std::nullopt;
    return static_cast<SchoolNumber>(place - schools_.begin());
}

std::optional<ProcedureNumber> Evidence::find_procedure(const model::Procedure& procedure) const {
    const auto place = std::ranges::lower_bound(procedures_, procedure);
    if (place == procedures_.end() || *place != procedure) return std::nullopt;
    return static_cast<ProcedureNumber>(place - procedures_.begin());
}

std::optional<ProcedureNumber> Evidence::in_year(ProcedureNumber procedure,
                                                 model::SchoolYear year) const {
    std::optional<ProcedureNumber> best;
    for (const ProcedureNumber member : series_members_[series_[procedure]]) {
        if (procedures_[member].year != year) continue;
        const bool same_grade = procedures_[member].grade == procedures_[procedure].grade;
        if (!best || same_grade) best = member;
    }
    return best;
}

std::span<const EvidenceCell> Evidence::cells_of(CandidateNumber candidate) const {
    return std::span{cells_}.subspan(cells_begin_[candidate],
                                     cells_begin_[candidate + 1] - cells_begin_[candidate]);
}

const EvidenceCell* Evidence::cell(CandidateNumber candidate, ProcedureNumber procedure) const {
    const auto own = cells_of(candidate);
    const auto place = std::ranges::lower_bound(own, procedure, {}, &EvidenceCell::procedure);
    return place != own.end() && place->procedure == procedure ? &*place : nullptr;
}

TerritoryNumber Evidence::territory(SchoolNumber school, Scope scope) const {
    OPORA_EXPECTS(scope != Scope::cluster);
    return school_territories_[school][static_cast<std::size_t>(scope)];
}

const tally::CellCounts* Evidence::total(SchoolNumber school, Scope scope,
                                         ProcedureNumber procedure) const {
    const std::size_t slot = scope == Scope::cluster ? territories_.size() + 1 + cluster(school)
                                                     : territory(school, scope);
    if (slot >= totals_.size() || totals_[slot].empty()) return nullptr;
    const tally::CellCounts& counts = totals_[slot][procedure];
    return counts.participants > 0 ? &counts : nullptr;
}

const model::ReferenceValue* Evidence::reference(SchoolNumber school, Scope scope,
                                                 ProcedureNumber procedure,
                                                 std::string_view indicator) const {
    if (scope == Scope::cluster || references_.empty()) return nullptr;
    const auto level = [scope](const model::Territory& territory) {
        switch (scope) {
            case Scope::municipality:
                return territory.level == model::TerritoryLevel::municipality;
            case Scope::region:
                return territory.level == model::TerritoryLevel::region;
            case Scope::country:
            case Scope::cluster:
                return territory.level == model::TerritoryLevel::country;
        }
        return false;
    };
    const TerritoryNumber own = territory(school, scope);
    const auto same = std::ranges::equal_range(references_, procedures_[procedure], {},
                                               &model::ReferenceValue::procedure);
    for (const model::ReferenceValue& value : same) {
        if (value.indicator.value != indicator) continue;
        if (own < territories_.size()) {
            if (value.territory == territories_[own].id) return &value;
            continue;
        }
        const auto named = std::ranges::find(territories_, value.territory, &model::Territory::id);
        // A lone district has no region in its register: the only region with references is its
        // own.
        if (named == territories_.end() || level(*named)) return &value;
    }
    return nullptr;
}

std::uint32_t Evidence::fact_number(std::string_view code) const {
    return number_of(fact_codes_, code);
}

std::optional<base::Fraction> Evidence::fact(SchoolNumber school, std::uint32_t fact,
                                             model::SchoolYear year) const {
    const auto begin = fact_keys_.begin() + facts_begin_[school];
    const auto end = fact_keys_.begin() + facts_begin_[school + 1];
    const FactKey wanted{fact, year};
    const auto place = std::lower_bound(begin, end, wanted);
    if (place == end || *place != wanted) return std::nullopt;
    return fact_values_[static_cast<std::size_t>(place - fact_keys_.begin())];
}

std::optional<std::pair<model::SchoolYear, model::SchoolYear>> Evidence::fact_years() const {
    if (fact_keys_.empty()) return std::nullopt;
    const auto [first, last] = std::ranges::minmax(fact_keys_, {}, &FactKey::year);
    return std::pair{first.year, last.year};
}

std::uint32_t Evidence::imported_number(std::string_view code) const {
    return number_of(imported_codes_, code);
}

const model::ImportedIndicator* Evidence::imported(SchoolNumber school, std::uint32_t indicator,
                                                   model::SchoolYear year) const {
    const std::tuple wanted{school, indicator, year};
    const auto key = [](const ImportedEntry& entry) {
        return std::tuple{entry.school, entry.indicator, entry.value.year};
    };
    const auto place = std::ranges::lower_bound(imported_, wanted, {}, key);
    return place != imported_.end() && key(*place) == wanted ? &place->value : nullptr;
}

std::span<const model::ObjectivityMarker> Evidence::markers(SchoolNumber school) const {
    const auto same = std::ranges::equal_range(markers_, schools_[school].id, {},
                                               &model::ObjectivityMarker::school);
    return {same.begin(), same.end()};
}

}  // namespace opora::indicators
