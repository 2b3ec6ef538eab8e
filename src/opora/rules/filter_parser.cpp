#include "opora/rules/filter_parser.hpp"

#include "opora/rules/vocabulary.hpp"

namespace opora::rules {

namespace {

constexpr int years_before_max = 20;

ExpressionError out_of_range(const Token& token, std::string_view expected) {
    return {.code = "expression_range",
            .message = "Число выходит за допустимые границы",
            .offset = token.offset,
            .expected = std::string{expected},
            .found = std::string{token.text}};
}

base::Result<std::vector<std::string>, ExpressionError> parse_list(TokenReader& reader) {
    std::vector<std::string> names;
    OPORA_TRY(reader.expect("[", "список в квадратных скобках: [russian, mathematics]"));
    do {
        if (reader.now().kind == Token::Kind::number) {
            names.emplace_back(reader.take().text);  // A numeric subject code.
        } else {
            names.push_back(OPORA_TRY(reader.expect_word("код предмета, например russian")));
        }
    } while (reader.accept(","));
    OPORA_TRY(reader.expect("]", "«]» в конце списка"));
    return names;
}

base::Result<NameList, ExpressionError> parse_names(TokenReader& reader) {
    if (reader.at("[")) return NameList{OPORA_TRY(parse_list(reader)), {}};
    return NameList{{}, OPORA_TRY(reader.expect_word("имя параметра со списком"))};
}

base::Result<base::Done, ExpressionError> parse_term(TokenReader& reader, ProcedureFilter& filter) {
    if (reader.accept("subjects")) {
        filter.subjects = OPORA_TRY(parse_names(reader));
        return base::Done{};
    }
    if (reader.accept("procedures")) {
        filter.types = OPORA_TRY(parse_names(reader));
        return base::Done{};
    }
    if (reader.at("[")) {
        filter.subjects = {OPORA_TRY(parse_list(reader)), {}};
        return base::Done{};
    }
    if (reader.at("programme") || reader.at("grade") || reader.at("grades")) {
        filter.programme_grade = reader.accept("programme");
        const auto [first, last] = OPORA_TRY(parse_grades(reader));
        filter.grade_first = first;
        filter.grade_last = last;
        return base::Done{};
    }
    const auto type = model::procedure_type(reader.now().text);
    if (reader.now().kind == Token::Kind::word && type) {
        filter.types.names.emplace_back(model::code(*type));
        reader.take();
        return base::Done{};
    }
    return base::Unexpected{reader.unexpected(
        "процедура (ВПР, ОГЭ, ЕГЭ …), grade 4, grades 5..9, programme grade 4, [предметы], "
        "subjects ПАРАМЕТР или procedures ПАРАМЕТР")};
}

/// «, year before» or «, 2 years before»: the end of a filter.
bool shift_follows(const TokenReader& reader) {
    const std::size_t number = reader.ahead(1).kind == Token::Kind::number ? 1 : 0;
    const bool year = TokenReader::is(reader.ahead(1 + number), number == 0 ? "year" : "years");
    return year && TokenReader::is(reader.ahead(2 + number), "before");
}

}  // namespace

bool filter_begins(const TokenReader& reader) {
    for (const std::string_view word :
         {"subjects", "procedures", "[", "programme", "grade", "grades"}) {
        if (reader.at(word)) return true;
    }
    return reader.now().kind == Token::Kind::word &&
           model::procedure_type(reader.now().text).has_value();
}

ParsedFilter parse_filter(TokenReader& reader) {
    ProcedureFilter filter;
    OPORA_TRY(parse_term(reader, filter));
    while (reader.at(",") && !shift_follows(reader)) {
        reader.take();
        OPORA_TRY(parse_term(reader, filter));
    }
    return filter;
}

base::Result<std::pair<int, int>, ExpressionError> parse_grades(TokenReader& reader) {
    if (!reader.accept("grades")) {
        OPORA_TRY(reader.expect("grade", "grade 4 или grades 5..9"));
    }
    const Token begin = reader.now();
    const int first = OPORA_TRY(reader.expect_whole("номер класса"));
    int last = first;
    if (reader.accept("..")) last = OPORA_TRY(reader.expect_whole("номер последнего класса"));
    if (first < model::grade_min || last > model::grade_max || last < first) {
        return base::Unexpected{out_of_range(begin, "классы от 1 до 12 по возрастанию")};
    }
    return std::pair{first, last};
}

base::Result<WindowReference, ExpressionError> parse_window(TokenReader& reader) {
    using Kind = WindowReference::Kind;
    WindowReference window;
    const std::string word =
        OPORA_TRY(reader.expect_word("last(3 years), previous(3 years) или имя окна лет"));
    if (word != "last" && word != "previous") {
        window.kind = Kind::named;
        window.name = word;
        return window;
    }
    window.kind = word == "last" ? Kind::last : Kind::previous;
    OPORA_TRY(reader.expect("(", "«(» и число лет"));
    if (reader.now().kind == Token::Kind::word) {
        window.name = std::string{reader.take().text};
    } else {
        const Token token = reader.now();
        window.years = OPORA_TRY(reader.expect_whole("число лет: last(3 years)"));
        if (window.years < 1 || window.years > years_before_max) {
            return base::Unexpected{out_of_range(token, "от 1 до 20 лет")};
        }
        if (!reader.accept("years")) OPORA_TRY(reader.expect("year", "years после числа лет"));
    }
    OPORA_TRY(reader.expect(")", "«)»"));
    return window;
}

base::Result<int, ExpressionError> parse_shift(TokenReader& reader) {
    if (reader.at("year")) {
        reader.take();
        OPORA_TRY(reader.expect("before", "year before"));
        return 1;
    }
    if (reader.now().kind == Token::Kind::number && TokenReader::is(reader.ahead(1), "years") &&
        TokenReader::is(reader.ahead(2), "before")) {
        const Token token = reader.now();
        const int years = OPORA_TRY(reader.expect_whole("число лет"));
        if (years < 1 || years > years_before_max) {
            return base::Unexpected{out_of_range(token, "от 1 до 20 лет")};
        }
        reader.take();
        reader.take();
        return years;
    }
    return 0;
}

}  // namespace opora::rules
