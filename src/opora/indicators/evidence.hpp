#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "opora/model/context_facts.hpp"
#include "opora/model/finding.hpp"
#include "opora/model/measurement.hpp"
#include "opora/model/procedure.hpp"
#include "opora/model/school.hpp"
#include "opora/model/territory.hpp"
#include "opora/tally/core_cells.hpp"
#include "opora/tally/field_groups.hpp"

namespace opora::indicators {

using CandidateNumber = std::uint32_t;
using SchoolNumber = std::uint32_t;
using ProcedureNumber = std::uint32_t;
using TerritoryNumber = std::uint32_t;
constexpr std::uint32_t nothing = UINT32_MAX;

/// Tallies of one import, in the form in which the store gives them.
struct CellBlock {
    std::string file;  ///< Name of the source file, for derivations.
    tally::CoreCells cells;
};

/// All that conclusions are drawn from, as it was stored.
///
/// `blocks` stand in the order of their imports: for the same school and procedure a protocol
/// outranks all aggregate forms, and a later import outranks an earlier one. Aggregate forms
/// complete each other: every group of fields (tally/field_groups.hpp) comes from the latest form
/// that has it.
struct EvidenceInput {
    std::vector<model::Territory> territories;
    std::vector<model::School> schools;
    std::vector<model::SchoolFact> facts;
    std::vector<model::ImportedIndicator> imported;
    std::vector<model::ReferenceValue> references;
    std::vector<model::ObjectivityMarker> markers;
    std::vector<CellBlock> blocks;
    /// For the share in the bottom quarter; may be empty. One entry at most for a school and
    /// procedure, of the file that gives its scores.
    std::vector<tally::Histogram> histograms;
    bool follow_successors = true;  ///< Results of a merged school count for its successor.
};

/// One school (or teacher) in one procedure.
struct EvidenceCell {
    CandidateNumber candidate = 0;
    ProcedureNumber procedure = 0;
    tally::CellCounts counts;  ///< Each count is `weight` times itself.
    std::int32_t weight =
        1;  ///< 1 for schools; the common denominator of hour shares for teachers.
    tally::Origin origin = tally::Origin::protocol;
    tally::FieldGroups groups = tally::all_groups;  ///< That `file` gave.
    std::uint32_t file = 0;  ///< Number in Evidence::files(); Evidence::sources() has the others.
    std::int32_t row_first = 0;
    std::int32_t row_last = 0;
    SchoolNumber taken_by = 0;  ///< The school of `file` that took part, before its merger.
    std::int32_t bottom_quartile =
        0;  ///< Participants in the lowest quarter of the region's scores.
    std::int32_t bottom_quartile_known = 0;  ///< Scored participants; 0 until histograms are given.
    std::uint8_t marks = 0;  ///< Signs of non-objective assessment: bits of `Marks`.
};

/// Who found signs of non-objective assessment in a result.
enum Marks : std::uint8_t { official_mark = 1, computed_mark = 2 };

/// One more file of a cell: an aggregate form that gave some of its fields, or the results of a
/// school that merged into this one.
struct CellSource {
    SchoolNumber school = 0;  ///< That counts the results.
    ProcedureNumber procedure = 0;
    SchoolNumber taken_by = 0;  ///< That took part, before its merger.
    std::uint32_t file = 0;     ///< Number in Evidence::files().
    std::int32_t row_first = 0;
    std::int32_t row_last = 0;
    tally::FieldGroups groups = tally::all_groups;

    std::pair<SchoolNumber, ProcedureNumber> place() const { return {school, procedure}; }
    std::tuple<SchoolNumber, ProcedureNumber, SchoolNumber, int> order() const {
        return {school, procedure, taken_by, static_cast<int>(tally::leading_group(groups))};
    }
};

/// What is considered for a list: a school, or a teacher within a school.
struct Candidate {
    SchoolNumber school = 0;
    model::TeacherId teacher;  ///< Empty for a school.
    std::uint32_t grades_mask =
        0;  ///< Bit g: grade g is taught (by the teacher, in any year of the loads).

    bool teaches(int grade_first, int grade_last) const {
        for (int grade = grade_first; grade <= grade_last; ++grade) {
            if ((grades_mask >> grade) & 1u) return true;
        }
        return false;
    }
};

/// A result with signs of non-objective assessment.
struct MarkedCell {
    SchoolNumber school = 0;
    ProcedureNumber procedure = 0;

