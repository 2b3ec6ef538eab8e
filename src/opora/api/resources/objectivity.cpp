#include "opora/application/objectivity.hpp"

#include <map>

#include "opora/api/json.hpp"
#include "opora/api/parameters.hpp"
#include "opora/api/problem.hpp"
#include "opora/api/resources/resources.hpp"
#include "opora/api/table_answer.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/wording/names.hpp"
#include "opora/wording/objectivity_words.hpp"

namespace opora::api {

namespace {

using application::ObjectivityFindings;
using indicators::Evidence;
using indicators::SchoolNumber;
using wording::ColumnStyle;
using wording::TableCell;

/// The rows that the query asks for, of the schools that the person sees.
class SignTable {
public:
    SignTable(const Call& call, const Evidence& evidence, const ObjectivityFindings& findings,
              model::SchoolYear year)
        : call_{call},
          evidence_{evidence},
          findings_{findings},
          year_{year},
          words_{words_of(call)} {
        const application::Scope scope{call.user(), evidence};
        const auto territory = territory_of(call);
        for (SchoolNumber i = 0; i < evidence.schools().size(); ++i) {
            wanted_.push_back(
                scope.sees(i) &&
                (!territory || application::lies_in(evidence, evidence.schools()[i], *territory)));
        }
    }

    wording::Table signs() const {
        wording::Table table{.title = "Признаки необъективности, " + title(year_),
                             .columns = {{"school", ""},
                                         {"marked", ""},
                                         {"school_name", "Школа"},
                                         {"official", "Официальный"},
                                         {"sign", "Признак"},
                                         {"procedure", "Процедура"},
                                         {"class", "Класс"},
                                         {"n", "Учеников", ColumnStyle::whole},
                                         {"words", "Что замечено"},
                                         {"q", "Доля случайных (q)", ColumnStyle::number}},
                             .rows = {}};
        const bool all = query(call_.request, "show") == "all";
        for (SchoolNumber i = 0; i < wanted_.size(); ++i) {
            if (!wanted_[i]) continue;
            for (const model::ObjectivityMarker& marker : evidence_.markers(i)) {
                if (marker.year == year_ && (marker.marked || all)) {
                    table.rows.push_back(official_cells(i, marker));
                }
            }
        }
        for (const auto& row : findings_.inspection.rows) {
            if (wanted_[row.school] && (row.marked || all)) table.rows.push_back(cells_of(row));
        }
        return table;
    }

    /// How many schools are marked, and on how many grounds.
    Json schools() const {
        Json all = Json::array();
        for (const auto& one : findings_.inspection.schools) {
            if (!wanted_[one.school] || one.marked == 0) continue;
            const model::School& school = evidence_.schools()[one.school];
            all.push_back({{"school", school.id.value},
                           {"school_name", school.name},
                           {"grounds", one.grounds},
                           {"marked", one.marked}});
        }
        return all;
    }

    std::int64_t tested() const {
        std::int64_t count = 0;
        for (const auto& one : findings_.inspection.schools) count += wanted_[one.school] ? 1 : 0;
        return count;
    }

private:
    std::vector<TableCell> official_cells(SchoolNumber school,
                                          const model::ObjectivityMarker& marker) const {
        const model::Procedure procedure{.year = marker.year,
                                         .type = model::ProcedureType::vpr,
                                         .subject = marker.subject,
                                         .programme_grade = marker.grade,
                                         .grade = marker.grade};
        return {evidence_.schools()[school].id.value,
                marker.marked,
                evidence_.schools()[school].name,
                std::string{"да"},
                std::string{"официальный список"},
                procedure_title(procedure, words_),
                TableCell{},
                TableCell{},
                std::string{marker.marked ? "школа названа в официальном списке"
                                          : "в официальном списке школы нет"},
                TableCell{}};
    }

    std::vector<TableCell> cells_of(const objectivity::Row& row) const {
        const model::ObjectivityRow one = application::named(evidence_, findings_, row);
        const model::School& school = evidence_.schools()[row.school];
        return {school.id.value,
                one.marked,
                school.name,
                std::string{"нет"},
                std::string{title(one.sign)},
                one.procedure ? procedure_title(*one.procedure, words_)
                              : std::string{"все работы вместе"},
                cell_of(one.class_name),
                std::int64_t{one.n},
                wording::objectivity_sentence(one),
                one.untested == model::Untested::none ? TableCell{one.q} : TableCell{}};
    }

    const Call& call_;
    const Evidence& evidence_;
    const ObjectivityFindings& findings_;
    model::SchoolYear year_;
    wording::Vocabulary words_;
    std::vector<bool> wanted_;
};

Response signs(Call& call) {
    const auto view = call.services.workspace.view();
    const auto year = year_of(call, *view);
    if (!year) return problem(year.error());
    const auto findings = signs_of(*view, *year);
    const SignTable table{call, view->evidence(), *findings, *year};
    return table_answer(call, *view, table.signs(),
                        {{"year", year->ending},
                         {"level", findings->inspection.level},
                         {"tested", table.tested()},
                         {"caution", wording::objectivity_caution},
                         {"schools", table.schools()}});
}

}  // namespace

std::vector<Route> objectivity_routes() {
    return {
        {"GET", "/api/v1/objectivity", "Признаки необъективности результатов", Entry::permitted,
         application::Permission::read_schools, signs},
    };
}

}  // namespace opora::api
