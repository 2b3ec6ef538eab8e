#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "opora/generation/school_results.hpp"
#include "opora/model/context_facts.hpp"

namespace opora::generation {

/// Sums over the pupils of a territory by work and year, from which its means follow. Sums of whole
/// numbers, so that the order of the schools does not matter.
class ReferenceSums {
public:
    void add(const CellRows& cell);
    void merge(const ReferenceSums& other);

    /// Mean share of the maximum score, mean mark, quality and share of marks 2 of every work and
    /// year.
    std::vector<model::ReferenceValue> values(const model::TerritoryId& territory) const;

private:
    struct Sums {
        const WorkForm* work = nullptr;
        std::int64_t pupils = 0;
        std::int64_t score = 0;
        std::int64_t marks = 0;
        std::int64_t good = 0;
        std::int64_t failed = 0;
    };
    using Key =
        std::tuple<int, model::ProcedureType, int, std::string>;  // year, type, grade, subject
    std::map<Key, Sums> sums_;
};

}  // namespace opora::generation
