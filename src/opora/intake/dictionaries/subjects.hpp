#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "opora/base/result.hpp"
#include "opora/intake/dictionaries/text_file.hpp"
#include "opora/model/identifier.hpp"
#include "opora/model/procedure.hpp"

namespace opora::intake {

struct Subject {
    model::SubjectCode code;
    std::string title;
    std::vector<std::string> names;           ///< The code, the title, and further names.
    std::vector<std::string> abbreviations;   ///< Of official lists: «РУ».
    std::vector<std::int32_t> exam_codes;     ///< Numbers of the exam centres' lists.
    std::vector<model::ProcedureType> types;  ///< Empty: any procedure.
};

/// methodology/subjects.yaml.
class Subjects {
public:
    Subjects() = default;
    explicit Subjects(std::vector<Subject> subjects);

    /// By code, title, name or abbreviation. An entry made for the procedure's type comes first,
    /// then one for all, and one made for another type only when there is no other:
    /// `mathematics_base` is known wherever it is written.
    std::optional<model::SubjectCode> find(std::string_view text, model::ProcedureType type) const;
    std::optional<model::SubjectCode> find_exam_code(std::int32_t code,
                                                     model::ProcedureType type) const;

    /// The subject whose name begins or fills the longest part of the text: «ВПР 2024 Окружающий
    /// мир 4 класс».
    std::optional<model::SubjectCode> find_inside(std::string_view text,
                                                  model::ProcedureType type) const;

    const std::vector<Subject>& all() const { return subjects_; }
    /// «Русский язык»; the code itself for a subject that the dictionary does not have.
    std::string_view title(const model::SubjectCode& code) const;

private:
    const Subject* suitable(const std::vector<std::size_t>& candidates,
                            model::ProcedureType type) const;

    std::vector<Subject> subjects_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_key_;
};

base::Result<Subjects, base::Errors> load_subjects(const TextFile& file);

}  // namespace opora::intake
