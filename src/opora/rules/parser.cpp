#include "opora/rules/parser.hpp"

#include <algorithm>

#include "opora/rules/filter_parser.hpp"
#include "opora/rules/token_reader.hpp"
#include "opora/rules/vocabulary.hpp"

namespace opora::rules {

namespace {

using Parsed = base::Result<Expression, ExpressionError>;

/// Recursive descent; one function per line of the grammar in docs/rules.md.
class Parser {
public:
    explicit Parser(TokenReader& reader) : reader_{reader} {}

    Parsed whole() {
        Expression expression = OPORA_TRY(disjunction());
        if (reader_.now().kind != Token::Kind::end) {
            return base::Unexpected{reader_.unexpected("конец выражения или знак действия")};
        }
        return expression;
    }

private:
    /// Counts one more level of nesting while it lives.
    class Level {
    public:
        explicit Level(int& depth) : depth_{depth} { ++depth_; }
        ~Level() { --depth_; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;

    private:
        int& depth_;
    };

    Parsed disjunction() {
        const Level level{depth_};
        if (depth_ > expression_depth_max) return base::Unexpected{too_deep()};
        return chain("or", Operation::disjunction, &Parser::conjunction);
    }
    Parsed conjunction() { return chain("and", Operation::conjunction, &Parser::negation); }

    Parsed chain(std::string_view word, Operation operation, Parsed (Parser::*part)()) {
        const std::size_t begin = reader_.now().offset;
        Expression first = OPORA_TRY((this->*part)());
        if (!reader_.at(word)) return first;
        Expression whole = node(operation, begin);
        whole.parts.push_back(std::move(first));
        while (reader_.accept(word)) whole.parts.push_back(OPORA_TRY((this->*part)()));
        return finished(std::move(whole));
    }

    Parsed negation() {
        if (!reader_.at("not")) return comparison();
        const Level level{depth_};
        if (depth_ > expression_depth_max) return base::Unexpected{too_deep()};
        Expression whole = node(Operation::negation, reader_.take().offset);
        whole.parts.push_back(OPORA_TRY(negation()));
        return finished(std::move(whole));
    }

    Parsed comparison() {
        const std::size_t begin = reader_.now().offset;
        Expression left = OPORA_TRY(additive());
        const auto sign = comparison_sign();
        if (!sign) return left;
        reader_.take();
        Expression whole = node(Operation::comparison, begin);
        whole.comparison = *sign;
        whole.parts.push_back(std::move(left));
        whole.parts.push_back(OPORA_TRY(additive()));
        if (comparison_sign()) {
            return base::Unexpected{reader_.unexpected("одно сравнение; два соединяют словом and")};
        }
        return finished(std::move(whole));
    }

    std::optional<Comparison> comparison_sign() const {
        if (reader_.at("<")) return Comparison::less;
        if (reader_.at("<=") || reader_.at("≤")) return Comparison::less_equal;
        if (reader_.at(">")) return Comparison::greater;
        if (reader_.at(">=") || reader_.at("≥")) return Comparison::greater_equal;
        if (reader_.at("=")) return Comparison::equal;
        return std::nullopt;
    }

    Parsed additive() {
        const std::size_t begin = reader_.now().offset;
        Expression left = OPORA_TRY(multiplicative());
        for (int length = 1; reader_.at("+") || reader_.at("-"); ++length) {
            if (length >= expression_depth_max) return base::Unexpected{too_deep()};
            const bool plus = reader_.take().text == "+";
            left = OPORA_TRY(pair(plus ? Operation::sum : Operation::difference, begin,
                                  std::move(left), multiplicative()));
        }
        return left;
    }

    Parsed multiplicative() {
        const std::size_t begin = reader_.now().offset;
        Expression left = OPORA_TRY(signed_primary());
        for (int length = 1; reader_.at("*") || reader_.at("/") || reader_.at("of"); ++length) {
            if (length >= expression_depth_max) return base::Unexpected{too_deep()};
            const std::string_view sign = reader_.take().text;
            const Operation operation = sign == "*"   ? Operation::product
                                        : sign == "/" ? Operation::quotient
                                                      : Operation::share_of;
            left = OPORA_TRY(pair(operation, begin, std::move(left), signed_primary()));
        }
        return left;
    }

