#include "opora/application/import_scope.hpp"

#include <algorithm>

namespace opora::application {

namespace {

template <class Row>
void upsert(std::vector<Row>& rows, const std::vector<Row>& fresh) {
    std::set<std::string> met;
    for (const Row& row : fresh) met.insert(row.id.value);
    std::erase_if(rows, [&](const Row& row) { return met.contains(row.id.value); });
    rows.insert(rows.end(), fresh.begin(), fresh.end());
    std::ranges::sort(rows, {}, &Row::id);
}

const model::Territory* find(const std::vector<model::Territory>& all,
                             const model::TerritoryId& id) {
    const auto found = std::ranges::find(all, id, &model::Territory::id);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

ImportScope::ImportScope(const model::User& user, ports::RegisterRows all)
    : whole_{user.territory.value.empty()}, territory_{user.territory} {
    all_.schools = std::move(all.schools);
    all_.territories = std::move(all.territories);
    all_.teachers = std::move(all.teachers);
    measure();
}

void ImportScope::measure() {
    known_ = {};
    territories_ = {territory_};
    schools_.clear();
    if (whole_) {
        known_.schools = all_.schools;
        known_.territories = all_.territories;
        return;
    }
    // Parents may stand behind their children: looked through until nothing is added.
    for (bool more = true; more;) {
        more = false;
        for (const model::Territory& one : all_.territories) {
            if (territories_.contains(one.parent)) more |= territories_.insert(one.id).second;
        }
    }
    std::set<model::TerritoryId> named = territories_;
    constexpr int levels_max = 8;
    const model::Territory* above = find(all_.territories, territory_);
    for (int level = 0; above != nullptr && level < levels_max; ++level) {
        named.insert(above->id);
        above = find(all_.territories, above->parent);
    }
    for (const model::Territory& one : all_.territories) {
        if (named.contains(one.id)) known_.territories.push_back(one);
    }
    for (const model::School& school : all_.schools) {
        if (!territories_.contains(school.territory)) continue;
        known_.schools.push_back(school);
        schools_.insert(school.id);
    }
}

void ImportScope::learn(const ports::RegisterRows& rows) {
    if (rows.schools.empty() && rows.territories.empty() && rows.teachers.empty()) return;
    upsert(all_.schools, rows.schools);
    upsert(all_.territories, rows.territories);
    upsert(all_.teachers, rows.teachers);
    measure();
}

bool ImportScope::holds(const model::TerritoryId& territory) const {
    return whole_ || (!territory.value.empty() && territories_.contains(territory));
}

bool ImportScope::holds(const model::SchoolId& school) const {
    return whole_ || schools_.contains(school);
}

void ImportScope::narrow(ports::ImportBatch& batch) const {
    const auto dropped =
        std::erase_if(batch.territory_forms,
                      [&](const ports::TerritoryForm& form) { return !holds(form.territory); });
    if (dropped == 0) return;
    batch.warnings.push_back(
        {.code = "territory_rows_left",
         .message = "строки страны, региона и других территорий не загружаются: их загружает тот, "
                    "кто за них отвечает",
         .place = {.file = batch.file}});
}

/// Territories of the file must hang below the own one, which itself stays where it hangs.
bool ImportScope::moves(const std::vector<model::Territory>& rows,
                        std::set<model::TerritoryId>& own) const {
    for (const model::Territory& one : rows) {
        const model::Territory* stored = find(all_.territories, one.id);
        if (stored != nullptr && !holds(one.id)) return true;
        if (one.id == territory_ && stored != nullptr && stored->parent != one.parent) return true;
    }
    for (bool more = true; more;) {
        more = false;
        for (const model::Territory& one : rows) {
            if (own.contains(one.parent)) more |= own.insert(one.id).second;
        }
    }
    return std::ranges::any_of(rows, [&](const model::Territory& one) {
        return one.id != territory_ && !own.contains(one.parent);
    });
}

bool ImportScope::objects(const ports::RegisterRows& rows) const {
    std::set<model::TerritoryId> own = territories_;
    if (moves(rows.territories, own)) return true;
    std::set<model::SchoolId> taken;
    for (const model::School& one : all_.schools) {
        if (!holds(one.id)) taken.insert(one.id);
    }
    for (const model::School& one : rows.schools) {
        if (taken.contains(one.id) || !own.contains(one.territory)) return true;
    }
    std::set<model::TeacherId> of_others;
    for (const model::Teacher& one : all_.teachers) {
        if (!holds(one.school)) of_others.insert(one.id);
    }
    for (const model::Teacher& one : rows.teachers) {
        if (of_others.contains(one.id) || !holds(one.school)) return true;
    }
    const auto foreign_school = [&](const auto& row) { return !holds(row.school); };
    const auto foreign_territory = [&](const model::ReferenceValue& one) {
        return !holds(one.territory);
    };
    return std::ranges::any_of(rows.facts, foreign_school) ||
           std::ranges::any_of(rows.indicators, foreign_school) ||
           std::ranges::any_of(rows.markers, foreign_school) ||
           std::ranges::any_of(rows.loads, foreign_school) ||
           std::ranges::any_of(rows.answers, foreign_school) ||
           std::ranges::any_of(rows.references, foreign_territory);
}

std::optional<base::Error> ImportScope::objection(const ports::ImportBatch& batch) const {
    if (whole_) return std::nullopt;
    bool foreign = objects(batch.rows);
    for (std::size_t i = 0; i < batch.results.schools.size(); ++i) {
        const auto number = static_cast<std::uint32_t>(i);
        foreign |= !holds(model::SchoolId{std::string{batch.results.schools.text(number)}});
    }
    for (const tally::Cell& cell : batch.aggregates) foreign |= !holds(cell.school);
    if (!foreign) return std::nullopt;
    return base::Error{.code = "other_territory",
                       .message =
                           "в файле есть строки, которые относятся не к вашей территории; "
                           "уберите их и загрузите файл снова",
                       .place = {.file = batch.file}};
}

}  // namespace opora::application
