#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opora/base/fraction.hpp"
#include "opora/rules/lexer.hpp"

namespace opora::rules {

/// A position in the words of an expression, with the small questions that a parser asks.
class TokenReader {
public:
    TokenReader(std::string_view source, std::vector<Token> tokens)
        : source_{source}, tokens_{std::move(tokens)} {}

    const Token& now() const { return tokens_[position_]; }
    const Token& ahead(std::size_t count) const {
        return tokens_[std::min(position_ + count, tokens_.size() - 1)];
    }
    Token take() {
        const Token token = now();
        if (token.kind != Token::Kind::end) ++position_;
        return token;
    }
    bool at(std::string_view text) const { return is(now(), text); }
    static bool is(const Token& token, std::string_view text) {
        return token.text == text &&
               (token.kind == Token::Kind::word || token.kind == Token::Kind::symbol);
    }
    /// Takes the word if it is the next one.
    bool accept(std::string_view text) {
        if (!at(text)) return false;
        ++position_;
        return true;
    }
    base::Result<base::Done, ExpressionError> expect(std::string_view text,
                                                     std::string_view meaning) {
        if (accept(text)) return base::Done{};
        return base::Unexpected{unexpected(meaning)};
    }
    base::Result<std::string, ExpressionError> expect_word(std::string_view meaning) {
        if (now().kind == Token::Kind::word) return std::string{take().text};
        return base::Unexpected{unexpected(meaning)};
    }
    /// A whole number of at most six digits.
    base::Result<int, ExpressionError> expect_whole(std::string_view meaning) {
        const auto number = base::parse_decimal(now().text);
        if (now().kind != Token::Kind::number || !number || number->denominator != 1 ||
            number->numerator > 999'999) {
            return base::Unexpected{unexpected(meaning)};
        }
        take();
        return static_cast<int>(number->numerator);
    }

    ExpressionError unexpected(std::string_view meaning) const {
        return {.code = "expression_syntax",
                .message = now().kind == Token::Kind::end
                               ? "Выражение оборвано: дальше должно что-то стоять"
                               : "Выражение записано не по правилам языка",
                .offset = now().offset,
                .expected = std::string{meaning},
                .found = std::string{now().text}};
    }

    /// The source from an offset to the end of the last taken word, with single spaces.
    std::string text_from(std::size_t begin) const {
        std::string text;
        if (position_ == 0) return text;
        const Token& last = tokens_[position_ - 1];
        const std::size_t end =
            last.offset + last.text.size() + (last.kind == Token::Kind::string ? 2 : 0);
        for (const char symbol : source_.substr(begin, end - begin)) {
            const bool space = symbol == ' ' || symbol == '\n' || symbol == '\t' || symbol == '\r';
            if (!space) {
                text += symbol;
            } else if (!text.empty() && text.back() != ' ') {
                text += ' ';
            }
        }
        return text;
    }

private:
    std::string_view source_;
    std::vector<Token> tokens_;
    std::size_t position_ = 0;
};

}  // namespace opora::rules
