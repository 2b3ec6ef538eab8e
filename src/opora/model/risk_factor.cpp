#include "opora/model/risk_factor.hpp"

#include <algorithm>
#include <array>

namespace opora::model {

namespace {

constexpr std::array<std::string_view, 2> side_codes{"internal", "external"};
constexpr std::array<std::string_view, 2> side_titles{"внутренний", "внешний"};
constexpr std::array<std::string_view, 3> level_codes{"low", "middle", "high"};
constexpr std::array<std::string_view, 3> level_titles{"низкая", "средняя", "высокая"};

}  // namespace

const RiskFactor* FactorCatalogue::factor(const FactorCode& factor_code) const {
    const auto found = std::ranges::find(factors, factor_code, &RiskFactor::code);
    return found != factors.end() ? &*found : nullptr;
}

const Questionnaire* FactorCatalogue::questionnaire(
    const QuestionnaireCode& questionnaire_code) const {
    const auto found = std::ranges::find(questionnaires, questionnaire_code, &Questionnaire::code);
    return found != questionnaires.end() ? &*found : nullptr;
}

std::string_view code(FactorSide side) { return side_codes[static_cast<std::size_t>(side)]; }
std::string_view title(FactorSide side) { return side_titles[static_cast<std::size_t>(side)]; }
std::string_view code(FactorLevel level) { return level_codes[static_cast<std::size_t>(level)]; }
std::string_view title(FactorLevel level) { return level_titles[static_cast<std::size_t>(level)]; }

std::optional<FactorLevel> factor_level(std::string_view code) {
    const auto found = std::ranges::find(level_codes, code);
    if (found == level_codes.end()) return std::nullopt;
    return static_cast<FactorLevel>(found - level_codes.begin());
}

}  // namespace opora::model
