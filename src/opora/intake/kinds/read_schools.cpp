#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/read_registers.hpp"
#include "opora/intake/kinds/row_fields.hpp"
#include "opora/intake/kinds/territory_index.hpp"

namespace opora::intake {

namespace {

using model::SchoolType;
using model::SettlementType;
using model::TerritoryLevel;

template <class Enum>
using Words = std::pair<std::string_view, Enum>;

constexpr std::array<Words<SchoolType>, 8> school_types{{
    {"primary", SchoolType::primary},
    {"basic", SchoolType::basic},
    {"secondary", SchoolType::secondary},
    {"gymnasium", SchoolType::gymnasium},
    {"lyceum", SchoolType::lyceum},
    {"evening", SchoolType::evening},
    {"correctional", SchoolType::correctional},
    {"boarding", SchoolType::boarding},
}};
constexpr std::array<Words<SettlementType>, 3> settlements{{{"city", SettlementType::city},
                                                            {"town", SettlementType::town},
                                                            {"village", SettlementType::village}}};
constexpr std::array<Words<TerritoryLevel>, 3> levels{
    {{"country", TerritoryLevel::country},
     {"region", TerritoryLevel::region},
     {"municipality", TerritoryLevel::municipality}}};

template <class Enum, std::size_t size>
std::optional<Enum> meaning(const std::array<Words<Enum>, size>& words, std::string_view code) {
    for (const auto& [word, value] : words) {
        if (word == code) return value;
    }
    return std::nullopt;
}

class TerritoriesReader : public KindReader {
public:
    explicit TerritoriesReader(Session& session)
        : session_{session}, known_{session.context.territories} {}

    base::Result<base::Done> read(TableReader& table) override {
        return read_register(table, session_,
                             [this](RowFields& fields, const Headings&) { take(fields); });
    }

    void finish() override {
        for (const model::Territory& territory : session_.batch.rows.territories)
            known_.add(territory);
        for (model::Territory& territory : session_.batch.rows.territories) {
            if (territory.parent.value.empty()) continue;
            if (const auto parent = known_.find(territory.parent.value)) {
                territory.parent = *parent;
                continue;
            }
            session_.report.warn(
                {.code = "unknown_territory",
                 .message = fmt::format("Вышестоящей территории «{}» нет ни в файле, ни в реестре: "
                                        "территория «{}» записана без неё.",
                                        territory.parent.value, territory.name)});
            territory.parent = {};
        }
        check_circles();
    }

private:
    void check_circles() {
        std::map<model::TerritoryId, model::TerritoryId> parents;
        for (const model::Territory& one : session_.context.territories)
            parents[one.id] = one.parent;
        for (const model::Territory& one : session_.batch.rows.territories) {
            parents[one.id] = one.parent;
        }
        for (const model::Territory& one : session_.batch.rows.territories) {
            model::TerritoryId above = one.parent;
            for (std::size_t steps = 0; steps < parents.size() && above != one.id; ++steps) {
                const auto found = parents.find(above);
                if (found == parents.end()) break;
                above = found->second;
            }
            if (above != one.id) continue;
            session_.report.refuse_file(
                {.code = "territories_in_circle",
                 .message = fmt::format("Территория «{}» через вышестоящие входит в саму себя. "
                                        "Исправьте столбец вышестоящей территории.",
                                        one.name),
                 .expected = "район внутри региона, регион внутри страны"});
            return;
        }
    }

    void take(RowFields& fields) {
        model::Territory territory;
        territory.id = {fields.needed_text("territory_id")};
        territory.name = fields.needed_text("name");
        territory.parent = {fields.text("parent_id")};
        territory.code = fields.text("code");
        const auto level = meaning(levels, fields.choice("level", "level"));
        if (level) {
            territory.level = *level;
        } else if (fields.good()) {
            fields.fail("level", "blank", "Уровень не заполнен.",
                        "страна, регион или муниципалитет");
        }
        if (territory.parent == territory.id && !territory.id.value.empty()) {
            fields.fail("parent_id", "own_parent", "Территория не может входить в саму себя.",
                        "код другой территории");
        }
        if (fields.good() && !ids_.insert(territory.id.value).second) {
            fields.fail("territory_id", "duplicate", "Такой код уже встретился в этом файле.",
                        "код один раз");
        }
        if (fields.good()) session_.batch.rows.territories.push_back(std::move(territory));
    }

