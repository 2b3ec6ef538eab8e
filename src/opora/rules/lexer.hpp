#pragma once

#include <string_view>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/rules/expression.hpp"

namespace opora::rules {

/// A word of the rule language. Words are Latin or Cyrillic letters, digits and «_»; a number keeps
/// its digits as text.
struct Token {
    enum class Kind : std::uint8_t { word, number, string, symbol, end };
    Kind kind = Kind::end;
    std::string_view text;  ///< Part of the source; a string without its quotes.
    std::size_t offset = 0;
};

/// The words of an expression with an `end` behind them.
base::Result<std::vector<Token>, ExpressionError> split_words(std::string_view source);

}  // namespace opora::rules
