#include "opora/rules/lexer.hpp"

#include <array>

#include "opora/base/utf8.hpp"

namespace opora::rules {

namespace {

bool is_digit(char symbol) { return symbol >= '0' && symbol <= '9'; }

bool is_word_character(char32_t code) {
    return (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z') ||
           (code >= U'0' && code <= U'9') || code == U'_' || (code >= 0x400 && code <= 0x4FF);
}

bool is_space(char32_t code) {
    return code == U' ' || code == U'\n' || code == U'\t' || code == U'\r' || code == 0xA0;
}

// Longer symbols stand before their beginnings.
constexpr std::array<std::string_view, 19> symbols{"->", "..", "<=", ">=", "≤", "≥", "<",
                                                   ">",  "=",  "+",  "-",  "*", "/", "%",
                                                   "(",  ")",  "[",  "]",  ","};

/// Digits, and a point only when a digit follows it: «4..8» is a range.
std::size_t number_length(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && is_digit(text[length])) ++length;
    if (length + 1 < text.size() && text[length] == '.' && is_digit(text[length + 1])) {
        ++length;
        while (length < text.size() && is_digit(text[length])) ++length;
    }
    return length;
}

std::size_t word_length(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size()) {
        const base::Character next = base::first_character(text.substr(length));
        if (next.bytes == 0 || !is_word_character(next.code)) break;
        length += next.bytes;
    }
    return length;
}

std::size_t symbol_length(std::string_view text) {
    for (const std::string_view symbol : symbols) {
        if (text.starts_with(symbol)) return symbol.size();
    }
    return 0;
}

ExpressionError unreadable(std::string_view rest, std::size_t offset) {
    const base::Character next = base::first_character(rest);
    return {.code = "expression_character",
            .message = "В выражении встретился знак, который не относится к языку правил",
            .offset = offset,
            .expected = "слово, число, скобка или знак действия",
            .found = std::string{rest.substr(0, next.bytes)}};
}

base::Result<Token, ExpressionError> next_token(std::string_view source, std::size_t offset) {
    const std::string_view rest = source.substr(offset);
    if (is_digit(rest.front())) {
        return Token{Token::Kind::number, rest.substr(0, number_length(rest)), offset};
    }
    if (rest.front() == '"') {
        const std::size_t close = rest.find('"', 1);
        if (close == std::string_view::npos) {
            return base::Unexpected{ExpressionError{.code = "expression_string",
                                                    .message = "Кавычка открыта и не закрыта",
                                                    .offset = offset,
                                                    .expected = "закрывающая кавычка",
                                                    .found = {}}};
        }
        return Token{Token::Kind::string, rest.substr(1, close - 1), offset};
    }
    if (const std::size_t length = word_length(rest); length > 0) {
        return Token{Token::Kind::word, rest.substr(0, length), offset};
    }
    if (const std::size_t length = symbol_length(rest); length > 0) {
        return Token{Token::Kind::symbol, rest.substr(0, length), offset};
    }
    return base::Unexpected{unreadable(rest, offset)};
}

}  // namespace

base::Result<std::vector<Token>, ExpressionError> split_words(std::string_view source) {
    if (source.size() > expression_bytes_max) {
        return base::Unexpected{ExpressionError{.code = "expression_size",
                                                .message = "Выражение слишком длинное",
                                                .offset = 0,
                                                .expected = "не более 64 КБ",
                                                .found = {}}};
    }
    std::vector<Token> tokens;
    std::size_t offset = 0;
    while (offset < source.size()) {
        const base::Character next = base::first_character(source.substr(offset));
        if (next.bytes > 0 && is_space(next.code)) {
            offset += next.bytes;
            continue;
        }
        const Token token = OPORA_TRY(next_token(source, offset));
        offset += token.text.size() + (token.kind == Token::Kind::string ? 2 : 0);
        tokens.push_back(token);
    }
    tokens.push_back({Token::Kind::end, {}, source.size()});
    return tokens;
}

}  // namespace opora::rules
