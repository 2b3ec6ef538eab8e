#include "opora/model/factor_review.hpp"

#include <algorithm>
#include <array>

namespace opora::model {

namespace {

constexpr std::array<std::string_view, 4> codes{"confirmed", "rejected", "changed", "withdrawn"};
constexpr std::array<std::string_view, 4> titles{"подтверждён", "не подтверждён", "уровень изменён",
                                                 "решение отозвано"};

}  // namespace

std::string_view code(ReviewDecision decision) { return codes[static_cast<std::size_t>(decision)]; }
std::string_view title(ReviewDecision decision) {
    return titles[static_cast<std::size_t>(decision)];
}

std::optional<ReviewDecision> review_decision(std::string_view code) {
    const auto found = std::ranges::find(codes, code);
    if (found == codes.end()) return std::nullopt;
    return static_cast<ReviewDecision>(found - codes.begin());
}

}  // namespace opora::model
