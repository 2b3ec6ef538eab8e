#pragma once

#include <optional>

#include "opora/rules/expression.hpp"

namespace opora::rules {

constexpr Type truth{Type::Kind::truth, model::Unit::number, false};
constexpr Type bare_number{Type::Kind::number, model::Unit::number, true};

constexpr Type number_of(model::Unit unit) { return {Type::Kind::number, unit, false}; }

/// The common type of two numbers that are compared, chosen between or put side by side in min and
/// max: the same unit, or one of them bare. A share is not compared with a difference of shares.
std::optional<Type> common_type(const Type& left, const Type& right);

/// left + right: a difference of shares may be added to a share.
std::optional<Type> sum_type(const Type& left, const Type& right);
/// left - right: the difference of two shares is in percentage points.
std::optional<Type> difference_type(const Type& left, const Type& right);
/// left * right: one of them is a share or has no unit.
std::optional<Type> product_type(const Type& left, const Type& right);
/// left / right: by a number without unit, or a ratio of two numbers of one unit (of two counts: a
/// share).
std::optional<Type> quotient_type(const Type& left, const Type& right);

}  // namespace opora::rules
