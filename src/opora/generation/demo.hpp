#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "opora/generation/school_results.hpp"
#include "opora/model/context_facts.hpp"
#include "opora/model/questionnaire.hpp"
#include "opora/model/teacher.hpp"
#include "opora/model/territory.hpp"

namespace opora::generation {

/// One school of the demonstration district with everything that it brings.
struct DemoSchool {
    SchoolProfile profile;
    std::vector<CellRows> cells;   ///< ВПР, ОГЭ, ЕГЭ by year.
    std::vector<CellRows> annual;  ///< The school's own yearly marks by year.
};

/// The demonstration district: invented, always the same.
///
/// 20 schools over the school years 2021 - 2024. Pooled over schools and subjects, the yearly marks
/// give the quality and success series of document S4, clause 1; its 441 teachers have the
/// proportions given there. Under federal-2025 (DOMAIN 1.1) exactly seven schools are listed in
/// 2024; one more has inflated marks and an official marker.
struct DemoDistrict {
    std::vector<model::Territory> territories;
    std::vector<DemoSchool> schools;
    std::vector<model::SchoolFact> facts;
    std::vector<model::Teacher> teachers;
    std::vector<model::TeachingLoad> loads;
    std::vector<model::ReferenceValue> references;
    std::vector<model::ObjectivityMarker> markers;
    /// Official lists of the last year (1: on the list), for methodologies that have no rule of
    /// their own.
    std::vector<model::ImportedIndicator> official_lists;
};

DemoDistrict demo_district();

inline constexpr model::SchoolYear demo_first_year{2021};
inline constexpr model::SchoolYear demo_last_year{2024};

/// Writes the district as files of the kinds that a user would import, with invented answers to the
/// given questionnaires; returns them in the order of import. Throws std::runtime_error (Russian)
/// when the disk refuses.
std::vector<std::filesystem::path> write_demo_files(
    const std::filesystem::path& directory, std::span<const model::Questionnaire> questionnaires);

}  // namespace opora::generation
