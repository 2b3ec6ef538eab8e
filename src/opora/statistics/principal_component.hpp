#pragma once

#include <optional>
#include <span>
#include <vector>

namespace opora::statistics {

/// The first principal component of standardised variables.
struct PrincipalComponent {
    /// Of unit length, by variable; 0 for a variable that does not vary. The sign is that which
    /// makes the sum of loadings positive, or the first that is not 0 where the sum is 0.
    std::vector<double> loadings;
    double variance_share = 0;  ///< Of the variables that vary: first eigenvalue / their number.
};

/// Eigenvector of the largest eigenvalue of the correlation matrix (Pearson 1901, Hotelling 1933)
/// of `rows` by rows of `columns` numbers each. None for fewer than three rows, or when fewer than
/// two variables vary: there is nothing to weigh. Not unique when the two largest eigenvalues are
/// equal (uncorrelated variables): none then, too.
std::optional<PrincipalComponent> first_component(std::span<const double> rows,
                                                  std::size_t columns);

}  // namespace opora::statistics
