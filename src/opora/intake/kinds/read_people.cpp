#include <fmt/format.h>

#include <map>
#include <set>
#include <tuple>
#include <unordered_set>

#include "opora/intake/kinds/cell_values.hpp"
#include "opora/intake/kinds/read_registers.hpp"
#include "opora/intake/kinds/row_fields.hpp"

namespace opora::intake {

namespace {

class TeachersReader : public KindReader {
public:
    explicit TeachersReader(Session& session) : session_{session} {}

    base::Result<base::Done> read(TableReader& table) override {
        return read_register(table, session_,
                             [this](RowFields& fields, const Headings&) { take(fields); });
    }

private:
    void take(RowFields& fields) {
        model::Teacher teacher;
        teacher.id = {fields.needed_text("teacher_id")};
        if (const model::School* school = fields.needed_school()) teacher.school = school->id;
        teacher.name = fields.text("name");
        const std::string_view education = fields.choice("education", "education");
        if (education == "higher") teacher.education = model::Education::higher;
        if (education == "secondary") teacher.education = model::Education::secondary;
        const std::string_view category = fields.choice("category", "category");
        if (category == "highest") teacher.category = model::QualificationCategory::highest;
        if (category == "first") teacher.category = model::QualificationCategory::first;
        if (category == "none") teacher.category = model::QualificationCategory::none;
        teacher.birth_year = fields.whole("birth_year", {1920, model::year_max.ending});
        teacher.experience_years = fields.whole("experience_years", {0, 80});
        teacher.arrived_year = fields.whole("arrived_year", {1940, model::year_max.ending});
        if (fields.good() && !ids_.insert(teacher.id.value).second) {
            fields.fail("teacher_id", "duplicate",
                        "Такой код педагога уже встретился в этом файле.", "код один раз");
        }
        if (fields.good()) session_.batch.rows.teachers.push_back(std::move(teacher));
    }

    Session& session_;
    std::unordered_set<std::string> ids_;
};

/// «1/2», «0,5», «50 %»; blank is the whole class.
std::optional<base::Fraction> part_of_hours(std::string_view cell) {
    const auto slash = cell.find('/');
    if (slash != std::string_view::npos) {
        const auto part = whole_number(cell.substr(0, slash));
        const auto whole = whole_number(cell.substr(slash + 1));
        if (!part || !whole || *whole <= 0) return std::nullopt;
        return base::Fraction{*part, *whole};
    }
    return share_number(cell, true);
}

class LoadsReader : public KindReader {
public:
    explicit LoadsReader(Session& session) : session_{session} {}

    base::Result<base::Done> read(TableReader& table) override {
        return read_register(table, session_,
                             [this](RowFields& fields, const Headings&) { take(fields); });
    }

    void finish() override {
        for (const auto& [key, hours] : hours_) {
            if (hours <= 1.0 + 1e-9) continue;
            const auto& [school, year, subject, class_name] = key;
            session_.report.warn(
                {.code = "hours_above_one",
                 .message = fmt::format(
                     "Школа {}, {}, предмет {}, класс {}: доли часов педагогов в сумме больше 1.",
                     school, model::title(model::SchoolYear{year}), subject, class_name)});
        }
    }

private:
    void take(RowFields& fields) {
        model::TeachingLoad load;
        load.teacher = {fields.needed_text("teacher_id")};
        if (const model::School* school = fields.needed_school()) load.school = school->id;
        if (const auto year = fields.needed_year()) load.year = *year;
        if (const auto subject = fields.needed_subject("subject", model::ProcedureType::annual)) {
            load.subject = *subject;
        }
        load.class_name = class_title(fields.needed_text("class"));
        if (const std::string share = fields.text("share"); !is_missing(share)) {
            const auto part = part_of_hours(share);
            if (part && part->numerator > 0 && part->numerator <= part->denominator) {
                load.share = *part;
            } else {
                fields.fail("share", "not_share", "Доля часов записана непонятно.",
                            "больше 0 и не больше 1: 0,5, 1/2, 50 %");
            }
        }
        if (!fields.good()) return;
        if (!keys_
                 .emplace(load.teacher.value, load.school.value, load.year.ending,
                          load.subject.value, load.class_name)
                 .second) {
            fields.fail("teacher_id", "duplicate", "Эта нагрузка педагога уже встретилась в файле.",
                        "одна строка");
            return;
        }
        hours_[{load.school.value, load.year.ending, load.subject.value, load.class_name}] +=
            load.share.value();
        session_.batch.rows.loads.push_back(std::move(load));
    }

    Session& session_;
    std::set<std::tuple<std::string, std::string, int, std::string, std::string>> keys_;
    std::map<std::tuple<std::string, int, std::string, std::string>, double> hours_;
};

}  // namespace

std::unique_ptr<KindReader> teachers_reader(Session& session) {
    return std::make_unique<TeachersReader>(session);
}
std::unique_ptr<KindReader> loads_reader(Session& session) {
    return std::make_unique<LoadsReader>(session);
}

}  // namespace opora::intake
