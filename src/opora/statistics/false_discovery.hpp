#pragma once

#include <span>
#include <vector>

namespace opora::statistics {

/// Adjusted p-values of Benjamini and Hochberg (1995, J. R. Stat. Soc. B 57, 289-300), R's
/// p.adjust(method = "BH"): q_(i) = min over k >= i of min(1, m p_(k) / k). Rejecting all q <=
/// level holds the expected share of false rejections at `level` for independent and for positively
/// dependent tests (Benjamini, Yekutieli 2001). Discrete p-values only make it more cautious.
/// Results stand in the order of `p`; every p in 0..1.
std::vector<double> benjamini_hochberg(std::span<const double> p);

/// One p-value for «at least one of these is not by chance»: min over i of m p_(i) / i (Simes 1986,
/// Biometrika 73, 751-754). It is at most `level` exactly when Benjamini-Hochberg at that level
/// rejects at least one of them. Requires at least one p-value.
double simes(std::span<const double> p);

}  // namespace opora::statistics