    friend auto operator<=>(const MarkedCell&, const MarkedCell&) = default;
};

/// Whose values a value is compared with.
enum class Scope : std::uint8_t { municipality, region, country, cluster };

/// Which schools are compared with each other, by context only.
struct Clustering {
    std::vector<std::uint32_t> of_school;  ///< By school number; `nothing`: in no cluster.
    std::vector<std::string> names;  ///< By cluster, Russian: «группа 2: сельские, 14 школ».
    std::string how;                 ///< How it was made, Russian.
};

/// The evidence of a territory in memory: immutable, ordered, with every lookup that an evaluation
/// makes per cell in constant or logarithmic time. Candidates are sorted by (school id, teacher
/// id), procedures by their own order.
class Evidence {
public:
    explicit Evidence(EvidenceInput input);

    /// The same evidence for other candidates (teachers): their cells replace the schools' ones,
    /// reference totals and everything of the schools stays. Cells are sorted by (candidate,
    /// procedure).
    Evidence with_candidates(std::vector<Candidate> candidates,
                             std::vector<EvidenceCell> cells) const;

    /// The same evidence with the shares in the bottom quarter: for evidence made without
    /// histograms, once it is known which files are in force (`given_by`).
    Evidence with_histograms(std::span<const tally::Histogram> histograms) &&;

    /// The same evidence of schools with other clusters: of evidence whose candidates are schools.
    Evidence with_clusters(Clustering clustering) const;

    std::span<const model::School> schools() const { return schools_; }  ///< Sorted by id.
    std::span<const Candidate> candidates() const { return candidates_; }
    std::span<const model::Procedure> procedures() const { return procedures_; }
    std::span<const std::string> files() const { return files_; }
    const model::School& school_of(CandidateNumber candidate) const {
        return schools_[candidates_[candidate].school];
    }

    std::optional<SchoolNumber> find_school(const model::SchoolId& id) const;
    std::optional<ProcedureNumber> find_procedure(const model::Procedure& procedure) const;

    /// The same work (type, subject, programme grade) held in another year, in the same period;
    /// prefers the same grade.
    std::optional<ProcedureNumber> in_year(ProcedureNumber procedure, model::SchoolYear year) const;

    /// The same evidence with the computed mark on these cells, and on no other.
    Evidence with_computed_marks(std::span<const MarkedCell> marked) const;

    std::span<const EvidenceCell> cells() const { return cells_; }
    std::span<const EvidenceCell> cells_of(CandidateNumber candidate) const;
    const EvidenceCell* cell(CandidateNumber candidate, ProcedureNumber procedure) const;

    /// The files and rows that gave these groups of a cell's fields.
    std::vector<model::Source> sources(const EvidenceCell& cell,
                                       tally::FieldGroups groups = tally::all_groups) const;
    /// Which groups of fields of the school's results in the procedure come from the file: none
    /// where other files outrank it. For those who read details of the cells in force; not of an
    /// evidence with other candidates.
    tally::FieldGroups given_by(std::uint32_t file, const model::SchoolId& school,
                                const model::Procedure& procedure) const;

    /// Counts of all participants of the scope of a school, its own ones included; nullptr when
    /// nobody took part.
    const tally::CellCounts* total(SchoolNumber school, Scope scope,
                                   ProcedureNumber procedure) const;

    /// An imported reference value of the school's territory at that level.
    const model::ReferenceValue* reference(SchoolNumber school, Scope scope,
                                           ProcedureNumber procedure,
                                           std::string_view indicator) const;

    /// Number of a fact code, to look facts up without comparing texts; nothing if no school has
    /// it.
    std::uint32_t fact_number(std::string_view code) const;
    std::optional<base::Fraction> fact(SchoolNumber school, std::uint32_t fact,
                                       model::SchoolYear year) const;

    /// First and last year with facts of schools; nothing when there are none.
    std::optional<std::pair<model::SchoolYear, model::SchoolYear>> fact_years() const;