    Session& session_;
    TerritoryIndex known_;
    std::unordered_set<std::string> ids_;
};

/// The type that a name tells, for files without a column of types.
std::optional<SchoolType> type_in_name(std::string_view name) {
    constexpr std::array<Words<SchoolType>, 17> signs{{
        {"вечерн", SchoolType::evening},
        {"коррекционн", SchoolType::correctional},
        {"интернат", SchoolType::boarding},
        {"кадетский корпус", SchoolType::boarding},
        {"гимнази", SchoolType::gymnasium},
        {"лице", SchoolType::lyceum},
        {"основная общеобразовательная", SchoolType::basic},
        {"основная школа", SchoolType::basic},
        {" оош", SchoolType::basic},
        {"начальная общеобразовательная", SchoolType::primary},
        {"начальная школа", SchoolType::primary},
        {" нош", SchoolType::primary},
        {" ноо", SchoolType::primary},
        {" всош", SchoolType::evening},
        {" осош", SchoolType::evening},
        {" скош", SchoolType::correctional},
        {" сош", SchoolType::secondary},
    }};
    const std::string words = " " + normalised(name);
    for (const auto& [sign, type] : signs) {
        if (words.find(sign) != std::string::npos) return type;
    }
    return std::nullopt;
}

class SchoolsReader : public KindReader {
public:
    explicit SchoolsReader(Session& session)
        : session_{session}, territories_{session.context.territories} {}

    base::Result<base::Done> read(TableReader& table) override {
        return read_register(table, session_, [this](RowFields& fields, const Headings& headings) {
            take(fields, headings);
        });
    }

