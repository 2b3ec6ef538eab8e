#pragma once

#include <doctest/doctest.h>

#include "api/office.hpp"
#include "opora/application/list_desk.hpp"
#include "opora/base/sha256.hpp"

namespace opora::testing {

/// Adds results of another procedure to the office: of ten pupils of each school `low[i]` fail.
/// With four of ten in the first procedure a school with four and more is then listed.
inline void add_procedure(application::Workspace& workspace, const std::vector<int>& low,
                          const char* subject = "mathematics") {
    model::ResultTable results;
    for (std::size_t school = 0; school < low.size(); ++school) {
        for (int pupil = 0; pupil < 10; ++pupil) {
            const bool failed = pupil < low[school];
            results.add({.procedure = {{2024}, model::ProcedureType::vpr, {subject}, 5, 5},
                         .school = {std::to_string(school + 1)},
                         .score = 10 + pupil,
                         .mark = failed ? 2 : 4,
                         .below_minimum = failed});
        }
    }
    const auto identity = workspace.store().fact_store().add_results(std::move(results));
    workspace.store().register_store().import(
        {}, false, {.kind = "bulk", .file = "ещё.csv", .actor = "test", .results = identity});
    workspace.changed();
}

/// The list of district A as the command line drafts it.
inline application::ListRequest district_list(const application::Workspace& workspace) {
    return {.methodology = *workspace.methodology("federal-2025"),
            .settings = {},
            .year = {2024},
            .territory = {"a"}};
}

/// A desk of the command line, or of a person of a role.
inline application::ListDesk desk_of(application::Workspace& workspace) {
    return {workspace.store(), application::ListRights{"local:test"}};
}
inline application::ListDesk desk_of(application::Workspace& workspace,
                                     const application::View& view, const model::User& user) {
    return {workspace.store(), application::ListRights{user, view.evidence()}};
}

/// A day `days` after today.
inline model::Date day_after(const application::Workspace& workspace, int days) {
    auto& store = const_cast<application::Workspace&>(workspace).store();
    const auto today = model::date_of(store.list_store().now());
    REQUIRE(today);
    return std::chrono::sys_days{*today} + std::chrono::days{days};
}

inline model::ListId draft(application::Workspace& workspace) {
    const auto list = desk_of(workspace).draft(district_list(workspace), workspace.scales(), "1");
    REQUIRE(list);
    return *list;
}

/// A preliminary list of district A, in which schools 1 and 2 stand.
inline model::ListId preliminary(application::Workspace& workspace) {
    add_procedure(workspace, {5, 4, 0});
    const model::ListId list = draft(workspace);
    REQUIRE(desk_of(workspace).publish(list, day_after(workspace, 5), {}));
    return list;
}

/// SHA-256 of «акт».
inline const std::string appeal_file_hash = base::sha256("акт");
inline const char* const appeal_file = appeal_file_hash.c_str();

/// List 1, preliminary, with appeals 1 and 2 of schools 1 and 2, a file with each.
inline model::ListId list_of_school(Office& office) {
    auto& workspace = office.workspace();
    const model::ListId list = preliminary(workspace);
    const auto path = workspace.store().directory() / "tmp" / "акт.txt";
    std::ofstream{path} << "акт";
    for (const std::int64_t school : {1, 2}) {
        auto desk = desk_of(workspace);
        REQUIRE(desk.appeal(list, {std::to_string(school)}, {}, "Не согласны"));
        REQUIRE(desk.attach(list, school, path, "акт.txt"));
    }
    return list;
}

template <class T>
std::string code_of(const base::Result<T>& result) {
    return result ? "" : result.error().code;
}
template <class T>
std::string code_of(const base::Result<T, base::Errors>& result) {
    return result ? "" : result.error().front().code;
}

}  // namespace opora::testing
