#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "opora/model/assessment_result.hpp"

namespace opora::model {

/// Texts numbered in the order of their first appearance.
class Dictionary {
public:
    std::uint32_t number(std::string_view text);
    std::string_view text(std::uint32_t number) const { return texts_[number]; }
    std::size_t size() const { return texts_.size(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::vector<std::string> texts_;
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

/// Results of any number of protocols, column by column: 40 bytes a row where an AssessmentResult
/// takes 250.
///
/// A column is empty while every row lacks it; otherwise it has `rows()` entries, in which `absent`
/// means missing. Rows keep the order in which they were added.
struct ResultTable {
    static constexpr std::int16_t absent = INT16_MIN;

    Dictionary schools;
    Dictionary classes;
    Dictionary variants;
    std::vector<Procedure> procedures;  ///< Indexed by `procedure`; no two are equal.
    std::vector<Work> works;  ///< What the files said of their works; may lack procedures.

    std::vector<std::uint32_t> school;      ///< Always full.
    std::vector<std::uint32_t> procedure;   ///< Always full.
    std::vector<std::uint16_t> class_name;  ///< Number in `classes`.
    std::vector<std::int16_t> score;
    std::vector<std::int16_t> test_score;
    std::vector<std::int16_t> mark;
    std::vector<std::int16_t> journal_mark;
    std::vector<std::int16_t> below_minimum;  ///< 0, 1 or absent.
    std::vector<std::int16_t> at_minimum;     ///< 0, 1 or absent.
    std::vector<std::uint16_t> variant;       ///< Number in `variants`.
    std::vector<std::int32_t> source_row;     ///< Always full.
    std::vector<std::string> participant;     ///< Empty text where there is no code.
    std::vector<std::uint32_t>
        points_begin;  ///< rows()+1 offsets into `points`; empty while no row has points.
    std::vector<std::int16_t> points;

    std::size_t rows() const { return school.size(); }
    std::uint32_t procedure_number(const Procedure& wanted);  ///< Adds it if it is new.
    void add(const AssessmentResult& result);
    AssessmentResult row(std::size_t index) const;
    std::span<const std::int16_t> points_of(std::size_t index) const;
};

}  // namespace opora::model
