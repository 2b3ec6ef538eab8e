#pragma once

#include <cstdint>

#include "opora/model/finding.hpp"
#include "opora/model/measurement.hpp"

namespace opora::rules {

/// The answers of a condition while it is evaluated. `absent`: it speaks of a work that was not
/// held in that year, so it does not hold, and neither does its negation; in a quantifier such a
/// member is left out.
enum class Truth : std::uint8_t { met, not_met, unknown, not_applicable, absent };

constexpr model::Outcome outcome(Truth truth) {
    switch (truth) {
        case Truth::met:
            return model::Outcome::met;
        case Truth::not_met:
        case Truth::absent:
            return model::Outcome::not_met;
        case Truth::unknown:
            return model::Outcome::unknown;
        case Truth::not_applicable:
            return model::Outcome::not_applicable;
    }
    return model::Outcome::unknown;
}

/// A number, or the reason why there is none. A count with unknown members is a range: it is at
/// least `low` and at most `high`.
template <class Number>
struct Value {
    Number low{};
    Number high{};
    bool ranged = false;
    model::Missing missing = model::Missing::none;
    bool earlier = false;  ///< Missing only because data of an earlier year are.
    std::int64_t n = 0;

    bool known() const { return missing == model::Missing::none; }

    static Value of(Number number, std::int64_t n = 0) {
        Value value;
        value.low = std::move(number);
        value.n = n;
        return value;
    }
    static Value absent(model::Missing reason, bool earlier = false, std::int64_t n = 0) {
        Value value;
        value.missing = reason;
        value.earlier = earlier;
        value.n = n;
        return value;
    }
    const Number& top() const { return ranged ? high : low; }
};

/// How many members of a set said what.
struct Tally {
    std::int64_t met = 0;
    std::int64_t not_met = 0;
    std::int64_t unknown = 0;
    std::int64_t not_applicable = 0;
    std::int64_t absent = 0;

    void add(Truth truth) {
        switch (truth) {
            case Truth::met:
                ++met;
                break;
            case Truth::not_met:
                ++not_met;
                break;
            case Truth::unknown:
                ++unknown;
                break;
            case Truth::not_applicable:
                ++not_applicable;
                break;
            case Truth::absent:
                ++absent;
                break;
        }
    }
    std::int64_t all() const { return met + not_met + unknown + not_applicable + absent; }
    std::int64_t concerned() const { return met + not_met + unknown; }

    /// `or` and `any`: what is not applicable or absent has no say unless nothing else is there.
    Truth any() const {
        if (met > 0) return Truth::met;
        if (unknown > 0) return Truth::unknown;
        if (not_met > 0) return Truth::not_met;
        return absent > 0 ? Truth::absent : Truth::not_applicable;
    }
    /// `every` over a set.
    Truth every() const {
        if (not_met > 0) return Truth::not_met;
        if (unknown > 0) return Truth::unknown;
        if (met > 0) return Truth::met;
        return absent > 0 ? Truth::absent : Truth::not_applicable;
    }
    /// `and`: an absent part decides like a false one.
    Truth all_of() const {
        if (not_met > 0) return Truth::not_met;
        if (absent > 0) return Truth::absent;
        if (unknown > 0) return Truth::unknown;
        return met > 0 ? Truth::met : Truth::not_applicable;
    }
    /// At least `least` of the members.
    Truth at_least(std::int64_t least) const {
        if (all() > 0 && not_applicable == all()) return Truth::not_applicable;
        if (met >= least) return Truth::met;
        return met + unknown >= least ? Truth::unknown : Truth::not_met;
    }
};

}  // namespace opora::rules
