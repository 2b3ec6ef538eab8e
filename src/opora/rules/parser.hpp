#pragma once

#include <string_view>

#include "opora/base/result.hpp"
#include "opora/rules/expression.hpp"

namespace opora::rules {

/// Reads the text of an expression (docs/rules.md has the grammar with an example of every
/// construct).
///
/// Names stay names: whether `low_limit` is a parameter is the checker's matter. Nesting is limited
/// to `expression_depth_max`, so that no text can exhaust the stack.
base::Result<Expression, ExpressionError> parse_expression(std::string_view source);

}  // namespace opora::rules
