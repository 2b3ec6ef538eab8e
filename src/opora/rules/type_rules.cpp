#include "opora/rules/type_rules.hpp"

namespace opora::rules {

using model::Unit;

namespace {

/// Units that a number written without a unit can stand for.
bool fits_bare(Unit unit) {
    return unit == Unit::count || unit == Unit::mark || unit == Unit::score || unit == Unit::number;
}

bool plain(const Type& type) { return type.bare || type.unit == Unit::number; }

}  // namespace

std::optional<Type> common_type(const Type& left, const Type& right) {
    if (left.kind != right.kind) return std::nullopt;
    if (left.kind == Type::Kind::truth) return truth;
    if (left.bare && right.bare) return bare_number;
    if (left.bare && fits_bare(right.unit)) return right;
    if (right.bare && fits_bare(left.unit)) return left;
    if (left.bare || right.bare || left.unit != right.unit) return std::nullopt;
    return left;
}

std::optional<Type> sum_type(const Type& left, const Type& right) {
    if (left.kind == Type::Kind::truth || right.kind == Type::Kind::truth) return std::nullopt;
    const bool mixed = !left.bare && !right.bare &&
                       ((left.unit == Unit::share && right.unit == Unit::points) ||
                        (left.unit == Unit::points && right.unit == Unit::share));
    if (mixed) return number_of(Unit::share);
    return common_type(left, right);
}

std::optional<Type> difference_type(const Type& left, const Type& right) {
    if (left.kind == Type::Kind::truth || right.kind == Type::Kind::truth) return std::nullopt;
    if (!left.bare && !right.bare && left.unit == Unit::share) {
        if (right.unit == Unit::share) return number_of(Unit::points);
        if (right.unit == Unit::points) return number_of(Unit::share);
    }
    return common_type(left, right);
}

std::optional<Type> product_type(const Type& left, const Type& right) {
    if (left.kind == Type::Kind::truth || right.kind == Type::Kind::truth) return std::nullopt;
    if (left.bare) return right;
    if (right.bare) return left;
    if (left.unit == Unit::number || left.unit == Unit::share) return right;
    if (right.unit == Unit::number || right.unit == Unit::share) return left;
    return std::nullopt;
}

std::optional<Type> quotient_type(const Type& left, const Type& right) {
    if (left.kind == Type::Kind::truth || right.kind == Type::Kind::truth) return std::nullopt;
    if (plain(right)) return left;
    if (left.bare || left.unit != right.unit) return std::nullopt;
    return number_of(left.unit == Unit::count ? Unit::share : Unit::number);
}

}  // namespace opora::rules
