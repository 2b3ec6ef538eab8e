#pragma once

#include <cstdint>

#include "opora/tally/cell.hpp"

namespace opora::tally {

/// Groups of fields of a cell that come together. A protocol gives all of them, each aggregate form
/// of ВПР (DOMAIN 4.4) its own: «Статистика по отметкам» marks, «Распределение первичных баллов»
/// scores, «Сравнение отметок» journal, «Выполнение заданий» tasks.
enum class FieldGroup : std::uint8_t {
    marks = 1,    ///< Marks, and who is below the minimum.
    scores = 2,   ///< Scores, their histogram, and who stands exactly at the minimum.
    journal = 4,  ///< Lowered, confirmed, raised.
    tasks = 8,    ///< Only in the detail.
};

/// A set of groups, by bit.
using FieldGroups = std::uint8_t;
constexpr FieldGroups no_groups = 0;
constexpr FieldGroups all_groups = 15;

constexpr FieldGroups bit(FieldGroup group) { return static_cast<FieldGroups>(group); }
constexpr bool holds(FieldGroups groups, FieldGroup group) { return (groups & bit(group)) != 0; }

/// The groups that a cell of an aggregate form gives, told by what it counts: a cell that counts
/// participants and nothing of them is one of tasks.
FieldGroups groups_of(const CellCounts& form);

/// Copies the fields of these groups; participants are not a part of any.
void take(CellCounts& into, const CellCounts& from, FieldGroups groups);

/// The group that says how many took part in a cell put together of forms: the first of marks,
/// scores, journal, tasks that is there, whatever the order in which the forms came. A share of
/// marks then stands over its own participants.
FieldGroup leading_group(FieldGroups groups);

}  // namespace opora::tally
