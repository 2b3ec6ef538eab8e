#include "opora/rules/set_binder.hpp"

#include <algorithm>
#include <optional>

namespace opora::rules {

namespace {

using indicators::ProcedureNumber;
using model::Procedure;
using model::ProcedureType;

/// Grades that can take a procedure of a type, as far as the type says so.
std::pair<int, int> grades_of(ProcedureType type) {
    switch (type) {
        case ProcedureType::vpr:
            return {4, 11};
        case ProcedureType::oge:
            return {9, 10};
        case ProcedureType::ege:
            return {11, 12};
        case ProcedureType::gve:
            return {9, 12};
        case ProcedureType::niko:
        case ProcedureType::rdr:
        case ProcedureType::vsoko:
        case ProcedureType::diagnostics:
        case ProcedureType::annual:
            return {model::grade_min, model::grade_max};
    }
    return {model::grade_min, model::grade_max};
}

/// Answers whether a procedure is meant, with the parameters of the pack.
class FilterReader {
public:
    explicit FilterReader(const Pack& pack) : pack_{pack} {}

    bool counted(const Procedure& procedure) const {
        const auto& periods = pack_.inclusion.periods;
        return std::ranges::find(periods, procedure.period) != periods.end();
    }
    bool expected(const Procedure& procedure) const {
        return procedure.period == model::Period::main &&
               std::ranges::any_of(pack_.expects, [&](const Expectation& expectation) {
                   return fits(expectation.procedures, procedure);
               });
    }

    bool fits(const ProcedureFilter& filter, const Procedure& procedure) const {
        const int grade = filter.programme_grade ? procedure.programme_grade : procedure.grade;
        if (filter.grade_first > 0 && (grade < filter.grade_first || grade > filter.grade_last)) {
            return false;
        }
        if (const auto subjects = names(filter.subjects)) {
            if (std::ranges::find(*subjects, procedure.subject.value) == subjects->end()) {
                return false;
            }
        }
        return type_fits(names(filter.types), procedure);
    }

    std::uint32_t grades(const ProcedureFilter& filter) const {
        if (filter.grade_first > 0) return grade_mask(filter.grade_first, filter.grade_last);
        const auto types = names(filter.types);
        if (!types) return grade_mask(model::grade_min, model::grade_max);
        std::uint32_t all = 0;
        for (const std::string& text : *types) {
            const auto type = model::procedure_type(text);
            if (!type) continue;
            const auto [first, last] = grades_of(*type);
            all |= grade_mask(first, last);
        }
        return all;
    }

private:
    /// The names of a list; std::nullopt for all.
    std::optional<std::vector<std::string>> names(const NameList& list) const {
        if (list.parameter.empty()) {
            if (list.names.empty()) return std::nullopt;
            return list.names;
        }
        const CodeList codes = value_of(pack_, Setting<CodeList>{{}, list.parameter});
        if (codes.all) return std::nullopt;
        return codes.codes;
    }

    bool type_fits(const std::optional<std::vector<std::string>>& types,
                   const Procedure& procedure) const {
        if (!types) return procedure.type != ProcedureType::annual;
        const auto asked = [&](ProcedureType type) {
            return std::ranges::any_of(*types, [&](const std::string& text) {
                return model::procedure_type(text) == type;
            });
        };
        if (asked(procedure.type)) return true;
        if (procedure.type != ProcedureType::gve ||
            value_of(pack_, pack_.inclusion.gve) != "included") {
            return false;
        }
        return asked(procedure.grade <= 10 ? ProcedureType::oge : ProcedureType::ege);
    }

    const Pack& pack_;
};

}  // namespace

std::uint32_t grade_mask(int first, int last) {
    std::uint32_t grades = 0;
    for (int grade = first; grade <= last; ++grade) grades |= 1u << grade;
    return grades;
}

std::unique_ptr<BoundSet> bind_set(const Pack& pack, const indicators::Evidence& evidence,
                                   const ProcedureFilter& filter) {
    const FilterReader reader{pack};
    const auto procedures = evidence.procedures();
    auto set = std::make_unique<BoundSet>();
    set->member.assign(procedures.size(), 0);
    set->grades = reader.grades(filter);
    for (ProcedureNumber i = 0; i < procedures.size(); ++i) {
        if (!reader.counted(procedures[i]) || !reader.fits(filter, procedures[i])) continue;
        set->member[i] = 1;
        const std::size_t year = year_index(procedures[i].year);
        set->members[year].push_back(i);
        if (reader.expected(procedures[i])) set->expected[year].push_back(i);
    }
    return set;
}

}  // namespace opora::rules
