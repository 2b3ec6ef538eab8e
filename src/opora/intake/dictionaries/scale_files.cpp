#include "opora/intake/dictionaries/scale_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "opora/intake/dictionaries/yaml_file.hpp"

namespace opora::intake {

namespace {

using model::Scale;

/// A scale and the line that says it.
struct ReadScale {
    Scale scale;
    base::Place place;
};

void read_years(YamlFile& file, const YAML::Node& node, Scale& scale) {
    const YAML::Node years = node["years"];
    if (!years.IsDefined() || years.IsNull() || !file.map(years, {"from", "to"})) return;
    if (const auto first = file.whole(years, "from")) scale.year_first = model::SchoolYear{*first};
    if (const auto last = file.whole(years, "to")) scale.year_last = model::SchoolYear{*last};
    if (scale.year_first && scale.year_last && *scale.year_last < *scale.year_first) {
        file.fail(years, "Последний год действия раньше первого.", "from не позже to");
    }
}

void read_marks(YamlFile& file, const YAML::Node& node, Scale& scale) {
    const YAML::Node marks = node["marks"];
    if (!marks.IsDefined() || !file.map(marks, {"3", "4", "5"})) return;
    scale.first_scores = {file.whole(marks, "3"), file.whole(marks, "4"), file.whole(marks, "5")};
    std::int32_t below = 0;
    for (const auto& first : scale.first_scores) {
        if (first && *first <= below)
            file.fail(marks, "Границы отметок должны возрастать.", "3 < 4 < 5");
        below = first.value_or(below);
    }
    if (scale.score_max && below > *scale.score_max) {
        file.fail(marks, "Граница отметки выше максимального балла.", "не больше score_max");
    }
}

void read_conditions(YamlFile& file, const YAML::Node& node, Scale& scale) {
    const YAML::Node conditions = node["conditions"];
    if (!conditions.IsDefined() || !file.sequence(conditions)) return;
    for (const YAML::Node& entry : conditions) {
        if (!file.map(entry, {"mark", "points_min", "mark_otherwise", "tasks", "text"})) continue;
        const auto mark = file.whole(entry, "mark");
        const auto points = file.whole(entry, "points_min");
        const auto otherwise = file.whole(entry, "mark_otherwise");
        if (!mark || !points || !otherwise || *mark < 3 || *mark > 5 || *otherwise >= *mark ||
            *otherwise < 2) {
            file.fail(entry, "Условие должно назвать отметку, баллы и отметку без них.",
                      "mark 3..5, points_min, mark_otherwise меньше mark");
            continue;
        }
        scale.conditions.push_back({*mark, *points, *otherwise, file.texts(entry, "tasks"),
                                    file.optional_text(entry, "text")});
    }
}

void read_minima(YamlFile& file, const YAML::Node& node, Scale& scale) {
    const YAML::Node minima = node["minima"];
    if (!minima.IsDefined() || !file.map(minima, {"certificate", "university"})) return;
    if (const auto score = file.whole(minima, "certificate")) {
        scale.minima.push_back({model::MinimumPurpose::certificate, *score, ""});
    }
    if (const auto score = file.whole(minima, "university")) {
        scale.minima.push_back({model::MinimumPurpose::university, *score,
                                file.optional_text(node, "university_source")});
    }
    for (const auto& minimum : scale.minima) {
        if (minimum.score < 0 || minimum.score > 100) {
            file.fail(minima, "Минимальный тестовый балл вне шкалы.", "от 0 до 100");
        }
    }
}

Scale subject_scale(YamlFile& file, const YAML::Node& node, const Scale& edition,
                    const Subjects& subjects) {
    Scale scale = edition;
    const std::string subject = file.text(node, "subject");
    if (const auto code = subjects.find(subject, scale.type)) {
        scale.subject = *code;
    } else if (!subject.empty()) {
        file.fail(node["subject"], "Неизвестный предмет.", "код из subjects.yaml");
    }
    scale.score_max = file.whole(node, "score_max");
    scale.profile_minimum = file.whole(node, "profile");
    if (const std::string evidence = file.optional_text(node, "evidence"); !evidence.empty()) {
        scale.evidence = evidence;
    }
    read_marks(file, node, scale);
    read_conditions(file, node, scale);
    read_minima(file, node, scale);
    if (!scale.first_scores[0] && scale.minima.empty()) {
        file.fail(node, "Нет ни границ отметок, ни минимальных баллов.", "marks или minima");
    }
    return scale;
}

void read_edition(YamlFile& file, const YAML::Node& node, const Subjects& subjects,
                  std::vector<ReadScale>& scales) {
    Scale edition;
    edition.edition = file.text(node, "edition");
    file.text(node, "title");
    const std::string type = file.text(node, "procedure");
    if (const auto known = model::procedure_type(type)) {
        edition.type = *known;
    } else if (!type.empty()) {
        file.fail(node["procedure"], "Неизвестный вид процедуры.", "vpr, oge, ege, gve");
    }
    if (const auto grade = file.whole(node, "grade")) edition.programme_grade = *grade;
    edition.region = {file.optional_text(node, "region")};
    edition.evidence = file.text(node, "evidence");
    edition.source = file.text(node, "source");
    read_years(file, node, edition);
    if (!file.sequence(node["subjects"])) return;
    for (const YAML::Node& subject : node["subjects"]) {
        if (file.map(subject, {"subject", "marks", "score_max", "profile", "conditions", "minima",
                               "university_source", "evidence"})) {
            scales.push_back(
                {subject_scale(file, subject, edition, subjects), file.place(subject)});
        }
    }
}

void read_file_of_scales(YamlFile& file, const Subjects& subjects, std::vector<ReadScale>& scales) {
    const std::initializer_list<std::string_view> keys{"edition",  "title",  "procedure",
                                                       "grade",    "years",  "region",
                                                       "evidence", "source", "subjects"};
    const YAML::Node& root = file.root();
    if (root.IsMap() && root["editions"].IsDefined()) {
        if (!file.map(root, {"editions"}) || !file.sequence(root["editions"])) return;
        for (const YAML::Node& edition : root["editions"]) {
            if (file.map(edition, keys)) read_edition(file, edition, subjects, scales);
        }
    } else if (file.map(root, keys)) {
        read_edition(file, root, subjects, scales);
    }
}

bool overlap(const Scale& left, const Scale& right) {
    if (left.type != right.type || left.subject != right.subject || left.region != right.region ||
        left.programme_grade != right.programme_grade) {
        return false;
    }
    if (!left.year_first && !left.year_last) return false;
    if (!right.year_first && !right.year_last) return false;
    return left.year_first.value_or(model::year_min) <= right.year_last.value_or(model::year_max) &&
           right.year_first.value_or(model::year_min) <= left.year_last.value_or(model::year_max);
}

void refuse_overlaps(const std::vector<ReadScale>& scales, base::Errors& errors) {
    for (std::size_t i = 0; i < scales.size(); ++i) {
        for (std::size_t k = i + 1; k < scales.size(); ++k) {
            const Scale& earlier = scales[i].scale;
            const Scale& later = scales[k].scale;
            if (!overlap(earlier, later)) continue;
            errors.push_back({.code = "scales_overlap",
                              .message = fmt::format(
                                  "Шкалы {} и {} действуют в одни и те же годы для предмета {}.",
                                  earlier.edition, later.edition, earlier.subject.value),
                              .place = scales[k].place,
                              .expected = "одна шкала предмета на каждый год"});
        }
    }
}

base::Result<std::vector<ReadScale>, base::Errors> read_scales(std::span<const TextFile> files,
                                                               const Subjects& subjects) {
    base::Errors errors;
    std::vector<ReadScale> scales;
    for (const TextFile& file : files) {
        auto opened = YamlFile::open(file);
        if (!opened) {
            errors.push_back(opened.error());
            continue;
        }
        read_file_of_scales(*opened, subjects, scales);
        errors.insert(errors.end(), opened->errors().begin(), opened->errors().end());
    }
    refuse_overlaps(scales, errors);
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    return scales;
}

std::vector<Scale> without_places(std::vector<ReadScale> read) {
    std::vector<Scale> scales;
    for (ReadScale& one : read) scales.push_back(std::move(one.scale));
    return scales;
}

}  // namespace

base::Result<std::vector<Scale>, base::Errors> load_scales(std::span<const TextFile> files,
                                                           const Subjects& subjects) {
    return without_places(OPORA_TRY(read_scales(files, subjects)));
}

base::Result<std::vector<Scale>, base::Errors> load_own_scales(std::span<const TextFile> files,
                                                               const Subjects& subjects) {
    auto scales = OPORA_TRY(read_scales(files, subjects));
    base::Errors errors;
    std::string named;
    for (const auto& [scale, place] : scales) {
        if (scale.year_first || scale.year_last || scale.edition == named) continue;
        named = scale.edition;
        errors.push_back({.code = "scale_without_years",
                          .message = fmt::format(
                              "В шкале {} не сказано, для каких лет она действует.", scale.edition),
                          .place = place,
                          .expected = "строка years: {from: ГОД, to: ГОД}"});
    }
    if (!errors.empty()) return base::Unexpected{std::move(errors)};
    return without_places(std::move(scales));
}

}  // namespace opora::intake
