#include "opora/context/covariates.hpp"

#include <algorithm>
#include <array>

namespace opora::context {

using indicators::ContextTable;
using indicators::SchoolNumber;
using model::SchoolType;

namespace {

using Numbers = std::span<const SchoolNumber>;

Covariate feature(const ContextTable& table, Numbers numbers, std::string_view code) {
    const std::size_t column = ContextTable::feature(code);
    Covariate one{std::string{code}, std::string{ContextTable::features()[column].title}, {}};
    for (const SchoolNumber number : numbers) one.values.push_back(table.value(number, column));
    return one;
}

Covariate index_covariate(const SocialIndex& index) {
    Covariate one{"index", "Индекс социального благополучия", {}};
    for (const model::SchoolIndex& school : index.schools) one.values.push_back(school.z);
    return one;
}

/// Types that work under conditions of their own; the others are compared with secondary schools.
struct TypeGroup {
    std::string_view code;
    std::string_view title;
    std::array<SchoolType, 3> types;
};

constexpr std::array<TypeGroup, 4> type_groups{{
    {"type_primary",
     "Начальная школа",
     {SchoolType::primary, SchoolType::primary, SchoolType::primary}},
    {"type_basic", "Основная школа", {SchoolType::basic, SchoolType::basic, SchoolType::basic}},
    {"type_advanced",
     "Гимназия или лицей",
     {SchoolType::gymnasium, SchoolType::lyceum, SchoolType::lyceum}},
    {"type_special",
     "Вечерняя, коррекционная школа или интернат",
     {SchoolType::evening, SchoolType::correctional, SchoolType::boarding}},
}};

void add_types(const indicators::Evidence& evidence, Numbers numbers,
               std::vector<Covariate>& covariates) {
    for (const TypeGroup& group : type_groups) {
        Covariate one{std::string{group.code}, std::string{group.title}, {}, true};
        bool any = false;
        for (const SchoolNumber number : numbers) {
            const SchoolType type = evidence.schools()[number].type;
            const bool member = std::ranges::find(group.types, type) != group.types.end();
            any = any || member;
            one.values.emplace_back(member ? 1.0 : 0.0);
        }
        if (any) covariates.push_back(std::move(one));
    }
}

}  // namespace

CovariateChoice choose_covariates(const indicators::Evidence& evidence, const ContextTable& table,
                                  Numbers numbers, std::span<const IndexComponent> components,
                                  const SocialIndex& index) {
    CovariateChoice choice;
    std::size_t judged = 0;
    for (const model::SchoolIndex& school : index.schools) {
        choice.left_out.push_back(school.z ? std::string{} : school.reason);
        if (school.z) ++judged;
    }
    for (const IndexComponent& component : components) {
        choice.covariates.push_back(feature(table, numbers, component.code));
    }
    for (const std::string_view code : {"log_pupils", "settlement", "log_distance"}) {
        choice.covariates.push_back(feature(table, numbers, code));
    }
    add_types(evidence, numbers, choice.covariates);
    if (judged >= schools_per_covariate * choice.covariates.size()) {
        choice.note = "доли социального паспорта, размер, место и тип школы";
        return choice;
    }
    choice.covariates = {index_covariate(index)};
    choice.note = "школ мало, поэтому условия представлены индексом";
    if (judged >= schools_per_covariate * 2) {
        choice.covariates.push_back(feature(table, numbers, "log_pupils"));
        choice.note += " и размером школы";
    }
    return choice;
}

}  // namespace opora::context