    void finish() override {
        check_shared(&model::School::login, "shared_login", "Логин");
        check_shared(&model::School::rcoi_code, "shared_exam_code", "Код РЦОИ");
        for (model::School& school : session_.batch.rows.schools) {
            const std::string& successor = school.successor.value;
            if (successor.empty() || ids_.contains(successor)) continue;
            if (const model::School* known = session_.index.find(successor)) {
                school.successor = known->id;
                continue;
            }
            session_.report.warn({.code = "unknown_school",
                                  .message = fmt::format(
                                      "Правопреемника «{}» школы {} нет ни в файле, ни в реестре.",
                                      successor, school.id.value)});
        }
    }

private:
    void take(RowFields& fields, const Headings& headings) {
        const bool own_id = headings.has(session_.kind.number("school_id"));
        const std::string id = fields.needed_text(own_id ? "school_id" : "login");
        const model::School* known = session_.index.find_id(id);
        // Columns that the file lacks keep what the register says of the school.
        model::School school = known != nullptr ? *known : model::School{.id = {id}};
        const auto has = [&](std::string_view column) {
            return headings.has(session_.kind.number(column));
        };
        const auto take_text = [&](std::string_view column, std::string& into) {
            if (has(column)) into = fields.text(column);
        };
        take_text("name", school.name);
        if (school.name.empty()) school.name = "Школа " + id;
        take_text("login", school.login);
        take_text("rcoi_code", school.rcoi_code);
        take_text("inn", school.inn);
        take_text("address", school.address);
        take_text("head", school.head);
        take_text("successor_id", school.successor.value);
        take_territory(fields, school);
        take_type(fields, school, has("type"), known == nullptr);
        take_place(fields, school, has("settlement") || has("rural"));
        if (has("distance_km")) school.distance_km = fields.whole("distance_km", {0, 20'000});
        if (has("grade_low"))
            school.grade_low = fields.whole("grade_low", {model::grade_min, model::grade_max});
        if (has("grade_high"))
            school.grade_high = fields.whole("grade_high", {model::grade_min, model::grade_max});
        if (has("opened")) school.opened = fields.year("opened");
        if (has("closed")) school.closed = fields.year("closed");
        check(fields, school);
        if (fields.good()) session_.batch.rows.schools.push_back(std::move(school));
    }

    /// A code of two working schools names neither: their protocols could not be told apart.
    void check_shared(std::string model::School::*code, const char* error, const char* title) {
        std::map<std::string, const model::School*> owners;
        const auto meet = [&](const model::School& school) {
            if ((school.*code).empty() || school.closed) return;
            const auto [place, added] = owners.emplace(school.*code, &school);
            if (added || place->second->id == school.id) return;
            session_.report.refuse_file(
                {.code = error,
                 .message = fmt::format(
                     "{} «{}» записан у двух школ: {} («{}») и {} («{}»). По нему нельзя узнать, "
                     "чей протокол; исправьте его у одной из них и загрузите файл снова.",
                     title, school.*code, place->second->id.value, place->second->name,
                     school.id.value, school.name),
                 .expected = "у каждой школы свой"});
        };
        for (const model::School& school : session_.batch.rows.schools) meet(school);
        for (const model::School& school : session_.context.schools) {
            if (!ids_.contains(school.id.value)) meet(school);
        }
    }

    void take_territory(RowFields& fields, model::School& school) {
        if (!fields.good()) return;
        const std::string region = fields.text("region");
        const std::string municipality = fields.text("municipality");
        const std::string own = fields.text("territory_id");
        model::TerritoryId parent;
        if (!region.empty())
            parent = territories_.found_or_made(region, TerritoryLevel::region, {}, session_);
        if (!own.empty()) {
            school.territory =
                territories_.found_or_made(own, TerritoryLevel::municipality, parent, session_);
        } else if (!municipality.empty()) {
            school.territory = territories_.found_or_made(
                municipality, TerritoryLevel::municipality, parent, session_);
        } else if (!parent.value.empty()) {
            school.territory = parent;
        }
    }

    void take_type(RowFields& fields, model::School& school, bool stated, bool fresh) {
        const std::string_view word =
            stated ? fields.choice("type", "school_type") : std::string_view{};
        if (const auto type = meaning(school_types, word)) {
            school.type = *type;
        } else if (fresh) {
            school.type = type_in_name(school.name).value_or(SchoolType::secondary);
        }
    }

    void take_place(RowFields& fields, model::School& school, bool stated) {
        if (!stated) return;
        school.settlement = SettlementType::unknown;
        const auto type = meaning(settlements, fields.choice("settlement", "settlement"));
        const auto rural = fields.flag("rural");
        if (type) {
            school.settlement = *type;
        } else if (rural) {
            school.settlement = *rural ? SettlementType::village : SettlementType::city;
        }
    }

    void check(RowFields& fields, const model::School& school) {
        if (school.grade_low && school.grade_high && *school.grade_low > *school.grade_high) {
            fields.fail("grade_high", "grades_reversed", "Старший класс меньше младшего.",
                        fmt::format("не меньше {}", *school.grade_low));
        }
        if (school.opened && school.closed && *school.opened > *school.closed) {
            fields.fail("closed", "years_reversed", "Год закрытия раньше года открытия.",
                        fmt::format("не раньше {}", school.opened->ending));
        }
        if (!school.id.value.empty() && school.successor == school.id) {
            fields.fail("successor_id", "own_successor",
                        "Школа не может быть правопреемником самой себя.",
                        "код другой школы или пусто");
        }
        if (fields.good() && !ids_.insert(school.id.value).second) {
            fields.fail("school_id", "duplicate", "Такая школа уже встретилась в этом файле.",
                        "код один раз");
        }
    }

    Session& session_;
    TerritoryIndex territories_;
    std::unordered_set<std::string> ids_;
};

}  // namespace

std::unique_ptr<KindReader> territories_reader(Session& session) {
    return std::make_unique<TerritoriesReader>(session);
}

std::unique_ptr<KindReader> schools_reader(Session& session) {
    return std::make_unique<SchoolsReader>(session);
}

}  // namespace opora::intake
