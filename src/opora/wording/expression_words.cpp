#include "opora/wording/expression_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <vector>

#include "opora/base/utf8.hpp"

namespace opora::wording {

namespace {

constexpr std::size_t titles_shown_max = 2;

std::string_view first_word(std::string_view text) {
    while (text.starts_with('(') || text.starts_with(' ')) text.remove_prefix(1);
    return text.substr(0, std::min(text.find_first_of(" ("), text.size()));
}

/// The text without brackets that enclose all of it.
std::string_view unbracketed(std::string_view text) {
    while (text.starts_with('(') && text.ends_with(')')) {
        int depth = 0;
        for (std::size_t i = 0; i + 1 < text.size(); ++i) {
            if (text[i] == '(') ++depth;
            if (text[i] == ')' && --depth == 0) return text;
        }
        text = text.substr(1, text.size() - 2);
    }
    return text;
}

bool joins_outside_brackets(std::string_view text, std::string_view word) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '(' || text[i] == '[') ++depth;
        if (text[i] == ')' || text[i] == ']') --depth;
        if (depth == 0 && text.substr(i).starts_with(word)) return true;
    }
    return false;
}

/// Line ends of a pack count as spaces.
std::string spaced(std::string_view text) {
    std::string line{text};
    for (char& symbol : line) {
        if (symbol == '\n' || symbol == '\t' || symbol == '\r') symbol = ' ';
    }
    return line;
}

struct AggregateWords {
    std::string_view word;
    std::string_view russian;
};

constexpr std::array<AggregateWords, 7> aggregates{{
    {"mean", "среднее"},
    {"sum", "сумма"},
    {"pooled", "по всем участникам вместе"},
    {"min", "наименьшее"},
    {"max", "наибольшее"},
    {"slope", "изменение за год"},
    {"count", "количество"},
}};

struct ScopeWords {
    std::string_view word;
    std::string_view among;
};

constexpr std::array<ScopeWords, 4> scopes{{
    {"cluster", "похожих школ (кластера)"},
    {"district", "школ муниципалитета"},
    {"region", "школ региона"},
    {"country", "школ страны"},
}};

struct ConditionWords {
    std::string_view word;
    std::string_view russian;  ///< Followed by the scope.
};

constexpr std::array<ConditionWords, 5> comparisons_with_others{{
    {"lowest_in", "наименьшее значение среди"},
    {"highest_in", "наибольшее значение среди"},
    {"significantly_below", "значимо ниже среднего"},
    {"significantly_above", "значимо выше среднего"},
    {"percent_rank", "место среди"},
}};

/// «cluster» of «highest_in(cluster, result)».
std::string_view first_argument(std::string_view text) {
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) return "";
    text.remove_prefix(open + 1);
    return text.substr(0, std::min(text.find_first_of(",)"), text.size()));
}

std::string with_scope(std::string_view words, std::string_view text) {
    const auto* scope = std::ranges::find(scopes, first_argument(text), &ScopeWords::word);
    return fmt::format("{} {}", words, scope == scopes.end() ? "других школ" : scope->among);
}

struct Content {
    std::vector<std::string> indicators;  ///< Codes in order of appearance.
    std::set<int> years;
};

void look_into(const model::Derivation& node, Content& content) {
    // What was left out of a set is no part of what was computed.
    const bool left_out = !node.value.known() && node.indicator == "participants";
    if (node.kind == model::Derivation::Kind::indicator && !left_out) {
        if (std::ranges::find(content.indicators, node.indicator) == content.indicators.end()) {
            content.indicators.push_back(node.indicator);
        }
        if (node.procedure) content.years.insert(node.procedure->year.ending);
        if (!node.procedure && node.year) content.years.insert(node.year->ending);
    }
    for (const model::Derivation& part : node.parts) look_into(part, content);
}

std::string years_words(const std::set<int>& years) {
    if (years.size() < 2) return "";
    return fmt::format(" за {}–{}", model::title(model::SchoolYear{*years.begin()}),
                       model::title(model::SchoolYear{*years.rbegin()}));
}

/// What the official lists of shipped packs hold; the code of any other.
std::string list_words(std::string_view list) {
    if (list == "official_list") return "";
    if (list == "official_list_low") return " школ с низкими результатами";
    if (list == "official_list_adverse") return " школ в сложных социальных условиях";
    if (list == "official_list_objectivity") return " школ с признаками необъективности";
    return fmt::format(" ({})", list);
}

