#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "opora/indicators/standard_scores.hpp"

namespace opora::typology {

/// What the one-way analysis of variance of every procedure needs; shards subtract.
class VarianceSums {
public:
    explicit VarianceSums(std::size_t procedures) : procedures_(procedures) {}

    void add(const indicators::StandardCell& cell);
    VarianceSums without(const VarianceSums& part) const;

    struct Components {
        double within = 0;   ///< S².
        double between = 0;  ///< T², not below 0.
    };
    /// std::nullopt where no procedure has two schools or no school two pupils.
    std::optional<Components> components() const;
    double results() const;

private:
    struct Sums {
        double schools = 0;
        double n = 0;
        double n_squares = 0;
        double sum = 0;
        double means = 0;   ///< sum² / n of the schools.
        double within = 0;  ///< Squares about the schools' means.
    };
    std::vector<Sums> procedures_;
};

}  // namespace opora::typology
