#include "opora/typology/variance_sums.hpp"

#include <algorithm>

namespace opora::typology {

void VarianceSums::add(const indicators::StandardCell& cell) {
    Sums& sums = procedures_[cell.procedure];
    const auto n = static_cast<double>(cell.n);
    sums.schools += 1;
    sums.n += n;
    sums.n_squares += n * n;
    sums.sum += cell.sum;
    sums.means += cell.sum * cell.sum / n;
    sums.within += std::max(0.0, cell.squares - cell.sum * cell.sum / n);
}

VarianceSums VarianceSums::without(const VarianceSums& part) const {
    VarianceSums rest = *this;
    for (std::size_t i = 0; i < procedures_.size(); ++i) {
        rest.procedures_[i].schools -= part.procedures_[i].schools;
        rest.procedures_[i].n -= part.procedures_[i].n;
        rest.procedures_[i].n_squares -= part.procedures_[i].n_squares;
        rest.procedures_[i].sum -= part.procedures_[i].sum;
        rest.procedures_[i].means -= part.procedures_[i].means;
        rest.procedures_[i].within -= part.procedures_[i].within;
    }
    return rest;
}

std::optional<VarianceSums::Components> VarianceSums::components() const {
    double within = 0;
    double within_freedom = 0;
    double between = 0;
    double between_freedom = 0;
    double effective = 0;
    for (const Sums& sums : procedures_) {
        if (sums.schools < 1) continue;
        within += sums.within;
        within_freedom += sums.n - sums.schools;
        if (sums.schools < 2) continue;
        between += sums.means - sums.sum * sums.sum / sums.n;
        between_freedom += sums.schools - 1;
        effective += sums.n - sums.n_squares / sums.n;
    }
    if (within_freedom < 1 || effective <= 0) return std::nullopt;
    const double pupils = within / within_freedom;
    return Components{pupils, std::max(0.0, (between - between_freedom * pupils) / effective)};
}

double VarianceSums::results() const {
    double all = 0;
    for (const Sums& sums : procedures_) all += sums.n;
    return all;
}

}  // namespace opora::typology