/// What makes the number, in a word or two.
std::string computation(std::string_view text, model::Unit unit) {
    const std::string_view word = first_word(text);
    if (const auto* known = std::ranges::find(aggregates, word, &AggregateWords::word);
        known != aggregates.end()) {
        return std::string{known->russian};
    }
    if (const std::size_t rank = text.find("percent_rank("); rank != std::string_view::npos) {
        const bool several = text.find("percent_rank(", rank + 1) != std::string_view::npos;
        return with_scope(several ? "среднее место среди" : "место среди", text.substr(rank)) +
               " от 0 до 100 %";
    }
    if (joins_outside_brackets(text, " / ")) return "отношение";
    if (joins_outside_brackets(text, " + ")) return "сумма";
    if (unit == model::Unit::points || joins_outside_brackets(text, " - ")) return "разница";
    return "вычисленное значение";
}

}  // namespace

Joint joint_of(const model::Derivation& node) {
    const std::string text = spaced(node.text);
    const std::string_view condition = unbracketed(text);
    if (joins_outside_brackets(condition, " or ")) return Joint::one;
    if (joins_outside_brackets(condition, " and ")) return Joint::all;
    const std::string_view word = first_word(condition);
    if (word == "not") return Joint::negation;
    if (word == "any") return Joint::one;
    if (word == "every") return Joint::all;
    if (word == "count" || word == "at") return Joint::count;
    return Joint::other;
}

std::string computed_label(const model::Derivation& node, const Vocabulary& vocabulary) {
    Content content;
    look_into(node, content);
    const std::string text = spaced(node.text);
    std::string label = computation(unbracketed(text), node.unit) + years_words(content.years);
    if (content.indicators.empty() || content.indicators.size() > titles_shown_max) return label;
    for (std::size_t i = 0; i < content.indicators.size(); ++i) {
        label += i == 0 ? " — " : " и ";
        label += with_small_letter(indicator_title(content.indicators[i], vocabulary));
    }
    return label;
}

std::string plain_condition(std::string_view text) {
    const std::string line = spaced(text);
    const std::string_view word = first_word(line);
    const std::string_view argument = first_argument(line);
    const auto* others = std::ranges::find(comparisons_with_others, word, &ConditionWords::word);
    if (others != comparisons_with_others.end()) return with_scope(others->russian, line);
    if (word == "in_list") {
        std::string list{argument};
        std::erase(list, '"');
        return "школа названа в официальном списке" + list_words(list);
    }
    if (word == "took") return fmt::format("есть результаты ({})", argument);
    if (word == "was_held") return "процедура проводилась";
    constexpr std::string_view teaches = "teaches grades ";
    if (line.starts_with(teaches)) {
        std::string grades = line.substr(teaches.size());
        const std::size_t dots = grades.find("..");
        if (dots != std::string::npos) grades.replace(dots, 2, "–");
        return fmt::format("есть классы {}", grades);
    }
    return fmt::format("«{}»", line);
}

std::string_view territory_of(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> territories{{
        {"region(", "регион"},
        {"district(", "муниципалитет"},
        {"country(", "страна"},
        {"cluster(", "похожие школы"},
    }};
    for (const auto& [head, words] : territories) {
        if (text.starts_with(head)) return words;
    }
    return "";
}

std::string required_count(std::string_view text) {
    const std::string line = spaced(text);
    constexpr std::string_view head = "at least ";
    const std::size_t found = line.find(head);
    if (found == std::string::npos) return "заданного числа";
    const std::string_view rest = std::string_view{line}.substr(found + head.size());
    const std::string_view number = rest.substr(0, rest.find_first_not_of("0123456789"));
    return number.empty() ? "заданного числа" : std::string{number};
}

std::string with_small_letter(std::string_view text) {
    if (text.empty()) return "";
    const base::Character first = base::first_character(text);
    std::string small;
    const bool capital = first.code >= U'А' && first.code <= U'Я';
    const base::Character second = first.bytes > 0 && first.bytes < text.size()
                                       ? base::first_character(text.substr(first.bytes))
                                       : base::Character{};
    const bool abbreviation = second.code >= U'А' && second.code <= U'Я';
    if (!capital || abbreviation) return std::string{text};
    base::append_utf8(small, first.code + (U'а' - U'А'));
    return small + std::string{text.substr(first.bytes)};
}

std::string capitalised(std::string_view text) {
    if (text.empty()) return "";
    const base::Character first = base::first_character(text);
    const bool small = (first.code >= U'а' && first.code <= U'я');
    if (!small) return std::string{text};
    std::string capital;
    base::append_utf8(capital, first.code - (U'а' - U'А'));
    return capital + std::string{text.substr(first.bytes)};
}

std::string comparison_group(const model::Derivation& derivation) {
    if (!derivation.among.empty()) return derivation.among;
    for (const model::Derivation& part : derivation.parts) {
        std::string group = comparison_group(part);
        if (!group.empty()) return group;
    }
    return "";
}

}  // namespace opora::wording
