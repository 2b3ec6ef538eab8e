#include "opora/application/identifying.hpp"

#include <algorithm>
#include <set>

#include "opora/application/clustering.hpp"
#include "opora/application/indicator_report.hpp"
#include "opora/application/objectivity.hpp"
#include "opora/identification/identify.hpp"
#include "opora/identification/teacher_candidates.hpp"

namespace opora::application {

namespace {

/// Schools whose cells are held in memory with all their detail at once.
constexpr std::size_t schools_at_once = 2000;

/// Cells with the tallies of their classes alone, of the schools that have teachers, as far as they
/// are in force.
std::vector<tally::Cell> class_cells(const ports::DataSource& source, const LoadedEvidence& loaded,
                                     const std::vector<model::Teacher>& teachers) {
    std::set<model::SchoolId> distinct;
    for (const model::Teacher& teacher : teachers) distinct.insert(teacher.school);
    const std::vector<model::SchoolId> schools{distinct.begin(), distinct.end()};

    std::vector<tally::Cell> cells;
    for (std::uint32_t file = 0; file < loaded.facts.size(); ++file) {
        for (std::size_t begin = 0; begin < schools.size(); begin += schools_at_once) {
            const auto some = std::span{schools}.subspan(
                begin, std::min(schools_at_once, schools.size() - begin));
            const ports::CellFilter filter{.schools = {some.begin(), some.end()}};
            for (tally::Cell& cell : source.facts().cells(loaded.facts[file].identity, filter)) {
                const auto given = loaded.evidence.given_by(file, cell.school, cell.procedure);
                if (given == tally::no_groups) continue;
                cell.detail = {.classes = std::move(cell.detail.classes)};
                cells.push_back(std::move(cell));
            }
        }
    }
    return cells;
}

/// `evidence` is that of `loaded`, with whichever clusters.
indicators::Evidence with_teachers_of(const ports::DataSource& source, const LoadedEvidence& loaded,
                                      const indicators::Evidence& evidence) {
    const ports::RegisterRows rows = source.registers().rows();
    const std::vector<tally::Cell> cells = class_cells(source, loaded, rows.teachers);
    return identification::with_teachers(evidence, rows.teachers, rows.loads, cells);
}

bool mentions(const rules::Pack& pack, std::string_view code) {
    const auto has = [&](const std::string& text) { return text.find(code) != std::string::npos; };
    return std::ranges::any_of(pack.rules, has, &rules::Rule::when_text) ||
           std::ranges::any_of(pack.definitions, has, &rules::Definition::text);
}

bool uses_bottom_quarter(const rules::Pack& pack) {
    return mentions(pack, "bottom_quartile_share");
}

bool uses_clusters(const rules::Pack& pack) {
    return mentions(pack, "(cluster,") || mentions(pack, "cluster(");
}

/// The year whose clusters the pack wants computed, 0 for none.
int clusters_of(const rules::Pack& pack, model::SchoolYear year) {
    const bool computed = rules::value_of(pack, pack.inclusion.clusters) == "computed";
    return computed && uses_clusters(pack) ? year.ending : 0;
}

}  // namespace

const LoadedEvidence& Basis::schools(const rules::Pack& pack) {
    const Needs needs{pack.inclusion.follow_successors, uses_bottom_quarter(pack)};
    const auto found = schools_.find(needs);
    if (found != schools_.end()) return found->second;
    const LoadOptions options{.histograms = needs.second, .follow_successors = needs.first};
    return schools_.emplace(needs, load_evidence(source_, options)).first->second;
}

const indicators::Evidence& Basis::clustered(const rules::Pack& pack, model::SchoolYear year) {
    const indicators::Evidence& evidence = schools(pack).evidence;
    const int computed = clusters_of(pack, year);
    if (computed == 0) return evidence;
    const Needs needs{pack.inclusion.follow_successors, uses_bottom_quarter(pack)};
    const auto found = clustered_.find({needs, computed});
    if (found != clustered_.end()) return found->second;
    return clustered_.emplace(NeedsOfYear{needs, computed}, with_computed_clusters(evidence, year))
        .first->second;
}

const indicators::Evidence& Basis::candidates(const rules::Pack& pack, model::SchoolYear year) {
    const indicators::Evidence& evidence = clustered(pack, year);
    if (!rules::for_teachers(pack)) return evidence;
    const Needs needs{pack.inclusion.follow_successors, uses_bottom_quarter(pack)};
    const NeedsOfYear key{needs, clusters_of(pack, year)};
    const auto found = teachers_.find(key);
    if (found != teachers_.end()) return found->second;
    return teachers_.emplace(key, with_teachers_of(source_, schools(pack), evidence)).first->second;
}

bool judges_by_scales(const rules::Pack& pack) {
    return rules::value_of(pack, pack.inclusion.marked_results) == "all_excluded";
}

indicators::Evidence teacher_evidence(const ports::DataSource& source,
                                      const LoadedEvidence& schools) {
    return with_teachers_of(source, schools, schools.evidence);
}

const indicators::Evidence& Basis::judged(const rules::Pack& pack, model::SchoolYear year) {
    const indicators::Evidence& plain = candidates(pack, year);
    if (!judges_by_scales(pack)) return plain;
    const auto found = judged_.find({&plain, year.ending});
    if (found != judged_.end()) return found->second;
    const auto marked = cells_with_signs(source_, schools(pack), scales_, year);
    return judged_.emplace(std::pair{&plain, year.ending}, plain.with_computed_marks(marked))
        .first->second;
}

identification::TerritoryPrior& Basis::prior(const rules::Pack& pack, model::SchoolYear year) {
    const indicators::Evidence& evidence = judged(pack, year);
    return priors_.try_emplace({&evidence, year.ending}, evidence, year).first->second;
}

model::SchoolList identify(Basis& basis, const Methodology& methodology,
                           const IdentifyOptions& options) {
    const indicators::Evidence& evidence = basis.judged(methodology.pack, options.year);
    const rules::BoundPack bound{methodology.pack, evidence, options.year};
    identification::ListOptions list{.snapshot = basis.schools(methodology.pack).snapshot,
                                     .derive = options.derive,
                                     .include = {}};
    if (options.probabilities) list.prior = &basis.prior(methodology.pack, options.year);
    if (options.territory) {
        list.include = [&](const model::School& school) {
            return lies_in(evidence, school, *options.territory);
        };
    }
    model::SchoolList result = identification::identify(bound, evidence, list);
    if (uses_clusters(methodology.pack)) result.clusters = evidence.clustering().how;
    return result;
}

base::Result<model::SchoolList> explain(Basis& basis, const Methodology& methodology,
                                        model::SchoolYear year, const model::SchoolId& school,
                                        const std::optional<model::TeacherId>& teacher) {
    const indicators::Evidence& evidence = basis.judged(methodology.pack, year);
    if (!evidence.find_school(school)) {
        return base::Unexpected{base::Error{.code = "school_unknown",
                                            .message = "такой школы нет в реестре",
                                            .expected = "код школы, логин ВПР или код РЦОИ",
                                            .found = school.value}};
    }
    const rules::BoundPack bound{methodology.pack, evidence, year};
    auto list = identification::identify(
        bound, evidence,
        {.snapshot = basis.schools(methodology.pack).snapshot,
         .derive = [&](const model::Listing& one) { return !teacher || one.teacher == *teacher; },
         .include = [&](const model::School& one) { return one.id == school; },
         .prior = &basis.prior(methodology.pack, year)});
    if (uses_clusters(methodology.pack)) list.clusters = evidence.clustering().how;
    if (teacher) {
        std::erase_if(list.listings,
                      [&](const model::Listing& one) { return one.teacher != *teacher; });
    }
    if (list.listings.empty()) {
        return base::Unexpected{base::Error{
            .code = "nobody_to_explain",
            .message = "по этой методике в школе некого рассматривать: методика оценивает "
                       "педагогов, а в реестре нет ни одного подходящего"}};
    }
    return list;
}

std::vector<VerdictChange> changes(const model::SchoolList& before,
                                   const model::SchoolList& after) {
    OPORA_EXPECTS(before.listings.size() == after.listings.size());
    std::vector<VerdictChange> all;
    for (std::size_t i = 0; i < before.listings.size(); ++i) {
        if (before.listings[i].verdict != after.listings[i].verdict) {
            all.push_back({&before.listings[i], &after.listings[i]});
        }
    }
    return all;
}

std::optional<model::SchoolId> resolve_school(const indicators::Evidence& evidence,
                                              const std::string& text) {
    if (evidence.find_school({text})) return model::SchoolId{text};
    for (const model::School& school : evidence.schools()) {
        if (school.login == text || school.rcoi_code == text) return school.id;
    }
    return std::nullopt;
}

}  // namespace opora::application