    std::uint32_t imported_number(std::string_view code) const;
    const model::ImportedIndicator* imported(SchoolNumber school, std::uint32_t indicator,
                                             model::SchoolYear year) const;
    std::span<const std::string> imported_codes() const { return imported_codes_; }

    /// Official objectivity markers of a school in a year.
    std::span<const model::ObjectivityMarker> markers(SchoolNumber school) const;

    /// Cluster of comparable schools, by context only: type x settlement until `with_clusters`
    /// brings others. `nothing`: the school is in none.
    std::uint32_t cluster(SchoolNumber school) const { return clustering_.of_school[school]; }
    const Clustering& clustering() const { return clustering_; }

    /// Territory of the school at a level, nothing if its chain has none.
    TerritoryNumber territory(SchoolNumber school, Scope scope) const;
    std::span<const model::Territory> territories() const { return territories_; }

    /// By file: how many of its cells are in force, in part or whole; a file whose cells were all
    /// replaced has none.
    std::span<const std::int64_t> cells_in_force() const { return cells_in_force_; }
    /// Pairs of files (winner, loser) that held the same fields of the same school and procedure;
    /// sorted, distinct.
    std::span<const std::pair<std::uint32_t, std::uint32_t>> overruled() const {
        return overruled_;
    }

    std::int64_t orphan_cells() const {
        return orphan_cells_;
    }  ///< Cells of schools that the register lost.

private:
    struct FactKey {
        std::uint32_t fact;
        model::SchoolYear year;

        friend auto operator<=>(const FactKey&, const FactKey&) = default;
    };
    struct ImportedEntry {
        SchoolNumber school;
        std::uint32_t indicator;
        model::ImportedIndicator value;
    };

    void place_schools(EvidenceInput& input);
    void place_procedures(const EvidenceInput& input);
    void place_cells(EvidenceInput& input);
    struct Arrival;
    std::vector<Arrival> arrivals_of(const CellBlock& block, std::uint32_t number) const;
    void place_protocol(std::span<const Arrival> rivals, std::span<const CellBlock> blocks);
    void place_forms(std::span<const Arrival> rivals, std::span<const CellBlock> blocks);
    void add_cell(const CellSource& source, const tally::CellCounts& counts, tally::Origin origin);
    std::span<const CellSource> more_sources(SchoolNumber school, ProcedureNumber procedure) const;
    void place_facts(EvidenceInput& input);
    void place_imported(EvidenceInput& input);
    void place_histograms(std::span<const tally::Histogram> histograms);
    void place_official_marks();
    EvidenceCell* find_cell(CandidateNumber candidate, ProcedureNumber procedure);
    void index_cells();
    void add_totals();
    void add_cluster_totals();
    void link_years();

    std::vector<model::Territory> territories_;
    std::vector<model::School> schools_;
    std::vector<std::array<TerritoryNumber, 3>> school_territories_;  ///< By Scope.
    Clustering clustering_;
    std::vector<Candidate> candidates_;
    std::vector<model::Procedure> procedures_;
    std::vector<std::uint32_t> series_;  ///< By procedure: number of the same work across years.
    std::vector<std::vector<ProcedureNumber>> series_members_;
    std::vector<std::string> files_;
    std::vector<std::int64_t> cells_in_force_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> overruled_;
    std::vector<SchoolNumber> heirs_;  ///< By school: the one that counts its results.
    std::vector<EvidenceCell> cells_;
    std::vector<CellSource> more_sources_;    ///< Sorted by CellSource::order().
    std::vector<std::uint32_t> cells_begin_;  ///< By candidate, one more at the end.
    /// [territory or cluster][procedure]; clusters stand behind the territories.
    std::vector<std::vector<tally::CellCounts>> totals_;
    std::vector<std::string> fact_codes_;
    std::vector<std::uint32_t> facts_begin_;   ///< By school, one more at the end.
    std::vector<FactKey> fact_keys_;           ///< Of one school after another, each sorted.
    std::vector<base::Fraction> fact_values_;  ///< Of the keys, apart so that a search is short.
    std::vector<std::string> imported_codes_;
    std::vector<ImportedEntry> imported_;
    std::vector<model::ReferenceValue> references_;
    std::vector<model::ObjectivityMarker> markers_;
    std::int64_t orphan_cells_ = 0;
};

}  // namespace opora::indicators
