#include "opora/model/calendar_date.hpp"

#include <fmt/format.h>

#include <charconv>

namespace opora::model {

namespace {

std::optional<unsigned> number_of(std::string_view text) {
    unsigned number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

}  // namespace

std::optional<Date> date_of(std::string_view iso) {
    constexpr std::size_t length = 10;
    if (iso.size() < length || iso[4] != '-' || iso[7] != '-') return std::nullopt;
    if (iso.size() > length && iso[length] != 'T') return std::nullopt;
    const auto year = number_of(iso.substr(0, 4));
    const auto month = number_of(iso.substr(5, 2));
    const auto day = number_of(iso.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const Date date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                    std::chrono::day{*day}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

std::string iso(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string title(Date date) {
    return fmt::format("{:02}.{:02}.{:04}", static_cast<unsigned>(date.day()),
                       static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

}  // namespace opora::model
