#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "opora/indicators/evidence.hpp"
#include "opora/tally/cell.hpp"

namespace opora::objectivity {

/// Marks of the work against marks of the journal: [mark-2][journal mark-2].
using JournalTable = std::array<std::array<std::int32_t, 4>, 4>;

/// The results of one class in one work, by scores.
struct ClassResult {
    std::uint32_t name = 0;  ///< Number in DetailTable::class_names().
    std::int32_t n = 0;
    double mean = 0;
    double squares = 0;  ///< Sum of squared distances from the mean.
};

/// How answers to the tasks of a work vary in a parallel.
struct Answers {
    float heterogeneity = -1;  ///< Mean over tasks of 1 - sum p², p the share of each point; -1: no
                               ///< points of tasks.
    float missing = 0;  ///< Share of tasks without an answer.
};

/// What signs need of the cells in force beyond their counts, packed: histograms, journal tables
/// and classes of millions of results in a few hundred megabytes. Filled cell by cell in any order,
/// then sorted once.
class DetailTable {
public:
    /// `histogram_wanted`: of the year that is looked at; of earlier years classes are enough.
    void add(indicators::SchoolNumber school, indicators::ProcedureNumber procedure,
             const tally::CellDetail& detail, bool histogram_wanted);
    void sort();

    struct Entry {
        indicators::SchoolNumber school = 0;
        indicators::ProcedureNumber procedure = 0;
        std::uint32_t histogram = 0;
        std::uint32_t histogram_size = 0;
        std::uint32_t journal = indicators::nothing;
        std::uint32_t classes = 0;
        std::uint32_t class_count = 0;
        Answers answers;
    };
    /// Sorted by (school, procedure).
    std::span<const Entry> entries() const { return entries_; }
    const Entry* find(indicators::SchoolNumber school, indicators::ProcedureNumber procedure) const;

    std::span<const std::int32_t> histogram(const Entry& entry) const {
        return std::span{histograms_}.subspan(entry.histogram, entry.histogram_size);
    }
    /// nullptr without marks of the journal.
    const JournalTable* journal(const Entry& entry) const {
        return entry.journal == indicators::nothing ? nullptr : &journals_[entry.journal];
    }
    std::span<const ClassResult> classes(const Entry& entry) const {
        return std::span{classes_}.subspan(entry.classes, entry.class_count);
    }
    std::span<const std::string> class_names() const { return class_names_; }

private:
    std::uint32_t class_number(const std::string& name);

    std::vector<Entry> entries_;
    std::vector<std::int32_t> histograms_;
    std::vector<JournalTable> journals_;
    std::vector<ClassResult> classes_;
    std::vector<std::string> class_names_;
    std::unordered_map<std::string, std::uint32_t> class_numbers_;
};

}  // namespace opora::objectivity
