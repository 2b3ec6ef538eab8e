#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "opora/generation/text_file.hpp"
#include "opora/model/context_facts.hpp"
#include "opora/model/school.hpp"
#include "opora/model/teacher.hpp"
#include "opora/model/territory.hpp"

namespace opora::generation {

/// A register as it is written: headings and rows of text; a blank cell is a missing value.
struct RegisterTable {
    std::string title;  ///< Sheet name.
    std::vector<std::string> headings;
    std::vector<std::vector<std::string>> rows;
};

/// Headings in English codes (csv) or in the words of school_facts.yaml (xlsx).
enum class Headings : std::uint8_t { codes, russian };

RegisterTable territories_table(std::span<const model::Territory> territories);
RegisterTable schools_table(std::span<const model::School> schools);
/// One row per school and year for the facts of a kind of file (`passports`, `flows`, `staff`);
/// rows without any value are left out.
RegisterTable facts_table(std::string_view kind, std::span<const model::SchoolFact> facts,
                          Headings headings);
RegisterTable teachers_table(std::span<const model::Teacher> teachers);
RegisterTable loads_table(std::span<const model::TeachingLoad> loads);
RegisterTable references_table(std::span<const model::ReferenceValue> references);
RegisterTable indicators_table(std::span<const model::ImportedIndicator> indicators);
/// The official shape of DOMAIN 3.1: one row per school and year, one column per grade and subject.
RegisterTable markers_table(std::span<const model::ObjectivityMarker> markers,
                            std::span<const model::School> schools, std::string_view municipality);

/// The rows as csv lines, without the headings.
std::string csv_lines(const RegisterTable& table);
std::string csv_heading(const RegisterTable& table);

/// Throw std::runtime_error when the disk refuses.
void write_csv(const std::filesystem::path& path, const RegisterTable& table);
void write_workbook(const std::filesystem::path& path, const RegisterTable& table);

/// Codes and Russian titles of the facts that the generator writes, kind by kind.
struct FactColumn {
    std::string_view kind;
    std::string_view code;
    std::string_view title;
};
std::span<const FactColumn> fact_columns();

}  // namespace opora::generation
