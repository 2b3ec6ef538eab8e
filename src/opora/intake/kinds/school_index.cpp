#include "opora/intake/kinds/school_index.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "opora/intake/dictionaries/normalised_text.hpp"

namespace opora::intake {

namespace {

/// Ids, logins and codes are compared exactly but for the case of Latin letters; Cyrillic ones are
/// left as they are.
std::string code_key(std::string_view text) {
    std::string key{stripped(text)};
    std::ranges::transform(key, key.begin(), [](char symbol) {
        return symbol >= 'A' && symbol <= 'Z' ? static_cast<char>(symbol - 'A' + 'a') : symbol;
    });
    return key;
}

/// Cyrillic letters that look like Latin ones, as they slip into logins: «еdu000107».
std::string with_latin_letters(const std::string& key) {
    static constexpr std::array<std::pair<std::string_view, char>, 21> lookalikes{
        {{"а", 'a'}, {"е", 'e'}, {"о", 'o'}, {"р", 'p'}, {"с", 'c'}, {"у", 'y'}, {"х", 'x'},
         {"А", 'a'}, {"В", 'b'}, {"Е", 'e'}, {"К", 'k'}, {"М", 'm'}, {"Н", 'h'}, {"О", 'o'},
         {"Р", 'p'}, {"С", 'c'}, {"Т", 't'}, {"У", 'y'}, {"Х", 'x'}, {"к", 'k'}, {"т", 't'}}};
    std::string latin;
    for (std::size_t at = 0; at < key.size();) {
        const auto found = std::ranges::find_if(lookalikes, [&](const auto& one) {
            return key.compare(at, one.first.size(), one.first) == 0;
        });
        if (found == lookalikes.end()) {
            latin += key[at++];
        } else {
            latin += found->second;
            at += found->first.size();
        }
    }
    return latin;
}

std::string without_zeros(std::string_view key) {
    const auto first = key.find_first_not_of('0');
    return std::string{first == std::string_view::npos ? "0" : key.substr(first)};
}

}  // namespace

std::string login_inside(std::string_view text) {
    const std::string key = code_key(text);
    for (std::size_t at = key.find("edu"); at != std::string::npos; at = key.find("edu", at + 1)) {
        const std::size_t end = std::min(key.find_first_not_of("0123456789", at + 3), key.size());
        if (end > at + 3) return key.substr(at, end - at);
    }
    return {};
}

void SchoolIndex::add(Keys& keys, std::string key, const model::School& school) {
    if (key.empty()) return;
    const auto [place, added] = keys.emplace(std::move(key), &school);
    // A key of two schools names neither.
    if (!added && place->second != &school) place->second = nullptr;
}

const model::School* SchoolIndex::in(const Keys& keys, const std::string& key) {
    const auto found = keys.find(key);
    return found != keys.end() ? found->second : nullptr;
}

SchoolIndex::SchoolIndex(std::span<const model::School> schools) : schools_{schools} {
    ids_.reserve(schools.size());
    logins_.reserve(schools.size());
    for (const model::School& school : schools) {
        add(ids_, code_key(school.id.value), school);
        add(logins_, code_key(school.login), school);
        if (school.rcoi_code.empty()) continue;
        add(exam_codes_, code_key(school.rcoi_code), school);
        add(exam_numbers_, without_zeros(code_key(school.rcoi_code)), school);
    }
}

const model::School* SchoolIndex::find_id(std::string_view text) const {
    return in(ids_, code_key(text));
}

const model::School* SchoolIndex::find(std::string_view text) {
    const std::string key = code_key(text);
    if (key.empty()) return nullptr;
    if (const auto* school = in(ids_, key)) return school;
    if (const auto* school = in(logins_, key)) return school;
    if (const auto* school = in(exam_codes_, key)) return school;
    if (const std::string latin = with_latin_letters(key); latin != key) {
        if (const auto* school = in(logins_, latin)) return school;
        if (const auto* school = in(ids_, latin)) return school;
        if (const auto* school = in(exam_codes_, latin)) return school;
    }
    if (const std::string login = login_inside(key); !login.empty() && login != key) {
        if (const auto* school = in(logins_, login)) return school;
        if (const auto* school = in(ids_, login)) return school;
    }
    if (!named_) {
        for (const model::School& school : schools_) add(names_, normalised(school.name), school);
        named_ = true;
    }
    return in(names_, normalised(text));
}

const model::School* SchoolIndex::find_exam_code(std::string_view text) {
    const std::string key = code_key(text);
    if (key.empty()) return nullptr;
    if (const auto* school = in(exam_codes_, key)) return school;
    if (const auto* school = in(exam_numbers_, without_zeros(key))) return school;
    return find(text);
}

}  // namespace opora::intake
