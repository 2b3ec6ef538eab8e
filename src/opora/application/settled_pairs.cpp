#include <algorithm>
#include <sstream>

#include "opora/application/pairing.hpp"

namespace opora::application {

namespace {

/// The fields of a line: ids hold neither commas nor quotes; spaces around them do not count.
std::vector<std::string> fields_of(std::string_view line) {
    std::vector<std::string> fields;
    while (true) {
        const auto comma = line.find_first_of(",;");
        std::string_view field = line.substr(0, comma);
        const auto begin = field.find_first_not_of(" \t\r\"");
        const auto end = field.find_last_not_of(" \t\r\"");
        fields.emplace_back(begin == std::string_view::npos ? std::string_view{}
                                                            : field.substr(begin, end - begin + 1));
        if (comma == std::string_view::npos) return fields;
        line.remove_prefix(comma + 1);
    }
}

base::Error error_at(const std::string& file, std::int64_t row, std::string code,
                     std::string message) {
    return {.code = std::move(code),
            .message = std::move(message),
            .place = {.file = file, .sheet = {}, .row = row, .column = {}},
            .expected = "school_id,leader_id,decision"};
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

base::Result<base::Done, base::Errors> read_settled_pairs(const std::string& text,
                                                          const std::string& file,
                                                          PairingQuestion& question) {
    base::Errors errors;
    std::istringstream lines{text.starts_with(byte_order_mark) ? text.substr(3) : text};
    std::string line;
    std::int64_t row = 0;
    while (std::getline(lines, line)) {
        ++row;
        const std::vector<std::string> fields = fields_of(line);
        if (row == 1) {
            if (fields != std::vector<std::string>{"school_id", "leader_id", "decision"}) {
                errors.push_back(error_at(file, row, "pair_file_heading", "не те заголовки"));
                break;
            }
            continue;
        }
        if (std::ranges::all_of(fields, &std::string::empty)) continue;
        const bool whole = fields.size() == 3 && !fields[0].empty() && !fields[1].empty();
        if (whole && fields[2] == "pin") {
            question.pins.push_back({fields[0], fields[1]});
        } else if (whole && fields[2] == "ban") {
            question.bans.push_back({fields[0], fields[1]});
        } else {
            errors.push_back(error_at(file, row, "pair_file_row",
                                      "строка не понята: нужны код школы, код школы-лидера и "
                                      "решение pin или ban"));
        }
    }
    if (row == 0) errors.push_back(error_at(file, 1, "pair_file_heading", "файл пуст"));
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    return base::Done{};
}

}  // namespace opora::application
