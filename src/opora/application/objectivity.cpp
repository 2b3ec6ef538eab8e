#include "opora/application/objectivity.hpp"

#include <algorithm>
#include <future>
#include <set>

namespace opora::application {

namespace {

/// Schools whose cells are held in memory with all their detail at once; fewer would unpack the
/// same groups of rows again and again.
constexpr std::size_t schools_at_once = 2000;
/// Years before the one looked at, for cohorts and classes.
constexpr int years_back = 2;

std::vector<model::Procedure> wanted_procedures(const indicators::Evidence& evidence,
                                                model::SchoolYear year) {
    std::vector<model::Procedure> wanted;
    for (const model::Procedure& procedure : evidence.procedures()) {
        const bool recent = year - years_back <= procedure.year && procedure.year <= year;
        const bool vpr = procedure.type == model::ProcedureType::vpr;
        const bool oge = procedure.type == model::ProcedureType::oge && procedure.year == year;
        if (recent && (vpr || oge) && procedure.period == model::Period::main) {
            wanted.push_back(procedure);
        }
    }
    return wanted;
}

/// Takes over the details of cells in force.
class DetailReader {
public:
    DetailReader(const LoadedEvidence& loaded, model::SchoolYear year,
                 objectivity::DetailTable& table)
        : loaded_{loaded},
          year_{year},
          procedures_{wanted_procedures(loaded.evidence, year)},
          table_{table} {}

    /// While the cells of some schools are taken over, those of the next ones are read.
    void read(const ports::FactStore& store, std::uint32_t file) {
        if (procedures_.empty()) return;
        const std::size_t schools = loaded_.evidence.schools().size();
        const auto from = [&](std::size_t begin) {
            return std::async(std::launch::async, [this, &store, file, begin] {
                return store.cells(loaded_.facts[file].identity, filter_from(begin));
            });
        };
        std::future<std::vector<tally::Cell>> next;
        if (schools > 0) next = from(0);
        for (std::size_t begin = 0; begin < schools; begin += schools_at_once) {
            const std::vector<tally::Cell> cells = next.get();
            if (begin + schools_at_once < schools) next = from(begin + schools_at_once);
            for (const tally::Cell& cell : cells) take(cell, file);
        }
    }

private:
    ports::CellFilter filter_from(std::size_t begin) const {
        ports::CellFilter filter{.schools = {}, .procedures = procedures_};
        const auto schools = loaded_.evidence.schools();
        for (const model::School& school :
             schools.subspan(begin, std::min(schools_at_once, schools.size() - begin))) {
            filter.schools.push_back(school.id);
        }
        return filter;
    }

    void take(const tally::Cell& cell, std::uint32_t file) {
        const indicators::Evidence& evidence = loaded_.evidence;
        const auto school = evidence.find_school(cell.school);
        const auto procedure = evidence.find_procedure(cell.procedure);
        if (!school || !procedure) return;
        if (evidence.cell(*school, *procedure) == nullptr) return;
        // Of aggregate forms only the one of scores has a histogram.
        const auto given = evidence.given_by(file, cell.school, cell.procedure);
        if (!holds(given, tally::FieldGroup::scores)) return;
        table_.add(*school, *procedure, cell.detail, cell.procedure.year == year_);
    }

    const LoadedEvidence& loaded_;
    model::SchoolYear year_;
    std::vector<model::Procedure> procedures_;
    objectivity::DetailTable& table_;
};

}  // namespace

base::Result<std::vector<model::Scale>> scales_in_force(const Adapters& adapters,
                                                        const std::filesystem::path& directory) {
    const std::filesystem::path own = directory / "scales";
    if (!std::filesystem::exists(own) || !adapters.scales_with) return adapters.scales;
    return adapters.scales_with(own);
}

ObjectivityFindings find_objectivity_signs(const ports::DataSource& source,
                                           const LoadedEvidence& loaded,
                                           std::span<const model::Scale> scales,
                                           const ObjectivityOptions& options) {
    ObjectivityFindings findings;
    DetailReader reader{loaded, options.year, findings.details};
    for (std::uint32_t file = 0; file < loaded.facts.size(); ++file) {
        if (loaded.evidence.cells_in_force()[file] > 0) reader.read(source.facts(), file);
    }
    findings.details.sort();
    findings.inspection = objectivity::inspect({.evidence = loaded.evidence,
                                                .details = findings.details,
                                                .scales = scales,
                                                .year = options.year,
                                                .reference = options.reference},
                                               options.level);
    return findings;
}

std::vector<indicators::MarkedCell> cells_with_signs(const ports::DataSource& source,
                                                     const LoadedEvidence& loaded,
                                                     std::span<const model::Scale> scales,
                                                     model::SchoolYear year) {
    std::set<model::SchoolYear> years;
    for (const model::Procedure& procedure : loaded.evidence.procedures()) {
        const bool vpr = procedure.type == model::ProcedureType::vpr;
        if (vpr && procedure.year <= year) years.insert(procedure.year);
    }
    std::vector<indicators::MarkedCell> cells;
    for (const model::SchoolYear one : years) {
        const auto findings = find_objectivity_signs(source, loaded, scales, {.year = one});
        const auto some = objectivity::marked_cells(findings.inspection);
        cells.insert(cells.end(), some.begin(), some.end());
    }
    std::ranges::sort(cells);
    cells.erase(std::ranges::unique(cells).begin(), cells.end());
    return cells;
}

model::ObjectivityRow named(const indicators::Evidence& evidence,
                            const ObjectivityFindings& findings, const objectivity::Row& row) {
    model::ObjectivityRow named{.school = evidence.schools()[row.school].id,
                                .sign = row.sign,
                                .procedure = {},
                                .class_name = {},
                                .untested = row.untested,
                                .approximate = row.approximate,
                                .n = row.n,
                                .statistic = row.statistic,
                                .observed = row.observed,
                                .expected = row.expected,
                                .second_observed = row.second_observed,
                                .second_expected = row.second_expected,
                                .p = row.p,
                                .q = row.q,
                                .marked = row.marked};
    if (row.procedure != indicators::nothing) {
        named.procedure = evidence.procedures()[row.procedure];
    }
    if (row.class_name != indicators::nothing) {
        named.class_name = findings.details.class_names()[row.class_name];
    }
    return named;
}

std::vector<const model::ObjectivityMarker*> official_marks(const indicators::Evidence& evidence,
                                                            indicators::SchoolNumber school,
                                                            model::SchoolYear year) {
    std::vector<const model::ObjectivityMarker*> marks;
    for (const model::ObjectivityMarker& marker : evidence.markers(school)) {
        if (marker.year == year && marker.marked) marks.push_back(&marker);
    }
    return marks;
}

}  // namespace opora::application
