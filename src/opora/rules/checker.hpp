#pragma once

#include <set>
#include <string>
#include <vector>

#include "opora/rules/expression.hpp"
#include "opora/rules/pack.hpp"

namespace opora::rules {

/// What an expression may speak of, and what it turned out to use.
struct CheckContext {
    const Pack& pack;            ///< Parameters, windows and the definitions above the expression.
    bool names_rules = false;    ///< Decisions name rules by their ids; rules do not.
    std::string variable;        ///< Procedure variable of a definition.
    std::set<std::string> used;  ///< Parameters, windows, definitions and rules that it named.
    std::vector<ExpressionError> errors;
    bool broken =
        false;  ///< It calls a definition that has been refused: nothing more to say of it.
};

/// Resolves names, puts definitions in place of their calls, and checks the units of every node.
///
/// Returns the expression ready for binding. If `context.errors` is not empty the result has no
/// meaning.
Expression check_expression(Expression expression, CheckContext& context);

/// Like check_expression, and the result must be true or false.
Expression check_condition(Expression expression, CheckContext& context);

}  // namespace opora::rules
