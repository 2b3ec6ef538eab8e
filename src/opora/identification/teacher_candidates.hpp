#pragma once

#include <span>
#include <vector>

#include "opora/indicators/evidence.hpp"
#include "opora/model/teacher.hpp"
#include "opora/tally/cell.hpp"

namespace opora::identification {

/// The evidence in which teachers are the candidates: each one's results are those of the classes
/// that he or she taught, in the subject and year of the load; a class shared by two teachers
/// counts by its share of hours for each.
///
/// `cells` are the school's cells with the tallies of their classes, those in force only. Shares
/// enter as exact ratios: counts are multiplied by the common denominator of a teacher's shares in
/// a procedure, kept as the cell's weight. Teachers without a load or without results in their
/// classes are candidates all the same, with nothing known.
indicators::Evidence with_teachers(const indicators::Evidence& evidence,
                                   std::span<const model::Teacher> teachers,
                                   std::span<const model::TeachingLoad> loads,
                                   std::span<const tally::Cell> cells);

}  // namespace opora::identification
