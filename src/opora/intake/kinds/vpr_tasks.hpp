#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "opora/intake/kinds/headings.hpp"
#include "opora/model/assessment_result.hpp"

namespace opora::intake {

/// A task from its heading: «1 (2б)», «9.1 (1б)», «9,1(1 балл)», «3К1 (2б)» with К of either
/// alphabet. Without the maximum in brackets `points_max` is 0: unknown.
std::optional<model::Task> task_of_heading(std::string_view heading);

/// A column of a form that holds the points of a task.
struct TaskColumn {
    std::size_t place = 0;  ///< Column of the file.
    model::Task task;
};

/// Finds the task columns among the headings that nobody else claims, and marks them. `above` is
/// the row right above the headings: it may carry the difficulty letters Б, П, В.
std::vector<TaskColumn> find_task_columns(Headings& headings, const TableRow* above);

}  // namespace opora::intake
