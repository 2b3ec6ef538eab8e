#pragma once

#include <utility>
#include <variant>

#include "opora/base/error.hpp"
#include "opora/base/expects.hpp"

namespace opora::base {

/// The error side of a Result, named as in C++23.
template <class E>
struct Unexpected {
    E error;
};

template <class E>
Unexpected(E) -> Unexpected<E>;

/// A value or an error: the names of C++23's std::expected, which g++ 12 does not offer under
/// C++20.
template <class T, class E = Error>
class [[nodiscard]] Result {
public:
    Result(T value) : content_{std::in_place_index<0>, std::move(value)} {}
    Result(Unexpected<E> unexpected)
        : content_{std::in_place_index<1>, std::move(unexpected.error)} {}

    bool has_value() const { return content_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    const T& value() const& {
        OPORA_EXPECTS(has_value());
        return *std::get_if<0>(&content_);
    }
    T& value() & {
        OPORA_EXPECTS(has_value());
        return *std::get_if<0>(&content_);
    }
    T&& value() && {
        OPORA_EXPECTS(has_value());
        return std::move(*std::get_if<0>(&content_));
    }
    const E& error() const& {
        OPORA_EXPECTS(!has_value());
        return *std::get_if<1>(&content_);
    }
    E&& error() && {
        OPORA_EXPECTS(!has_value());
        return std::move(*std::get_if<1>(&content_));
    }

    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

private:
    std::variant<T, E> content_;
};

/// Success without a value.
struct Done {};

}  // namespace opora::base

/// The value of a Result, or an early return of its error: `const auto table =
/// OPORA_TRY(read(file));`
#define OPORA_TRY(expression)                                                                 \
    __extension__({                                                                           \
        auto opora_result = (expression);                                                     \
        if (!opora_result) return ::opora::base::Unexpected{std::move(opora_result).error()}; \
        std::move(opora_result).value();                                                      \
    })