    Parsed pair(Operation operation, std::size_t begin, Expression left, Parsed right) {
        Expression whole = node(operation, begin);
        whole.parts.push_back(std::move(left));
        whole.parts.push_back(OPORA_TRY(std::move(right)));
        return finished(std::move(whole));
    }

    Parsed signed_primary() {
        if (!reader_.at("-")) return primary();
        const Level level{depth_};
        if (depth_ > expression_depth_max) return base::Unexpected{too_deep()};
        Expression whole = node(Operation::negative, reader_.take().offset);
        whole.parts.push_back(OPORA_TRY(signed_primary()));
        return finished(std::move(whole));
    }

    Parsed primary() {
        const Level level{depth_};
        if (depth_ > expression_depth_max) return base::Unexpected{too_deep()};
        if (reader_.now().kind == Token::Kind::number) return number();
        if (reader_.accept("(")) {
            Expression inner = OPORA_TRY(disjunction());
            OPORA_TRY(reader_.expect(")", "«)» в конце скобки"));
            return inner;
        }
        if (reader_.now().kind != Token::Kind::word) {
            return base::Unexpected{reader_.unexpected("число, имя, функция или скобка")};
        }
        return word();
    }

    Parsed number() {
        const Token token = reader_.take();
        Expression whole = node(Operation::constant, token.offset);
        const auto value = base::parse_decimal(token.text);
        if (!value || value->denominator > 1'000'000'000) {
            return base::Unexpected{ExpressionError{.code = "expression_number",
                                                    .message = "Число слишком длинное",
                                                    .offset = token.offset,
                                                    .expected = "до 18 цифр, до 9 после точки",
                                                    .found = std::string{token.text}}};
        }
        whole.number = *value;
        whole.type.bare = true;
        const UnitWord* unit = find_unit(reader_.now().text);
        if (unit != nullptr && !unit->only_parameters) {
            reader_.take();
            whole.number.denominator *= unit->divisor;
            whole.type = {Type::Kind::number, unit->unit, false};
        }
        return finished(std::move(whole));
    }

    Parsed word() {
        const Token& token = reader_.now();
        const bool bracket = TokenReader::is(reader_.ahead(1), "(");
        if (find_aggregate(token.text) && TokenReader::is(reader_.ahead(1), "over")) {
            return over_window();
        }
        if (find_aggregate(token.text) && bracket && TokenReader::is(reader_.ahead(3), "in")) {
            return quantifier();
        }
        if (reader_.at("at")) return at_least();
        if (reader_.at("teaches")) return teaches();
        if (!bracket) return plain_name();
        if (reader_.at("choose")) return choose();
        if (reader_.at("value") || reader_.at("fact") || reader_.at("in_list")) return coded();
        if (find_scope(token.text)) return reference();
        if (ranked(token.text)) return rank();
        if (const Function* function = find_function(token.text)) return arguments(*function);
        return call();
    }

    Parsed plain_name() {
        const Token token = reader_.take();
        Expression whole = node(Operation::name, token.offset);
        whole.name = std::string{token.text};
        if (is_reserved(token.text) && token.text != "objectivity_markers") {
            return base::Unexpected{ExpressionError{
                .code = "expression_syntax",
                .message = "Служебное слово стоит не на своём месте",
                .offset = token.offset,
                .expected = "имя показателя, параметра, определения или функция со скобкой",
                .found = std::string{token.text}}};
        }
        return finished(std::move(whole));
    }

    /// `any(p in held(ВПР), …)`, `every(y in last(3 years), …)`.
    Parsed quantifier() {
        const Token token = reader_.take();
        Expression whole = node(Operation::number_quantifier, token.offset);
        set_aggregate(whole, *find_aggregate(token.text));
        reader_.take();
        whole.argument = OPORA_TRY(reader_.expect_word("имя переменной, например p"));
        OPORA_TRY(reader_.expect("in", "in и множество процедур или лет"));
        if (reader_.at("held")) {
            reader_.take();
            OPORA_TRY(reader_.expect("(", "held(…)"));
            whole.procedures = OPORA_TRY(parse_filter(reader_));
            OPORA_TRY(reader_.expect(")", "«)» в конце held(…)"));
        } else {
            whole.window = OPORA_TRY(parse_window(reader_));
        }
        OPORA_TRY(reader_.expect(",", "запятая и условие или величина"));
        whole.parts.push_back(OPORA_TRY(disjunction()));
        OPORA_TRY(reader_.expect(")", "«)»"));
        return finished(std::move(whole));
    }

