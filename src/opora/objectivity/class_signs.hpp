#pragma once

#include <vector>

#include "opora/objectivity/material.hpp"

namespace opora::objectivity {

/// Pupils below which neither the mean nor the spread of a class says anything.
constexpr std::int32_t class_participants_min = 10;

/// O6: a class with a high mean and a small spread.
///
/// Two standard scores within the region: z1 of the mean, against between + within / n; z2 of the
/// logarithm of the standard deviation about the quadratic curve that spreads follow as means rise
/// (a work that ends at the highest score makes strong classes even), against the variance beyond
/// chance + 1 / (2 (n - 1)). By construction they are uncorrelated, so the outlier score in the
/// direction «high and even» is (z1 - z2) / sqrt(2), p its upper tail; z1 <= 0 or z2 >= 0 is no
/// sign. Both scales are those of the middle of the classes (median, quantiles), which single
/// classes do not move.
///
/// Where the tallies have points of tasks and the class is the whole parallel, the heterogeneity of
/// answers and the share of tasks without an answer (see Answers) join, each about its own curve:
/// (z1 - z2 - z3 - z4) / sqrt(1 + K + 2 sum r), K and r the number and the correlations of z2 to
/// z4. A share that most parallels have alike is left out.
///
/// observed and expected: mean of the class and of the region; second: standard deviations.
std::vector<Row> homogeneous_classes(const Material& material);

/// O7: a class that gains in one year and loses it in the next (Jacob, Levitt 2003, Q. J. Econ.
/// 118, 843-877, without the strings of answers): «5А» of the year before, between «4А» and «6А».
///
/// Means of classes as distances from the region in standard deviations of pupils; gain and loss
/// are each compared with those of all classes of the region, N(median, between + sampling
/// variances). Both must be beyond chance: p is the larger of the two. The row names the middle
/// year.
///
/// observed and second_observed: gain and loss; expected: their medians.
std::vector<Row> passing_gains(const Material& material);

}  // namespace opora::objectivity
