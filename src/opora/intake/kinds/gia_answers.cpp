#include "opora/intake/kinds/gia_answers.hpp"

#include <array>
#include <charconv>

#include "opora/intake/dictionaries/normalised_text.hpp"

namespace opora::intake {

namespace {

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool take_missing(std::string_view& text) {
    constexpr std::array<std::string_view, 5> signs{"X", "x", "Х", "х", "-"};
    for (const std::string_view sign : signs) {
        if (take(text, sign)) return true;
    }
    return false;
}

std::optional<std::int16_t> take_number(std::string_view& text) {
    std::int16_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc{} || number < 0 || number > 100) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

}  // namespace

std::optional<std::vector<Answer>> short_answers(std::string_view cell) {
    std::vector<Answer> answers;
    std::string_view rest = stripped(cell);
    while (!rest.empty()) {
        if (take(rest, " ")) continue;
        if (take(rest, "+")) {
            answers.push_back({std::int16_t{1}, 0});
        } else if (take(rest, "-") || take(rest, "–") || take(rest, "−")) {
            answers.push_back({std::int16_t{0}, 0});
        } else if (rest.front() >= '0' && rest.front() <= '9') {
            answers.push_back({static_cast<std::int16_t>(rest.front() - '0'), 0});
            rest.remove_prefix(1);
        } else if (take_missing(rest)) {
            answers.push_back({});
        } else {
            return std::nullopt;
        }
    }
    return answers;
}

std::optional<std::vector<Answer>> extended_answers(std::string_view cell) {
    std::vector<Answer> answers;
    std::string_view rest = stripped(cell);
    while (!rest.empty()) {
        if (take(rest, " ") || take(rest, ",") || take(rest, ";")) continue;
        Answer answer;
        if (!take_missing(rest)) {
            answer.points = take_number(rest);
            if (!answer.points) return std::nullopt;
        }
        if (!take(rest, "(")) return std::nullopt;
        const auto points_max = take_number(rest);
        if (!points_max || *points_max == 0 || !take(rest, ")")) return std::nullopt;
        answer.points_max = *points_max;
        answers.push_back(answer);
    }
    return answers;
}

}  // namespace opora::intake
