#include "opora/tally/field_groups.hpp"

#include "opora/base/expects.hpp"

namespace opora::tally {

FieldGroups groups_of(const CellCounts& form) {
    FieldGroups groups = no_groups;
    if (form.marked() > 0) groups |= bit(FieldGroup::marks);
    if (form.scored > 0) groups |= bit(FieldGroup::scores);
    if (form.journaled > 0) groups |= bit(FieldGroup::journal);
    return groups != no_groups ? groups : bit(FieldGroup::tasks);
}

void take(CellCounts& into, const CellCounts& from, FieldGroups groups) {
    if (holds(groups, FieldGroup::marks)) {
        into.marks = from.marks;
        into.minimum_known = from.minimum_known;
        into.below_minimum = from.below_minimum;
    }
    if (holds(groups, FieldGroup::scores)) {
        into.scored = from.scored;
        into.score_sum = from.score_sum;
        into.score_squares = from.score_squares;
        into.score_max = from.score_max;
        into.at_minimum_known = from.at_minimum_known;
        into.at_minimum = from.at_minimum;
    }
    if (holds(groups, FieldGroup::journal)) {
        into.journaled = from.journaled;
        into.lowered = from.lowered;
        into.confirmed = from.confirmed;
        into.raised = from.raised;
        into.far_apart = from.far_apart;
    }
}

FieldGroup leading_group(FieldGroups groups) {
    OPORA_EXPECTS(groups != no_groups);
    for (const FieldGroup group : {FieldGroup::marks, FieldGroup::scores, FieldGroup::journal}) {
        if (holds(groups, group)) return group;
    }
    return FieldGroup::tasks;
}

}  // namespace opora::tally
