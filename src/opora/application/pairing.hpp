#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "opora/application/identifying.hpp"
#include "opora/model/pairing.hpp"
#include "opora/model/rating.hpp"
#include "opora/model/scale.hpp"

namespace opora::application {

/// Two schools as a person names them: by id, ВПР login or exam centre code.
struct NamedSchools {
    std::string school;
    std::string leader;
};

/// What a person asks for when weak schools are to get leaders.
struct PairingQuestion {
    model::SchoolYear year;
    std::optional<Methodology> methodology;  ///< Its list holds the weak schools.
    std::vector<std::string> schools;        ///< Or these; with a methodology: of its list, these.
    std::optional<model::TerritoryId>
        territory;  ///< Weak schools of it only; leaders from anywhere.
    model::PairingLimits limits;
    /// Conditions (ContextTable) and their weights; empty: `usual_condition_weights`.
    std::vector<std::pair<std::string, double>> weights;
    model::RatedValue value = model::RatedValue::result;  ///< What «higher results» compares.
    /// Signs of non-objective results found by the program rule a leader out, beside official ones.
    bool own_signs = true;
    std::vector<model::Scale> scales;  ///< For those signs: official borders of marks.
    int marker_years = 2;  ///< Official markers of so many years up to `year` rule a leader out.
    std::vector<NamedSchools> pins;
    std::vector<NamedSchools> bans;
    std::vector<std::string> withdrawn;
    bool stability = false;  ///< Also: what each withdrawal would change.
};

/// A proposal with all that is needed to read it.
struct PairingReport {
    model::PairingProposal proposal;
    /// The proposal as it were without the withdrawals, where there are any.
    std::optional<model::PairingProposal> before;
    std::vector<model::WithdrawalEffect> effects;
    std::vector<std::pair<std::string, double>> weights;
    std::vector<std::string> idle_conditions;  ///< Russian titles: unknown or the same everywhere.
    std::vector<model::School> schools;        ///< Of the store, sorted by id.
    std::string snapshot;

    std::string name_of(const model::SchoolId& id) const;
};

/// The four shares of the index of social well-being, size, settlement and remoteness, all of
/// weight 1 (DOMAIN 6.5); an editable default, no source gives weights.
std::vector<std::pair<std::string, double>> usual_condition_weights();

/// Proposes leaders for weak schools. Errors: unknown schools or conditions, a methodology that
/// judges teachers, pins that contradict each other; codes `pair_…`, `school_unknown`.
base::Result<PairingReport, base::Errors> pair_schools(ports::Store& store,
                                                       const PairingQuestion& question);

/// Reads settled pairs: a csv with the columns school_id, leader_id, decision (`pin` or `ban`).
base::Result<base::Done, base::Errors> read_settled_pairs(const std::string& text,
                                                          const std::string& file,
                                                          PairingQuestion& question);

/// «A=B»; nothing where there are not two names.
std::optional<NamedSchools> named_schools(const std::string& text);

}  // namespace opora::application
