#include "opora/wording/member_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "opora/base/russian.hpp"
#include "opora/wording/text_width.hpp"

namespace opora::wording {

namespace {

using model::Outcome;

constexpr std::size_t label_width_max = 44;
constexpr std::size_t rows_unfolded = 8;
constexpr std::size_t nearest_shown = 5;

std::string_view mark(Outcome outcome) {
    switch (outcome) {
        case Outcome::met:
            return "да ";
        case Outcome::not_met:
            return "нет";
        case Outcome::unknown:
            return "?  ";
        case Outcome::not_applicable:
            return "–  ";
    }
    return "";
}

std::int64_t distance_of(const Member& member) {
    return member.distance.value_or(std::numeric_limits<std::int64_t>::max());
}

/// The last rows that do not meet the condition, when there are too many to read.
std::size_t folded_rows(const std::vector<Member>& members) {
    const auto not_met =
        static_cast<std::size_t>(std::ranges::count(members, Outcome::not_met, &Member::outcome));
    return not_met > rows_unfolded ? not_met - nearest_shown : 0;
}

}  // namespace

std::vector<std::string> member_lines(std::vector<Member> members, Failing failing,
                                      bool for_terminal) {
    std::size_t width = 0;
    for (const Member& member : members) width = std::max(width, text_width(member.label));
    width = std::min(width, label_width_max);
    std::ranges::stable_sort(members, {}, [](const Member& member) {
        return std::pair{member.outcome, member.outcome == Outcome::met ? 0 : distance_of(member)};
    });
    const std::size_t folded = failing == Failing::all ? 0 : folded_rows(members);
    std::size_t not_met = 0;
    std::vector<std::string> lines;
    for (const Member& member : members) {
        const bool far =
            member.outcome == Outcome::not_met && folded > 0 && not_met++ >= nearest_shown;
        if (!far) {
            lines.push_back(fmt::format("{}  {}  {}", mark(member.outcome),
                                        padded(member.label, width), member.text));
        } else if (not_met == nearest_shown + 1) {
            lines.push_back(fmt::format(
                "нет  и ещё {}{}{}",
                base::counted(static_cast<std::int64_t>(folded), {"строка", "строки", "строк"}),
                member.distance ? ", где до порога не ближе" : "",
                for_terminal ? " (все строки: --format table)" : ""));
        }
    }
    return lines;
}

}  // namespace opora::wording
