#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "opora/indicators/evidence.hpp"
#include "opora/rules/pack.hpp"
#include "support/source_folder.hpp"

namespace opora::rules::testing {

/// Counts of one school in one procedure as a test writes them; what is not named is zero.
struct Results {
    std::string school = "s1";
    model::ProcedureType type = model::ProcedureType::oge;
    std::string subject = "russian";
    int grade = 9;
    int year = 2024;
    int n = 0;
    int low = 0;   ///< Below the minimum: mark 2.
    int good = 0;  ///< Marks 4 and 5.
    int score_sum = 0;
    int score_max = 0;
    int absent = 0;  ///< Rows without a result.
    model::Period period = model::Period::main;
    int programme_grade = 0;  ///< 0: the grade.
    bool unmarked = false;    ///< Results without marks (ЕГЭ).
    int far_apart = -1;       ///< Journal marks two and more away; -1: no journal marks.
};

/// A territory put together row by row: one region, one district, schools with the grades that they
/// teach.
class Territory {
public:
    Territory() {
        input_.territories = {
            {{"ru"}, model::TerritoryLevel::country, "Страна", {""}, ""},
            {{"r"}, model::TerritoryLevel::region, "Область", {"ru"}, ""},
            {{"d"}, model::TerritoryLevel::municipality, "Район", {"r"}, ""},
        };
    }

    model::School& school(const std::string& id,
                          model::SchoolType type = model::SchoolType::secondary) {
        model::School school;
        school.id = {id};
        school.name = "Школа " + id;
        school.territory = {"d"};
        school.type = type;
        input_.schools.push_back(school);
        return input_.schools.back();
    }

    Territory& add(const Results& results) {
        rows_.push_back(results);
        return *this;
    }

    Territory& fact(const std::string& school, int year, const std::string& code, int value) {
        input_.facts.push_back({{school}, {year}, code, {value, 1}});
        return *this;
    }
    Territory& imported(const std::string& school, int year, const std::string& code,
                        base::Fraction value) {
        input_.imported.push_back({{school}, {year}, {code}, value, std::nullopt});
        return *this;
    }
    Territory& marker(const std::string& school, int year, const std::string& subject, int grade,
                      bool marked) {
        input_.markers.push_back({{school}, {year}, {subject}, grade, marked});
        return *this;
    }
    Territory& reference(const Results& like, const std::string& indicator, base::Fraction value,
                         const std::string& territory = "r") {
        model::ReferenceValue reference;
        reference.territory = {territory};
        reference.procedure = procedure(like);
        reference.indicator = {indicator};
        reference.value = value;
        input_.references.push_back(reference);
        return *this;
    }

    indicators::Evidence evidence() const {
        indicators::EvidenceInput input = input_;
        indicators::CellBlock block;
        block.file = "протокол.xlsx";
        std::map<std::string, std::uint32_t> schools;
        std::map<model::Procedure, std::uint32_t> procedures;
        for (const Results& row : rows_) {
            schools.emplace(row.school, 0);
            procedures.emplace(procedure(row), 0);
        }
        for (auto& [id, number] : schools) {
            number = static_cast<std::uint32_t>(block.cells.schools.size());
            block.cells.schools.push_back({id});
        }
        for (auto& [key, number] : procedures) {
            number = static_cast<std::uint32_t>(block.cells.procedures.size());
            block.cells.procedures.push_back(key);
        }
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            tally::CoreCell cell;
            cell.school = schools.at(rows_[i].school);
            cell.procedure = procedures.at(procedure(rows_[i]));
            cell.counts = counts(rows_[i]);
            cell.row_first = static_cast<std::int32_t>(10 * i + 1);
            cell.row_last = cell.row_first + rows_[i].n - 1;
            block.cells.cells.push_back(cell);
        }
        input.blocks.push_back(std::move(block));
        return indicators::Evidence{std::move(input)};
    }

private:
    static model::Procedure procedure(const Results& row) {
        return {{row.year},    row.type,
                {row.subject}, row.programme_grade > 0 ? row.programme_grade : row.grade,
                row.grade,     row.period};
    }

    static tally::CellCounts counts(const Results& row) {
        tally::CellCounts counts;
        counts.participants = row.n;
        counts.no_result = row.absent;
        counts.listed = row.n;
        counts.marks = {row.low, row.n - row.low - row.good, row.good, 0};
        if (row.unmarked) counts.marks = {};
        counts.minimum_known = row.n;
        counts.below_minimum = row.low;
        if (row.score_max > 0) {
            counts.scored = row.n;
            counts.score_sum = row.score_sum;
            counts.score_squares = std::int64_t{row.score_sum} * row.score_sum;
            counts.score_max = row.score_max;
        }
        if (row.far_apart >= 0) {
            counts.journaled = row.n;
            counts.far_apart = row.far_apart;
            counts.confirmed = row.n - row.far_apart;
        }
        return counts;
    }

    indicators::EvidenceInput input_;
    std::vector<Results> rows_;
};

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A pack of the project by its id; its mistakes end the test.
inline Pack shipped(const std::string& id) {
    const std::string name = "methodology/packs/" + id + ".yaml";
    auto pack = parse_pack(read_file(opora::testing::source_folder() / name), name);
    if (!pack) {
        std::string all;
        for (const auto& error : pack.error()) all += describe(error) + "\n";
        throw std::runtime_error{all};
    }
    return std::move(pack).value();
}

/// A pack of one rule named `r`; `sections` are further sections of the YAML text (parameters,
/// windows …).
inline base::Result<Pack, base::Errors> try_rule(const std::string& when,
                                                 const std::string& sections = "") {
    std::string folded;
    for (const char symbol : when) folded += symbol == '\n' ? ' ' : symbol;
    return parse_pack(
        "document: {id: t, version: '1', title: t, issuer: t, source: t, level: school, evidence: "
        "K, "
        "in_force: {from: 2020-01-01}}\n" +
            sections +
            "\nrules:\n  - id: r\n    clause: c\n    row: t\n    title: t\n    when: >-\n      " +
            folded + "\ndecision: {listing: r}\n",
        "t.yaml");
}

inline Pack rule(const std::string& when, const std::string& sections = "") {
    auto pack = try_rule(when, sections);
    if (!pack) throw std::runtime_error{describe(pack.error().front())};
    return std::move(pack).value();
}

/// The pack with other values of its parameters: {{"low_limit", "35 %"}, …}.
inline Pack with(Pack pack, const std::vector<std::pair<std::string, std::string>>& values) {
    for (const auto& [name, value] : values) {
        auto changed = with_parameter(pack, name, value);
        if (!changed) throw std::runtime_error{describe(changed.error())};
        pack = std::move(changed).value();
    }
    return pack;
}

}  // namespace opora::rules::testing
