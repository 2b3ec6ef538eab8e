#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "opora/objectivity/material.hpp"

namespace opora::objectivity {

/// First scores of the marks 3, 4, 5 of a work, as far as they are official and known.
struct Borders {
    std::array<std::optional<std::int32_t>, 3> first_scores;

    bool known() const { return first_scores[0] || first_scores[1] || first_scores[2]; }
};

/// Official borders of the works of a year, by region.
///
/// Of a scale in the dictionaries; else of the official marks themselves: where the marks of the
/// protocols follow the scores, border m is the score b for which, in every school, as many pupils
/// stand below b as have a mark below m. A tally shows this without its protocol: b lies above the
/// highest score of the pupils with lower marks and not above the lowest score of the others. The
/// border holds when exactly one b agrees with at least 99 in 100 schools (a slip of one school
/// does not take the scale from all); otherwise there is none: marks given by other conditions, or
/// scores that nobody has on both sides. Borders are never inferred from the shape of a
/// distribution.
class BorderTable {
public:
    explicit BorderTable(const Material& material);

    const Borders& of(SchoolNumber school, ProcedureNumber procedure) const;

private:
    std::size_t place(std::uint32_t region, ProcedureNumber procedure) const {
        return region * procedures_ + procedure;
    }

    const indicators::Evidence& evidence_;
    std::size_t procedures_ = 0;
    std::vector<Borders> borders_;  ///< [region][procedure].
};

}  // namespace opora::objectivity
