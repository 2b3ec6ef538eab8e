#pragma once

#include <vector>

#include "opora/statistics/suppression.hpp"

namespace opora::statistics {

/// What a reader of a table with hidden cells and all totals can find out of the hidden ones. The
/// reader knows that counts are whole and not negative; docs/statistics/suppression.md derives it.

/// Of the sums of hidden cells that follow from the totals, the cells of one that is below
/// `group_min`; no cells when all are at least that.
///
/// Every such sum is a disjoint union of sums of two kinds, for a set C of columns: the hidden
/// cells outside C of the rows that have hidden cells in C, and the hidden cells in C of the rows
/// that have hidden cells outside C; and of hidden cells of single rows. Those alone are looked at:
/// 2^columns sets.
std::vector<std::size_t> smallest_computable_group(const CountTable& table,
                                                   const std::vector<bool>& hidden,
                                                   std::int64_t group_min);

/// How large a hidden cell can be for all that the reader knows, looked for up to `enough`: the
/// count and what a flow through the other hidden cells can add to it.
std::int64_t largest_possible(const CountTable& table, const std::vector<bool>& hidden,
                              std::size_t cell, std::int64_t enough);

}  // namespace opora::statistics
