#include "opora/intake/dictionaries/subjects.hpp"

#include <algorithm>

#include "opora/base/fraction.hpp"
#include "opora/intake/dictionaries/normalised_text.hpp"
#include "opora/intake/dictionaries/yaml_file.hpp"

namespace opora::intake {

Subjects::Subjects(std::vector<Subject> subjects) : subjects_{std::move(subjects)} {
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
        const auto add = [&](const std::string& name) {
            std::vector<std::size_t>& places = by_key_[heading_key(name)];
            if (std::ranges::find(places, i) == places.end()) places.push_back(i);
        };
        std::ranges::for_each(subjects_[i].names, add);
        std::ranges::for_each(subjects_[i].abbreviations, add);
    }
}

const Subject* Subjects::suitable(const std::vector<std::size_t>& candidates,
                                  model::ProcedureType type) const {
    const Subject* general = nullptr;
    const Subject* foreign = nullptr;
    for (const std::size_t i : candidates) {
        const Subject& subject = subjects_[i];
        if (subject.types.empty()) {
            if (general == nullptr) general = &subject;
        } else if (std::ranges::find(subject.types, type) != subject.types.end()) {
            return &subject;
        } else if (foreign == nullptr) {
            foreign = &subject;
        }
    }
    return general != nullptr ? general : foreign;
}

std::optional<model::SubjectCode> Subjects::find(std::string_view text,
                                                 model::ProcedureType type) const {
    const auto found = by_key_.find(heading_key(text));
    if (found == by_key_.end()) return std::nullopt;
    const Subject* subject = suitable(found->second, type);
    return subject != nullptr ? std::optional{subject->code} : std::nullopt;
}

std::optional<model::SubjectCode> Subjects::find_exam_code(std::int32_t code,
                                                           model::ProcedureType type) const {
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
        if (std::ranges::find(subjects_[i].exam_codes, code) != subjects_[i].exam_codes.end()) {
            candidates.push_back(i);
        }
    }
    const Subject* subject = suitable(candidates, type);
    return subject != nullptr ? std::optional{subject->code} : std::nullopt;
}

std::optional<model::SubjectCode> Subjects::find_inside(std::string_view text,
                                                        model::ProcedureType type) const {
    const std::string haystack = " " + heading_key(text) + " ";
    const Subject* best = nullptr;
    std::size_t best_length = 0;
    for (const Subject& subject : subjects_) {
        for (const std::string& name : subject.names) {
            const std::string key = " " + heading_key(name) + " ";
            if (key.size() < best_length || haystack.find(key) == std::string::npos) continue;
            const auto found = by_key_.find(key.substr(1, key.size() - 2));
            const Subject* candidate =
                found != by_key_.end() ? suitable(found->second, type) : nullptr;
            if (candidate == nullptr) continue;
            best = candidate;
            best_length = key.size();
        }
    }
    return best != nullptr ? std::optional{best->code} : std::nullopt;
}

std::string_view Subjects::title(const model::SubjectCode& code) const {
    const auto found = std::ranges::find(subjects_, code, &Subject::code);
    return found != subjects_.end() ? std::string_view{found->title} : std::string_view{code.value};
}

base::Result<Subjects, base::Errors> load_subjects(const TextFile& text) {
    auto opened = YamlFile::open(text);
    if (!opened) return base::Unexpected{base::Errors{opened.error()}};
    YamlFile& file = *opened;

    std::vector<Subject> subjects;
    if (file.map(file.root(), {"subjects"}) && file.sequence(file.root()["subjects"])) {
        for (const YAML::Node& node : file.root()["subjects"]) {
            if (!file.map(node, {"code", "title", "short", "names", "exam_codes", "types"}))
                continue;
            Subject subject{.code = {file.text(node, "code")}, .title = file.text(node, "title")};
            subject.names = file.texts(node, "names");
            subject.names.push_back(subject.code.value);
            subject.names.push_back(subject.title);
            subject.abbreviations = file.texts(node, "short");
            for (const std::string& code : file.texts(node, "exam_codes")) {
                const auto number = base::parse_decimal(code);
                if (number && number->denominator == 1) {
                    subject.exam_codes.push_back(static_cast<std::int32_t>(number->numerator));
                } else {
                    file.fail(node["exam_codes"], "Код предмета должен быть целым числом.",
                              "целое число");
                }
            }
            for (const std::string& type : file.texts(node, "types")) {
                if (const auto known = model::procedure_type(type)) {
                    subject.types.push_back(*known);
                } else {
                    file.fail(node["types"], "Неизвестный вид процедуры.", "vpr, oge, ege, gve …");
                }
            }
            if (std::ranges::find(subjects, subject.code, &Subject::code) != subjects.end()) {
                file.fail(node["code"], "Такой предмет уже есть.", "другой код");
            }
            subjects.push_back(std::move(subject));
        }
    }
    if (!file.errors().empty()) return base::Unexpected{std::move(file.errors())};
    return Subjects{std::move(subjects)};
}

}  // namespace opora::intake
