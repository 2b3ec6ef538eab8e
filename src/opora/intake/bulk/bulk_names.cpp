#include "opora/intake/bulk/bulk_names.hpp"

#include <algorithm>

#include "opora/base/utf8.hpp"

namespace opora::intake {

namespace {

bool utf8(std::string_view text) { return base::valid_utf8_prefix(text) == text.size(); }

bool numeric(std::string_view text) {
    return !text.empty() && text.size() <= 9 &&
           std::ranges::all_of(text, [](char symbol) { return symbol >= '0' && symbol <= '9'; });
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::uint32_t BulkNames::Numbered::number(const std::string& text) {
    const auto [place, fresh] = numbers.emplace(text, static_cast<std::uint32_t>(texts.size()));
    if (fresh) texts.push_back(text);
    return place->second;
}

std::optional<std::uint32_t> BulkNames::school(std::string_view text) {
    const std::string_view key = trimmed(text);
    if (key.empty() || !utf8(key)) return std::nullopt;
    const std::scoped_lock lock{mutex_};
    const auto id = context_.school ? context_.school(key) : std::nullopt;
    return id ? std::optional{schools_.number(id->value)} : std::nullopt;
}

std::optional<std::uint32_t> BulkNames::subject(std::string_view text) {
    const std::string_view key = trimmed(text);
    if (key.empty() || !utf8(key)) return std::nullopt;
    const std::scoped_lock lock{mutex_};
    auto code = context_.subject ? context_.subject(key) : std::nullopt;
    if (!code && numeric(key)) {
        code = model::SubjectCode{std::string{key}};
        unknown_subjects_.emplace(key);
    }
    return code ? std::optional{subjects_.number(code->value)} : std::nullopt;
}

std::optional<std::uint32_t> BulkNames::class_name(std::string_view text) {
    constexpr std::size_t classes_max = UINT16_MAX;
    const std::string_view key = trimmed(text);
    if (!utf8(key) || key.size() > 64) return std::nullopt;
    const std::scoped_lock lock{mutex_};
    if (classes_.texts.size() >= classes_max) return std::nullopt;
    return classes_.number(context_.class_name && !key.empty() ? context_.class_name(key)
                                                               : std::string{key});
}

BulkNames::NumberedProcedure BulkNames::procedure(std::uint32_t subject,
                                                  model::Procedure procedure) {
    const std::scoped_lock lock{mutex_};
    procedure.subject.value = subjects_.texts[subject];
    const auto [place, fresh] =
        procedure_numbers_.emplace(procedure, static_cast<std::uint32_t>(procedures_.size()));
    if (fresh) procedures_.push_back(procedure);
    return {place->second,
            context_.minimum_score ? context_.minimum_score(procedure) : std::nullopt};
}

}  // namespace opora::intake
