#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "opora/model/school.hpp"

namespace opora::intake {

/// Schools of the register by everything that files call them by.
class SchoolIndex {
public:
    explicit SchoolIndex(std::span<const model::School> schools);

    /// By id, else login, else code of the exam centre; «МБОУ СОШ (edu000107)» by the login inside;
    /// at last by the exact name, if only one school has it. Letter case does not matter, and
    /// Cyrillic letters in place of Latin ones do not where no code has them. nullptr
    /// when nothing fits or two schools do.
    const model::School* find(std::string_view text);

    /// The same, but the code of the exam centre comes first and leading zeros, which spreadsheets
    /// drop, do not matter.
    const model::School* find_exam_code(std::string_view text);

    /// By id alone.
    const model::School* find_id(std::string_view text) const;

    std::span<const model::School> all() const { return schools_; }

private:
    using Keys = std::unordered_map<std::string, const model::School*>;

    static void add(Keys& keys, std::string key, const model::School& school);
    static const model::School* in(const Keys& keys, const std::string& key);

    std::span<const model::School> schools_;
    Keys ids_;
    Keys logins_;
    Keys exam_codes_;
    Keys exam_numbers_;  ///< Exam codes without leading zeros.
    Keys names_;         ///< By normalised name, built when the first name is asked for.
    bool named_ = false;
};

/// «edu000107» anywhere in a text, in lower case; empty when there is none.
std::string login_inside(std::string_view text);

}  // namespace opora::intake
