#pragma once

#include "opora/rules/checker.hpp"

namespace opora::rules {

/// Gives every name of an expression its meaning: a parameter, an indicator, a definition (put in
/// place of its call), a rule; checks variables, filters of procedures and windows. Mistakes go to
/// `context.errors`.
void resolve_names(Expression& expression, CheckContext& context);

/// Stands in place of a definition that has been refused: its callers are neither checked nor
/// followed into it.
Expression refused_expression();
bool is_refused(const Expression& expression);

}  // namespace opora::rules