    /// `mean over window of X`: X is one name, call or bracket.
    Parsed over_window() {
        const Token token = reader_.take();
        Expression whole = node(Operation::number_quantifier, token.offset);
        set_aggregate(whole, *find_aggregate(token.text));
        reader_.take();
        whole.window = OPORA_TRY(parse_window(reader_));
        OPORA_TRY(reader_.expect("of", "of и величина"));
        whole.parts.push_back(OPORA_TRY(primary()));
        return finished(std::move(whole));
    }

    static void set_aggregate(Expression& whole, Aggregate aggregate) {
        whole.aggregate = aggregate;
        if (aggregate == Aggregate::any || aggregate == Aggregate::every) {
            whole.operation = Operation::truth_quantifier;
        }
    }

    /// `at least 2 of (A, B, C)`.
    Parsed at_least() {
        Expression whole = node(Operation::at_least, reader_.take().offset);
        OPORA_TRY(reader_.expect("least", "at least"));
        if (reader_.now().kind == Token::Kind::number) {
            whole.parts.push_back(OPORA_TRY(number()));
        } else {
            whole.parts.push_back(OPORA_TRY(plain_name()));
        }
        OPORA_TRY(reader_.expect("of", "of и список условий в скобках"));
        OPORA_TRY(reader_.expect("(", "список условий в скобках"));
        do {
            whole.parts.push_back(OPORA_TRY(disjunction()));
        } while (reader_.accept(","));
        OPORA_TRY(reader_.expect(")", "«)» в конце списка"));
        return finished(std::move(whole));
    }

    Parsed teaches() {
        Expression whole = node(Operation::teaches, reader_.take().offset);
        const auto [first, last] = OPORA_TRY(parse_grades(reader_));
        whole.grade_first = first;
        whole.grade_last = last;
        return finished(std::move(whole));
    }

    /// `choose(combination, any -> …, every -> …)`.
    Parsed choose() {
        Expression whole = node(Operation::choose, reader_.take().offset);
        reader_.take();
        whole.name = OPORA_TRY(reader_.expect_word("имя параметра с вариантами"));
        while (reader_.accept(",")) {
            whole.readings.push_back(OPORA_TRY(reader_.expect_word("имя варианта")));
            OPORA_TRY(reader_.expect("->", "«->» после имени варианта"));
            whole.parts.push_back(OPORA_TRY(disjunction()));
        }
        OPORA_TRY(reader_.expect(")", "запятая и следующий вариант или «)»"));
        return finished(std::move(whole));
    }

    /// `value("api00", year before)`, `fact("pupils")`, `in_list("official_list")`.
    Parsed coded() {
        const Token token = reader_.take();
        Expression whole = node(Operation::imported, token.offset);
        if (token.text == "fact") whole.operation = Operation::fact;
        if (token.text == "in_list") whole.operation = Operation::in_list;
        reader_.take();
        if (reader_.now().kind != Token::Kind::string || reader_.now().text.empty()) {
            return base::Unexpected{reader_.unexpected("код в кавычках, например \"api00\"")};
        }
        whole.name = std::string{reader_.take().text};
        OPORA_TRY(shift_and_close(whole));
        return finished(std::move(whole));
    }

    base::Result<base::Done, ExpressionError> shift_and_close(Expression& whole) {
        if (reader_.accept(",")) {
            whole.years_before = OPORA_TRY(parse_shift(reader_));
            if (whole.years_before == 0) {
                return base::Unexpected{
                    reader_.unexpected("сдвиг по годам: year before или 2 years before")};
            }
        }
        return reader_.expect(")", "«)»");
    }

    Parsed reference() {
        const Token token = reader_.take();
        Expression whole = node(Operation::reference, token.offset);
        whole.scope = *find_scope(token.text);
        reader_.take();
        whole.parts.push_back(OPORA_TRY(disjunction()));
        OPORA_TRY(reader_.expect(")", "«)»"));
        return finished(std::move(whole));
    }

