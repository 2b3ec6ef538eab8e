#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "opora/context/contextual_model.hpp"
#include "opora/context/social_index.hpp"
#include "opora/indicators/context_table.hpp"

namespace opora::context {

/// Which conditions explain results, and why these.
struct CovariateChoice {
    std::vector<Covariate> covariates;
    std::string note;  ///< Russian.
    /// By school: why it takes no part; empty for those that do.
    std::vector<std::string> left_out;
};

/// So many schools at least for every covariate; fewer let chance pass for conditions.
constexpr std::size_t schools_per_covariate = 10;

/// The conditions of the schools `numbers` of an evidence:
///
/// - in full: the shares of the index, size, settlement, distance, type of school;
/// - where that is more than a tenth of the schools: the index and size;
/// - where that is too many still: the index.
///
/// A school without an index takes no part: what it should reach is not known.
CovariateChoice choose_covariates(const indicators::Evidence& evidence,
                                  const indicators::ContextTable& table,
                                  std::span<const indicators::SchoolNumber> numbers,
                                  std::span<const IndexComponent> components,
                                  const SocialIndex& index);

}  // namespace opora::context
