#pragma once

#include <memory>

#include "opora/rules/program.hpp"

namespace opora::rules {

/// The procedures of an evidence that a filter of the pack means, and which of them the pack
/// expects, by year.
std::unique_ptr<BoundSet> bind_set(const Pack& pack, const indicators::Evidence& evidence,
                                   const ProcedureFilter& filter);

/// Bit g for every grade g from `first` to `last`.
std::uint32_t grade_mask(int first, int last);

}  // namespace opora::rules