    static std::optional<Operation> ranked(std::string_view text) {
        if (text == "lowest_in") return Operation::lowest_in;
        if (text == "highest_in") return Operation::highest_in;
        if (text == "percent_rank") return Operation::percent_rank;
        if (text == "significantly_below") return Operation::significantly_below;
        if (text == "significantly_above") return Operation::significantly_above;
        return std::nullopt;
    }

    /// `percent_rank(cluster, X)`.
    Parsed rank() {
        const Token token = reader_.take();
        Expression whole = node(*ranked(token.text), token.offset);
        reader_.take();
        const auto scope = find_scope(reader_.now().text);
        if (!scope)
            return base::Unexpected{reader_.unexpected("cluster, district, region или country")};
        whole.scope = *scope;
        reader_.take();
        OPORA_TRY(reader_.expect(",", "запятая и показатель"));
        whole.parts.push_back(OPORA_TRY(disjunction()));
        OPORA_TRY(reader_.expect(")", "«)»"));
        return finished(std::move(whole));
    }

    Parsed arguments(const Function& function) {
        const Token token = reader_.take();
        Expression whole = node(function.operation, token.offset);
        reader_.take();
        do {
            whole.parts.push_back(OPORA_TRY(disjunction()));
        } while (reader_.accept(","));
        const auto count = static_cast<int>(whole.parts.size());
        if (count < function.arguments_min || count > function.arguments_max) {
            return base::Unexpected{reader_.unexpected("столько величин, сколько нужно функции")};
        }
        OPORA_TRY(reader_.expect(")", "«)»"));
        return finished(std::move(whole));
    }

    /// An indicator or a definition: `low_share(p, year before)`, `quality(ОГЭ, [russian])`,
    /// `low(p)`, `index()`.
    Parsed call() {
        const Token token = reader_.take();
        if (is_reserved(token.text) && token.text != "was_held" && token.text != "took") {
            return base::Unexpected{
                ExpressionError{.code = "expression_syntax",
                                .message = "Служебное слово стоит не на своём месте",
                                .offset = token.offset,
                                .expected = "имя показателя, функция или определение",
                                .found = std::string{token.text}}};
        }
        Expression whole = node(Operation::call, token.offset);
        whole.name = std::string{token.text};
        reader_.take();
        if (filter_begins(reader_)) {
            whole.procedures = OPORA_TRY(parse_filter(reader_));
            OPORA_TRY(shift_and_close(whole));
            return finished(std::move(whole));
        }
        whole.years_before = OPORA_TRY(parse_shift(reader_));
        if (whole.years_before > 0) {
            OPORA_TRY(reader_.expect(")", "«)»"));
            return finished(std::move(whole));
        }
        whole.argument = OPORA_TRY(reader_.expect_word(
            "переменная (p), процедура (ОГЭ) или сдвиг по годам (year before)"));
        OPORA_TRY(shift_and_close(whole));
        return finished(std::move(whole));
    }

    static Expression node(Operation operation, std::size_t offset) {
        Expression expression;
        expression.operation = operation;
        expression.offset = offset;
        return expression;
    }
    Expression finished(Expression expression) const {
        expression.text = reader_.text_from(expression.offset);
        return expression;
    }
    ExpressionError too_deep() const {
        return {.code = "expression_depth",
                .message = "Выражение вложено слишком глубоко: вынесите часть в раздел define",
                .offset = reader_.now().offset,
                .expected = "не более 64 уровней",
                .found = {}};
    }

    TokenReader& reader_;
    int depth_ = 0;
};

ExpressionError too_high() {
    return {.code = "expression_depth",
            .message = "Выражение слишком сложное: вынесите часть в раздел define",
            .offset = 0,
            .expected = "не более 160 уровней вместе с цепочками действий",
            .found = {}};
}

int height(const Expression& expression) {
    int tallest = 0;
    for (const Expression& part : expression.parts) tallest = std::max(tallest, height(part));
    return tallest + 1;
}

}  // namespace

Parsed parse_expression(std::string_view source) {
    TokenReader reader{source, OPORA_TRY(split_words(source))};
    Expression expression = OPORA_TRY(Parser{reader}.whole());
    // Chains of one level («a + b + c …») nest in the tree as well, though not in the text.
    if (height(expression) > expression_height_max) return base::Unexpected{too_high()};
    return expression;
}

}  // namespace opora::rules
